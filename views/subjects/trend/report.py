"""One question over the years, under a title that claims a change only where the stored one says so."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, NOBODY, GroupFigures, Rounds, Which, groups
from data_access.dashboard.models import Release
from indicators.danish import lower_first, percent
from indicators.disclosure import persons_for_detail
from indicators.figure import Figure, State
from indicators.judgement import Change, YearChange
from indicators.profile import subject
from indicators.questionnaire import SeriesBreak
from indicators.report import Asked
from indicators.selection import ALL_EDUCATIONS, EVERYONE_ELSE, Option, Selection, is_joined
from indicators.trend import BY_EDUCATION, BY_MEMBER, LineRole, Split, Trend, TrendPoint, TrendSeries
from views.foundation import readings
from views.foundation.report_source import Source

ROLES = (LineRole.SECOND, LineRole.THIRD)
ByRound = Sequence[tuple[Rounds, dict[str, GroupFigures]]]


def trend(
    session: Session, selection: Selection, also: Sequence[Option] = (), release: Release | None = None
) -> Trend:
    """The unit, what it is compared with, and up to two more, year by year."""
    source = Source.of(session, selection.last_alone, release)
    selection = source.selection
    others = [one for one in also if one not in (selection.unit, selection.compared_with)]
    by_round = _by_unit(source, (selection.unit, source.beside, *others))
    own = _series(source, by_round, selection.unit, LineRole.OWN)
    series = [own]
    if selection.compares and selection.compared_with.key == EVERYONE_ELSE:
        series.append(_everyone_else(source, by_round))
    elif selection.compares:
        series.append(_series(source, by_round, selection.compared_with, LineRole.BENCHMARK))
    series += [_series(source, by_round, unit, role) for unit, role in zip(others, ROLES, strict=False)]
    asked = _asked(source)
    return _trend(source, asked, title(selection, asked, own, _breaks(source)), series)


def educations(session: Session, selection: Selection, release: Release | None = None) -> Trend:
    """The unit's educations, each a series of its own, after the one of them all if all were asked."""
    selection = replace(selection.last_alone, education=ALL_EDUCATIONS)
    source = Source.of(session, selection, release)
    asked = _asked(source)
    is_common = asked.question.common
    all_of_them = [_series(source, _by_unit(source, (selection.unit,)), selection.unit, LineRole.OWN)]
    by_round = _by_education(source)
    names = queries.educations(session, {education for _, found in by_round for education in found})
    every = [_series(source, by_round, name, LineRole.SECOND) for name in names]
    # Those that were never asked are hidden as those are that hardly anybody answered.
    there = {State.SHOWN, State.HIDDEN} if is_common else {State.SHOWN}
    series = [one for one in every if there & one.states]
    title = title_of_parts(selection, asked, series, BY_EDUCATION)
    return _trend(source, asked, title, (all_of_them if is_common else []) + series, BY_EDUCATION)


def members(session: Session, selection: Selection, release: Release | None = None) -> Trend:
    """The places of a group, or the units that are added up, each a series of its own, after all of them."""
    source = Source.of(session, selection.last_alone, release)
    selection, asked = source.selection, _asked(source)
    places = queries.members_of(session, selection.unit.key, selection.year)
    by_round = _by_unit(source, (selection.unit, *places))
    together = _series(source, by_round, selection.unit, LineRole.OWN)
    apart = [_series(source, by_round, place, LineRole.SECOND) for place in places]
    title = title_of_parts(selection, asked, apart, BY_MEMBER)
    return _trend(source, asked, title, [together, *apart], BY_MEMBER)


def _trend(
    source: Source, asked: Asked, title: str, series: Sequence[TrendSeries], split: Split | None = None
) -> Trend:
    return Trend(
        title=title,
        selection=source.selection,
        origin=source.origin,
        response=source.group(source.selection.unit).response,
        notes=source.notes_on_time if split == BY_MEMBER else source.notes,
        asked=asked,
        series=tuple(series),
        breaks=_breaks(source),
        split=split,
    )


def _asked(source: Source) -> Asked:
    """As it was worded in the selection's year, or else when it was asked last."""
    chosen, years = source.selection, [rounds.now.year for rounds in _rounds(source)]
    year = chosen.year if chosen.year in years else years[-1]
    return replace(source, selection=replace(chosen, year=year)).asked(chosen.question.key)


