"""A whole publication judged: who is compared with whom, what is said, and out of what it is made."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.cells import Cell
from indicators.figure import HIDDEN, Figure, State
from indicators.intervals import difference, mean, wilson, wilson_of_invited
from indicators.judgement import Judgement, Verdict, p_value
from indicators.judging import Expected, expected, judged, together
from indicators.publication import one_by_one, publication
from indicators.questionnaire import Questionnaire
from indicators.response import Badge, ResponseGroup, is_skewed
from indicators.selection import ALL
from tests.made_up import GREVE, KOEGE, KOEGE_HOSPITAL, NURSING, QUESTIONNAIRE, ROSKILDE, SOCIAL_WORK
from tests.statistics.publications import LEAST_PERSONS, Judged, agreeing, published, round_of

TEACHING = "laerer"
TOWNS = [f"kommune:{number:04}" for number in range(900, 920)]
EDUCATIONS = (NURSING, SOCIAL_WORK, TEACHING)


def nursing(by_place: Mapping[str, tuple[int, int]]) -> Judged:
    """Places where only nursing students were, by favourable answers and all answers."""
    return Judged(round_of({(place, NURSING): {"S01": agreeing(*both)} for place, both in by_place.items()}))


def asked_so(**changed: object) -> Questionnaire:
    """The small questionnaire with its first question changed."""
    data = QUESTIONNAIRE.model_dump()
    data["questions"] = [{**data["questions"][0], **changed}, *data["questions"][1:]]
    return Questionnaire.model_validate(data)


def test_a_place_is_held_up_against_all_others_without_itself():
    roskilde = nursing({ROSKILDE: (30, 60), KOEGE: (150, 200), GREVE: (140, 200)}).figure(ROSKILDE)

    theirs = difference(30, 60, 290, 400)
    assert roskilde.judgement.verdict is Verdict.BELOW
    assert roskilde.judgement.difference == pytest.approx(-0.225, abs=1e-6)
    assert (roskilde.judgement.difference_low, roskilde.judgement.difference_high) == (
        pytest.approx(theirs.interval, abs=1e-6)
    )


def test_everything_has_an_interval_and_no_verdict_as_there_is_nobody_else():
    total = nursing({ROSKILDE: (30, 60), KOEGE: (150, 200)}).figure()

    assert (total.judgement.low, total.judgement.high) == pytest.approx(wilson(180, 260), abs=1e-6)
    for said in ("verdict", "difference", "difference_low", "expected", "verdict_on_mix"):
        assert getattr(total.judgement, said) is None


def test_a_certain_difference_under_five_points_is_not_told_apart():
    small, larger = (
        nursing({ROSKILDE: (favourable, 10_000), KOEGE: (8000, 10_000)}).figure(ROSKILDE).judgement
        for favourable in (8400, 8500)
    )

    assert p_value(8400, 10_000, 8000, 10_000)[0] < 1e-9
    assert small.difference == pytest.approx(0.04)
    assert small.verdict is Verdict.ALIKE
    assert 0.85 - 0.80 < 0.05, "to a machine"
    assert larger.difference == 0.05
    assert larger.verdict is Verdict.ABOVE, "five points are enough"


def test_an_uncertain_difference_of_many_points_is_not_told_apart():
    roskilde = nursing({ROSKILDE: (6, 10), KOEGE: (160, 200)}).figure(ROSKILDE).judgement

    assert roskilde.difference == pytest.approx(-0.20)
    assert roskilde.verdict is Verdict.ALIKE


@pytest.mark.parametrize("n", [6, 9])
def test_fewer_than_ten_answers_are_too_few_whatever_they_say(n):
    judgement = nursing({ROSKILDE: (2, n), KOEGE: (190, 200)}).figure(ROSKILDE).judgement

    assert judgement.verdict is Verdict.TOO_FEW
    assert (judgement.low, judgement.high) == pytest.approx(wilson(2, n), abs=1e-6)
    assert judgement.mean is None


def test_fewer_than_ten_others_are_too_few_as_well():
    both = nursing({ROSKILDE: (190, 200), KOEGE: (2, 9)})

    assert set(both.verdicts().values()) == {None, Verdict.TOO_FEW}


def test_where_the_distribution_takes_twenty_persons_so_does_the_verdict():
    """The open profile shows no more than the share of ten to nineteen."""
    answers = {(ROSKILDE, NURSING): {"S01": agreeing(2, 15)}, (KOEGE, NURSING): {"S01": agreeing(160, 200)}}

    assert Judged(round_of(answers)).figure(ROSKILDE).judgement.verdict is Verdict.BELOW
    assert Judged(round_of(answers), least_persons=10).figure(ROSKILDE).judgement.verdict is Verdict.TOO_FEW


LOW = (24, 40)
"""Alone it is clearly under the others, and among twenty others it is not."""


def test_places_are_controlled_for_how_many_of_their_kind_are_tested():
    others = dict.fromkeys(TOWNS, (38, 50))
    alone = nursing({KOEGE_HOSPITAL: LOW, **others})
    among = nursing({ROSKILDE: LOW, **others})

    assert alone.verdicts()[KOEGE_HOSPITAL] is Verdict.BELOW
    assert among.verdicts()[ROSKILDE] is Verdict.ALIKE
    assert alone.figure(KOEGE_HOSPITAL).judgement.difference == among.figure(ROSKILDE).judgement.difference


def test_each_education_and_each_question_is_a_family_of_its_own():
    towns = {(town, NURSING): {"S02": agreeing(38, 50)} for town in TOWNS}
    few = {
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(*LOW)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(760, 1000)},
    }

    found = Judged(round_of({**towns, **few}))

    assert found.figure(ROSKILDE, SOCIAL_WORK).judgement.verdict is Verdict.BELOW
    assert found.figure(ROSKILDE).judgement.verdict is Verdict.BELOW
    assert found.figure(TOWNS[0], question="S02").judgement.verdict is Verdict.ALIKE


def test_an_education_is_held_up_against_the_other_educations():
    answers = {
        (ROSKILDE, NURSING): {"S01": agreeing(30, 60)},
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(80, 90)},
    }

    everywhere = Judged(round_of(answers)).figure(education=NURSING).judgement

    assert everywhere.difference == pytest.approx(30 / 60 - 80 / 90, abs=1e-6)
    assert everywhere.verdict is Verdict.BELOW
    assert everywhere.expected is None, "only a place has a mix of educations"


def test_where_high_is_bad_the_words_are_turned_and_no_number_is():
    contents = round_of({(place, NURSING): {"S01": agreeing(*both)} for place, both in THREE_PLACES.items()})
    good, bad = (Judged(contents, asked_so(high_is_bad=way)) for way in (False, True))

    for place, words in (
        (ROSKILDE, (Verdict.BELOW, Verdict.ABOVE)),
        (KOEGE, (Verdict.ABOVE, Verdict.BELOW)),
        (GREVE, (Verdict.ALIKE, Verdict.ALIKE)),
    ):
        one, other = good.figure(place), bad.figure(place)
        assert (one.judgement.verdict, other.judgement.verdict) == words
        assert replace(one, judgement=None) == replace(other, judgement=None)
        assert one.judgement.difference == other.judgement.difference
        assert (one.judgement.low, one.judgement.mean) == (other.judgement.low, other.judgement.mean)


THREE_PLACES = {ROSKILDE: (30, 60), KOEGE: (180, 200), GREVE: (48, 60)}


def test_the_interval_of_the_invited_needs_their_number_and_narrows_with_it():
    answers = {(ROSKILDE, NURSING): {"S01": (8, 9, 3, 2, 1)}, (KOEGE, NURSING): {"S01": agreeing(150, 200)}}

    roskilde = Judged(round_of(answers, silent={(ROSKILDE, NURSING): 17})).figure(ROSKILDE).judgement

    assert (roskilde.invited_low, roskilde.invited_high) == pytest.approx(wilson_of_invited(17, 23, 40))
    assert roskilde.low < roskilde.invited_low < roskilde.invited_high < roskilde.high


def test_a_mean_is_on_the_values_of_the_scale_and_only_of_ten_answers():
    answers = {(ROSKILDE, NURSING): {"S01": (8, 9, 3, 2, 1)}, (KOEGE, NURSING): {"S01": (2, 3, 2, 1, 1)}}
    found = Judged(round_of(answers))

    interval = mean([8, 9, 3, 2, 1], [5, 4, 3, 2, 1], 23).interval
    roskilde = found.figure(ROSKILDE).judgement
    assert roskilde.mean == pytest.approx((8 * 5 + 9 * 4 + 3 * 3 + 2 * 2 + 1) / 23, abs=1e-6)
    assert (roskilde.mean_low, roskilde.mean_high) == pytest.approx(interval, abs=1e-6)
    assert found.figure(KOEGE).judgement.mean is None


# Themes.


def one_theme(**changed: object) -> Questionnaire:
    """Both questions in the first theme."""
    data = QUESTIONNAIRE.model_dump()
    data["questions"] = [{**one, "theme": "vejledning", **changed} for one in data["questions"]]
    return Questionnaire.model_validate(data)


def themed(roskilde: dict, koege: dict, questionnaire: Questionnaire | None = None) -> Judged:
    answers = {(ROSKILDE, NURSING): roskilde, (KOEGE, NURSING): koege}
    return Judged(round_of(answers), questionnaire or one_theme())


def test_a_theme_is_judged_as_one_question_with_as_many_answers_as_its_least_answered_one():
    found = themed(
        {"S01": agreeing(20, 40), "S02": agreeing(24, 30)},
        {"S01": agreeing(90, 100), "S02": agreeing(80, 100)},
    ).score(ROSKILDE)

    as_one = 30 * (0.5 + 0.8) / 2, 30
    assert (found.share, found.fewest, found.most) == (pytest.approx(0.65), 30, 40)
    assert (found.judgement.low, found.judgement.high) == pytest.approx(wilson(*as_one), abs=1e-6)
    assert found.judgement.difference == pytest.approx(0.65 - 0.85, abs=1e-6)
    interval = difference(*as_one, 85, 100).interval
    assert (found.judgement.difference_low, found.judgement.difference_high) == pytest.approx(
        interval, abs=1e-6
    )
    assert found.judgement.verdict is Verdict.BELOW
    assert p_value(*as_one, 85, 100)[0] < 0.05


def test_two_questions_answered_alike_are_worth_one():
    same = themed(
        {"S01": agreeing(24, 40), "S02": agreeing(24, 40)},
        {"S01": agreeing(80, 100), "S02": agreeing(80, 100)},
    )

    theme, question = same.score(ROSKILDE).judgement, same.figure(ROSKILDE).judgement
    assert (theme.low, theme.high) == (question.low, question.high)
    assert (theme.difference, theme.verdict) == (question.difference, question.verdict)


def test_a_theme_with_a_hidden_question_is_hidden_and_not_judged():
    found = themed(
        {"S01": agreeing(20, 40), "S02": agreeing(2, 4)}, {"S01": agreeing(90, 100), "S02": agreeing(80, 100)}
    ).score(ROSKILDE)

    assert (found.state, found.share, found.judgement) == (State.HIDDEN, None, None)


def test_a_theme_with_a_question_answered_by_fewer_than_ten_is_too_few():
    found = themed(
        {"S01": agreeing(20, 40), "S02": agreeing(3, 9)}, {"S01": agreeing(90, 100), "S02": agreeing(80, 100)}
    ).score(ROSKILDE)

    assert found.judgement.verdict is Verdict.TOO_FEW


def test_a_theme_of_which_high_is_bad_has_its_words_turned():
    answers = (
        {"S01": agreeing(10, 40), "S02": agreeing(10, 40)},
        {"S01": agreeing(80, 100), "S02": agreeing(80, 100)},
    )

    assert themed(*answers).score(ROSKILDE).judgement.verdict is Verdict.BELOW
    assert themed(*answers, one_theme(high_is_bad=True)).score(ROSKILDE).judgement.verdict is Verdict.ABOVE


# The share to expect with the place's own educations.


def test_a_municipality_that_is_low_only_because_of_its_mix_is_told_so():
    answers = {
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(54, 90)},
        (ROSKILDE, NURSING): {"S01": agreeing(9, 10)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(60, 100)},
        (KOEGE, NURSING): {"S01": agreeing(810, 900)},
    }

    roskilde = Judged(round_of(answers)).figure(ROSKILDE).judgement

    assert roskilde.verdict is Verdict.BELOW
    assert roskilde.difference == pytest.approx(0.63 - 0.87)
    assert roskilde.expected == pytest.approx(0.9 * 0.6 + 0.1 * 0.9)
    assert roskilde.verdict_on_mix is Verdict.ALIKE
    assert roskilde.explained_by_mix


def test_a_municipality_that_is_low_in_every_education_is_not_explained_by_its_mix():
    answers = {
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(30, 90)},
        (ROSKILDE, NURSING): {"S01": agreeing(5, 10)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(60, 100)},
        (KOEGE, NURSING): {"S01": agreeing(810, 900)},
    }

    roskilde = Judged(round_of(answers)).figure(ROSKILDE).judgement

    assert (roskilde.verdict, roskilde.verdict_on_mix) == (Verdict.BELOW, Verdict.BELOW)
    assert not roskilde.explained_by_mix


def test_with_the_mix_of_everyone_else_everyone_else_s_share_is_to_be_expected():
    answers = {
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(12, 20)},
        (ROSKILDE, NURSING): {"S01": agreeing(33, 60)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(61, 100)},
        (KOEGE, NURSING): {"S01": agreeing(270, 300)},
    }
    found = Judged(round_of(answers)).figure(ROSKILDE).judgement

    assert found.expected == pytest.approx((61 + 270) / 400)
    assert found.verdict_on_mix is found.verdict


def test_of_few_answers_there_is_a_share_and_no_expected_one():
    answers = {
        (ROSKILDE, NURSING): {"S01": agreeing(5, 8)},
        (KOEGE, NURSING): {"S01": agreeing(200, 300)},
    }
    found = Judged(round_of(answers)).figure(ROSKILDE)

    assert found.share == 5 / 8
    assert found.judgement.expected is None


def test_hidden_educations_count_as_one_group():
    """Roskilde's 4 social workers and 3 teachers are hidden: 7 answers, and all others but the nurses."""
    answers = {
        (ROSKILDE, NURSING): {"S01": agreeing(20, 30)},
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(1, 4)},
        (ROSKILDE, TEACHING): {"S01": agreeing(3, 3)},
        (KOEGE, NURSING): {"S01": agreeing(160, 200)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(30, 60)},
        (KOEGE, TEACHING): {"S01": agreeing(32, 40)},
    }
    found = Judged(round_of(answers))

    assert found.figure(ROSKILDE, SOCIAL_WORK) == found.figure(ROSKILDE, TEACHING) == HIDDEN
    as_one_group = 30 / 37 * (160 / 200) + 7 / 37 * ((30 + 32) / (60 + 40))
    assert found.figure(ROSKILDE).judgement.expected == pytest.approx(as_one_group, abs=1e-6)


