"""Several years together beside the single years, in one release and in several: attacked like everything else."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.models import PublishedRound
from data_access.problems import ReleaseProblem
from data_access.publishing import releases
from data_access.publishing.rounds_to_publish import WhenTogether
from indicators.selection import Years
from tests.conftest import MadeStores
from tests.disclosure.attacker import ALL, ALL_BUT, CHECKS, Answered, Attack, Sheet, Shown, Truth
from tests.disclosure.conftest import empty_again
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


class Step(NamedTuple):
    """Rounds that are imported, and the release that is made of them or of some of them."""

    rounds: Rounds
    settings: Mapping[str, object] = MappingProxyType({})
    published: Sequence[int] = ()
    """Years; none: those that are imported."""


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


def late(rounds: Rounds, year: int, few: int) -> list[Step]:
    """The years once without the last answers of one of them, and once with them."""
    return [Step({**rounds, year: without(rounds[year], few)}), Step({year: rounds[year]})]


def carried_over(rounds: Rounds) -> list[Step]:
    """A late answer in a year that an older sum holds and the newest does not; then the release goes."""
    first = {year: rounds[year] for year in YEARS}
    return [
        Step({**first, 2023: without(first[2023], 1)}, {"least_persons": 10}),
        Step({2023: first[2023], 2026: rounds[2026]}, {"least_persons": K}, published=(*YEARS, 2026)),
        Step({}, {"least_persons": K, "when_together": WhenTogether.REPLACE}, published=(2026,)),
    ]


HISTORIES: dict[str, Callable[[Rounds], list[Step]]] = {
    "all at once": lambda rounds: [Step(rounds)],
    "the same twice": lambda rounds: [Step(rounds), Step(rounds)],
    "a year at a time": lambda rounds: [Step({year: a_round}) for year, a_round in rounds.items()],
    "a late answer in the middle": lambda rounds: late(rounds, 2024, 1),
    "twelve late answers in the last": lambda rounds: late(rounds, 2025, 12),
    "an early year once more": lambda rounds: [Step(rounds), Step({2023: rounds[2023]})],
    "steering group, then public": lambda rounds: [Step(rounds), Step(rounds, {"profile": "offentlig"})],
    "only single years, then public": lambda rounds: [
        Step(rounds, {"adds_up_years": False}),
        Step(rounds, {"profile": "offentlig"}),
    ],
}


@pytest.fixture(scope="session")
def seen(made_in_sqlite: MadeStores, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Seen]:
    """What can be seen of three years after such a history, in stores that are empty again afterwards."""
    folder = tmp_path_factory.mktemp("years")

    @cache
    def after(history: str, seed: int, when_together: WhenTogether = WhenTogether.HIDE) -> Seen:
        steps = HISTORIES[history](three_years(seed))
        with empty_again(made_in_sqlite) as (confidential, dashboard):
            return lived_through(confidential, dashboard, steps, folder, when_together)

    return after


def lived_through(
    confidential: Session,
    dashboard: Session,
    steps: Sequence[Step],
    folder: Path,
    when_together: WhenTogether,
) -> Seen:
    """Imports and releases step by step; a release that is refused changes nothing."""
    known: dict[int, SmallRound] = {}
    answered: dict[int, Answered] = {}
    refused = 0
    for step in steps:
        for year, a_round in step.rounds.items():
            import_small_round(confidential, a_round, folder, f"student-{year}")
        known |= step.rounds
        ids = [f"student-{year}" for year in step.published or step.rounds]
        try:
            with dashboard.begin_nested():
                settings = {"when_together": when_together, **step.settings}
                release = releases.publish(confidential, dashboard, ids, **settings)
        except ReleaseProblem:
            refused += 1
            continue
        rounds = queries.rounds_of(dashboard, release.number)
        for published in sorted(rounds, key=lambda published: published.is_pooled):
            parts = [answered[one.id] for one in rounds if published.adds_up(one)]
            answered.setdefault(published.id, answers_of(published, known, parts))
    numbers = {published_id: at for at, published_id in enumerate(answered)}
    shown_rounds = [dashboard.get(PublishedRound, published_id) for published_id in answered]
    there = [published for published in shown_rounds if published is not None]
    shown = [one for published in there for one in of_round(dashboard, published, numbers[published.id])]
    pools = [published.years for published in there if published.is_pooled]
    return Seen(Truth([*answered.values()], COUNTING), shown, pools, refused)


def answers_of(published: PublishedRound, known: Rounds, parts: Sequence[Answered]) -> Answered:
    """The sheets of a year, each with its year; or those of all the years that are added up."""
    a_round = known[published.year]
    units = {place: frozenset(a_round.units(place)) for place in {*ZEALAND}}
    own = {(published.year, number): sheet for number, sheet in a_round.sheets.items()}
    sheets = {number: sheet for part in parts for number, sheet in part.sheets.items()}
    return Answered(sheets or own, units)


def few_and_all() -> list:
    """One history quickly with one seed, all of them slowly with more."""
    quick = [pytest.param("a year at a time", (1,), check) for check in CHECKS]
    slow = [
        pytest.param(history, (0, 2, 5), check, marks=pytest.mark.slow)
        for history, check in product(HISTORIES, CHECKS)
    ]
    return quick + slow


@pytest.mark.parametrize(("history", "seeds", "check"), few_and_all())
def test_years_together_and_apart_give_nothing_away(seen, history, seeds, check):
    found = {}
    for seed in seeds:
        truth, shown, pools, _refused = seen(history, seed)
        assert pools or "public" in history
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
@pytest.mark.parametrize("check", CHECKS)
def test_a_round_that_is_carried_over_is_known_though_its_release_goes(carried, check):
    for truth, shown in carried:
        assert check(Attack(truth, shown, K)) == []


@pytest.fixture(scope="module")
def carried(made_in_sqlite: MadeStores, tmp_path_factory: pytest.TempPathFactory) -> list[tuple]:
    """Two histories of that kind."""
    folder, found = tmp_path_factory.mktemp("carried"), []
    for seed in (0, 3):
        steps = carried_over({**three_years(seed), 2026: three_years(seed + 6)[2025]})
        with empty_again(made_in_sqlite) as (confidential, dashboard):
            seen = lived_through(confidential, dashboard, steps, folder, WhenTogether.HIDE)
        found.append((seen.truth, seen.shown))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("as_counts", [False, True], ids=["sheets with keys", "counts without"])
def test_four_who_answer_every_year_are_four(confidential, dashboard, tmp_path, as_counts):
    steps = [Step({year: with_the_same_four(year, as_counts) for year in YEARS})]
    truth, shown, pools, _refused = lived_through(
        confidential, dashboard, steps, tmp_path, WhenTogether.REFUSE
    )

    assert pools == [TOGETHER]
    assert Attack(truth, shown, K).faults() == {}
    assert not [one for one in shown if one.cell.unit == ZEALAND[2]]


def with_the_same_four(year: int, as_counts: bool) -> SmallRound:
    """Four in the smallest municipality who always are the same, and new people elsewhere."""
    sizes = dict(zip((ZEALAND[2], ZEALAND[0], ZEALAND[1]), (4, 30, 40), strict=True))
    sheets = {}
    for place, size in sizes.items():
        for number in range(size):
            returns = size == 4 or (size == 30 and number < 3)
            person = f"{place} {number}" if returns else f"{year} {place} {number}"
            answers = (("S01", 5 if number % (year - 2020) else 2), ("S02", 4))
            sheets[len(sheets)] = Sheet(place, EDUCATIONS[0], INSTITUTIONS[0], answers, person)
    return SmallRound(sheets, as_counts)


@pytest.mark.slow
def test_the_public_gets_its_release_also_where_the_sum_would_not_be_safe(seen):
    assert seen("only single years, then public", 0).refused == 0
    assert seen("only single years, then public", 2).refused == 0


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
