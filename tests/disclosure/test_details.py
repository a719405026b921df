"""What is told of few with a bound, or without a distribution, does not follow from what is told of others."""

from fractions import Fraction

import numpy as np
import pytest

from indicators.auditing import known_shares
from indicators.disclosure.history import Systems, of_question
from indicators.figure import Bound, State
from indicators.judgement import Verdict
from indicators.judging import judged
from indicators.publication import publication
from indicators.selection import ALL
from tests.made_up import GREVE, KOEGE, NURSING, QUESTIONNAIRE, ROSKILDE, SOCIAL_WORK
from tests.statistics.publications import agreeing, round_of

FEW_UNANIMOUS = {
    (ROSKILDE, NURSING): {"S01": agreeing(6, 6)},
    (KOEGE, NURSING): {"S01": agreeing(20, 30)},
    (GREVE, NURSING): {"S01": agreeing(15, 25)},
}
FEW = FEW_UNANIMOUS | {(ROSKILDE, NURSING): {"S01": agreeing(4, 7)}}


def published(answers, least_persons=5):
    contents = round_of(answers)
    units = {group.place: (group.place, ALL) for group in contents.groups}
    return publication(contents, units, QUESTIONNAIRE, least_persons)


def figures(shown):
    return {
        (shown.cells[cell].unit, shown.cells[cell].education): figure
        for cell, question, figure in shown.figures
        if question == "S01"
    }


def test_the_share_of_few_who_agree_is_not_left_by_the_others():
    found = figures(published(FEW_UNANIMOUS))

    assert found[ROSKILDE, ALL].bound is Bound.AT_LEAST
    exact = [unit for unit in (ALL, KOEGE, GREVE) if found[unit, ALL].favourable is not None]
    assert len(exact) == 2
    assert found[GREVE, ALL].state is State.HIDDEN, "the smallest of those that would tell it"


def test_a_distribution_that_would_tell_that_of_few_is_withheld_and_still_judged():
    shown = published(FEW)
    found = figures(judged(shown, QUESTIONNAIRE, 5))

    assert found[ROSKILDE, ALL].favourable == 4
    assert found[ROSKILDE, ALL].counts is None
    assert [found[unit, ALL].counts is None for unit in (ALL, KOEGE, GREVE)] == [False, False, True]
    assert found[GREVE, ALL].withheld
    assert found[GREVE, ALL].judgement.verdict not in (None, Verdict.TOO_FEW)


def test_no_figure_is_shown_where_the_response_is_hidden():
    answers = FEW | {(GREVE, SOCIAL_WORK): {"S01": agreeing(2, 3), "S02": agreeing(2, 2)}}
    shown = published(answers)

    hidden = {cell for cell, response in enumerate(shown.responses) if response.state is State.HIDDEN}

    assert hidden
    assert not hidden & {cell for cell, _, _ in shown.figures}


@pytest.mark.parametrize("seed", range(12))
def test_no_bound_and_no_withheld_distribution_follows_by_exact_elimination(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(3, 30, (5, 2))
    answers = {
        (f"kommune:{place}", education): {"S01": agreeing(int(rng.binomial(n, 0.85)), int(n))}
        for place, of_place in enumerate(sizes)
        for education, n in zip((NURSING, SOCIAL_WORK), of_place, strict=True)
    }
    contents = round_of(answers)
    units = {
        group.place: (group.place, f"region:{int(group.place[-1]) % 2}", ALL) for group in contents.groups
    }
    shown = publication(contents, units, QUESTIONNAIRE, 5)
    table = Systems.of(contents, units).table
    rows = {cell: table.group_index[table.cell_index == cell] for cell, _, _ in shown.figures}
    told = [(rows[cell], figure) for cell, _, figure in shown.figures if figure.n is not None]

    exact = [groups for groups, figure in told if figure.favourable is not None]
    spread = [groups for groups, figure in told if figure.counts is not None]

    assert not any(follows(groups, exact) for groups, figure in told if figure.bound)
    assert not any(follows(groups, spread) for groups, figure in told if not figure.detailed)


def follows(groups, rows) -> bool:
    """Whether the sum of the groups is a combination of the rows, in exact fractions."""
    basis: list[tuple[int, list[Fraction]]] = []
    for row in [*rows, groups]:
        line = [Fraction(int(group in row)) for group in range(10)]
        for pivot, known in basis:
            line = [one - line[pivot] * other for one, other in zip(line, known, strict=True)]
        pivot = next((place for place, entry in enumerate(line) if entry), None)
        if pivot is None:
            if row is groups:
                return True
            continue
        basis.append((pivot, [entry / line[pivot] for entry in line]))
    return False


def test_shares_of_hidden_cells_are_known_where_all_in_a_shown_one_agree():
    answers = {
        (ROSKILDE, NURSING): {"S01": agreeing(12, 12)},
        (ROSKILDE, SOCIAL_WORK): {"S01": agreeing(3, 3)},
        (KOEGE, NURSING): {"S01": agreeing(9, 14)},
        (KOEGE, SOCIAL_WORK): {"S01": agreeing(2, 4)},
    }
    contents = round_of(answers)
    systems = Systems.of(contents, {place: (place, ALL) for place in (ROSKILDE, KOEGE)})
    everything = np.ones(len(systems.table.cells), dtype=bool)
    system = systems.system(of_question(QUESTIONNAIRE.question("S01"), QUESTIONNAIRE, "n"), everything)
    favourable_and_others = np.array([[12, 0], [3, 0], [9, 5], [2, 2]])
    towns = np.array([cell.unit != ALL and cell.education == ALL for cell in systems.table.cells])

    small, known = known_shares(system, favourable_and_others, towns, 5)

    assert (small, known) == (4, 2), "with and without the institution, of two social work groups"
    assert known_shares(system, favourable_and_others, ~everything, 5) == (4, 0)
