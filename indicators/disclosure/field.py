"""Arithmetic modulo a prime so small that whole numbers hold every product, and a table every inverse."""

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
