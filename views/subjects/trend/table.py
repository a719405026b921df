"""The years as a frame and as HTML, and the lines that Excel draws of them."""

from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd
from openpyxl.chart import ScatterChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.series import SeriesLabel

from indicators.danish import listed, lower_first, percent
from indicators.figure import State
from indicators.trend import LineRole, Trend, TrendPoint, TrendSeries
from views.documents.excel_charts.parts import dress, uncertainty
from views.documents.sections import Section
from views.documents.sheets import Place
from views.foundation import frames, tables
from views.subjects.trend.chart import COLOURS


def years(report: Trend) -> pd.DataFrame:
    """One row a series and year; shares 0 to 1, empty where nothing is shown."""
    rows = [(one, point) for one in report.series for point in one.points]
    limits = [point.limits or (None, None) for _, point in rows]
    changes = [point.change for _, point in rows]
    columns = [
        (report.named, [one.about.name for one, _ in rows]),
        ("År", [str(point.year) for _, point in rows]),
        ("Andel", frames.Shares(point.figure.share for _, point in rows)),
        ("Nedre grænse", frames.Shares(low for low, _ in limits)),
        ("Øvre grænse", frames.Shares(high for _, high in limits)),
        ("Antal svar", frames.whole(point.figure.n for _, point in rows)),
        ("Ændring siden runden før", [report.change(*row) or "" for row in rows]),
        ("Ændring (procentpoint)", frames.points(change and change.difference for change in changes)),
        ("Status", [point.figure.status for _, point in rows]),
    ]
    return frames.frame(columns)


HEIGHT = 12.0
MARKS = {
    LineRole.OWN: "circle",
    LineRole.BENCHMARK: "square",
    LineRole.SECOND: "diamond",
    LineRole.THIRD: "triangle",
}
DASHES = {
    LineRole.OWN: "solid",
    LineRole.BENCHMARK: "dash",
    LineRole.SECOND: "lgDash",
    LineRole.THIRD: "sysDash",
}
YEAR_COLUMN, SHARE_COLUMN = 1, 2
"""In the table of the years, counted from 0."""


def measure(report: Trend) -> str:
    """The question, and a share of what."""
    return f"{report.asked.question.text} Andel {report.asked.scale.share_label}."


def excel_chart(section: Section, place: Place) -> ScatterChart | None:
    """A line a series, broken where years cannot be compared; many parts would be a tangle."""
    report = section.report
    if report.split or len(report.years) < 2:
        return None
    chart = ScatterChart()
    chart.scatterStyle = "lineMarker"
    repeats = []
    for role, first_row, points, is_repeat in _runs(report):
        if is_repeat:
            repeats.append(len(chart.series))
        chart.series.append(_line(place, role, first_row, points))
    dress(chart, section.title, HEIGHT)
    chart.legend.legendEntry = [LegendEntry(idx=at, delete=True) for at in repeats]
    axis = chart.x_axis
    axis.number_format, axis.majorUnit, axis.majorGridlines = "0", 1, None
    axis.scaling.min, axis.scaling.max = report.years[0], report.years[-1]
    return chart


def _runs(report: Trend) -> Iterator[tuple[LineRole, int, Sequence[TrendPoint], bool]]:
    """What one line may join, with its row in the table, and whether the series has begun before."""
    start = 0
    for one in report.series:
        for number, run in enumerate(report.runs(one)):
            yield one.role, start + one.points.index(run[0]), run, number > 0
        start += len(one.points)


def _line(place: Place, role: LineRole, first: int, points: Sequence[TrendPoint]) -> Series:
    last, colour = first + len(points) - 1, COLOURS[role].lstrip("#")
    one = Series(place.cells(SHARE_COLUMN, first, last), place.cells(YEAR_COLUMN, first, last))
    one.tx = SeriesLabel(strRef=StrRef(_name(place, first)))
    one.graphicalProperties.line.solidFill, one.graphicalProperties.line.width = colour, 28_000
    one.graphicalProperties.line.dashStyle = DASHES[role]
    one.smooth = False
    one.marker.symbol, one.marker.size = MARKS[role], 8
    one.marker.graphicalProperties.solidFill = one.marker.graphicalProperties.line.solidFill = colour
    limits = [point.limits or (None, None) for point in points]
    one.errBars = uncertainty([point.figure.share for point in points], limits, "y")
    return one


def _name(place: Place, row: int) -> str:
    cells = place.cells(0, row, row)
    return f"{cells.sheetname}!$A${cells.min_row}"


def changes(report: Trend) -> str:
    """A series a row, a round a column."""
    series = report.with_figures
    years = [
        tables.Column(str(year), [_cell(report, curve, curve.at(year)) for curve in series])
        for year in report.rounds
    ]
    names = tables.Column(report.named, [escape(curve.about.name) for curve in series])
    return f'<div class="aar">{tables.table([names, *years])}</div>'


def left_out(report: Trend) -> Iterator[str]:
    """Those without a figure in any year, by why."""
    without = [curve for curve in report.series if curve not in report.with_figures]
    hidden = [one for one in without if State.HIDDEN in one.states]
    for state, series in (
        (State.HIDDEN, hidden),
        (State.NO_ANSWERS, [one for one in without if one not in hidden]),
    ):
        if series:
            yield f"{state}: {listed([curve.about.name for curve in series])}."


def _cell(report: Trend, series: TrendSeries, point: TrendPoint | None) -> str:
    if point is None:
        return ""
    if point.figure.share is None:  # a bound, or why there is nothing
        return f"<small>{point.figure.status}</small>"
    change = report.change(series, point)
    said = f"<small>{lower_first(change)}</small>" if change else ""
    return f"<b>{percent(point.figure.share)}</b>{said}"
