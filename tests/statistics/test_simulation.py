"""The simulation of false and missed verdicts: its rules say what they should, and it runs small."""

import numpy as np
import pytest

from benchmarks import verdicts
from benchmarks.verdict_rules import RULES, beside_everyone_else, draw, said

TOY = 400


def three_units(third: int):
    """One question: two units of 80 % of 1,000 answers, and a third of so many of 200."""
    return beside_everyone_else(np.array([[800, 800, third]]), np.array([[1000, 1000, 200]]))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_calls_a_unit_that_is_far_off_and_nobody_who_is_like_all_others(rule):
    assert rule(three_units(100))[0, 2] == -1
    assert rule(three_units(198))[0, 2] == 1
    assert not said(rule(three_units(160))).any()


def test_everyone_else_is_the_total_without_the_unit():
    drawn = three_units(100)

    assert drawn.others.favourable.tolist() == [[900, 900, 1600]]
    assert drawn.others.n.tolist() == [[1200, 1200, 2000]]
    assert drawn.everyone.n.tolist() == [[2200, 2200, 2200]]


@pytest.mark.slow
def test_equal_units_give_at_most_two_false_verdicts_per_questionnaire():
    """The aim of the rule; the rule of thumb of five points gives more than five hundred."""
    found = verdicts.false_verdicts(np.random.default_rng(2), 4000)
    ours, thumb = found["**ours**"], found["≥ 5 points"]

    assert verdicts.QUESTIONS * ours.value <= 2
    assert verdicts.QUESTIONS * ours.error < 0.2, "or the line above says nothing"
    assert verdicts.QUESTIONS * thumb.value > 500


def test_answers_drawn_with_a_share_have_it():
    drawn = draw(np.random.default_rng(3), 2000, verdicts.SIZES, 0.65)

    assert drawn.ours.favourable.sum() / drawn.ours.n.sum() == pytest.approx(0.65, abs=0.002)


def test_a_mean_has_the_standard_error_of_its_repetitions():
    found = verdicts.measured([1, 2, 3, 4])

    assert (found.value, found.error) == (2.5, pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2))
    assert found.say(1, times=10) == "25.0 ± 6.5"


@pytest.mark.slow
def test_the_command_prints_the_same_tables_for_the_same_seed(capsys):
    printed = []
    for _ in range(2):
        verdicts.main(TOY, seed=4)
        printed.append(capsys.readouterr().out)
    first = [line.split(" | ")[0].removeprefix("| ") for line in printed[0].splitlines() if "±" in line]

    assert printed[0] == printed[1]
    assert first[: len(RULES)] == list(RULES)
    assert first[-4:-1] == ["0", "0.5", "1"], "the correlations, and then what the tables are of"
    assert "Seed 4: 400 questions of equal units" in printed[0]
