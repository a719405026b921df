"""Rows that are public as they stand, such as initiatives: what a table and a workbook take."""

from dataclasses import dataclass
from datetime import date

Value = str | int | date | None


@dataclass(frozen=True)
class ListingColumn:
    """A column; only one that `may_be_edited` is read when the workbook comes back."""

    heading: str
    may_be_edited: bool = False
    width: int = 18
    choices: tuple[str, ...] = ()
    """What may be chosen, where it is not free text."""


@dataclass(frozen=True)
class Listing:
    """It cannot be built without its title, or with a row that does not fit the columns."""

    title: str
    columns: tuple[ListingColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.title:
            raise ValueError("a listing needs a title")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row of a listing has a value for each column")
