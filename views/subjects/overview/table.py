"""The themes as a frame, what its numbers are, and the signs of its picture."""

import pandas as pd

from indicators.figure import State
from indicators.overview import Overview, UnitColumn
from indicators.questionnaire import Theme
from indicators.selection import EVERYONE_ELSE
from views.documents.legends import HATCHED, LegendEntry, of_verdicts
from views.foundation import frames, readings
from views.foundation.theme import CLEAR_STYLES


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
    return readings.in_words(column.judgement(theme)) or state.value if state is State.SHOWN else state.value


def measure(report: Overview) -> str:
    """A share of what."""
    return f"Andel {readings.share_label(report.rows)}, gennemsnit af temaets spørgsmål."


def legend(report: Overview) -> tuple[LegendEntry, ...]:
    """The triangles of clear verdicts, and the hatching."""
    columns = (report.own, *report.groups, *report.beside)
    scores = [score for column in columns for score in column.scores.values()]
    verdicts = {score.judgement and score.judgement.verdict for score in scores}
    is_any_hidden = any(score.state is State.HIDDEN for score in scores)
    hatching = (LegendEntry(HATCHED, State.HIDDEN),) if is_any_hidden else ()
    return (*of_verdicts(verdicts & set(CLEAR_STYLES)), *hatching)