def test_too_few_others_to_stand_for_an_education_leave_no_expected_share():
    answers = {
        (ROSKILDE, NURSING): {"S01": agreeing(20, 30)},
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(10, 20)},
        (KOEGE, NURSING): {"S01": agreeing(160, 200)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(6, 9)},
    }

    assert Judged(round_of(answers)).figure(ROSKILDE).judgement.expected is None


def test_educations_with_few_others_count_together_until_they_are_enough():
    answers = {
        (ROSKILDE, NURSING): {"S01": agreeing(20, 30)},
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(10, 20)},
        (ROSKILDE, TEACHING): {"S01": agreeing(5, 10)},
        (KOEGE, NURSING): {"S01": agreeing(160, 200)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(6, 9)},
        (KOEGE, TEACHING): {"S01": agreeing(2, 6)},
    }

    as_one_group = 30 / 60 * (160 / 200) + 30 / 60 * ((6 + 2) / (9 + 6))
    assert Judged(round_of(answers)).figure(ROSKILDE).judgement.expected == pytest.approx(
        as_one_group, abs=1e-6
    )


def shown(favourable: int, n: int) -> Figure:
    return Figure(State.SHOWN, n, favourable, n)


def test_an_expected_share_is_worth_as_many_answers_as_make_it_as_certain():
    own, few, many = shown(60, 100), shown(12, 20), shown(450, 500)
    found = expected(own, shown(462, 520), [(shown(48, 80), few), (shown(12, 20), many)])

    share = 0.8 * 0.6 + 0.2 * 0.9
    variance = 0.8**2 * 0.6 * 0.4 / 20 + 0.2**2 * 0.9 * 0.1 / 500
    assert found.share == pytest.approx(share)
    assert share * (1 - share) / found.worth == pytest.approx(variance)
    assert found.worth < 30, "most of it rests on twenty others"


