"""One question over the years, from the store."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, NOBODY, GroupFigures, Rounds, Which, groups
from data_access.dashboard.models import Release
from indicators.disclosure import persons_for_detail
from indicators.figure import Figure, State
from indicators.judgement import YearChange
from indicators.questionnaire import SeriesBreak
from indicators.report import Asked
from indicators.selection import ALL_EDUCATIONS, EVERYONE_ELSE, Option, Selection
from indicators.trend import Role, Trend, TrendPoint, TrendSeries
from views.foundation.report_source import Source
from views.subjects.trend import headline

ROLES = (Role.SECOND, Role.THIRD)
ByRound = Sequence[tuple[Rounds, dict[str, GroupFigures]]]


def trend(
    session: Session, selection: Selection, also: Sequence[Option] = (), release: Release | None = None
) -> Trend:
    """The unit, what it is compared with, and up to two more."""
    source = Source.of(session, selection, release)
    others = [one for one in also if one not in (selection.unit, selection.compared_with)]
    by_round = _by_unit(source, (selection.unit, source.beside, *others))
    own = _series(source, by_round, selection.unit, Role.OWN)
    series = [own]
    if selection.compares and selection.compared_with.key == EVERYONE_ELSE:
        series.append(_everyone_else(source, by_round))
    elif selection.compares:
        series.append(_series(source, by_round, selection.compared_with, Role.BENCHMARK))
    series += [_series(source, by_round, unit, role) for unit, role in zip(others, ROLES, strict=False)]
    asked = _asked(source)
    return _trend(source, asked, headline.trend(selection, asked, own, _breaks(source)), series)


def educations(session: Session, selection: Selection, release: Release | None = None) -> Trend:
    """The unit's educations, each a series of its own, after the one of them all if all were asked."""
    selection = replace(selection, education=ALL_EDUCATIONS)
    source = Source.of(session, selection, release)
    asked = _asked(source)
    is_common = asked.question.common
    all_of_them = [_series(source, _by_unit(source, (selection.unit,)), selection.unit, Role.OWN)]
    by_round = _by_education(source)
    names = queries.educations(session, {education for _, found in by_round for education in found})
    every = [_series(source, by_round, one, Role.SECOND) for one in names]
    # Those that were never asked are hidden as those are that hardly anybody answered.
    there = {State.SHOWN, State.HIDDEN} if is_common else {State.SHOWN}
    series = [one for one in every if there & one.states]
    title = headline.educations(selection, asked, series)
    return _trend(source, asked, title, (all_of_them if is_common else []) + series, by_education=True)


def _trend(
    source: Source, asked: Asked, title: str, series: Sequence[TrendSeries], by_education: bool = False
) -> Trend:
    return Trend(
        title=title,
        selection=source.selection,
        origin=source.origin,
        response=source.group(source.selection.unit).response,
        notes=source.notes,
        asked=asked,
        series=tuple(series),
        breaks=_breaks(source),
        by_education=by_education,
    )


def _asked(source: Source) -> Asked:
    """As it was worded in the selection's year, or else when it was asked last."""
    chosen, years = source.selection, [rounds.now.year for rounds in _rounds(source)]
    year = chosen.year if chosen.year in years else years[-1]
    return replace(source, selection=replace(chosen, year=year)).asked(chosen.question.key)


def _breaks(source: Source) -> tuple[SeriesBreak, ...]:
    """The question's, as the newest round knows them."""
    newest, question = queries.questionnaire(source.survey_rounds[-1]), source.selection.question.key
    return tuple(one for one in newest.series_breaks if one.question in (None, question))


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


def _series(source: Source, by_round: ByRound, about: Option, role: Role) -> TrendSeries:
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
    return TrendSeries(source.selection.compared_with, Role.BENCHMARK, tuple(points))


def _point(source: Source, rounds: Rounds, figure: Figure, change: YearChange | None = None) -> TrendPoint:
    few = figure.persons is not None and figure.persons < persons_for_detail(source.release.least_persons)
    return TrendPoint(rounds.now.year, figure, change, is_uncertain=few)
