"""The title of the overview."""

from collections.abc import Sequence

from indicators.comparison import theme_rows
from indicators.danish import lower_first, percent, whole_percent
from indicators.disclosure import PERSONS_FOR_DETAIL
from indicators.figure import QuestionRow
from indicators.selection import Selection
from views import headlines


def overview(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    """Highest and lowest theme of the unit."""
    unit = selection.unit.name
    scored = [row for row in theme_rows(rows) if row.score.share is not None]
    if not scored:
        return headlines.nothing(selection, rows)
    low, high = (pick(scored, key=lambda row: row.score.share) for pick in (min, max))
    if low.score.fewest < PERSONS_FOR_DETAIL:
        return f"{unit}: få svar, så andelene er usikre"
    if whole_percent(low.score.share) == whole_percent(high.score.share):
        return f"{unit}: {percent(high.score.share)} på {_every(len(scored))}"
    most = f"øjest på {lower_first(high.theme.name)} ({percent(high.score.share)})"
    least = f"lavest på {lower_first(low.theme.name)} ({percent(low.score.share)})"
    return headlines.fitting(f"{unit}: h{most}, {least}", f"H{most}, {least}")


def _every(themes: int) -> str:
    return "det ene tema" if themes == 1 else f"alle {themes} temaer"
