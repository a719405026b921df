"""One unit from the store: its themes over the years beside everyone else, its parts, and its pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, GroupFigures, Rounds, Which, group, groups
from data_access.dashboard.models import Release
from indicators.figure import QuestionRow, State, ThemeRow
from indicators.profile import (
    Member,
    Profile,
    ProfilePart,
    Side,
    SideBySide,
    ThemeLine,
    group_of_everyone_else,
    theme_breaks,
)
from indicators.questionnaire import Questionnaire, about_theme
from indicators.report import Datum
from indicators.selection import ALL, EVERYONE_ELSE, Option, Selection
from views.foundation.report_source import Source
from views.subjects.overview import headline


def profile(session: Session, selection: Selection, release: Release | None = None) -> Profile:
    """The chosen unit, or the chosen education of all units, in the release in force unless one is named."""
    source = Source.of(session, selection, release)
    own, earlier = source.group(selection.unit), _earlier(source)
    other = None if selection.compared_with.key == EVERYONE_ELSE else source.group(selection.compared_with)
    rows = source.rows_beside_everyone_else(own)
    scored = source.judged_themes(rows, own)
    rounds = [*earlier, _Round(selection.year, source.questionnaire, own)]
    return Profile(
        title=headline.title(selection, rows, scored),
        selection=selection,
        origin=source.origin,
        response=own.response,
        notes=source.notes,
        visible=source.visible(rows),
        rows=rows,
        themes=tuple(_theme_line(row, rounds, other) for row in scored),
        parts=tuple(parts(source)),
        pairs=tuple(pairs(source)),
        earlier_year=earlier[-1].year if earlier else None,
        earlier=earlier[-1].group.response if earlier else None,
        larger=_larger(source),
        members=tuple(_members(source)),
        figures=(
            *figures_of(source, own),
            *_figures_of_everyone_else(selection, rows),
            *(figures_of(source, other, unit=selection.compared_with) if other else ()),
        ),
    )


@dataclass(frozen=True)
class _Round:
    """A year of the survey: what was asked, and the unit's figures."""

    year: int
    questionnaire: Questionnaire
    group: GroupFigures


def _earlier(source: Source) -> list[_Round]:
    """The survey's rounds before the chosen one; several years together have none."""
    chosen = source.selection
    cell = (chosen.unit.key, chosen.education.key, chosen.institution.key)
    return [
        _Round(one.year, queries.questionnaire(one), group(source.session, Rounds(one), *cell))
        for one in queries.rounds_of_survey(source.session, source.release, chosen.survey.key)
        if one.year < chosen.year and not chosen.first_year
    ]


def _theme_line(row: ThemeRow, rounds: Sequence[_Round], other: GroupFigures | None) -> ThemeLine:
    theme = row.theme.id
    return ThemeLine(
        row=row,
        beside=other and other.score(theme),
        change=rounds[-1].group.changes.get(about_theme(theme)),
        years=tuple((one.year, one.group.score(theme).share) for one in rounds),
        breaks=theme_breaks([(one.year, one.questionnaire) for one in rounds], theme),
    )


def _larger(source: Source) -> tuple[Option, ...]:
    """The groups that the unit counts in that year, as far as they are shown."""
    chosen = source.selection
    around = queries.groups_of(source.session, chosen.unit.key, chosen.year)
    parts = {"education": chosen.education.key, "institution": chosen.institution.key}
    which = Which(tuple(one.key for one in around), **parts)
    found = groups(source.session, source.rounds, which)
    shown = {cell.unit for cell, some in found.items() if some.response.state is State.SHOWN}
    return tuple(one for one in around if one.key in shown and not list(source.outside_its_time(one)))


def _members(source: Source) -> Iterator[Member]:
    """The places of a group that year, those too where nothing is shown."""
    chosen = source.selection
    places = queries.members_of(source.session, chosen.unit.key, chosen.year)
    found = source.groups(places)
    for place in places:
        some = found[place.key]
        scores = {theme.id: some.score(theme.id) for theme in source.questionnaire.themes}
        yield Member(place, scores, tuple(figures_of(source, some, unit=place)), some.response)


def _figures_of_everyone_else(selection: Selection, rows: Sequence[QuestionRow]) -> Iterator[Datum]:
    who = group_of_everyone_else(selection)
    for row in rows:
        yield Datum(selection.years, **who, theme=row.theme, question=row.question, figure=row.benchmark)


def parts(source: Source) -> Iterator[ProfilePart]:
    """By name; those that are hidden too, for that there is such a part is no secret."""
    chosen = source.selection
    if chosen.education.key == ALL:
        by, named = "education", queries.educations
        which = Which((chosen.unit.key,), education=EACH, institution=chosen.institution.key)
    else:
        by, named = "institution", queries.institutions
        which = Which((chosen.unit.key,), education=chosen.education.key, institution=EACH)
    found = {getattr(cell, by): some for cell, some in groups(source.session, source.rounds, which).items()}
    for one in named(source.session, found):
        some = found[one.key]
        scores = {theme.id: some.score(theme.id) for theme in source.questionnaire.themes}
        yield ProfilePart(one, scores, tuple(figures_of(source, some, **{by: one})))


def figures_of(source: Source, group: GroupFigures, **who: Option) -> Iterator[Datum]:
    """The figures of a group that is as chosen but for what `who` names: unit, education or institution."""
    chosen = source.selection
    about = {"unit": chosen.unit, "education": chosen.education, "institution": chosen.institution} | who
    for question in source.questions:
        theme, figure = source.asked(question.id).theme, group.figure(question.id)
        yield Datum(chosen.years, **about, theme=theme, question=question, figure=figure)


def pairs(source: Source) -> Iterator[SideBySide]:
    """The matched pairs of all questionnaires, where both sides were asked that year and one is shown."""
    surveys = {named.key: _Answered(source, named) for named in _asked_that_year(source)}
    for survey in surveys.values():
        for pair in survey.source.questionnaire.pairs:
            other = surveys.get(pair.other_survey)
            if other and other.was_asked(pair.other_question):
                sides = other.side(pair.other_question), survey.side(pair.question)
                if State.SHOWN in {side.figure.state for side in sides}:
                    yield SideBySide(pair.name, sides)


def _asked_that_year(source: Source) -> Iterator[Option]:
    for survey in queries.surveys(source.session, source.release):
        rounds = queries.every_round_of_survey(source.session, source.release, survey.key)
        if source.selection.years in {published.years for published in rounds}:
            yield survey


class _Answered:
    """What the unit answered to one survey."""

    def __init__(self, source: Source, survey: Option) -> None:
        self.source = Source(source.session, source.release, replace(source.selection, survey=survey))
        self.group: GroupFigures = self.source.group(source.selection.unit)

    def was_asked(self, question_id: str) -> bool:
        return any(question.id == question_id for question in self.source.questionnaire.questions)

    def side(self, question_id: str) -> Side:
        asked = self.source.asked(question_id)
        who = self.source.selection.survey, self.source.questionnaire.respondents
        return Side(*who, asked.theme, asked.question, self.group.figure(question_id))
