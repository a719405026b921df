"""Charts from figure tables. Channels are explicit objects: shorthand costs seven times as much."""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import altair as alt
import pandas as pd

from indicators.danish import number, percent, whole_percent
from indicators.figure import Figure, QuestionRow, Score, State, ThemeRow
from views import theme

LABEL_CHARACTERS, LABEL_PIXELS, NOTE_CHARACTERS = 22, 165, 18
COLUMN_PIXELS, ROW_PIXELS, AXIS_PIXELS = 52, 44, 35
SMALLEST_LABELLED = 0.06
ONLY_SHARE = "Fordelingen vises fra 10 svar"


def answers(rows: Sequence[QuestionRow]) -> list[str]:
    """The answers that the rows' common scale offers, best first."""
    return [option.text for option in rows[0].scale.best_first]


def stacked_answers(rows: Sequence[QuestionRow]) -> alt.LayerChart:
    """100 % stacked bars, best answer first, with the share of the best ones in bold before the bar."""
    y = _row_channel({row.question.id: row.question.short for row in rows})
    segments = pd.DataFrame([segment for row in rows for segment in _segments(row)], columns=_SEGMENT)
    neutral = segments[segments["colour"] == theme.NEUTRAL]
    bar = {"height": 26, "strokeWidth": 1.5, "stroke": "#FFFFFF"}
    outline = {**bar, "strokeWidth": 1, "stroke": theme.OUTLINE, "filled": False}
    x, x2 = _percent_channel("start"), alt.X2(field="end")
    layers = [
        alt.Chart(segments)
        .mark_bar(**bar)
        .encode(x, x2, y, _answer_colours(answers(rows)), tooltip=_tips(_SEGMENT_TIPS)),
        alt.Chart(neutral).mark_bar(**outline).encode(x, x2, y),
        _numbers_in_bars(segments, y),
        _bold([(row.question.id, _share_text(row.figure)) for row in rows], y, 0, theme.OWN),
        _notes([(row.question.id, _note(row.figure)) for row in rows], y),
    ]
    return _laid_out(layers, len(rows))


def themes_beside(rows: Sequence[ThemeRow], compares: bool) -> alt.LayerChart:
    """Each theme's score as a dot, the comparison as an open square, both numbers before the axis."""
    y = _row_channel({row.theme.id: row.theme.name for row in rows}, columns=1 + compares)
    x = _percent_channel("share")
    own = pd.DataFrame([_point(row.theme.id, row.theme.name, row.score) for row in rows], columns=_POINT)
    other = pd.DataFrame(
        [_point(row.theme.id, row.theme.name, row.benchmark) for row in rows], columns=_POINT
    )
    tips = _tips({"name": "Tema", "text": "Andel"})
    dots = alt.Chart(own.dropna()).mark_circle(size=220, opacity=1, color=theme.OWN)
    layers = [
        dots.encode(x, y, tooltip=tips),
        _bold(own[["row", "text"]].to_numpy().tolist(), y, int(compares), theme.OWN),
        _notes([(row.theme.id, _score_note(row.score)) for row in rows], y),
    ]
    if compares:
        spans = own.merge(other, on="row", suffixes=("", "_other")).dropna()
        line = alt.Chart(spans).mark_rule(strokeWidth=3, color=theme.NEUTRAL)
        square = {"shape": "square", "size": 150, "filled": False, "strokeWidth": 2.5, "color": theme.OTHERS}
        squares = alt.Chart(other.dropna()).mark_point(**square)
        layers = [line.encode(x, alt.X2(field="share_other"), y), *layers, squares.encode(x, y, tooltip=tips)]
        layers.append(_bold(other[["row", "text"]].to_numpy().tolist(), y, 0, theme.OTHERS))
    return _laid_out(layers, len(rows))


_SEGMENT = ["row", "option", "start", "end", "middle", "number", "ink", "colour", "question", "share", "n"]
_SEGMENT_TIPS = {"question": "Spørgsmål", "option": "Svar", "share": "Andel", "n": "Antal svar"}
_POINT = ["row", "name", "share", "text"]


