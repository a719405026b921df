"""The log of changes: what the store itself refuses to change or to delete."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import JSON, Connection, DateTime, Table, event
from sqlmodel import Field, Session

from data_access.schema import DashboardTable


class Action(StrEnum):
    """What was done; the values are the words the reader sees."""

    CREATED = "oprettet"
    LOADED = "indlæst"
    EDITED = "rettet"
    DELETED = "slettet"
    RESTORED = "gendannet"
    UNDONE = "fortrudt"


class ChangeRecord(DashboardTable, table=True):
    """Who did what to which record when, with the record before and after."""

    __tablename__ = "change"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=lambda: datetime.now(UTC), sa_type=DateTime(timezone=True))
    who: str
    """A role, never a person."""
    action: str
    kind: str
    record_id: int
    name: str
    version: int
    before: dict | None = Field(default=None, sa_type=JSON(none_as_null=True))
    after: dict | None = Field(default=None, sa_type=JSON(none_as_null=True))
    undoes_id: int | None = Field(default=None, foreign_key="change.id")


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
