"""The log of changes: what the store itself refuses to change or to delete, line chained to line."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import JSON, Connection, DateTime, Index, Table, event, text
from sqlmodel import Field, Session, select

from data_access import log_chain
from data_access.schema import DashboardTable, in_utc
from data_access.texts import Line, Role
from indicators.cpr import contains_cpr


class Action(StrEnum):
    """What was done; the values are the words the reader sees."""

    CREATED = "oprettet"
    LOADED = "indlæst"
    EDITED = "rettet"
    DELETED = "slettet"
    RESTORED = "gendannet"
    UNDONE = "fortrudt"
    SIGNED_IN = "logget ind"
    SIGNED_OUT = "logget ud"
    REFUSED = "afvist"
    VIEWED = "vist"
    EXPORTED = "hentet"
    PUBLISHED = "udgivet"
    WITHDRAWN = "trukket tilbage"
    GRANTED = "tildelt"
    USED = "taget i brug"
    REVOKED = "ophævet"
    CHAINED = "kædet sammen"


class Event(StrEnum):
    """What a line is about that is no record's change: its kind, beside those that people edit."""

    SIGN_IN = "sign_in"
    PAGE = "page"
    EXPORT = "export"
    IMPORT = "import"
    RELEASE = "release"
    GRANT = "grant"
    INVITATION = "invitation"
    READING_LINK = "reading_link"
    LOG = "log"


NO_RECORD = 0
"""What such a line has for the number of its record and for its version."""


class ChangeRecord(DashboardTable, table=True):
    """Who did what to which record when, with the record before and after.

    Of an event `after` holds what it was about, in keys and numbers alone.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_kind_record_id", "kind", "record_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=DateTime(timezone=True))
    who: str
    """A role, never a person."""
    account_id: int | None = None
    """Whose account it was; none on the command line and where nobody signs in."""
    action: str
    kind: str
    record_id: int
    name: str
    version: int
    before: dict | None = Field(default=None, sa_type=JSON(none_as_null=True))
    after: dict | None = Field(default=None, sa_type=JSON(none_as_null=True))
    undoes_id: int | None = Field(default=None, foreign_key="change.id")
    seals: dict | None = Field(default=None, sa_type=JSON(none_as_null=True))
    """The salt of each kept figure; of one that has been withdrawn the seal that was made with it."""
    chain: str
    """The hash of this line and of the value of the line before."""


@dataclass(frozen=True)
class Author:
    """On whose behalf a line is written, and by which account."""

    who: str
    account_id: int | None = None


_LOCK = text("SELECT pg_advisory_xact_lock(:of_the_log)").bindparams(of_the_log=0x6C6F67)


def lock(session: Session) -> None:
    """Until the transaction ends nobody else writes in the log.

    Whoever locks rows and then writes a line takes this first, or two would wait for each other.
    """
    # In SQLite one writes at a time anyway. A lock of the table takes more rights than reading and adding.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_LOCK)


def append(session: Session, line: ChangeRecord) -> None:
    """Writes the line after the last one, at a time that is no earlier: the only way into the log."""
    lock(session)
    columns = ChangeRecord.__table__.columns  # of the whole log, whatever the session may read of it
    newest = select(columns.id, columns.at, columns.chain).order_by(columns.id.desc()).limit(1)
    number, at, chain = session.exec(newest).first() or (0, datetime.min, log_chain.FIRST)
    line.id = number + 1  # a number of ours, so that a second line after the same one is refused
    line.at = max(datetime.now(UTC), in_utc(at))
    line.seals = log_chain.salts(line.before, line.after)
    line.chain = log_chain.chained(chain, {name: getattr(line, name) for name in COLUMNS})
    session.add(line)
    session.flush()


COLUMNS = tuple(ChangeRecord.__table__.columns.keys())

Detail = str | int | None

_LINE, _ROLE = TypeAdapter(Line), TypeAdapter(Role)
_KEYS = re.compile(r"[\w:./+-]{0,1000}")


def note(
    session: Session,
    author: Author,
    action: Action,
    kind: Event,
    name: str,
    **details: Detail | Sequence[Detail],
) -> None:
    """A line about something that is no record's change.

    ValueError for details that are no keys and numbers: nothing that somebody typed may stand here.
    """
    for detail in details.values():
        for value in (detail,) if isinstance(detail, Detail) else detail:
            _refuse_words(value)
    line = ChangeRecord(
        who=_ROLE.validate_python(author.who),
        account_id=author.account_id,
        action=action.value,
        kind=kind.value,
        record_id=NO_RECORD,
        name=_LINE.validate_python(name),
        version=NO_RECORD,
        after={name: detail for name, detail in details.items() if detail is not None},
    )
    append(session, line)


def _refuse_words(value: Detail) -> None:
    if isinstance(value, str) and (not _KEYS.fullmatch(value) or contains_cpr(value)):
        raise ValueError("a line of the log holds keys and numbers, and nothing that somebody typed")


_SAYS_NO = "the log of changes is only added to"
_SQLITE = {
    "change_is_never_changed": "BEFORE UPDATE ON change",
    "change_is_never_deleted": "BEFORE DELETE ON change",
    # INSERT OR REPLACE deletes in silence, unless the connection has asked for more than the default.
    "change_is_never_replaced": "BEFORE INSERT ON change "
    "WHEN EXISTS (SELECT 1 FROM change WHERE id = new.id)",
}
_POSTGRESQL = {
    "change_is_never_changed": "BEFORE UPDATE OR DELETE OR TRUNCATE ON change FOR EACH STATEMENT",
}
FUNCTION_BODY = f"BEGIN RAISE EXCEPTION '{_SAYS_NO}'; END"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION change_is_only_added_to() RETURNS trigger LANGUAGE plpgsql
AS $${FUNCTION_BODY}$$
"""

TRIGGERS = {
    "sqlite": {
        name: f"CREATE TRIGGER {name} {when}\nBEGIN SELECT RAISE(ABORT, '{_SAYS_NO}'); END"
        for name, when in _SQLITE.items()
    },
    "postgresql": {
        name: f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION change_is_only_added_to()"
        for name, when in _POSTGRESQL.items()
    },
}
"""What keeps the log as it is, by the database and the trigger's name."""


def protect(connection: Connection) -> None:
    """Makes the triggers anew, whatever has become of them."""
    _open(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION)
    for statement in TRIGGERS[connection.dialect.name].values():
        connection.exec_driver_sql(statement)


def _open(connection: Connection) -> None:
    on = " ON change" if connection.dialect.name == "postgresql" else ""
    for name in TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")


@event.listens_for(ChangeRecord.__table__, "after_create")
def _protect_a_new_log(_table: Table, connection: Connection, **_: object) -> None:
    protect(connection)


@contextmanager
def open_log(session: Session) -> Iterator[None]:
    """Lets lines be changed, in this transaction only: what has been withdrawn must leave the log as well."""
    _open(session.connection())
    yield
    protect(session.connection())


def withhold(line: ChangeRecord, side: str, instead: dict) -> None:
    """Puts another figure in the place of one that may not be told; its seal stays, so the chain holds."""
    content = getattr(line, side)
    seal = log_chain.sealed(content[log_chain.FIGURE], line.seals[side])
    line.seals = {**line.seals, side: {"seal": seal}}
    setattr(line, side, {**content, log_chain.FIGURE: instead})
