"""Plain tables to answer sheets: places, names, scales and what a person is told about mistakes."""

import pytest

from data_access.problems import ImportProblem
from tests.imports.made_files import ANSWERS_MAPPING, workbook, written

HEADINGS = "Kommune;Uddannelse;Tilfreds\n"


def mapping(*lines: str, columns: str = "") -> str:
    """The plain mapping with more columns, and more tables before [questions]."""
    text = ANSWERS_MAPPING.replace("[questions]", "\n".join([*lines, "[questions]"]))
    return text.replace('education = "Uddannelse"\n', f'education = "Uddannelse"\n{columns}\n')


@pytest.mark.parametrize(
    "name",
    [
        "0101",
        "101",
        "København",
        "Københavns Kommune",
        " KØBENHAVN ",
        "Ko\u0308benhavn".replace("o\u0308", "ø"),
    ],
)
def test_a_municipality_is_known_by_code_and_by_all_its_names(desk, name):
    desk.run(ANSWERS_MAPPING, desk.csv(f"{HEADINGS}{name};Sygeplejerske;5\n"))
    assert desk.sheets()[0].place == "kommune:0101"


def test_names_written_with_two_signs_for_one_letter_are_known(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(f"{HEADINGS}A\u030arhus;Sygeplejerske;5\n".replace("Å", "A\u030a")))
    assert desk.sheets()[0].place == "kommune:0751"


def test_a_municipality_code_without_its_zero_is_known_in_a_workbook(desk):
    rows = [["Kommune", "Uddannelse", "Tilfreds"], [101, "Sygeplejerske", 5], [851.0, "Sygeplejerske", 4]]
    desk.run(ANSWERS_MAPPING, written(desk.folder / "svar.xlsx", workbook({"Svar": rows})))
    assert [sheet.place for sheet in desk.sheets()] == ["kommune:0101", "kommune:0851"]


def test_answers_may_be_numbers_or_words_in_any_case(desk):
    desk.run(
        ANSWERS_MAPPING,
        desk.csv(f"{HEADINGS}Køge;Pædagog;5\nKøge;Pædagog; i HØJ  grad \nKøge;Pædagog;ved ikke\n"),
    )
    assert [sheet.answers["S01"] for sheet in desk.sheets()] == [5, 4, 9]


@pytest.mark.parametrize("value", ["6", "-1", "6,0", "5.1", "1e0", "inf", "1_0", "٥", "５", "i høj", "500 %"])
def test_an_answer_outside_the_scale_is_refused(desk, value):
    with pytest.raises(ImportProblem, match="er ikke et svar på skalaen"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"{HEADINGS}Køge;Pædagog;{value}\n"))
    assert desk.sheets() == []


def test_words_for_blank_are_blank_in_every_column(desk):
    text = mapping("[values]", 'missing = ["Ingen data"]')
    desk.run(text, desk.csv(f"{HEADINGS}Køge;Pædagog;ingen data\n"))
    assert desk.sheets()[0].answers == {}


def test_an_unknown_name_is_told_with_row_column_and_the_nearest_names(desk):
    with pytest.raises(ImportProblem) as problem:
        desk.run(
            ANSWERS_MAPPING, desk.csv(f"{HEADINGS}Køge;Pædagog;5\nRokilde;Pædagog;5\nKøge;Sygplejerske;5\n")
        )
    assert "Fil 'svar.csv', linje 3, kolonne 'Kommune': 'Rokilde' kendes ikke. Mente du Roskilde?" in str(
        problem.value
    )
    assert "linje 4, kolonne 'Uddannelse': 'Sygplejerske' kendes ikke. Mente du Sygeplejerske" in str(
        problem.value
    )


def test_a_workbook_names_its_sheet(desk):
    content = workbook({"Dataset": [["Kommune", "Uddannelse", "Tilfreds"], [], ["Rokilde", "Pædagog", 5]]})
    with pytest.raises(ImportProblem, match="Ark 'Dataset', række 3, kolonne 'Kommune': 'Rokilde'"):
        desk.run(ANSWERS_MAPPING, written(desk.folder / "svar.xlsx", content))


