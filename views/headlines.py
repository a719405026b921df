"""Computed titles. They say what was observed and claim no difference that nobody has tested."""

from collections.abc import Sequence

from indicators.comparison import theme_rows
from indicators.danish import percent, whole_percent
from indicators.figure import QuestionRow, State
from indicators.selection import Selection

LONGEST = 90


def overview(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    """Highest and lowest theme of the unit."""
    scored = [(row.score.share, row.theme.name) for row in theme_rows(rows) if row.score.share is not None]
    if not scored:
        return _nothing(selection, rows)
    low, high = min(scored), max(scored)
    if whole_percent(low[0]) == whole_percent(high[0]):
        return f"{selection.unit.name}: {percent(high[0])} på {_every(len(scored))}"
    return _fitting(
        f"{selection.unit.name}: højest på {high[1].lower()} ({percent(high[0])})",
        f", lavest på {low[1].lower()} ({percent(low[0])})",
    )


def distribution(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    """The question with the highest share and the one with the lowest."""
    shown = [row for row in rows if row.figure.share is not None]
    if not shown:
        return _nothing(selection, rows)
    high = max(shown, key=lambda row: row.figure.share)
    low = min(shown, key=lambda row: row.figure.share)
    first = f"{percent(high.figure.share)} {high.scale.share_label}: {high.question.short}"
    if whole_percent(high.figure.share) == whole_percent(low.figure.share):
        return _fitting(first)
    return _fitting(first, f" \N{EN DASH} {percent(low.figure.share)}: {low.question.short}")


def alt_text(title: str, selection: Selection) -> str:
    """What a figure says to somebody who does not see it."""
    return f"{title}. {selection.describe()}. Tallene står i tabellen under figuren."


def _nothing(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    if any(row.figure.state is State.HIDDEN for row in rows):
        return f"{selection.unit.name}: {State.HIDDEN.lower()}"
    return f"{selection.unit.name}: ingen svar i {selection.year}"


def _every(themes: int) -> str:
    return "det ene tema" if themes == 1 else f"alle {themes} temaer"


def _fitting(first: str, second: str = "") -> str:
    return first + second if len(first + second) <= LONGEST else first
