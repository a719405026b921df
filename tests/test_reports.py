"""From a selection to the table that chart, screen and workbook share."""

import pytest

from data_access.confidential.models import Round
from data_access.dashboard import queries
from data_access.problems import SelectionProblem, StoreProblem
from data_access.publishing import releases
from indicators.figure import State
from indicators.selection import ALL_UNITS, Option, Selection
from tests.conftest import MadeStores
from tests.made_up import DONT_KNOW, GREVE, KOEGE, LITTLE, MUCH, ROSKILDE, VERY_MUCH, add_round, add_sheets
from views.foundation.controls import selection_of_keys
from views.subjects.distribution.report import distribution
from views.subjects.overview.report import overview

one_store = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
STUDENTS = Option("student", "Studerendes praktikevaluering")


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """2025: Roskilde 20 answers, Køge 10, Greve and Solrød 3 each; 2024: Roskilde 10."""
    with own_stores.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": VERY_MUCH, "S02": LITTLE}, times=15)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": DONT_KNOW}, times=5)
        add_sheets(confidential, a_round, KOEGE, {"S01": MUCH, "S02": MUCH}, times=10)
        for small in (GREVE, "kommune:0269"):
            add_sheets(confidential, a_round, small, {"S01": MUCH, "S02": MUCH}, times=3)
        add_sheets(confidential, add_round(confidential, 2024), ROSKILDE, {"S01": MUCH}, times=10)
        releases.publish(confidential, dashboard)
    return own_stores


def chosen(unit: str = ROSKILDE, name: str = "Roskilde Kommune", **more) -> Selection:
    return Selection(STUDENTS, more.pop("year", 2025), Option(unit, name), **more)


def test_a_unit_stands_beside_everyone_else(published):
    row = distribution(published, chosen()).rows[0]

    assert (row.figure.favourable, row.figure.n) == (15, 20)
    assert (row.benchmark.favourable, row.benchmark.n) == (16, 16)


def test_a_unit_can_stand_beside_another_unit_instead(published):
    row = distribution(published, chosen(compared_with=Option(KOEGE, "Køge Kommune"))).rows[0]

    assert (row.benchmark.favourable, row.benchmark.n) == (10, 10)


def test_everything_stands_beside_nothing(published):
    table = overview(published, Selection(STUDENTS, 2025, ALL_UNITS))

    assert table.rows[0].figure.n == 36
    assert {row.benchmark.state for row in table.rows} == {State.NO_ANSWERS}


def test_the_distribution_headline_counts_the_clear_questions(published):
    assert distribution(published, chosen()).title == (
        "Roskilde Kommune: 1 af 2 spørgsmål er klart under alle andre"
    )


def test_with_nobody_to_stand_beside_the_headline_names_the_highest_and_the_lowest_question(published):
    assert distribution(published, Selection(STUDENTS, 2025, ALL_UNITS)).title == (
        "«Vejleder havde tid» ligger højest (86\N{NO-BREAK SPACE}% enige), «Samlet tilfreds» lavest (52\N{NO-BREAK SPACE}%)"
    )


def test_a_headline_about_a_hidden_unit_says_only_that(published):
    greve = chosen(GREVE, "Greve Kommune")

    for table in (overview(published, greve), distribution(published, greve)):
        assert table.title == "Greve Kommune: skjult af hensyn til anonymitet"


def test_a_headline_about_a_unit_without_answers_says_only_that(published):
    table = overview(published, chosen("kommune:0101", "Københavns Kommune"))

    assert table.title == "Københavns Kommune: ingen svar i 2025"


def test_notes_tell_of_series_breaks_and_of_groups_that_come_later(published):
    council = chosen("raad:sr-oestsjaelland-oerne", "Sundhedsråd Østsjælland og Øerne", year=2024)

    notes = overview(published, council).notes

    assert notes[0] == "Databrud fra 2024 for «Vejleder havde tid»: ny ordlyd"
    assert notes[1].startswith("Sundhedsråd Østsjælland og Øerne findes fra 1. januar 2027")


