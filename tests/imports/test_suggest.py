"""A first mapping for an unknown file: it can be read as it stands, and finds what a person would find."""

import re

import pytest

from data_access.imports.mapping import parse_mapping
from data_access.imports.suggest import suggest_mapping
from data_access.problems import ImportProblem
from tests.imports.made_files import LABELS, surveyxact_files, workbook, written


def suggested(tmp_path, *files):
    text = suggest_mapping(list(files))
    return text, parse_mapping(text, tmp_path / "forslag.toml")


def filled_in(draft: str) -> str:
    """The draft as a person completes it."""
    texts = {
        "source": "Afprøvning",
        "name": "Måling",
        "respondents": "studerende",
    }
    for key, text in texts.items():
        draft = re.sub(rf'^{key} = "UDFYLD.*"', f'{key} = "{text}"', draft, flags=re.MULTILINE)
    return draft


def test_a_surveyxact_export_is_recognised_with_its_questions_and_scales(tmp_path):
    text, mapping = suggested(tmp_path, *surveyxact_files(tmp_path))
    assert mapping.format == "surveyxact"
    assert (mapping.columns.municipality, mapping.columns.education, mapping.columns.status) == (
        "kommune", "uddannelse", "statoverall",
    )  # fmt: skip
    assert mapping.columns.person is None
    assert '# person = "respondentid"' in text
    assert mapping.status.answered == ("Gennemført",)
    assert [column.heading for column in mapping.questions.values()] == [
        "s_12", "s_20: Dokumentation", "s_20: Samarbejde; tværfagligt",
    ]  # fmt: skip
    assert [option.text for option in mapping.scale_of("S01").base][:2] == ["I meget høj grad", "I høj grad"]


def test_a_suggested_mapping_can_be_used_as_it_stands(desk):
    files = surveyxact_files(desk.folder)
    report = desk.run(filled_in(suggest_mapping(files)), *files, round_id="maaling-2025")
    assert report.answers == 3


def test_a_draft_that_is_not_filled_in_imports_nothing(desk):
    files = surveyxact_files(desk.folder)
    draft = suggest_mapping(files)
    with pytest.raises(ImportProblem, match=r"er et udkast.*UDFYLD") as problem:
        desk.run(draft, *files, round_id="maaling-2025")
    assert "- source: UDFYLD: hvem har spurgt hvem og hvornår" in str(problem.value).splitlines()
    left = filled_in(draft).replace('respondents = "studerende"', 'respondents = "UDFYLD"')
    with pytest.raises(ImportProblem, match=r"- questionnaire\.respondents: UDFYLD"):
        desk.run(left, *files, round_id="maaling-2025")
    assert desk.sheets() == []


def test_a_draft_takes_codes_without_a_text_by_code_and_asks_what_they_mean(tmp_path):
    labels = LABELS.replace("s_12;4;I høj grad", "s_12;4;").replace(
        "s_12;3;I nogen grad", "s_12;3;<img src='3.png'>"
    )
    text, mapping = suggested(tmp_path, *surveyxact_files(tmp_path, labels=labels))
    assert mapping.questions["S01"].by == "code"
    assert [option.text for option in mapping.scale_of("S01").options][:3] == [
        "I meget høj grad", "UDFYLD: hvad betyder 4", "UDFYLD: hvad betyder 3",
    ]  # fmt: skip
    assert "TJEK: ikke alle koder har en tekst" in text


def test_a_plain_table_is_recognised_by_what_stands_in_it(tmp_path):
    rows = "Sted;Fag;Skole;Svarstatus;Privat;Glad;Bemærkning\n"
    rows += "Køge;Pædagog;Absalon;Besvaret;Nej;Ofte;Alt for lidt tid, fordi vi var få, og så var der også ferie midt i det\n"
    rows += "Greve;Ergoterapeut;KP;Inviteret;Ja;Altid;\nRoskilde;Nymodens;KP;Besvaret;Nej;Ved ikke;\n" * 2
    _text, mapping = suggested(tmp_path, written(tmp_path / "svar.csv", rows))
    columns = mapping.columns
    assert (columns.municipality, columns.education, columns.institution) == ("Sted", "Fag", "Skole")
    assert (columns.status, columns.private, mapping.values.private) == ("Svarstatus", "Privat", ("Ja",))
    assert [new.name for new in mapping.add.education] == ["Nymodens"]
    assert [column.column for column in mapping.questions.values()] == ["Glad"]
    assert [option.in_base for option in mapping.scale_of("S01").options] == [True, True, False]


