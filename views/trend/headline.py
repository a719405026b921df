"""The title of Udvikling: a change is claimed only where the stored one says so."""

from collections.abc import Sequence

from indicators.danish import percent
from indicators.figure import State
from indicators.questionnaire import SeriesBreak
from indicators.report import Asked
from indicators.selection import Selection
from indicators.trend import Series
from indicators.verdicts import Change
from views import headlines


def trend(selection: Selection, asked: Asked, own: Series, breaks: Sequence[SeriesBreak]) -> str:
    """What has happened to the question since the round before the chosen year."""
    about, now = asked.question.short, own.at(selection.year)
    if now is None or now.figure.share is None:
        state = State.NO_ANSWERS if now is None else now.figure.status
        return headlines.fitting(f"{selection.unit.name}: {state.lower()} i {selection.year}", str(state))
    said = _since_the_round_before(selection.year, own, breaks)
    return headlines.fitting(f"{selection.unit.name} \N{EN DASH} {about}: {said}", f"{about}: {said}")


def _since_the_round_before(year: int, own: Series, breaks: Sequence[SeriesBreak]) -> str:
    now, earlier = own.at(year), [point for point in own.shown if point.year < year]
    share = percent(now.figure.share)
    if not earlier:
        return f"{share} i {year}"
    if now.change is None:
        broken = any(earlier[-1].year < one.year <= year for one in breaks)
        return f"{share} i {year}, databrud siden {earlier[-1].year}" if broken else f"{share} i {year}"
    since = now.change.earlier_year
    if now.change.change in (Change.RISEN, Change.FALLEN):
        before = percent(own.at(since).figure.share)
        return f"{now.change.change.lower()} fra {before} til {share} siden {since}"
    if now.change.change is Change.TOO_FEW:
        return f"{share}, for få svar til at vurdere en ændring"
    return f"{share}, ingen sikker ændring siden {since}"
