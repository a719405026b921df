"""The attacker finds every way of showing too much: faults that are planted, and tables from the literature."""

import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from tests.disclosure.attacker import (
    ALL,
    ALL_BUT,
    ANSWERS,
    INVITED,
    Answered,
    Attack,
    CellKey,
    Counting,
    Sheet,
    Shown,
    Truth,
    bits,
    contrasts,
    every_contrast,
    null_vector,
    with_dont_know,
)
from tests.disclosure.known_details import known_details
from tests.disclosure.small_rounds import (
    contents_of,
    published,
    small_round,
    truth_of,
    with_one_small_municipality,
)

ASKED = {"S01": Counting(frozenset({1, 0}), frozenset({1}))}
GOOD, BAD, DONT_KNOW = (("S01", 1),), (("S01", 0),), (("S01", 9),)
CLEAN = {}


def towns(sizes: Mapping[str, int], cells: Mapping[str, str], answers: tuple = GOOD) -> Answered:
    """Towns with so many sheets each; cells are strings of one-letter towns."""
    sheets = {
        f"{town}{number}": Sheet(town, "e", "", answers)
        for town, size in sizes.items()
        for number in range(size)
    }
    return Answered(
        sheets, {town: {name for name, inside in cells.items() if town in inside} for town in sizes}
    )


def numbers(truth: Truth, *units: str, kind: str = "S01", release: int = 0) -> list[Shown]:
    """The true numbers of those units, beside their responses."""
    found = []
    for one in (kind, ANSWERS):
        for unit in units:
            shown = Shown(one, CellKey(unit, "e"), 0, release)
            found.append(shown._replace(number=truth.sheets(one, truth.groups(shown))))
    return found


def attack(sizes: Mapping[str, int], cells: Mapping[str, str], shown: str, least_persons: int = 5) -> Attack:
    """The named cells are shown."""
    truth = Truth([towns(sizes, cells)], ASKED)
    return Attack(truth, numbers(truth, *shown.split()), least_persons)


def sums(attacked: Attack, found: list) -> set[str]:
    """Sums and contrasts of answers by the letters of their towns, e.g. A+B."""
    name = {number: key[0] for key, number in attacked.truth.number.items()}
    return {
        "".join(f"{'+' if weight > 0 else '-'}{name[group]}" for group, weight in weights).removeprefix("+")
        for kind, weights in found
        if kind == "S01"
    }


LINE = {"all": "ABCD", **dict(zip("ABCD", "ABCD", strict=True))}
LINE_SIZES = {"A": 1, "B": 2, "C": 20, "D": 30}
LINKED_SIZES = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
LINKED = {
    "all": "ABIJKLMN",
    "county1": "ABIJ",
    "county2": "KLMN",
    "own": "LM",
    "rest": "ABIJKN",
    **{letter: letter for letter in LINKED_SIZES},
}


def test_a_line_with_its_two_small_towns_hidden_gives_their_sum_away():
    found = attack(LINE_SIZES, LINE, "all C D")

    assert sums(found, found.small_sums()) == {"A+B"}
    assert found.small_differences() == [], "no one subtraction gives it"
    assert attack(LINE_SIZES, LINE, "all D").faults() == CLEAN


def test_linked_tables_that_are_safe_one_by_one_give_a_town_away():
    found = attack(LINKED_SIZES, LINKED, "all county1 county2 own rest I J N", 4)

    assert "K" in sums(found, found.small_sums())
    assert attack(LINKED_SIZES, LINKED, "all county1 county2 own rest I J", 4).faults() == CLEAN


def test_a_town_of_too_few_is_found():
    found = attack(LINE_SIZES, LINE, "all B")

    assert {one.cell.unit for one in found.small_cells()} == {"B"}


def test_a_difference_between_two_single_persons_is_found():
    found = attack({"A": 1, "B": 1, "C": 30}, {"AC": "AC", "BC": "BC"}, "AC BC")

    assert sums(found, found.small_sums()) == {"A-B"}
    assert len(found.small_differences()) == 2, "of answers to the question and of all answers"


