"""The answers as a frame."""

from collections.abc import Sequence

import pandas as pd

from indicators.figure import QuestionRow
from indicators.selection import Selection
from views import frames, headlines


def answers(rows: Sequence[QuestionRow], selection: Selection) -> pd.DataFrame:
    """One row a question with the share of each answer, 0 to 1, empty where nothing is shown."""
    options = dict.fromkeys(option.text for row in rows for option in row.scale.best_first)
    columns = [
        ("Tema", [row.theme.name for row in rows]),
        ("Spørgsmål", [row.question.text for row in rows]),
        (f"Andel {headlines.share_label(rows)}", [row.figure.share for row in rows]),
        *frames.optional(
            selection.compares, (selection.compared_with.name, [row.benchmark.share for row in rows])
        ),
        *((option, [_part(row, option) for row in rows]) for option in options),
        ("Antal svar", frames.whole([row.figure.n for row in rows])),
        ("Ved ikke", frames.whole([row.figure.outside_base for row in rows])),
        ("Status", [row.figure.status for row in rows]),
    ]
    return frames.frame(columns)


def _part(row: QuestionRow, option: str) -> float | None:
    texts = [some.text for some in row.scale.best_first]
    if row.figure.counts is None or option not in texts:
        return None
    return row.figure.counts[texts.index(option)] / row.figure.n
