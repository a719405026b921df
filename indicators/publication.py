"""What a release publishes of one round: every cell's response and its answers to each question."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.asked_question import AskedQuestion, Chosen
from indicators.cells import CellTable
from indicators.disclosure import System, choose
from indicators.disclosure.history import ANSWERS, INVITED, NO_PROMISES, Earlier, Measure, Systems
from indicators.figure import Figure, Response, State
from indicators.promises import Promises
from indicators.questionnaire import Question, Questionnaire
from indicators.rounds import ANSWERED, NOT_ANSWERED, Publication, RoundContents

__all__ = ["ANSWERED", "NOT_ANSWERED", "ChooseAll", "Earlier", "Publication", "RoundContents", "publication"]

ChooseAll = Callable[[Sequence[System], int], Sequence[Chosen]]
"""Decides on several systems; a release does it on all cores."""


def one_by_one(systems: Sequence[System], least_persons: int) -> list[Chosen]:
    """Decides on one system after the other."""
    return [choose(system, least_persons) for system in systems]


def publication(  # noqa: PLR0913 - a round is its contents, its units and its questions
    contents: RoundContents,
    units_of: Mapping[str, tuple[str, ...]],
    questionnaire: Questionnaire,
    least_persons: int,
    choose_all: ChooseAll = one_by_one,
    *,
    earlier: Sequence[Earlier] = (),
    within: Publication | None = None,
    promises: Promises = NO_PROMISES,
) -> Publication:
    """Every non-empty cell; a figure that may not be published comes as hidden.

    The cells are tried in the order of their `promises`. What the `earlier` releases show of the round counts
    as known, and nothing is shown that is not shown `within` another publication. Where a cell's response is
    hidden, so are its figures, without a row; a question that is not common to all educations is never added
    up across them.
    """
    a_round = _Round(
        Systems.of(contents, units_of, earlier, promises),
        questionnaire,
        least_persons,
        choose_all,
        within,
    )
    responded = a_round.responded()
    responses = tuple(a_round.responses(responded))
    return Publication(a_round.table.cells, responses, tuple(a_round.figures(responded)))


@dataclass(frozen=True)
class _Round:
    """A round on its way to being published.

    Each number is decided on within the cells of the one before: response, n, share, distribution. So all
    that is shown of a cell beside another's is covered by what was decided on the responses.
    """

    systems: Systems
    questionnaire: Questionnaire
    least_persons: int
    choose_all: ChooseAll
    within: Publication | None

    @property
    def table(self) -> CellTable:
        return self.systems.table

    @property
    def questions(self) -> list[Question]:
        asked = self.systems.contents.answers
        return [question for question in self.questionnaire.questions if question.id in asked]

    def responded(self) -> Chosen:
        """The cells whose response is shown."""
        [answers] = self._decided([self._system(ANSWERS, self.systems.offered)])
        [responded] = self._decided([self._system(INVITED, answers)])
        return responded

    def responses(self, shown: Chosen) -> Iterator[Response]:
        contents = self.systems.contents
        sheets = self.table.counts(contents.response, 2)
        unknown = np.zeros(len(self.table.cells), dtype=bool)
        invited_unknown = np.isin(self.table.group_index, list(contents.invited_unknown))
        unknown[self.table.cell_index[invited_unknown]] = True
        for cell in range(len(self.table.cells)):
            if shown[cell]:
                invited = None if unknown[cell] else int(sheets[cell].sum())
                yield Response(State.SHOWN, int(sheets[cell, ANSWERED]), invited)
            else:
                yield Response(State.HIDDEN)

    def figures(self, responded: Chosen) -> Iterator[tuple[int, str, Figure]]:
        """Question by question, each cell that has answers and whose response is shown."""
        common = self.systems, self.questionnaire, self.least_persons, self._system
        questions = [AskedQuestion.of(question, *common) for question in self.questions]
        counted = self._decided([asked.n(responded) for asked in questions])
        inside = list(zip(questions, counted, strict=True))
        both = self._decided(
            [*(asked.shares(n) for asked, n in inside), *(asked.outside(n) for asked, n in inside)]
        )
        shares, outside = both[: len(questions)], both[len(questions) :]
        details = self._decided(
            [asked.details(n, share) for asked, n, share in zip(questions, counted, shares, strict=True)]
        )
        for asked, *decided in zip(questions, counted, outside, shares, details, strict=True):
            yield from asked.figures(responded, *decided)

    def _decided(self, systems: Sequence[System]) -> Sequence[Chosen]:
        return self.choose_all(systems, self.least_persons)

    def _system(self, measure: Measure, offered: Chosen) -> System:
        """The cells to decide on for that number: those offered, and not beyond what is shown `within`."""
        if self.within is not None:
            position = {cell: number for number, cell in enumerate(self.table.cells)}
            shown = [self.within.cells[cell] for cell in measure.shown(self.within)]
            allowed = np.zeros(len(offered), dtype=bool)
            allowed[[position[cell] for cell in shown if cell in position]] = True
            offered = offered & allowed
        return self.systems.system(measure, offered)
