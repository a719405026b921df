"""The same numbers from statsmodels and scipy, over seeded grids: nobody's code but theirs decides."""

from importlib import import_module
from math import comb, sqrt
from types import ModuleType

import numpy as np
import pytest
import scipy  # which loads scipy.stats once it is asked for

from indicators import ranking, response
from indicators.intervals import (
    difference,
    finite_correction,
    mean,
    normal_quantile,
    wilson,
    wilson_of_invited,
)
from indicators.judgement import Counts, compare, least_visible, mid_p, p_value, q_values
from indicators.response import ResponseGroup

pytestmark = pytest.mark.slow

CLOSE = 1e-9


def statsmodels(module: str) -> ModuleType:
    """Its statistics of that kind; it takes a second to load, which the quick part is spared."""
    return import_module(f"statsmodels.stats.{module}")


def drawn_pairs(seed: int, pairs: int, largest: int) -> np.ndarray:
    """Columns favourable, n, other favourable and other n; all sizes, and shares up to none and all."""
    chance = np.random.default_rng(seed)
    n, other_n = np.exp(chance.uniform(0, np.log(largest), (2, pairs))).astype(int)
    shares = chance.beta(0.7, 0.7, (2, pairs))
    return np.stack([chance.binomial(n, shares[0]), n, chance.binomial(other_n, shares[1]), other_n])


def smallest_expected(x: int, n: int, other_x: int, other_n: int) -> float:
    table = np.array([[x, n - x], [other_x, other_n - other_x]])
    return float((table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()).min())


@pytest.mark.parametrize("confidence", [0.90, 0.95, 0.998])
def test_the_interval_of_a_share_is_that_of_statsmodels(confidence):
    x, n, _, _ = drawn_pairs(1, 1000, 20_000)
    theirs = statsmodels("proportion").proportion_confint(x, n, 1 - confidence, method="wilson")

    np.testing.assert_allclose(wilson(x, n, confidence), theirs, atol=CLOSE)


def test_the_interval_of_a_difference_is_that_of_statsmodels():
    for x, n, other_x, other_n in drawn_pairs(2, 400, 5000).T:
        theirs = statsmodels("proportion").confint_proportions_2indep(
            x, n, other_x, other_n, method="newcomb", compare="diff"
        )
        np.testing.assert_allclose(difference(x, n, other_x, other_n).interval, theirs, atol=CLOSE)


def test_the_interval_of_a_mean_is_that_of_scipy():
    chance = np.random.default_rng(3)
    for _ in range(200):
        answers = chance.choice([1, 2, 3, 4, 5], chance.integers(10, 120), p=chance.dirichlet([1] * 5))
        invited = len(answers) + int(chance.integers(1, 50))
        found = mean([(answers == value).sum() for value in (5, 4, 3, 2, 1)], [5, 4, 3, 2, 1], invited)
        if len(set(answers)) > 1:
            error = scipy.stats.sem(answers) * sqrt(1 - len(answers) / invited)
            theirs = scipy.stats.t.interval(0.95, len(answers) - 1, answers.mean(), error)
            np.testing.assert_allclose(found.interval, np.clip(theirs, 1, 5), atol=CLOSE)


def test_large_shares_are_tested_as_by_statsmodels():
    tested = 0
    for shares in drawn_pairs(4, 800, 5000).T:
        if smallest_expected(*shares) >= 5:
            x, n, other_x, other_n = shares
            theirs = statsmodels("proportion").proportions_ztest([x, other_x], [n, other_n])[1]
            assert p_value(*shares)[0] == pytest.approx(theirs, abs=CLOSE)
            tested += 1
    assert tested > 200


def test_small_shares_are_tested_by_the_mid_p_that_counting_gives():
    tested = 0
    for shares in drawn_pairs(5, 1500, 3000).T:
        if smallest_expected(*shares) < 5:
            assert p_value(*shares)[0] == mid_p(*shares)
            assert p_value(*shares)[0] == pytest.approx(counted_mid_p(*map(int, shares)), abs=CLOSE)
            tested += 1
    assert tested > 500


def counted_mid_p(x: int, n: int, other_x: int, other_n: int) -> float:
    """Of all ways to choose who is favourable, those with fewer or more of them among the n; in whole numbers."""
    successes = x + other_x
    possible = range(max(0, successes - other_n), min(n, successes) + 1)
    ways = {some: comb(n, some) * comb(other_n, successes - some) for some in possible}
    below, above = (
        sum(ways[some] for some in side) for side in (range(possible[0], x), possible[x - possible[0] + 1 :])
    )
    return min(1.0, (2 * min(below, above) + ways[x]) / comb(n + other_n, successes))


