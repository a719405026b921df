"""Several years of a survey together: the answers to what was asked alike in all of them.

Statistics Norway's Studiebarometeret and the Australian QILT pool years where one has too few answers.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from indicators.cells import UNKNOWN_PERSON, Integers, Tally
from indicators.questionnaire import Questionnaire
from indicators.rounds import RoundContents
from indicators.years import comparable_questions

MOST_YEARS = 3
"""More would tell of how it was, not of how it is."""


def years_to_pool(asked: Mapping[int, Questionnaire]) -> tuple[int, ...]:
    """The newest years, at most MOST_YEARS, that have questions in common; none where there are not two."""
    years = sorted(asked)[-MOST_YEARS:]
    while len(years) > 1 and not _alike({year: asked[year] for year in years}):
        years = years[1:]
    return tuple(years) if len(years) > 1 else ()


def pooled_questionnaire(asked: Mapping[int, Questionnaire]) -> Questionnaire:
    """The newest year's, with the questions that were asked in all of the years and counted alike."""
    newest = asked[max(asked)]
    alike = _alike(asked)
    questions = tuple(question for question in newest.questions if question.id in alike)
    themes = {question.theme for question in questions}
    return newest.model_copy(
        update={
            "questions": questions,
            "themes": tuple(theme for theme in newest.themes if theme.id in themes),
            "series_breaks": tuple(
                series_break
                for series_break in newest.series_breaks
                if series_break.question is None or series_break.question in alike
            ),
            "pairs": tuple(pair for pair in newest.pairs if pair.question in alike),
        }
    )


def pooled_contents(contents: Mapping[int, RoundContents], questionnaire: Questionnaire) -> RoundContents:
    """The answers of all of the years to those questions, each finest group with its year.

    A person who answered in several years has one number in all of them.
    """
    numbers: dict[str, int] = {}
    groups, unknown = [], []
    responses: list[Tally] = []
    answers: defaultdict[str, list[Tally]] = defaultdict(list)
    for year, of_year in sorted(contents.items()):
        first = len(groups)
        persons = [numbers.setdefault(person, len(numbers)) for person in of_year.persons]
        person_of = np.array([*persons, UNKNOWN_PERSON])  # the last is found at -1
        groups += of_year.in_year(year).groups
        unknown += [first + group for group in of_year.invited_unknown]
        responses.append(_moved(of_year.response, first, person_of))
        for question in questionnaire.questions:
            if question.id in of_year.answers:
                answers[question.id].append(_moved(of_year.answers[question.id], first, person_of))
    together = {question: _joined(tallies) for question, tallies in answers.items()}
    return RoundContents(tuple(groups), _joined(responses), together, frozenset(unknown), tuple(numbers))


def _alike(asked: Mapping[int, Questionnaire]) -> set[str]:
    """Questions of the newest year that were asked in all of them, counted alike and without a break."""
    newest = max(asked)
    alike = {question.id for question in asked[newest].questions}
    for year in asked:
        alike &= comparable_questions(asked[newest], asked[year], (year, newest))
    return alike


def _moved(tally: Tally, first: int, person_of: Integers) -> Tally:
    return Tally(tally.group + first, tally.option, tally.count, person_of[tally.person])


def _joined(tallies: Sequence[Tally]) -> Tally:
    columns = ("group", "option", "count", "person")
    return Tally(*(np.concatenate([getattr(tally, column) for tally in tallies]) for column in columns))
