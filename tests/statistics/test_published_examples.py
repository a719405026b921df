"""Numbers that others have printed: each is written here as it stands in the source."""

from math import nan, sqrt

import numpy as np
import pytest

from indicators import ranking
from indicators.intervals import difference, mean, wilson, wilson_of_invited
from indicators.judgement import mid_p, p_value, q_values
from indicators.response import ResponseGroup, representativity


@pytest.mark.parametrize(
    ("favourable", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_the_interval_of_newcombe_1998a_table_i_method_3(favourable, n, low, high):
    assert wilson(favourable, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("shares", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_has_the_interval_of_newcombe_1998b_table_ii_method_10(shares, low, high):
    found = difference(*shares)

    assert found.interval == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_none_of_25_students_is_a_vegetarian_and_the_share_is_still_up_to_13_percent():
    """Agresti's classroom example: the score interval of 0 of 25 is from 0 to 0.133."""
    assert wilson(0, 25) == (0, pytest.approx(0.133, abs=5e-4))


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (9, 2.262), (10, 2.228), (29, 2.045), (60, 2.000), (120, 1.980)],
)
def test_student_s_t_is_that_of_every_textbook(freedom, printed):
    """Read off the interval of a mean, on a scale so wide that it is not cut."""
    found = mean([0, 1, freedom, 0], [-100, 0, 1, 100])
    error = found.spread / sqrt(freedom + 1)

    assert (found.interval.high - found.value) / error == pytest.approx(printed, abs=5e-4)


def test_the_lady_who_named_three_of_four_cups_could_have_guessed():
    """Fisher's tea: of 70 ways to choose four cups 16 have three right and one has four."""
    assert mid_p(3, 4, 1, 4) == pytest.approx(2 * (16 / 2 + 1) / 70)
    assert mid_p(4, 4, 0, 4) == pytest.approx(2 * (1 / 2) / 70)


PRINTED_1995 = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]
"""Section 4.2 of Benjamini & Hochberg 1995: fifteen comparisons of two treatments after a heart attack."""


def test_benjamini_and_hochberg_reject_four_of_their_fifteen_hypotheses():
    q = q_values(PRINTED_1995)

    assert np.flatnonzero(q < 0.05).tolist() == [0, 1, 2, 3]
    assert q[3] == pytest.approx(0.0095 * 15 / 4), "the fourth is held against 4/15 of 0.05"
    assert q[4] > 0.05, "the fifth is 0.0201, above its 5/15 of 0.05"


def test_funnel_limits_are_those_of_the_uk_public_health_package():
    """testdata_funnel_prop_outputs.csv of PHEindicatormethods, in per cent."""
    common, n = 0.80642448, 1008

    assert ranking.limits(common, n) == (
        pytest.approx(0.78203374, abs=5e-8),
        pytest.approx(0.83081521, abs=5e-8),
    )
    assert ranking.limits(common, n, ranking.FAR) == (
        pytest.approx(0.76796814, abs=5e-8),
        pytest.approx(0.84488082, abs=5e-8),
    )


BRISTOL_1991 = {
    "Bristol": (143, 41),
    "Leicester": (187, 25),
    "Leeds": (323, 24),
    "Oxford": (122, 23),
    "Guys": (164, 25),
    "Liverpool": (405, 42),
    "Southampton": (239, 24),
    "Great Ormond St": (482, 53),
    "Newcastle": (195, 26),
    "Harefield": (177, 25),
    "Birmingham": (581, 58),
    "Brompton": (301, 31),
}
"""Operations on children's hearts and deaths within thirty days (Spiegelhalter, The Art of Statistics)."""


def test_bristol_alone_lies_outside_the_outer_limits_of_the_child_heart_funnel():
    n, deaths = np.array(list(BRISTOL_1991.values())).T
    low, high = ranking.limits(deaths.sum() / n.sum(), n, ranking.FAR)
    outside = (deaths / n < low) | (deaths / n > high)

    assert [name for name, is_out in zip(BRISTOL_1991, outside, strict=True) if is_out] == ["Bristol"]


def test_one_hospital_alone_is_no_sign_that_all_of_them_differ():
    n, deaths = np.array(list(BRISTOL_1991.values())).T

    assert not ranking.spread(deaths, n).is_real, "winsorised, Bristol does not make the others differ"


def test_the_r_indicator_is_one_when_all_answer_alike_and_none_when_half_answer_and_half_do_not():
    """The ends of the scale in Schouten, Cobben & Bethlehem 2009: 1 - 2 S with S from 0 to one half."""
    assert representativity([ResponseGroup(100, 60), ResponseGroup(300, 180)]) == 1
    assert representativity([ResponseGroup(50_000, 50_000), ResponseGroup(50_000, 0)]) == pytest.approx(
        0, abs=1e-4
    )


@pytest.mark.parametrize(
    ("favourable", "n", "invited", "low", "high"),
    [
        (17, 23, 40, 24 / 40, 34 / 40),
        (0, 7, 12, 0, 3 / 12),
        (9, 9, 10, 0.9, 1),
        (17, 23, nan, 0.5353, 0.8745),
    ],
)
def test_the_interval_of_the_invited_ends_on_shares_that_so_many_can_have(favourable, n, invited, low, high):
    """Worked by hand in the shared statistics notes, section 3.1; the third is the exact one, too."""
    found = wilson_of_invited(favourable, n, invited)

    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_a_test_of_two_shares_is_the_one_that_every_textbook_has():
    """56 of 70 against 48 of 80: pooled share 104/150, z = 0.2 / 0.07545."""
    assert p_value(56, 70, 48, 80)[0] == pytest.approx(0.0080, abs=5e-5)
