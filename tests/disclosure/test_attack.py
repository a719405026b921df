"""Everything that a release shows of small rounds, attacked: for each k, kind of attack and round there is nothing.

Sixty rounds go from the file that is imported to what files and pages show; five are so small that every sum is tried.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product

import pytest
from sqlmodel import select

from data_access.dashboard.models import PublishedCell, PublishedScore
from indicators.selection import Years
from tests.disclosure.attacker import ALL_BUT, ANSWERS, CHECKS, INVITED, Attack, CellKey
from tests.disclosure.conftest import Released
from tests.disclosure.known_details import Details, known_details
from tests.disclosure.shown_numbers import of_pages, of_workbook
from tests.disclosure.small_rounds import (
    YEAR,
    SmallRound,
    published,
    release,
    small_round,
    tiny_round,
    truth_of,
)

in_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

LIMITS = (3, 5, 7, 10)
FEW, ALL = (1, 5), range(60)
Attacks = Callable[[SmallRound, int], Attack]


@pytest.fixture(scope="session")
def attacks(released: Released) -> Attacks:
    """What a round shows for a k, held against it."""

    @cache
    def attack(a_round: SmallRound, k: int) -> Attack:
        return Attack(truth_of(a_round), released(a_round, k), k)

    return attack


def cases() -> Iterator:
    """Every least number of persons with every kind of attack on all rounds slowly, and a few of them quickly."""
    for check in CHECKS:
        yield pytest.param(5, FEW, check, id=f"5-few-{check.__name__}")
    for k, check in product(LIMITS, CHECKS):
        yield pytest.param(k, ALL, check, id=f"{k}-all-{check.__name__}", marks=pytest.mark.slow)


def every_limit() -> list:
    """One quickly, and the others slowly."""
    return [pytest.param(k, marks=[] if k == 5 else pytest.mark.slow) for k in LIMITS]


@pytest.mark.parametrize(("k", "seeds", "check"), [*cases()])
def test_nothing_is_given_away(attacks, k, seeds, check):
    found = {seed: check(attacks(small_round(seed), k)) for seed in seeds}

    assert {seed: len(some) for seed, some in found.items() if some} == {}


@pytest.mark.parametrize("k", every_limit())
def test_there_is_something_to_attack(attacks, k):
    for seed in FEW:
        kinds = {one.kind for one in attacks(small_round(seed), k).shown}
        assert kinds > {ANSWERS, "S01", "S02"}
    assert sum(len(attacks(small_round(seed), k).shown) for seed in FEW) > 300


@pytest.mark.parametrize("k", every_limit())
def test_in_very_small_rounds_no_sum_of_any_groups_is_given_away(k):
    found = {}
    for seed in range(5):
        a_round, truth = tiny_round(seed), truth_of(tiny_round(seed))
        assert len(truth.number) <= 12
        found[seed] = len(Attack(truth, published(a_round, k), k).every_small_sum())

    assert found == dict.fromkeys(found, 0)


@in_sqlite
@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 5])
def test_the_workbook_of_everything_shows_what_the_store_does(confidential, dashboard, tmp_path, seed):
    shown = release(confidential, dashboard, small_round(seed), tmp_path, 5)

    taken = set(of_workbook(dashboard, tmp_path))

    in_workbook = {ANSWERS, INVITED, "S01", "S02", "S03"}
    assert taken == {one._replace(counts=None) for one in shown if one.kind in in_workbook}


@pytest.mark.slow
@in_sqlite
@pytest.mark.parametrize("seed", [1, 5])
def test_the_answers_behind_a_theme_s_score_are_numbers_that_are_shown(
    confidential, dashboard, tmp_path, seed
):
    shown = release(confidential, dashboard, small_round(seed), tmp_path, 5)
    scored = select(PublishedScore, PublishedCell).join(
        PublishedCell, PublishedCell.id == PublishedScore.cell_id
    )

    found = [
        (CellKey(cell.unit_key, cell.education_id, cell.institution_id), number)
        for score, cell in dashboard.exec(scored)
        for number in (score.fewest, score.most)
    ]

    assert found
    assert set(found) <= {(one.cell, one.number) for one in shown if one.kind in ("S01", "S02", "S03")}


@pytest.mark.slow
@in_sqlite
@pytest.mark.parametrize(("seed", "k"), [(1, 5), (2, 10)])
def test_everyone_else_on_the_pages_gives_no_more_away(confidential, dashboard, tmp_path, seed, k):
    a_round = small_round(seed)
    truth = truth_of(a_round)
    shown = release(confidential, dashboard, a_round, tmp_path, k)

    pages = set(of_pages(dashboard, {cell.unit for cell in truth.cells[0]}, Years(YEAR)))

    everyone_else = {one for one in pages if one.cell.unit.startswith(ALL_BUT)}
    assert everyone_else
    assert pages - everyone_else <= set(shown)
    before, after = Attack(truth, shown, k), Attack(truth, [*shown, *everyone_else], k)
    assert after.small_cells() == []
    assert after.small_sums() == before.small_sums()
    assert len(after.small_differences()) == len(before.small_differences())


@pytest.mark.slow
def test_no_more_is_known_of_answers_than_was_measured(attacks):
    rounds = (attacks(small_round(seed), 5) for seed in range(60))

    found = sum((known_details(one.truth, one.shown) for one in rounds), Details())

    assert found.exact_bounds / found.bounds < 0.79
    assert found.known_distributions / found.undistributed < 0.104
    assert found.known_few / found.hidden_few < 0.083