def _segments(row: QuestionRow) -> Iterator[tuple]:
    counts = row.figure.counts
    if not counts:
        return
    colours = theme.answer_colours(len(counts))
    ends = [total / row.figure.n for total in accumulate(counts)]
    starts = [0.0, *ends[:-1]]
    for option, colour, start, end in zip(row.scale.best_first, colours, starts, ends, strict=True):
        share = end - start
        yield (
            row.question.id,
            option.text,
            100 * start,
            100 * end,
            50 * (start + end),
            str(whole_percent(share)) if share >= SMALLEST_LABELLED else "",
            theme.text_on(colour),
            colour,
            row.question.text,
            percent(share),
            number(row.figure.n),
        )


def _answer_colours(options: Sequence[str]) -> alt.Color:
    scale = alt.Scale(domain=list(options), range=theme.answer_colours(len(options)))
    return alt.Color(field="option", type="nominal", sort=list(options), scale=scale, legend=None)


def _numbers_in_bars(segments: pd.DataFrame, y: alt.Y) -> alt.Chart:
    room = alt.ExprRef("(datum.end - datum.start) * width / 100 < 18 ? 0 : 1")
    texts = alt.Chart(segments[segments["number"] != ""]).mark_text(opacity=room)
    middle = alt.X(field="middle", type="quantitative")
    number_text = alt.Text(field="number", type="nominal")
    return texts.encode(middle, y, number_text, alt.Color(field="ink", type="nominal", scale=None))


def _score_note(score: Score) -> str:
    return "" if score.state is State.SHOWN else score.state.value


def _tips(titles: Mapping[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()]


def _share_text(figure: Figure) -> str:
    return "" if figure.share is None else percent(figure.share)


def _note(figure: Figure) -> str:
    """What stands where the bar would be: why there is none."""
    if figure.counts:
        return ""
    return ONLY_SHARE if figure.share is not None else figure.status


def _point(theme_id: str, name: str, score: Score) -> tuple[str, str, float | None, str]:
    if score.share is None:
        return theme_id, name, None, ""
    return theme_id, name, 100 * score.share, percent(score.share)


def _wrapped(text: str, characters: int = LABEL_CHARACTERS) -> str:
    """Long texts in lines; the chart splits where the text does."""
    return "\n".join(textwrap.wrap(text, characters)) or text


def _row_channel(labels: Mapping[str, str], columns: int = 1) -> alt.Y:
    """One row an id, under its label, with room between label and plot for columns of shares."""
    wrapped = json.dumps({row: _wrapped(label) for row, label in labels.items()})
    text = f"{wrapped}[datum.value]"
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


def _percent_channel(field: str) -> alt.X:
    sign = "'\N{NO-BREAK SPACE}%'"
    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=f"datum.value + {sign}", title=None)
    return alt.X(field=field, type="quantitative", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)


def _bold(texts: Sequence[Sequence[str]], y: alt.Y, column: int, colour: str) -> alt.Chart:
    """Shares in bold, so many columns to the left of the plot."""
    data = pd.DataFrame(list(texts), columns=["row", "text"])
    mark = {"align": "right", "fontWeight": 700, "fontSize": 16, "color": colour}
    at = alt.XValue(-8 - column * COLUMN_PIXELS)
    return alt.Chart(data).mark_text(**mark).encode(at, y, alt.Text(field="text", type="nominal"))


def _notes(texts: Sequence[Sequence[str]], y: alt.Y) -> alt.Chart:
    data = pd.DataFrame(
        [(row, _wrapped(text, NOTE_CHARACTERS)) for row, text in texts], columns=["row", "text"]
    )
    middle = alt.ExprRef("indexof(datum.text, '\\n') < 0 ? 0 : -8")
    mark = {"align": "left", "color": theme.SECONDARY, "dx": 4, "dy": middle, "lineBreak": "\n"}
    return alt.Chart(data).mark_text(**mark).encode(alt.XDatum(0), y, alt.Text(field="text", type="nominal"))


def _laid_out(layers: Sequence[alt.Chart], rows: int) -> alt.LayerChart:
    return alt.layer(*layers).properties(width="container", height=rows * ROW_PIXELS + AXIS_PIXELS)