def test_an_expected_share_is_never_worth_more_answers_than_there_are():
    others = shown(36, 40), shown(4, 40)
    found = expected(shown(50, 100), shown(40, 80), [(shown(45, 50), others[0]), (shown(5, 50), others[1])])

    assert found.worth == 80


def test_a_theme_expects_the_mean_of_its_questions_and_is_worth_the_least_of_them():
    found = together([Expected(0.8, 50), Expected(0.6, 30)])

    assert found == (pytest.approx(0.7), 30)
    assert together([Expected(0.8, 50), None]) is None
    assert together([]) is None


@pytest.mark.parametrize(
    ("against_others", "against_mix", "explained"),
    [
        (Verdict.BELOW, Verdict.ALIKE, True),
        (Verdict.ABOVE, Verdict.ALIKE, True),
        (Verdict.BELOW, Verdict.BELOW, False),
        (Verdict.BELOW, Verdict.ABOVE, False),
        (Verdict.BELOW, Verdict.TOO_FEW, False),
        (Verdict.BELOW, None, False),
        (Verdict.ALIKE, Verdict.ALIKE, False),
    ],
)
def test_the_mix_explains_a_clear_difference_that_is_gone_with_it(against_others, against_mix, explained):
    judgement = Judgement(verdict=against_others, verdict_on_mix=against_mix)

    assert judgement.explained_by_mix is explained


