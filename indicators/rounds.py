"""A round on both sides of a release: its answers by finest group, and what is published of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indicators.cells import Cell, FinestGroup, Tally
from indicators.figure import Figure, Response, Score

NOT_ANSWERED = 0
ANSWERED = 1


@dataclass(frozen=True)
class RoundContents:
    """A round by its finest groups, whether it came as answer sheets or as counts.

    `answers` has a tally for each question (options best first, then everything outside the base);
    `response` one with NOT_ANSWERED and ANSWERED; `invited_unknown` are positions in `groups`, and
    `persons` the keyed hashes of those that the tallies number.
    """

    groups: tuple[FinestGroup, ...]
    response: Tally
    answers: Mapping[str, Tally]
    invited_unknown: frozenset[int]
    persons: tuple[str, ...] = ()

    def in_year(self, year: int) -> "RoundContents":
        """The same, of that year; what is of several years already says so itself."""
        dated = (group if group.year else replace(group, year=year) for group in self.groups)
        return replace(self, groups=tuple(dated))


@dataclass(frozen=True)
class Publication:
    """Cells with their responses (same order), and figures by cell position and question id.

    `scores`, by cell position and theme id, come with the judging.
    """

    cells: tuple[Cell, ...]
    responses: tuple[Response, ...]
    figures: tuple[tuple[int, str, Figure], ...]
    scores: tuple[tuple[int, str, Score], ...] = ()
