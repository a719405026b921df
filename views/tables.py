"""Figure tables as frames: what "vis som tabel" shows and the workbook's table sheets hold."""

from collections.abc import Iterable, Sequence
from itertools import chain, count

import pandas as pd

from indicators.figure import FigureTable, QuestionRow
from indicators.selection import Selection

Column = tuple[str, Iterable]


def themes(table: FigureTable) -> pd.DataFrame:
    """One row a theme; shares 0 to 1, empty where nothing is shown."""
    rows, chosen = table.themes, table.selection
    columns = [
        ("Tema", [row.theme.name for row in rows]),
        (chosen.unit.name, [row.score.share for row in rows]),
        *_if(chosen.compares, (chosen.compared_with.name, [row.benchmark.share for row in rows])),
        ("Færrest svar", _whole([row.score.fewest for row in rows])),
        ("Flest svar", _whole([row.score.most for row in rows])),
        ("Status", [row.score.state.value for row in rows]),
    ]
    return _frame(columns)


def answers(rows: Sequence[QuestionRow], selection: Selection) -> pd.DataFrame:
    """One row a question with the share of each answer, 0 to 1, empty where nothing is shown."""
    options = dict.fromkeys(option.text for row in rows for option in row.scale.best_first)
    columns = [
        ("Tema", [row.theme.name for row in rows]),
        ("Spørgsmål", [row.question.text for row in rows]),
        (f"Andel {share_label(rows)}", [row.figure.share for row in rows]),
        *_if(selection.compares, (selection.compared_with.name, [row.benchmark.share for row in rows])),
        *((option, [_part(row, option) for row in rows]) for option in options),
        ("Antal svar", _whole([row.figure.n for row in rows])),
        ("Ved ikke", _whole([row.figure.outside_base for row in rows])),
        ("Status", [row.figure.status for row in rows]),
    ]
    return _frame(columns)


def share_label(rows: Sequence[QuestionRow]) -> str:
    """What the share is a share of: "enige", or all labels where the questions differ."""
    return " / ".join(dict.fromkeys(row.scale.share_label for row in rows))


def _if(wanted: bool, column: Column) -> list[Column]:
    return [column] if wanted else []


def _frame(columns: Sequence[Column]) -> pd.DataFrame:
    """A frame whose headings are all different, as a spreadsheet demands: an answer may be called Status."""
    headings: list[str] = []
    for heading, _ in columns:
        taken = {used.casefold() for used in headings}
        repeats = (f"{heading} ({number})" for number in count(2))
        headings.append(next(name for name in chain([heading], repeats) if name.casefold() not in taken))
    return pd.DataFrame({heading: values for heading, (_, values) in zip(headings, columns, strict=True)})


def _part(row: QuestionRow, option: str) -> float | None:
    texts = [some.text for some in row.scale.best_first]
    if row.figure.counts is None or option not in texts:
        return None
    return row.figure.counts[texts.index(option)] / row.figure.n


def _whole(numbers: list[int | None]) -> pd.Series:
    return pd.Series(numbers, dtype="Int64")
