"""Whether there are answers enough, and from whom: rate, bounds, badge, skewness and the gap in persons."""

from collections.abc import Sequence
from enum import StrEnum
from math import ceil, floor, inf, nan, sqrt
from typing import NamedTuple

from indicators.intervals import finite_correction, normal_quantile

_STEP = 1e-9  # what floating point may add to or take from a whole number


class Badge(StrEnum):
    """What the answers can bear; the values are the letters the reader sees."""

    GOOD = "A"
    CAUTION = "B"
    THIN = "C"

    @property
    def words(self) -> str:
        """The letter in words."""
        return {"A": "Godt grundlag", "B": "Læs med forbehold", "C": "Spinkelt grundlag"}[self.value]


RATE_OF = {Badge.GOOD: 0.50, Badge.CAUTION: 0.30}
"""Least response rate of a badge."""

MARGIN_OF = {Badge.GOOD: 0.10, Badge.CAUTION: 0.20}
"""Largest margin of a badge, half the width of the interval where a share is most uncertain."""

SKEW_FROM_INVITED = 100
SKEW_FROM_GROUP = 10
_REPRESENTATIVE = 0.80
_LARGE_GROUP = 0.10
_FAR_BELOW = 0.5


def margin(n: int, invited: int | None) -> float:
    """Half the width of a 95 % interval for a share of one half: z sqrt(0.25/n (N-n)/(N-1))."""
    if not n:
        return inf
    correction = float(finite_correction(n, nan if invited is None else invited))
    return normal_quantile() * sqrt(0.25 / n * correction)


def badge(n: int, invited: int | None) -> Badge:
    """A, B or C from response rate and margin; at most B where the invited are unknown or fewer than n.

    50 % is the line that NSS published by; 30 % and 10 and 20 points are judgement.
    """
    known = invited is not None and 0 < n <= invited
    for letter in (Badge.GOOD, Badge.CAUTION):
        enough_of_them = n / invited >= RATE_OF[letter] if known else letter is Badge.CAUTION
        if n and enough_of_them and margin(n, invited) <= MARGIN_OF[letter] + _STEP:
            return letter
    return Badge.THIN


class Bounds(NamedTuple):
    """The share among all invited, whatever those who did not answer think; 0 to 1, whole percents."""

    low: float
    high: float


def no_assumption_bounds(favourable: int, n: int, invited: int | None) -> Bounds | None:
    """x/N and (x + N - n)/N (Manski), the lower rounded down to a percent and the upper up.

    None where the invited are unknown or fewer than the answers.
    """
    if not invited or invited < n:
        return None
    low, high = 100 * favourable / invited, 100 * (favourable + invited - n) / invited
    return Bounds(floor(low + _STEP) / 100, ceil(high - _STEP) / 100)


class ResponseGroup(NamedTuple):
    """A part of the invited and how many of them answered."""

    invited: int
    answers: int


def representativity(groups: Sequence[ResponseGroup], adjusted: bool = False) -> float:
    """The R-indicator 1 - 2 S of response rates by group (Schouten, Cobben & Bethlehem 2009).

    `adjusted` takes away the spread that chance alone gives: (G - 1) r (1 - r) / N, never below none.
    """
    invited = sum(group.invited for group in groups)
    rate = sum(group.answers for group in groups) / invited
    spread = sum(group.invited * (group.answers / group.invited - rate) ** 2 for group in groups)
    by_chance = (len(groups) - 1) * rate * (1 - rate) / invited if adjusted else 0
    return 1 - 2 * sqrt(max(0.0, spread / (invited - 1) - by_chance))


def is_skewed(groups: Sequence[ResponseGroup]) -> bool | None:
    """Whether some groups answered so much less than others that the total leans.

    None where it cannot be judged: fewer than two groups, under 100 invited, or a group of under ten.
    """
    invited = sum(group.invited for group in groups)
    too_small = any(group.invited < SKEW_FROM_GROUP for group in groups)
    if len(groups) < 2 or invited < SKEW_FROM_INVITED or too_small:
        return None
    rate = sum(group.answers for group in groups) / invited
    left_behind = any(
        group.invited >= _LARGE_GROUP * invited and group.answers / group.invited < _FAR_BELOW * rate
        for group in groups
    )
    return left_behind or representativity(groups, adjusted=True) < _REPRESENTATIVE


class ResponseGap(NamedTuple):
    """How many more answers it takes, and what they would give."""

    answers: int
    purpose: "Purpose"


class Purpose(StrEnum):
    """What more answers give; the values end the sentence "Med 12 flere svar …"."""

    DETAIL = "kan fordelingen og vurderingen vises"
    CERTAINTY = "kommer usikkerheden under 10 procentpoint"


def gap(n: int, invited: int | None, persons_for_detail: int) -> ResponseGap | None:
    """The next thing that more answers would give; None when nothing more is to be had.

    Only for a response that is shown: of a hidden one the gap would tell how many answered.
    """
    if n < persons_for_detail and (
        found := _within(ResponseGap(persons_for_detail - n, Purpose.DETAIL), n, invited)
    ):
        return found
    if margin(n, invited) < MARGIN_OF[Badge.GOOD]:
        return None
    needed = _answers_for_margin(MARGIN_OF[Badge.GOOD], n, invited)
    return _within(ResponseGap(needed - n, Purpose.CERTAINTY), n, invited)


def _answers_for_margin(wanted: float, n: int, invited: int | None) -> int:
    """The least number of answers whose margin is below the wanted one."""
    variance = 0.25 * (normal_quantile() / wanted) ** 2
    known = invited is not None and invited >= n
    estimate = variance * invited / (variance + invited - 1) if known else variance
    needed = max(n + 1, floor(estimate))
    while margin(needed, invited) >= wanted:
        needed += 1
    return needed


def _within(found: ResponseGap, n: int, invited: int | None) -> ResponseGap | None:
    """Nobody can be asked for more answers than there are invited who have not answered."""
    impossible = invited is not None and n <= invited < n + found.answers
    return None if impossible else found
