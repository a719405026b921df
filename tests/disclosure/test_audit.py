"""The audit catches every way of showing too much."""

import numpy as np
import pytest

from indicators.disclosure import Persons, System, audit, choose
from tests.disclosure.small_systems import brute_force, named_system, small_round
from tests.disclosure.test_choice import LINE_CELLS, LINE_SIZES, LINKED_CELLS, LINKED_SIZES


def test_skipped_secondary_hiding_is_caught():
    system = named_system(LINKED_SIZES, LINKED_CELLS)

    found = audit(system.rows(system.persons_by_cell >= 4), system.persons, 4)

    assert found.derivable_groups_below_k == 1
    assert found.smallest_derivable_group == 3
    assert found.offending == ({4: 1},), "municipality K"


def test_a_sum_of_two_small_groups_is_caught():
    system = named_system(LINE_SIZES, LINE_CELLS)

    found = audit(system.rows(system.persons_by_cell >= 5), system.persons, 5)

    assert found.offending == ({0: 1, 1: 1},)
    assert (found.rank, found.smallest_derivable_group, found.contrasts) == (3, 3, 0)


def test_a_limit_one_too_low_is_caught():
    system = named_system({"A": 4, "B": 30, "C": 40}, {"all": "ABC", "A": "A", "B": "B", "C": "C"})

    assert audit(system.rows(choose(system, 5)), system.persons, 5).clean
    assert audit(system.rows(choose(system, 4)), system.persons, 5).smallest_derivable_group == 4


def test_sheets_counted_for_persons_are_caught():
    group, person = np.array([0, 0, 0, 1, 1, 2]), np.array([1, 2, 3, 1, 2, -1])
    by_sheet = Persons.counted(3, group, np.full(6, -1), np.array([1, 1, 1, 1, 1, 9]))
    by_person = Persons.counted(3, group, person, np.array([1, 1, 1, 1, 1, 9]))
    cells = np.array([0, 0, 1]), np.array([0, 1, 2]), np.array([1, 1])
    wrong, right = (System(*cells, persons, np.ones(2, dtype=bool)) for persons in (by_sheet, by_person))

    assert audit(wrong.rows(choose(wrong, 5)), by_person, 5).smallest_derivable_group == 3
    assert audit(right.rows(choose(right, 5)), by_person, 5).clean


def test_an_own_group_that_differs_from_a_cluster_by_one_small_municipality_is_caught():
    sizes = {"A": 3, "B": 20, "C": 30}
    cells = {"all": "ABC", "cluster": "AB", "own group": "B"}
    system = named_system(sizes, cells)

    assert audit(system.rows(np.array([True, True, True])), system.persons, 5).offending == ({0: 1},)
    assert audit(system.rows(choose(system, 5)), system.persons, 5).clean


def test_a_difference_between_two_persons_is_a_contrast():
    system = named_system({"A": 1, "B": 1, "C": 30}, {"AC": "AC", "BC": "BC"})

    found = audit(system.rows(np.array([True, True])), system.persons, 5)

    assert (found.derivable_groups_below_k, found.contrasts) == (0, 1)
    assert found.offending == ({0: 1, 1: -1},)


def test_four_groups_of_very_unequal_size_are_caught():
    cells = {"all": "ABCDE", "E": "E"}
    system = named_system({"A": 1, "B": 1, "C": 1, "D": 6, "E": 50}, cells)

    found = audit(system.rows(np.array([True, True])), system.persons, 10)

    assert found.offending == ({0: 1, 1: 1, 2: 1, 3: 1},)
    assert found.smallest_derivable_group == 9


def test_groups_that_share_their_persons_are_one_small_group():
    group, person = np.repeat(np.arange(6), 2), np.tile([1, 2], 6)
    persons = Persons.counted(6, group, person, np.ones(12, dtype=np.int64))
    system = System(
        np.zeros(4, dtype=np.int64), np.arange(4), np.zeros(1, dtype=np.int64), persons, np.ones(1, bool)
    )

    found = audit(system.rows(np.array([True])), persons, 5)

    assert found.smallest_derivable_group == 2
    assert found.derivable_groups_below_k == 1


@pytest.mark.parametrize("seed", range(5, 15))
def test_random_publications_are_judged_as_by_brute_force(seed):
    system = small_round(seed, recurring=15)
    large = system.persons_by_cell >= 5
    shown = system.rows(large & (np.random.default_rng(seed).random(system.cells) < 0.5))

    assert audit(shown, system.persons, 5).clean == (not brute_force(shown, system.persons, 5))


def test_questions_that_differ_in_large_groups_only_share_a_run():
    one, other = ({"A": 3, "B": large, "C": 9} for large in (20, 30))
    cells = {"all": "ABC", "A": "A", "B": "B"}

    assert named_system(one, cells).pattern(5) == named_system(other, cells).pattern(5)
    assert named_system(one, cells).pattern(5) != named_system({**one, "A": 4}, cells).pattern(5)