def test_many_comparisons_are_controlled_as_by_statsmodels_family_by_family():
    chance = np.random.default_rng(6)
    family = chance.integers(0, 40, 1500)
    p = np.round(chance.beta(0.4, 1, 1500), 3)  # rounded, so that some are alike
    p[chance.random(1500) < 0.1] = np.nan
    q = q_values(p, family)

    np.testing.assert_array_equal(np.isnan(q), np.isnan(p))
    for one in range(40):
        members = (family == one) & ~np.isnan(p)
        theirs = statsmodels("multitest").multipletests(p[members], method="fdr_bh")[1]
        np.testing.assert_allclose(q[members], theirs, atol=CLOSE)


def test_the_whole_verdict_is_the_one_put_together_of_their_parts():
    x, n, other_x, other_n = drawn_pairs(7, 1200, 800)
    family = np.random.default_rng(7).integers(0, 60, 1200)
    found = compare(Counts(x, n), Counts(other_x, other_n), family)

    for one in range(60):
        testable = np.flatnonzero((family == one) & (n >= 10) & (other_n >= 10))
        p = [their_p(x[at], n[at], other_x[at], other_n[at]) for at in testable]
        q = statsmodels("multitest").multipletests(p, method="fdr_bh")[1]
        for at, its_q in zip(testable, q, strict=True):
            points = x[at] / n[at] - other_x[at] / other_n[at]
            expected = np.sign(points) if its_q < 0.05 and abs(points) >= 0.05 else 0
            assert found.direction[at] == expected
    too_few = (n < 10) | (other_n < 10)
    np.testing.assert_array_equal(np.isnan(found.direction), too_few)
    assert {-1, 0, 1} <= set(found.direction[~too_few])


def their_p(x: int, n: int, other_x: int, other_n: int) -> float:
    if smallest_expected(x, n, other_x, other_n) >= 5:
        return statsmodels("proportion").proportions_ztest([x, other_x], [n, other_n])[1]
    draw = scipy.stats.hypergeom(n + other_n, x + other_x, n)
    return min(1, 2 * min(draw.cdf(x), draw.sf(x - 1)) - draw.pmf(x))


def test_each_limit_of_the_invited_is_a_share_just_1_96_standard_errors_from_the_answers():
    """The score interval with the correction is the one that the test of a known share inverts to."""
    chance = np.random.default_rng(8)
    invited = chance.integers(10, 2000, 500)
    n = (invited * chance.uniform(0.1, 0.95, 500)).astype(int)
    x = chance.binomial(n, chance.uniform(0.05, 0.95, 500))
    for limit in wilson(x, n, correction=finite_correction(n, invited)):
        error = np.sqrt(limit * (1 - limit) / n * (invited - n) / (invited - 1))
        inside = (x > 0) & (x < n)  # none and all end at the end of the scale
        away = np.abs(x / n - limit)
        np.testing.assert_allclose(away[inside], normal_quantile() * error[inside], atol=CLOSE)


RESPONSES = {0.30: (0.988, 0.946), 0.50: (0.992, 0.961), 0.90: (0.999, 0.987), 1.00: (1, 1)}
"""Mean and least coverage by response rate, as the shared statistics notes print them (section 3.1).

They are of every even number of invited from 8 to 30, at least five of whom answer.
"""


@pytest.mark.parametrize(("rate", "printed"), RESPONSES.items())
def test_the_interval_of_the_invited_covers_their_share_whatever_it_is(rate, printed):
    coverages = [
        covered(favourable, max(5, round(rate * invited)), invited)
        for invited in range(8, 31, 2)
        for favourable in range(invited + 1)
    ]

    assert (np.mean(coverages), np.min(coverages)) == pytest.approx(printed, abs=6e-4)


def covered(favourable: int, n: int, invited: int) -> float:
    """The chance that n drawn of the invited give an interval with their true share in it."""
    x = np.arange(max(0, n - invited + favourable), min(n, favourable) + 1)
    low, high = wilson_of_invited(x, n, invited)
    holds = (low <= favourable / invited + CLOSE) & (favourable / invited <= high + CLOSE)
    return float(scipy.stats.hypergeom(invited, favourable, n).pmf(x[holds]).sum())


