"""The values by finest group that every published row adds up to zero: they tell what can be derived.

Each row that is published expresses one group, its pivot, by others. A sum follows from the published rows
exactly when it adds up to zero under all such values, and random ones are enough to tell.

The arithmetic is modulo a prime so small that whole numbers hold every product, and a table every inverse.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

PRIME = 4_194_301
GENERATOR = 7
"""Its powers are all numbers from 1 to PRIME - 1."""


def inverse(number: int) -> int:
    """The number that gives one when multiplied with this one."""
    return pow(int(number), -1, PRIME)


def inverses(numbers: Numbers) -> Numbers:
    """Inverses of many numbers from 0 to PRIME - 1; zero stays zero."""
    return _table()[numbers]


@cache
def _table() -> Numbers:
    powers = np.ones(1, dtype=np.int64)
    while len(powers) < PRIME - 1:
        powers = np.concatenate([powers, powers * pow(GENERATOR, len(powers), PRIME) % PRIME])
    powers = powers[: PRIME - 1]
    table = np.zeros(PRIME, dtype=np.int64)
    table[powers] = np.roll(powers[::-1], 1)
    return table


TESTS = 3
"""Random values that are kept for testing; the chance that they all miss something is PRIME ** -3."""


class NullSpace:
    """The null space of the rows published so far, as each group expressed by those that are no pivots."""

    def __init__(self, groups: int, seed: int) -> None:
        self._expressed = np.eye(groups, dtype=np.int64)
        self.tests: Numbers = np.random.default_rng(seed).integers(0, PRIME, (groups, TESTS))
        """Random values by group (columns), modulo the prime."""

    def follows(self, groups: Numbers) -> bool:
        """Whether the sum of these groups follows from what is published."""
        return not (self.tests[groups].sum(axis=0) % PRIME).any()

    def tests_after(self, groups: Numbers) -> Numbers:
        """The test values as they will be when the sum of these groups is published."""
        return self._tests_after(groups, self._row(groups))

    def publish(self, groups: Numbers) -> None:
        """Takes the sum of these groups as published; it must not follow already."""
        row = self._row(groups)
        self.tests = self._tests_after(groups, row)
        pivot, *_ = within = np.flatnonzero(row)
        users = np.flatnonzero(self._expressed[:, pivot])
        own = self._expressed[users, pivot] * inverse(row[pivot]) % PRIME
        part = self._expressed[np.ix_(users, within)] - own[:, None] * row[within]
        self._expressed[np.ix_(users, within)] = part % PRIME

    def _tests_after(self, groups: Numbers, row: Numbers) -> Numbers:
        pivot = int(np.flatnonzero(row)[0])
        step = self.tests[groups].sum(axis=0) % PRIME * inverse(row[pivot]) % PRIME
        return (self.tests - self._expressed[:, pivot, None] * step) % PRIME

    def copy(self) -> "NullSpace":
        """The same null space, to come back to."""
        twin = object.__new__(NullSpace)
        twin._expressed, twin.tests = self._expressed.copy(), self.tests
        return twin

    def _row(self, groups: Numbers) -> Numbers:
        """The sum of these groups, by those that are no pivots."""
        return self._expressed[groups].sum(axis=0) % PRIME
