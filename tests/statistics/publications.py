"""Small rounds published as a release publishes them, so that they can be judged."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

from indicators.cells import UNKNOWN_PERSON, Cell, FinestGroup, Tally
from indicators.disclosure import System
from indicators.figure import HIDDEN, NO_ANSWERS, Figure, Response, Score, State
from indicators.judging import judged
from indicators.publication import ANSWERED, NOT_ANSWERED, Chosen, Publication, RoundContents, publication
from indicators.questionnaire import Questionnaire
from indicators.selection import ALL
from tests.made_up import QUESTIONNAIRE

T = TypeVar("T")

LEAST_PERSONS = 5
INSTITUTION = "absalon"
EVERYTHING = Cell(ALL, ALL, ALL)

Group = tuple[str, str]
"""Place and education."""

Counts = Sequence[int]
"""Answers by option, the best first."""


def agreeing(favourable: int, n: int) -> Counts:
    """So many of n at the best end, and the others at the worst."""
    return favourable, 0, 0, 0, n - favourable


def round_of(
    answers: Mapping[Group, Mapping[str, Counts]], silent: Mapping[Group, int] | None = None
) -> RoundContents:
    """Every group's answers to each question, and how many of its invited did not answer."""
    groups = list(answers)
    asked = dict.fromkeys(question for of_group in answers.values() for question in of_group)
    sheets = [max((sum(counts) for counts in answers[group].values()), default=0) for group in groups]
    response = np.zeros((len(groups), 2), dtype=np.int64)
    response[:, ANSWERED] = sheets
    response[:, NOT_ANSWERED] = [(silent or {}).get(group, 0) for group in groups]
    return RoundContents(
        tuple(FinestGroup(place, education, INSTITUTION) for place, education in groups),
        _tally(response),
        {
            question: _tally(np.array([answers[group].get(question, (0,) * 5) for group in groups]))
            for question in asked
        },
        frozenset(),
    )


def _tally(counts: np.ndarray) -> Tally:
    group, option = np.nonzero(counts)
    return Tally(group, option, counts[group, option], np.full(len(group), UNKNOWN_PERSON))


def large_enough(systems: Sequence[System], least_persons: int) -> list[Chosen]:
    """Shows every cell with persons enough: which cells go together is another matter than judging."""
    return [system.offered & (system.persons_by_cell >= least_persons) for system in systems]


def published(
    contents: RoundContents,
    questionnaire: Questionnaire = QUESTIONNAIRE,
    least_persons: int = LEAST_PERSONS,
) -> Publication:
    """Every large enough cell of the round; a place is a unit by itself."""
    places = {group.place for group in contents.groups}
    units = {place: (place, ALL) for place in places}
    return publication(contents, units, questionnaire, least_persons, large_enough)


class Judged:
    """A judged publication that can be asked by unit."""

    def __init__(
        self,
        contents: RoundContents,
        questionnaire: Questionnaire = QUESTIONNAIRE,
        least_persons: int = LEAST_PERSONS,
    ) -> None:
        shown = published(contents, questionnaire, least_persons)
        self.publication = judged(shown, questionnaire, least_persons)

    def figure(self, unit: str = ALL, education: str = ALL, question: str = "S01") -> Figure:
        hidden = self.response(unit, education).state is State.HIDDEN
        return self._one(self.publication.figures, unit, education, question) or (
            HIDDEN if hidden else NO_ANSWERS
        )

    def score(self, unit: str = ALL, education: str = ALL, theme: str = "vejledning") -> Score:
        return self._one(self.publication.scores, unit, education, theme)

    def response(self, unit: str = ALL, education: str = ALL) -> Response:
        return self.publication.responses[self._position(unit, education)]

    def verdicts(self, question: str = "S01") -> dict[str, str | None]:
        """The verdict of every unit over all educations."""
        return {
            cell.unit: self.figure(cell.unit, question=question).judgement.verdict
            for cell in self.units()
            if self.figure(cell.unit, question=question).judgement
        }

    def units(self) -> Iterator[Cell]:
        return (cell for cell in self.publication.cells if (cell.education, cell.institution) == (ALL, ALL))

    def _position(self, unit: str, education: str) -> int:
        return self.publication.cells.index(Cell(unit, education, ALL))

    def _one(self, shown: Sequence[tuple[int, str, T]], unit: str, education: str, about: str) -> T | None:
        position = self._position(unit, education)
        return next((one for at, what, one in shown if (at, what) == (position, about)), None)
