"""The cells that are published give away nothing small."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure import Persons, System, audit, choose
from tests.disclosure.small_systems import brute_force, crossed_system, named_system, names, small_round

LINKED_SIZES = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
LINKED_CELLS = {
    "all": "ABIJKLMN",
    "county 1": "ABIJ",
    "county 2": "KLMN",
    "own group": "LM",
    "the rest": "ABIJKN",
    **{letter: letter for letter in LINKED_SIZES},
}
LINE_SIZES = {"A": 1, "B": 2, "C": 20, "D": 30}
LINE_CELLS = {"all": "ABCD", **{letter: letter for letter in LINE_SIZES}}


def test_linked_tables_hide_exactly_one_cell_more():
    system = named_system(LINKED_SIZES, LINKED_CELLS)

    shown = names(LINKED_CELLS, choose(system, 4))

    assert set(LINKED_CELLS) - shown == {"A", "B", "K", "L", "M", "N"}


def test_one_line_hides_the_smallest_large_cell_with_the_small_ones():
    system = named_system(LINE_SIZES, LINE_CELLS)

    assert names(LINE_CELLS, choose(system, 5)) == {"all", "D"}


def test_a_difference_of_two_single_persons_is_not_given_away():
    sizes = {"A": 1, "B": 1, "C": 30, "D": 30, "E": 9}
    cells = {"AC": "AC", "BC": "BC", "AD": "AD", "BD": "BD", "E": "E"}

    shown = choose(named_system(sizes, cells), 5)

    assert not {"AC", "BC"} <= names(cells, shown)
    assert not {"AD", "BD"} <= names(cells, shown)


def test_weighted_differences_of_two_small_groups_are_not_given_away():
    cells = {"AC": "AC", "AD": "AD", "AE": "AE", "BCDE": "BCDE"}  # together they tell 3A - B

    shown = choose(named_system({"A": 1, "B": 1, "C": 30, "D": 30, "E": 30}, cells), 5)

    assert len(names(cells, shown)) == 3


def test_a_round_of_many_cells_gives_nothing_small_away():
    rng = np.random.default_rng(7)
    group = rng.choice(192, 1500, p=rng.dirichlet(np.ones(192)))
    persons = Persons.counted(192, group, np.full(1500, -1), np.ones(1500, dtype=np.int64))
    system = crossed_system((12, 8, 2), [set(range(5)), set(range(5, 12)), set(range(3, 9))], persons)

    result = audit(system.rows(choose(system, 5)), persons, 5)

    assert result.clean
    assert result.rank > 70, "more rows than one block of vectors"


def test_groups_without_answers_do_not_tell_cells_apart():
    sizes = {"A": 0, "B": 7, "C": 9}
    cells = {"AB": "AB", "B": "B", "all": "ABC", "C": "C", "A": "A"}

    assert names(cells, choose(named_system(sizes, cells), 5)) == {"AB", "B", "all", "C"}


def test_a_cell_that_is_not_offered_is_not_chosen_and_leaves_room_for_others():
    system = named_system(LINE_SIZES, LINE_CELLS)
    offered = np.array([name != "D" for name in LINE_CELLS])
    without = System(system.cell_index, system.group_index, system.promised, system.persons, offered)

    assert names(LINE_CELLS, choose(without, 5)) == {"all", "C"}


def test_progress_ends_with_all_candidates():
    said = []

    choose(named_system(LINE_SIZES, LINE_CELLS), 5, lambda done, total: said.append((done, total)))

    assert said[-1] == (3, 3)


def test_nothing_to_choose_from():
    system = named_system({"A": 1, "B": 2}, {"all": "AB", "A": "A"})

    assert not choose(system, 5).any()


@pytest.mark.parametrize("seed", range(60))
def test_a_small_round_gives_nothing_small_away(seed):
    system = small_round(seed)

    shown = choose(system, 5)

    assert audit(system.rows(shown), system.persons, 5).clean
    assert not (shown & (system.persons_by_cell < 5)).any()
    assert shown[0], "the total"


@pytest.mark.slow
def test_hiding_only_small_cells_leaks_in_most_small_rounds():
    rounds = [small_round(seed) for seed in range(60)]

    clean = [audit(s.rows(s.persons_by_cell >= 5), s.persons, 5).clean for s in rounds]

    assert sum(clean) < 6


@pytest.mark.parametrize("seed", range(5))
def test_brute_force_agrees_with_the_audit(seed):
    system = small_round(seed)
    chosen = choose(system, 5)
    unsafe = system.rows(system.persons_by_cell >= 5)

    assert brute_force(system.rows(chosen), system.persons, 5) == {}
    found = audit(unsafe, system.persons, 5)
    everything = brute_force(unsafe, system.persons, 5)
    assert {tuple(weights.items()) for weights in found.offending} <= everything.keys()
    sums = [size for weights, size in everything.items() if {weight for _, weight in weights} == {1}]
    assert found.clean == (not everything)
    assert found.smallest_derivable_group == min(sums)


@pytest.mark.parametrize("seed", range(10))
def test_a_part_of_a_safe_publication_is_safe(seed):
    system = small_round(seed)
    part = choose(system, 5) & (np.random.default_rng(seed).random(system.cells) < 0.6)

    assert audit(system.rows(part), system.persons, 5).clean


@st.composite
def systems(draw):
    """Random sums of up to nine groups: hierarchies and whatever overlaps."""
    groups = draw(st.integers(2, 9))
    alone = draw(st.lists(st.integers(0, 12), min_size=groups, max_size=groups))
    pair = st.tuples(st.integers(0, groups - 1), st.integers(0, 3))
    recurring = np.array(draw(st.lists(pair, max_size=8, unique=True)), dtype=np.int64).reshape(-1, 2)
    sheets = np.concatenate([np.full(groups, -1), recurring[:, 1]])
    where = np.concatenate([np.arange(groups), recurring[:, 0]])
    count = np.concatenate([np.array(alone), np.ones(len(recurring), dtype=np.int64)])
    persons = Persons.counted(groups, where, sheets, count)
    member_sets = st.sets(st.integers(0, groups - 1), min_size=1)
    cells = [set(range(groups)), *draw(st.lists(member_sets, max_size=14))]
    index = np.array([(i, group) for i, members in enumerate(cells) for group in sorted(members)])
    crossed = np.array(
        [0, *draw(st.lists(st.integers(1, 3), min_size=len(cells) - 1, max_size=len(cells) - 1))]
    )
    return System(*index.T, crossed, persons, np.ones(len(cells), dtype=bool))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(systems())
def test_whatever_the_groups_nothing_small_is_given_away(system):
    shown = choose(system, 5)

    assert audit(system.rows(shown), system.persons, 5).clean
    assert brute_force(system.rows(shown), system.persons, 5) == {}
    assert not (shown & (system.persons_by_cell < 5)).any()
    assert shown[0] == (system.persons_by_cell[0] >= 5)
