"""A selection from keys, as the command line and tests name it."""

from collections.abc import Sequence

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.problems import SelectionProblem
from indicators.selection import (
    ALL,
    ALL_EDUCATIONS,
    ALL_INSTITUTIONS,
    ALL_THEMES,
    COMPARED_WITH_EVERYONE_ELSE,
    EVERYONE_ELSE,
    NO_QUESTION,
    Option,
    Selection,
)


def selection_of_keys(session: Session, survey: str, year: int, keys: dict[str, str | None]) -> Selection:
    """A selection from keys as the command line takes them; SelectionProblem names what does not exist.

    `keys` may hold unit, education, institution, compared_with, theme and question.
    """
    release = queries.release_in_force(session)
    survey_named = _chosen("spørgeskema", survey, queries.surveys(session, release))
    choices = queries.choices(session, release, survey)
    comparisons = (COMPARED_WITH_EVERYONE_ELSE, *choices.units)
    questions = (NO_QUESTION, *(question for _, question, _ in choices.questions))
    return Selection(
        survey_named,
        queries.rounds(session, release, survey, year).now.year,
        _chosen("enhed", keys.get("unit") or ALL, choices.units),
        _chosen("uddannelse", keys.get("education") or ALL, (ALL_EDUCATIONS, *choices.educations)),
        _chosen("uddannelsessted", keys.get("institution") or ALL, (ALL_INSTITUTIONS, *choices.institutions)),
        _chosen("sammenligning", keys.get("compared_with") or EVERYONE_ELSE, comparisons),
        _chosen("tema", keys.get("theme") or ALL, (ALL_THEMES, *choices.themes)),
        _chosen("spørgsmål", keys.get("question") or "", questions),
    )


def _chosen(what: str, key: str, options: Sequence[Option]) -> Option:
    for option in options:
        if option.key == key:
            return option
    known = ", ".join(option.key for option in options[:8])
    raise SelectionProblem(f"{what.capitalize()} «{key}» findes ikke i udgivelsen. Fx: {known} …")
