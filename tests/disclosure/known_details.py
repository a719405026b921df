"""What can be worked out about answers, beside how many there are: counted, for not all of it can be closed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.disclosure.attacker import ALL, PRIME, CellKey, Groups, Shown, Truth, bits, null_vector

FEW = 5
"""Fewer persons than this are somebody whose answer a reader can know."""


@dataclass(frozen=True)
class Details:
    """Bounds of which the exact number follows, distributions that follow, and few whose share is known.

    Each with the number of those that there are; they add up over questions.
    """

    bounds: int = 0
    exact_bounds: int = 0
    undistributed: int = 0
    known_distributions: int = 0
    hidden_few: int = 0
    known_few: int = 0

    def __add__(self, other: "Details") -> "Details":
        return Details(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))


def known_details(truth: Truth, shown: Iterable[Shown]) -> Details:
    """Counted over all questions of a release."""
    by_question: defaultdict[str, list[Shown]] = defaultdict(list)
    for one in dict.fromkeys(shown):
        if one.kind in truth.questions:
            by_question[one.kind].append(one)
    return sum((_Question(truth, name, some).details() for name, some in by_question.items()), Details())


@dataclass(frozen=True)
class _Question:
    """One question's numbers."""

    truth: Truth
    name: str
    shown: list[Shown]

    def details(self) -> Details:
        bounds = {one.cell: self.truth.groups(one) for one in self.shown if one.favourable is None}
        distributed = {one.cell: self.truth.groups(one) for one in self.shown if one.counts is not None}
        without = {cell: groups for cell, groups in self._cells.items() if cell not in distributed}
        shown = {one.cell for one in self.shown}
        few = {
            groups
            for cell, groups in self._cells.items()
            if cell not in shown and self.truth.persons(self.name, groups) < FEW
        }
        unanimous = self._unanimous()
        return Details(
            bounds=len(bounds),
            exact_bounds=sum(map(self._follow_shares, bounds.values())),
            undistributed=len(without),
            known_distributions=sum(map(self._follow(distributed.values()), without.values())),
            hidden_few=len(few),
            known_few=sum(not groups & ~unanimous for groups in few),
        )

    @cached_property
    def _cells(self) -> Mapping[CellKey, Groups]:
        """Every cell that has a number of it, shown or not."""
        live, common = self.truth.live[self.name], self.truth.questions[self.name].common
        return {
            cell: groups & live
            for cell, groups in self.truth.cells[0].items()
            if groups & live and (common or cell.education != ALL)
        }

    @cached_property
    def _favourable(self) -> Mapping[int, int]:
        counted: defaultdict[int, int] = defaultdict(int)
        for group, sheet, _ in self.truth.entries:
            counted[group] += (
                dict(sheet.answers or ()).get(self.name) in self.truth.questions[self.name].favourable
            )
        return counted

    @cached_property
    def _follow_shares(self):
        return self._follow(self.truth.groups(one) for one in self.shown if one.favourable is not None)

    def _follow(self, rows: Iterable[Groups]):
        """Whether the number of a set of groups follows from those of the rows."""
        values = null_vector(set(rows), self.truth.live[self.name])
        return lambda groups: sum(values[group] for group in bits(groups)) % PRIME == 0

    def _unanimous(self) -> Groups:
        """The groups inside a known cell, or between two, where all or none are favourable."""
        known = sorted(filter(self._follow_shares, set(self._cells.values())), key=int.bit_count)
        counted = [(cell, *self._numbers(cell)) for cell in known]
        found = 0
        for position, (cell, n, favourable) in enumerate(counted):
            if favourable in (0, n):
                found |= cell
            for inner, inner_n, inner_favourable in counted[:position]:
                if (favourable - inner_favourable) in (0, n - inner_n) and not inner & ~cell:
                    found |= cell & ~inner
        return found

    def _numbers(self, cell: Groups) -> Iterator[int]:
        yield self.truth.sheets(self.name, cell)
        yield sum(self._favourable[group] for group in bits(cell))
