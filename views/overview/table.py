"""The themes as a frame."""

import pandas as pd

from indicators.report import FigureTable
from views import frames


def themes(table: FigureTable) -> pd.DataFrame:
    """One row a theme; shares 0 to 1, empty where nothing is shown."""
    rows, chosen = table.themes, table.selection
    columns = [
        ("Tema", [row.theme.name for row in rows]),
        (chosen.unit.name, [row.score.share for row in rows]),
        *frames.optional(chosen.compares, (chosen.compared_with.name, [row.benchmark.share for row in rows])),
        ("Færrest svar", frames.whole([row.score.fewest for row in rows])),
        ("Flest svar", frames.whole([row.score.most for row in rows])),
        ("Status", [row.score.state.value for row in rows]),
    ]
    return frames.frame(columns)
