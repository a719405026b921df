"""Figure tables as frames: what "vis som tabel" shows and the workbook's table sheets hold."""

from collections.abc import Sequence

import pandas as pd

from indicators.figure import FigureTable, QuestionRow
from indicators.selection import Selection


def themes(table: FigureTable) -> pd.DataFrame:
    """One row a theme; shares 0 to 1, empty where nothing is shown."""
    frame = pd.DataFrame(
        {
            "Tema": [row.theme.name for row in table.themes],
            table.selection.unit.name: [row.score.share for row in table.themes],
            table.selection.compared_with.name: [row.benchmark.share for row in table.themes],
            "Færrest svar": _whole([row.score.fewest for row in table.themes]),
            "Flest svar": _whole([row.score.most for row in table.themes]),
            "Status": [row.score.state.value for row in table.themes],
        }
    )
    return frame if table.selection.compares else frame.drop(columns=table.selection.compared_with.name)


def answers(rows: Sequence[QuestionRow], selection: Selection) -> pd.DataFrame:
    """One row a question with the share of each answer, 0 to 1, empty where nothing is shown."""
    compared = {selection.compared_with.name: [row.benchmark.share for row in rows]}
    options = list(dict.fromkeys(option.text for row in rows for option in row.scale.best_first))
    labels = list(dict.fromkeys(row.scale.share_label for row in rows))
    share = f"Andel {labels[0]}" if len(labels) == 1 else "Andel på den gode side"
    frame = {
        "Tema": [row.theme.name for row in rows],
        "Spørgsmål": [row.question.text for row in rows],
        share: [row.figure.share for row in rows],
        **(compared if selection.compares else {}),
        **{option: [_part(row, option) for row in rows] for option in options},
        "Antal svar": _whole([row.figure.n for row in rows]),
        "Ved ikke": _whole([row.figure.outside_base for row in rows]),
        "Status": [row.figure.status for row in rows],
    }
    return pd.DataFrame(frame)


def _part(row: QuestionRow, option: str) -> float | None:
    texts = [some.text for some in row.scale.best_first]
    if row.figure.counts is None or option not in texts:
        return None
    return row.figure.counts[texts.index(option)] / row.figure.n


def _whole(numbers: list[int | None]) -> pd.Series:
    return pd.Series(numbers, dtype="Int64")
