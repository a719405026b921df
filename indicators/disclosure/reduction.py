"""The same system with fewer groups: without those that can be read already, and with one for what is one.

Neither loses anything. A group that can be read by itself tells nothing more in any sum, and groups that
always stand together have the same weight in every sum that follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.small_groups import Weighted
from indicators.disclosure.system import UNKNOWN_PERSON, Integers, Persons, System, SystemRows

SEED = 20_261_130
LARGEST = 2**62


@dataclass(frozen=True)
class Reduced:
    """The smaller system with the same cells in the same order, and those cells that follow already.

    `number` is the new group of each old one; -1 where it can be read, or is in no row.
    """

    system: System
    follows: NDArray[np.bool_]
    number: Integers

    @classmethod
    def of(cls, system: System, least_persons: int) -> "Reduced":
        """Of a system with given rows, for that least number of persons."""
        eligible = system.offered & (system.persons_by_cell >= least_persons)
        cells = system.rows(eligible)
        known = _known(system.given, system.persons.by_group >= least_persons)
        parts = [
            _without(known, rows) for rows in (cells, system.given, system.protected) if rows is not None
        ]
        number = _told_apart(parts, system.persons.by_group > 0)
        cells, given, *protected = (_renumbered(rows, number) for rows in parts)
        small_cells = system.rows(system.persons_by_cell < least_persons)
        small = _undivided(_without(known, small_cells), number)
        follows = eligible.copy()
        follows[cells.key] = False
        order = np.empty(system.cells, dtype=np.int64)
        order[np.lexsort((-system.persons_by_cell, system.promised))] = np.arange(system.cells)
        smaller = System(
            np.concatenate([np.repeat(rows.key, rows.lengths) for rows in (cells, small)]),
            np.concatenate([cells.group, small.group]),
            order,
            _together(system.persons, number),
            eligible & ~follows,
            given,
            protected[0] if protected else None,
        )
        return cls(smaller, follows, number)

    def weights(self, weights: Weighted) -> Weighted:
        """A sum of old groups by new ones, without those that can be read."""
        return {int(self.number[old]): weight for old, weight in weights.items() if self.number[old] >= 0}


def _known(given: SystemRows, large: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Large groups that can be read by themselves, also when other such ones are taken away from a row."""
    known = np.zeros(len(large), dtype=bool)
    row = np.repeat(np.arange(len(given)), given.lengths)
    while True:
        unknown = ~known[given.group]
        alone = np.bincount(row[unknown], minlength=len(given)) == 1
        left_over = given.group[unknown & alone[row]]
        if not large[left_over].any():
            return known
        known[left_over[large[left_over]]] = True


def _without(known: NDArray[np.bool_], rows: SystemRows) -> SystemRows:
    """The rows less the known groups, without those in which nothing is left."""
    kept = ~known[rows.group]
    key = np.repeat(rows.key, rows.lengths)[kept]
    start = np.flatnonzero(np.diff(key, prepend=-1))
    return SystemRows(key[start], start, rows.group[kept], rows.weight[kept])


def _told_apart(parts: Sequence[SystemRows], is_there: NDArray[np.bool_]) -> Integers:
    """A number for each group, the same for those that all rows count alike; -1 where none counts it."""
    rows = SystemRows.together(parts)
    draw = np.random.default_rng(SEED).integers(1, LARGEST, (len(rows), 2))
    row = np.repeat(np.arange(len(rows)), rows.lengths)
    signature = np.zeros((len(is_there), 2), dtype=np.int64)
    np.add.at(signature, rows.group, draw[row] * rows.weight[:, None])  # wraps around, and alike for alike
    counted = np.zeros(len(is_there), dtype=bool)
    counted[rows.group] = True
    _, number = np.unique(signature[counted & is_there], axis=0, return_inverse=True)
    numbers = np.full(len(is_there), -1)
    numbers[counted & is_there] = number.ravel()
    return numbers


def _renumbered(rows: SystemRows, number: Integers) -> SystemRows:
    """The rows over the new groups; each stands once in a row."""
    key, group = np.repeat(rows.key, rows.lengths), number[rows.group]
    pairs, first = np.unique(np.stack([key, group]), axis=1, return_index=True)
    keys, start = np.unique(pairs[0], return_index=True)
    return SystemRows(keys, start, pairs[1], rows.weight[first])


def _undivided(rows: SystemRows, number: Integers) -> SystemRows:
    """Of these rows those that are sums of the new groups: no other can follow."""
    size = np.bincount(number[number >= 0])
    key, group = np.repeat(rows.key, rows.lengths), number[rows.group]
    pairs, times = np.unique(np.stack([key, group]), axis=1, return_counts=True)
    is_whole = (pairs[1] >= 0) & (times == np.append(size, 0)[pairs[1]])
    kept = ~np.isin(pairs[0], pairs[0][~is_whole])
    return SystemRows.of(pairs[0][kept], pairs[1][kept])


def _together(persons: Persons, number: Integers) -> Persons:
    """Distinct persons by new group."""
    groups = int(number.max(initial=-1)) + 1
    alone = np.flatnonzero(number >= 0)
    named = number[persons.group] >= 0
    group = np.concatenate([number[alone], number[persons.group[named]]])
    person = np.concatenate([np.full(len(alone), UNKNOWN_PERSON), persons.person[named]])
    count = np.concatenate([persons.alone[alone], np.ones(named.sum(), dtype=np.int64)])
    return Persons.counted(groups, group, person, count)
