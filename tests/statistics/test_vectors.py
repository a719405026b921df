"""The shared test vectors, each against our function.

`vectors.csv` holds rows of `stat_vectors.csv` in the documents shared by all projects (section 5 of
`statistics.md` there), copied as they were. Left out are rows about what may be published, which
`tests/disclosure` is about, and rows about ways of counting that this project does not use: Agresti-Coull,
Kish, Cronbach and Welch. The columns `exact95` and `exact998` of the funnel rows are such a way, too.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from math import floor, nan
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from indicators import ranking, response
from indicators.figure import Figure, State, everyone_else
from indicators.intervals import difference, finite_correction, mean, wilson, wilson_of_invited
from indicators.judgement import Counts, Verdict, compare, mid_p, p_value, q_values, verdict
from indicators.response import ResponseGroup
from tests.made_up import QUESTIONNAIRE

Numbers = Mapping[str, object]

OUR_WORDS = {
    "Højere end forventet": Verdict.ABOVE,
    "Lavere end forventet": Verdict.BELOW,
    "På niveau": Verdict.ALIKE,
    "Ingen sikker forskel": Verdict.ALIKE,
    "For få svar til at vurdere": Verdict.TOO_FEW,
}


def vectors() -> Iterator[object]:
    with (Path(__file__).parent / "vectors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield pytest.param(json.loads(row["inputs"]), json.loads(row["expected"]), id=row["case"])


def six(value: object) -> object:
    """The vectors have six decimals, and null where there is nothing to be said."""
    return pytest.approx(np.nan if value is None else value, abs=6e-7, nan_ok=True)


def two_sided(z: float) -> float:
    return 2 * NormalDist().cdf(-abs(z))


def is_a_wilson_interval(given: Numbers, expected: Numbers) -> None:
    assert wilson(given["x"], given["n"], given["conf"]) == (six(expected["lo"]), six(expected["hi"]))


def is_an_interval_of_the_invited(given: Numbers, expected: Numbers) -> None:
    x, n, invited = given["x"], given["n"], nan if given["N"] is None else given["N"]
    correction = finite_correction(n, invited)

    assert (correction != 1) == expected["fpc_used"]
    assert wilson(x, n, given["conf"], correction) == (six(expected["lo"]), six(expected["hi"]))
    snapped = six(expected["snapped_lo"]), six(expected["snapped_hi"])
    assert wilson_of_invited(x, n, invited, given["conf"]) == snapped


def covers_what_the_exact_interval_covers(given: Numbers, expected: Numbers) -> None:
    low, high = wilson_of_invited(given["x"], given["n"], given["N"], given["conf"])

    assert low <= expected["lo"] + 1e-9
    assert high >= expected["hi"] - 1e-9


def is_a_mean_on_five_points(given: Numbers, expected: Numbers) -> None:
    values = [1, 2, 3, 4, 5]
    found = mean(given["counts"], values, nan if given["N"] is None else given["N"])
    scale = QUESTIONNAIRE.scales[0]
    top = sum(
        count for value, count in zip(values, given["counts"], strict=True) if value in scale.favourable
    )

    assert sum(given["counts"]) == expected["n"]
    assert (found.value, found.spread) == (six(expected["mean"]), six(expected["sd"]))
    assert found.interval == (six(expected["mean_lo"]), six(expected["mean_hi"]))
    assert (top, top / expected["n"]) == (expected["top2_x"], six(expected["top2"]))


def is_a_difference(given: Numbers, expected: Numbers) -> None:
    found = difference(given["x1"], given["n1"], given["x2"], given["n2"])

    assert found.value == six(expected["diff"])
    assert found.interval == (six(expected["lo"]), six(expected["hi"]))


def is_a_test_of_two_shares(given: Numbers, expected: Numbers) -> None:
    shares = given["x1"], given["n1"], given["x2"], given["n2"]

    assert mid_p(*shares) == six(expected["p_midp"])
    assert p_value(*shares)[0] == six(expected["p_label"])
    assert two_sided(expected["z"]) == six(expected["p_z"]), "what the vector calls z is what we call z"


def leaves_the_unit_out_of_the_rest(given: Numbers, expected: Numbers) -> None:
    unit = Figure(State.SHOWN, given["n"], given["x"], given["n"])
    total = Figure(State.SHOWN, given["T"], given["X"], given["T"])
    rest = everyone_else(total, unit, 5)

    assert unit.share - rest.share == six(expected["diff_vs_rest"])
    assert unit.share - total.share == six(expected["diff_vs_total"])
    assert (unit.share - total.share) / (unit.share - rest.share) == six(expected["ratio"])
    p = p_value(unit.favourable, unit.n, rest.favourable, rest.n)[0]
    assert p == pytest.approx(two_sided(expected["z"]), rel=1e-4)


def are_funnel_limits(given: Numbers, expected: Numbers) -> None:
    for name, confidence in (("95", 0.95), ("998", ranking.FAR)):
        one_column = (expected.get(f"lo{name}"), expected.get(f"hi{name}"))
        low, high = expected.get(f"score{name}", one_column)
        assert ranking.limits(given["p0"], given["n"], confidence) == (six(low), six(high))


def is_a_funnel_of_units(given: Numbers, expected: Numbers) -> None:
    names = [name for name, _, _ in given["units"]]
    n, x = (np.array(column, float) for column in list(zip(*given["units"], strict=True))[1:])
    common = x.sum() / n.sum()
    q = q_values(p_value(x, n, x.sum() - x, n.sum() - n))

    def outside(confidence: float) -> list[str]:
        low, high = ranking.limits(common, n, confidence)
        return [name for name, out in zip(names, (x / n < low) | (x / n > high), strict=True) if out]

    assert common == six(expected["p0"])
    assert ranking.spread(x, n).phi == six(expected["phi_winsor10"])
    assert outside(0.95) == expected["outside95"]
    assert outside(ranking.FAR) == expected["outside998"]
    assert dict(zip(names, q, strict=True)) == {name: six(one) for name, one in expected["bh_q"].items()}
    assert [name for name, one in zip(names, q, strict=True) if one < 0.05] == expected["bh_flag"]


def is_controlled_for_how_many_are_tested(given: Numbers, expected: Numbers) -> None:
    assert q_values(given["p"]).tolist() == [six(one) for one in expected["q"]]


def says_what_those_who_did_not_answer_could_change(given: Numbers, expected: Numbers) -> None:
    x, n, invited = given["x"], given["n"], given["N"]
    bounds = response.no_assumption_bounds(x, n, invited)

    assert n / invited == six(expected["rate"])
    assert bounds.low == floor(100 * expected["bound_lo"] + 1e-9) / 100, "whole percents, rounded outward"
    assert bounds.high == -floor(-100 * expected["bound_hi"] + 1e-9) / 100
    assert response.margin(n, invited) == six(expected["E"])


def has_the_badge(given: Numbers, expected: Numbers) -> None:
    assert response.badge(given["n"], given["N"]) == expected["badge"]


def is_an_r_indicator(given: Numbers, expected: Numbers) -> None:
    groups = [ResponseGroup(invited, answers) for invited, answers in given["groups"]]
    rate = sum(group.answers for group in groups) / sum(group.invited for group in groups)

    assert (rate, response.representativity(groups)) == (six(expected["rate"]), six(expected["R"]))


def has_the_labels(given: Numbers, expected: Numbers) -> None:
    names, x, n = (list(column) for column in zip(*given["units"], strict=True))
    x, n = np.array(x), np.array(n)
    found = compare(Counts(x, n), Counts(x.sum() - x, n.sum() - n), np.zeros(len(n)))

    for at, name in enumerate(names):
        label = expected[name]
        assert found.difference[at] == six(label["diff"]), name
        assert (found.p[at], found.q[at]) == (six(label["p"]), six(label["q"])), name
        assert verdict(found.direction[at]) == OUR_WORDS[label["label"]], name


def is_a_change(given: Numbers, expected: Numbers) -> None:
    shares = given["x_now"], given["n_now"], given["x_prev"], given["n_prev"]
    found = difference(*shares)

    assert found.value == six(expected["diff"])
    assert found.interval == (six(expected["lo"]), six(expected["hi"]))
    assert p_value(*shares)[0] == six(expected["p"])


CHECKS: Mapping[str, Callable[[Numbers, Numbers], None]] = {
    "wilson": is_a_wilson_interval,
    "wilson_fpc": is_an_interval_of_the_invited,
    "hypergeom_ci": covers_what_the_exact_interval_covers,
    "likert": is_a_mean_on_five_points,
    "newcombe_diff": is_a_difference,
    "two_prop": is_a_test_of_two_shares,
    "benchmark": leaves_the_unit_out_of_the_rest,
    "funnel_score": are_funnel_limits,
    "funnel": are_funnel_limits,
    "funnel_table": is_a_funnel_of_units,
    "bh": is_controlled_for_how_many_are_tested,
    "nonresponse": says_what_those_who_did_not_answer_could_change,
    "badge": has_the_badge,
    "r_indicator": is_an_r_indicator,
    "labels": has_the_labels,
    "year_change": is_a_change,
}


@pytest.mark.parametrize(("given", "expected"), list(vectors()))
def test_the_shared_vectors_come_out(given, expected):
    CHECKS[given["fn"]](given, expected)


def test_every_kind_of_vector_is_there():
    kinds = {vector.values[0]["fn"] for vector in vectors()}

    assert kinds == CHECKS.keys()
