"""Computed titles about responses. Hidden is never called too few: it may protect a neighbour."""

from collections.abc import Sequence

from indicators.danish import lower_first, number, percent
from indicators.data_quality import Coverage, ResponseTable
from indicators.figure import Response, State
from indicators.groups import kind_of
from indicators.selection import ALL, Option, Selection
from views.foundation import readings


def response(selection: Selection, own: Response, level: Option, hidden_of_all: tuple[int, int]) -> str:
    """How many of the selection answered, and how much of the level is hidden."""
    return _answered(selection, own, _hidden(level, *hidden_of_all))


def response_of_few(report: ResponseTable, shown: int) -> str:
    """The same over a picture of some of them."""
    of_all = f"her er {shown} af {report.invited} {lower_first(report.level.name)}"
    return _answered(report.selection, report.response, [of_all])


def _answered(selection: Selection, own: Response, more: Sequence[str]) -> str:
    unit = selection.unit.name
    if own.state is State.HIDDEN:
        return f"{unit}: {State.HIDDEN.lower()}"
    if own.state is State.NO_ANSWERS:
        return f"{unit}: ingen inviterede i {selection.year}"
    answered = "besvarelser" if own.rate is None else "svarede"
    many = f"{number(own.answers) if own.rate is None else percent(own.rate)} {answered}"
    finding = "; ".join([many, *more])
    return finding if selection.unit.key == ALL else readings.fitting(f"{unit}: {finding}", finding)


def _hidden(level: Option, hidden: int, invited: int) -> list[str]:
    what = lower_first(level.name)
    if not invited:
        return []
    if not hidden:
        return [f"alle {invited} {what} vises"] if invited > 1 else []
    return [f"{hidden} af {invited} {what} vises ikke af hensyn til anonymitet"]


def coverage(level: Option, responses: Sequence[Response]) -> str:
    """Of how many pairs of unit and education there is something to show."""
    what = f"{lower_first(kind_of(level.key))} og uddannelse"
    if not responses:
        return f"Ingen {lower_first(level.name)} er inviteret"
    shown = sum(one.state is State.SHOWN for one in responses)
    return f"Der er tal for {number(shown)} af {number(len(responses))} kombinationer af {what}"


def participation(states: Sequence[Coverage]) -> str:
    """How many of the invited municipalities are shown."""
    invited = len(states) - states.count(Coverage.NOT_INVITED)
    if not invited:
        return "Ingen kommuner er inviteret"
    shown = states.count(Coverage.SHOWN)
    many = f"Alle {invited}" if shown == invited > 1 else f"{shown} af {invited}"
    return f"{many} inviterede kommuner vises"
