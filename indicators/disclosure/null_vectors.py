"""Random values by group that every published row adds up to zero: they tell what can be derived.

A row follows from the published ones exactly when they all add it up to zero. One vector is used up for
each row that is published, so they are made ready in blocks and the bulk is matrix multiplication.
"""

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.field import PRIME, Numbers, inverse, reduced

TESTS = 3
"""Vectors that are kept for testing; the chance that they all miss something is PRIME ** -3."""

BLOCK = 64
"""Vectors made ready at a time."""


class NullVectors:
    """The null space of the rows published so far, as random vectors (columns)."""

    def __init__(self, groups: int, rows: int, seed: int) -> None:
        """For so many groups, of which at most so many rows will be published."""
        half = PRIME // 2
        columns = min(groups, rows) + BLOCK + TESTS
        numbers = np.random.default_rng(seed).integers(-half, half + 1, (columns, groups))
        self._waiting = numbers.astype(np.float64).T
        self.begin_again()

    @property
    def full(self) -> bool:
        """Whether the block is used up: time to close it."""
        return len(self._pivots) == BLOCK

    @property
    def tests(self) -> Numbers:
        """The vectors to test with."""
        return self._ready[:, -TESTS:]

    def begin_again(self) -> None:
        """Forgets the rows published since the last block was closed."""
        self._ready = np.concatenate([self._waiting[:, :BLOCK], self._waiting[:, -TESTS:]], axis=1)
        self._pivots: list[Numbers] = []
        self._published: list[NDArray[np.int64]] = []

    def tests_after(self, groups: NDArray[np.int64]) -> Numbers:
        """The test vectors as they will be when the sum of these groups is published."""
        return self._cleared(groups, slice(-TESTS, None))

    def publish(self, groups: NDArray[np.int64]) -> None:
        """Takes the sum of these groups as published."""
        pivot = self._ready[:, 0]
        self._ready = self._cleared(groups, slice(1, None))
        self._pivots.append(pivot)
        self._published.append(groups)

    def close(self) -> None:
        """Clears the waiting vectors of everything published in this block, and makes the next ready."""
        if not self._published:
            return
        rows = np.zeros((len(self._published), len(self._waiting)))
        for row, groups in zip(rows, self._published, strict=True):
            row[groups] = 1
        pivots = np.stack(self._pivots, axis=1)
        waiting = self._waiting[:, len(self._pivots) :]
        factors = _solved(reduced(rows @ pivots), reduced(rows @ waiting))
        self._waiting = reduced(waiting - pivots @ factors)
        self.begin_again()

    def _cleared(self, groups: NDArray[np.int64], columns: slice) -> Numbers:
        """These columns less the multiple of the pivot that makes the groups add up to zero."""
        pivot = self._ready[:, 0]
        own = reduced(pivot[groups].sum())
        ready = self._ready[:, columns]
        if not own:
            return ready * 0  # one chance in millions; nothing can be told, and all zeros look unsafe
        factors = reduced(reduced(ready[groups].sum(axis=0)) * inverse(own))
        return reduced(ready - np.outer(pivot, factors))


def _solved(triangle: Numbers, right: Numbers) -> Numbers:
    """The factors with triangle @ factors = right; the triangle is zero above its diagonal."""
    factors = np.zeros_like(right)
    for row, entries in enumerate(triangle):
        known = reduced(right[row] - entries[:row] @ factors[:row])
        factors[row] = reduced(known * inverse(entries[row]))
    return factors
