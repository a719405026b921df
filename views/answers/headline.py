"""Computed titles. They say what was observed and claim no difference that nobody has tested."""

from collections.abc import Sequence

from indicators.danish import percent, whole_percent
from indicators.disclosure import PERSONS_FOR_DETAIL
from indicators.figure import QuestionRow
from indicators.selection import Selection
from views import headlines


def distribution(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    """The question with the highest share and the one with the lowest."""
    shown = [row for row in rows if row.figure.share is not None]
    if not shown:
        return headlines.nothing(selection, rows)
    low, high = (pick(shown, key=lambda row: row.figure.share) for pick in (min, max))
    if low.figure.n < PERSONS_FOR_DETAIL:
        return f"{selection.unit.name}: få svar, så andelene er usikre"
    most, least = _share(high), _share(low)
    if whole_percent(high.figure.share) == whole_percent(low.figure.share):
        return headlines.fitting(f"{selection.unit.name}: {most}", most)
    if high.scale.share_label == low.scale.share_label:
        least = least.replace(f" {low.scale.share_label}", "", 1)
    both = f"{most} \N{EN DASH} {least}"
    return headlines.fitting(f"{selection.unit.name}: {both}", both)


def _share(row: QuestionRow) -> str:
    return f"{percent(row.figure.share)} {row.scale.share_label}: {row.question.short}"
