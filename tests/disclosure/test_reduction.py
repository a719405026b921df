"""A system with fewer groups gives the same choice, and nothing more away, than the one that it stands for."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.disclosure import System, SystemRows, audit, choose
from indicators.disclosure.choice import greedy_choice
from indicators.disclosure.reduction import Reduced
from tests.disclosure.small_systems import brute_force, named_system, names, small_round

CELLS = {"all": "abcdef", "abc": "abc", "de": "de", "a": "a", "bc": "bc", "f": "f", "ef": "ef"}
SIZES = {"a": 9, "b": 2, "c": 7, "d": 6, "e": 6, "f": 3}


def given_rows(system: System, *cells: str) -> SystemRows:
    """What is given already: cells of `CELLS`."""
    chosen = np.array([name in cells for name in CELLS])
    return system.rows(chosen)


def beside_another(seed: int) -> System:
    """A small round of which only some cells are offered, beside what a safe choice of all of them shows."""
    system, rng = small_round(seed), np.random.default_rng(seed)
    given = system.rows(choose(system, 5) & (rng.random(system.cells) < 0.7))
    return replace(system, offered=rng.random(system.cells) < 0.6, given=given)


def test_a_large_group_that_can_be_read_by_itself_is_left_out():
    system = named_system(SIZES, CELLS)
    system = replace(system, given=given_rows(system, "a", "abc"))

    reduced = Reduced.of(system, 5)

    assert names(CELLS, reduced.follows) == {"a"}
    assert reduced.system.persons.by_group.sum() == sum(SIZES.values()) - SIZES["a"]


def test_groups_that_always_stand_together_are_one():
    cells = {"all": "abcd", "ab": "ab", "cd": "cd"}
    system = named_system({"a": 3, "b": 4, "c": 2, "d": 9}, cells)

    reduced = Reduced.of(system, 5)

    assert sorted(reduced.system.persons.by_group.tolist()) == [7, 11]


def test_a_small_group_that_can_be_read_already_is_kept_so_that_it_is_seen():
    system = named_system(SIZES, CELLS)
    system = replace(system, given=given_rows(system, "f"))

    reduced = Reduced.of(system, 5)

    assert 3 in reduced.system.persons.by_group


@pytest.mark.parametrize("seed", range(12))
def test_the_choice_is_the_one_that_is_made_of_all_groups(seed):
    system = beside_another(seed)

    assert (choose(system, 5) == greedy_choice(system, 5)).all()


@pytest.mark.parametrize("seed", range(12))
def test_nothing_follows_from_the_choice_that_did_not_follow_before(seed):
    system = beside_another(seed)
    shown = system.shown(choose(system, 5))

    assert audit(shown, system.persons, 5).clean
    assert brute_force(shown, system.persons, 5) == {}


def test_what_an_attack_on_all_groups_finds_is_said_of_the_fewer_ones():
    system = named_system(SIZES, CELLS)
    system = replace(system, given=given_rows(system, "a"))
    reduced = Reduced.of(system, 5)
    a, b, c = (list(SIZES).index(name) for name in "abc")

    assert reduced.weights({a: 1}) == {}, "it can be read"
    assert reduced.weights({a: 1, b: -1, c: -1}) == {int(reduced.number[b]): -1}, "they always stand together"
