"""What of the years is taken home besides chart and table: the measure, and lines that Excel draws."""

from collections.abc import Iterator, Sequence

from openpyxl.chart import ScatterChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.series import SeriesLabel

from indicators.trend import Role, Trend, TrendPoint
from views.documents.excel_charts.parts import dress, uncertainty
from views.documents.sections import Section
from views.documents.sheets import Place
from views.subjects.trend.chart import COLOURS

HEIGHT = 12.0
MARKS = {Role.OWN: "circle", Role.BENCHMARK: "square", Role.SECOND: "diamond", Role.THIRD: "triangle"}
DASHES = {Role.OWN: "solid", Role.BENCHMARK: "dash", Role.SECOND: "lgDash", Role.THIRD: "sysDash"}
YEAR_COLUMN, SHARE_COLUMN = 1, 2
"""In the table of the years, counted from 0."""


def measure(report: Trend) -> str:
    """The question, and a share of what."""
    return f"{report.asked.question.text} Andel {report.asked.scale.share_label}."


def excel_chart(section: Section, place: Place) -> ScatterChart | None:
    """A line a series, broken where years cannot be compared; many educations would be a tangle."""
    report = section.report
    if report.by_education or len(report.years) < 2:
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


def _runs(report: Trend) -> Iterator[tuple[Role, int, Sequence[TrendPoint], bool]]:
    """What one line may join, with its row in the table, and whether the series has begun before."""
    start = 0
    for one in report.series:
        for number, run in enumerate(report.runs(one)):
            yield one.role, start + one.points.index(run[0]), run, number > 0
        start += len(one.points)


def _line(place: Place, role: Role, first: int, points: Sequence[TrendPoint]) -> Series:
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