def test_twenty_mistakes_are_told_and_the_rest_counted(desk):
    rows = "".join(f"Ukendtby {number};Pædagog;5\n" for number in range(45))
    with pytest.raises(ImportProblem) as problem:
        desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + rows))
    lines = str(problem.value).splitlines()
    assert len(lines) == 22
    assert lines[-1] == "… og 25 flere"


def test_one_misspelt_name_is_one_mistake_with_its_rows_and_their_number(desk):
    rows = "Rokilde;Pædagog;5\nKøge;Pædagog;5\n" * 173
    with pytest.raises(ImportProblem) as problem:
        desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + rows))
    assert str(problem.value).splitlines()[1:] == [
        "- Fil 'svar.csv', linje 2, 4, 6, 8, 10 … (i alt 173), kolonne 'Kommune': 'Rokilde' kendes ikke. "
        "Mente du Roskilde?"
    ]


def test_the_same_word_in_two_columns_is_two_mistakes(desk):
    with pytest.raises(ImportProblem) as problem:
        desk.run(ANSWERS_MAPPING, desk.csv(f"{HEADINGS}Ukendt;Ukendt;5\nUkendt;Pædagog;5\n"))
    assert [line.partition(":")[0] for line in str(problem.value).splitlines()[1:]] == [
        "- Fil 'svar.csv', linje 2, kolonne 'Uddannelse'",
        "- Fil 'svar.csv', linje 2, 3, kolonne 'Kommune'",
    ]


@pytest.mark.parametrize("value", ["1234567890" * 20, "x" * 500])
def test_a_long_value_is_shortened_in_the_message(desk, value):
    with pytest.raises(ImportProblem) as problem:
        desk.run(ANSWERS_MAPPING, desk.csv(f"{HEADINGS}{value};Pædagog;5\n"))
    assert "x" * 61 not in str(problem.value)
    assert len(str(problem.value)) < 400


@pytest.mark.parametrize("value", ["anna@example.org", "211062-5629", "2110625629", "610170-1234"])
def test_a_personal_value_in_the_wrong_column_is_never_repeated(desk, value):
    with pytest.raises(ImportProblem, match="personoplysning, vises ikke") as problem:
        desk.run(ANSWERS_MAPPING, desk.csv(f"{HEADINGS}{value};Pædagog;5\n"))
    assert value not in str(problem.value)


def test_a_missing_column_is_told_with_the_nearest_heading(desk):
    with pytest.raises(ImportProblem, match=r"Kolonnen 'Kommune' mangler\. Mente du Komune\?"):
        desk.run(ANSWERS_MAPPING, desk.csv("Komune;Uddannelse;Tilfreds\nKøge;Pædagog;5\n"))


def test_headings_that_are_not_in_the_first_row_are_told(desk):
    with pytest.raises(ImportProblem, match="Står overskrifterne i første række"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"Rapport;;\n{HEADINGS}Køge;Pædagog;5\n"))


def test_headings_may_differ_in_case_and_blanks(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(" kommune ;UDDANNELSE;tilfreds\nKøge;Pædagog;5\n"))
    assert len(desk.sheets()) == 1


def test_several_sheets_and_none_named_are_listed(desk):
    rows = [["Kommune", "Uddannelse", "Tilfreds"], ["Køge", "Pædagog", 5]]
    path = written(desk.folder / "svar.xlsx", workbook({"Noter": [["x"]], "Svar": rows}))
    with pytest.raises(ImportProblem, match="mere end ét sted at læse fra: Ark 'Noter', Ark 'Svar'"):
        desk.run(ANSWERS_MAPPING, path)
    desk.run(mapping("[sheets]", 'table = "Svar"'), path)
    assert len(desk.sheets()) == 1


PLACE_COLUMNS = 'hospital = "Hospital"\nprivate = "Privat"'
PLACE_HEADINGS = "Kommune;Hospital;Privat;Uddannelse;Tilfreds\n"
PLACES = mapping("[values]", 'private = ["Ja"]', columns=PLACE_COLUMNS)


