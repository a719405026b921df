"""One question over the years, from the store."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, NOBODY, Group, Rounds, Which, groups
from data_access.dashboard.models import Release
from indicators.figure import Figure
from indicators.selection import Named, Selection
from indicators.trend import Point, Role, Series, Trend
from views.reports import Source
from views.trend import headline

ROLES = (Role.SECOND, Role.THIRD)


def trend(
    session: Session, selection: Selection, also: Sequence[Named] = (), release: Release | None = None
) -> Trend:
    """The unit, what it is compared with, and up to two more."""
    source = Source.of(session, selection, release)
    units = [selection.unit, *(one for one in also if one != selection.unit)]
    by_round = [(rounds, _by_unit(source, rounds, (*units, source.beside))) for rounds in _asked_in(source)]
    series = [_unit_series(source, by_round, selection.unit, Role.OWN)]
    if selection.compares:
        series.append(_benchmark_series(source, by_round))
    series += [
        _unit_series(source, by_round, unit, role) for unit, role in zip(units[1:], ROLES, strict=False)
    ]
    return _trend(source, series)


def educations(session: Session, selection: Selection, release: Release | None = None) -> Trend:
    """The unit's educations, each a series of its own after the one of them all."""
    source = Source.of(session, selection, release)
    by_round = [(rounds, _by_education(source, rounds)) for rounds in _asked_in(source)]
    overall = [(rounds, _by_unit(source, rounds, (selection.unit,))) for rounds in _asked_in(source)]
    ids = sorted({education for _, found in by_round for education in found})
    shown = [
        series
        for named in queries.educations(session, ids)
        if (series := _series(by_round, named.key, named, Role.SECOND, source)).shown
    ]
    return _trend(source, [_unit_series(source, overall, selection.unit, Role.OWN), *shown], True)


ByRound = Sequence[tuple[Rounds, dict[str, Group]]]


def _trend(source: Source, series: Sequence[Series], by_education: bool = False) -> Trend:
    chosen, asked = source.selection, source.asked(source.selection.question.key)
    newest = queries.questionnaire(source.survey_rounds[-1])
    breaks = [one for one in newest.series_breaks if one.question in (None, asked.question.id)]
    return Trend(
        title=headline.trend(chosen, asked, series[0], breaks),
        selection=chosen,
        origin=source.origin,
        response=source.group(chosen.unit).response,
        notes=source.notes,
        asked=asked,
        series=tuple(series),
        breaks=tuple(breaks),
        by_education=by_education,
    )


def _asked_in(source: Source) -> Iterator[Rounds]:
    """The survey's rounds that asked the question, each with the one before it."""
    published = source.survey_rounds
    for before, now in zip([None, *published], published, strict=False):
        if any(one["id"] == source.selection.question.key for one in now.questionnaire["questions"]):
            yield Rounds(now, before)


def _by_unit(source: Source, rounds: Rounds, units: Sequence[Named]) -> dict[str, Group]:
    chosen, keys = source.selection, tuple({unit.key for unit in units})
    which = Which(keys, "", chosen.education.key, chosen.institution.key, chosen.question.key)
    return {cell.unit: one for cell, one in groups(source.session, rounds, which).items()}


def _by_education(source: Source, rounds: Rounds) -> dict[str, Group]:
    chosen = source.selection
    which = Which((chosen.unit.key,), "", EACH, chosen.institution.key, chosen.question.key)
    return {cell.education: one for cell, one in groups(source.session, rounds, which).items()}


def _unit_series(source: Source, by_round: ByRound, unit: Named, role: Role) -> Series:
    return _series(by_round, unit.key, unit, role, source)


def _series(by_round: ByRound, key: str, about: Named, role: Role, source: Source) -> Series:
    question = source.selection.question.key
    points = []
    for rounds, found in by_round:
        group = found.get(key, NOBODY)
        points.append(Point(rounds.now.year, group.figure(question), group.changes.get(question)))
    return Series(about, role, tuple(points))


def _benchmark_series(source: Source, by_round: ByRound) -> Series:
    question, own = source.selection.question.key, source.selection.unit.key

    def benchmark(found: dict[str, Group]) -> Figure:
        ours, theirs = found.get(own, NOBODY), found.get(source.beside.key, NOBODY)
        return source.benchmark(ours.figure(question), theirs.figure(question))

    points = tuple(Point(rounds.now.year, benchmark(found)) for rounds, found in by_round)
    return Series(source.selection.compared_with, Role.BENCHMARK, points)
