"""The answers as a frame."""

from collections.abc import Sequence

import pandas as pd

from indicators.figure import QuestionRow
from indicators.judgement import Judgement
from indicators.profile import everyone_else_of
from indicators.selection import EVERYONE_ELSE, Selection
from views.foundation import frames, readings
from views.foundation.judged import words


def answers(rows: Sequence[QuestionRow], selection: Selection) -> pd.DataFrame:
    """One row a question; shares and limits 0 to 1, empty where nothing is shown."""
    options = dict.fromkeys(option.text for row in rows for option in row.scale.best_first)
    judged = [row.figure.judgement or Judgement() for row in rows]
    columns = [
        ("Tema", [row.theme.name for row in rows]),
        ("Spørgsmål", [row.question.text for row in rows]),
        (f"Andel {readings.share_label(rows)}", frames.Shares(row.figure.share for row in rows)),
        ("Nedre grænse", frames.Shares(one.low for one in judged)),
        ("Øvre grænse", frames.Shares(one.high for one in judged)),
        *frames.optional(
            selection.compares,
            (selection.compared_with.name, frames.Shares(row.benchmark.share for row in rows)),
        ),
        *_beside_everyone_else(rows, judged, selection),
        *((option, frames.Shares(_part(row, option) for row in rows)) for option in options),
        ("Antal svar", frames.whole([row.figure.n for row in rows])),
        ("Ved ikke", frames.whole([row.figure.outside_base for row in rows])),
        ("Status", [readings.distribution(row.figure) for row in rows]),
    ]
    return frames.frame(columns)


def _beside_everyone_else(
    rows: Sequence[QuestionRow], judged: Sequence[Judgement], selection: Selection
) -> list[frames.Column]:
    """The verdict is on the difference to everyone else, whatever the reader compares with."""
    there_already = selection.compares and selection.compared_with.key == EVERYONE_ELSE
    return [
        *frames.optional(
            any(one.difference is not None for one in judged) and not there_already,
            (everyone_else_of(selection).name, frames.Shares(_others(row) for row in rows)),
        ),
        *frames.optional(
            any(one.verdict for one in judged),
            ("Forskel (procentpoint)", frames.points(one.difference for one in judged)),
            ("Vurdering", list(map(words, judged))),
        ),
        *frames.optional(
            any(one.expected is not None for one in judged),
            ("Forventet", frames.Shares(one.expected for one in judged)),
        ),
    ]


def _others(row: QuestionRow) -> float | None:
    judged = row.figure.judgement
    return None if judged is None or judged.difference is None else row.figure.share - judged.difference


def _part(row: QuestionRow, option: str) -> float | None:
    texts = [some.text for some in row.scale.best_first]
    if row.figure.counts is None or option not in texts:
        return None
    return row.figure.counts[texts.index(option)] / row.figure.n
