"""The log of changes as a person reads it: who did what, when, and from what to what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, distinct, func, inspect, text
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.changes import FUNCTION_BODY, TRIGGERS, ChangeRecord
from data_access.partnerships.records.kinds import KINDS, Kind
from data_access.partnerships.records.readable_values import different_fields, in_words
from data_access.partnerships.records.records import line
from indicators.danish import number


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordChange:
    """One line of the log."""

    id: int
    at: datetime
    who: str
    action: str
    kind: str
    record_id: int
    name: str
    fields: tuple[FieldChange, ...]


def changes_of(session: Session, kind: Kind, record_id: int) -> tuple[RecordChange, ...]:
    """The changes of one record, the newest first; the first one is what `editing.undo` takes back."""
    query = select(ChangeRecord).where(ChangeRecord.kind == kind.name, ChangeRecord.record_id == record_id)
    return tuple(
        line(RecordChange, record, fields=_fields(session, kind, record))
        for record in session.exec(query.order_by(ChangeRecord.id.desc()))
    )


class LogLength(NamedTuple):
    """How long the log is. A change that ends late may have a lower number than one that ended first."""

    lines: int
    newest: int | None


def log_length(session: Session) -> LogLength:
    """Another one whenever something has been written."""
    return LogLength(
        *session.exec(select(func.count(), func.max(ChangeRecord.id)).select_from(ChangeRecord)).one()
    )


def _fields(session: Session, kind: Kind, change: ChangeRecord) -> tuple[FieldChange, ...]:
    """Only where there is something to compare: what was made or deleted is told by its name."""
    if change.before is None or change.after is None:
        return ()
    before, after = kind.form.kept(change.before), kind.form.kept(change.after)
    return tuple(
        FieldChange(
            kind.label(name),
            in_words(session, kind, name, getattr(before, name)),
            in_words(session, kind, name, getattr(after, name)),
        )
        for name in different_fields(before, after)
    )


_OF_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change'")
# before (2) DELETE (8), UPDATE (16) and TRUNCATE (32)
_OF_POSTGRESQL = text(
    "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE tgrelid = 'change'::regclass AND tgenabled IN ('O', 'A') AND tgtype = 58 AND prosrc = :body"
)
_REMEDY = "Find ud af, hvem der har været i lageret uden om programmet, eller hent en sikkerhedskopi."


def log_findings(session: Session) -> Iterator[tuple[bool, str]]:
    """Whether each promise of the log is kept, and what was found."""
    connection = session.connection()
    # Another table that has been put in its place has seldom the same columns and the same key.
    there, table = inspect(connection), ChangeRecord.__table__
    if not (
        table.name in there.get_table_names()
        and {column["name"] for column in there.get_columns(table.name)} == set(table.columns.keys())
        and there.get_pk_constraint(table.name)["constrained_columns"] == ["id"]
    ):
        yield False, f"Loggen over ændringer er ikke den tabel, som programmet har lavet. {_REMEDY}"
        return
    missing = TRIGGERS[connection.dialect.name].keys() - _triggers_as_made(connection)
    yield not missing, _protection(missing)
    records = sum(_without_all_their_lines(session, kind) for kind in KINDS.values())
    yield records == 0, f"{number(records)} poster mangler ændringer i loggen"


def _triggers_as_made(connection: Connection) -> set[str]:
    """The names of those that are there, switched on and unaltered."""
    if connection.dialect.name == "postgresql":
        return set(connection.execute(_OF_POSTGRESQL, {"body": FUNCTION_BODY}).scalars())
    statements = TRIGGERS["sqlite"]
    return {name for name, statement in connection.execute(_OF_SQLITE) if statement == statements.get(name)}


def _protection(missing: set[str]) -> str:
    if not missing:
        return "Loggen over ændringer kan kun tilføjes til"
    return (
        f"Loggen over ændringer er uden beskyttelse ({', '.join(sorted(missing))}). "
        f"Kør «python manage.py upgrade», der sætter den på igen. {_REMEDY}"
    )


def _without_all_their_lines(session: Session, kind: Kind) -> int:
    """How many records of the kind have not one line for each of their versions."""
    versions = (
        select(func.count(distinct(ChangeRecord.version)))
        .where(
            ChangeRecord.kind == kind.name,
            ChangeRecord.record_id == kind.table.id,
            ChangeRecord.version <= kind.table.version,
        )
        .scalar_subquery()
    )
    return session.exec(
        select(func.count()).select_from(kind.table).where(versions != kind.table.version)
    ).one()
