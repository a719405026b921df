"""One measurement: what we need beside what a plain baseline needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Quartiles = tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """Both sides in the same unit (s, ms or MB), so less is better; `size` is in samples.

    `handled` is what both went through, such as 8,262 `handled_name` "rows"; 0 where a rate says nothing.
    `spread` holds both sides' quartiles where they vary from one time to the next.
    """

    what: str
    against: str
    size: float
    unit: str
    ours: float
    baseline: float
    handled: int = 0
    handled_name: str = ""
    spread: tuple[Quartiles, Quartiles] | None = None


def of_clicks(
    what: str, against: str, size: float, ours: Sequence[float], floor: Sequence[float]
) -> Comparison:
    """The medians of milliseconds that both sides took in turn, and between which quartiles they lie."""
    (low, _, high), (floor_low, _, floor_high) = quantiles(ours), quantiles(floor)
    spread = (low, high), (floor_low, floor_high)
    return Comparison(what, against, size, "ms", median(ours), median(floor), spread=spread)
