"""One question, unit by unit, from the store."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, GroupFigures, Which, group, groups
from data_access.dashboard.models import Release
from data_access.problems import SelectionProblem
from indicators.cells import Cell
from indicators.figure import Figure
from indicators.groups import kind_key
from indicators.judging import compared_within
from indicators.ranking import EDUCATIONS, INSTITUTIONS, PLACES, Ranking, RankingLine, by_name, part_of
from indicators.report import Asked
from indicators.selection import ALL, COMPARED_WITH_EVERYONE_ELSE, Option, Selection
from views.foundation.report_source import Source
from views.subjects.comparison import headline


def levels(session: Session, selection: Selection, release: Release | None = None) -> tuple[Option, ...]:
    """What the question can be compared over: the chosen unit's kind first, and last those not in force."""
    source = Source.of(session, selection, release)
    choices = queries.choices(session, source.release, selection.survey.key)
    shown = queries.parts_shown(session, source.rounds.now)
    first = {kind_key(unit.key): unit for unit in reversed(choices.units) if unit.key in shown.units}

    def after(level: Option) -> tuple[bool, bool]:
        return level.key != kind_key(selection.unit.key), any(source.outside_its_time(first[level.key]))

    places = sorted((level for level in PLACES if level.key in first), key=after)
    parts = [(EDUCATIONS, shown.educations), (INSTITUTIONS, shown.institutions)]
    return (*places, *(level for level, ones in parts if len(ones) > 1))


def ranking(session: Session, selection: Selection, level: Option, release: Release | None = None) -> Ranking:
    """Every one of the level beside everyone else, whatever the reader compares with."""
    selection = replace(selection, compared_with=COMPARED_WITH_EVERYONE_ELSE)
    source = Source.of(session, selection, release)
    asked = _asked(source)
    found = _found(source, level)
    own, lines = _own(source, level), by_name(_lines(source, level, found))
    return Ranking(
        title=headline.ranking(selection, asked, level, lines, own),
        selection=selection,
        origin=source.origin,
        response=source.group(selection.unit).response,
        notes=source.notes_on(level, [line.about for line in lines] if level in PLACES else ()),
        level=level,
        asked=asked,
        lines=lines,
        common=_common(source, found),
        own=own,
    )


def _asked(source: Source) -> Asked:
    chosen = source.selection
    if not any(one.id == chosen.question.key for one in source.questionnaire.questions):
        raise SelectionProblem(
            f"«{chosen.question.name}» blev ikke stillet i {chosen.year}. "
            "Vælg et andet spørgsmål eller et andet år."
        )
    return source.asked(chosen.question.key)


def _found(source: Source, level: Option) -> dict[Cell, GroupFigures]:
    chosen = source.selection
    parts = {"education": chosen.education.key, "institution": chosen.institution.key}
    if level in PLACES:
        parts["kind"] = level.key
    else:
        parts |= {"units": (chosen.unit.key,), part_of(level): EACH}
    which = Which(**parts, question=chosen.question.key)
    found = groups(source.session, source.rounds, which)
    if level == EDUCATIONS and not source.asked(chosen.question.key).question.common:
        return {cell: one for cell, one in found.items() if one.figures}  # the other ones were never asked
    return found


def _lines(source: Source, level: Option, found: dict[Cell, GroupFigures]) -> Iterator[RankingLine]:
    by_key = {getattr(cell, part_of(level)): one for cell, one in found.items()}
    named = {EDUCATIONS: queries.educations, INSTITUTIONS: queries.institutions}.get(level)
    names = named(source.session, by_key) if named else queries.units(source.session, level.key)
    for one in names:
        if one.key in by_key:
            yield RankingLine(one, by_key[one.key].figure(source.selection.question.key))


def _common(source: Source, found: dict[Cell, GroupFigures]) -> Figure | None:
    """The figure that all are held up against, if it is the same one."""
    totals = {compared_within(cell) for cell in found}
    if len(totals) != 1:
        return None
    total = totals.pop()
    where = total.unit, total.education, total.institution
    return group(source.session, source.rounds, *where).figure(source.selection.question.key)


def _own(source: Source, level: Option) -> tuple[Option, ...]:
    """The choice itself, or the clusters, councils ... that the chosen unit counts in."""
    chosen = source.selection
    mine = getattr(chosen, part_of(level))
    if level not in PLACES:
        return () if mine.key == ALL else (mine,)
    around = [mine, *queries.groups_of(source.session, mine.key, chosen.year)]
    return tuple(one for one in around if kind_key(one.key) == level.key)