def _breaks(source: Source) -> tuple[SeriesBreak, ...]:
    """The question's, as the newest round knows them."""
    newest, question = queries.questionnaire(source.survey_rounds[-1]), source.selection.question.key
    return tuple(
        series_break for series_break in newest.series_breaks if series_break.question in (None, question)
    )


def _rounds(source: Source) -> Iterator[Rounds]:
    """The survey's rounds that asked the question, each with the one before it."""
    published = source.survey_rounds
    for before, now in zip([None, *published], published, strict=False):
        if any(one["id"] == source.selection.question.key for one in now.questionnaire["questions"]):
            yield Rounds(now, before)


def _by_unit(source: Source, units: Sequence[Option]) -> ByRound:
    chosen, keys = source.selection, tuple({unit.key for unit in units})
    which = Which(keys, "", chosen.education.key, chosen.institution.key, chosen.question.key)
    return _found(source, which, lambda cell: cell.unit)


def _by_education(source: Source) -> ByRound:
    chosen = source.selection
    which = Which((chosen.unit.key,), "", EACH, chosen.institution.key, chosen.question.key)
    return _found(source, which, lambda cell: cell.education)


def _found(source: Source, which: Which, key: Callable) -> ByRound:
    """One query a round, with nothing but this question."""
    return [
        (rounds, {key(cell): one for cell, one in groups(source.session, rounds, which).items()})
        for rounds in _rounds(source)
    ]


def _series(source: Source, by_round: ByRound, about: Option, role: LineRole) -> TrendSeries:
    question, points = source.selection.question.key, []
    for rounds, found in by_round:
        group = found.get(about.key, NOBODY)
        points.append(_point(source, rounds, group.figure(question), group.changes.get(question)))
    return TrendSeries(about, role, tuple(points))


def _everyone_else(source: Source, by_round: ByRound) -> TrendSeries:
    question, unit = source.selection.question.key, source.selection.unit.key
    points = []
    for rounds, found in by_round:
        own, other = (found.get(key, NOBODY).figure(question) for key in (unit, source.beside.key))
        points.append(_point(source, rounds, source.benchmark(own, other)))
    return TrendSeries(source.selection.compared_with, LineRole.BENCHMARK, tuple(points))


def _point(source: Source, rounds: Rounds, figure: Figure, change: YearChange | None = None) -> TrendPoint:
    few = figure.persons is not None and figure.persons < persons_for_detail(source.release.least_persons)
    return TrendPoint(rounds.now.year, figure, change, is_uncertain=few)


SURE = (Change.FALLEN, Change.RISEN)


def title(selection: Selection, asked: Asked, own: TrendSeries, breaks: Sequence[SeriesBreak]) -> str:
    """What has happened to the question since the round before the chosen year."""
    who, now = (subject(selection) or selection.unit).name, own.at(selection.year)
    if now is None:
        return f"{asked.question.short}: ikke stillet i {selection.year}"
    if now.figure.state is not State.SHOWN:
        return f"{who}: {lower_first(now.figure.state)} i {selection.year}"
    said = f"{asked.question.short}: {_since_the_round_before(selection.year, own, breaks)}"
    return readings.fitting(f"{who} \N{EN DASH} {said}", said)


def title_of_parts(selection: Selection, asked: Asked, series: Sequence[TrendSeries], split: Split) -> str:
    """How many of the unit's parts have surely changed since the round before the chosen year."""
    found = [point.change for curve in series if (point := curve.at(selection.year)) and point.change]
    changes = [one.change for one in found if one.change is not Change.TOO_FEW]
    if split == BY_EDUCATION and is_joined(selection.unit.key):
        said = readings.ADDED_UP
    elif not changes:
        said = f"for få svar til at vurdere ændringer på {split.definite_plural}"
    else:
        counted = readings.counted(changes, SURE, f"{len(changes)} {split.plural}")
        parts = split.singular.lower() if len(changes) == 1 else split.plural
        said = f"{counted or f'ingen sikker ændring på {len(changes)} {parts}'} siden {found[0].earlier_year}"
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
