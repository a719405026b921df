"""Response rates as dots."""

from collections.abc import Collection, Iterator

import altair as alt
import pandas as pd

from indicators.danish import number, percent
from indicators.data_quality import ResponseLine, ResponseTable
from indicators.figure import Response
from indicators.response import RATE_OF, Badge
from indicators.selection import Years
from views.foundation import marks, readings, theme

ROW_PIXELS, LINE_PIXELS = 36, 20
ROOM, NARROW = 420, "width < 540"
"""Pixels to the right of the dots for words; where the plot is narrow, they go below the dot instead."""

COLUMNS = (
    ("answered", "Svar af inviterede", 275, "right"),
    ("badge", "Grundlag", 255, "left"),
    ("missing", "Mangler", 100, "left"),
)
"""Field, heading, pixels from the right edge, alignment."""

_LINE = ["row", "name", "share", "text", "before", "text_before", "answered", "badge", "missing", "short"]
_TIPS = {"name": "Navn", "text": "Svarprocent", "text_before": "Året før", "answered": "Svar af inviterede"}


def responses(report: ResponseTable, own: str) -> alt.LayerChart:
    """A dot a unit beside the line at one half, last year's open, and in words what it is made of."""
    names = {line.about.key: line.about.name for line in report.lines}
    y = marks.row_channel(names, chosen=own)
    lines = pd.DataFrame(map(_line, report.lines), columns=_LINE)
    layers = [
        _bands(names, own, y),
        _goal(),
        *_dots(lines, y),
        marks.bold(lines[["row", "text"]].to_numpy().tolist(), y, 0, theme.OWN),
        *_columns(lines, y),
        _below(lines, y),
    ]
    tallest = max(marks.wrapped(name).count("\n") + 1 for name in names.values())
    height = len(names) * max(ROW_PIXELS, tallest * LINE_PIXELS)
    return alt.layer(*layers).properties(width="container", height=height)


def _line(line: ResponseLine) -> tuple:
    given, before = line.response, line.earlier and line.earlier.rate
    answered = _answered(given)
    return (
        *(line.about.key, line.about.name, _position(given.rate), _percent(given.rate)),
        *(_position(before), _percent(before), answered, given.grounds),
        readings.missing(line.gap) if line.gap else "",
        f"{answered} · {given.badge.value}" if given.badge else answered,
    )


def _percent(rate: float | None) -> str:
    return "" if rate is None else percent(rate)


def _position(rate: float | None) -> float | None:
    """Where on the axis; more answers than invited is an error of the data, and still on the axis."""
    return None if rate is None else min(100 * rate, 100)


def _answered(given: Response) -> str:
    invited = "ukendt" if given.invited is None else number(given.invited)
    return f"{number(given.answers)} af {invited}"


def _share(field: str) -> alt.X:
    sign = "'\N{NO-BREAK SPACE}%'"
    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=f"datum.value + {sign}", title=None, orient="top")
    ends = [0, alt.ExprRef(f"{NARROW} ? width : width - {ROOM}")]
    scale = alt.Scale(domain=[0, 100], nice=False, range=ends)
    return alt.X(field=field, type="quantitative", scale=scale, axis=axis)


def _dots(lines: pd.DataFrame, y: alt.Y) -> Iterator[alt.Chart]:
    lifted = alt.ExprRef(f"{NARROW} ? -9 : 0")
    both, tips, x = lines.dropna(subset=["share", "before"]), marks.tips(_TIPS), _share("share")
    dot = {"size": 150, "opacity": 1, "yOffset": lifted, "cursor": "pointer"}
    rule = alt.Chart(both).mark_rule(color=theme.OTHER_UNITS, strokeWidth=2, yOffset=lifted)
    yield rule.encode(x, alt.X2(field="before"), y)
    earlier = alt.Chart(both).mark_point(**dot, stroke=theme.OTHERS, fill="#FFFFFF", strokeWidth=2)
    yield earlier.encode(_share("before"), y, tooltip=tips)
    now = alt.Chart(lines.dropna(subset=["share"])).mark_point(**dot, stroke=theme.OWN, fill=theme.OWN)
    yield now.encode(x, y, tooltip=tips)


def _goal() -> alt.Chart:
    half = pd.DataFrame({"share": [100 * RATE_OF[Badge.GOOD]]})
    faint = alt.ExprRef(f"{NARROW} ? 0.3 : 1")  # there are words on it there
    dashed = {"color": theme.INK, "strokeDash": [4, 3], "strokeWidth": 1.5, "opacity": faint}
    return alt.Chart(half).mark_rule(**dashed).encode(_share("share"))


def _bands(rows: Collection[str], own: str, y: alt.Y) -> alt.Chart:
    """A band behind every row, so that a click anywhere in it counts; only the own one is seen."""
    colours = [theme.HIGHLIGHT if row == own else "transparent" for row in rows]
    data = pd.DataFrame({"row": list(rows), "colour": colours})
    fill = alt.Fill(field="colour", type="nominal", scale=None)
    band = alt.Chart(data).mark_rect(cursor="pointer")
    room = marks.LABEL_CHARACTERS * marks.CHARACTER_PIXELS + marks.COLUMN_PIXELS
    return band.encode(alt.XValue(-room), alt.X2Value("width"), y, fill)


def _columns(lines: pd.DataFrame, y: alt.Y) -> Iterator[alt.Chart]:
    """Words beside the dots, under their headings."""
    headings = pd.DataFrame(COLUMNS, columns=["field", "text", "right", "align"])
    cells = pd.DataFrame(
        [
            (line["row"], line[field], right, align)
            for line in lines.to_dict("records")
            for field, _, right, align in COLUMNS
        ],
        columns=["row", "text", "right", "align"],
    )
    mark = {
        "color": theme.SECONDARY,
        "opacity": alt.ExprRef(f"{NARROW} ? 0 : 1"),
        "align": alt.ExprRef("datum.align"),
        "dx": alt.ExprRef("-datum.right"),
    }
    edge, text = alt.XValue("width"), alt.Text(field="text", type="nominal")
    yield alt.Chart(cells).mark_text(**mark).encode(edge, y, text)
    yield alt.Chart(headings).mark_text(**mark, fontWeight=600).encode(edge, alt.YValue(-10), text)


def _below(lines: pd.DataFrame, y: alt.Y) -> alt.Chart:
    """The same in short under the dot."""
    mark = {"align": "left", "color": theme.SECONDARY, "fontSize": 13, "dy": 8}
    texts = alt.Chart(lines).mark_text(**mark, opacity=alt.ExprRef(f"{NARROW} ? 1 : 0"))
    return texts.encode(alt.XValue(0), y, alt.Text(field="short", type="nominal"))


def legend(years: Years, earlier_year: int | None) -> str:
    """Whose the marks are, as HTML that folds on a narrow screen."""
    dot = '<i style="border-radius:50%;background:{};border:2px solid {}"></i>{}'
    entries = [dot.format(theme.OWN, theme.OWN, years)]
    if earlier_year:
        entries.append(dot.format("#FFFFFF", theme.OTHERS, earlier_year))
    entries.append(
        f'<i style="width:0;border:0;border-left:2px dashed"></i>{percent(RATE_OF[Badge.GOOD])} svarede'
    )
    return f'<div class="svarfarver">{"".join(f"<span>{entry}</span>" for entry in entries)}</div>'
