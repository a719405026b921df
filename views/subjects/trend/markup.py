"""The years as a table in HTML: each share, and what may be said of it against the round before."""

from collections.abc import Iterator
from html import escape

from indicators.danish import listed, lower_first, percent
from indicators.figure import State
from indicators.trend import Trend, TrendPoint, TrendSeries
from views.foundation import tables


def changes(report: Trend) -> str:
    """A series a row, a round a column."""
    about, series = "Uddannelse" if report.by_education else "Enhed", report.with_figures
    years = [
        tables.Column(str(year), [_cell(report, one, one.at(year)) for one in series])
        for year in report.rounds
    ]
    names = tables.Column(about, [escape(one.about.name) for one in series])
    return f'<div class="aar">{tables.table([names, *years])}</div>'


def left_out(report: Trend) -> Iterator[str]:
    """Those without a figure in any year, by why."""
    without = [one for one in report.series if one not in report.with_figures]
    hidden = [one for one in without if State.HIDDEN in one.states]
    for state, series in (
        (State.HIDDEN, hidden),
        (State.NO_ANSWERS, [one for one in without if one not in hidden]),
    ):
        if series:
            yield f"{state}: {listed([one.about.name for one in series])}."


def _cell(report: Trend, one: TrendSeries, point: TrendPoint | None) -> str:
    if point is None:
        return ""
    if point.figure.share is None:  # a bound, or why there is nothing
        return f"<small>{point.figure.status}</small>"
    change = report.change(one, point)
    said = f"<small>{lower_first(change)}</small>" if change else ""
    return f"<b>{percent(point.figure.share)}</b>{said}"
