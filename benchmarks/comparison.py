"""One measurement: what we need beside what a plain baseline needs."""

from dataclasses import dataclass

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
