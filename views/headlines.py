"""Computed titles. They say what was observed and claim no difference that nobody has tested."""

from collections.abc import Sequence

from indicators.comparison import theme_rows
from indicators.danish import lower_first, percent, whole_percent
from indicators.disclosure import PERSONS_FOR_DETAIL
from indicators.figure import QuestionRow, State
from indicators.method import Method
from indicators.selection import Selection

LONGEST = 90


def overview(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    """Highest and lowest theme of the unit."""
    unit = selection.unit.name
    scored = [row for row in theme_rows(rows) if row.score.share is not None]
    if not scored:
        return _nothing(selection, rows)
    low, high = (pick(scored, key=lambda row: row.score.share) for pick in (min, max))
    if low.score.fewest < PERSONS_FOR_DETAIL:
        return f"{unit}: få svar, så andelene er usikre"
    if whole_percent(low.score.share) == whole_percent(high.score.share):
        return f"{unit}: {percent(high.score.share)} på {_every(len(scored))}"
    most = f"øjest på {lower_first(high.theme.name)} ({percent(high.score.share)})"
    least = f"lavest på {lower_first(low.theme.name)} ({percent(low.score.share)})"
    return _fitting(f"{unit}: h{most}, {least}", f"H{most}, {least}")


def distribution(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    """The question with the highest share and the one with the lowest."""
    shown = [row for row in rows if row.figure.share is not None]
    if not shown:
        return _nothing(selection, rows)
    low, high = (pick(shown, key=lambda row: row.figure.share) for pick in (min, max))
    if low.figure.n < PERSONS_FOR_DETAIL:
        return f"{selection.unit.name}: få svar, så andelene er usikre"
    most, least = _share(high), _share(low)
    if whole_percent(high.figure.share) == whole_percent(low.figure.share):
        return _fitting(f"{selection.unit.name}: {most}", most)
    if high.scale.share_label == low.scale.share_label:
        least = least.replace(f" {low.scale.share_label}", "", 1)
    both = f"{most} \N{EN DASH} {least}"
    return _fitting(f"{selection.unit.name}: {both}", both)


def _share(row: QuestionRow) -> str:
    return f"{percent(row.figure.share)} {row.scale.share_label}: {row.question.short}"


def method(explained: Method) -> str:
    """What the audit allows to be said of the release in force."""
    audit = explained.audit
    if audit is None or audit.derivable_groups_below_k:
        return f"Sådan er tallene i udgivelse {explained.release.number} lavet"
    return f"Ingen gruppe på under {explained.least_persons} personer kan udledes af tallene"


def alt_text(title: str, selection: Selection) -> str:
    """What a figure says to somebody who does not see it."""
    return f"{title}. {selection.describe()}. Tallene står i tabellen under figuren."


def _nothing(selection: Selection, rows: Sequence[QuestionRow]) -> str:
    if any(row.figure.state is State.HIDDEN for row in rows):
        return f"{selection.unit.name}: {State.HIDDEN.lower()}"
    return f"{selection.unit.name}: ingen svar i {selection.year}"


def _every(themes: int) -> str:
    return "det ene tema" if themes == 1 else f"alle {themes} temaer"


def _fitting(full: str, without_unit: str) -> str:
    """The unit stands under the title too, so it goes before either half of the finding does."""
    return full if len(full) <= LONGEST else without_unit