def test_four_small_towns_and_nine_in_a_difference_are_found_where_ten_are_asked_for():
    four = attack({"A": 1, "B": 1, "C": 1, "D": 6, "E": 50}, {"all": "ABCDE", "E": "E"}, "all E", 10)
    letters = "ABCDEFGHI"
    nine = attack({**dict.fromkeys(letters, 1), "Z": 50}, {"all": f"{letters}Z", "Z": "Z"}, "all Z", 10)

    assert sums(four, four.small_sums()) == {"A+B+C+D"}
    assert nine.small_sums() == [], "nine groups are more than are tried"
    assert len(nine.small_differences()) == 2
    assert sums(nine, nine.every_small_sum()) == {"+".join(letters)}


def test_everyone_else_is_held_up_against_the_towns_that_are_shown():
    cells = {"alle": "ABC", "A": "A", "B": "B"}
    truth = Truth([towns({"A": 20, "B": 30, "C": 4}, cells)], ASKED)
    own = [*numbers(truth, "alle", "B")]
    rest = Shown("S01", CellKey(f"{ALL_BUT}A", "e"), 34)

    assert Attack(truth, own, 5).small_differences() == []
    assert [one[0] for one in Attack(truth, [*own, rest], 5).small_differences()] == ["S01"]


def test_persons_are_counted_and_not_sheets():
    cells = {"AB": "AB", "B": "B"}
    release = towns({"A": 6, "B": 9}, cells)
    same = {
        key: one._replace(person="x") if key in {"A0", "A1"} else one for key, one in release.sheets.items()
    }
    back = {key: one._replace(person="y") if key in {"A2", "B0"} else one for key, one in same.items()}
    truths = [Truth([release._replace(sheets=sheets)], ASKED) for sheets in (release.sheets, same, back)]

    faults = [len(Attack(truth, numbers(truth, "AB", "B"), 6).small_differences()) for truth in truths]

    assert faults == [0, 2, 2], "six sheets of five persons; who is elsewhere too is still one of five"
    assert truths[2].persons("S01", truths[2].cells[0][CellKey("AB")]) == 13


def test_groups_of_the_same_few_persons_are_one_small_group():
    sheets = {f"{town}{who}": Sheet(town, "e", "", GOOD, who) for town in "ABCDEF" for who in "xy"}
    truth = Truth([Answered(sheets, {town: {"all"} for town in "ABCDEF"})], ASKED)

    assert [one.number for one in Attack(truth, numbers(truth, "all"), 5).small_cells()] == [12, 12]


def test_answers_to_a_question_minus_the_response_of_another_cell_are_found():
    cells = {"AB": "AB", "A": "A"}
    truth = Truth([towns({"A": 20, "B": 3}, cells)], ASKED)
    (response,) = (one for one in numbers(truth, "AB") if one.kind == ANSWERS)
    (answers,) = (one for one in numbers(truth, "A") if one.kind == "S01")
    found = Attack(truth, [response, answers], 5)

    assert found.small_differences() == []
    assert len(found.small_differences_across_kinds()) == 1
    assert found.numbers_without_response() == [answers]


def test_a_cell_where_everybody_has_answered_makes_two_kinds_of_number_one():
    cells = {"all": "ABCD", "AC": "AC", "BC": "BC"}
    truth = Truth([towns({"A": 2, "B": 2, "C": 30, "D": 30}, cells)], ASKED)
    answers = [one for one in numbers(truth, "all", "AC") if one.kind == "S01"]
    responses = [one for one in numbers(truth, "all", "BC") if one.kind == ANSWERS]

    unknown = Attack(truth, [*answers, *responses[1:]], 5)
    known = Attack(truth, [*answers, *responses], 5)

    assert unknown.small_sums_across_kinds() == []
    assert known.small_sums() == []
    assert [kind for kind, _ in known.small_sums_across_kinds()] == [ANSWERS]


def test_a_number_that_nobody_has_given_is_refused_so_that_no_attack_is_made_on_another_round():
    truth = Truth([towns(LINE_SIZES, LINE)], ASKED)

    with pytest.raises(ValueError, match="is not what was answered"):
        Attack(truth, [Shown("S01", CellKey("all", "e"), 52)], 5)


def test_kinds_of_number_count_what_their_names_say():
    answers = {"x": GOOD, "y": DONT_KNOW, "z": (), "w": None}
    sheets = {name: Sheet("A", "e", "", given) for name, given in answers.items()}
    truth = Truth([Answered(sheets, {"A": {ALL}})], ASKED)
    everyone = truth.cells[0][CellKey(ALL)]

    counted = [truth.sheets(kind, everyone) for kind in (INVITED, ANSWERS, with_dont_know("S01"), "S01")]

    assert counted == [4, 3, 2, 1]


