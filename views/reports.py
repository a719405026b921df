"""Figure tables put together from the store: the same for a page, a workbook and the command line."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.models import PublishedRound, Release, UnitRecord
from data_access.dashboard.queries import Group
from data_access.problems import SelectionProblem
from indicators.comparison import everyone_else, theme_rows
from indicators.danish import day
from indicators.figure import NO_ANSWERS, Figure, FigureTable, QuestionRow
from indicators.questionnaire import Questionnaire
from indicators.selection import (
    ALL,
    ALL_EDUCATIONS,
    ALL_INSTITUTIONS,
    ALL_THEMES,
    ALL_UNITS,
    COMPARED_WITH_EVERYONE_ELSE,
    EVERYONE_ELSE,
    Named,
    Selection,
)
from views import headlines


def overview(session: Session, selection: Selection, release: Release | None = None) -> FigureTable:
    """The themes of the chosen unit beside the comparison, in the release in force unless one is named."""
    return _report(session, selection, release, headlines.overview)


def distribution(session: Session, selection: Selection, release: Release | None = None) -> FigureTable:
    """The answers to every question of the theme, in the release in force unless one is named."""
    return _report(session, selection, release, headlines.distribution)


def selection_of_keys(session: Session, survey: str, year: int, keys: dict[str, str | None]) -> Selection:
    """A selection from keys as the command line takes them; SelectionProblem names what does not exist.

    `keys` may hold unit, education, institution, compared_with and theme.
    """
    release = queries.release_in_force(session)
    survey_named = _chosen("spørgeskema", survey, queries.surveys(session, release))
    choices = queries.choices(session, release, survey)
    comparisons = (COMPARED_WITH_EVERYONE_ELSE, *choices.units)
    return Selection(
        survey_named,
        queries.published_round(session, release, survey, year).year,
        _chosen("enhed", keys.get("unit") or ALL, choices.units),
        _chosen("uddannelse", keys.get("education") or ALL, (ALL_EDUCATIONS, *choices.educations)),
        _chosen("uddannelsessted", keys.get("institution") or ALL, (ALL_INSTITUTIONS, *choices.institutions)),
        _chosen("sammenligning", keys.get("compared_with") or EVERYONE_ELSE, comparisons),
        _chosen("tema", keys.get("theme") or ALL, (ALL_THEMES, *choices.themes)),
    )


def _chosen(what: str, key: str, options: Sequence[Named]) -> Named:
    for option in options:
        if option.key == key:
            return option
    known = ", ".join(option.key for option in options[:8])
    raise SelectionProblem(f"{what.capitalize()} «{key}» findes ikke i udgivelsen. Fx: {known} …")


def _report(
    session: Session,
    selection: Selection,
    release: Release | None,
    headline: Callable[[Selection, Sequence[QuestionRow]], str],
) -> FigureTable:
    release = release or queries.release_in_force(session)
    published = queries.published_round(session, release, selection.survey.key, selection.year)
    questionnaire = queries.questionnaire(published)
    unit = _group(session, published, selection, selection.unit)
    rows = _rows(session, published, selection, unit, release.least_persons)
    return FigureTable(
        title=headline(selection, rows),
        selection=selection,
        origin=queries.origin(release, published),
        response=unit.response,
        rows=rows,
        themes=theme_rows(rows),
        notes=tuple(_notes(questionnaire, selection, queries.unit(session, selection.unit.key))),
    )


def _group(session: Session, published: PublishedRound, selection: Selection, unit: Named) -> Group:
    return queries.group(session, published, unit.key, selection.education.key, selection.institution.key)


def _rows(
    session: Session, published: PublishedRound, selection: Selection, unit: Group, least_persons: int
) -> tuple[QuestionRow, ...]:
    questionnaire = queries.questionnaire(published)
    against_rest = selection.compared_with.key == EVERYONE_ELSE
    other = _group(session, published, selection, ALL_UNITS if against_rest else selection.compared_with)

    def benchmark(question_id: str) -> Figure:
        if not selection.compares:
            return NO_ANSWERS
        theirs = other.figure(question_id)
        return everyone_else(theirs, unit.figure(question_id), least_persons) if against_rest else theirs

    themes = {theme.id: theme for theme in questionnaire.themes}
    return tuple(
        QuestionRow(
            themes[question.theme],
            question,
            questionnaire.scale_of(question),
            unit.figure(question.id),
            benchmark(question.id),
        )
        for question in questionnaire.questions
        if question.common or selection.education.key != ALL
        if selection.theme.key in (ALL, question.theme)
    )


def _notes(questionnaire: Questionnaire, selection: Selection, unit: UnitRecord | None):
    for series_break in questionnaire.series_breaks:
        if series_break.year == selection.year:
            question = series_break.question
            about = f" for «{questionnaire.question(question).short}»" if question else ""
            yield f"Databrud fra {series_break.year}{about}: {series_break.reason}"
    added_up = "her er svarene lagt sammen efter den inddeling."
    if unit and unit.valid_from and unit.valid_from.year > selection.year:
        yield f"{unit.name} findes fra {day(unit.valid_from)}; {added_up}"
    if unit and unit.valid_to and unit.valid_to.year < selection.year:
        yield f"{unit.name} fandtes til {day(unit.valid_to)}; {added_up}"
