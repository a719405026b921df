"""What must hold of every number: Hypothesis looks for one where it does not."""

from math import nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators import ranking
from indicators.intervals import difference, finite_correction, mean, wilson, wilson_of_invited
from indicators.judgement import Change, Counts, Verdict, change, compare, p_value, q_values, verdict
from indicators.response import (
    Badge,
    Purpose,
    ResponseGroup,
    badge,
    gap,
    is_skewed,
    margin,
    no_assumption_bounds,
    representativity,
)

CLOSE = 1e-9
TURNED = {Verdict.ABOVE: Verdict.BELOW, Verdict.BELOW: Verdict.ABOVE}
BEST_LAST = [Badge.THIN, Badge.CAUTION, Badge.GOOD]

several_p = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@st.composite
def answers(draw, most: int = 2000, least: int = 1):
    """Favourable answers and all answers."""
    n = draw(st.integers(least, most))
    return draw(st.integers(0, n)), n


@st.composite
def of_invited(draw, most: int = 300):
    """Favourable answers, all answers and invited."""
    invited = draw(st.integers(1, most))
    n = draw(st.integers(1, invited))
    return draw(st.integers(0, n)), n, invited


def width(interval) -> float:
    return interval.high - interval.low


@pytest.mark.slow
@given(answers())
def test_an_interval_is_within_0_and_1_and_has_the_share_in_it(shown):
    favourable, n = shown
    low, high = wilson(favourable, n)

    assert 0 <= low <= favourable / n <= high <= 1
    assert (low == 0) == (favourable == 0)
    assert (high == 1) == (favourable == n)


@given(answers(most=300), st.integers(2, 50))
def test_an_interval_shrinks_with_more_answers_of_the_same_share(shown, times):
    favourable, n = shown

    assert width(wilson(times * favourable, times * n)) < width(wilson(favourable, n))


@given(answers())
def test_the_interval_of_those_who_do_not_agree_is_the_same_seen_from_the_other_end(shown):
    favourable, n = shown
    low, high = wilson(favourable, n)

    assert wilson(n - favourable, n) == (pytest.approx(1 - high), pytest.approx(1 - low))


@given(of_invited())
def test_knowing_the_invited_never_makes_an_interval_wider_before_it_is_moved_outward(shown):
    favourable, n, invited = shown
    plain, corrected = (
        wilson(favourable, n),
        wilson(favourable, n, correction=finite_correction(n, invited)),
    )

    assert plain.low - CLOSE <= corrected.low <= corrected.high <= plain.high + CLOSE


@given(of_invited())
def test_the_interval_of_the_invited_ends_on_whole_persons_and_on_what_is_still_possible(shown):
    favourable, n, invited = shown
    low, high = wilson_of_invited(favourable, n, invited)
    inside = wilson(favourable, n, correction=finite_correction(n, invited))
    persons = np.array([low, high]) * invited

    assert np.allclose(persons, np.round(persons))
    assert favourable / invited - CLOSE <= low <= favourable / n <= high + CLOSE
    assert high <= (invited - n + favourable) / invited + CLOSE
    assert low <= max(inside.low, favourable / invited) + CLOSE, "outward, as far as it is possible"
    assert high >= min(inside.high, (invited - n + favourable) / invited) - CLOSE


@given(answers())
def test_when_everyone_invited_has_answered_the_interval_is_a_point(shown):
    favourable, n = shown

    assert wilson_of_invited(favourable, n, n) == (
        pytest.approx(favourable / n),
        pytest.approx(favourable / n),
    )


@given(answers(), st.integers(1, 100))
def test_invited_that_nobody_knows_or_that_cannot_be_right_leave_the_plain_interval(shown, missing):
    favourable, n = shown

    assert wilson_of_invited(favourable, n, nan) == wilson(favourable, n)
    assert wilson_of_invited(favourable, n, max(0, n - missing)) == wilson(favourable, n)


