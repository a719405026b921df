"""What one item puts on the wall, whatever it is about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from indicators.figure import State
from indicators.report import Report
from views.documents.legends import LegendEntry
from views.foundation import blocks, readings

MOST_ROWS = 8
PLAIN, LARGER = 1.3, 1.5
"""How much charts are magnified: most texts in them are 14 pixels, and some 12; on the wall it takes 18."""

FIGURE_PIXELS, LINE_PIXELS = 480, 34
"""What a chart has of a wall of 720 pixels, and what a line of text takes."""

STANDING_OUT, MOST_ANSWERS = "dem, der skiller sig mest ud", "dem med flest svar"

Row = TypeVar("Row")


@dataclass(frozen=True)
class Wall:
    """One sentence, what it measures, and one picture: HTML, a chart, or a legend with its chart.

    `frame` holds the numbers of the picture; `left_out` says what there was no room for.
    """

    sentence: str
    about: str = ""
    html: str = ""
    chart: Mapping | None = None
    """As Vega-Lite: what it takes to make it has been done, however often it is drawn."""
    magnified: float = PLAIN
    frame: pd.DataFrame | None = None
    left_out: str = ""
    report: Report | None = None
    legend: tuple[LegendEntry, ...] = ()
    """The signs of the chart, for a slide."""

    @property
    def under(self) -> str:
        """What is read under the picture: what was left out, and which verdicts the mix explains."""
        return " ".join(filter(None, (self.left_out, *readings.explained(self.report))))


def fitted(wall: Wall, lines_less: float) -> dict:
    """The chart as high as it wants to be, or as the wall has room for beside so many more lines of text."""
    room = (FIGURE_PIXELS - LINE_PIXELS * lines_less) / wall.magnified
    return {**wall.chart, "height": min(wall.chart["height"], room)}


def those_that_stand_out(
    rows: Sequence[Row], first: Callable[[Row], bool], distance: Callable[[Row], float], most: int = MOST_ROWS
) -> list[Row]:
    """As many rows as there is room for, in their own order: the `first` ones, then the farthest off."""
    if len(rows) <= most:
        return list(rows)
    places = sorted(range(len(rows)), key=lambda at: (not first(rows[at]), -distance(rows[at])))
    return [rows[at] for at in sorted(places[:most])]


def left_out(shown: int, every: int, what: str, where: str, which: str = STANDING_OUT) -> str:
    """That it is not all, which ones it is, and where the rest is; nothing where it is all."""
    if shown == every:
        return ""
    return f"Her er {shown} af {every} {what}: {which}. Resten står på {where}."


def empty(report: Report, states: Sequence[State]) -> Wall:
    """Why there is nothing to draw, and what to do about it."""
    hidden = State.HIDDEN in states
    said = f"{State.HIDDEN}. {blocks.LARGER}" if hidden else f"{State.NO_ANSWERS}. {blocks.OTHER}"
    return Wall(report.title, html=f'<p class="stor">{said}</p>', report=report)
