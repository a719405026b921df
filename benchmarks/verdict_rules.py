"""Answers of made-up units, and the rules by which others and we call one of them higher or lower."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators import ranking
from indicators.intervals import wilson
from indicators.judgement import FALSE_DISCOVERIES, LEAST_DIFFERENCE, Counts, compare

Directions = NDArray[np.float64]
"""+1 called more, -1 called less, 0 or NaN nothing said; questions x units."""


@dataclass(frozen=True)
class Drawn:
    """Favourable answers of all answers, questions x units, and everyone else's beside each."""

    ours: Counts
    others: Counts

    @property
    def difference(self) -> NDArray[np.float64]:
        return self.ours.favourable / self.ours.n - self.others.favourable / self.others.n

    @property
    def everyone(self) -> Counts:
        """The total, which is the same beside each unit."""
        return Counts(*(ours + others for ours, others in zip(self.ours, self.others, strict=True)))


def draw(chance: np.random.Generator, questions: int, n: NDArray, share: NDArray | float) -> Drawn:
    """Independent answers of every unit to every question."""
    favourable = chance.binomial(n, share, (questions, len(n)))
    return beside_everyone_else(favourable, np.broadcast_to(n, favourable.shape))


def beside_everyone_else(favourable: NDArray, n: NDArray) -> Drawn:
    """Each unit and the rest of its question."""
    rest = (one.sum(axis=1, keepdims=True) - one for one in (favourable, n))
    return Drawn(Counts(favourable, n), Counts(*rest))


def five_points(drawn: Drawn) -> Directions:
    """The rule of thumb: five points from everyone else."""
    return np.sign(drawn.difference) * (np.abs(drawn.difference) >= LEAST_DIFFERENCE)


def interval_excludes_mean(drawn: Drawn) -> Directions:
    """The unit's 95 % interval leaves the common share out."""
    low, high = wilson(*drawn.ours)
    return _outside(drawn.everyone.favourable / drawn.everyone.n, low, high)


def outer_quarter_and_apart(drawn: Drawn) -> Directions:
    """The GMC's red and green: in the outer quarter, and with an interval that does not meet the mean's."""
    share = drawn.ours.favourable / drawn.ours.n
    low, high = wilson(*drawn.ours)
    mean_low, mean_high = wilson(*drawn.everyone)
    quarter, three_quarters = np.quantile(share, [0.25, 0.75], axis=1, keepdims=True)
    below = (share <= quarter) & (high < mean_low)
    above = (share >= three_quarters) & (low > mean_high)
    return above.astype(float) - below


def outside_outer_funnel(drawn: Drawn) -> Directions:
    """Outside the 99.8 % limits of the funnel."""
    common = drawn.everyone.favourable / drawn.everyone.n
    low, high = ranking.limits(common, drawn.ours.n, ranking.FAR)
    return -_outside(drawn.ours.favourable / drawn.ours.n, low, high)


def false_discovery_rate_alone(drawn: Drawn) -> Directions:
    """Benjamini and Hochberg's, without the demand of five points."""
    found = compare(drawn.ours, drawn.others, _by_question(drawn))
    return np.sign(found.difference) * (found.q < FALSE_DISCOVERIES)


def ours(drawn: Drawn) -> Directions:
    """The rule that a release judges by, called as a release calls it."""
    return compare(drawn.ours, drawn.others, _by_question(drawn)).direction


RULES: Mapping[str, Callable[[Drawn], Directions]] = {
    "≥ 5 points": five_points,
    "95 % interval excludes the mean": interval_excludes_mean,
    "GMC": outer_quarter_and_apart,
    "99.8 % funnel": outside_outer_funnel,
    "**ours**": ours,
}


def _outside(value: NDArray, low: NDArray, high: NDArray) -> Directions:
    """Which side of the value the interval lies on: +1 above it, -1 below it, 0 around it."""
    return (low > value).astype(float) - (high < value)


def _by_question(drawn: Drawn) -> NDArray:
    return np.broadcast_to(np.arange(len(drawn.ours.n))[:, None], drawn.ours.n.shape)


def said(directions: Directions) -> NDArray:
    """Whether anything is said of each unit."""
    return np.abs(np.nan_to_num(directions)) > 0
