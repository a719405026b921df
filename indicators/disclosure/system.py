"""Which cells are sums of which finest groups, and who is behind them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

UNKNOWN_PERSON = -1


@dataclass(frozen=True)
class Persons:
    """Distinct persons by finest group: those seen in one group only are counted, the others are named.

    `alone` has an entry for each group; `group` and `person` are parallel, one entry for each group
    that a recurring person is in.
    """

    alone: Integers
    group: Integers
    person: Integers

    @classmethod
    def counted(cls, groups: int, group: Integers, person: Integers, count: Integers) -> "Persons":
        """From entries such as a Tally's: sheets by group and person (-1: nobody known to recur)."""
        known = person != UNKNOWN_PERSON
        alone = _added(group[~known], count[~known], groups)
        pairs = _distinct_pairs(group[known], person[known])
        _, position, times = np.unique(pairs[:, 1], return_inverse=True, return_counts=True)
        once = times[position] == 1
        alone += np.bincount(pairs[once, 0], minlength=groups)
        return cls(alone, *pairs[~once].T)

    @cached_property
    def by_group(self) -> Integers:
        """Number of distinct persons in each group."""
        return self.alone + np.bincount(self.group, minlength=len(self.alone))

    @cached_property
    def named(self) -> dict[int, frozenset[int]]:
        """The recurring persons of each group that has any."""
        found: dict[int, set[int]] = {}
        for group, person in zip(self.group.tolist(), self.person.tolist(), strict=True):
            found.setdefault(group, set()).add(person)
        return {group: frozenset(persons) for group, persons in found.items()}

    @cached_property
    def at_least(self) -> NDArray[np.float64]:
        """Weight of each group, whose sum over any groups is at most the persons in them together.

        A recurring person counts as a fraction in each of their groups.
        """
        _, position, times = np.unique(self.person, return_inverse=True, return_counts=True)
        return self.alone + np.bincount(self.group, weights=1 / times[position], minlength=len(self.alone))

    def among(self, groups: Iterable[int]) -> int:
        """Number of distinct persons in these groups together."""
        chosen = list(groups)
        named = frozenset().union(*(self.named.get(group, frozenset()) for group in chosen))
        return int(self.alone[chosen].sum()) + len(named)

    def by_set(self, set_index: Integers, group_index: Integers, sets: int) -> Integers:
        """Number of distinct persons in each of many sets of groups (parallel arrays: set, group)."""
        order = np.argsort(group_index, kind="stable")
        starts = np.searchsorted(group_index[order], self.group, "left")
        lengths = np.searchsorted(group_index[order], self.group, "right") - starts
        first = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        where = set_index[order][first + np.arange(lengths.sum())]
        who = np.repeat(self.person, lengths)
        distinct = _distinct_pairs(where, who)[:, 0]
        return _added(set_index, self.alone[group_index], sets) + np.bincount(distinct, minlength=sets)

    def by_pair(self, groups: Integers) -> Integers:
        """Number of distinct persons in each pair of these groups, as a square table."""
        inside = np.isin(self.group, groups)
        people, column = np.unique(self.person[inside], return_inverse=True)
        present = np.zeros((len(groups), len(people)), dtype=np.float32)
        present[np.searchsorted(groups, self.group[inside]), column] = 1
        size = self.by_group[groups]
        return size[:, None] + size - (present @ present.T).astype(np.int64)


