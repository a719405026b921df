"""The years as a table in HTML: each share, and what may be said of it against the round before."""

from html import escape

from indicators.danish import lower_first, percent
from indicators.trend import Point, Series, Trend
from views import tables


def changes(report: Trend) -> str:
    """A series a row, a round a column."""
    about = "Uddannelse" if report.by_education else "Enhed"
    columns = [tables.Column(about, [escape(one.about.name) for one in report.series])]
    for year in report.rounds:
        columns.append(tables.Column(str(year), [_cell(report, one, one.at(year)) for one in report.series]))
    return tables.table(columns)


def _cell(report: Trend, one: Series, point: Point | None) -> str:
    if point is None:
        return ""
    if point.figure.share is None:
        return f"<small>{point.figure.status}</small>"
    change = report.change(one, point)
    said = f"<small>{lower_first(change)}</small>" if change else ""
    return f"<b>{percent(point.figure.share)}</b>{said}"