@pytest.mark.slow
@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_the_expected_share_is_that_of_a_plain_standardisation(seed):
    """The brute force goes through a frame of answers; every group is large, so that all are shown."""
    chance = np.random.default_rng(seed)
    sizes = {
        (place, education): int(chance.integers(25, 60))
        for place in TOWNS[:4]
        for education in EDUCATIONS
        if place != TOWNS[0] or education != TEACHING  # one place has one education less
    }
    favourable = {group: int(chance.integers(3, n - 2)) for group, n in sizes.items()}
    found = Judged(round_of({group: {"S01": agreeing(favourable[group], n)} for group, n in sizes.items()}))

    sheets = pd.DataFrame(
        [(*group, answer < favourable[group]) for group, n in sizes.items() for answer in range(n)],
        columns=["place", "education", "agrees"],
    )
    for place in TOWNS[:4]:
        own, rest = sheets[sheets["place"] == place], sheets[sheets["place"] != place]
        of_others = rest.groupby("education")["agrees"].mean()
        assert found.figure(place).judgement.expected == pytest.approx(
            own["education"].map(of_others).mean(), abs=1e-6
        )


# Nothing but published figures.


def with_two_small_groups(nurses: tuple[int, int], social_workers: tuple[int, int]):
    """Roskilde and Greve have two educations with four and three answers that nobody is to see."""
    (nurses_agree, nurses_n), (others_agree, others_n) = nurses, social_workers
    return round_of(
        {
            (ROSKILDE, NURSING): {"S01": agreeing(nurses_agree, nurses_n)},
            (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(others_agree, others_n)},
            (GREVE, NURSING): {"S01": agreeing(44 - nurses_agree, 64 - nurses_n)},
            (GREVE, SOCIAL_WORK): {"S01": agreeing(36 - others_agree, 50 - others_n)},
            (KOEGE, NURSING): {"S01": agreeing(50, 80)},
        }
    )


