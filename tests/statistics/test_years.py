"""A year held up against the one before: the test of two places, and never across a series break."""

import pytest

from indicators.intervals import difference
from indicators.judgement import Change, p_value
from indicators.questionnaire import Questionnaire
from indicators.years import YearPair, changes, comparable_questions, comparable_themes
from tests.made_up import QUESTIONNAIRE


def pair(
    now: tuple[int, int], before: tuple[int, int], family: str = "kommune", detailed: bool = True
) -> YearPair:
    return YearPair(family, *now, *before, detailed)


def said(*pairs: YearPair) -> list[Change]:
    return [one.change for one in changes(pairs, 2024)]


def test_a_change_has_newcombe_s_interval_and_its_year():
    found = next(changes([pair((90, 100), (70, 100))], 2024))
    interval = difference(90, 100, 70, 100).interval

    assert (found.earlier_year, found.change) == (2024, Change.RISEN)
    assert (found.difference, found.low, found.high) == pytest.approx((0.2, *interval), abs=1e-6)


def test_rises_and_falls_are_of_the_number_and_mirror_each_other():
    assert said(pair((90, 100), (70, 100)), pair((70, 100), (90, 100))) == [Change.RISEN, Change.FALLEN]


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ((7, 9), (160, 200), Change.TOO_FEW),
        ((160, 200), (7, 9), Change.TOO_FEW),
        ((15, 20), (17, 20), Change.NOT_CERTAIN),
        ((8400, 10_000), (8000, 10_000), Change.NOT_CERTAIN),
        ((8500, 10_000), (8000, 10_000), Change.RISEN),
        ((100, 100), (100, 100), Change.NOT_CERTAIN),
    ],
)
def test_a_change_asks_for_as_much_as_a_verdict_does(now, before, change):
    assert said(pair(now, before)) == [change]


def test_a_figure_without_its_distribution_in_either_year_has_no_change():
    assert said(pair((15, 100), (90, 100), detailed=False)) == [Change.TOO_FEW]


def test_changes_are_controlled_for_how_many_units_of_the_kind_are_tested():
    fallen = (24, 40), (300, 400)
    same = [pair((38, 50), (38, 50)) for _ in range(20)]

    assert p_value(*fallen[0], *fallen[1])[0] < 0.05
    assert said(pair(*fallen, family="hospital"), *same)[0] is Change.FALLEN
    assert said(pair(*fallen), *same)[0] is Change.NOT_CERTAIN


def with_breaks(*breaks: dict) -> Questionnaire:
    return Questionnaire.model_validate({**QUESTIONNAIRE.model_dump(), "series_breaks": breaks})


@pytest.mark.parametrize(
    ("breaks", "questions", "themes"),
    [
        ([], {"S01", "S02"}, {"vejledning", "samlet"}),
        ([{"year": 2025, "reason": "ny ordlyd", "question": "S01"}], {"S02"}, {"samlet"}),
        ([{"year": 2025, "reason": "ny skala"}], set(), set()),
        ([{"year": 2024, "reason": "ny skala"}], {"S01", "S02"}, {"vejledning", "samlet"}),
        ([{"year": 2026, "reason": "ny skala"}], {"S01", "S02"}, {"vejledning", "samlet"}),
    ],
)
def test_neither_questions_nor_themes_are_compared_across_a_break(breaks, questions, themes):
    asked = with_breaks(*breaks)

    assert comparable_questions(asked, asked, (2024, 2025)) == questions
    assert comparable_themes(asked, asked, (2024, 2025)) == themes


def test_a_theme_with_another_question_than_before_is_not_compared():
    data = QUESTIONNAIRE.model_dump()
    data["questions"] = [*data["questions"], {**data["questions"][0], "id": "S03", "theme": "samlet"}]
    data["series_breaks"] = []
    more, before = Questionnaire.model_validate(data), with_breaks()

    assert comparable_questions(more, before, (2024, 2025)) == {"S01", "S02"}
    assert comparable_themes(more, before, (2024, 2025)) == {"vejledning"}


def test_a_question_counted_another_way_than_before_is_not_compared():
    told = QUESTIONNAIRE.model_dump() | {"series_breaks": []}
    before = Questionnaire.model_validate(told)
    told["scales"][0]["top"] = 1

    assert comparable_questions(Questionnaire.model_validate(told), before, (2024, 2025)) == set()
