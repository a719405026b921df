"""From the finest groups to every cell that may be published: unit x education x institution."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from indicators.selection import ALL

Integers = NDArray[np.int64]

UNKNOWN_PERSON = -1


@dataclass(frozen=True)
class FinestGroup:
    """One place x education x institution in one year: nothing smaller is ever added up."""

    place: str
    education: str
    institution: str
    year: int = 0
    """0 where only one year is looked at."""


@dataclass(frozen=True)
class Tally:
    """Sheets by finest group and option, one entry a sheet (or a count of sheets).

    Parallel arrays: `group` and `option` are positions, `count` the sheets, `person` a number that
    recurs when the same person filled in several sheets (-1: nobody known to recur).
    """

    group: Integers
    option: Integers
    count: Integers
    person: Integers

    def where(self, chosen: NDArray[np.bool_]) -> "Tally":
        """Only the chosen entries."""
        return Tally(self.group[chosen], self.option[chosen], self.count[chosen], self.person[chosen])


@dataclass(frozen=True)
class Cell:
    """What a figure is about; each part may be everything ("alle")."""

    unit: str
    education: str
    institution: str


@dataclass(frozen=True)
class CellTable:
    """All non-empty cells, and which finest groups each is the sum of (parallel arrays)."""

    cells: tuple[Cell, ...]
    cell_index: Integers
    group_index: Integers
    groups: int

    @cached_property
    def crossed(self) -> Integers:
        """How many of unit, education and institution are not everything, by cell."""
        parts = [(cell.unit, cell.education, cell.institution) for cell in self.cells]
        return np.array([sum(part != ALL for part in cell) for cell in parts], dtype=np.int64)

    def counts(self, tally: Tally, options: int) -> Integers:
        """Sheets by cell and option, shape (cells, options)."""
        by_group = np.zeros((self.groups, options), dtype=np.int64)
        np.add.at(by_group, (tally.group, tally.option), tally.count)
        by_cell = np.zeros((len(self.cells), options), dtype=np.int64)
        np.add.at(by_cell, self.cell_index, by_group[self.group_index])
        return by_cell

    def persons(self, tally: Tally) -> Integers:
        """Distinct persons by cell: the sheets, less those beyond a person's first in the cell."""
        sheets = self.counts(Tally(tally.group, tally.option * 0, tally.count, tally.person), 1)[:, 0]
        return sheets - self._repeats(tally)

    def _repeats(self, tally: Tally) -> Integers:
        persons, positions, times = np.unique(tally.person, return_inverse=True, return_counts=True)
        recurring = (times[positions] > 1) & (tally.person != UNKNOWN_PERSON)
        cells = [self._cells_of(group) for group in tally.group[recurring]]
        if not cells:
            return np.zeros(len(self.cells), dtype=np.int64)
        who = np.repeat(positions[recurring], [len(some) for some in cells])
        where = np.concatenate(cells)
        distinct = np.unique(where * len(persons) + who) // len(persons)
        size = len(self.cells)
        return np.bincount(where, minlength=size) - np.bincount(distinct, minlength=size)

    def _cells_of(self, group: int) -> Integers:
        start, end = np.searchsorted(self.group_index, [group, group + 1])
        return self.cell_index[start:end]


def cell_table(groups: Sequence[FinestGroup], units_of: Mapping[str, Iterable[str]]) -> CellTable:
    """Every cell that holds at least one of the groups; `units_of` maps a place to its units."""
    numbered: dict[Cell, int] = {}
    pairs = [
        (numbered.setdefault(cell, len(numbered)), position)
        for position, group in enumerate(groups)
        for cell in _cells_with(group, units_of[group.place])
    ]
    cell_index, group_index = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return CellTable(tuple(numbered), cell_index, group_index, len(groups))


def _cells_with(group: FinestGroup, units: Iterable[str]) -> Iterator[Cell]:
    educations = (group.education, ALL)
    institutions = (group.institution, ALL) if group.institution else (ALL,)  # some rounds know none
    for unit, education, institution in product(units, educations, institutions):
        yield Cell(unit, education, institution)
