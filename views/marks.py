"""The parts that charts are made of. Channels are explicit objects: shorthand costs seven times as much."""

import json
import textwrap
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from views import theme

LABEL_CHARACTERS, LABEL_PIXELS, NOTE_CHARACTERS = 22, 165, 18
COLUMN_PIXELS, ROW_PIXELS, AXIS_PIXELS = 52, 44, 35


def tips(titles: Mapping[str, str]) -> list[alt.Tooltip]:
    """Tooltips of fields under Danish titles."""
    return [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()]


def wrapped(text: str, characters: int = LABEL_CHARACTERS) -> str:
    """Long texts in lines; the chart splits where the text does."""
    return "\n".join(textwrap.wrap(text, characters)) or text


def row_channel(labels: Mapping[str, str], columns: int = 1) -> alt.Y:
    """One row an id, under its label, with room between label and plot for columns of shares."""
    lines = json.dumps({row: wrapped(label) for row, label in labels.items()})
    text = f"{lines}[datum.value]"
    axis = alt.Axis(
        labelExpr=f"split({text}, '\\n')",
        # Lines are stacked downwards from the first one, so two lines are centred by lifting it.
        labelBaseline=alt.ExprRef(f"indexof({text}, '\\n') < 0 ? 'middle' : 'bottom'"),
        labelLimit=LABEL_PIXELS + 20,
        labelPadding=columns * COLUMN_PIXELS + 8,
        minExtent=LABEL_PIXELS,  # the web font may arrive after the labels were measured
        grid=False,
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
    middle = alt.ExprRef("indexof(datum.text, '\\n') < 0 ? 0 : -8")
    mark = {"align": "left", "color": theme.SECONDARY, "dx": 4, "dy": middle, "lineBreak": "\n"}
    return alt.Chart(data).mark_text(**mark).encode(alt.XDatum(0), y, alt.Text(field="text", type="nominal"))


def laid_out(layers: Sequence[alt.Chart], rows: int) -> alt.LayerChart:
    return alt.layer(*layers).properties(width="container", height=rows * ROW_PIXELS + AXIS_PIXELS)
