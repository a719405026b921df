"""How the answers are distributed, as 100 % stacked bars."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

import altair as alt
import pandas as pd

from indicators.danish import number, percent, whole_percent
from indicators.figure import Figure, QuestionRow
from views import marks, theme

SMALLEST_LABELLED = 0.06
ONLY_SHARE = "Fordelingen vises fra 10 svar"


def answers(rows: Sequence[QuestionRow]) -> list[str]:
    """The answers that the rows' common scale offers, best first."""
    return [option.text for option in rows[0].scale.best_first]


def stacked_answers(rows: Sequence[QuestionRow]) -> alt.LayerChart:
    """100 % stacked bars, best answer first, with the share of the best ones in bold before the bar."""
    y = marks.row_channel({row.question.id: row.question.short for row in rows})
    segments = pd.DataFrame([segment for row in rows for segment in _segments(row)], columns=_SEGMENT)
    neutral = segments[segments["colour"] == theme.NEUTRAL]
    bar = {"height": 26, "strokeWidth": 1.5, "stroke": "#FFFFFF"}
    outline = {**bar, "strokeWidth": 1, "stroke": theme.OUTLINE, "filled": False}
    x, x2 = marks.percent_channel("start"), alt.X2(field="end")
    layers = [
        alt.Chart(segments)
        .mark_bar(**bar)
        .encode(x, x2, y, _answer_colours(answers(rows)), tooltip=marks.tips(_SEGMENT_TIPS)),
        alt.Chart(neutral).mark_bar(**outline).encode(x, x2, y),
        _numbers_in_bars(segments, y),
        marks.bold([(row.question.id, _share_text(row.figure)) for row in rows], y, 0, theme.OWN),
        marks.notes([(row.question.id, _note(row.figure)) for row in rows], y),
    ]
    return marks.laid_out(layers, len(rows))


_SEGMENT = ["row", "option", "start", "end", "middle", "number", "ink", "colour", "question", "share", "n"]
_SEGMENT_TIPS = {"question": "Spørgsmål", "option": "Svar", "share": "Andel", "n": "Antal svar"}


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


def _share_text(figure: Figure) -> str:
    return "" if figure.share is None else percent(figure.share)


def _note(figure: Figure) -> str:
    """What stands where the bar would be: why there is none."""
    if figure.counts:
        return ""
    return ONLY_SHARE if figure.share is not None else figure.status