def with_setting(text: str, setting: str) -> str:
    """The mapping with one more line at its top."""
    return text.replace('source = "Afprøvning"', f'source = "Afprøvning"\n{setting}')


def test_a_hospital_is_the_place_and_a_private_site_is_kept_apart(desk):
    rows = (
        "Herlev;Herlev Hospital;Nej;Pædagog;5\nKøge;;Ja;Pædagog;5\nKøge;;Nej;Pædagog;5\n;Herlev;;Pædagog;5\n"
    )
    desk.run(PLACES, desk.csv(PLACE_HEADINGS + rows))
    assert [sheet.place for sheet in desk.sheets()] == [
        "hospital:herlev", "privat:0259", "kommune:0259", "hospital:herlev",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Køge;Herlev Hospital;Nej", "hospitalet 'Herlev Hospital' og 'Køge' i kolonnen 'Kommune'"),
        ("Herlev;Herlev Hospital;Ja", "hospitalet 'Herlev Hospital' og 'Ja' i kolonnen 'Privat'"),
    ],
)
def test_a_row_with_two_places_is_refused_unless_the_hospital_decides(desk, row, said):
    file = desk.csv(f"{PLACE_HEADINGS}{row};Pædagog;5\nKøge;;Nej;Pædagog;4\n")
    with pytest.raises(ImportProblem, match="linje 2, kolonne 'Hospital': Rækken har to steder") as problem:
        desk.run(PLACES, file)
    assert said in str(problem.value)
    desk.run(with_setting(PLACES, "hospital_decides = true"), file)
    assert [sheet.place for sheet in desk.sheets()] == ["hospital:herlev", "kommune:0259"]


def test_private_sites_in_an_unknown_municipality_are_kept(desk):
    desk.run(PLACES, desk.csv(f"{PLACE_HEADINGS};;Ja;Pædagog;5\nKøge;;Ja;Pædagog;4\n"))
    assert [sheet.place for sheet in desk.sheets()] == ["privat:ukendt", "privat:0259"]


def test_a_word_for_an_unknown_municipality_is_blank_when_the_mapping_says_so(desk):
    text = PLACES.replace("[questions]", '[values.municipality]\n"Uoplyst" = ""\n[questions]')
    desk.run(text, desk.csv(f"{PLACE_HEADINGS}Uoplyst;;Ja;Pædagog;5\nUoplyst;Herlev;;Pædagog;5\n"))
    assert [sheet.place for sheet in desk.sheets()] == ["privat:ukendt", "hospital:herlev"]


def test_the_way_to_leave_out_rows_without_a_place_keeps_hospitals_and_private_sites(desk):
    rows = ";Herlev;;Pædagog;5\n;;Ja;Pædagog;4\n;;;Pædagog;3\n;;Nej;Pædagog;2\nKøge;;;Pædagog;1\n"
    file = desk.csv(PLACE_HEADINGS + rows)
    with pytest.raises(
        ImportProblem, match=r"linje 4, 5, .*: Cellen er tom.* leave_out_without_place = true"
    ):
        desk.run(PLACES, file)
    report = desk.run(with_setting(PLACES, "leave_out_without_place = true"), file)
    assert [sheet.place for sheet in desk.sheets()] == ["hospital:herlev", "privat:ukendt", "kommune:0259"]
    assert "Udeladt: 2 rækker (hverken kommune, hospital eller privat)" in report.lines()


@pytest.mark.parametrize("marker", ["Ja (selvejende)", "SAND", "x", "Privat"])
def test_a_marker_of_private_sites_in_another_spelling_is_refused(desk, marker):
    rows = f"Køge;;{marker};Pædagog;1\n" * 10 + "Køge;;Nej;Pædagog;5\n" * 10
    with pytest.raises(ImportProblem, match=r"\(i alt 10\), kolonne 'Privat'.*not_private") as problem:
        desk.run(PLACES, desk.csv(PLACE_HEADINGS + rows))
    assert f"'{marker}'" in str(problem.value)


