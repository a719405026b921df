"""The heat table: a theme a row, a unit a column, coloured only where the verdict is clear."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import TypeVar

import altair as alt
import pandas as pd

from indicators.danish import number, percent, whole_percent
from indicators.figure import Score, State, ThemeRow
from indicators.overview import UnitColumn
from indicators.selection import EVERYONE_ELSE
from views.foundation import marks, readings, theme
from views.foundation.theme import CLEAR_STYLES, VERDICTS, WHITE

HEADINGS = "overskrifter"
"""The row on top, which holds the names of the columns."""

SHORTEST_LABEL = 12
WIDE = 20
NARROW = 12
HEADING_LINE = 15
"""Characters in a line of a heading, where columns are wide and on a telephone, and how high it is."""

BOX_WIDTH = 0.96
BOX_HEIGHT = 0.9
LINES = 7
"""Of the cell, what its box fills, and how many lines are across a hatched one."""

_CELL = [
    *("row", "column", "theme", "unit", "text", "short"),
    *("fill", "edge", "mark", "shape", "said", "answers", "goes"),
]
_TIPS = {"theme": "Tema", "unit": "Enhed", "text": "Andel", "said": "Vurdering", "answers": "Antal svar"}
Channel = TypeVar("Channel", alt.X, alt.X2, alt.Y, alt.Y2)

_NARROW = "bandwidth('x') < 96"


def heat_table(rows: Sequence[ThemeRow], columns: Sequence[UnitColumn]) -> alt.LayerChart:
    """A number in every cell that has one, colour and triangle by verdict, hatching where it is hidden."""
    names = {row.theme.id: row.theme.name for row in rows}
    longest = max(len(word) for name in names.values() for word in name.split())
    y = marks.row_channel({HEADINGS: "", **names}, columns=0, characters=max(SHORTEST_LABEL, longest))
    x = alt.X(field="column", type="nominal", sort=[one.unit.key for one in columns], axis=None)
    own = columns[0].unit.key
    goes = {one.unit.key: "" if one.unit.key in (own, EVERYONE_ELSE) else one.unit.key for one in columns}
    found = [(*_cell(row, column), goes[column.unit.key]) for row in rows for column in columns]
    cells = pd.DataFrame(found, columns=_CELL)
    shown, clear = cells[cells["short"] != ""], cells[cells["shape"] != ""]
    silent = cells[cells["short"] == ""]
    hidden = silent[silent["text"] == State.HIDDEN.value]
    layers = [
        _boxes(cells, x, y),
        *(_hatching(hidden[["row", "column"]], x, y) if len(hidden) else ()),
        *(_words(silent, x, y) if len(silent) else ()),
        _numbers(shown, x, y, columns[0]),
        _triangles(clear, x, y),
        _headings(columns, x, y),
    ]
    return alt.layer(*layers).properties(width="container", height=(1 + len(rows)) * marks.ROW_PIXELS)


def _cell(row: ThemeRow, column: UnitColumn) -> tuple[str, ...]:
    score, verdict = column.scores[row.theme.id], column.verdict(row.theme)
    about = row.theme.id, column.unit.key, row.theme.name, column.unit.name
    if score.share is None:
        edge = theme.HATCH if score.state is State.HIDDEN else theme.GRID
        return *about, score.state.value, "", "#FFFFFF", edge, "", "", "", ""
    fill = VERDICTS[verdict].cell if verdict else WHITE
    mark, shape = (style.mark, style.shape) if (style := CLEAR_STYLES.get(verdict)) else ("", "")
    star = readings.star(score.judgement)
    texts = f"{percent(score.share)}{star}", f"{whole_percent(score.share)}{star}"
    return *about, *texts, fill, fill, mark, shape, readings.in_words(score.judgement), _answers(score)


def _answers(score: Score) -> str:
    few, many = number(score.fewest), number(score.most)
    return few if few == many else f"{few}\N{EN DASH}{many}"


def _boxes(cells: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """The first layer is the one that takes clicks; what is written in a cell lets them through."""
    size = {"width": alt.RelativeBandSize(BOX_WIDTH), "height": alt.RelativeBandSize(BOX_HEIGHT)}
    fill = alt.Fill(field="fill", type="nominal", scale=None)
    edge = alt.Stroke(field="edge", type="nominal", scale=None)
    boxes = alt.Chart(cells).mark_rect(**size, cursor="pointer")
    return boxes.encode(x, y, fill, edge, tooltip=marks.tips(_TIPS))


def _hatching(hidden: pd.DataFrame, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """Lines across the cell in shares of it, so that they follow it at any size."""
    for line in range(1, LINES + 1):
        at = 2 * line / (LINES + 1)
        left, right = max(0, at - 1), min(1, at)
        yield (
            alt.Chart(hidden)
            .mark_rule(color=theme.HATCH)
            .encode(
                _inside(x, left, BOX_WIDTH),
                _inside(alt.X2(field="column"), right, BOX_WIDTH),
                _inside(y, at - left, BOX_HEIGHT),
                _inside(alt.Y2(field="row"), at - right, BOX_HEIGHT),
            )
        )


def _inside(channel: Channel, share: float, box: float) -> Channel:
    """The channel at that share of the box."""
    placed = channel.copy(deep=False)
    placed["bandPosition"] = (1 - box) / 2 + share * box
    return placed


def _words(silent: pd.DataFrame, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """Why there is no number, on white so that the hatching does not run through it."""
    texts = silent.assign(text=[marks.wrapped(text, WIDE) for text in silent["text"]])
    lift = alt.ExprRef("indexof(datum.text, '\\n') < 0 ? 0 : -7")
    room = alt.ExprRef("bandwidth('x') < 130 ? 0 : 1")
    look = {"lineBreak": "\n", "fontSize": 12, "dy": lift, "opacity": room}
    for halo in ({"stroke": "#FFFFFF", "strokeWidth": 6, "strokeJoin": "round"}, {}):
        yield alt.Chart(texts).mark_text(**look, **halo).encode(x, y, alt.Text(field="text", type="nominal"))


def _numbers(shown: pd.DataFrame, x: alt.X, y: alt.Y, own: UnitColumn) -> alt.Chart:
    """The sign gives way to the triangle on a telephone."""
    weights = shown.assign(weight=[700 if key == own.unit.key else 400 for key in shown["column"]])
    text = alt.ExprRef(f"{_NARROW} ? datum.short : datum.text")
    weight, aside = alt.ExprRef("datum.weight"), alt.ExprRef(f"{_NARROW} && datum.shape ? -6 : 0")
    return alt.Chart(weights).mark_text(text=text, fontSize=16, fontWeight=weight, dx=aside).encode(x, y)


def _triangles(clear: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    aside = alt.ExprRef(f"{_NARROW} ? 14 : 34")
    shape = alt.Shape(field="shape", type="nominal", scale=None)
    colour = alt.Color(field="mark", type="nominal", scale=None)
    points = alt.Chart(clear).mark_point(filled=True, size=70, opacity=1, xOffset=aside)
    return points.encode(x, y, shape, colour)


def _headings(columns: Sequence[UnitColumn], x: alt.X, y: alt.Y) -> alt.Chart:
    """The names of the columns, standing on the table; the own one in bold."""
    rows = [
        (HEADINGS, one.unit.key, *_lines(one.unit.name), 400 if at else 700) for at, one in enumerate(columns)
    ]
    names = ["row", "column", "wide", "wide_length", "narrow", "narrow_length", "weight"]
    is_narrow = "bandwidth('x') < 6.6 * datum.wide_length"
    text, length = (f"({is_narrow} ? datum.narrow{of} : datum.wide{of})" for of in ("", "_length"))
    look = {
        "text": alt.ExprRef(text),
        "lineBreak": "\n",
        "lineHeight": HEADING_LINE,
        "baseline": "bottom",
        "dy": alt.ExprRef(f"-{HEADING_LINE} * (length(split({text}, '\\n')) - 1)"),
        "fontSize": alt.ExprRef(f"clamp(bandwidth('x') / (0.6 * {length}), 8, 14)"),
        "fontWeight": alt.ExprRef("datum.weight"),
    }
    return alt.Chart(pd.DataFrame(rows, columns=names)).mark_text(**look).encode(x, _inside(y, 1, BOX_HEIGHT))


def _lines(name: str) -> tuple[str, int, str, int]:
    """The name in lines for wide and for narrow columns, each with the length of its longest line."""
    wide = textwrap.wrap(name, WIDE, break_long_words=False)
    narrow = textwrap.wrap(marks.parted(name, NARROW), NARROW, break_long_words=False)
    return "\n".join(wide), max(map(len, wide)), "\n".join(narrow), max(map(len, narrow))
