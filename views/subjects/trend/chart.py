"""Lines over the years, with the uncertainty as a band and gaps where years cannot be compared."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import altair as alt
import pandas as pd

from indicators.danish import number, percent
from indicators.trend import LineRole, Trend, TrendSeries
from views.foundation import marks, theme

HEIGHT = 340
LEFT = 24
LABEL_ROOM = 170
LABEL_CHARACTERS = 20
LABEL_LINE = 17
LABEL_GAP = 6
SPARK_WIDTH, SPARK_HEIGHT = 96, 26
LEAST_REACH = 0.2
"""What fills the height of a sparkline at the least: chance is not to look like a landslide."""
SECOND_NAME = "#6A51A3"
"""A shade darker than its line: letters are thinner."""

COLOURS = {
    LineRole.OWN: theme.OWN,
    LineRole.BENCHMARK: theme.OTHERS,
    LineRole.SECOND: theme.SECOND_LINE,
    LineRole.THIRD: theme.THIRD_LINE,
}
SHAPES = {
    LineRole.OWN: "circle",
    LineRole.BENCHMARK: "square",
    LineRole.SECOND: "diamond",
    LineRole.THIRD: "triangle-up",
}
DASHES = {LineRole.OWN: [1, 0], LineRole.BENCHMARK: [6, 4], LineRole.SECOND: [12, 3], LineRole.THIRD: [2, 2]}

_TIPS = {"name": "Hvem", "when": "År", "text": "Andel", "n": "Antal svar"}
_COLUMNS = [
    *("year", "share", "low", "high", "run", "alone", "role", "colour", "shape", "fill"),
    *("name", "when", "text", "n", "chooses"),
]


def lines(report: Trend) -> alt.LayerChart:
    """A line a series, the others behind the unit's own, and the names at their ends."""
    rows = pd.DataFrame(
        [row for one in reversed(report.series) for row in _rows(report, one)], columns=_COLUMNS
    )
    x, y, colour = _year_channel(report), _share_channel("share"), _plain("colour", alt.Color)
    detail = alt.Detail(field="run", type="nominal")
    low, high = _share_channel("low"), alt.Y2(field="high")
    known = rows.dropna(subset=["low"])
    band = alt.Chart(known[~known["alone"]]).mark_area(opacity=0.14)
    # A year that stands alone has no width to draw a band in.
    span = alt.Chart(known[known["alone"]]).mark_rule(opacity=0.3, strokeWidth=6)
    line = alt.Chart(rows).mark_line(strokeWidth=3)
    point = alt.Chart(rows).mark_point(size=110, strokeWidth=2.5, opacity=1, cursor="pointer")
    layers = [
        *_breaks(report),
        band.encode(x, low, high, colour, detail),
        span.encode(x, low, high, colour),
        line.encode(x, y, colour, detail, _dashes()),
        point.encode(
            *(x, y, colour, _plain("shape", alt.Shape), _plain("fill", alt.Fill)), tooltip=marks.tips(_TIPS)
        ),
        _names(report),
    ]
    return alt.layer(*layers).properties(width="container", height=HEIGHT)


def _rows(report: Trend, series: TrendSeries) -> Iterator[tuple]:
    colour, own = COLOURS[series.role], series.role is LineRole.OWN
    for at, run in enumerate(report.runs(series)):
        for point in run:
            low, high = point.limits or (None, None)
            yield (
                point.year,
                100 * point.figure.share,
                None if low is None else 100 * low,
                None if high is None else 100 * high,
                *(f"{series.about.key} {at}", len(run) == 1, series.role.value),
                *(colour, SHAPES[series.role], colour if point.limits else "#FFFFFF"),
                *(series.about.name, str(point.year), percent(point.figure.share), number(point.figure.n)),
                str(point.year) if own else "",
            )


def _year_channel(report: Trend) -> alt.X:
    years = list(report.years)
    axis = alt.Axis(values=years, format="d", title=None, grid=False, labelOverlap=True, labelFlush=False)
    right = alt.ExprRef(f"max(width - {LABEL_ROOM}, {LEFT} + 60)")
    scale = alt.Scale(domain=[years[0], years[-1]], nice=False, zero=False, rangeMin=LEFT, rangeMax=right)
    return alt.X(field="year", type="quantitative", scale=scale, axis=axis)


def _share_channel(field: str) -> alt.Y:
    sign = "'\N{NO-BREAK SPACE}%'"
    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=f"datum.value + {sign}", title=None)
    return alt.Y(field=field, type="quantitative", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)


def _plain(field: str, channel: type) -> alt.SchemaBase:
    """A channel whose values are in the data as they are to be drawn."""
    return channel(field=field, type="nominal", scale=None, legend=None)