@pytest.mark.parametrize("seed", range(40))
def test_trying_everything_in_fractions_and_looking_up_values_find_the_same(seed):
    drawn = random.Random(seed)
    sizes = [drawn.randint(1, 6) for _ in range(8)]
    rows = [drawn.randrange(1, 256) for _ in range(drawn.randint(2, 7))]

    def persons(groups: int) -> int:
        return sum(sizes[group] for group in bits(groups))

    tried = {one for one in every_contrast(rows, 255, persons, 8) if len(one) <= 4}

    assert tried == set(contrasts(null_vector(rows, 255), persons, 8))


def late(before: Answered, *added: Sheet) -> Answered:
    """The same release with more sheets."""
    return before._replace(sheets={**before.sheets, **{f"late{n}": one for n, one in enumerate(added)}})


def both(first: Answered, second: Answered, *units: str) -> dict[str, int]:
    """What is wrong with two releases that each show these units."""
    truth = Truth([first, second], ASKED)
    return Attack(truth, [one for at in (0, 1) for one in numbers(truth, *units, release=at)], 5).faults()


def test_a_late_answer_a_removed_and_a_corrected_one_are_told_by_two_releases():
    cells = {"AB": "AB", "A": "A"}
    first = towns({"A": 20, "B": 30}, cells)
    corrected = first._replace(sheets=first.sheets | {"A0": Sheet("A", "e", "", BAD)})
    removed = first._replace(sheets={key: one for key, one in first.sheets.items() if key != "A0"})

    assert both(first, first, "AB", "A") == CLEAN
    for second in (late(first, Sheet("A", "e", "", GOOD)), corrected, removed):
        assert both(first, second, "AB", "A").keys() >= {"small_differences", "small_sums"}
    assert both(first, late(first, *[Sheet("A", "e", "", GOOD)] * 5), "AB", "A") == CLEAN


def test_three_releases_tell_what_no_two_of_them_do():
    cells = {"AB": "AB"}
    first = towns({"A": 20, "B": 30}, cells)
    second = late(first, *[Sheet("A", "e", "", GOOD)] * 6)
    third = late(first, *[Sheet("A", "e", "", GOOD)] * 8)
    truth = Truth([first, second, third], ASKED)
    shown = [numbers(truth, "AB", release=at) for at in range(3)]

    faults = [Attack(truth, [*one, *other], 5).faults() for one, other in combinations(shown, 2)]

    assert [bool(one) for one in faults] == [False, False, True]
    assert Attack(truth, [one for some in shown for one in some], 5).faults()


def test_an_own_group_changed_by_one_small_town_is_told_by_two_releases():
    sizes = {"A": 3, "B": 20, "C": 30}
    first, second = (towns(sizes, {"all": "ABC", "own": own}) for own in ("AB", "B"))

    assert both(first, second, "all") == CLEAN
    assert both(first, second, "all", "own")["small_differences"] == 2


# Faults planted in what the application itself decides.


def attacked(seed: int, shown: list[Shown], least_persons: int = 5) -> dict[str, int]:
    return Attack(truth_of(small_round(seed)), shown, least_persons).faults()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_limit_that_is_one_off_is_caught(seed):
    assert attacked(seed, published(small_round(seed), 4))["small_cells"] > 0


def test_sheets_that_are_counted_for_persons_are_caught():
    a_round = small_round(0)
    by_group = sorted(a_round.sheets.items(), key=lambda one: one[1][:3])
    twice = {n: sheet._replace(person=f"{sheet[:3]} {at // 2}") for at, (n, sheet) in enumerate(by_group)}
    a_round = replace(a_round, sheets=twice)
    contents = contents_of(a_round)

    def of_sheets(tally):
        return replace(tally, person=np.full_like(tally.person, -1))

    wrong = replace(
        contents,
        response=of_sheets(contents.response),
        answers={question: of_sheets(tally) for question, tally in contents.answers.items()},
    )
    right, wrong = (Attack(truth_of(a_round), published(a_round, 5, one), 5) for one in (contents, wrong))

    assert right.small_cells() == []
    assert len(wrong.small_cells()) > 0
    assert len(wrong.small_sums()) > 0