def test_true_in_a_workbook_is_no_private_marker_until_the_mapping_says_so(desk):
    rows = [
        PLACE_HEADINGS.strip().split(";"),
        *[["Køge", None, flag, "Pædagog", 5] for flag in (True, False)],
    ]
    path = written(desk.folder / "svar.xlsx", workbook({"Svar": rows}))
    with pytest.raises(ImportProblem, match="række 2, kolonne 'Privat': 'SAND' står hverken"):
        desk.run(PLACES, path)
    desk.run(PLACES.replace('["Ja"]', '["Sand"]'), path)
    assert [sheet.place for sheet in desk.sheets()] == ["privat:0259", "kommune:0259"]


def test_other_values_of_the_private_column_are_explained_in_the_mapping(desk):
    text = PLACES.replace('private = ["Ja"]', 'private = ["Ja"]\nnot_private = ["Kommunal"]')
    report = desk.run(text, desk.csv(f"{PLACE_HEADINGS}Køge;;Ja;Pædagog;1\nKøge;;kommunal;Pædagog;5\n"))
    assert "Private og selvejende: 1 række (kolonnen Privat har Ja 1, kommunal 1)" in report.lines()


def test_a_row_without_a_place_is_refused_unless_it_is_left_out(desk):
    file = desk.csv(f"{HEADINGS};Pædagog;5\nKøge;Pædagog;5\n")
    with pytest.raises(ImportProblem, match=r"linje 2, kolonne 'Kommune': Cellen er tom"):
        desk.run(ANSWERS_MAPPING, file)
    report = desk.run(mapping("[leave_out]", 'Kommune = [""]'), file)
    assert report.left_out == {"Kommune er (tom)": 1}
    assert len(desk.sheets()) == 1


def test_rows_are_kept_and_left_out_by_rule_and_counted(desk):
    text = mapping("[keep]", 'Niveau = ["PB"]', "[leave_out]", 'Kode = ["999"]')
    rows = "Køge;Pædagog;5;PB;1\nKøge;Pædagog;5;KA;1\nUkendt;Pædagog;5;PB;999\n"
    report = desk.run(text, desk.csv("Kommune;Uddannelse;Tilfreds;Niveau;Kode\n" + rows))
    assert report.rows_read == 3
    assert report.left_out == {"Niveau er ikke PB": 1, "Kode er 999": 1}
    assert len(desk.sheets()) == 1


def test_a_rule_that_leaves_nothing_is_told(desk):
    with pytest.raises(
        ImportProblem, match=r"ingen rækker at importere. 1 rækker er udeladt, fordi Kommune er ikke Greve"
    ):
        desk.run(mapping("[keep]", 'Kommune = ["Greve"]'), desk.csv(f"{HEADINGS}Køge;Pædagog;5\n"))


def test_spellings_of_the_file_are_known_from_the_mapping(desk):
    text = mapping(
        "[values.municipality]", '"Kbh. K" = "0101"', "[values.education]", '"Sygepl." = "sygeplejerske"'
    )
    desk.run(text, desk.csv(f"{HEADINGS}kbh. k;Sygepl.;5\n"))
    assert (desk.sheets()[0].place, desk.sheets()[0].education_id) == ("kommune:0101", "sygeplejerske")


def test_a_spelling_that_points_nowhere_is_refused(desk):
    with pytest.raises(
        ImportProblem, match=r"\[values\.municipality\], 'Kbh': 'Køpenhavn' kendes ikke. Mente du"
    ):
        desk.run(
            mapping("[values.municipality]", 'Kbh = "Køpenhavn"'), desk.csv(f"{HEADINGS}Kbh;Pædagog;5\n")
        )


def test_an_added_education_is_known_and_kept_with_the_round(desk):
    text = mapping(
        "[[add.education]]", 'id = "bygningskonstruktoer"', 'name = "Bygningskonstruktør"', 'field = "teknik"'
    )
    desk.run(text, desk.csv(f"{HEADINGS}Køge;bygningskonstruktør;5\n"))
    assert desk.sheets()[0].education_id == "bygningskonstruktoer"


def test_an_added_education_may_not_take_a_known_id(desk):
    with pytest.raises(ImportProblem, match="Id'et 'paedagog' findes allerede"):
        desk.run(
            mapping("[[add.education]]", 'id = "paedagog"', 'name = "Ny"'),
            desk.csv(f"{HEADINGS}Køge;Pædagog;5\n"),
        )