def test_another_truth_behind_the_hidden_figures_changes_no_judgement():
    """Two rounds in which every hidden number differs are published alike, and so they are judged alike."""
    places = {place: (place, ALL) for place in (ROSKILDE, GREVE, KOEGE)}
    rounds = [with_two_small_groups((3, 4), (0, 3)), with_two_small_groups((1, 3), (2, 4))]
    shown = [publication(one, places, QUESTIONNAIRE, LEAST_PERSONS, one_by_one) for one in rounds]
    one, other = (judged(each, QUESTIONNAIRE, LEAST_PERSONS) for each in shown)

    told = {one.cells[position] for position, _, figure in one.figures if figure.state is State.SHOWN}
    for place, education in product((ROSKILDE, GREVE), (NURSING, SOCIAL_WORK)):
        assert Cell(place, education, ALL) not in told, "the counts behind it differ from round to round"
    assert shown[0] == shown[1]
    assert one == other
    assert {cell.unit for cell in told} == {ROSKILDE, GREVE, KOEGE, ALL}


def test_judging_adds_to_a_publication_and_changes_nothing_of_it():
    before = published(with_two_small_groups((3, 4), (0, 3)))
    after = judged(before, QUESTIONNAIRE, LEAST_PERSONS)

    bare = [(at, about, replace(figure, judgement=None)) for at, about, figure in after.figures]
    assert bare == list(before.figures)
    assert after.cells == before.cells
    assert [replace(one, badge=None, skewed=None) for one in after.responses] == list(before.responses)


