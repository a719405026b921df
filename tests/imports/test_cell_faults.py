"""Errors, uncalculated formulas, lost digits and lost letters never become a value, whatever the column is for."""

import pytest

from data_access.imports.mapping import Columns
from data_access.imports.tables import UNCALCULATED, error_text, fault_text
from data_access.problems import ImportProblem
from tests.imports.made_files import (
    ANSWERS_MAPPING,
    COUNTS_HEADINGS,
    COUNTS_MAPPING,
    DATASET,
    SURVEYXACT_MAPPING,
    surveyxact_files,
    workbook,
    written,
)

ENGLISH = (
    "#REF! #DIV/0! #VALUE! #NAME? #N/A #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! "
    "#UNKNOWN! #EXTERNAL! #PYTHON! #TIMEOUT! #GETTING_DATA #ERROR!"
)
DANISH = (
    "#REFERENCE! #DIVISION/0! #VÆRDI! #NAVN? #I/T #NUM! #NUL! #SPILD! #OVERLØB! #BEREGN! #FELT! #BLOKERET! "
    "#FORBIND! #OPTAGET! #UKENDT! #HENTER_DATA #FEJL!"
)
OTHER = "Err:502 Fejl:508 #### ########## #WERT! #SAKNAS! #VERDI!"


@pytest.mark.parametrize("word", [*ENGLISH.split(), *DANISH.split(), *OTHER.split(), "#værdi!", "#n/a"])
def test_an_error_is_known_in_every_language(word):
    assert f"Cellen viser fejlen {word}." in error_text(word)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2,02312E+11", "cifre kan være gået tabt"),
        ("2.02312e+17", "cifre kan være gået tabt"),
        ("1E+05", "cifre kan være gået tabt"),
        ('=HVIS(D2="intern";"Ja";"Nej")', "har en formel som tekst"),
        ("=A2", "har en formel som tekst"),
        ("=1+4", "har en formel som tekst"),
        ("KÃ¸ge", "Bogstaver er gået tabt"),
        ("PÃ¦dagog", "Bogstaver er gået tabt"),
        ("Ã…rhus", "Bogstaver er gået tabt"),
        ("K\ufffdge", "Bogstaver er gået tabt"),
        ("NaN", "Værdien mangler"),
        ("<NA>", "Værdien mangler"),
        (UNCALCULATED, "ikke beregnet"),
    ],
)
def test_a_text_that_can_be_no_value_says_why(text, said):
    assert said in fault_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#1",
        "Nr. #5!",
        "#",
        "# Ja",
        "=)",
        "= 5",
        "5",
        "1E5",
        "2E",
        "SÃO",
        "São",
        "Âge",
        "NA",
        "Nanna",
        "Ja!",
        "20231234",
    ],
)
def test_an_ordinary_text_is_none_of_them(text):
    assert fault_text(text) == ""


COLUMNS = """municipality = "Kommune"
hospital = "Sygehus"
private = "Privat"
education = "Uddannelse"
institution = "Sted"
status = "Status"
person = "Nøgle"
"""
RULES = """[values]
private = ["Ja"]
[status]
answered = ["Gennemført"]
[keep]
Niveau = ["PB"]
[leave_out]
Test = ["Ja"]
[questions]
"""
EVERY_COLUMN = (
    ANSWERS_MAPPING.replace('municipality = "Kommune"\neducation = "Uddannelse"\n', COLUMNS)
    .replace("[questions]\n", RULES)
    .replace('S01 = "Tilfreds"', 'S01 = "Tilfreds"\nS02 = "Vejledning"')
)
ROW = {
    "Kommune": "Køge", "Sygehus": "", "Privat": "Nej", "Uddannelse": "Pædagog", "Sted": "Absalon",
    "Status": "Gennemført", "Nøgle": "a1", "Niveau": "PB", "Test": "Nej", "Tilfreds": "5", "Vejledning": "Valgt",
}  # fmt: skip


def read_with(desk, changed: dict[str, str], kept: str = "Nej", mapping: str = EVERY_COLUMN):
    """Two rows; in the second some cells are changed, and in `kept` stands whether it is a test."""
    rows = [ROW, ROW | {"Nøgle": "a2", "Test": kept} | changed]
    return desk.run(mapping, desk.csv("\n".join([";".join(ROW), *(";".join(row.values()) for row in rows)])))


@pytest.fixture(autouse=True)
def _person_key(monkeypatch):
    monkeypatch.setenv("PERSON_KEY", "en nøgle på mindst toogtredive tegn")