def test_the_interval_of_the_invited_is_within_a_person_or_two_of_the_exact_hypergeometric_one():
    apart = [
        np.abs(np.array(wilson_of_invited(x, n, invited)) * invited - exact_tails(x, n, invited)).max()
        for invited in (12, 15, 22, 30, 41)
        for n in range(10, invited)
        for x in range(n + 1)
    ]

    assert max(apart) <= 2 + CLOSE
    assert np.mean(apart) < 0.5


def exact_tails(x: int, n: int, invited: int) -> tuple[int, int]:
    """Least and most favourable of all invited that leave 2.5 % on either side (Buonaccorsi 1987)."""
    favourable = np.arange(x, invited - n + x + 1)
    above = scipy.stats.hypergeom.sf(x - 1, invited, favourable, n)
    below = scipy.stats.hypergeom.cdf(x, invited, favourable, n)
    return favourable[above > 0.025].min(), favourable[below > 0.025].max()


@pytest.mark.parametrize("confidence", [0.95, ranking.FAR])
def test_funnel_limits_are_the_normal_interval_of_scipy(confidence):
    common, n = np.meshgrid(np.linspace(0.02, 0.98, 25), [10, 37, 200, 4000])
    theirs = scipy.stats.norm.interval(confidence, common, np.sqrt(common * (1 - common) / n))

    np.testing.assert_allclose(ranking.limits(common, n, confidence), np.clip(theirs, 0, 1), atol=CLOSE)


@pytest.mark.parametrize("common", [0.5, 0.65, 0.8])
def test_as_many_units_lie_outside_the_outer_limits_as_they_say(common):
    """Two in a thousand; a share is a whole number of answers, so it is not exactly that."""
    n = np.arange(50, 1001)
    low, high = ranking.limits(common, n, ranking.FAR)
    outside = scipy.stats.binom.cdf(np.ceil(low * n - CLOSE) - 1, n, common) + scipy.stats.binom.sf(
        np.floor(high * n + CLOSE), n, common
    )

    assert 0.0005 < outside.min() < outside.max() < 0.006
    assert outside.mean() == pytest.approx(0.002, abs=0.0005)


def test_the_margin_of_a_response_is_half_the_plain_interval_of_a_half():
    for n in (4, 30, 96, 400):
        low, high = statsmodels("proportion").proportion_confint(n / 2, n, method="normal")
        assert response.margin(n, None) == pytest.approx((high - low) / 2)


def test_the_r_indicator_is_the_spread_of_the_persons_chances_to_answer():
    chance = np.random.default_rng(9)
    for _ in range(50):
        invited = chance.integers(10, 200, 6)
        groups = [ResponseGroup(int(size), int(chance.integers(0, size + 1))) for size in invited]
        of_persons = np.repeat([group.answers / group.invited for group in groups], invited)
        assert response.representativity(groups) == pytest.approx(1 - 2 * np.std(of_persons, ddof=1))


@pytest.mark.parametrize("others_share", [0.6, 0.8, 0.9, 0.2])
@pytest.mark.parametrize("answers", [10, 14, 30, 100, 400])
def test_a_difference_that_could_be_seen_is_called_clear_about_four_times_in_five(answers, others_share):
    """Every outcome of the unit is counted, by the very rule that judges; normal theory is near for any number."""
    others, tested = 4000, 30
    least = float(least_visible(answers, others_share, others, tested)[0])
    share = others_share + (-least if others_share > 0.5 else least)
    favourable = np.arange(answers + 1)
    p = p_value(favourable, answers, others * others_share, others)
    is_clear = (p < 0.05 / tested) & (np.abs(favourable / answers - others_share) >= 0.05)

    seen = scipy.stats.binom.pmf(favourable, answers, share)[is_clear].sum()

    assert 0.6 < seen < 0.95


def test_more_answers_show_smaller_differences_and_no_smaller_one_is_worth_acting_on():
    answers = np.array([10, 30, 100, 1000, 100_000])
    least = least_visible(answers, 0.8, 200_000, 30)

    assert (np.diff(least) < 0).all()
    assert least[-1] >= 0.05
    assert np.isnan(least_visible(10, 0.5, 4000, 46)[0]), "all or nobody of ten would not be clear among 46"
