"""What is shown first where not everything can be: the order, and what it does for those that come first."""

from datetime import date

import numpy as np
import pytest

from indicators.cells import Cell
from indicators.disclosure import choose
from indicators.figure import Response, State
from indicators.groups import DatedMembership
from indicators.promises import Promise, Promises
from indicators.rounds import Publication
from tests.disclosure.small_systems import named_system, names

CLUSTER, COUNCIL, TOWN, HOSPITAL = "klynge:a", "raad:b", "kommune:0265", "hospital:koege"
TURN_OF_THE_YEAR = date(2027, 1, 1)
IN_2025 = Promises.of(
    [
        DatedMembership(TOWN, CLUSTER, None, None, None, date(2026, 12, 31)),
        DatedMembership(TOWN, COUNCIL, None, None, TURN_OF_THE_YEAR, None),
    ],
    date(2025, 12, 31),
)


@pytest.mark.parametrize(
    ("cell", "promise"),
    [
        (("alle", "alle", "alle"), Promise.ONE_FILTER),
        ((TOWN, "alle", "alle"), Promise.ONE_FILTER),
        (("alle", "alle", "kp"), Promise.ONE_FILTER),
        ((CLUSTER, "sygeplejerske", "alle"), Promise.GROUP_BY_EDUCATION),
        (("privat:alle", "sygeplejerske", "alle"), Promise.GROUP_BY_EDUCATION),
        ((COUNCIL, "sygeplejerske", "alle"), Promise.OTHER_GROUP_BY_EDUCATION),
        ((HOSPITAL, "sygeplejerske", "alle"), Promise.HOSPITAL_BY_EDUCATION),
        ((TOWN, "sygeplejerske", "alle"), Promise.MUNICIPALITY_BY_EDUCATION),
        (("alle", "sygeplejerske", "kp"), Promise.EDUCATION_BY_INSTITUTION),
        ((TOWN, "alle", "kp"), Promise.UNIT_BY_INSTITUTION),
        ((TOWN, "sygeplejerske", "kp"), Promise.ALL_THREE),
    ],
)
def test_every_kind_of_cell_has_its_place(cell, promise):
    assert IN_2025.promise(Cell(*cell)) is promise


def test_from_the_day_it_is_in_force_a_group_goes_with_the_others():
    then = Promises.of(
        [DatedMembership(TOWN, COUNCIL, None, None, TURN_OF_THE_YEAR, None)], date(2027, 12, 31)
    )

    assert then.promise(Cell(COUNCIL, "sygeplejerske", "alle")) is Promise.GROUP_BY_EDUCATION


def test_a_group_that_has_ended_gives_way_to_those_in_force():
    ended = [DatedMembership(TOWN, CLUSTER, None, None, None, date(2026, 12, 31))]
    of_2026, of_2027 = (Promises.of(ended, date(year, 12, 31)) for year in (2026, 2027))
    cell = Cell(CLUSTER, "sygeplejerske", "alle")

    assert of_2026.promise(cell) is Promise.GROUP_BY_EDUCATION
    assert of_2027.promise(cell) is Promise.OTHER_GROUP_BY_EDUCATION


def test_of_cells_promised_alike_those_that_the_year_before_showed_come_first():
    shown, hidden = Cell(CLUSTER, "laerer", "alle"), Cell("klynge:c", "laerer", "alle")
    before = Publication((shown, hidden), (Response(State.SHOWN, 9, 9), Response(State.HIDDEN)), ())
    promises = Promises.of([], date(2025, 12, 31), before)
    town = Cell(TOWN, "laerer", "alle")

    first, second, third = promises.places([shown, hidden, town])

    assert first < second < third


def test_what_is_promised_first_is_shown_and_what_it_would_give_away_is_not():
    """One cell is of 13 persons and the other of 9 of them: together they would tell of the 4 others."""
    sizes, cells = {"a": 4, "b": 9}, {"both": "ab", "large": "b"}

    promised = choose(named_system(sizes, cells, {"both": 1, "large": 2}), 5)
    turned = choose(named_system(sizes, cells, {"both": 2, "large": 1}), 5)

    assert names(cells, promised) == {"both"}
    assert names(cells, turned) == {"large"}
    assert not np.array_equal(promised, turned)
