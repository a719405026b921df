"""A round on both sides of a release: its answers by finest group, and what is published of them."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Publication:
    """Cells with their responses (same order), and figures by cell position and question id.

    `scores`, by cell position and theme id, come with the judging.
    """

    cells: tuple[Cell, ...]
    responses: tuple[Response, ...]
    figures: tuple[tuple[int, str, Figure], ...]
    scores: tuple[tuple[int, str, Score], ...] = ()
