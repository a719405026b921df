"""What can be said of a published share: how uncertain it is, and how it stands beside others."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, nan, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.intervals import (
    Floats,
    Interval,
    difference,
    mean,
    normal_quantile,
    wilson,
    wilson_of_invited,
)

LEAST_ANSWERS = 10
"""Answers on both sides before anything is said of a difference."""

LEAST_DIFFERENCE = 0.05
"""A difference that is certain but smaller than this (5 procentpoint) is not worth acting on."""

FALSE_DISCOVERIES = 0.05
"""Of the differences that are called clear, at most this part is expected to be chance."""

CERTAINTY = 0.8
"""How often a difference shall be called clear, for it to be said that it could have been seen."""

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


def least_visible(n: ArrayLike, others_share: ArrayLike, others: ArrayLike, tested: ArrayLike) -> Floats:
    """The smallest difference (whole procentpoint, as a share) that four of five surveys would call clear.

    It is one of `tested` that are judged together, and no other is clear. NaN: not even the largest would
    be. Normal approximation with continuity correction (Fleiss, Levin & Paik 2003, chapter 4), on the side of
    the others' share where there is more room.
    """
    n, share, others, tested = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(one, float)) for one in (n, others_share, others, tested))
    )
    steps = np.arange(LEAST_DIFFERENCE, 1, 0.01)
    n, share, others = n[:, None], share[:, None], others[:, None]
    ours = np.where(share >= 0.5, share - steps, share + steps)
    is_possible = (ours >= -_STEP) & (ours <= 1 + _STEP)
    ours = np.clip(ours, 0, 1)
    pooled = (n * ours + others * share) / (n + others)
    if_equal = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / others))
    if_apart = np.sqrt(ours * (1 - ours) / n + share * (1 - share) / others)
    critical = np.array([normal_quantile(1 - FALSE_DISCOVERIES / one) for one in tested])[:, None]
    counted = (1 / n + 1 / others) / 2  # answers come whole, which matters where they are few
    least = np.maximum(critical * if_equal + counted, LEAST_DIFFERENCE)
    needed = least + NormalDist().inv_cdf(CERTAINTY) * if_apart
    is_seen = is_possible & (steps >= needed)
    return np.where(is_seen.any(axis=1), steps[is_seen.argmax(axis=1)], np.nan)


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


@dataclass(frozen=True)
class Judgement:
    """Made at release, of published figures only, and stored with the share it is about.

    Everything is a share from 0 to 1, except the mean, which is on the values of the scale. None:
    there is nothing to be said, e.g. no verdict on everything, which has no one else to stand beside.
    """

    low: float | None = None
    high: float | None = None
    invited_low: float | None = None
    invited_high: float | None = None
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    verdict: Verdict | None = None
    expected: float | None = None
    """What everyone else's shares give with the unit's own mix of educations."""
    verdict_on_mix: Verdict | None = None
    """The share held up against the expected one instead of everyone else's."""

    @property
    def is_clear(self) -> bool:
        """Whether the unit is clearly over or under everyone else."""
        return self.verdict in (Verdict.ABOVE, Verdict.BELOW)

    @property
    def explained_by_mix(self) -> bool:
        """Whether the difference to everyone else is gone once the unit's educations are allowed for."""
        return self.is_clear and self.verdict_on_mix is Verdict.ALIKE


@dataclass(frozen=True)
class VisibleDifference:
    """With so many answers, the smallest difference (0 to 1) that could have been seen; None: none could."""

    answers: int
    difference: float | None


@dataclass(frozen=True)
class YearChange:
    """A share held up against the one of an earlier round: difference with interval, 0 to 1."""

    earlier_year: int
    change: Change
    difference: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class JudgedSubject:
    """A share to be judged, beside everyone else's and the expected one (NaN where there is none).

    Subjects of one `family` are judged together; only a `detailed` one gets a verdict. `worth` is the
    size of a plain sample that would know the expected share as well.
    """

    family: Hashable
    favourable: float
    n: int
    detailed: bool
    is_compared: bool
    others_favourable: float = nan
    others: float = nan
    expected: float = nan
    worth: float = nan
    invited: float = nan
    counts: tuple[int, ...] | None = None
    values: tuple[int, ...] = ()
    high_is_bad: bool = False


def judge(subjects: Sequence[JudgedSubject]) -> Iterator[Judgement]:
    """A judgement for each subject, in their order."""
    if not subjects:
        return
    names = ("n", "favourable", "others", "others_favourable", "expected", "worth", "invited")
    columns = {name: np.array([getattr(subject, name) for subject in subjects], float) for name in names}
    n, favourable = columns["n"], columns["favourable"]
    others = np.nan_to_num(columns["others"])
    besides = Counts(np.nan_to_num(columns["others_favourable"]), others)
    numbers: dict[object, int] = {}
    family = np.array([numbers.setdefault(subject.family, len(numbers)) for subject in subjects])
    detailed = np.array([subject.detailed for subject in subjects])
    tested = compare(Counts(favourable, n), besides, family, detailed)
    worth = np.nan_to_num(columns["worth"])
    mixed = Counts(np.nan_to_num(columns["expected"]) * worth, worth)
    on_mix = compare(Counts(favourable, n), mixed, family, detailed)
    limits = [*wilson(favourable, n), *wilson_of_invited(favourable, n, columns["invited"])]
    beside = [tested.difference, *tested.interval]
    for at, subject in enumerate(subjects):
        low, high, invited_low, invited_high = (_number(limit[at]) for limit in limits)
        of_invited = (invited_low, invited_high) if np.isfinite(columns["invited"][at]) else (None, None)
        compared = subject.is_compared and others[at] > 0
        yield Judgement(
            *(low, high, *of_invited, *_mean(subject)),
            *(_number(value[at]) if compared else None for value in beside),
            verdict(tested.direction[at], subject.high_is_bad) if subject.is_compared else None,
            _number(columns["expected"][at]),
            verdict(on_mix.direction[at], subject.high_is_bad) if worth[at] else None,
        )


def _mean(subject: JudgedSubject) -> tuple[float | None, ...]:
    if subject.counts is None:
        return None, None, None
    average = mean(subject.counts, subject.values, subject.invited)
    return _number(average.value), *map(_number, average.interval)


def _number(value: float | Floats) -> float | None:
    """Six decimals are plenty, and the same on every machine."""
    return None if np.isnan(value) else round(float(value), 6)


class Beside(NamedTuple):
    """Answers on both sides of a comparison, and the share of the others."""

    n: int
    others_share: float
    others: int


def visible(compared: Sequence[Beside], tested: int) -> tuple[VisibleDifference, ...]:
    """What could have been seen with the fewest of these answers, and with the most where that is another."""
    if not compared:
        return ()
    ends = min(compared), max(compared)
    found = least_visible(*zip(*ends, strict=True), tested)
    seen = [
        VisibleDifference(one.n, None if np.isnan(difference) else round(float(difference), 2))
        for one, difference in zip(ends, found, strict=True)
    ]
    return tuple({one.difference: one for one in seen}.values())