def _dashes() -> alt.StrokeDash:
    scale = alt.Scale(domain=[role.value for role in DASHES], range=list(DASHES.values()))
    return alt.StrokeDash(field="role", type="nominal", scale=scale, legend=None)


def _breaks(report: Trend) -> list[alt.Chart]:
    """A line between the years on either side of a break, with what it is."""
    years = report.years
    inside = [one for one in report.breaks if years[0] < one.year <= years[-1]]
    data = pd.DataFrame(
        [(one.year - 0.5, 100, f"Databrud {one.year}") for one in inside], columns=["year", "share", "text"]
    )
    x = _year_channel(report)
    rule = alt.Chart(data).mark_rule(strokeDash=[3, 3], color=theme.OTHERS)
    text = alt.Chart(data).mark_text(align="left", baseline="top", dx=5, dy=4, color=theme.SECONDARY)
    words = alt.Text(field="text", type="nominal")
    return [rule.encode(x), text.encode(x, _share_channel("share"), words)]


def _names(report: Trend) -> alt.Chart:
    """The latest share and the name of each line after its last point, kept apart from one another."""
    ends = [(curve, curve.shown[-1]) for curve in report.series if curve.shown]
    texts = [
        marks.wrapped(f"{percent(point.figure.share)} {one.about.name}", LABEL_CHARACTERS)
        for one, point in ends
    ]
    rooms = [100 * (LABEL_LINE * (1 + text.count("\n")) + LABEL_GAP) / HEIGHT for text in texts]
    heights = apart([100 * point.figure.share for _, point in ends], rooms)
    data = pd.DataFrame(
        {
            "year": [report.years[-1] for _ in ends],
            "share": heights,
            "text": texts,
            "lift": [-LABEL_LINE / 2 * text.count("\n") for text in texts],
            "colour": [_name_colour(one.role) for one, _ in ends],
        }
    )
    mark = {"align": "left", "dx": 14, "fontWeight": 600, "lineBreak": "\n", "lineHeight": LABEL_LINE}
    label = alt.Chart(data).mark_text(**mark, dy=alt.ExprRef("datum.lift"))
    words = alt.Text(field="text", type="nominal")
    return label.encode(_year_channel(report), _share_channel("share"), words, _plain("colour", alt.Color))


def _name_colour(role: LineRole) -> str:
    return SECOND_NAME if role is LineRole.SECOND else COLOURS[role]


def apart(heights: Sequence[float], rooms: Sequence[float]) -> list[float]:
    """The heights, 0 to 100, moved as little as it takes for each to have its room within the picture."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = [max(height, room / 2) for height, room in zip(heights, rooms, strict=True)]
    for below, above in pairwise(order):
        placed[above] = max(placed[above], placed[below] + (rooms[below] + rooms[above]) / 2)
    for at in order[-1:]:
        placed[at] = min(placed[at], 100 - rooms[at] / 2)
    for above, below in pairwise(reversed(order)):
        placed[below] = min(placed[below], placed[above] - (rooms[below] + rooms[above]) / 2)
    return placed


def reach(points: Sequence[tuple[int, float | None]]) -> float:
    """How far the shares of the years lie apart."""
    shares = [share for _, share in points if share is not None]
    return max(shares) - min(shares) if shares else 0


def spark(
    points: Sequence[tuple[int, float | None]], breaks: Sequence[int] = (), widest: float = LEAST_REACH
) -> str:
    """A tiny line over the years as svg around its own middle, with gaps at years not shown and at breaks.

    `widest`, the reach of the line that may fill the height, is common to lines that are seen together.
    """
    years, shares = [year for year, _ in points], [share for _, share in points if share is not None]
    if not shares:
        return ""
    middle, widest = (max(shares) + min(shares)) / 2, max(widest, LEAST_REACH)
    step = (SPARK_WIDTH - 12) / max(years[-1] - years[0], 1)
    runs: list[list[str]] = [[]]
    dots = []
    for year, share in points:
        if share is None or year in breaks:
            runs.append([])
        if share is not None:
            x, y = (
                6 + (year - years[0]) * step,
                SPARK_HEIGHT / 2 - (share - middle) / widest * (SPARK_HEIGHT - 6),
            )
            runs[-1].append(f"{x:.1f} {y:.1f}")
            dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{theme.OWN}"/>')
    path = "".join(f"M{'L'.join(run)}" for run in runs if run)
    line = f'<path d="{path}" fill="none" stroke="{theme.OWN}" stroke-width="2"/>'
    return marks.svg(SPARK_WIDTH, SPARK_HEIGHT, line + "".join(dots))