def test_where_nobody_has_answered_there_is_no_interval():
    for interval in (wilson(0, 0), wilson_of_invited(0, 0, 40), mean([0] * 5, [5, 4, 3, 2, 1]).interval):
        assert np.isnan(interval).all()


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5), st.integers(0, 100))
def test_a_mean_and_its_interval_stay_on_the_scale(counts, silent):
    n = sum(counts)
    assume(n)
    found = mean(counts, [5, 4, 3, 2, 1], n + silent)

    assert 1 <= found.value <= 5
    if max(counts) == n:
        assert np.isnan(found.interval).all(), "nobody differs, so nothing tells how much they could"
    else:
        assert 1 <= found.interval.low <= found.value <= found.interval.high <= 5
        assert width(found.interval) <= width(mean(counts, [5, 4, 3, 2, 1]).interval) + CLOSE
        assert silent or width(found.interval) == 0, "all invited have answered"


@given(answers(), answers())
def test_the_interval_of_a_difference_has_the_difference_in_it_and_turns_with_the_sides(ours, theirs):
    one, other = difference(*ours, *theirs), difference(*theirs, *ours)

    assert -1 - CLOSE <= one.interval.low <= one.value <= one.interval.high <= 1 + CLOSE
    assert one.value == -other.value
    assert one.interval == (pytest.approx(-other.interval.high), pytest.approx(-other.interval.low))


@given(answers(), answers())
def test_p_is_a_chance_and_the_same_from_either_side_and_either_end(ours, theirs):
    p = p_value(*ours, *theirs)[0]

    assert 0 <= p <= 1
    assert p_value(*theirs, *ours)[0] == pytest.approx(p, abs=CLOSE)
    assert p_value(ours[1] - ours[0], ours[1], theirs[1] - theirs[0], theirs[1])[0] == pytest.approx(
        p, abs=CLOSE
    )


@pytest.mark.slow
@given(st.lists(st.tuples(answers(most=300), answers(most=300)), min_size=1, max_size=12))
def test_a_verdict_turns_round_with_the_sides_and_with_the_end_of_the_scale(pairs):
    x, n, other_x, other_n = (np.array([(*a, *b) for a, b in pairs]).T)[:4]
    family = np.zeros(len(pairs))
    ours, theirs = Counts(x, n), Counts(other_x, other_n)
    found = compare(ours, theirs, family).direction
    swapped = compare(theirs, ours, family).direction
    ended = compare(Counts(n - x, n), Counts(other_n - other_x, other_n), family).direction

    np.testing.assert_array_equal(swapped, -found)
    np.testing.assert_array_equal(ended, -found)


@given(answers(most=400, least=10), answers(most=400, least=10))
def test_no_verdict_without_five_points_and_none_against_the_sign_of_the_difference(ours, theirs):
    found = compare(*(Counts(np.array([x]), np.array([n])) for x, n in (ours, theirs)), np.zeros(1))
    points = ours[0] / ours[1] - theirs[0] / theirs[1]

    if abs(points) < 0.05 - 1e-6:
        assert found.direction == [0]
    else:
        assert found.direction[0] in (0, np.sign(points))


@pytest.mark.slow
@given(answers(most=9), answers(most=400))
def test_fewer_than_ten_answers_on_either_side_are_too_few(few, many):
    few, many = (Counts(np.array([x]), np.array([n])) for x, n in (few, many))

    for found in (compare(few, many, np.zeros(1)), compare(many, few, np.zeros(1))):
        assert verdict(found.direction[0]) is Verdict.TOO_FEW
        assert change(found.direction[0]) is Change.TOO_FEW


@given(several_p)
def test_q_is_at_least_p_and_rises_with_it(several):
    p, q = np.array(several), q_values(several)

    assert (p - CLOSE <= q).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p)]) >= -CLOSE).all()


@pytest.mark.slow
@given(several_p, st.randoms())
def test_the_order_of_the_units_is_of_no_account_to_q(several, chance):
    order = list(range(len(several)))
    chance.shuffle(order)

    np.testing.assert_allclose(q_values(np.array(several)[order]), q_values(several)[order])


@pytest.mark.slow
@given(several_p, several_p)
def test_families_do_not_know_of_each_other(one, other):
    family = [0] * len(one) + [1] * len(other)

    np.testing.assert_allclose(q_values([*one, *other], family), [*q_values(one), *q_values(other)])


@given(several_p, st.integers(1, 20))
def test_units_that_cannot_be_tested_are_not_counted(several, untestable):
    q = q_values([*several, *[nan] * untestable])

    np.testing.assert_allclose(q[: len(several)], q_values(several))
    assert np.isnan(q[len(several) :]).all()


