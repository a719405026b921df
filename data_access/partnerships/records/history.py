"""The log of changes as a person reads it: who did what, when, and from what to what."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.partnerships.records.kinds import KINDS, Kind
from data_access.partnerships.records.wording import different_fields, in_words


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
    return tuple(_change(session, one) for one in session.exec(query.order_by(ChangeRecord.id.desc())))


def latest_changes(session: Session, most: int = 50) -> tuple[RecordChange, ...]:
    """The newest changes of all records."""
    query = select(ChangeRecord).order_by(ChangeRecord.id.desc()).limit(most)
    return tuple(_change(session, one) for one in session.exec(query))


class Length(NamedTuple):
    """How long the log is. A change that ends late may have a lower number than one that ended first."""

    lines: int
    newest: int | None


def length(session: Session) -> Length:
    """Another one whenever something has been written."""
    return Length(
        *session.exec(select(func.count(), func.max(ChangeRecord.id)).select_from(ChangeRecord)).one()
    )


def _change(session: Session, change: ChangeRecord) -> RecordChange:
    kind = KINDS[change.kind]
    return RecordChange(
        id=change.id,
        at=change.at,
        who=change.who,
        action=change.action,
        kind=kind.name,
        record_id=change.record_id,
        name=change.name,
        fields=_fields(session, kind, change),
    )


def _fields(session: Session, kind: Kind, change: ChangeRecord) -> tuple[FieldChange, ...]:
    """Only where there is something to compare: what was made or deleted is told by its name."""
    if change.before is None or change.after is None:
        return ()
    before, after = kind.form.model_validate(change.before), kind.form.model_validate(change.after)
    return tuple(
        FieldChange(
            kind.label(name),
            in_words(session, kind, name, getattr(before, name)),
            in_words(session, kind, name, getattr(after, name)),
        )
        for name in different_fields(before, after)
    )
