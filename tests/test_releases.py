"""Releases: which figures come out of which sheets, and how one release follows another."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from data_access.dashboard import cells, queries
from data_access.problems import ReleaseProblem
from data_access.publishing import releases
from indicators.figure import Bound, Figure, State
from indicators.selection import Years
from tests.made_up import (
    ABSALON,
    DONT_KNOW,
    GREVE,
    KOEGE,
    KOEGE_HOSPITAL,
    KP,
    LITTLE,
    MUCH,
    NURSING,
    ROSKILDE,
    SOCIAL_WORK,
    SOME,
    VERY_MUCH,
    add_counts,
    add_round,
    add_sheets,
)

ALL = "alle"


def published_group(dashboard: Session, unit: str, education: str = ALL, institution: str = ALL):
    release = queries.release_in_force(dashboard)
    return cells.group(
        dashboard, queries.rounds(dashboard, release, "student", Years(2025)), unit, education, institution
    )


def test_counts_shares_and_response_of_a_municipality_are_those_of_its_sheets(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": VERY_MUCH, "S02": MUCH}, times=6)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": DONT_KNOW}, times=4)
    add_sheets(confidential, a_round, ROSKILDE, None, times=10)
    releases.publish(confidential, dashboard)

    roskilde = published_group(dashboard, ROSKILDE)

    assert (roskilde.response.answers, roskilde.response.invited, roskilde.response.rate) == (10, 20, 0.5)
    counted = replace(roskilde.figure("S01"), judgement=None)
    assert counted == Figure(State.SHOWN, 10, 6, 10, (6, 0, 0, 4, 0), 0)
    six_of_six = Figure(State.SHOWN, 6, None, 6, bound=Bound.AT_LEAST)
    assert replace(roskilde.figure("S02"), judgement=None) == six_of_six, (
        "don't know is outside; six who all agree are a bound"
    )


def test_a_figure_needs_five_persons_and_four_are_hidden(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=5)
    add_sheets(confidential, a_round, KOEGE, {"S01": MUCH}, times=4)
    add_sheets(confidential, a_round, GREVE, {"S01": MUCH}, times=4)
    releases.publish(confidential, dashboard)

    assert published_group(dashboard, ROSKILDE).figure("S01").n == 5
    koege = published_group(dashboard, KOEGE)
    assert koege.figure("S01").state is State.HIDDEN
    assert koege.response.state is State.HIDDEN


def test_two_placements_of_one_student_are_two_answers_of_one_person(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=3)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=2, person="a-student")
    add_sheets(confidential, a_round, KOEGE, {"S01": MUCH}, times=5)
    add_sheets(confidential, a_round, KOEGE, {"S01": MUCH}, times=2, person="another-student")
    add_sheets(confidential, a_round, GREVE, {"S01": MUCH}, times=4)
    releases.publish(confidential, dashboard)

    assert published_group(dashboard, ROSKILDE).figure("S01").state is State.HIDDEN, (
        "five sheets, four persons"
    )
    assert (
        published_group(dashboard, KOEGE).figure("S01").n,
        published_group(dashboard, KOEGE).figure("S01").persons,
    ) == (7, 6)


def test_a_place_counts_in_its_groups_and_a_hospital_not_in_the_municipality_around_it(
    confidential, dashboard
):
    a_round = add_round(confidential)
    for place, answers in ((ROSKILDE, 5), (KOEGE, 6), (KOEGE_HOSPITAL, 7)):
        add_sheets(confidential, a_round, place, {"S01": MUCH}, times=answers - 2)
        add_sheets(confidential, a_round, place, {"S01": SOME}, times=2)
    releases.publish(confidential, dashboard)

    answers = {
        unit: published_group(dashboard, unit).figure("S01").n
        for unit in (
            KOEGE,
            "klynge:rs-suh",
            "raad:sr-oestsjaelland-oerne",
            "region:1085",
            "region:ost",
            "kkr:sjaelland",
            ALL,
        )
    }

    assert answers == {
        KOEGE: 6,
        "klynge:rs-suh": 18,
        "raad:sr-oestsjaelland-oerne": 18,
        "region:1085": 18,
        "region:ost": 18,
        "kkr:sjaelland": 11,
        ALL: 18,
    }


@pytest.mark.parametrize(("setting", "in_greve"), [(False, 5), (True, 11)])
def test_a_private_site_is_a_kind_of_its_own_and_counts_in_the_municipality_only_by_setting(
    confidential, dashboard, setting, in_greve
):
    a_round = add_round(confidential, private_counts_in_municipality=setting)
    add_sheets(confidential, a_round, GREVE, {"S01": MUCH}, times=5)
    add_sheets(confidential, a_round, "privat:0253", {"S01": SOME}, times=6)
    releases.publish(confidential, dashboard)

    assert published_group(dashboard, "privat:alle").figure("S01").n == 6
    assert published_group(dashboard, GREVE).figure("S01").n == in_greve
    assert published_group(dashboard, ALL).figure("S01").n == 11


def test_education_and_institution_are_crossed_with_the_unit(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=10)
    add_sheets(
        confidential, a_round, ROSKILDE, {"S01": SOME}, times=12, education=SOCIAL_WORK, institution=KP
    )
    releases.publish(confidential, dashboard)

    assert published_group(dashboard, ROSKILDE, NURSING).figure("S01").favourable == 10
    assert published_group(dashboard, ROSKILDE, SOCIAL_WORK, KP).figure("S01").favourable == 0
    assert published_group(dashboard, ROSKILDE, SOCIAL_WORK, ABSALON).figure("S01").state is State.NO_ANSWERS
    assert published_group(dashboard, ROSKILDE, ALL, KP).figure("S01").n == 12


def test_counts_are_released_beside_answer_sheets_through_the_same_groups(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=6)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": SOME}, times=4)
    add_counts(confidential, a_round, KOEGE, {"S01": {VERY_MUCH: 8, LITTLE: 2}}, invited=40, answers=12)
    releases.publish(confidential, dashboard)

    assert published_group(dashboard, KOEGE).response.invited == 40
    assert published_group(dashboard, KOEGE).figure("S01").counts == (8, 0, 0, 2, 0)
    assert published_group(dashboard, ALL).figure("S01").n == 20


def test_one_group_with_unknown_invited_makes_the_sum_unknown(confidential, dashboard):
    a_round = add_round(confidential)
    add_counts(confidential, a_round, ROSKILDE, {"S01": {MUCH: 10}}, invited=20)
    add_counts(confidential, a_round, KOEGE, {"S01": {MUCH: 10}})
    releases.publish(confidential, dashboard)

    assert published_group(dashboard, ROSKILDE).response.invited == 20
    assert published_group(dashboard, ALL).response.invited is None
    assert published_group(dashboard, ALL).response.answers == 20


def test_a_new_release_is_read_at_once_and_an_earlier_one_can_be_restored(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=5)
    first = releases.publish(confidential, dashboard)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=5)
    second = releases.publish(confidential, dashboard)

    assert (first.number, second.number) == (1, 2)
    assert published_group(dashboard, ROSKILDE).figure("S01").n == 10
    releases.restore(dashboard, 1)
    assert published_group(dashboard, ROSKILDE).figure("S01").n == 5
    assert releases.publish(confidential, dashboard).number == 3, (
        "a restored release never lends out its number"
    )


def test_publishing_one_round_carries_the_others_over(confidential, dashboard):
    add_sheets(confidential, add_round(confidential, 2024), ROSKILDE, {"S01": MUCH}, times=5)
    add_sheets(confidential, add_round(confidential, 2025), ROSKILDE, {"S01": MUCH}, times=5)
    releases.publish(confidential, dashboard)
    only_one = releases.publish(confidential, dashboard, ["student-2025"])

    rounds = [some.round_id for some in releases.rounds_of(dashboard, only_one.number)]
    assert rounds == ["student-2024", "student-2025", "student-2024-2025"]


def test_one_round_cannot_be_published_for_others_than_the_rest(confidential, dashboard):
    add_sheets(confidential, add_round(confidential, 2024), ROSKILDE, {"S01": MUCH}, times=5)
    add_sheets(confidential, add_round(confidential, 2025), ROSKILDE, {"S01": MUCH}, times=5)
    releases.publish(confidential, dashboard)

    with pytest.raises(ReleaseProblem, match="skal alle runder udgives på ny; student-2024 mangler"):
        releases.publish(confidential, dashboard, ["student-2025"], "offentlig")


@pytest.mark.parametrize(
    ("round_ids", "profile", "message"),
    [
        (["student-1999"], "styregruppe", "Der er ikke importeret noget for student-1999"),
        ([], "alle", "Profilen alle findes ikke"),
    ],
)
def test_what_cannot_be_published_is_said_in_danish(confidential, dashboard, round_ids, profile, message):
    add_round(confidential)

    with pytest.raises(ReleaseProblem, match=message):
        releases.publish(confidential, dashboard, round_ids, profile)


def test_an_empty_store_has_nothing_to_publish(confidential, dashboard):
    with pytest.raises(ReleaseProblem, match="Der er intet at udgive endnu"):
        releases.publish(confidential, dashboard)


def test_a_release_that_does_not_exist_cannot_be_restored(confidential, dashboard):
    add_sheets(confidential, add_round(confidential), ROSKILDE, {"S01": MUCH}, times=5)
    releases.publish(confidential, dashboard)

    with pytest.raises(ReleaseProblem, match=r"Udgivelse 7 findes ikke. Udgivelser: 1\."):
        releases.restore(dashboard, 7)
