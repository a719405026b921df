"""What computed titles have in common. They claim no difference but the ones that the verdict names."""

from collections.abc import Sequence

from indicators.figure import QuestionRow, State
from indicators.selection import Selection

LONGEST = 90


def alt_text(title: str, selection: Selection) -> str:
    """What a figure says to somebody who does not see it."""
    return f"{title}. {selection.describe()}. Tallene står i tabellen under figuren."


def nothing(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    if any(row.figure.state is State.HIDDEN for row in rows):
        return f"{selection.unit.name}: {State.HIDDEN.lower()}"
    return f"{selection.unit.name}: ingen svar i {selection.year}"


def fitting(full: str, without_unit: str) -> str:
    """The unit stands under the title too, so it goes before either half of the finding does."""
    return full if len(full) <= LONGEST else without_unit


def share_label(rows: Sequence[QuestionRow]) -> str:
    """What the share is a share of: "enige", or all labels where the questions differ."""
    return " / ".join(dict.fromkeys(row.scale.share_label for row in rows))
