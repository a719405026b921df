"""Success criteria held up against published figures, also where these are hidden or not comparable."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.partnership.criterion import (
    Direction,
    Goal,
    Measurement,
    Outcome,
    evaluate,
    judged_by_hand,
    last_round_year,
)
from indicators.questionnaire import SeriesBreak

TODAY = date(2026, 11, 22)
GOAL = Goal(Direction.UP, 0.70, by=date(2026, 12, 31))
BASELINE = Measurement(2023, 0.62, 120)
NOW = Measurement(2025, 0.66, 130, low=0.58, high=0.74)
NEW_WORDING = SeriesBreak(year=2024, reason="ny ordlyd", question="S07")


def evaluated(current: Measurement | None, **changes):
    given = {"goal": GOAL, "baseline": BASELINE, "breaks": (), "today": TODAY} | changes
    return evaluate(current=current, **given)


def test_a_figure_that_has_reached_the_target_meets_the_criterion():
    found = evaluated(replace(NOW, share=0.70))

    assert found.outcome is Outcome.MET
    assert found.because == "70 % i 2025; målet er mindst 70 % senest 31. december 2026".replace(
        " %", "\N{NO-BREAK SPACE}%"
    )


def test_a_figure_that_has_moved_towards_the_target_is_on_the_way():
    assert evaluated(NOW).outcome is Outcome.ON_THE_WAY


def test_a_figure_that_stands_still_or_goes_back_does_not_meet_it():
    assert evaluated(replace(NOW, share=0.62)).outcome is Outcome.NOT_MET
    assert evaluated(replace(NOW, share=0.55)).outcome is Outcome.NOT_MET


def test_it_is_certain_where_the_interval_leaves_the_baseline_behind():
    assert not evaluated(NOW).is_certain
    assert evaluated(replace(NOW, low=0.63)).is_certain
    assert not evaluated(replace(NOW, low=None)).is_certain
    assert not evaluated(replace(NOW, share=0.55, low=0.50, high=0.60)).is_certain


def test_the_reader_s_whole_percents_decide():
    """A reader who sees 70 % and a target of 70 % is not told that it was missed."""
    assert evaluated(replace(NOW, share=0.6951)).outcome is Outcome.MET
    assert evaluated(replace(NOW, share=0.6241)).outcome is Outcome.NOT_MET


def test_a_share_that_should_fall_is_turned_round():
    fall = Goal(Direction.DOWN, 0.20, by=GOAL.by)
    was = Measurement(2023, 0.30, 120)

    assert evaluated(Measurement(2025, 0.20, 99), goal=fall, baseline=was).outcome is Outcome.MET
    assert evaluated(Measurement(2025, 0.25, 99, 0.20, 0.29), goal=fall, baseline=was).is_certain
    assert evaluated(Measurement(2025, 0.35, 99), goal=fall, baseline=was).outcome is Outcome.NOT_MET
    assert fall.describe().startswith("højst 20")


def test_a_hidden_figure_cannot_be_judged():
    found = evaluated(Measurement(2025, why_not="Skjult af hensyn til anonymitet"))

    assert found.outcome is Outcome.UNKNOWN
    assert found.because == "Tallet for 2025 kan ikke læses: Skjult af hensyn til anonymitet"


def test_a_figure_of_too_few_answers_cannot_be_judged():
    assert evaluated(replace(NOW, share=0.9, n=9)).because == "For få svar til at vurdere: 9 i 2025"
    assert evaluated(replace(NOW, share=0.9, n=10)).outcome is Outcome.MET


def test_nothing_published_cannot_be_judged():
    assert evaluated(None).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("share", [0.55, 0.66, 0.95])
def test_figures_on_two_sides_of_a_series_break_are_never_held_up_against_each_other(share):
    found = evaluated(replace(NOW, share=share), breaks=[NEW_WORDING])

    assert found.outcome is Outcome.UNKNOWN
    assert found.because == "Databrud i 2024, så 2025 kan ikke holdes op mod 2023: ny ordlyd"


def test_a_series_break_before_the_baseline_or_after_the_figure_changes_nothing():
    later = Measurement(2024, 0.62, 120)

    assert evaluated(NOW, baseline=later, breaks=[NEW_WORDING]).outcome is Outcome.ON_THE_WAY
    ahead = NEW_WORDING.model_copy(update={"year": 2026})
    assert evaluated(NOW, breaks=[ahead]).outcome is Outcome.ON_THE_WAY


def test_after_the_day_only_the_target_counts():
    late = date(2027, 1, 1)
    of_the_year = replace(NOW, year=2026)

    assert evaluated(of_the_year, today=late).outcome is Outcome.NOT_MET
    assert evaluated(replace(of_the_year, share=0.71), today=late).outcome is Outcome.MET


def test_the_last_round_that_counts_must_have_been_published_before_it_is_missed():
    found = evaluated(NOW, today=date(2027, 1, 1))

    assert found.outcome is Outcome.UNKNOWN
    assert found.because == "Fristen er nået, men målingen for 2026 er ikke udgivet endnu"
    assert (last_round_year(date(2026, 12, 31)), last_round_year(date(2026, 6, 30))) == (2026, 2025)


def test_nothing_measured_since_the_baseline_cannot_be_judged():
    found = evaluated(BASELINE)

    assert (found.outcome, found.because) == (
        Outcome.UNKNOWN,
        "Der er ikke målt siden udgangspunktet i 2023",
    )


def test_without_a_baseline_only_the_target_decides():
    assert evaluated(NOW, baseline=None).outcome is Outcome.NOT_MET
    assert evaluated(replace(NOW, share=0.8), baseline=None).outcome is Outcome.MET


def test_a_hidden_baseline_leaves_only_a_reached_target_certain():
    hidden = Measurement(2023, why_not="Skjult af hensyn til anonymitet")

    assert evaluated(NOW, baseline=hidden).outcome is Outcome.UNKNOWN
    assert evaluated(replace(NOW, share=0.8), baseline=hidden).outcome is Outcome.MET


def test_a_criterion_without_a_number_stands_as_the_partnership_says():
    assert judged_by_hand(None, "").outcome is Outcome.UNKNOWN
    said = judged_by_hand(Outcome.MET, "alle hospitaler har en aftale")
    assert (said.outcome, said.because) == (
        Outcome.MET,
        "Vurderet af partnerskabet: alle hospitaler har en aftale",
    )


shares = st.floats(0, 1)


@given(shares, shares, shares, st.sampled_from(Direction), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_a_better_figure_never_stands_worse(target, baseline, share, direction, today):
    rank = [Outcome.NOT_MET, Outcome.ON_THE_WAY, Outcome.MET]
    step = 0.05 if direction is Direction.UP else -0.05
    better = min(1.0, max(0.0, share + step))
    goal, start = Goal(direction, target, date(2025, 12, 31)), Measurement(2023, baseline, 100)

    worse = evaluate(goal, start, Measurement(2025, share, 100), (), today)
    found = evaluate(goal, start, Measurement(2025, better, 100), (), today)

    assert rank.index(found.outcome) >= rank.index(worse.outcome)
