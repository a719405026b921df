"""Ranked dots with their uncertainty in three bands. Rows are placed in pixels, for names differ in lines."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import altair as alt
import pandas as pd

from indicators.danish import number, percent
from indicators.ranking import Line, Ranking
from indicators.selection import Named
from indicators.verdicts import Verdict
from views import marks, theme

NARROW = "width < 600"
WIDE_CHARACTERS, NARROW_CHARACTERS = 28, 16
WIDE_LINE, NARROW_LINE = 17, 13
ROW_PIXELS, HEADER_PIXELS, LABEL_PIXELS = 26, 30, 22
WIDE_NUMBERS, NARROW_NUMBERS = 140, 88
"""Pixels at the right for share and answers."""

SHAPES = {
    Verdict.ABOVE: ("triangle-up", theme.ABOVE_MARK, theme.ABOVE_MARK),
    Verdict.ALIKE: ("circle", theme.OTHERS, "#FFFFFF"),
    Verdict.BELOW: ("triangle-down", theme.BELOW_MARK, theme.BELOW_CELL),
}
"""Shape, outline and inside of a dot, by verdict."""

TIPS = {"name": "Navn", "text": "Andel", "limits": "Usikkerhed", "n": "Antal svar", "said": "Vurdering"}
_ROW = [
    *("key", "name", "top", "middle", "bottom", "wide", "narrow", "share", "low", "high", "others"),
    *("text", "n", "limits", "said", "shape", "edge", "inside", "behind", "weight", "ink"),
]


class Placed(NamedTuple):
    """What the chart is made of: rows and band headings with their places, and how high it all is."""

    rows: pd.DataFrame
    headings: pd.DataFrame
    height: int


def ranking(report: Ranking, also: Collection[Named] = ()) -> alt.LayerChart:
    """A row a unit, the own one and those in `also` marked."""
    placed = _placed(report, also)
    x, y = _share_channel(report, "share"), _pixels("middle", placed)
    rows = alt.Chart(placed.rows)
    layers = [
        rows.mark_rect(cursor="pointer").encode(
            *(alt.XValue(0), alt.X2Value("width"), _pixels("top", placed), alt.Y2(field="bottom")),
            *(_plain(alt.Fill, "behind"),),
            tooltip=marks.tips(TIPS),
        ),
        *(_common(report, placed) if report.common else _each(report, placed)),
        rows.mark_rule(strokeWidth=3, color=theme.OTHER_UNITS).encode(
            _share_channel(report, "low"), alt.X2(field="high"), y
        ),
        rows.mark_point(size=110, strokeWidth=2, opacity=1).encode(
            *(x, y, _plain(alt.Shape, "shape"), _plain(alt.Stroke, "edge"), _plain(alt.Fill, "inside"))
        ),
        _names(rows, y, room_for_names(report)),
        *_numbers(rows, y),
        _headings(placed),
    ]
    return alt.layer(*layers).properties(width="container", height=placed.height)


def room_for_names(report: Ranking) -> str:
    """Pixels at the left, as an expression: on a telephone names stand in more and smaller lines."""
    wide, narrow = (
        max((len(part) for line in report.ranked for part in marks.wrapped(line.about.name, characters).split("\n")))
        for characters in (WIDE_CHARACTERS, NARROW_CHARACTERS)
    )
    return f"({NARROW} ? {round(6.6 * narrow) + 10} : {round(7.6 * wide) + 16})"


def _placed(report: Ranking, also: Collection[Named]) -> Placed:
    rows, headings, top = [], [], LABEL_PIXELS
    for band, lines in report.bands.items():
        headings.append((top + HEADER_PIXELS - 9, f"{band} ({len(lines)})"))
        top += HEADER_PIXELS
        for line in lines:
            row = _row(line, top, _emphasis(line, report, also))
            rows.append(row)
            top = row[_ROW.index("bottom")]
    return Placed(pd.DataFrame(rows, columns=_ROW), pd.DataFrame(headings, columns=["middle", "text"]), top)


def _emphasis(line: Line, report: Ranking, also: Collection[Named]) -> tuple[str, int, str]:
    """Background, weight and colour of the row."""
    if line.about == report.own:
        return theme.HIGHLIGHT, 700, theme.OWN
    return (theme.ALIKE_CELL, 700, theme.INK) if line.about in also else ("transparent", 400, theme.INK)


def _row(line: Line, top: int, emphasis: tuple[str, int, str]) -> tuple:
    figure, judged = line.figure, line.judgement
    wide, narrow = (marks.wrapped(line.about.name, at) for at in (WIDE_CHARACTERS, NARROW_CHARACTERS))
    lines = WIDE_LINE * (wide.count("\n") + 1), NARROW_LINE * (narrow.count("\n") + 1)
    bottom = top + max(ROW_PIXELS, lines[0] + 6, lines[1] + 3)
    return (
        *(line.about.key, line.about.name, top, (top + bottom) / 2, bottom, wide, narrow),
        *(100 * figure.share, 100 * judged.low, 100 * judged.high, 100 * line.others),
        *(percent(figure.share), number(figure.n), f"{percent(judged.low)} til {percent(judged.high)}"),
        *(judged.verdict.value, *SHAPES[judged.verdict], *emphasis),
    )


def _share_channel(report: Ranking, field: str) -> alt.X:
    """From the ten below the lowest limit to the ten above the highest, between names and numbers."""
    limits = [limit for line in report.ranked for limit in (line.judgement.low, line.judgement.high, line.others)]
    low, high = int(10 * min(limits)) * 10, -int(-10 * max(limits) // 1) * 10
    sign = "'\N{NO-BREAK SPACE}%'"
    axis = alt.Axis(
        values=list(range(low, high + 1, 10)),
        labelExpr=f"datum.value + {sign}",
        labelOverlap=True,
        title=None,
        orient="top",
    )
    right = f"width - ({NARROW} ? {NARROW_NUMBERS} : {WIDE_NUMBERS})"
    ends = [alt.ExprRef(room_for_names(report)), alt.ExprRef(right)]
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, range=ends)
    return alt.X(field=field, type="quantitative", scale=scale, axis=axis)


def _pixels(field: str, placed: Placed) -> alt.Y:
    scale = alt.Scale(domain=[placed.height, 0], nice=False, zero=False)
    return alt.Y(field=field, type="quantitative", scale=scale, axis=None)


def _plain(channel: type, field: str) -> alt.SchemaBase:
    """A channel whose values are in the data as they are to be drawn."""
    more = {} if channel is alt.Text else {"scale": None, "legend": None}
    return channel(field=field, type="nominal", **more)


def _common(report: Ranking, placed: Placed) -> Iterator[alt.Chart]:
    """The line of all together, with its name over it."""
    share = report.common.share
    if share is None:
        return
    data = pd.DataFrame({"share": [100 * share], "text": [f"Alle {percent(share)}"], "at": [LABEL_PIXELS / 2]})
    line, x = alt.Chart(data), _share_channel(report, "share")
    dashed = {"color": theme.INK, "strokeDash": [4, 3], "strokeWidth": 1.5}
    yield line.mark_rule(**dashed).encode(x, alt.YValue(LABEL_PIXELS), alt.Y2Value(placed.height))
    yield line.mark_text(fontWeight=600).encode(x, _pixels("at", placed), _plain(alt.Text, "text"))


def _each(report: Ranking, placed: Placed) -> Iterator[alt.Chart]:
    """A mark a row at the share that it is judged against."""
    rows = placed.rows.assign(top=placed.rows["top"] + 4, bottom=placed.rows["bottom"] - 4)
    tick = alt.Chart(rows).mark_rule(color=theme.INK, strokeWidth=2)
    yield tick.encode(_share_channel(report, "others"), _pixels("top", placed), alt.Y2(field="bottom"))


def _names(rows: alt.Chart, y: alt.Y, room: str) -> alt.Chart:
    text, height = f"({NARROW} ? datum.narrow : datum.wide)", f"({NARROW} ? {NARROW_LINE} : {WIDE_LINE})"
    mark = {
        "text": alt.ExprRef(text),
        "align": "right",
        "lineBreak": "\n",
        "lineHeight": alt.ExprRef(height),
        "fontSize": alt.ExprRef(f"{NARROW} ? 12 : 14"),
        "dy": alt.ExprRef(f"-{height} / 2 * (length(split({text}, '\\n')) - 1)"),
        "fontWeight": alt.ExprRef("datum.weight"),
    }
    return rows.mark_text(**mark).encode(alt.XValue(alt.ExprRef(f"{room} - 10")), y, _plain(alt.Color, "ink"))


def _numbers(rows: alt.Chart, y: alt.Y) -> Iterator[alt.Chart]:
    """Share and answers in two columns, under their headings."""
    for field, heading, wide, narrow, weight in (
        ("text", "Andel", 84, 46, 700),
        ("n", "Svar", 16, 4, 400),
    ):
        x = alt.XValue(alt.ExprRef(f"width - ({NARROW} ? {narrow} : {wide})"))
        mark = {"align": "right", "fontSize": alt.ExprRef(f"{NARROW} ? 13 : 14")}
        yield rows.mark_text(**mark, fontWeight=weight).encode(x, y, _plain(alt.Text, field))
        above = alt.Chart(pd.DataFrame({field: [heading]})).mark_text(**mark, color=theme.SECONDARY)
        yield above.encode(x, alt.YValue(LABEL_PIXELS / 2), _plain(alt.Text, field))


def _headings(placed: Placed) -> alt.Chart:
    mark = {"align": "left", "fontWeight": 600, "fontSize": 15}
    headings = alt.Chart(placed.headings).mark_text(**mark)
    return headings.encode(alt.XValue(0), _pixels("middle", placed), _plain(alt.Text, "text"))