def test_what_can_be_chosen_is_what_is_shown_and_every_place_of_the_region(published):
    choices = queries.choices(published, queries.release_in_force(published), "student")
    names = [unit.name for unit in choices.units]

    assert [str(years) for years in choices.years] == ["2025", "2024", "2024-2025"]
    assert names[:2] == ["Alle enheder", "Albertslund Kommune"]
    assert sum(name.endswith(" Kommune") for name in names) == 45, "hidden Greve and silent Lolland alike"
    assert "Sundhedsklyngen SUH (Køge/Roskilde)" in names
    assert "Region Hovedstaden" not in names
    assert [education.key for education in choices.educations] == ["sygeplejerske"]


@one_store
def test_an_education_that_only_hidden_groups_have_is_not_offered(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=10)
    add_sheets(confidential, a_round, GREVE, {"S01": MUCH}, times=2, education="jordemoder")
    add_sheets(confidential, a_round, GREVE, {"S01": MUCH}, times=3, education="radiograf")
    releases.publish(confidential, dashboard)

    choices = queries.choices(dashboard, queries.release_in_force(dashboard), "student")

    assert [education.key for education in choices.educations] == ["sygeplejerske"]


@pytest.mark.parametrize(
    ("survey", "year", "keys", "message"),
    [
        ("elever", 2025, {}, "Spørgeskema «elever» findes ikke"),
        ("student", 1999, {}, "År «1999» findes ikke i udgivelsen"),
        ("student", 2025, {"unit": "kommune:9999"}, "Enhed «kommune:9999» findes ikke"),
        ("student", 2025, {"education": "smed"}, "Uddannelse «smed» findes ikke"),
    ],
)
def test_keys_that_do_not_exist_are_named(published, survey, year, keys, message):
    with pytest.raises(SelectionProblem, match=message):
        selection_of_keys(published, survey, year, keys)


def test_keys_give_the_selection_that_the_screen_would(published):
    assert selection_of_keys(published, "student", 2025, {"unit": ROSKILDE}) == chosen()


@one_store
def test_before_the_first_release_there_is_nothing_to_show(dashboard):
    with pytest.raises(StoreProblem, match="Der er endnu ikke udgivet noget"):
        overview(dashboard, chosen())


@one_store
def test_few_answers_make_a_headline_without_highest_and_lowest(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH, "S02": LITTLE}, times=4)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": MUCH}, times=3)
    releases.publish(confidential, dashboard)

    assert distribution(dashboard, chosen()).title == "Roskilde Kommune: få svar, så andelene er usikre"


def test_a_theme_leaves_only_its_questions_in_table_headline_and_words(published):
    table = distribution(published, chosen(theme=Option("samlet", "Samlet")))

    assert [row.question.id for row in table.rows] == ["S02"]
    assert "Vejleder" not in table.title
    assert "tema: samlet" in table.selection.describe()


def test_a_unit_is_not_compared_with_itself(published):
    table = overview(published, chosen(compared_with=Option(ROSKILDE, "Roskilde Kommune")))

    assert not table.selection.compares
    assert "sammenlignet" not in table.selection.describe()


def test_a_report_is_of_the_release_that_was_asked_for_whichever_is_in_force(
    answers_behind, published_so_far
):
    first = queries.release_in_force(published_so_far)
    a_round = answers_behind.get(Round, "student-2025")
    add_sheets(answers_behind, a_round, ROSKILDE, {"S01": MUCH}, times=30)
    releases.publish(answers_behind, published_so_far)

    assert distribution(published_so_far, chosen()).rows[0].figure.n == 50
    assert distribution(published_so_far, chosen(), first).rows[0].figure.n == 20
    assert distribution(published_so_far, chosen(), first).origin.release == 1
