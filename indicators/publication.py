"""What a release publishes of one round: every cell's response and its answers to each question."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.cells import CellTable
from indicators.disclosure import System, choose, persons_for_detail
from indicators.disclosure.history import ANSWERS, INVITED, Earlier, Measure, Systems, of_question
from indicators.figure import HIDDEN, Figure, Response, State, share_only, tells_of_everyone
from indicators.questionnaire import Question, Questionnaire
from indicators.rounds import ANSWERED, NOT_ANSWERED, Publication, RoundContents
from indicators.selection import ALL

__all__ = ["ANSWERED", "NOT_ANSWERED", "ChooseAll", "Earlier", "Publication", "RoundContents", "publication"]

Chosen = NDArray[np.bool_]
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
) -> Publication:
    """Every non-empty cell; a figure that may not be published comes as hidden.

    What the `earlier` releases show of the round counts as known, and nothing is shown that is not shown
    `within` another publication. Where a cell's response is hidden, so are its figures, without a row; a
    question that is not common to all educations is never added up across them.
    """
    a_round = _Round(
        Systems.of(contents, units_of, earlier),
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
        everything = np.ones(len(self.table.cells), dtype=bool)
        [answers] = self._decided([self.system(ANSWERS, everything)])
        [responded] = self._decided([self.system(INVITED, answers)])
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
        questions = [_Asked.of(question, self) for question in self.questions]
        counted = self._decided([asked.n(responded) for asked in questions])
        outside = self._decided([asked.outside(n) for asked, n in zip(questions, counted, strict=True)])
        shares = self._decided([asked.shares(n) for asked, n in zip(questions, counted, strict=True)])
        details = self._decided(
            [asked.details(n, share) for asked, n, share in zip(questions, counted, shares, strict=True)]
        )
        for asked, *decided in zip(questions, counted, outside, shares, details, strict=True):
            yield from asked.figures(responded, *decided)

    def _decided(self, systems: Sequence[System]) -> Sequence[Chosen]:
        return self.choose_all(systems, self.least_persons)

    def system(self, measure: Measure, offered: Chosen) -> System:
        """The cells to decide on for that number: those offered, and not beyond what is shown `within`."""
        if self.within is not None:
            position = {cell: number for number, cell in enumerate(self.table.cells)}
            shown = [self.within.cells[cell] for cell in measure.shown(self.within)]
            allowed = np.zeros(len(offered), dtype=bool)
            allowed[[position[cell] for cell in shown if cell in position]] = True
            offered = offered & allowed
        return self.systems.system(measure, offered)


@dataclass(frozen=True)
class _Asked:
    """One question of the round: its answers by cell, and who is behind them."""

    a_round: _Round
    question: Question
    counts: NDArray[np.int64]
    """By cell and option, the best first and everything outside the base last."""
    persons: NDArray[np.int64]

    @classmethod
    def of(cls, question: Question, a_round: _Round) -> "_Asked":
        table, tally = a_round.table, a_round.systems.contents.answers[question.id]
        size = len(a_round.questionnaire.scale_of(question).base)
        in_base = tally.where(tally.option < size)
        return cls(a_round, question, table.counts(tally, size + 1), table.persons(in_base))

    @property
    def favourable(self) -> NDArray[np.int64]:
        """Answers at the good end, by cell."""
        return self.counts[:, : self.a_round.questionnaire.scale_of(self.question).top].sum(axis=1)

    @property
    def answered(self) -> NDArray[np.int64]:
        """Answers in the base, by cell."""
        return self.counts[:, :-1].sum(axis=1)

    @property
    def asked_together(self) -> Chosen:
        """The cells in which everybody was asked: not every question is for all educations."""
        return np.array([self.question.common or cell.education != ALL for cell in self.a_round.table.cells])

    @property
    def unanimous(self) -> Chosen:
        """The cells whose share would tell what nearly everyone of a few answered."""
        return tells_of_everyone(self.answered, self.favourable, self.persons)

    @property
    def few(self) -> Chosen:
        """The cells with too few persons for a distribution."""
        return self.persons < persons_for_detail(self.a_round.least_persons)

    def n(self, responded: Chosen) -> System:
        return self._system("n", responded & self.asked_together)

    def outside(self, n: Chosen) -> System:
        """The number of "ved ikke" is published where at most one dimension is crossed."""
        return self._system("outside_base", n & (self.a_round.table.crossed <= 1))

    def shares(self, n: Chosen) -> System:
        system = self._system("favourable", n & ~self.unanimous)
        return replace(system, protected=system.rows(n & self.unanimous))

    def details(self, n: Chosen, shares: Chosen) -> System:
        system = self._system("counts", shares & ~self.few)
        return replace(system, protected=system.rows(n & self.few))

    def _system(self, number: str, offered: Chosen) -> System:
        return self.a_round.system(of_question(self.question, self.a_round.questionnaire, number), offered)

    def figures(
        self, responded: Chosen, n: Chosen, outside: Chosen, shares: Chosen, details: Chosen
    ) -> Iterator[tuple[int, str, Figure]]:
        """Each cell with answers whose response is shown, with as much as was decided."""
        for cell in np.flatnonzero(responded & self.asked_together & (self.answered > 0)).tolist():
            figure = HIDDEN
            if n[cell] and (shares[cell] or self.unanimous[cell]):
                figure = self._figure(cell)
            if figure.favourable is not None and not self.few[cell]:
                counts = tuple(self.counts[cell, :-1].tolist()) if details[cell] else None
                outside_base = int(self.counts[cell, -1]) if outside[cell] else None
                figure = replace(figure, counts=counts, outside_base=outside_base, withheld=counts is None)
            yield cell, self.question.id, figure

    def _figure(self, cell: int) -> Figure:
        known = self.answered[cell], self.favourable[cell], self.persons[cell]
        return share_only(*map(int, known))