@given(answers(most=500), st.integers(1, 99), st.sampled_from([0.90, 0.95, ranking.FAR]))
def test_a_figure_is_outside_the_funnel_exactly_when_its_interval_leaves_the_common_share_out(
    shown, percent, confidence
):
    favourable, n = shown
    common = percent / 100
    low, high = ranking.limits(common, n, confidence)
    from_low, to_high = wilson(favourable, n, confidence)
    assume(min(abs(from_low - common), abs(to_high - common)) > CLOSE)

    outside = not low <= favourable / n <= high
    left_out = not from_low <= common <= to_high

    assert outside == left_out


@pytest.mark.slow
@given(st.lists(answers(most=300), min_size=2, max_size=20), st.integers(2, 9))
def test_the_spread_of_the_funnel_grows_when_every_unit_is_larger_and_no_nearer(units, times):
    x, n = np.array(units).T
    small, large = ranking.spread(x, n), ranking.spread(times * x, times * n)

    assert large.phi == pytest.approx(times * small.phi)


@given(st.sampled_from([-1.0, 0.0, 1.0, nan]))
def test_where_high_is_bad_the_words_are_turned(direction):
    plain = verdict(direction)

    assert verdict(direction, high_is_bad=True) is TURNED.get(plain, plain)


@given(of_invited())
def test_the_bounds_have_the_share_in_them_and_are_whole_percents_on_the_safe_side(shown):
    favourable, n, invited = shown
    low, high = no_assumption_bounds(favourable, n, invited)

    assert low <= favourable / invited + CLOSE
    assert high >= (favourable + invited - n) / invited - CLOSE
    assert high - low < (invited - n) / invited + 0.02
    assert [round(100 * one, 6) % 1 for one in (low, high)] == [0, 0]


@given(st.integers(1, 3000), st.data())
def test_no_badge_is_better_with_fewer_answers(invited, data):
    n = data.draw(st.integers(0, invited))
    fewer = data.draw(st.integers(0, n))

    for known in (invited, None):
        assert BEST_LAST.index(badge(fewer, known)) <= BEST_LAST.index(badge(n, known))


@given(st.integers(0, 3000), st.none() | st.integers(0, 3000))
def test_only_a_known_and_possible_number_of_invited_gives_the_best_badge(n, invited):
    if invited is None or invited < n:
        assert badge(n, invited) is not Badge.GOOD


@given(st.integers(1, 400), st.none() | st.integers(1, 600), st.sampled_from([10, 20]))
def test_the_gap_is_the_least_number_of_answers_that_gives_the_next_thing_that_can_be_had(n, invited, detail):
    possible = range(n, 2000 if invited is None or invited < n else invited + 1)
    certain = next(answered for answered in possible if margin(answered, invited) < 0.10)

    if n < detail in possible:
        assert gap(n, invited, detail) == (detail - n, Purpose.DETAIL)
    elif certain > n:
        assert gap(n, invited, detail) == (certain - n, Purpose.CERTAINTY)
    else:
        assert gap(n, invited, detail) is None


def test_where_too_few_are_invited_for_the_distribution_the_gap_is_to_certainty():
    assert gap(5, 8, 10) == (3, Purpose.CERTAINTY)
    assert gap(8, 8, 10) is None
    assert gap(5, 40, 10) == (5, Purpose.DETAIL)
    assert gap(10, 40, 10) == (19, Purpose.CERTAINTY)


@given(st.lists(st.tuples(st.integers(10, 300), st.floats(0, 1)), min_size=1, max_size=8))
def test_groups_that_answer_alike_are_representative_and_never_skewed(groups):
    sizes = [invited for invited, _ in groups]
    half = [ResponseGroup(2 * size, size) for size in sizes]
    drawn = [ResponseGroup(invited, int(rate * invited)) for invited, rate in groups]

    assert representativity(half) == 1
    assert is_skewed(half) is (None if len(sizes) < 2 or sum(sizes) < 50 else False)
    assert representativity(drawn) <= representativity(drawn, adjusted=True) + CLOSE <= 1 + 2 * CLOSE
