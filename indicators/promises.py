"""What a release shows first where not everything can be shown: `docs/method.md` explains the order.

A number that is shown may force another one to be hidden. So those that most readers open come first, and
those that the year before showed before those that it did not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from indicators.cells import Cell, Integers
from indicators.figure import State
from indicators.groups import DatedMembership, kind_key
from indicators.rounds import Publication
from indicators.selection import ALL
from indicators.unit_kinds import HOSPITAL, MUNICIPALITY


class Promise(StrEnum):
    """Kinds of cells as a reader knows them."""

    ONE_FILTER = "én enhed, én uddannelse eller ét uddannelsessted"
    GROUP_BY_EDUCATION = "klynge, region, KKR eller egen gruppe × uddannelse"
    """Groups in force at the end of the round's year."""
    OTHER_GROUP_BY_EDUCATION = "grupper, der er ophørt eller træder i kraft senere, × uddannelse"
    HOSPITAL_BY_EDUCATION = "hospital × uddannelse"
    MUNICIPALITY_BY_EDUCATION = "kommune × uddannelse"
    EDUCATION_BY_INSTITUTION = "uddannelse × uddannelsessted"
    UNIT_BY_INSTITUTION = "enhed × uddannelsessted"
    ALL_THREE = "enhed × uddannelse × uddannelsessted"


IN_ORDER = tuple(Promise)
"""What a release promises first; the release in force carries its own."""

NOT_OF_SEVERAL_YEARS = frozenset({Promise.UNIT_BY_INSTITUTION, Promise.ALL_THREE})
"""Hardly anybody opens these, and they would take room from municipality x education."""


@dataclass(frozen=True)
class Promises:
    """The order of a round's cells: the largest of those that are promised alike comes first."""

    not_in_force: frozenset[str] = frozenset()
    """Groups that have ended or are to come when the round's year ends: those in force go before them."""
    shown_before: frozenset[Cell] = frozenset()
    """The cells that the year before shows."""
    left_out: frozenset[Promise] = frozenset()
    """What is not tried at all."""
    order: tuple[Promise, ...] = IN_ORDER

    @classmethod
    def of(
        cls,
        memberships: Iterable[DatedMembership],
        day: date,
        before: Publication | None = None,
        left_out: frozenset[Promise] = frozenset(),
    ) -> "Promises":
        """Of a round of that day, after the one `before`."""
        out_of_time = (
            membership.group
            for membership in memberships
            if (membership.group_from and membership.group_from > day)
            or (membership.group_to and membership.group_to < day)
        )
        shown = zip(before.cells, before.responses, strict=True) if before else ()
        return cls(
            frozenset(out_of_time),
            frozenset(cell for cell, response in shown if response.state is State.SHOWN),
            left_out,
        )

    def places(self, cells: Sequence[Cell]) -> Integers:
        """The place of each cell in the order, lower first."""
        return np.array(
            [2 * self.order.index(self.promise(cell)) + (cell not in self.shown_before) for cell in cells],
            dtype=np.int64,
        )

    def offered(self, cells: Sequence[Cell]) -> NDArray[np.bool_]:
        """Which of the cells are tried."""
        return np.array([self.promise(cell) not in self.left_out for cell in cells], dtype=bool)

    def promise(self, cell: Cell) -> Promise:
        """What kind of cell it is."""
        by_unit, by_education, by_institution = (
            part != ALL for part in (cell.unit, cell.education, cell.institution)
        )
        if by_unit + by_education + by_institution <= 1:
            return Promise.ONE_FILTER
        if by_institution and by_unit:
            return Promise.ALL_THREE if by_education else Promise.UNIT_BY_INSTITUTION
        if by_institution:
            return Promise.EDUCATION_BY_INSTITUTION
        if cell.unit in self.not_in_force:
            return Promise.OTHER_GROUP_BY_EDUCATION
        return BY_EDUCATION.get(kind_key(cell.unit), Promise.GROUP_BY_EDUCATION)


BY_EDUCATION = {
    HOSPITAL.key: Promise.HOSPITAL_BY_EDUCATION,
    MUNICIPALITY.key: Promise.MUNICIPALITY_BY_EDUCATION,
}
