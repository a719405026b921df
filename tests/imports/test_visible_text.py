"""What looks the same is the same: headings, words of the mapping, names and answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.imports.tables import as_table, folded
from data_access.problems import ImportProblem
from indicators.visible_text import cleaned, plain, tidy
from tests.imports.made_files import ANSWERS_MAPPING, workbook, written

INVISIBLE = {
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "left-to-right mark": "\u200e",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "variation selector": "\ufe0f",
    "Mongolian vowel separator": "\u180e",
    "filler": "\u3164",
    "tag": "\U000e0041",
    "control character": "\x02",
    "private use of NEL": "\x7f",
}


@pytest.mark.parametrize("sign", INVISIBLE.values(), ids=INVISIBLE)
def test_a_sign_that_cannot_be_seen_makes_no_difference(sign):
    assert tidy(f"{sign}Hjæ{sign}lp{sign}") == "Hjælp"


@pytest.mark.parametrize(
    "blank", ["\u00a0", "\u202f", "\u2009", "\u3000", "\t", "\r\n", "\x0b", "\u2028", " \u200b "]
)
def test_every_blank_is_a_blank(blank):
    assert tidy(f"{blank}Fik du{blank}hjælp?{blank}") == "Fik du hjælp?"


def test_a_stored_line_break_is_a_blank_and_other_codes_are_text():
    assert tidy("Fik du_x000D_\nhjælp_x000a_nok?") == "Fik du hjælp nok?"
    assert tidy("_x0041_") == "_x0041_"


def test_hyphens_that_look_alike_are_alike():
    assert tidy("e\u2011mail e\u2010mail") == "e-mail e-mail"


def test_a_kept_text_has_its_lines_and_pictures_but_nothing_that_is_not_seen():
    assert (
        cleaned(" Første\r\nanden\u2028tredje\x0b\u202ddel\u00ad\U000e0041 ") == "Første\nanden\ntredje\ndel"
    )
    assert cleaned("👩\u200d🎓 ❤\ufe0f A\u030a") == "👩\u200d🎓 ❤\ufe0f Å"
    assert cleaned("\u200d\ufe0f \u3164") == ""


@given(st.text())
def test_a_kept_text_is_not_changed_when_it_is_kept_again(text):
    assert cleaned(cleaned(text)) == cleaned(text)


def test_numbers_and_addresses_are_looked_for_in_plain_signs():
    assert plain("٠１²\u00a0–\u2212•．∕／\u00ad\u0301\u2028x") == "012 --..//\nx"


def test_signs_that_can_be_seen_stay():
    assert tidy("Æblegrød – 5 € 👍 ½ “ja”") == "Æblegrød – 5 € 👍 ½ “ja”"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_headings_places_educations_and_answers_are_understood_with_invisible_signs(desk, kind):
    rows = [
        ["\ufeffKom\u00admune\u200b", "Ud\u00addan\u00adnelse\u200e", "\u2066Tilfreds\u2069"],
        ["Kø\u200bge", "\u202aPæda\u00adgog\u202c", "I meget\u00a0høj\u200b grad"],
        ["Køge\ufeff", "Pædagog\u2060", "\u200b5"],
        ["Køge", "Pædagog", "\u200b"],
    ]
    content = workbook({"Svar": rows}) if kind == "xlsx" else "\n".join(map(";".join, rows))
    desk.run(ANSWERS_MAPPING, written(desk.folder / f"svar.{kind}", content))
    assert [sheet.answers for sheet in desk.sheets()] == [{"S01": 5}, {"S01": 5}, {}]


def test_the_mapping_s_own_words_may_have_them_too(desk):
    mapping = ANSWERS_MAPPING.replace(
        "[questions]",
        '[values.education]\n"Pæd\u00adag."= "paedagog"\n[leave_out]\nTest = ["J\u200ba"]\n[questions]',
    )
    report = desk.run(
        mapping, desk.csv("Kommune;Uddannelse;Tilfreds;Test\nKøge;Pædag.;5;Nej\nKøge;Pædag.;5;Ja\n")
    )
    assert (report.answers, report.left_out["Test er J\u200ba"]) == (1, 1)


def test_headings_that_differ_by_nothing_visible_are_the_same_twice(sheet):
    with pytest.raises(ImportProblem, match="Overskriften 'Svar' bruges mere end én gang"):
        as_table(sheet("svar.csv", "Svar;Svar\u200b\n1;2\n"))


@pytest.mark.parametrize(
    ("english", "danish"), [("TRUE", "SAND"), ("False", "falsk"), (" true\u200b", "Sand")]
)
def test_yes_and_no_of_a_spreadsheet_are_the_same_in_both_languages(english, danish):
    assert folded(english) == folded(danish)


@pytest.mark.parametrize("word", ["30-11-2025", "30.11.2025", "30/11/2025", "2025-11-30"])
@pytest.mark.parametrize("cell", [date(2025, 11, 30), "30-11-2025", "2025-11-30"])
def test_a_rule_meets_a_day_as_a_workbook_keeps_it_and_as_danes_write_it(desk, word, cell):
    mapping = ANSWERS_MAPPING.replace("[questions]", f'[leave_out]\nDag = ["{word}"]\n[questions]')
    rows = [
        ["Kommune", "Uddannelse", "Tilfreds", "Dag"],
        *(["Køge", "Pædagog", 5, day] for day in (cell, None)),
    ]
    desk.run(mapping, written(desk.folder / "svar.xlsx", workbook({"Svar": rows})))
    assert len(desk.sheets()) == 1


@pytest.mark.parametrize("word", ["SAND", "TRUE", "Sand"])
@pytest.mark.parametrize("cells", [[True, False], ["TRUE", "FALSE"], ["SAND", "FALSK"], ["true", "false"]])
def test_a_rule_meets_yes_in_either_language(desk, word, cells):
    mapping = ANSWERS_MAPPING.replace("[questions]", f'[leave_out]\nTest = ["{word}"]\n[questions]')
    rows = [["Kommune", "Uddannelse", "Tilfreds", "Test"], *(["Køge", "Pædagog", 5, cell] for cell in cells)]
    desk.run(mapping, written(desk.folder / "svar.xlsx", workbook({"Svar": rows})))
    assert len(desk.sheets()) == 1