def test_a_row_without_an_institution_is_kept(desk):
    text = mapping(columns='institution = "Sted"')
    desk.run(text, desk.csv("Kommune;Uddannelse;Sted;Tilfreds\nKøge;Pædagog;;5\nKøge;Pædagog;Absalon;5\n"))
    assert [sheet.institution_id for sheet in desk.sheets()] == ["", "absalon"]


STATUS = (
    "[status]",
    'answered = ["Besvaret"]',
    'partial = ["Delvist"]',
    'invited = ["Inviteret"]',
    'left_out = ["Ny", ""]',
)
STATUS_ROWS = (
    "Kommune;Uddannelse;Tilfreds;Status\nKøge;Pædagog;5;Besvaret\nKøge;Pædagog;5;delvist\nKøge;Pædagog;;Delvist\n"
    "Køge;Pædagog;5;Inviteret\n;;;Ny\n;;;\n"
)


@pytest.mark.parametrize(("count_partial", "answers"), [("true", 2), ("false", 1)])
def test_partial_answers_count_when_they_hold_an_answer_and_the_mapping_says_so(desk, count_partial, answers):
    text = mapping(*STATUS, f"count_partial = {count_partial}", columns='status = "Status"')
    report = desk.run(text, desk.csv(STATUS_ROWS))
    assert (report.invited, report.answers) == (4, answers)
    assert [sheet.answered for sheet in desk.sheets()].count(True) == answers
    assert all(sheet.answers == {} for sheet in desk.sheets() if not sheet.answered)


def test_an_unknown_status_is_told_with_the_nearest(desk):
    text = mapping(*STATUS, columns='status = "Status"')
    with pytest.raises(ImportProblem, match=r"Statussen 'Besvart' kendes ikke. Mente du besvaret?"):
        desk.run(text, desk.csv("Kommune;Uddannelse;Tilfreds;Status\nKøge;Pædagog;5;Besvart\n"))


@pytest.mark.parametrize("value", ["#REF!", "#DIV/0!", "#N/A"])
def test_an_excel_error_is_named(desk, value):
    with pytest.raises(ImportProblem, match=f"Cellen viser fejlen {value}"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"{HEADINGS}Køge;Pædagog;{value}\n"))


def test_an_excel_error_in_a_column_that_is_not_read_does_no_harm(desk):
    desk.run(ANSWERS_MAPPING, desk.csv("Kommune;Uddannelse;Tilfreds;Andet\nKøge;Pædagog;5;#REF!\n"))
    assert len(desk.sheets()) == 1


@pytest.mark.parametrize("code", ["{}.0", "{},0", "{}.00", " {}.0 "])
def test_a_code_saved_with_decimals_is_the_whole_number(desk, code):
    rows = "".join(f"Køge;Pædagog;{code.format(value)}\n" for value in (5, 4, 9))
    desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds\n{rows}"))
    assert [sheet.answers for sheet in desk.sheets()] == [{"S01": 5}, {"S01": 4}, {"S01": 9}]


@pytest.mark.parametrize("code", ["4.5", "4,05", "0.4"])
def test_a_number_between_the_codes_is_no_answer(desk, code):
    with pytest.raises(ImportProblem, match=f"'{code}' er ikke et svar på skalaen"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds\nKøge;Pædagog;{code}\n"))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("Uoplyst;Pædagog;5", '"Uoplyst" under missing i [values]'),
        ("I alt;Pædagog;5", '"I alt" under [leave_out]'),
        ("Køge;Alle uddannelser;5", '"Alle uddannelser" under [leave_out]'),
        ("Køge;Pædagog;<5", '"<5" under missing i [values]'),
        ("Køge;Pædagog;Uoplyst", '"Uoplyst" under missing i [values]'),
    ],
)
def test_totals_and_hidden_values_are_refused_with_what_to_write(desk, cells, said):
    with pytest.raises(ImportProblem) as problem:
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds\n{cells}\n"))
    assert said in str(problem.value)
    assert "Mente du" not in str(problem.value)