def test_every_column_that_a_mapping_can_name_is_read_here(desk):
    columns = set(Columns.model_fields)
    assert {name for name in columns if f"\n{name} = " in EVERY_COLUMN} == columns
    assert read_with(desk, {}).answers == 2
    assert read_with(desk, {}).dropped_columns == {}


@pytest.mark.parametrize("heading", ROW)
def test_no_column_takes_a_fault_for_a_value(desk, heading):
    faults = [
        UNCALCULATED,
        "#REFERENCE!",
        "#I/T",
        "########",
        "2,02312E+11",
        "=ER.TOM(A2)",
        "K\ufffdge",
        "NaN",
    ]
    for fault in faults:
        with pytest.raises(ImportProblem, match=f"linje 3, kolonne '{heading}': ") as problem:
            read_with(desk, {heading: fault})
        assert fault_text(fault) in str(problem.value)
    assert desk.sheets() == []


@pytest.mark.parametrize("heading", COUNTS_HEADINGS.strip().split(";"))
def test_no_column_of_counts_takes_an_error_for_a_value(desk, heading):
    cells = ["Køge", "Pædagog", "", "40", "50", "40", "10", "20", "30", "20", "20"]
    cells[COUNTS_HEADINGS.strip().split(";").index(heading)] = "#DIVISION/0!"
    with pytest.raises(ImportProblem, match=f"kolonne '{heading}': Cellen viser fejlen #DIVISION/0!"):
        desk.run(COUNTS_MAPPING, desk.csv(COUNTS_HEADINGS + ";".join(cells)))


@pytest.mark.parametrize("heading", ["uddannelse", "kommune", "respondentid", "s_12", "s_20_1", "stato_4"])
def test_no_column_of_surveyxact_takes_an_error_for_a_value(desk, heading):
    headings, *rows = (line.split(";") for line in DATASET.splitlines())
    cut = {"uddannelse": "uddannel", "respondentid": "responde"}.get(heading, heading)
    rows[2][headings.index(cut)] = "#REFERENCE!"
    dataset = "\n".join(map(";".join, [headings, *rows]))
    mapping = SURVEYXACT_MAPPING.replace("[status]", 'person = "respondentid"\n[status]')
    with pytest.raises(ImportProblem, match=f"kolonne '{heading}': Cellen viser fejlen #REFERENCE!"):
        desk.run(mapping, *surveyxact_files(desk.folder, dataset=dataset))


def test_a_row_that_a_rule_leaves_out_may_have_errors(desk):
    assert read_with(desk, {"Tilfreds": "#DIVISION/0!", "Nøgle": "#I/T"}, kept="Ja").answers == 1


def test_a_column_that_nobody_reads_may_have_errors(desk):
    desk.run(ANSWERS_MAPPING, desk.csv("Kommune;Uddannelse;Tilfreds;Andet\nKøge;Pædagog;5;#REFERENCE!\n"))
    assert len(desk.sheets()) == 1


def test_an_error_word_that_the_mapping_calls_blank_is_blank(desk):
    mapping = ANSWERS_MAPPING.replace("[questions]", '[values]\nmissing = ["#I/T"]\n[questions]')
    desk.run(mapping, desk.csv("Kommune;Uddannelse;Tilfreds\nKøge;Pædagog;#I/T\n"))
    assert desk.sheets()[0].answers == {}


@pytest.mark.parametrize("heading", ["#REFERENCE!", UNCALCULATED])
def test_a_heading_that_is_an_error_is_told_with_its_column(desk, heading):
    with pytest.raises(ImportProblem, match=r"Overskriften i kolonne nr\. 3: "):
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;{heading}\nKøge;Pædagog;5\n"))


def test_a_rule_over_formulas_that_nobody_has_calculated_is_refused(desk):
    """openpyxl writes formulas and leaves their results out."""
    headings = ["Kommune", "Uddannelse", "Tilfreds", "Test"]
    rows = [headings, ["Køge", "Pædagog", 5, '=IF(A2="intern","Ja","Nej")']]
    mapping = ANSWERS_MAPPING.replace("[questions]", '[leave_out]\nTest = ["Ja"]\n[questions]')
    with pytest.raises(ImportProblem, match="række 2, kolonne 'Test': Formlen er ikke beregnet"):
        desk.run(mapping, written(desk.folder / "svar.xlsx", workbook({"Svar": rows})))
