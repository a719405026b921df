"""What may be said of a difference: the one place that decides it, for places, years and mixes alike."""

from enum import StrEnum
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.intervals import Floats, Interval, difference

LEAST_ANSWERS = 10
"""Answers on both sides before anything is said of a difference."""

LEAST_DIFFERENCE = 0.05
"""A difference that is certain but smaller than this (5 procentpoint) is not worth acting on."""

FALSE_DISCOVERIES = 0.05
"""Of the differences that are called clear, at most this part is expected to be chance."""

_NORMAL_FROM = 5.0  # expected answers in the smallest field before the normal approximation holds
_STEP = 1e-9  # 0.85 - 0.80 is 0.04999999999999993 to a machine, and 5 procentpoint to everybody else


class Verdict(StrEnum):
    """A unit held up against everyone else; the values are the words the reader sees."""

    ABOVE = "Klart over"
    BELOW = "Klart under"
    ALIKE = "Ikke til at skelne"
    TOO_FEW = "For få svar til at vurdere"


class Change(StrEnum):
    """A year held up against the one before."""

    RISEN = "Steget"
    FALLEN = "Faldet"
    NOT_CERTAIN = "Ingen sikker ændring"
    TOO_FEW = "For få svar til at vurdere"
    SERIES_BREAK = "Databrud"


class Counts(NamedTuple):
    """Favourable answers of all answers; arrays of the same shape."""

    favourable: NDArray
    n: NDArray


class TestedDifference(NamedTuple):
    """Arrays: the difference (first minus second), its interval, p, q, and what may be said of it.

    `direction` is +1 clearly more, -1 clearly less, 0 not to be told apart, and NaN with too few answers.
    """

    difference: Floats
    interval: Interval
    p: Floats
    q: Floats
    direction: Floats


def compare(
    ours: Counts, theirs: Counts, family: ArrayLike, eligible: ArrayLike | bool = True
) -> TestedDifference:
    """Tests every pair of shares, controls for how many are tested at once, and demands 5 procentpoint.

    Pairs with the same `family` number are judged together (Benjamini & Hochberg 1995); those that are
    not `eligible`, or have fewer than ten answers on either side, belong to no family.
    """
    gap = difference(*ours, *theirs)
    enough = (np.asarray(ours.n) >= LEAST_ANSWERS) & (np.asarray(theirs.n) >= LEAST_ANSWERS)
    testable = enough & np.asarray(eligible, bool)
    p = np.full(np.shape(testable), np.nan)
    p[testable] = p_value(*(np.asarray(counts, float)[testable] for counts in (*ours, *theirs)))
    q = q_values(p, family)
    clear = (q < FALSE_DISCOVERIES) & (np.abs(gap.value) >= LEAST_DIFFERENCE - _STEP)
    direction = np.where(testable, np.where(clear, np.sign(gap.value), 0.0), np.nan)
    return TestedDifference(gap.value, gap.interval, p, q, direction)


def verdict(direction: float, high_is_bad: bool = False) -> Verdict:
    """The words for a unit; where a high share is bad the words are turned, never the number."""
    if np.isnan(direction):
        return Verdict.TOO_FEW
    turned = -direction if high_is_bad else direction
    return {1: Verdict.ABOVE, 0: Verdict.ALIKE, -1: Verdict.BELOW}[int(turned)]


def change(direction: float) -> Change:
    """The words for a year against the one before: of the number, so they are never turned."""
    if np.isnan(direction):
        return Change.TOO_FEW
    return {1: Change.RISEN, 0: Change.NOT_CERTAIN, -1: Change.FALLEN}[int(direction)]


def p_value(favourable: ArrayLike, n: ArrayLike, other_favourable: ArrayLike, other_n: ArrayLike) -> Floats:
    """Two-sided p of two shares: pooled z, or Fisher's mid-p where a field is expected to hold under five."""
    x, n, other_x, other_n = (
        np.atleast_1d(np.asarray(counts, float)) for counts in (favourable, n, other_favourable, other_n)
    )
    x, n, other_x, other_n = np.broadcast_arrays(x, n, other_x, other_n)
    total, successes = n + other_n, x + other_x
    smallest = np.minimum(n, other_n) * np.minimum(successes, total - successes) / total
    p = np.array([erfc(abs(z) / sqrt(2)) for z in _pooled_z(x, n, other_x, other_n)])
    few = smallest < _NORMAL_FROM
    p[few] = mid_p(x[few], n[few], other_x[few], other_n[few])
    return p


def _pooled_z(x: Floats, n: Floats, other_x: Floats, other_n: Floats) -> Floats:
    pooled = (x + other_x) / (n + other_n)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return np.where(spread > 0, (x / n - other_x / other_n) / np.where(spread > 0, spread, 1), 0.0)


def mid_p(favourable: ArrayLike, n: ArrayLike, other_favourable: ArrayLike, other_n: ArrayLike) -> Floats:
    """Two-sided mid-p of Fisher's exact test: twice the smaller tail, half of the observed counted in."""
    from scipy.stats import hypergeom

    x, n, other_x, other_n = np.rint([favourable, n, other_favourable, other_n]).astype(int)
    table = n + other_n, x + other_x, n
    observed = hypergeom.pmf(x, *table) / 2
    below, above = hypergeom.cdf(x - 1, *table), hypergeom.sf(x, *table)
    return np.minimum(1, 2 * (np.minimum(below, above) + observed))


def q_values(p: ArrayLike, family: ArrayLike = 0) -> Floats:
    """Benjamini & Hochberg's adjusted p within each family; untestable ones (NaN) are not counted."""
    p = np.asarray(p, float)
    tested = ~np.isnan(p)
    q = np.full(p.shape, np.nan)
    q[tested] = _adjusted(p[tested], np.broadcast_to(family, p.shape)[tested])
    return q


def _adjusted(p: Floats, family: NDArray) -> Floats:
    from scipy.stats import false_discovery_control

    adjusted = np.empty(p.shape)
    together = np.argsort(family, kind="stable")
    for members in np.split(together, np.flatnonzero(np.diff(family[together])) + 1):
        adjusted[members] = false_discovery_control(p[members])
    return adjusted
