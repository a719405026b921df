"""The parts of charts and drawings. Channels are explicit objects: shorthand costs seven times as much."""

import json
import re
import textwrap
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

import altair as alt
import pandas as pd

from views.foundation import theme
from views.foundation.theme import CLEAR_STYLES

LABEL_CHARACTERS = 22
CHARACTER_PIXELS = 7.5
NOTE_CHARACTERS = 18
COLUMN_PIXELS = 52
ROW_PIXELS = 44
AXIS_PIXELS = 35
SMALLEST_LABELLED = 0.06
"""Of a bar: smaller parts have no room for their number."""

_COMPOUND = re.compile("(?<=[a-zæøå])(?=uddannelse|klynge|hospital|psykiatri)")


def tips(titles: Mapping[str, str]) -> list[alt.Tooltip]:
    """Tooltips of fields under Danish titles."""
    return [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()]


def wrapped(text: str, characters: int = LABEL_CHARACTERS) -> str:
    """Long texts in lines; the chart splits where the text does."""
    return "\n".join(textwrap.wrap(parted(text, characters), characters)) or text


def parted(text: str, characters: int) -> str:
    """Words too long for a line, such as "Sygeplejerskeuddannelsen", in their two parts."""
    words = [one if len(one) <= characters else _COMPOUND.sub("- ", one) for one in text.split(" ")]
    return " ".join(words)


def row_channel(
    labels: Mapping[str, str], columns: float = 1, characters: int = LABEL_CHARACTERS, chosen: str = ""
) -> alt.Y:
    """One row an id, under its label, the chosen one's in bold, with room for columns of shares."""
    lines = json.dumps({row: wrapped(label, characters) for row, label in labels.items()})
    room = characters * CHARACTER_PIXELS
    text = f"{lines}[datum.value]"
    axis = alt.Axis(
        labelExpr=f"split({text}, '\\n')",
        # Lines are stacked downwards from the first one, so two lines are centred by lifting it.
        labelBaseline=alt.ExprRef(f"indexof({text}, '\\n') < 0 ? 'middle' : 'bottom'"),
        labelFontWeight=alt.ExprRef(f"datum.value === {json.dumps(chosen)} ? 700 : 400"),
        labelLimit=room + 20,
        labelPadding=columns * COLUMN_PIXELS + 8,
        minExtent=room,  # the web font may arrive after the labels were measured
        grid=False,
        zindex=1,  # before a band behind the row
    )
    return alt.Y(field="row", type="nominal", sort=list(labels), title=None, axis=axis)


def percent_channel(field: str) -> alt.X:
    sign = "'\N{NO-BREAK SPACE}%'"
    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=f"datum.value + {sign}", title=None)
    return alt.X(field=field, type="quantitative", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)


def bold(texts: Sequence[Sequence[str]], y: alt.Y, column: int, colour: str) -> alt.Chart:
    """Shares in bold, so many columns to the left of the plot."""
    data = pd.DataFrame(list(texts), columns=["row", "text"])
    mark = {"align": "right", "fontWeight": 700, "fontSize": 16, "color": colour}
    at = alt.XValue(-8 - column * COLUMN_PIXELS)
    return alt.Chart(data).mark_text(**mark).encode(at, y, alt.Text(field="text", type="nominal"))


def notes(texts: Sequence[Sequence[str]], y: alt.Y) -> alt.Chart:
    data = pd.DataFrame(
        [(row, wrapped(text, NOTE_CHARACTERS)) for row, text in texts], columns=["row", "text"]
    )
    middle = alt.ExprRef("8 * (1 - length(split(datum.text, '\\n')))")  # of one, two or three lines
    mark = {"align": "left", "color": theme.SECONDARY, "dx": 4, "dy": middle, "lineBreak": "\n"}
    return alt.Chart(data).mark_text(**mark).encode(alt.XDatum(0), y, alt.Text(field="text", type="nominal"))


def laid_out(layers: Sequence[alt.Chart], rows: int) -> alt.LayerChart:
    return alt.layer(*layers).properties(width="container", height=rows * ROW_PIXELS + AXIS_PIXELS)


BAR_WIDTH, BAR_HEIGHT = 96, 14


def picture(svg: str, says: str = "") -> str:
    """As an image, for Streamlit takes svg out of HTML; `says` nothing where a number beside it does."""
    data = b64encode(svg.encode()).decode()
    return f'<img alt="{escape(says)}" src="data:image/svg+xml;base64,{data}">'


def svg(width: int, height: int, shapes: str) -> str:
    """The shapes as a drawing of that size."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}</svg>'


TRIANGLES = {
    verdict: picture(svg(12, 10, f'<path fill="{style.mark}" d="{style.path}"/>'))
    for verdict, style in CLEAR_STYLES.items()
}
"""The mark of a clear verdict; colour alone says nothing."""


def bar(own: float, expected: float) -> str:
    """Own share as a bar from 0 to 100 %, with a tick at the expected one."""
    tick = round(BAR_WIDTH * expected, 1)
    shapes = (
        f'<rect y="4" width="{BAR_WIDTH}" height="6" fill="{theme.GRID}"/>'
        f'<rect y="4" width="{BAR_WIDTH * own:.1f}" height="6" fill="{theme.OWN}"/>'
        f'<path d="M{tick} 0V{BAR_HEIGHT}" stroke="#FFFFFF" stroke-width="5"/>'
        f'<path d="M{tick} 0V{BAR_HEIGHT}" stroke="{theme.INK}" stroke-width="2"/>'
    )
    return picture(svg(BAR_WIDTH, BAR_HEIGHT, shapes))
