"""The only ways a record changes: each writes its line in the log in the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.base import Editable, Form
from data_access.dashboard.partnership_tables.changes import Action, ChangeRecord
from data_access.dashboard.partnership_tables.texts import Role
from data_access.faults import what_is_wrong
from data_access.partnerships.records.kinds import Kind
from data_access.partnerships.records.records import Opened, opened, snapshot, write
from data_access.problems import EditProblem

LONGEST_NAME = 200
_ROLE = TypeAdapter(Role)


NOBODY = "Skriv først, hvem du skriver som: en rolle eller en organisation, aldrig et navn."


@dataclass(frozen=True)
class Signature:
    """Which role does something, what it is, and which change it takes back.

    EditProblem for a role that may not be kept, as for any other field.
    """

    who: str
    action: Action
    undoes: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "who", role(self.who))


def role(who: str) -> str:
    """On whose behalf somebody writes, as it can be kept; EditProblem where it cannot."""
    try:
        return _ROLE.validate_python(who)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
    if fault["type"] == "string_too_short":
        raise EditProblem(NOBODY)
    raise EditProblem(f"«Du skriver som» {what_is_wrong(fault)}.")


def made(session: Session, signed: Signature, kind: Kind, form: Form, key: str | None = None) -> Opened:
    """A new record."""
    record = kind.table(key=key)
    write(session, kind, record, form)
    new = opened(session, kind, record)
    _log(session, signed, None, new)
    return new


def changed(session: Session, signed: Signature, kind: Kind, record: Editable, form: Form) -> Opened:
    """A locked record with other content."""
    before = opened(session, kind, record)
    record.version += 1
    write(session, kind, record, form)
    after = opened(session, kind, record)
    _log(session, signed, before, after)
    return after


def marked(
    session: Session, signed: Signature, kind: Kind, record: Editable, deleted_at: datetime | None
) -> Opened:
    """A locked record hidden, or shown again."""
    record.deleted_at = deleted_at
    record.version += 1
    session.add(record)
    session.flush()
    now = opened(session, kind, record)
    _log(session, signed, *((now, None) if deleted_at else (None, now)))
    return now


def last_change(session: Session, kind: Kind, record_id: int) -> ChangeRecord | None:
    """The newest line of the log about the record."""
    query = (
        select(ChangeRecord)
        .where(ChangeRecord.kind == kind.name, ChangeRecord.record_id == record_id)
        .order_by(ChangeRecord.id.desc())
    )
    return session.exec(query).first()


def _log(session: Session, signed: Signature, before: Opened | None, after: Opened | None) -> None:
    one = after or before
    line = ChangeRecord(
        who=signed.who,
        action=signed.action.value,
        kind=one.kind.name,
        record_id=one.id,
        name=getattr(one.form, one.kind.title)[:LONGEST_NAME],
        version=one.version,
        before=snapshot(before.form) if before else None,
        after=snapshot(after.form) if after else None,
        undoes_id=signed.undoes,
    )
    session.add(line)
    session.flush()
