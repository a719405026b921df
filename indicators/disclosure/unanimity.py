"""Shares of hidden cells that are known because all in a shown cell answered alike: counted, not hidden."""

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.differences import overlaps
from indicators.disclosure.system import Integers, System


def known_shares(
    system: System, answers: Integers, shown: NDArray[np.bool_], least_persons: int
) -> tuple[int, int]:
    """How many cells have too few persons, and of how many of them the share can be read off shown cells.

    `answers` has for each finest group its favourable and its other answers; `shown` are the cells whose
    exact share is shown. A share is known where all answers, or none, are favourable in a shown cell that
    holds the small one, or in one shown cell less another inside it.
    """
    rows = system.rows(shown)
    counts = rows.sums(answers)
    first, second, shared = overlaps(rows, answers.sum(axis=1))
    n = counts.sum(axis=1)
    inside = shared == np.minimum(n[first], n[second])
    first, second = first[inside], second[inside]
    whole, part = np.where(n[first] >= n[second], (first, second), (second, first))
    alike = np.zeros((len(answers), 2), dtype=bool)
    for favourable in (0, 1):
        for row in np.flatnonzero(counts[:, favourable] == 0):
            alike[rows.groups(row), favourable] = True
        for pair in np.flatnonzero(counts[whole, favourable] == counts[part, favourable]):
            alike[np.setdiff1d(rows.groups(whole[pair]), rows.groups(part[pair])), favourable] = True
    persons = system.persons_by_cell
    small = system.rows(system.offered & (persons > 0) & (persons < least_persons))
    return len(small), int((small.sums(1 - alike) == 0).any(axis=1).sum())
