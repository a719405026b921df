"""The funnel: how far from the common share units of that size come by chance (Spiegelhalter 2005)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from indicators.intervals import CONFIDENCE, Interval, normal_quantile

FAR = 0.998
"""Confidence of the outer limits: two in a thousand lie outside by chance."""

_WINSORISED = 0.10
"""The part at each end that is pulled in before the spread is measured."""


class Spread(NamedTuple):
    """`phi` is the mean squared distance in standard errors: 1 when chance alone is at work."""

    phi: float
    is_real: bool


def limits(common_share: ArrayLike, n: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """Limits around the common share for units of that many answers, from 0 to 1.

    A unit is outside exactly when its Wilson interval at the same confidence leaves the share out.
    """
    share, n = np.asarray(common_share, float), np.asarray(n, float)
    half = normal_quantile(confidence) * np.sqrt(share * (1 - share) / n)
    return Interval(np.clip(share - half, 0, 1)[()], np.clip(share + half, 0, 1)[()])


def spread(favourable: ArrayLike, n: ArrayLike) -> Spread:
    """Whether the units lie further apart than chance puts them (over-dispersion, winsorised at 10 %)."""
    favourable, n = np.asarray(favourable, float), np.asarray(n, float)
    if not n.sum() or favourable.sum() in (0, n.sum()):
        return Spread(0.0, False)
    common = favourable.sum() / n.sum()
    distance = (favourable / n - common) / np.sqrt(common * (1 - common) / n)
    phi = float((winsorised(distance) ** 2).mean())
    return Spread(phi, bool(phi > 1 + 2 * np.sqrt(2 / len(n))))


def winsorised(values: ArrayLike) -> np.ndarray:
    """The values with everything beyond the 10 % and 90 % quantiles pulled in to them."""
    return np.clip(values, *np.quantile(values, [_WINSORISED, 1 - _WINSORISED]))
