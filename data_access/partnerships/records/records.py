"""Between records and forms: a record with its lists is read as one form, and a form is written to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from textwrap import shorten
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import delete, insert
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables import changes
from data_access.dashboard.partnership_tables.base import Editable, Form
from data_access.faults import what_is_wrong
from data_access.partnerships.records.kinds import KINDS, Kind, ListOf
from data_access.problems import EditProblem
from indicators.partnership.board import Ref


@dataclass(frozen=True)
class Opened:
    """A record as somebody has it open: what was read, and of which version. Keep it while they type."""

    kind: Kind
    id: int
    version: int
    form: Form

    @property
    def title(self) -> str:
        """What a reader knows it by."""
        return getattr(self.form, self.kind.title)


def filled(kind: Kind, values: dict) -> Form:
    """The form of that kind with these values; EditProblem names every field that cannot be kept."""
    return checked(kind.form, values)


def checked(form: type[Form], values: dict) -> Form:
    """The same with a form that is of no kind."""
    try:
        return form.model_validate(values)
    except ValidationError as error:
        faults = {
            str(fault["loc"][0]) if fault["loc"] else "": what_is_wrong(fault)
            for fault in error.errors(include_url=False, include_input=False)
        }
    messages = [
        f"{form.label(field)}: {fault}" if field else fault[:1].upper() + fault[1:]
        for field, fault in faults.items()
    ]
    raise EditProblem(f"Der er noget, der ikke kan gemmes. {'. '.join(messages)}.", faults)


def open_record(session: Session, kind: Kind, record_id: int) -> Opened:
    """The record for editing; EditProblem when there is none."""
    return opened(session, kind, _found(kind, session.get(kind.table, record_id)))


def is_deleted(session: Session, kind: Kind, record_id: int) -> bool:
    """Whether the record can only be restored; EditProblem when there is none."""
    return _found(kind, session.get(kind.table, record_id)).deleted_at is not None


def is_gone(session: Session, kind: Kind, record_id: int) -> bool:
    """Whether the record is deleted, or of a partnership that the session does not read."""
    record = session.get(kind.table, record_id)
    return record is None or record.deleted_at is not None


def is_there(session: Session, kind: Kind, record: Editable | None) -> bool:
    """Whether readers meet the record: neither it nor anything that it belongs to is deleted."""
    if record is None or record.deleted_at is not None:
        return False
    owners = ((KINDS[kind.target(field)], getattr(record, field)) for field in kind.owners)
    return all(
        is_there(session, owner, session.get(owner.table, key)) for owner, key in owners if key is not None
    )


def opened(session: Session, kind: Kind, record: Editable) -> Opened:
    """A record that has been found already."""
    values = {name: getattr(record, name) for name in kind.columns}
    for list_of in kind.lists:
        values[list_of.field] = elements_by_owner(session, list_of, record.id).get(record.id, ())
    return Opened(kind, record.id, record.version, kind.form.kept(values))


def locked(session: Session, kind: Kind, record_id: int) -> Editable:
    """The record as it is now, which nobody else can change until the transaction ends."""
    changes.lock(session)
    query = select(kind.table).where(kind.table.id == record_id).with_for_update()
    return _found(kind, session.exec(query, execution_options={"populate_existing": True}).first())


def write(session: Session, kind: Kind, record: Editable, form: Form) -> None:
    """Puts the form's values in the record and in its lists."""
    for name in kind.columns:
        setattr(record, name, _plain(getattr(form, name)))
    session.add(record)
    session.flush()
    for list_of in kind.lists:
        table = list_of.table.__table__
        session.execute(delete(table).where(table.columns[list_of.owner] == record.id))
        rows = [
            {list_of.owner: record.id, "position": position, **_columns(list_of, element)}
            for position, element in enumerate(getattr(form, list_of.field))
        ]
        if rows:
            session.execute(insert(table), rows)


def snapshot(form: Form) -> dict:
    """The form as the log of changes keeps it."""
    return form.model_dump(mode="json")


def _found(kind: Kind, record: Editable | None) -> Editable:
    if record is None:
        raise EditProblem(f"{kind.called.capitalize()} findes ikke længere. Genindlæs siden.")
    return record


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def elements_by_owner(session: Session, list_of: ListOf, owner_id: int | None = None) -> dict[int, list]:
    """The elements of a list in order, of every owner or of one."""
    table = list_of.table.__table__
    owner = table.columns[list_of.owner]
    kept = [column for column in table.columns if column.name not in (list_of.owner, "position")]
    query = select(owner, *kept).order_by(owner, table.columns.position)
    elements: dict[int, list] = {}
    for row in session.execute(query if owner_id is None else query.where(owner == owner_id)):
        values = dict(zip((column.name for column in kept), row[1:], strict=True))
        elements.setdefault(row[0], []).append(values[list_of.column] if list_of.column else values)
    return elements


def _columns(list_of: ListOf, element: object) -> dict:
    if list_of.column:
        return {list_of.column: element}
    return {name: _plain(value) for name, value in element.model_dump().items()}


Line = TypeVar("Line")


def live(table: type):
    """Every record of the table that is not deleted."""
    return select(table).where(table.deleted_at.is_(None))


def line(kind: type[Line], record: object, /, **resolved: object) -> Line:
    """The record as a line of that kind; what it refers to or is computed of it is given by name."""
    fields = (name for name in kind.__dataclass_fields__ if name not in resolved)
    return kind(**{name: getattr(record, name) for name in fields}, **resolved)


MOST = 90
"""The most characters of a name in a list: a criterion may be a whole page."""


@dataclass(frozen=True)
class Listed:
    """By the order in which they were made; the last deleted first."""

    there: tuple[Ref, ...]
    deleted: tuple[Ref, ...]


def listed(session: Session, kind: Kind, belongs: Mapping[str, int]) -> Listed:
    """The records whose columns have these values."""
    query = select(kind.table).order_by(kind.table.id)
    for column, value in belongs.items():
        query = query.where(getattr(kind.table, column) == value)
    records = session.exec(query).all()
    deleted = sorted(
        (record for record in records if record.deleted_at),
        key=lambda one: (one.deleted_at, one.id),
        reverse=True,
    )
    return Listed(
        tuple(_ref(kind, record) for record in records if not record.deleted_at),
        tuple(_ref(kind, ref) for ref in deleted),
    )


def _ref(kind: Kind, record: Editable) -> Ref:
    return Ref(record.id, shorten(getattr(record, kind.title), MOST, placeholder=" …"))
