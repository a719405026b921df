"""What computed titles have in common. They claim no difference but the ones that the verdict names."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from indicators.danish import lower_first
from indicators.figure import Figure, QuestionRow, Score, State
from indicators.selection import Selection
from indicators.verdicts import Verdict

LONGEST = 90
CLEAR = (Verdict.BELOW, Verdict.ABOVE)
"""What titles count, in the order in which they say it."""
JUDGED = (*CLEAR, Verdict.ALIKE)
"""What there were answers enough to say: a title is about no more than this was said of."""


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


def counted(said: Sequence[StrEnum | None], wanted: Sequence[StrEnum], what: str, others: str = "") -> str:
    """E.g. "2 af 12 spørgsmål er klart under alle andre, 1 er klart over"; nothing when none is wanted."""
    found = [(said.count(one), f"er {lower_first(one)}") for one in wanted if one in said]
    if not found:
        return ""
    (first, is_first), *rest = found
    also = "".join(f", {count} {is_so}" for count, is_so in rest)
    return f"{first} af {what} {is_first}{others and f' {others}'}{also}"


def judged(said: Sequence[Verdict | None]) -> int:
    """Of how many there is a verdict."""
    return sum(one in JUDGED for one in said)


def too_few(figures: Iterable[Figure | Score]) -> str:
    """Whose answers are too few for any verdict: the subject's own, or else everyone else's."""
    return "for få andre svar" if any(figure.detailed for figure in figures) else "for få svar"


def of_judged(said: Sequence[Verdict | None], many: str) -> str:
    """What a count is a count of: "6 temaer", or "4 vurderede temaer" where the rest has no verdict."""
    count = judged(said)
    return f"{count} {many}" if count == len(said) else f"{count} vurderede {many}"


def none_judged(said: Sequence[Verdict | None], one: str) -> str:
    """That nothing was found among them: "intet tema", or "intet vurderet tema"."""
    return f"intet {one}" if judged(said) == len(said) else f"intet vurderet {one}"
