"""How the answers are distributed, as 100 % stacked bars."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

import altair as alt
import pandas as pd

from indicators.danish import number, percent, whole_percent
from indicators.figure import Figure, QuestionRow
from indicators.overview import verdict_on
from views.foundation import marks, readings, theme
from views.foundation.theme import CLEAR_STYLES

SHARE_COLUMN = 1.4
"""A share with its triangle, over the words of the verdict, is wider than a share alone."""


def answers(rows: Sequence[QuestionRow]) -> list[str]:
    """The answers that the rows' common scale offers, best first."""
    return [option.text for option in rows[0].scale.best_first]


def stacked_answers(rows: Sequence[QuestionRow], chosen: str = "") -> alt.LayerChart:
    """100 % stacked bars, best answer first; before the bar the share of the best ones and the verdict."""
    labels = {row.question.id: row.question.short for row in rows}
    y = marks.row_channel(labels, SHARE_COLUMN, chosen=chosen)
    segments = pd.DataFrame([segment for row in rows for segment in _segments(row)], columns=_SEGMENT)
    neutral = segments[segments["colour"] == theme.NEUTRAL]
    bar = {"height": 26, "strokeWidth": 1.5, "stroke": "#FFFFFF"}
    outline = {**bar, "strokeWidth": 1, "stroke": theme.OUTLINE, "filled": False}
    x, x2 = marks.percent_channel("start"), alt.X2(field="end")
    layers = [
        _bands(rows, chosen, y),
        alt.Chart(segments)
        .mark_bar(**bar)
        .encode(x, x2, y, _answer_colours(answers(rows)), tooltip=marks.tips(_SEGMENT_TIPS)),
        alt.Chart(neutral).mark_bar(**outline).encode(x, x2, y),
        _numbers_in_bars(segments, y),
        *_shares(rows, y),
        marks.notes([(row.question.id, _note(row.figure)) for row in rows], y),
    ]
    return marks.laid_out(layers, len(rows))


_SEGMENT = ["row", "option", "start", "end", "middle", "number", "ink", "colour", "question", "share", "n"]
_SEGMENT_TIPS = {"question": "Spørgsmål", "option": "Svar", "share": "Andel", "n": "Antal svar"}


def _bands(rows: Sequence[QuestionRow], chosen: str, y: alt.Y) -> alt.Chart:
    """A band behind every row, so that a click anywhere in it counts; only the chosen one is seen."""
    colours = [theme.HIGHLIGHT if row.question.id == chosen else "transparent" for row in rows]
    data = pd.DataFrame({"row": [row.question.id for row in rows], "colour": colours})
    room = marks.LABEL_CHARACTERS * marks.CHARACTER_PIXELS + SHARE_COLUMN * marks.COLUMN_PIXELS
    across = alt.XValue(-room), alt.X2Value(alt.ExprRef("width"))
    fill = alt.Fill(field="colour", type="nominal", scale=None)
    return alt.Chart(data).mark_rect(cursor="pointer").encode(*across, y, fill)


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
            str(whole_percent(share)) if share >= marks.SMALLEST_LABELLED else "",
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


def _shares(rows: Sequence[QuestionRow], y: alt.Y) -> Iterator[alt.Chart]:
    """The share in bold; where it is clear, with the triangle beside it and the verdict's words under it."""
    clear = [row for row in rows if verdict_on(row) in CLEAR_STYLES]
    rest = [row for row in rows if row not in clear]
    yield marks.bold(_share_texts(rest), y, 0, theme.OWN)
    data = pd.DataFrame([_verdict(row) for row in clear], columns=["row", "said", "shape", "colour"])
    colour = alt.Color(field="colour", type="nominal", scale=None)
    triangle = alt.Chart(data).mark_point(filled=True, size=90, opacity=1, yOffset=-9)
    shape = alt.Shape(field="shape", type="nominal", scale=None)
    yield triangle.encode(alt.XValue(-60), y, shape, colour)
    words = alt.Chart(data).mark_text(align="right", dy=11, fontSize=12, fontWeight=600)
    yield words.encode(alt.XValue(-3), y, alt.Text(field="said", type="nominal"), colour)
    lifted = marks.bold(_share_texts(clear), y, 0, theme.OWN)
    lifted.mark.dy = -8
    yield lifted


def _share_texts(rows: Sequence[QuestionRow]) -> list[tuple[str, str]]:
    return [(row.question.id, "" if row.figure.share is None else percent(row.figure.share)) for row in rows]


def _verdict(row: QuestionRow) -> tuple[str, ...]:
    verdict = verdict_on(row)
    style = CLEAR_STYLES[verdict]
    return row.question.id, f"{verdict}{readings.star(row.figure.judgement)}", style.shape, style.mark


def _note(figure: Figure) -> str:
    """What stands where the bar would be: why there is none."""
    return "" if figure.counts else readings.distribution(figure)