def hidden_numbers(seed: int, shown: list[Shown]) -> list[Shown]:
    """The true numbers of question S01 that are not shown."""
    truth = truth_of(small_round(seed))
    known = {one.cell for one in shown if one.kind == "S01"}
    cells = (Shown("S01", cell, 0) for cell in truth.cells[0] if cell not in known)
    counted = (one._replace(number=truth.sheets("S01", truth.groups(one))) for one in cells)
    return [one for one in counted if one.number]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 3])
def test_one_cell_more_that_is_too_small_or_gives_a_small_one_away_is_caught(seed):
    shown = published(small_round(seed), 5)
    before = attacked(seed, shown)

    caught = {"small": [], "large": []}
    for one in hidden_numbers(seed, shown)[::5]:
        after = attacked(seed, [*shown, one])
        more = [after.get(name, 0) > before.get(name, 0) for name in ("small_cells", "small_sums")]
        caught["small" if one.number < 5 else "large"].append(any(more))

    assert caught["small"]
    assert all(caught["small"])
    assert any(caught["large"])


def test_a_question_that_is_shown_where_the_response_is_hidden_is_caught():
    a_round = small_round(0)
    shown = published(a_round, 5)
    asked = {one.cell for one in shown if one.kind == "S01"}
    cell = next(one.cell for one in shown if one.kind == ANSWERS and one.cell in asked)
    hidden = [one for one in shown if one.cell != cell or one.kind != ANSWERS]
    before, after = (
        Attack(truth_of(a_round), some, 5).numbers_without_response() for some in (shown, hidden)
    )

    assert {one.cell for one in after} - {one.cell for one in before} == {cell}


@pytest.mark.slow
def test_a_group_of_the_reference_files_changed_by_one_municipality_is_caught():
    a_round, by_size = with_one_small_municipality(small_round(0))
    first, second = (a_round.with_own_group(members) for members in (by_size, by_size[1:]))
    shown = [*published(first, 5), *(one._replace(release=1) for one in published(second, 5))]

    for at in (0, 1):
        alone = [one._replace(release=0) for one in shown if one.release == at]
        assert Attack(truth_of((first, second)[at]), alone, 5).small_sums() == []
    assert Attack(truth_of(first, second), shown, 5).small_sums() != []


# What can be known of the answers themselves.


def favourable(truth: Truth, answers: Mapping[str, int | None]) -> list[Shown]:
    """Units with their favourable answers, None where there is a bound instead."""
    shown = (one for one in numbers(truth, *answers) if one.kind == "S01")
    return [one._replace(favourable=answers[one.cell.unit]) for one in shown]


def test_a_bound_whose_number_follows_from_the_shares_around_it_is_counted():
    truth = Truth([towns({"A": 6, "B": 20}, {"AB": "AB", "A": "A", "B": "B"})], ASKED)

    followed = known_details(truth, favourable(truth, {"AB": 26, "B": 20, "A": None}))
    open_ = known_details(truth, favourable(truth, {"AB": 26, "A": None}))

    assert (followed.bounds, followed.exact_bounds, open_.exact_bounds) == (1, 1, 0)


def test_few_whose_share_is_known_because_everyone_around_them_agrees_are_counted():
    cells = {"ABC": "ABC", "AB": "AB", "A": "A", "B": "B", "C": "C"}
    good = towns({"A": 3, "B": 20}, cells)
    bad = towns({"C": 12}, cells, BAD)
    truth = Truth([Answered({**good.sheets, **bad.sheets}, {**good.units_of, **bad.units_of})], ASKED)

    inside = known_details(truth, favourable(truth, {"AB": 23}))
    between = known_details(truth, favourable(truth, {"ABC": 23, "C": 0}))
    unknown = known_details(truth, favourable(truth, {"ABC": 23}))

    assert [one.known_few for one in (inside, between, unknown)] == [1, 1, 0]
    assert unknown.hidden_few == 1


def test_a_distribution_that_follows_from_others_is_counted():
    truth = Truth([towns({"A": 6, "B": 20}, {"AB": "AB", "A": "A", "B": "B"})], ASKED)
    shown = [
        one._replace(counts=None if one.cell.unit == "A" else (one.number, 0))
        for one in favourable(truth, {"AB": 26, "B": 20, "A": None})
    ]

    found = known_details(truth, shown)

    assert found.known_distributions == found.undistributed
    assert known_details(truth, shown[:1]).known_distributions < found.known_distributions
