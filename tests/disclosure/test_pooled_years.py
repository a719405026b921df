"""Several years together beside the single years, in one release and in several: attacked like everything else."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlmodel import Session

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import queries
from data_access.dashboard.models import DASHBOARD, PublishedRound
from data_access.problems import ReleaseProblem
from data_access.publishing import releases
from data_access.publishing.rounds_to_publish import WhenTogether
from indicators.selection import Years
from tests.conftest import MadeStores
from tests.disclosure.attacker import ALL, ALL_BUT, CHECKS, Answered, Attack, Shown, Truth
from tests.disclosure.shown_numbers import of_pages, of_profiles, of_round
from tests.disclosure.small_rounds import (
    COUNTING,
    EDUCATIONS,
    INSTITUTIONS,
    ZEALAND,
    SmallRound,
    import_small_round,
    made_up,
)

K = 5
YEARS = (2023, 2024, 2025)
TOGETHER = Years(2025, 2023)
Rounds = Mapping[int, SmallRound]


@cache
def three_years(seed: int) -> Rounds:
    """Three rounds at the same five places; some come back in a later year, and half of them twice in one."""
    drawn = random.Random(seed)
    places = drawn.sample(ZEALAND, 5)
    groups = list(product(places, EDUCATIONS[: 1 + seed % 2], INSTITUTIONS[:2]))
    rounds = {}
    for year in YEARS:
        sheets = made_up(drawn, groups, drawn.randint(30, 90), recurring=12 * (seed % 3))
        back = {
            number: sheet if number % 3 == 0 else sheet._replace(person=f"{year} {sheet.person}")
            for number, sheet in sheets.items()
        }
        rounds[year] = SmallRound(back)
    return rounds


class Seen(NamedTuple):
    """What can be seen after all steps, of every round that was ever published, and how many were refused."""

    truth: Truth
    shown: Sequence[Shown]
    pools: Sequence[Years]
    refused: int


def without(a_round: SmallRound, few: int) -> SmallRound:
    """The last ones have not answered yet."""
    return replace(a_round, sheets=dict([*a_round.sheets.items()][:-few]))


def late(rounds: Rounds, year: int, few: int) -> list[Rounds]:
    """The years once without the last answers of one of them, and once with them."""
    return [{**rounds, year: without(rounds[year], few)}, {year: rounds[year]}]


HISTORIES: dict[str, Callable[[Rounds], list[Rounds]]] = {
    "all at once": lambda rounds: [rounds],
    "the same twice": lambda rounds: [rounds, rounds],
    "a year at a time": lambda rounds: [{year: a_round} for year, a_round in rounds.items()],
    "a late answer in the middle": lambda rounds: late(rounds, 2024, 1),
    "twelve late answers in the last": lambda rounds: late(rounds, 2025, 12),
    "an early year once more": lambda rounds: [rounds, {2023: rounds[2023]}],
}


@pytest.fixture(scope="session")
def seen(made_in_sqlite: MadeStores, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Seen]:
    """What can be seen of three years after such a history, in stores that are empty again afterwards."""
    folder = tmp_path_factory.mktemp("years")

    @cache
    def after(history: str, seed: int, when_together: WhenTogether = WhenTogether.HIDE) -> Seen:
        with (
            engines.writing(made_in_sqlite.confidential_url, CONFIDENTIAL) as confidential,
            engines.writing(made_in_sqlite.dashboard_url, DASHBOARD) as dashboard,
        ):
            steps = HISTORIES[history](three_years(seed))
            found = lived_through(confidential, dashboard, steps, folder, when_together)
            confidential.rollback()
            dashboard.rollback()
        return found

    return after


def lived_through(
    confidential: Session,
    dashboard: Session,
    steps: Sequence[Rounds],
    folder: Path,
    when_together: WhenTogether,
) -> Seen:
    """Imports and releases step by step; a release that is refused changes nothing."""
    known: dict[int, SmallRound] = {}
    answered: dict[int, Answered] = {}
    refused = 0
    for step in steps:
        for year, a_round in step.items():
            import_small_round(confidential, a_round, folder, f"student-{year}")
        known |= step
        ids = [f"student-{year}" for year in step]
        try:
            with dashboard.begin_nested():
                release = releases.publish(confidential, dashboard, ids, when_together=when_together)
        except ReleaseProblem:
            refused += 1
            continue
        for published in queries.rounds_of(dashboard, release.number):
            answered.setdefault(published.id, answers_of(published, known))
    numbers = {published_id: at for at, published_id in enumerate(answered)}
    rounds = [dashboard.get(PublishedRound, published_id) for published_id in answered]
    shown = [one for published in rounds for one in of_round(dashboard, published, numbers[published.id])]
    pools = [published.years for published in rounds if published.is_pooled]
    return Seen(Truth([*answered.values()], COUNTING), shown, pools, refused)


def answers_of(published: PublishedRound, known: Rounds) -> Answered:
    """The sheets of all its years, each with its year."""
    rounds = {year: known[year] for year in published.years.covered}
    sheets = {(year, number): sheet for year, one in rounds.items() for number, sheet in one.sheets.items()}
    newest = rounds[published.year]
    return Answered(sheets, {place: frozenset(newest.units(place)) for place in {*ZEALAND}})


def few_and_all() -> list:
    """One history quickly with one seed, all of them slowly with more."""
    quick = [pytest.param("a year at a time", (1,), check) for check in CHECKS]
    slow = [
        pytest.param(history, (0, 1, 2, 3, 4, 5), check, marks=pytest.mark.slow)
        for history, check in product(HISTORIES, CHECKS)
    ]
    return quick + slow


@pytest.mark.parametrize(("history", "seeds", "check"), few_and_all())
def test_years_together_and_apart_give_nothing_away(seen, history, seeds, check):
    found = {}
    for seed in seeds:
        truth, shown, pools, _refused = seen(history, seed)
        assert pools
        found[seed] = len(check(Attack(truth, shown, K)))

    assert found == dict.fromkeys(found, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_what_every_single_year_shows_the_years_together_show_too(seen, seed):
    _truth, shown, pools, _refused = seen("all at once", seed)
    assert pools == [TOGETHER]

    *single_years, together = (
        {one.cell for one in shown if one.release == at and one.kind == "S01" and one.cell.institution == ALL}
        for at in range(4)
    )

    assert set.intersection(*single_years) <= together


@pytest.mark.slow
def test_years_that_overlap_are_both_there(seen):
    assert seen("a year at a time", 1).pools == [Years(2024, 2023), TOGETHER]


@pytest.mark.slow
def test_a_late_answer_is_refused_when_the_years_together_would_give_it_away(seen):
    assert seen("a late answer in the middle", 1, WhenTogether.REFUSE).refused == 1


@pytest.mark.slow
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", [1, 4])
def test_pages_of_single_years_and_years_together_tell_no_more(confidential, dashboard, tmp_path, seed):
    steps = HISTORIES["all at once"](three_years(seed))
    truth, shown, _pools, _refused = lived_through(
        confidential, dashboard, steps, tmp_path, WhenTogether.REFUSE
    )
    units = {cell.unit for cell in truth.cells[-1]}

    on_pages = set()
    for at, years in enumerate([*map(Years, YEARS), TOGETHER]):
        found = [*of_pages(dashboard, units, years), *of_profiles(dashboard, units, years)]
        on_pages |= {one._replace(release=at) for one in found}

    everyone_else = {one for one in on_pages if one.cell.unit.startswith(ALL_BUT)}
    assert everyone_else
    assert on_pages - everyone_else <= set(shown)
    assert Attack(truth, [*shown, *everyone_else], K).small_cells() == []
    before, after = Attack(truth, shown, K), Attack(truth, [*shown, *everyone_else], K)
    assert after.small_sums() == before.small_sums() == []