@dataclass(frozen=True)
class SystemRows:
    """Weighted sums of groups: row i takes groups and weights from `start[i]` up to the next start.

    `key` says what each row is, such as the cell.
    """

    key: Integers
    start: Integers
    group: Integers
    weight: Integers

    @classmethod
    def of(cls, key: Integers, group: Integers) -> "SystemRows":
        """Plain sums from parallel arrays; a row for each key."""
        order = np.lexsort((group, key))
        keys, start = np.unique(key[order], return_index=True)
        return cls(keys, start, group[order], np.ones(len(group), dtype=np.int64))

    @classmethod
    def weighted(cls, sums: Iterable[Mapping[int, int]]) -> "SystemRows":
        """From mappings of group to weight; the keys are positions."""
        listed = [sorted(one.items()) for one in sums]
        start = np.cumsum([0, *map(len, listed)])[:-1]
        group, weight = np.array([pair for one in listed for pair in one], dtype=np.int64).reshape(-1, 2).T
        return cls(np.arange(len(listed)), start, group, weight)

    @classmethod
    def together(cls, parts: Sequence["SystemRows"]) -> "SystemRows":
        """The rows of all parts, one part after the other; the keys are positions."""
        group, weight, lengths = (
            np.concatenate([getattr(part, name) for part in parts]) for name in ("group", "weight", "lengths")
        )
        return cls(np.arange(len(lengths)), np.cumsum(lengths) - lengths, group, weight)

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def lengths(self) -> Integers:
        """Number of groups in each row."""
        return np.diff(self.start, append=len(self.group))

    def groups(self, position: int) -> Integers:
        """The groups in the row at this position."""
        return self.group[self.start[position] : self.start[position] + self.lengths[position]]

    def sums(self, values: NDArray) -> NDArray:
        """Each row's sum of the values (one line a group, any number of columns)."""
        if not len(self):
            return values[:0]
        return np.add.reduceat(values[self.group] * self.weight[:, None], self.start, axis=0)


NO_ROWS = SystemRows.weighted([])


@dataclass(frozen=True)
class System:
    """All cells to be decided on together: the answers to one question, or the response of a round.

    `cell_index` and `group_index` are parallel: that cell counts that finest group. `promised` is the place
    of each cell in the order in which they are tried; only cells `offered` can be chosen. `given` are rows
    that can be read elsewhere already. `protected` are the sums that must not follow; where they are not
    said, it is everything about too few persons.
    """

    cell_index: Integers
    group_index: Integers
    promised: Integers
    persons: Persons
    offered: NDArray[np.bool_]
    given: SystemRows = NO_ROWS
    protected: SystemRows | None = None

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.promised)

    @cached_property
    def persons_by_cell(self) -> Integers:
        """Number of distinct persons in each cell."""
        return self.persons.by_set(self.cell_index, self.group_index, self.cells)

    def rows(self, chosen: NDArray[np.bool_]) -> SystemRows:
        """The chosen cells as rows over the groups with answers; cells without any are left out."""
        kept = chosen[self.cell_index] & (self.persons.by_group[self.group_index] > 0)
        return SystemRows.of(self.cell_index[kept], self.group_index[kept])

    def shown(self, chosen: NDArray[np.bool_]) -> SystemRows:
        """What can be read when these cells are published: they, and what is given."""
        return SystemRows.together([self.rows(chosen), self.given])

    def pattern(self, least_persons: int) -> bytes:
        """The same for two questions when a choice that is safe for one is safe for the other.

        Only persons of groups below the limit matter, so larger groups count as just large enough.
        """
        large = self.persons.by_group >= least_persons
        alone = np.where(large, least_persons, self.persons.alone)
        small = ~large[self.persons.group]
        pairs = np.stack([self.persons.group[small], self.persons.person[small]], axis=1)
        parts = [alone, np.unique(pairs, axis=0), self.offered, self.cell_index, self.group_index]
        for rows in (self.given, *([self.protected] if self.protected else [])):
            parts += [rows.start, rows.group]
        return hashlib.sha256(b"|".join(np.ascontiguousarray(part).tobytes() for part in parts)).digest()


def _added(position: Integers, count: Integers, size: int) -> Integers:
    return np.bincount(position, weights=count, minlength=size).astype(np.int64)


def _distinct_pairs(first: Integers, second: Integers) -> Integers:
    """Each pair once, in order: packed into one number, which sorts much faster than two."""
    width = int(second.max(initial=0)) + 1
    return np.stack(np.divmod(np.unique(first * width + second), width), axis=1)
