"""The records of a kind that belong somewhere: those there are, and those that can be restored."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten

from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.base import Editable
from data_access.partnerships.records.kinds import Kind
from indicators.partnership.board import Ref

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
    found = session.exec(query).all()
    deleted = sorted(
        (one for one in found if one.deleted_at), key=lambda one: (one.deleted_at, one.id), reverse=True
    )
    return Listed(
        tuple(_ref(kind, one) for one in found if not one.deleted_at),
        tuple(_ref(kind, one) for one in deleted),
    )


def _ref(kind: Kind, record: Editable) -> Ref:
    return Ref(record.id, shorten(getattr(record, kind.title), MOST, placeholder=" …"))
