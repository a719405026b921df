"""Bars that Excel draws: all answers to a question stacked, or shares beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl.chart import BarChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import SeriesLabel

from views.documents.excel_charts.parts import dress, plain_text, uncertainty
from views.documents.sections import Section
from views.documents.sheets import SHARE, Place
from views.foundation import frames, marks, theme

LOWEST = 8.5
HIGHEST = 15.5
AROUND = 4.0
"""Centimetres: of a chart, and of its title, legend and axis."""
THICKEST, THINNEST = 0.85, 0.24
"""Centimetres of a row: as many as can be read stand on one page."""
MANY = 30
NOT_DRAWN = ("Nedre grænse", "Øvre grænse", "Forventet")
"""Columns of fractions that are no shares to be held up against each other."""
BETWEEN = ("#4292C6", "#807DBA", "#7F2704", "#F16913")
NOTHING_ELSE = dict.fromkeys(
    ("showLegendKey", "showSerName", "showCatName", "showPercent", "showBubbleSize"), False
)


@dataclass(frozen=True)
class Bars:
    """The columns that are drawn, each with its colour, of the rows that there is anything to draw of."""

    title: str
    frame: pd.DataFrame
    label: str
    colours: Mapping[str, str]
    stacked: bool = False
    limits: bool = False
    marked: Sequence[int] = ()
    """The rows of the own ones, in a colour of their own."""

    @property
    def rows(self) -> int:
        """Up to the last row with a number: hidden ones stand last and are left out."""
        known = self.frame[list(self.colours)].notna().any(axis=1)
        return int(known.to_numpy().nonzero()[0].max()) + 1 if known.any() else 0


def shares(section: Section, place: Place) -> BarChart | None:
    """The shares of the section's table beside each other."""
    colours = dict(_colours(share_columns(section.frame)))
    return bars(Bars(section.title, section.frame, label_column(section.frame), colours), place)


def label_column(frame: pd.DataFrame) -> str:
    """What a row is about."""
    return "Spørgsmål" if "Spørgsmål" in frame else frame.columns[0]


def share_columns(frame: pd.DataFrame) -> list[str]:
    """Those that hold shares, the own ones first."""
    known = frame[frames.share_columns(frame)].dropna(axis="columns", how="all")
    return [name for name in known if name not in NOT_DRAWN]


def _colours(headings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The own one dark, everyone else grey, and others in between."""
    between = iter(BETWEEN * len(headings))
    for number, heading in enumerate(headings):
        grey = heading.startswith("Alle andre")
        yield heading, theme.OWN if number == 0 else theme.OTHERS if grey else next(between)


def bars(about: Bars, place: Place) -> BarChart | None:
    """Lying bars, the first row on top; none where there is no number."""
    if not about.colours or not about.rows:
        return None
    chart = BarChart()
    chart.type, chart.grouping = "bar", "percentStacked" if about.stacked else "clustered"
    chart.overlap, chart.gapWidth = (100, 40) if about.stacked else (-10, 60)
    columns = list(about.frame.columns)
    last = about.rows - 1
    for heading, colour in about.colours.items():
        chart.series.append(_series(about, place, heading, colour))
    chart.set_categories(place.cells(columns.index(about.label), 0, last))
    row = _row(about)
    dress(chart, about.title, max(LOWEST, AROUND + row * about.rows))
    chart.x_axis.scaling.orientation = "maxMin"
    if row < THICKEST / 2:
        chart.x_axis.txPr = plain_text(7)
    if len(about.colours) == 1:
        chart.legend = None
    return chart


def _row(about: Bars) -> float:
    """Centimetres of a row, which may hold a bar for each column."""
    wanted = THICKEST if about.stacked else THICKEST * (0.4 + 0.6 * len(about.colours))
    return min(wanted, max(THINNEST, (HIGHEST - AROUND) / about.rows))


def _series(about: Bars, place: Place, heading: str, colour: str) -> Series:
    column, last = list(about.frame.columns).index(heading), about.rows - 1
    shares = about.frame[heading].iloc[: last + 1]
    one = Series(place.cells(column, 0, last))
    one.tx = SeriesLabel(strRef=StrRef(place.heading(column)))
    one.graphicalProperties.solidFill = colour.lstrip("#")
    one.graphicalProperties.line.solidFill = "FFFFFF"
    one.dLbls = _labels(shares, colour, about.stacked)
    for at in (row for row in about.marked if row <= last):
        own = DataPoint(idx=at, invertIfNegative=False)
        own.graphicalProperties.solidFill = theme.OWN.lstrip("#")
        one.dPt.append(own)
    if about.limits:
        limits = about.frame[["Nedre grænse", "Øvre grænse"]].iloc[: last + 1]
        one.errBars = uncertainty(shares.tolist(), list(limits.itertuples(index=False, name=None)))
    return one


def _labels(shares: pd.Series, colour: str, inside: bool) -> DataLabelList:
    """The share on each bar; inside a bar only where there is room for it."""
    labels = DataLabelList(numFmt=SHARE, showVal=True, dLblPos="ctr" if inside else "inBase", **NOTHING_ELSE)
    labels.txPr = plain_text(9 if len(shares) < MANY else 7)
    labels.txPr.p[0].pPr.defRPr.solidFill = theme.text_on(colour).lstrip("#")
    small = shares.fillna(0) < marks.SMALLEST_LABELLED
    labels.dLbl = [DataLabel(idx=at, showVal=False, **NOTHING_ELSE) for at, one in enumerate(small) if one]
    return labels
