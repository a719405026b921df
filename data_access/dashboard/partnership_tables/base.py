"""What all that people edit has in common: what a form says of its fields, a table's version."""

from datetime import datetime
from typing import Self

from pydantic import ConfigDict
from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

from data_access.schema import DashboardTable
from data_access.texts import KEPT


class Form(SQLModel):
    """The fields of a record, checked when it is built; each field's title is what a reader calls it."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def kept(cls, values: dict) -> Self:
        """The form of what is in the store already, whatever a text may not hold any more."""
        return cls.model_validate(values, context=KEPT)

    @classmethod
    def label(cls, field: str) -> str:
        """What a reader calls a field."""
        info = cls.model_fields.get(field)
        return info.title if info and info.title else field


class Editable(DashboardTable):
    """A record that people edit: who saves must know its version, and deleting only hides it."""

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True)
    """Its name in the file it came from; none for what was made on a page."""
    version: int = 1
    deleted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Element(DashboardTable):
    """One of several in a list of a record, in order; it belongs to its owner and has its version."""

    position: int = Field(primary_key=True)


def owner(table: str) -> int:
    """The column that says whose element it is."""
    return Field(primary_key=True, foreign_key=f"{table}.id")
