"""What one item puts on the wall, whatever it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import altair as alt
import pandas as pd

from indicators.figure import State
from indicators.report import Report
from views import blocks

MOST_ROWS = 8
PLAIN, LARGER = 1.3, 1.5
"""How much charts are magnified: most texts in them are 14 pixels, and some 12; on the wall it takes 18."""

FIGURE_PIXELS = 470
"""The height that a chart has on a wall of 720 pixels."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Wall:
    """One sentence, what it measures, and one picture: HTML, a chart, or a legend with its chart.

    `frame` holds the numbers of the picture; `left_out` says what there was no room for.
    """

    sentence: str
    about: str = ""
    html: str = ""
    chart: alt.LayerChart | None = None
    magnified: float = PLAIN
    frame: pd.DataFrame | None = None
    left_out: str = ""
    report: Report | None = None


def tall(chart: alt.LayerChart, rows: int, row: int, magnified: float, around: int = 0) -> alt.LayerChart:
    """The chart with rows as high as they may be; `around` is what its axis takes."""
    room = FIGURE_PIXELS / magnified - around
    return chart.properties(height=min(rows * row, room))


def those_that_stand_out(
    rows: Sequence[Row], first: Callable[[Row], bool], distance: Callable[[Row], float], most: int = MOST_ROWS
) -> list[Row]:
    """As many rows as there is room for, in their own order: the `first` ones, then the farthest off."""
    if len(rows) <= most:
        return list(rows)
    places = sorted(range(len(rows)), key=lambda at: (not first(rows[at]), -distance(rows[at])))
    return [rows[at] for at in sorted(places[:most])]


def left_out(shown: int, every: int, what: str, where: str) -> str:
    """That it is not all, and where the rest is; nothing where it is all."""
    if shown == every:
        return ""
    return f"Her er {shown} af {every} {what}: dem, der skiller sig mest ud. Resten står på {where}."


def empty(report: Report, states: Sequence[State]) -> Wall:
    """Why there is nothing to draw, and what to do about it."""
    hidden = State.HIDDEN in states
    said = f"{State.HIDDEN}. {blocks.LARGER}" if hidden else f"{State.NO_ANSWERS}. {blocks.OTHER}"
    return Wall(report.title, html=f'<p class="stor">{said}</p>', report=report)
