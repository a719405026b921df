"""What else in the store uses a record, and what would become of that if the record were deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.base import Editable
from data_access.partnerships.records.kinds import (
    DECISION,
    INITIATIVE,
    ITEM,
    KINDS,
    MEETING,
    Kind,
    references_of,
)
from data_access.partnerships.records.records import is_there, live

MINUTES = (MEETING, ITEM, DECISION)
"""What has happened: it goes on naming what it was about."""


class Used(NamedTuple):
    """Records of one kind by their names."""

    kind: Kind
    names: tuple[str, ...]


@dataclass(frozen=True)
class Uses:
    """Records that readers meet today, by what becomes of them; in the order of the kinds."""

    hidden: tuple[Used, ...]
    """They belong to it, and are hidden and brought back with it."""
    without: tuple[Used, ...]
    """They are about it, and are shown without it until it is brought back."""
    naming: tuple[Used, ...]
    """They go on naming it, and say that it is deleted."""


class _Use(NamedTuple):
    kind: Kind
    record: Editable
    field: str


def uses_of(session: Session, kind: Kind, record_id: int) -> Uses:
    """What uses the record, also by way of what belongs to it."""
    hidden: dict[tuple[str, int], _Use] = {}
    waiting = [(kind, record_id)]
    while waiting:
        for one in _using(session, *waiting.pop()):
            name = one.kind.name, one.record.id
            if one.kind.is_owner(one.field) and name not in hidden:
                hidden[name] = one
                waiting.append((one.kind, one.record.id))
    about = [one for one in _using(session, kind, record_id) if (one.kind.name, one.record.id) not in hidden]
    return Uses(
        hidden=_by_kind(hidden.values()),
        without=_by_kind(one for one in about if not _goes_on_naming(one)),
        naming=_by_kind(one for one in about if _goes_on_naming(one)),
    )


def _using(session: Session, kind: Kind, record_id: int) -> Iterator[_Use]:
    """The records that refer to one, by the field that does."""
    for other in KINDS.values():
        for field, table, owner in _places(other):
            for column, target in references_of(table):
                if target == kind.name and column != owner:
                    ids = select(table.columns[owner]).where(table.columns[column] == record_id)
                    records = session.exec(live(other.table).where(other.table.id.in_(ids))).all()
                    yield from (
                        _Use(other, record, field or column)
                        for record in records
                        if is_there(session, other, record)
                    )


def _places(kind: Kind) -> Iterator[tuple]:
    """The tables of a kind: its own, and those of its lists with the field and the column of the owner."""
    yield "", kind.table.__table__, "id"
    for list_of in kind.lists:
        yield list_of.field, list_of.table.__table__, list_of.owner


def _goes_on_naming(use: _Use) -> bool:
    return use.kind in MINUTES or (use.kind is INITIATIVE and use.field == "superseded_by_id")


def _by_kind(uses: Iterable[_Use]) -> tuple[Used, ...]:
    names: dict[str, dict[int, str]] = {}
    for use in uses:
        names.setdefault(use.kind.name, {})[use.record.id] = getattr(use.record, use.kind.title)
    return tuple(Used(kind, tuple(names[key].values())) for key, kind in KINDS.items() if key in names)