def test_neither_a_hidden_figure_nor_a_bound_is_judged():
    """An interval or a difference would tell what the bound keeps back."""
    found = nursing({ROSKILDE: (2, 4), GREVE: (8, 8), KOEGE: (150, 200)})

    assert found.figure(ROSKILDE) == HIDDEN
    bound = found.figure(GREVE)
    assert bound.status == "mindst 87\N{NO-BREAK SPACE}%"
    numbers = ("low", "high", "difference", "mean", "expected")
    assert bound.judgement is None or {getattr(bound.judgement, name) for name in numbers} == {None}


def test_a_figure_that_is_hidden_can_hold_no_judgement():
    with pytest.raises(ValueError, match="no numbers"):
        Figure(State.HIDDEN, judgement=Judgement(low=0.1, high=0.2))


# Response.


def answered(groups: dict[tuple[str, str], tuple[int, int]]) -> Judged:
    """Groups by invited and answers."""
    answers = {group: {"S01": agreeing(n // 2, n)} for group, (_, n) in groups.items()}
    return Judged(round_of(answers, {group: invited - n for group, (invited, n) in groups.items()}))


def test_a_response_that_leans_to_one_education_is_flagged():
    found = answered(
        {(ROSKILDE, NURSING): (100, 80), (ROSKILDE, SOCIAL_WORK): (60, 12), (KOEGE, NURSING): (90, 60)}
    )

    assert found.response(ROSKILDE).skewed is True
    assert found.response(KOEGE).skewed is None, "too few invited to judge it"
    assert found.response(ROSKILDE, NURSING).skewed is None, "one education cannot lean to another"


def test_a_response_that_is_even_or_small_is_not_flagged():
    even = answered({(ROSKILDE, NURSING): (100, 62), (ROSKILDE, SOCIAL_WORK): (60, 34)})
    small = answered({(ROSKILDE, NURSING): (150, 120), (ROSKILDE, SOCIAL_WORK): (9, 0)})

    assert even.response(ROSKILDE).skewed is False
    assert small.response(ROSKILDE).skewed is None, "nine persons are no group to judge by"


@pytest.mark.parametrize(
    ("groups", "skewed", "why"),
    [
        ([(1000, 700), (1000, 600)], False, "R is 0.90"),
        ([(200, 180), (200, 120)], True, "R is 0.70, though nobody is under half the rate"),
        ([(900, 500), (100, 25)], True, "R is 0.82, but a tenth of the invited is under half the rate"),
        ([(950, 530), (50, 12)], False, "the group under half the rate is too small to matter"),
        ([(50, 35), (50, 24)], False, "R is 0.78 by itself and 0.80 less what chance gives so few"),
        ([(89, 80), (10, 1)], None, "under a hundred invited"),
        ([(200, 150), (9, 1)], None, "a group of nine"),
    ],
)
def test_a_response_is_skewed_by_the_spread_of_rates_or_by_a_group_left_behind(groups, skewed, why):
    assert is_skewed([ResponseGroup(*group) for group in groups]) is skewed, why


def test_a_shown_response_has_its_badge_and_a_hidden_one_has_none():
    found = answered(
        {(ROSKILDE, NURSING): (160, 120), (KOEGE, NURSING): (100, 33), (GREVE, NURSING): (30, 4)}
    )

    assert found.response(ROSKILDE).badge is Badge.GOOD
    assert found.response(KOEGE).badge is Badge.CAUTION
    hidden = found.response(GREVE)
    assert (hidden.state, hidden.badge, hidden.skewed) == (State.HIDDEN, None, None)


# Series breaks.


@pytest.mark.parametrize(
    ("question", "earlier", "later", "is_broken"),
    [
        ("S01", 2022, 2023, False),
        ("S01", 2023, 2024, True),
        ("S01", 2022, 2025, True),
        ("S01", 2024, 2025, False),
        ("S02", 2023, 2024, False),
    ],
)
def test_a_series_break_lies_between_the_years_it_separates(question, earlier, later, is_broken):
    assert QUESTIONNAIRE.breaks_between(earlier, later, {question}) is is_broken


def test_a_break_of_one_question_breaks_its_theme_and_one_of_the_survey_breaks_everything():
    data = QUESTIONNAIRE.model_dump()
    data["series_breaks"] = [{"year": 2025, "reason": "ny skala"}]
    whole = Questionnaire.model_validate(data)

    assert QUESTIONNAIRE.breaks_between(2023, 2024, {"S02", "S01"})
    assert all(whole.breaks_between(2024, 2025, {question}) for question in ("S01", "S02"))
    assert not whole.breaks_between(2025, 2026, {"S01"})


def test_a_break_of_a_question_that_was_never_asked_is_refused():
    data = QUESTIONNAIRE.model_dump()
    data["series_breaks"] = [{"year": 2025, "reason": "ny skala", "question": "S99"}]

    with pytest.raises(ValueError, match="spørgsmålet S99 findes ikke"):
        Questionnaire.model_validate(data)


def test_a_bound_of_fewer_than_ten_is_too_few_to_judge():
    found = nursing({GREVE: (8, 8), KOEGE: (150, 200)})

    assert found.figure(GREVE).judgement == Judgement(verdict=Verdict.TOO_FEW)
