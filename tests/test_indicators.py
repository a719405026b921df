"""The pure rules against numbers counted by hand and against an independent way to the same result."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from indicators.cells import UNKNOWN_PERSON, Cell, FinestGroup, Tally, cell_table
from indicators.danish import alphabetical, day, listed, number, percent, points, whole_percent
from indicators.disclosure import Detail, published_detail
from indicators.figure import (
    HIDDEN,
    NO_ANSWERS,
    Figure,
    QuestionRow,
    State,
    everyone_else,
    score,
    share_only,
    theme_rows,
)
from indicators.groups import PRIVATE_SITES, DatedMembership, Groups, private_place, units_of_places
from indicators.questionnaire import Questionnaire
from indicators.selection import Option, Selection
from tests.made_up import QUESTIONNAIRE

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("persons", "least", "detail"),
    [
        (0, 5, "skjult"),
        (4, 5, "skjult"),
        (5, 5, "andel"),
        (9, 5, "andel"),
        (10, 5, "fordeling"),
        (9, 10, "skjult"),
    ],
)
def test_what_is_published_depends_on_the_number_of_persons(persons, least, detail):
    assert published_detail(persons, least) is Detail(detail)


def test_fewer_than_three_persons_can_never_be_asked_for():
    with pytest.raises(ValueError, match="at least 3"):
        published_detail(100, 2)


@pytest.mark.parametrize(
    "numbers",
    [
        {"n": 2, "favourable": 1, "persons": 2},
        {"n": 5, "favourable": 6, "persons": 5},
        {"n": 5, "favourable": 4, "persons": 6},
        {"n": 9, "favourable": 4, "persons": 9, "counts": (2, 2, 2, 2, 1)},
        {"n": 12, "favourable": 4, "persons": 12, "counts": (2, 2, 2, 2, 1)},
        {"n": 8, "favourable": 7, "persons": 8},
        {"n": 9, "favourable": 1, "persons": 9},
        {"n": 12, "favourable": 12, "persons": 9},
        {"n": 8, "persons": 8},
    ],
)
def test_a_figure_that_breaks_the_rule_cannot_be_built(numbers):
    with pytest.raises(ValueError, match=r"needs|part of|adds up"):
        Figure(State.SHOWN, **numbers)


@pytest.mark.parametrize(
    ("n", "favourable", "said"),
    [
        (8, 8, f"mindst 87{NBSP}%"),
        (8, 7, f"mindst 87{NBSP}%"),
        (8, 6, "Vist"),
        (8, 2, "Vist"),
        (8, 1, f"højst 13{NBSP}%"),
        (5, 0, f"højst 20{NBSP}%"),
        (5, 4, f"mindst 80{NBSP}%"),
    ],
)
def test_near_unanimity_among_few_is_told_as_a_bound_that_does_not_tell_all_from_all_but_one(
    n, favourable, said
):
    figure = share_only(n, favourable, n)

    assert figure.status == said
    assert (figure.share is None) == (said != "Vist")


def test_everyone_else_is_hidden_where_it_would_give_the_bound_away():
    assert everyone_else(TOTAL, share_only(8, 8, 8), 5) == HIDDEN
    assert score([TOTAL, share_only(8, 8, 8)]).state is State.HIDDEN


def test_a_hidden_figure_holds_no_number():
    with pytest.raises(ValueError, match="no numbers"):
        Figure(State.HIDDEN, n=4)


TOTAL = Figure(State.SHOWN, 40, 30, 38, (20, 10, 5, 5, 0), 2)
UNIT = Figure(State.SHOWN, 12, 6, 12, (4, 2, 3, 3, 0), 1)


def test_everyone_else_is_the_total_without_the_unit():
    assert everyone_else(TOTAL, UNIT, 5) == Figure(State.SHOWN, 28, 24, 26, (16, 8, 2, 2, 0), 1)


@pytest.mark.parametrize(
    ("total", "unit", "expected"),
    [
        (TOTAL, HIDDEN, HIDDEN),
        (HIDDEN, UNIT, HIDDEN),
        (TOTAL, NO_ANSWERS, TOTAL),
        (UNIT, UNIT, NO_ANSWERS),
        (Figure(State.SHOWN, 16, 8, 16, (6, 2, 4, 4, 0), 1), UNIT, HIDDEN),
    ],
    ids=[
        "hidden unit",
        "hidden total",
        "unit without answers",
        "unit is all there is",
        "rest of four persons",
    ],
)
def test_everyone_else_is_shown_only_where_nothing_small_can_be_read_from_it(total, unit, expected):
    assert everyone_else(total, unit, 5) == expected


def test_a_theme_score_is_the_mean_of_its_shares_and_hidden_when_one_of_them_is():
    assert score([TOTAL, UNIT]).share == pytest.approx((30 / 40 + 6 / 12) / 2)
    assert (score([TOTAL, UNIT]).fewest, score([TOTAL, UNIT]).most) == (12, 40)
    assert score([TOTAL, HIDDEN]).state is State.HIDDEN
    assert score([TOTAL, NO_ANSWERS]).share == 0.75
    assert score([]).state is State.NO_ANSWERS


def test_questions_of_one_education_stay_out_of_the_theme_scores():
    theme, question = QUESTIONNAIRE.themes[0], QUESTIONNAIRE.questions[0]
    scale = QUESTIONNAIRE.scale_of(question)
    common = QuestionRow(theme, question, scale, TOTAL, UNIT)
    own = replace(common, question=question.model_copy(update={"id": "S99", "common": False}), figure=UNIT)

    assert theme_rows([common, own])[0].score.share == 0.75


def by_hand(groups, sheets, units_of):
    """Cells counted sheet by sheet, the slow and obvious way."""
    answers, persons = Counter(), {}
    for position, (group, person) in enumerate(sheets):
        place = groups[group]
        for unit, education, institution in product(
            units_of[place.place], {place.education, "alle"}, {place.institution, "alle"}
        ):
            cell = Cell(unit, education, institution)
            answers[cell] += 1
            persons.setdefault(cell, set()).add(person if person != UNKNOWN_PERSON else f"sheet {position}")
    return answers, {cell: len(who) for cell, who in persons.items()}


@given(st.integers(0, 10**9))
def test_cells_and_persons_are_those_counted_sheet_by_sheet(seed):
    chance = random.Random(seed)
    groups = [FinestGroup(place, education, inst) for place in "ABC" for education in "xy" for inst in "pq"]
    units_of = {"A": ("A", "AB", "alle"), "B": ("B", "AB", "BC", "alle"), "C": ("C", "BC", "alle")}
    sheets = [
        (chance.randrange(len(groups)), chance.choice([UNKNOWN_PERSON, 0, 1, 2, 3]))
        for _ in range(chance.randrange(1, 30))
    ]
    table = cell_table(groups, units_of)
    columns = ([g for g, _ in sheets], [0] * len(sheets), [1] * len(sheets), [p for _, p in sheets])
    tally = Tally(*(np.array(column, dtype=np.int64) for column in columns))

    answers, persons = by_hand(groups, sheets, units_of)

    assert dict(zip(table.cells, table.counts(tally, 1)[:, 0].tolist(), strict=True)) == {
        cell: answers[cell] for cell in table.cells
    }
    assert dict(zip(table.cells, table.persons(tally).tolist(), strict=True)) == {
        cell: persons.get(cell, 0) for cell in table.cells
    }


def test_a_place_counts_in_the_group_it_belonged_to_at_the_time():
    first = DatedMembership("kommune:0410", "gruppe:a", None, date(2023, 12, 31), None, None)
    then = DatedMembership("kommune:0410", "gruppe:b", date(2024, 1, 1), None, None, None)

    def on(day: date) -> tuple[str, ...]:
        return units_of_places(["kommune:0410"], [first, then], day)["kommune:0410"]

    assert on(date(2023, 6, 1)) == ("kommune:0410", "gruppe:a", "alle")
    assert on(date(2024, 6, 1)) == ("kommune:0410", "gruppe:b", "alle")


def test_a_place_may_be_in_two_groups_of_a_kind_and_leave_one_and_come_back():
    kbh = "kommune:0101"
    byen, syd = "klynge:rh-byen", "klynge:rh-syd"
    dated = [
        DatedMembership(kbh, byen, None, date(2022, 12, 31), None, None),
        DatedMembership(kbh, syd, None, None, None, None),
        DatedMembership(kbh, byen, date(2025, 1, 1), None, None, None),
        DatedMembership("kommune:0147", byen, None, None, None, None),
    ]
    before, between, after = (Groups.on(date(year, 12, 31), dated) for year in (2022, 2024, 2025))

    assert [one.of(kbh) for one in (before, between, after)] == [(byen, syd), (syd,), (syd, byen)]
    assert [one.members(byen) for one in (before, between, after)] == [
        (kbh, "kommune:0147"),
        ("kommune:0147",),
        (kbh, "kommune:0147"),
    ]
    assert after.members(kbh) == after.of("kommune:9999") == ()


def test_earlier_rounds_can_be_seen_in_a_structure_that_comes_later():
    council = DatedMembership("kommune:0265", "raad:x", date(2027, 1, 1), None, date(2027, 1, 1), None)
    cluster = DatedMembership("kommune:0265", "klynge:y", None, date(2026, 12, 31), None, date(2026, 12, 31))

    for day_asked in (date(2025, 12, 31), date(2028, 12, 31)):
        assert units_of_places(["kommune:0265"], [council, cluster], day_asked)["kommune:0265"][1:3] == (
            "raad:x",
            "klynge:y",
        )


@pytest.mark.parametrize(
    ("municipality", "within", "units"),
    [
        ("0265", False, (PRIVATE_SITES, "alle")),
        ("0265", True, (PRIVATE_SITES, "kommune:0265", "klynge:y", "alle")),
        ("", False, (PRIVATE_SITES, "alle")),
        ("", True, (PRIVATE_SITES, "alle")),
    ],
)
def test_a_private_site_counts_in_everything_also_where_its_municipality_is_unknown(
    municipality, within, units
):
    cluster = DatedMembership("kommune:0265", "klynge:y", None, None, None, None)
    place = private_place(municipality)

    assert units_of_places([place], [cluster], date(2025, 12, 31), within)[place] == units


def test_the_top_of_a_scale_follows_its_good_end():
    scale = QUESTIONNAIRE.scales[0]

    assert scale.favourable == {5, 4}
    assert scale.model_copy(update={"good_end": 1}).favourable == {1, 2}
    assert scale.model_copy(update={"good_end": 1}).best_first[0].text == "Slet ikke"


def test_a_question_has_the_wording_of_its_year():
    assert QUESTIONNAIRE.as_asked_in(2023).question("S01").text == "Min vejleder havde tid"
    assert QUESTIONNAIRE.as_asked_in(2024).question("S01").text == "Min vejleder havde tid til mig"


@pytest.mark.parametrize(
    ("part", "change", "message"),
    [
        ("questions", {"theme": "findes-ikke"}, "temaet findes-ikke findes ikke"),
        ("questions", {"scale": "findes-ikke"}, "skalaen findes-ikke findes ikke"),
        ("scales", {"good_end": 3}, "good_end skal være skalaens første eller sidste svar"),
        ("scales", {"top": 5}, "top skal være mindre end antallet af svar"),
    ],
)
def test_a_questionnaire_that_does_not_fit_together_is_refused(part, change, message):
    data = QUESTIONNAIRE.model_dump()
    data[part] = [{**data[part][0], **change}, *data[part][1:]]

    with pytest.raises(ValidationError, match=message):
        Questionnaire.model_validate(data)


def test_a_selection_says_itself_in_words():
    selection = Selection(
        Option("student", "Studerendes praktikevaluering"), 2025, Option("kommune:0265", "Roskilde")
    )

    assert selection.describe() == (
        "Studerendes praktikevaluering 2025 · Roskilde · Alle uddannelser · sammenlignet med alle andre"
    )
    assert not Selection(Option("student", "S"), 2025).compares


def test_numbers_dates_and_lists_are_written_the_danish_way():
    assert number(1234567) == "1.234.567"
    assert number(1234.55, 1) == "1.234,6"
    assert percent(0.617) == f"62{NBSP}%"
    assert whole_percent(0.285) == 29, "halves go up, also where the machine's fraction is a little below"
    assert points(-0.12) == f"\N{MINUS SIGN}12{NBSP}procentpoint"
    assert points(0.08) == f"+8{NBSP}procentpoint"
    assert points(0.001) == f"0{NBSP}procentpoint"
    assert day(date(2025, 12, 8)) == "8. december 2025"
    assert listed(["Køge", "Greve", "Roskilde"]) == "Køge, Greve og Roskilde"


def test_names_are_sorted_the_danish_way():
    names = ["Ærø", "Aabenraa", "Østed", "Zealand", "Ålborg", "Brøndby", "Brande"]

    assert sorted(names, key=alphabetical) == [
        "Brande",
        "Brøndby",
        "Zealand",
        "Ærø",
        "Østed",
        "Aabenraa",
        "Ålborg",
    ]
