"""Legend and findings as HTML. Every text is escaped here."""

from collections.abc import Iterator, Sequence
from html import escape

from indicators.danish import NO_BREAK, lower_first, number, percent, upper_first
from indicators.figure import State
from indicators.overview import Finding, UnitColumn
from indicators.selection import Option
from views.foundation import readings
from views.foundation.theme import CLEAR_STYLES


def said(finding: str, measure: str) -> str:
    """What the table shows in one sentence, and what its numbers are."""
    return f"<p>{f'<b>{escape(finding)}.</b> ' if finding else ''}{escape(measure)}</p>"


def legend(columns: Sequence[UnitColumn]) -> str:
    """What colour, triangle and hatching mean, of what there is in the table."""
    scores = [score for column in columns for score in column.scores.values()]
    parts = []
    if any(score.judgement and score.judgement.verdict for score in scores):
        parts += map(readings.chip, CLEAR_STYLES)
        parts.append('<i class="lige"></i>Ikke til at skelne, eller for få svar')
    if any(score.state is State.HIDDEN for score in scores):
        parts.append(f'<i class="skjult"></i>{State.HIDDEN}')
    return f'<div class="svarfarver">{"".join(f"<span>{part}</span>" for part in parts)}</div>'


def finding(found: Finding, others: Option) -> str:
    """The question with its numbers, what is said of them, and how many answered."""
    row = found.row
    beware = [upper_first(readings.BY_MIX)] if readings.star(row.figure.judgement) else []
    beware += [readings.HIGH_IS_BAD] if row.question.high_is_bad else []
    small = "".join(f"<small>{one}</small>" for one in beware)
    return f'<p class="fund"><b>{escape(row.question.short)}</b>{" · ".join(_said(found, others))}{small}</p>'


def _said(found: Finding, others: Option) -> Iterator[str]:
    figure, turn = found.row.figure, found.turn
    if figure.judgement and figure.judgement.is_clear:
        benchmark = percent(found.row.benchmark.share)
        yield f"{percent(figure.share)} mod {benchmark} hos {escape(lower_first(others.name))}"
        yield readings.chip(figure.judgement.verdict)
    else:
        yield percent(figure.share)
    if turn:
        yield f"{turn.change} fra {percent(figure.share - turn.difference)} i {turn.earlier_year}"
    yield f"{number(figure.n)}{NO_BREAK}svar"
