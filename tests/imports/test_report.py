"""The report is what a person holds against the source's own account: everything with its number, zero too."""

import pytest

from data_access.imports.report import QuestionTally, tallied
from tests.imports.made_files import (
    ANSWERS_MAPPING,
    COUNTS_HEADINGS,
    COUNTS_MAPPING,
    SURVEYXACT_MAPPING,
    surveyxact_files,
)

HEADINGS = "Kommune;Uddannelse;Tilfreds;Type\n"


def leaving_out(*words: str, heading: str = "Type") -> str:
    listed = ", ".join(f'"{word}"' for word in words)
    return ANSWERS_MAPPING.replace("[questions]", f"[leave_out]\n{heading} = [{listed}]\n[questions]")


def test_a_dry_run_and_an_import_tell_the_same(desk):
    files = surveyxact_files(desk.folder)
    dry, real = (desk.run(SURVEYXACT_MAPPING, *files, dry_run=dry_run).lines() for dry_run in (True, False))
    assert dry[:-1] == real[:-1]
    assert (dry[-1], real[-1]) == ("Prøvekørsel: Intet er ændret.", "Importen er gemt.")


def test_a_rule_that_meets_no_row_says_zero_and_what_the_column_has_instead(desk):
    rows = "Køge;Pædagog;5;Rigtig\n" * 12 + "Køge;Pædagog;1;Test-besvarelse\n" * 6
    lines = desk.run(leaving_out("Testbesvarelse"), desk.csv(HEADINGS + rows)).lines()
    assert "Udeladt: 0 rækker (Type er Testbesvarelse)" in lines
    assert (
        "Bemærk: reglen for 'Type' nævner 'Testbesvarelse', som ingen række har. Kolonnen har: "
        "Rigtig 12, Test-besvarelse 6"
    ) in lines


def test_a_word_of_a_rule_that_meets_no_row_is_said_though_another_does(desk):
    rows = "Køge;Pædagog;5;Rigtig\nKøge;Pædagog;1;Test\n"
    lines = desk.run(leaving_out("Test", "Prøve"), desk.csv(HEADINGS + rows)).lines()
    assert "Udeladt: 1 række (Type er Test eller Prøve)" in lines
    assert any("nævner 'Prøve', som ingen række har" in line for line in lines)
    assert not any("nævner 'Test'" in line for line in lines)


def test_a_value_that_is_almost_a_word_of_a_rule_is_said(desk):
    rows = "Køge;Pædagog;5;Rigtig\nKøge;Pædagog;1;Test\nKøge;Pædagog;1;Tests\n"
    lines = desk.run(leaving_out("Test"), desk.csv(HEADINGS + rows)).lines()
    assert "Bemærk: reglen for 'Type' nævner 'Test' og rammer ikke Tests 1" in lines


def test_people_s_names_and_addresses_are_no_part_of_a_report(desk):
    rows = "Køge;Pædagog;5;Anna;a@example.org\nKøge;Pædagog;4;Bo;b@example.org\n"
    text = leaving_out("Test", heading="Fornavn") + ""
    text = text.replace('Fornavn = ["Test"]', 'Fornavn = ["Test"]\nAdresse = ["test@example.org"]')
    report = desk.run(text, desk.csv("Kommune;Uddannelse;Tilfreds;Fornavn;Adresse\n" + rows))
    said = "\n".join(report.lines())
    assert "nævner 'Test', som ingen række har" in said
    assert not {name for name in ("Anna", "Bo", "a@example.org", "b@example.org") if name in said}


def test_the_status_words_of_all_rows_are_counted_zero_too(desk):
    text = SURVEYXACT_MAPPING.replace('invited = ["Distribueret"', 'invited = ["Afvist", "Distribueret"')
    lines = desk.run(text, *surveyxact_files(desk.folder)).lines()
    assert (
        "Status i filen, alle rækker: Ny 1, Afvist 0, Distribueret 1, Frafaldet 1, Nogen svar 2, Gennemført 2"
    ) in lines


def test_a_status_in_other_capitals_is_the_same_word(desk):
    text = SURVEYXACT_MAPPING.replace('answered = ["Gennemført"]', 'answered = ["GENNEMFØRT"]')
    lines = desk.run(text, *surveyxact_files(desk.folder)).lines()
    assert any(line.endswith("Nogen svar 2, GENNEMFØRT 2") for line in lines)


def test_counts_are_added_up_question_by_question(desk):
    rows = "Køge;Pædagog;;40;50;40;10;20;30;20;20\nGreve;Pædagog;;10;50;10;100;0;0;0;0\n"
    lines = desk.run(COUNTS_MAPPING, desk.csv(COUNTS_HEADINGS + rows)).lines()
    assert (
        "S01 Tilfreds: 50 svar. I meget høj grad 14, I høj grad 8, I nogen grad 12, I mindre grad 8, Slet ikke 8"
        in lines
    )
    assert "Udeladt: 0 rækker (ingen tal)" in lines


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"Ja": 1200, "Nej": 0}, "Q Kort: 1.200 svar. Ja 1.200. Aldrig valgt: Nej"),
        ({"Ja": 0, "Nej": 0}, "Q Kort: 0 svar. Aldrig valgt: Ja, Nej"),
        ({"Ja": 1, "Nej": 1}, "Q Kort: 2 svar. Ja 1, Nej 1"),
    ],
)
def test_a_question_is_told_in_a_line(options, line):
    assert QuestionTally("Q", "Kort", options).line() == line


def test_of_many_values_the_most_frequent_are_told():
    values = {f"værdi {number}": number for number in range(20)}
    assert tallied(values).startswith("værdi 8 8, værdi 9 9")
    assert tallied(values).endswith("og 8 andre")
