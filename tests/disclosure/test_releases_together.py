"""Several releases of the same answers, put side by side: what follows from all that can still be seen of them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlmodel import Session

from data_access.dashboard.models import Release
from data_access.dashboard.reference_tables import load_reference
from data_access.problems import ReleaseProblem
from data_access.publishing import releases
from data_access.publishing.rounds_to_publish import WhenTogether
from indicators.disclosure import PROFILES
from tests.conftest import MadeStores
from tests.disclosure.attacker import ANSWERS, CHECKS, INVITED, Attack, Shown, Truth
from tests.disclosure.conftest import empty_again
from tests.disclosure.shown_numbers import of_store
from tests.disclosure.small_rounds import (
    SmallRound,
    import_small_round,
    small_round,
    truth_of,
    with_one_small_municipality,
)

STEERING_GROUP, PUBLIC = "styregruppe", "offentlig"


CORRECTED = "a corrected answer"


class Step(NamedTuple):
    """A release: the round as it is imported, with its groups, and for whom."""

    a_round: SmallRound
    profile: str = STEERING_GROUP


class Seen(NamedTuple):
    """What can be seen after all steps, and how many of them were refused."""

    truth: Truth
    shown: Sequence[Shown]
    refused: int


def without(a_round: SmallRound, few: int) -> SmallRound:
    """The last ones have not answered yet."""
    return replace(a_round, sheets=dict([*a_round.sheets.items()][:-few]))


def corrected(a_round: SmallRound) -> SmallRound:
    """The last one who has answered has put the cross elsewhere."""
    number, sheet = next(one for one in reversed(a_round.sheets.items()) if one[1].answers)
    turned = tuple((question, 5 if value != 5 else 1) for question, value in sheet.answers)
    return replace(a_round, sheets={**a_round.sheets, number: sheet._replace(answers=turned)})


def own_group_changed(a_round: SmallRound) -> list[Step]:
    small, by_size = with_one_small_municipality(a_round)
    return [Step(small.with_own_group(members)) for members in (by_size, by_size[1:])]


HISTORIES: dict[str, Callable[[SmallRound], list[Step]]] = {
    "the same twice": lambda one: [Step(one), Step(one)],
    "steering group, then public": lambda one: [Step(one), Step(one, PUBLIC)],
    "public, then steering group": lambda one: [Step(one, PUBLIC), Step(one)],
    "an own group changed by one municipality": own_group_changed,
    "a late answer": lambda one: [Step(without(one, 1)), Step(one)],
    CORRECTED: lambda one: [Step(one), Step(corrected(one))],
    "a removed answer": lambda one: [Step(one), Step(without(one, 1))],
    "thirty late answers": lambda one: [Step(without(one, 30)), Step(one)],
    "late answers twice": lambda one: [Step(without(one, 12)), Step(without(one, 4)), Step(one)],
    "a late answer, then public": lambda one: [Step(without(one, 1)), Step(one), Step(one, PUBLIC)],
    "a late answer between two profiles": lambda one: [Step(without(one, 1)), Step(one, PUBLIC)],
}


@pytest.fixture(scope="session")
def seen(made_in_sqlite: MadeStores, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Seen]:
    """What can be seen of a small round after such a history, in stores that are empty again afterwards."""
    folder = tmp_path_factory.mktemp("histories")

    @cache
    def after(history: str, seed: int, when_together: WhenTogether = WhenTogether.REFUSE) -> Seen:
        steps = HISTORIES[history](small_round(seed))
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
    made: dict[int, int] = {}
    for at, step in enumerate(steps):
        import_small_round(confidential, step.a_round, folder)
        load_reference(dashboard, step.a_round.reference)
        with suppress(ReleaseProblem), dashboard.begin_nested():
            release = releases.publish(
                confidential, dashboard, profile=step.profile, when_together=when_together
            )
            made[release.number] = at
    shown = [
        one for release in available(dashboard) for one in of_store(dashboard, release, made[release.number])
    ]
    return Seen(truth_of(*(step.a_round for step in steps)), shown, len(steps) - len(made))


def available(dashboard: Session) -> list[Release]:
    """Every release that somebody can still put in force and read."""
    return releases.releases(dashboard)


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    ("when_together", "history"),
    [
        *product([WhenTogether.REFUSE], HISTORIES),
        *product([WhenTogether.HIDE], [name for name in HISTORIES if name != CORRECTED]),
    ],
)
def test_releases_together_give_nothing_away(seen, when_together, history, check):
    found = {}
    for seed in (0, 7):
        truth, shown, _refused = seen(history, seed, when_together)
        found[seed] = len(check(Attack(truth, shown, PROFILES[STEERING_GROUP])))

    assert found == dict.fromkeys(found, 0)


@pytest.mark.slow
def test_a_late_answer_is_not_told_by_two_releases(seen):
    truth, shown, _refused = seen("a late answer", 4)
    attack = Attack(truth, shown, PROFILES[STEERING_GROUP])

    assert (attack.small_differences(), attack.small_sums()) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_who_has_answered_is_told_again_and_what_was_corrected_is_not(seen, check):
    truth, shown, _refused = seen(CORRECTED, 0, WhenTogether.HIDE)
    responses = [one for one in shown if one.kind in (ANSWERS, INVITED)]
    answers = [one for one in shown if one not in responses]

    counted = [{(one.kind, one.cell, one.number) for one in responses if one.release == at} for at in (0, 1)]
    assert counted[1] <= counted[0]
    if check.__name__ != "numbers_without_response":
        assert not check(Attack(truth, answers, PROFILES[STEERING_GROUP]))


@pytest.mark.slow
@pytest.mark.parametrize("history", ["a late answer", "a corrected answer", "thirty late answers"])
def test_a_release_that_would_tell_of_changes_is_made_where_some_figures_are_hidden(seen, history):
    assert seen(history, 0).refused == 1
    assert seen(history, 0, WhenTogether.HIDE).refused == 0


@pytest.mark.slow
def test_the_same_answers_can_be_released_again(seen):
    truth, shown, refused = seen("the same twice", 0)

    assert refused == 0
    assert len({one._replace(release=0) for one in shown}) == len(shown) / 2
    assert Attack(truth, shown, PROFILES[STEERING_GROUP]).small_sums() == []


@pytest.mark.slow
@pytest.mark.parametrize("history", ["steering group, then public", "public, then steering group"])
@pytest.mark.parametrize("seed", [0, 7])
def test_the_public_sees_a_part_of_what_the_steering_group_does(seen, history, seed):
    _, shown, refused = seen(history, seed)
    public = history.startswith("public")
    steering_group, everyone = (
        {one._replace(release=0, favourable=None, counts=None) for one in shown if one.release == at}
        for at in ((1, 0) if public else (0, 1))
    )

    assert refused == 0
    assert everyone
    assert everyone <= steering_group
