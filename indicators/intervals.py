"""How uncertain a share or a mean is: every function takes numbers or arrays of them, as floats go.

A limit that there is not is NaN: nobody answered, or everybody gave the same answer on a scale.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

CONFIDENCE = 0.95
_STEP = 1e-9  # what floating point may add to or take from a whole number


class Interval(NamedTuple):
    """Lower and upper limit, both floats or both arrays."""

    low: Floats
    high: Floats


class Mean(NamedTuple):
    """Mean and standard deviation on the values of a scale, with the interval of the mean."""

    value: Floats
    spread: Floats
    interval: Interval


class Difference(NamedTuple):
    """First share minus second, with its interval."""

    value: Floats
    interval: Interval


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """The z of a two-sided interval: 0.95 -> 1.959964."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(
    favourable: ArrayLike, n: ArrayLike, confidence: float = CONFIDENCE, correction: ArrayLike = 1.0
) -> Interval:
    """The score interval of a share (Wilson 1927): what the place delivers, this year's answers being a draw.

    `correction` is (N - n) / (N - 1) where the answers are drawn from N known persons.
    """
    favourable, n = np.asarray(favourable, float), np.asarray(n, float)
    z2 = normal_quantile(confidence) ** 2 * np.asarray(correction, float)
    share, each = _divided(favourable, n), _divided(z2, n)
    centre = (share + each / 2) / (1 + each)
    half = np.sqrt(each) * np.sqrt(share * (1 - share) + each / 4) / (1 + each)
    low = np.where(favourable == 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(favourable == n, 1.0, np.clip(centre + half, 0, 1))
    return Interval(np.where(n > 0, low, np.nan)[()], np.where(n > 0, high, np.nan)[()])


def finite_correction(n: ArrayLike, invited: ArrayLike) -> Floats:
    """(N - n) / (N - 1), what a share varies by among N persons (Cochran 1977, *Sampling Techniques*, 3.2).

    1 where the invited are unknown (NaN) or fewer than the answers.
    """
    n, invited = np.asarray(n, float), np.asarray(invited, float)
    usable = np.isfinite(invited) & (invited >= n)
    corrected = np.where(invited == n, 0.0, _divided(invited - n, invited - 1))
    return np.where(usable, corrected, 1.0)[()]


def wilson_of_invited(
    favourable: ArrayLike, n: ArrayLike, invited: ArrayLike, confidence: float = CONFIDENCE
) -> Interval:
    """The share among this year's invited, if those who did not answer are like those who did.

    Limits are moved outward to shares that so many invited can have, and cut by what is known already.
    With invited unknown (NaN) or fewer than the answers it is the plain interval.
    """
    favourable, n, invited = (np.asarray(counts, float) for counts in (favourable, n, invited))
    low, high = wilson(favourable, n, confidence, finite_correction(n, invited))
    usable = np.isfinite(invited) & (invited >= n) & (n > 0)
    persons = np.where(usable, invited, 1.0)
    lowest = np.maximum(np.floor(low * persons + _STEP), favourable) / persons
    highest = np.minimum(np.ceil(high * persons - _STEP), persons - n + favourable) / persons
    return Interval(np.where(usable, lowest, low)[()], np.where(usable, highest, high)[()])


def mean(counts: ArrayLike, values: ArrayLike, invited: ArrayLike = np.nan) -> Mean:
    """Mean of the values with a t-interval; the last axis of `counts` goes along the values.

    The interval is narrowed by sqrt(1 - n/N) where the invited are known, and kept on the scale.
    """
    from scipy.special import stdtrit  # scipy.stats.t.ppf itself, in a fiftieth of its time

    counts, values = np.asarray(counts, float), np.asarray(values, float)
    invited = np.asarray(invited, float)
    n = counts.sum(axis=-1)
    value = _divided(counts @ values, n)
    squares = (counts * (values - value[..., None]) ** 2).sum(axis=-1)
    spread = np.sqrt(_divided(squares, n - 1))
    usable = np.isfinite(invited) & (invited >= n)
    drawn = np.where(usable, np.sqrt(np.clip(1 - _divided(n, invited), 0, 1)), 1.0)
    quantile = stdtrit(n - 1, (1 + CONFIDENCE) / 2)
    half = np.where(spread > 0, quantile * spread / np.sqrt(np.maximum(n, 1)) * drawn, np.nan)
    low = np.clip(value - half, values.min(), values.max())
    high = np.clip(value + half, values.min(), values.max())
    return Mean(value[()], spread[()], Interval(low[()], high[()]))


def difference(
    favourable: ArrayLike,
    n: ArrayLike,
    other_favourable: ArrayLike,
    other_n: ArrayLike,
    confidence: float = CONFIDENCE,
) -> Difference:
    """Difference of two independent shares (Newcombe 1998, method 10)."""
    first, second = _divided(favourable, n), _divided(other_favourable, other_n)
    low, high = wilson(favourable, n, confidence)
    other_low, other_high = wilson(other_favourable, other_n, confidence)
    value = first - second
    down = np.sqrt((first - low) ** 2 + (other_high - second) ** 2)
    up = np.sqrt((high - first) ** 2 + (second - other_low) ** 2)
    return Difference(value[()], Interval((value - down)[()], (value + up)[()]))


def _divided(part: ArrayLike, whole: ArrayLike) -> Floats:
    """part / whole, NaN where there is nothing to divide by."""
    whole = np.asarray(whole, float)
    return np.asarray(part, float) / np.where(whole == 0, np.nan, whole)
