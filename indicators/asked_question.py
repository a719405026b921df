"""How much is published of a question: n, "ved ikke", share and distribution, each within the one before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure import System, persons_for_detail
from indicators.disclosure.history import Measure, Systems, of_question
from indicators.figure import HIDDEN, Figure, share_only, tells_of_everyone
from indicators.questionnaire import Question, Questionnaire
from indicators.selection import ALL

Chosen = NDArray[np.bool_]
MakeSystem = Callable[[Measure, Chosen], System]


@dataclass(frozen=True)
class AskedQuestion:
    """One question of the round: its answers by cell, and who is behind them."""

    question: Question
    systems: Systems
    questionnaire: Questionnaire
    least_persons: int
    system: MakeSystem
    counts: NDArray[np.int64]
    """By cell and option, the best first and everything outside the base last."""
    persons: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        question: Question,
        systems: Systems,
        questionnaire: Questionnaire,
        least_persons: int,
        system: MakeSystem,
    ) -> "AskedQuestion":
        """Counted by cell; `system` makes the system to decide on for a number and the cells offered."""
        table, tally = systems.table, systems.contents.answers[question.id]
        size = len(questionnaire.scale_of(question).base)
        everywhere = np.ones(len(table.cells), dtype=bool)
        persons = systems.system(of_question(question, questionnaire, "n"), everywhere).persons_by_cell
        counts = table.counts(tally, size + 1)
        return cls(question, systems, questionnaire, least_persons, system, counts, persons)

    @property
    def favourable(self) -> NDArray[np.int64]:
        """Answers at the good end, by cell."""
        return self.counts[:, : self.questionnaire.scale_of(self.question).top].sum(axis=1)

    @property
    def answered(self) -> NDArray[np.int64]:
        """Answers in the base, by cell."""
        return self.counts[:, :-1].sum(axis=1)

    @property
    def asked_together(self) -> Chosen:
        """The cells in which everybody was asked: not every question is for all educations."""
        return np.array([self.question.common or cell.education != ALL for cell in self.systems.table.cells])

    @property
    def unanimous(self) -> Chosen:
        """The cells whose share would tell what nearly everyone of a few answered."""
        return tells_of_everyone(self.answered, self.favourable, self.persons)

    @property
    def few(self) -> Chosen:
        """The cells with too few persons for a distribution."""
        return self.persons < persons_for_detail(self.least_persons)

    def n(self, responded: Chosen) -> System:
        return self._system("n", responded & self.asked_together)

    def outside(self, n: Chosen) -> System:
        """The number of "ved ikke" is published where at most one dimension is crossed."""
        return self._system("outside_base", n & (self.systems.table.crossed <= 1))

    def shares(self, n: Chosen) -> System:
        system = self._system("favourable", n & ~self.unanimous)
        return replace(system, protected=system.rows(n & self.unanimous))

    def details(self, n: Chosen, shares: Chosen) -> System:
        system = self._system("counts", shares & ~self.few)
        return replace(system, protected=system.rows(n & self.few))

    def _system(self, number: str, offered: Chosen) -> System:
        return self.system(of_question(self.question, self.questionnaire, number), offered)

    def figures(
        self, responded: Chosen, n: Chosen, outside: Chosen, shares: Chosen, details: Chosen
    ) -> Iterator[tuple[int, str, Figure]]:
        """Each cell with answers whose response is shown, with as much as was decided."""
        for cell in np.flatnonzero(responded & self.asked_together & (self.answered > 0)).tolist():
            figure = HIDDEN
            if n[cell] and (shares[cell] or self.unanimous[cell]):
                known = self.answered[cell], self.favourable[cell], self.persons[cell]
                figure = share_only(*map(int, known))
            if figure.favourable is not None and not self.few[cell]:
                counts = tuple(self.counts[cell, :-1].tolist()) if details[cell] else None
                outside_base = int(self.counts[cell, -1]) if outside[cell] else None
                figure = replace(figure, counts=counts, outside_base=outside_base, withheld=counts is None)
            yield cell, self.question.id, figure
