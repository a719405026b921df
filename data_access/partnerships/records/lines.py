"""Records as frozen lines for pages."""

from typing import TypeVar

from sqlmodel import select

Line = TypeVar("Line")


def live(table: type):
    """Every record of the table that is not deleted."""
    return select(table).where(table.deleted_at.is_(None))


def line(kind: type[Line], record: object, /, **resolved: object) -> Line:
    """The record as a line of that kind; what it refers to or is computed of it is given by name."""
    fields = (name for name in kind.__dataclass_fields__ if name not in resolved)
    return kind(**{name: getattr(record, name) for name in fields}, **resolved)
