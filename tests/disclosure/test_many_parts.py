"""Small groups of many parts: a difference of two rows, and sums that no two rows tell."""

import numpy as np
import pytest

from indicators.disclosure import Persons, System, audit, choose
from indicators.disclosure.choice import greedy_choice
from indicators.disclosure.differences import small_differences
from tests.disclosure.small_systems import brute_force, named_system, names, small_round

pytestmark = pytest.mark.slow

NINE_ALONE = dict.fromkeys("ABCDEFGHI", 1)
TOWN_CELLS = {"town": "ABCDEFGHIJ", "nursing": "J"}
REST_CELLS = {"all": "ABCDEXY", "X": "X", "Y": "Y"}


def test_a_difference_of_two_rows_with_nine_persons_in_nine_groups_is_not_given_away():
    system = named_system(NINE_ALONE | {"J": 30}, TOWN_CELLS)

    assert names(TOWN_CELLS, choose(system, 10)) == {"town"}
    assert names(TOWN_CELLS, choose(system, 7)) == {"town", "nursing"}, "nine persons are enough"


def test_differences_of_overlapping_rows_count_the_persons_on_both_sides():
    system = named_system({"A": 3, "B": 30, "C": 4}, {"left": "AB", "right": "BC"})
    rows = system.rows(np.array([True, True]))

    seven_persons = small_differences(rows, system.persons, 8)

    assert (seven_persons.group.tolist(), seven_persons.weight.tolist()) == ([0, 2], [1, -1])
    assert len(small_differences(rows, system.persons, 7)) == 0


def test_five_single_persons_left_by_two_cells_together_are_not_given_away():
    system = named_system(dict.fromkeys("ABCDE", 1) | {"X": 20, "Y": 30}, REST_CELLS)

    everything = audit(system.rows(np.ones(3, dtype=bool)), system.persons, 10)

    assert everything.offending == (dict.fromkeys(range(5), 1),)
    assert names(REST_CELLS, choose(system, 10)) == {"all", "Y"}
    assert names(REST_CELLS, choose(system, 5)) == set(REST_CELLS)


def test_what_the_first_choice_misses_is_found_by_the_attack_and_chosen_anew():
    missed = 0
    for seed in range(60):
        system = small_round(seed, recurring=0)
        first, final = greedy_choice(system, 10), choose(system, 10)
        missed += not audit(system.rows(first), system.persons, 10).clean
        assert audit(system.rows(final), system.persons, 10).clean
    assert missed


@pytest.mark.parametrize("least_persons", [3, 5, 7, 10])
@pytest.mark.parametrize("seed", range(5))
def test_brute_force_finds_nothing_small_whatever_the_limit(seed, least_persons):
    system = small_round(seed, recurring=3)

    shown = choose(system, least_persons)

    assert brute_force(system.rows(shown), system.persons, least_persons) == {}


def test_an_audit_of_too_many_sets_says_that_it_is_not_complete():
    ten_alone = np.arange(2_000).reshape(200, 10)
    none = np.zeros(0, dtype=np.int64)
    persons = Persons(np.ones(2_000, dtype=np.int64), none, none)
    cells = np.repeat(np.arange(200), 10)
    system = System(cells, ten_alone.ravel(), np.ones(200, dtype=np.int64), persons, np.ones(200, bool))
    rows = system.rows(np.ones(200, dtype=bool))

    assert not audit(rows, persons, 10).complete
    assert audit(rows, persons, 3).complete