@pytest.mark.parametrize(
    ("heading", "words", "expected"),
    [
        ("Svar", ("Completed", "Distributed"), {"answered": ("Completed",), "invited": ("Distributed",)}),
        ("Tillstånd", ("Slutförd", "Utskickad"), {"answered": ("Slutförd",), "invited": ("Utskickad",)}),
        ("Status", ("Valmis", "Lähetetty"), {"answered": ("UDFYLD: hvad betyder Valmis, Lähetetty",)}),
    ],
)
def test_a_status_in_a_foreign_language_is_found(tmp_path, heading, words, expected):
    rows = "".join(f"Køge;Pædagog;{answer};{word}\n" for answer, word in zip(("Ja", ""), words, strict=True))
    table = f"Kommune;Uddannelse;Glad;{heading}\n{rows * 3}Køge;Pædagog;Nej;{words[0]}\n"
    text, mapping = suggested(tmp_path, written(tmp_path / "svar.csv", table))
    assert mapping.columns.status == heading
    assert {state: getattr(mapping.status, state) for state in expected} == expected
    assert heading not in [column.column for column in mapping.questions.values()]
    assert "TJEK" in text


@pytest.mark.parametrize("tick", ["Ja", "x", "1"])
def test_a_tick_box_is_drafted_with_what_its_empty_cells_may_mean(desk, tick):
    file = desk.csv("Kommune;Uddannelse;Makker\n" + f"Køge;Pædagog;{tick}\n" * 9 + "Køge;Pædagog;\n" * 21)
    draft = suggest_mapping([file])
    assert 'S01 = { column = "Makker", blank = "Nej" } # TJEK' in draft
    report = desk.run(filled_in(draft), file, round_id="maaling-2025")
    assert report.questions[0].options == {tick: 9, "Nej": 21}


def test_a_table_of_percentages_is_recognised_among_several_sheets(tmp_path):
    headings = ["kommune", "Titel", "besvarelser_antal", "besvarelser_pct", "ro_n", "ro_ofte", "ro_aldrig"]
    figures = [["Køge", "Pædagog", 40, 50, 39, 60, 41], ["Greve", "Pædagog", 20, 50, 20, 70, 30]]
    path = written(tmp_path / "t.xlsx", workbook({"Noter": [["x"]], "Tal 2025": [headings, *figures]}))
    text, mapping = suggested(tmp_path, path)
    assert mapping.sheets.table == "Tal 2025"
    assert mapping.counts.unit == "percent"
    assert (mapping.counts.response.answers, mapping.counts.response.rate_percent) == (
        "besvarelser_antal", "besvarelser_pct",
    )  # fmt: skip
    assert mapping.counts.questions["S01"].options == {"ro_ofte": "Ofte", "ro_aldrig": "Aldrig"}
    assert "TJEK" in text


def test_what_is_not_found_is_marked_for_the_person(tmp_path):
    text, mapping = suggested(tmp_path, written(tmp_path / "svar.csv", "a;b\n1;Ja\n2;Nej\n1;Ja\n"))
    assert mapping.columns.municipality == mapping.columns.education == "UDFYLD"
    assert "fandt ingen kolonne med kommuner" in text


def test_a_file_without_questions_is_told(tmp_path):
    with pytest.raises(ImportProblem, match="ikke fundet spørgsmål"):
        suggest_mapping([written(tmp_path / "svar.csv", "a\n1\n")])


def test_a_file_of_separators_only_is_told(tmp_path):
    with pytest.raises(ImportProblem, match="kun skilletegn"):
        suggest_mapping([written(tmp_path / "svar.csv", ";;;\n")])


def test_raised_figures_are_texts_and_no_numbers(tmp_path):
    _text, mapping = suggested(tmp_path, written(tmp_path / "svar.csv", "a;b\n1;²\n2;³\n1;²\n"))
    assert [option.text for option in mapping.scale_of("S02").options] == ["²", "³"]
