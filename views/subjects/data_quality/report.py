"""The responses of a round from the store: by place, by education, and where in the country."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, Rounds, Which, groups
from data_access.dashboard.models import PublishedRound, Release
from indicators.cells import Cell
from indicators.data_quality import (
    BY_EDUCATION,
    CoverageTable,
    NationalParticipation,
    ResponseLine,
    ResponseTable,
    coverage_of,
)
from indicators.disclosure import persons_for_detail
from indicators.figure import Response, State
from indicators.response import gap
from indicators.selection import ALL_EDUCATIONS, Option, Selection
from indicators.unit_kinds import MUNICIPALITY
from views.foundation.report_source import Source
from views.subjects.data_quality import words

_NO_QUESTION = "-"  # no question has this id, so that responses are read without their figures


def responses(
    session: Session, selection: Selection, level: Option, release: Release | None = None
) -> ResponseTable:
    """Who answered, by unit of the level or by education, beside the round before."""
    source = _source(session, selection, release)
    found, earlier = _of_level(source, source.rounds.now, level), _earlier(source, level)
    names = _names(source, level, found)
    certain_from = persons_for_detail(source.release.least_persons)

    def line(about: Option, given: Response) -> ResponseLine:
        missing = gap(given.answers, given.invited, certain_from)
        return ResponseLine(about, given, earlier.get(about.key), missing)

    lines = [line(name, found[name.key]) for name in names if found[name.key].state is State.SHOWN]
    hidden = tuple(name for name in names if found[name.key].state is State.HIDDEN)
    own = source.group(selection.unit).response
    return ResponseTable(
        title=words.title_of_responses(source.selection, own, level, (len(hidden), len(names))),
        **_about(source, own, level, names),
        level=level,
        lines=tuple(sorted(lines, key=_highest_rate_first)),
        hidden=hidden,
        earlier_year=source.rounds.before.year if earlier else None,
    )


def coverage(
    session: Session, selection: Selection, level: Option, release: Release | None = None
) -> CoverageTable:
    """Which units of the level there is something to show of, education by education."""
    source = _source(session, replace(selection, education=ALL_EDUCATIONS), release)
    found = _responses(source, source.rounds.now, Which(kind=level.key, education=EACH))
    given = {(cell.unit, cell.education): one for cell, one in found.items()}
    units = [one for one in queries.units(session, level.key) if one.key in {unit for unit, _ in given}]
    return CoverageTable(
        title=words.title_of_coverage(level, list(given.values())),
        **_about(source, source.group(selection.unit).response, level, units),
        level=level,
        units=tuple(units),
        educations=queries.educations(session, {education for _, education in given}),
        responses=given,
    )


def participation(
    session: Session, selection: Selection, release: Release | None = None
) -> NationalParticipation:
    """Which municipalities of the country there is something to show of."""
    source = _source(session, selection, release)
    which = Which(kind=MUNICIPALITY.key, education=selection.education.key)
    found = {cell.unit: given for cell, given in _responses(source, source.rounds.now, which).items()}
    every = queries.units(session, MUNICIPALITY.key)
    places = tuple((place, coverage_of(found.get(place.key))) for place in every)
    return NationalParticipation(
        title=words.title_of_participation([state for _, state in places]),
        **_about(
            source, source.group(selection.unit).response, Option(MUNICIPALITY.key, MUNICIPALITY.plural), ()
        ),
        places=places,
        responses=found,
    )


def _source(session: Session, selection: Selection, release: Release | None) -> Source:
    """Nothing is held up against anything here."""
    return Source.of(session, replace(selection, compared_with=selection.unit), release)


def _about(source: Source, own: Response, level: Option, those: Iterable[Option]) -> dict[str, object]:
    return {
        "selection": source.selection,
        "origin": source.origin,
        "response": own,
        "notes": source.notes_on(level, () if level.key == BY_EDUCATION else those),
    }


def _responses(source: Source, a_round: PublishedRound, which: Which) -> Mapping[Cell, Response]:
    which = replace(which, institution=source.selection.institution.key, question=_NO_QUESTION)
    found = groups(source.session, Rounds(a_round), which)
    return {cell: one.response for cell, one in found.items()}


def _of_level(source: Source, a_round: PublishedRound, level: Option) -> dict[str, Response]:
    """Responses by the key of the unit, or of the education within the chosen unit."""
    chosen = source.selection
    if level.key == BY_EDUCATION:
        found = _responses(source, a_round, Which((chosen.unit.key,), education=EACH))
        return {cell.education: given for cell, given in found.items()}
    found = _responses(source, a_round, Which(kind=level.key, education=chosen.education.key))
    return {cell.unit: given for cell, given in found.items()}


def _earlier(source: Source, level: Option) -> dict[str, Response]:
    """What is shown of the round before; nothing where a break in the whole survey lies between."""
    before, year = source.rounds.before, source.selection.year
    if before is None or source.questionnaire.breaks_between(before.year, year, ()):
        return {}
    found = _of_level(source, before, level)
    return {key: given for key, given in found.items() if given.state is State.SHOWN}


def _names(source: Source, level: Option, found: Mapping[str, Response]) -> list[Option]:
    if level.key == BY_EDUCATION:
        return list(queries.educations(source.session, found))
    return [unit for unit in queries.units(source.session, level.key) if unit.key in found]


def _highest_rate_first(line: ResponseLine) -> float:
    return -1 if line.response.rate is None else -line.response.rate
