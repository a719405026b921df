"""The themes as a frame."""

import pandas as pd

from indicators.figure import State
from indicators.overview import Overview, UnitColumn
from indicators.questionnaire import Theme
from indicators.selection import EVERYONE_ELSE
from views.foundation import frames, judged


def themes(report: Overview, columns: tuple[UnitColumn, ...]) -> pd.DataFrame:
    """One row a theme: each column's share, 0 to 1, empty where nothing is shown, and what is said of it."""
    own = [row.score for row in report.themes]
    return frames.frame(
        [
            ("Tema", [row.theme.name for row in report.themes]),
            *(part for column in columns for part in _parts(report, column)),
            ("Færrest svar", frames.whole([score.fewest for score in own])),
            ("Flest svar", frames.whole([score.most for score in own])),
        ]
    )


def _parts(report: Overview, column: UnitColumn) -> list[frames.Column]:
    themes = [row.theme for row in report.themes]
    said = "Status" if column.unit.key == EVERYONE_ELSE else "Vurdering"
    return [
        (column.unit.name, frames.Shares(column.scores[theme.id].share for theme in themes)),
        (f"{said}: {column.unit.name}", [_said(column, theme) for theme in themes]),
    ]


def _said(column: UnitColumn, theme: Theme) -> str:
    state = column.scores[theme.id].state
    return judged.words(column.judgement(theme)) or state.value if state is State.SHOWN else state.value
