"""Arithmetic modulo a prime so small that floating-point numbers hold every product and sum exactly.

Numbers lie between -PRIME/2 and PRIME/2: a product stays below 2^42, a sum of 2,000 of them below 2^53.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

PRIME = 4_194_301
GENERATOR = 7
"""Its powers are all numbers from 1 to PRIME - 1."""


def reduced(numbers: Numbers) -> Numbers:
    """The same numbers modulo the prime, nearest to zero."""
    return numbers - PRIME * np.rint(numbers * (1 / PRIME))


def inverse(number: float) -> int:
    """The number that gives one when multiplied with this one."""
    return pow(int(number), -1, PRIME)


def inverses(numbers: Numbers) -> Numbers:
    """Inverses of many numbers; zero stays zero."""
    return _table()[numbers.astype(np.int64)]


@cache
def _table() -> Numbers:
    """Inverses of 0 .. PRIME - 1; a negative position counts from the end, so it is right as well."""
    powers = np.ones(1)
    while len(powers) < PRIME - 1:
        powers = np.concatenate([powers, reduced(powers * pow(GENERATOR, len(powers), PRIME))])
    powers = powers[: PRIME - 1]
    table = np.zeros(PRIME)
    table[powers.astype(np.int64)] = np.roll(powers[::-1], 1)
    return table
