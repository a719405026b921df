"""The title of Udvikling: a change is claimed only where the stored one says so."""

from collections.abc import Sequence

from indicators.danish import lower_first, percent
from indicators.figure import State
from indicators.profile import subject
from indicators.questionnaire import SeriesBreak
from indicators.report import Asked
from indicators.selection import Selection
from indicators.trend import TrendSeries
from indicators.verdicts import Change
from views.foundation import readings

SURE = (Change.FALLEN, Change.RISEN)


def trend(selection: Selection, asked: Asked, own: TrendSeries, breaks: Sequence[SeriesBreak]) -> str:
    """What has happened to the question since the round before the chosen year."""
    who, now = (subject(selection) or selection.unit).name, own.at(selection.year)
    if now is None:
        return f"{asked.question.short}: ikke stillet i {selection.year}"
    if now.figure.state is not State.SHOWN:
        return f"{who}: {lower_first(now.figure.state)} i {selection.year}"
    said = f"{asked.question.short}: {_since_the_round_before(selection.year, own, breaks)}"
    return readings.fitting(f"{who} \N{EN DASH} {said}", said)


def educations(selection: Selection, asked: Asked, series: Sequence[TrendSeries]) -> str:
    """How many of the unit's educations have surely changed since the round before the chosen year."""
    found = [point.change for one in series if (point := one.at(selection.year)) and point.change]
    changes = [one.change for one in found if one.change is not Change.TOO_FEW]
    if not changes:
        said = "for få svar til at vurdere ændringer på uddannelserne"
    else:
        counted = readings.counted(changes, SURE, f"{len(changes)} uddannelser")
        none = f"ingen sikker ændring på {len(changes)} uddannelse{'' if len(changes) == 1 else 'r'}"
        said = f"{counted or none} siden {found[0].earlier_year}"
    about = f"{asked.question.short}: {said}"
    return readings.fitting(f"{selection.unit.name} \N{EN DASH} {about}", about)


def _since_the_round_before(year: int, own: TrendSeries, breaks: Sequence[SeriesBreak]) -> str:
    now, before = own.at(year), own.before(year)
    if now.figure.share is None:
        return f"{now.figure.status} i {year}"
    share = percent(now.figure.share)
    if before and any(before.year < one.year <= year for one in breaks):
        return f"{share} i {year}, kan ikke sammenlignes med {before.year}"
    if now.change is None:
        return f"{share} i {year}"
    since = now.change.earlier_year
    if now.change.change in SURE:
        earlier = percent(now.figure.share - now.change.difference)
        return f"{lower_first(now.change.change)} fra {earlier} til {share} siden {since}"
    if now.change.change is Change.TOO_FEW:
        return f"{share}, for få svar til at vurdere en ændring"
    return f"{share}, ingen sikker ændring siden {since}"
