"""Lines over the years, with the uncertainty as a band and gaps where years cannot be compared."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import altair as alt
import pandas as pd

from indicators.danish import number, percent
from indicators.trend import Role, Series, Trend
from views import drawings, marks, theme

HEIGHT, LABEL_ROOM, LABEL_GAP = 340, 170, 11
SPARK_WIDTH, SPARK_HEIGHT = 96, 26
COLOURS = {
    Role.OWN: theme.OWN,
    Role.BENCHMARK: theme.OTHERS,
    Role.SECOND: theme.SECOND_LINE,
    Role.THIRD: theme.THIRD_LINE,
}
SHAPES = {Role.OWN: "circle", Role.BENCHMARK: "square", Role.SECOND: "diamond", Role.THIRD: "triangle-up"}
DASHES = {Role.OWN: [1, 0], Role.BENCHMARK: [6, 4], Role.SECOND: [1, 0], Role.THIRD: [2, 2]}


def lines(report: Trend) -> alt.LayerChart:
    """A line a series, the names at their ends."""
    rows = pd.DataFrame([row for one in report.series for row in _rows(report, one)], columns=_COLUMNS)
    x, y, colour = _year_channel(report), _share_channel("share"), _plain("colour", alt.Color)
    detail = alt.Detail(field="line", type="nominal")
    band = alt.Chart(rows.dropna(subset=["low"])).mark_area(opacity=0.14)
    line = alt.Chart(rows).mark_line(strokeWidth=3)
    point = alt.Chart(rows).mark_point(size=110, strokeWidth=2.5, opacity=1)
    layers = [
        *_breaks(report),
        band.encode(x, _share_channel("low"), alt.Y2(field="high"), colour, detail),
        line.encode(x, y, colour, detail, _plain("dash", alt.StrokeDash)),
        point.encode(
            *(x, y, colour, _plain("shape", alt.Shape), _plain("fill", alt.Fill)),
            tooltip=marks.tips({"name": "Hvem", "year": "År", "text": "Andel", "n": "Antal svar"}),
        ),
        _names(report),
    ]
    return alt.layer(*layers).properties(width="container", height=HEIGHT)


_COLUMNS = [
    *("year", "share", "low", "high", "line", "colour", "dash", "shape", "fill"),
    *("name", "text", "n"),
]


def _rows(report: Trend, one: Series) -> Iterator[tuple]:
    colour = COLOURS[one.role]
    gaps = 0
    for point in one.points:
        if point.figure.share is None:
            gaps += 1  # a year that is not shown is a gap, not a straight line past it
            continue
        low, high = point.limits or (None, None)
        yield (
            point.year,
            100 * point.figure.share,
            None if low is None else 100 * low,
            None if high is None else 100 * high,
            f"{one.about.key} {report.segment(point.year)} {gaps}",
            *(colour, DASHES[one.role], SHAPES[one.role], colour if point.limits else "#FFFFFF"),
            *(one.about.name, percent(point.figure.share), number(point.figure.n)),
        )


def _year_channel(report: Trend) -> alt.X:
    years = list(report.years)
    axis = alt.Axis(values=years, format="d", title=None, grid=False, labelFontSize=15)
    room = alt.ExprRef(f"max(width - {LABEL_ROOM}, 80)")
    scale = alt.Scale(domain=[years[0] - 0.15, years[-1] + 0.05], nice=False, zero=False, rangeMax=room)
    return alt.X(field="year", type="quantitative", scale=scale, axis=axis)


def _share_channel(field: str) -> alt.Y:
    sign = "'\N{NO-BREAK SPACE}%'"
    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=f"datum.value + {sign}", title=None)
    return alt.Y(field=field, type="quantitative", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)


def _plain(field: str, channel: type) -> alt.SchemaBase:
    """A channel whose values are in the data as they are to be drawn."""
    return channel(field=field, type="nominal", scale=None, legend=None)


def _breaks(report: Trend) -> list[alt.Chart]:
    """A line between the years on either side of a break, with what it is."""
    years = report.years
    inside = [one for one in report.breaks if years[0] < one.year <= years[-1]]
    data = pd.DataFrame(
        [(one.year - 0.5, 100, f"Databrud {one.year}") for one in inside], columns=["year", "share", "text"]
    )
    x = _year_channel(report)
    rule = alt.Chart(data).mark_rule(strokeDash=[3, 3], color=theme.OTHERS)
    text = alt.Chart(data).mark_text(align="left", baseline="top", dx=5, color=theme.SECONDARY)
    words = alt.Text(field="text", type="nominal")
    return [rule.encode(x), text.encode(x, _share_channel("share"), words)]


def _names(report: Trend) -> alt.Chart:
    """Each line's name and latest share after its last point, kept apart from one another."""
    ends = [(one, one.shown[-1]) for one in report.series if one.shown]
    heights = apart([100 * point.figure.share for _, point in ends], LABEL_GAP)
    data = pd.DataFrame(
        [
            (report.years[-1], height, f"{percent(point.figure.share)} {one.about.name}", COLOURS[one.role])
            for (one, point), height in zip(ends, heights, strict=True)
        ],
        columns=["year", "share", "text", "colour"],
    )
    data["text"] = [marks.wrapped(text, 20) for text in data["text"]]
    lift = alt.ExprRef("indexof(datum.text, '\\n') < 0 ? 0 : -8")
    mark = {"align": "left", "dx": 16, "dy": lift, "fontWeight": 600, "fontSize": 14, "lineBreak": "\n"}
    words = alt.Text(field="text", type="nominal")
    label = alt.Chart(data).mark_text(**mark)
    return label.encode(_year_channel(report), _share_channel("share"), words, _plain("colour", alt.Color))


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """The heights, 0 to 100, moved as little as it takes for neighbours to be a gap apart."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for below, above in pairwise(order):
        placed[above] = max(placed[above], placed[below] + gap)
    for above, below in pairwise(reversed(order)):
        placed[above] = min(placed[above], 100 - gap / 2)
        placed[below] = min(placed[below], placed[above] - gap)
    return placed


def spark(points: Sequence[tuple[int, float | None]], breaks: Sequence[int] = ()) -> str:
    """A tiny line over the years as svg: shares 0 to 1, with gaps at years not shown and at breaks."""
    years = [year for year, _ in points]
    if not years:
        return ""
    step = (SPARK_WIDTH - 12) / max(years[-1] - years[0], 1)
    runs: list[list[str]] = [[]]
    dots = []
    for year, share in points:
        if share is None or year in breaks:
            runs.append([])
        if share is not None:
            x, y = 6 + (year - years[0]) * step, 3 + (1 - share) * (SPARK_HEIGHT - 6)
            runs[-1].append(f"{x:.1f} {y:.1f}")
            dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{theme.OWN}"/>')
    path = "".join(f"M{'L'.join(run)}" for run in runs if run)
    line = f'<path d="{path}" fill="none" stroke="{theme.OWN}" stroke-width="2"/>'
    return drawings.svg(SPARK_WIDTH, SPARK_HEIGHT, line + "".join(dots))
