"""Differences of two published rows: what a reader gets by one subtraction."""

from collections.abc import Iterator

import numpy as np

from indicators.disclosure.small_groups import unsigned
from indicators.disclosure.system import Integers, Persons, SystemRows

ROUNDING = 1e-9
"""Persons in several groups count as fractions in each."""


def small_differences(rows: SystemRows, persons: Persons, least_persons: int) -> SystemRows:
    """The difference of any two of the rows that is about too few persons, each once.

    Rows that share no group are not looked at: their difference has the persons of both.
    """
    size = rows.sums(persons.at_least[:, None])[:, 0]
    first, second, shared = overlaps(rows, persons.at_least)
    apart = size[first] + size[second] - 2 * shared
    pairs = np.flatnonzero((apart > ROUNDING) & (apart < least_persons - ROUNDING))
    found: dict[tuple[tuple[int, int], ...], None] = {}
    for one, other in zip(first[pairs].tolist(), second[pairs].tolist(), strict=True):
        groups, others = set(rows.groups(one).tolist()), set(rows.groups(other).tolist())
        if persons.among(groups ^ others) < least_persons:
            weights = dict.fromkeys(groups - others, 1) | dict.fromkeys(others - groups, -1)
            found[unsigned(weights)] = None
    return SystemRows.weighted(map(dict, found))


def overlaps(rows: SystemRows, weight: np.ndarray) -> tuple[Integers, Integers, np.ndarray]:
    """Each pair of rows that share a group, and the weight of what they share (parallel arrays)."""
    number = np.repeat(np.arange(len(rows)), rows.lengths)
    pairs = [pair for pair in _pairs(number, rows.group) if len(pair[0])]
    if not pairs:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none.astype(float)
    first, second, where = (np.concatenate(part) for part in zip(*pairs, strict=True))
    width = int(number.max()) + 1
    together, position = np.unique(first * width + second, return_inverse=True)
    return *np.divmod(together, width), np.bincount(position, weights=weight[where])


def _pairs(number: Integers, group: Integers) -> Iterator[tuple[Integers, Integers, Integers]]:
    """The pairs of rows that hold a group, group by group."""
    order = np.lexsort((number, group))
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        first, second = np.triu_indices(len(rows), 1)
        yield number[rows[first]], number[rows[second]], np.repeat(group[rows[:1]], len(first))
