"""SurveyXact exports to a plain table: every trap known from real files."""

import re

import pytest

from data_access.imports.files import read_files, read_sheets
from data_access.imports.surveyxact import read_surveyxact
from data_access.problems import ImportProblem
from tests.imports.made_files import (
    DATASET,
    LABELS,
    STRUCTURE,
    SURVEYXACT_MAPPING,
    rows_of,
    surveyxact_files,
    workbook,
    written,
)


@pytest.fixture
def plain(tmp_path):
    """The plain table of an export with these texts."""

    def read(**texts: str):
        return read_surveyxact(read_sheets(read_files(surveyxact_files(tmp_path, **texts)))[0])

    return read


def reading(*paths):
    return read_surveyxact(read_sheets(read_files(paths))[0])


def test_answers_become_words_under_long_names(plain):
    table = plain()
    assert table.columns["uddannelse"][:2] == ["Sygeplejerske", "Pædagog"]
    assert table.columns["s_12"][:3] == ["I meget høj grad", "", "Ved ikke"]
    assert "uddannel" not in table.columns


def test_the_column_without_a_heading_in_structure_is_cut(plain):
    assert plain(structure=STRUCTURE.replace(";\n", ";;\n")).columns == plain().columns


def test_last_separators_that_are_missing_in_the_data_set_are_told(plain):
    dataset = DATASET.replace(";0;0;0;0;1\n", ";0;0;0;0\n")
    assert plain(dataset=dataset).warnings == (
        "Fil 'dataset.csv': 1 række med færre felter end overskrifter; de sidste felter er læst som tomme (linje 7).",
    )


def test_the_first_line_of_labels_is_data(plain):
    assert plain().columns["uddannelse"][0] == "Sygeplejerske"


@pytest.mark.parametrize("short", [True, False])
def test_long_and_short_names_give_the_same_table(plain, short):
    names = {"responde": "respondentid", "uddannel": "uddannelse"} | {
        f"stato_{n}": f"statoverall_{n}" for n in range(1, 6)
    }
    dataset = DATASET
    for cut, long in names.items():
        dataset = dataset if short else dataset.replace(cut, long)
    assert plain(dataset=dataset).columns == plain().columns


def test_system_variables_get_their_long_names_even_when_structure_lacks_them(plain):
    dataset = "organiza;closetim;digit_1;stat_3;" + DATASET.replace("\n", "\nx;y;z;w;").removesuffix(
        "x;y;z;w;"
    )
    table = plain(
        dataset=dataset, structure=STRUCTURE.replace("respondentid;responde;Open;String;Respondent;;\n", "")
    )
    assert {"organization", "closeTime", "digit_1", "stat_3", "respondentid"} <= set(table.columns)
    assert table.kinds["closeTime"] == table.kinds["digit_1"] == table.kinds["stat_3"] == "systemvariabel"
    assert table.kinds["respondentid"] == "nøgle"


def test_the_text_of_an_option_comes_from_structure_and_not_from_its_number(plain):
    swapped = STRUCTURE.replace("s_20_1;Closed;Multiple;Hvad fik du vejledning i?;3;Dokumentation", "s_20_1;Closed;Multiple;Hvad fik du vejledning i?;2;Etik")  # fmt: skip
    table = plain(structure=swapped)
    assert table.columns["s_20: Etik"] == ["Valgt", "", "Ikke valgt", "", "", "", ""]
    assert table.columns["s_20: Samarbejde; tværfagligt"] == ["Ikke valgt", "", "Valgt", "", "", "", ""]


def test_zeros_of_somebody_who_never_answered_are_blank(plain):
    assert plain().columns["s_20: Dokumentation"][1] == ""


def test_the_status_is_one_column_of_words(plain):
    assert plain().columns["statoverall"] == [
        "Gennemført", "Distribueret", "Gennemført", "Nogen svar", "Nogen svar", "Frafaldet", "Ny",
    ]  # fmt: skip


def test_a_row_with_two_statuses_is_refused(plain):
    with pytest.raises(ImportProblem, match="to statusser på én gang"):
        plain(dataset=DATASET.replace(";0;0;0;1;0\n", ";0;0;1;1;0\n", 1))


def test_the_order_of_labels_is_not_the_order_of_values(plain):
    backwards = "".join(reversed(LABELS.splitlines(keepends=True)))
    assert plain(labels=backwards).columns == plain().columns


def test_a_label_that_is_only_a_number_stands_for_its_own_code(desk):
    labels = LABELS.replace("I mindre grad", "4").replace("I høj grad", "2")
    report = desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))
    assert [sheet.answers.get("S01") for sheet in desk.sheets()][3] == 4
    assert "S01: teksten '2' i labels er læst som sin kode, 4" in report.warnings


def test_a_label_in_words_that_the_scale_lacks_is_refused_and_not_read_by_its_number(desk):
    labels = LABELS.replace("I meget høj grad", "Meget uenig")
    with pytest.raises(ImportProblem, match="'Meget uenig' er ikke et svar på skalaen"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))


def test_do_not_know_is_an_ordinary_answer_and_blank_is_none(desk):
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder))
    assert [sheet.answers for sheet in desk.sheets()] == [
        {"S01": 5, "S02": 1}, {}, {"S01": 9, "S02": 0}, {"S01": 4}, {}, {},
    ]  # fmt: skip


def test_free_text_keys_and_addresses_are_marked(plain):
    assert plain().kinds == {"respondentid": "nøgle", "email": "e-mail", "s_21": "fritekst"}


def test_questions_of_a_matrix_that_share_a_name_keep_their_variable_names(plain):
    matrix = (
        STRUCTURE
        + "s_30;s_30_1;Closed;Single;Tid - til møder;;;\ns_30;s_30_2;Closed;Single;Tid - til dig;;;\n"
    )
    heading, *rows = DATASET.splitlines()
    table = plain(
        structure=matrix, dataset="\n".join([f"{heading};s_30_1;s_30_2", *(f"{row};1;2" for row in rows)])
    )
    assert table.columns["s_30_1"] == ["1"] * 7
    assert table.columns["s_30_2"] == ["2"] * 7


def test_blanks_html_and_line_breaks_in_texts_are_cleaned(plain):
    labels = LABELS.replace("s_12;5;I meget høj grad", 's_12;5;"I <b>meget</b>\nhøj grad &nbsp; "')
    structure = STRUCTURE.replace(";Dokumentation;", ";<i>Dokumentation</i> ;")
    table = plain(labels=labels, structure=structure)
    assert table.columns["s_12"][0] == "I meget høj grad"
    assert "s_20: Dokumentation" in table.columns


def test_a_variable_missing_in_the_data_set_is_a_warning(plain):
    dataset = "\n".join(";".join(line.split(";")[:1] + line.split(";")[2:]) for line in DATASET.splitlines())
    assert plain(dataset=dataset + "\n").warnings == ("Står i structure, men ikke i dataset: email.",)


def test_nothing_missing_gives_no_warning(plain):
    assert plain().warnings == ()


def test_two_years_may_name_their_columns_differently(desk):
    renamed = {
        name: text.replace("s_12", "q_7") for name, text in (("dataset", DATASET), ("structure", STRUCTURE))
    }
    files = surveyxact_files(desk.folder, **renamed, labels=LABELS.replace("s_12", "q_7"))
    desk.run(SURVEYXACT_MAPPING.replace('"s_12"', '"q_7"'), *files)
    assert desk.sheets()[0].answers["S01"] == 5


@pytest.mark.parametrize(
    "encoding", ["cp1252", "utf-8", "utf-8-sig"],
)  # fmt: skip
def test_all_encodings_give_the_same_table(plain, encoding):
    assert plain(encoding=encoding).columns == plain().columns


def test_the_international_form_gives_the_same_table(tmp_path, plain):
    expected = plain().columns
    paths = []
    for name, text in {"dataset": DATASET, "structure": STRUCTURE, "labels": LABELS}.items():
        fields = "\r\n".join("\t".join(cells) for cells in split(text)) + "\r\n"
        paths.append(written(tmp_path / f"{name}.csv", fields.encode("utf-16")))
    assert reading(*paths).columns == expected


def split(text: str) -> list[list[str]]:
    import csv

    return list(csv.reader(text.splitlines(), delimiter=";"))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_files_may_come_in_any_order(tmp_path, plain, order):
    paths = surveyxact_files(tmp_path)
    assert reading(*(paths[place] for place in order)).columns == plain().columns


def test_files_with_other_names_are_told_apart_by_content(tmp_path):
    paths = surveyxact_files(tmp_path)
    renamed = [path.rename(tmp_path / f"eksport ({number}).csv") for number, path in enumerate(paths)]
    assert reading(*renamed).columns["uddannelse"][0] == "Sygeplejerske"


def whole_workbook(parts: dict[str, str]) -> bytes:
    sheets = {"Structure": split(STRUCTURE), "Labels": rows_of(LABELS)}
    return workbook({title: rows_of(text) for title, text in parts.items()} | sheets)


def test_a_workbook_with_the_three_sheets_gives_the_same_table(tmp_path, plain):
    path = written(
        tmp_path / "eksport.xlsx",
        whole_workbook({"Dataset": DATASET.replace('"God tid; god vejleder"', "x")}),
    )
    expected = plain(dataset=DATASET.replace('"God tid; god vejleder"', "x")).columns
    assert reading(path).columns == expected


def halves(places: slice) -> str:
    lines = DATASET.replace('"God tid; god vejleder"', "x").splitlines()
    return "\n".join(";".join(line.split(";")[places]) for line in lines)


def test_a_split_dataset_is_joined_side_by_side(tmp_path, plain):
    parts = {
        "Dataset(10)": halves(slice(9, 13)),
        "Dataset(2)": halves(slice(5, 9)),
        "Dataset(1)": halves(slice(0, 5)),
    }
    path = written(tmp_path / "eksport.xlsx", whole_workbook(parts))
    expected = plain(dataset=DATASET.replace('"God tid; god vejleder"', "x")).columns
    assert reading(path).columns == expected


def test_parts_of_a_dataset_that_share_a_key_must_agree_on_it(tmp_path):
    second = halves(slice(5, 13)).splitlines()
    keys = [line.split(";")[0] for line in DATASET.splitlines()]
    same = "\n".join(f"{key};{line}" for key, line in zip(keys, second, strict=True))
    other = "\n".join(f"{key};{line}" for key, line in zip([keys[0], *keys[:0:-1]], second, strict=True))
    first = halves(slice(0, 5))
    path = written(tmp_path / "a.xlsx", whole_workbook({"Dataset(1)": first, "Dataset(2)": same}))
    assert len(reading(path)) == 7
    path = written(tmp_path / "b.xlsx", whole_workbook({"Dataset(1)": first, "Dataset(2)": other}))
    with pytest.raises(ImportProblem, match="'responde' er forskellig"):
        reading(path)


def test_parts_of_a_dataset_with_different_length_are_refused(tmp_path):
    parts = {"Dataset(1)": halves(slice(0, 5)), "Dataset(2)": halves(slice(5, 13)).rpartition("\n")[0]}
    path = written(tmp_path / "a.xlsx", whole_workbook(parts))
    with pytest.raises(ImportProblem, match=r"har 7 rækker, men .* har 6"):
        reading(path)


@pytest.mark.parametrize("missing", ["dataset", "structure", "labels"])
def test_a_missing_file_is_named(tmp_path, missing):
    paths = [path for path in surveyxact_files(tmp_path) if path.stem != missing]
    with pytest.raises(ImportProblem, match=f"mangler '{missing}'"):
        reading(*paths)


def test_two_exports_at_once_are_refused(tmp_path):
    paths = surveyxact_files(tmp_path)
    with pytest.raises(ImportProblem, match="mere end én 'labels'"):
        reading(*paths, written(tmp_path / "labels2.csv", LABELS))


def test_an_option_that_is_neither_0_nor_1_is_named(plain):
    with pytest.raises(ImportProblem, match="linje 2, kolonne 's_20_1': '7' skal være 0, 1 eller blank"):
        plain(dataset=DATASET.replace(";5;1;0;", ";5;7;0;"))


@pytest.mark.parametrize("decimals", [".0", ",0"])
@pytest.mark.parametrize("by_code", [False, True])
def test_codes_that_a_spreadsheet_has_saved_with_decimals_are_the_whole_numbers(desk, decimals, by_code):
    mapping = SURVEYXACT_MAPPING
    if by_code:
        mapping = mapping.replace('S01 = "s_12"', 'S01 = { column = "s_12", by = "code" }')
    desk.run(mapping, *surveyxact_files(desk.folder), round_id="student-2024")
    headings, *rows = (line.split(";") for line in DATASET.splitlines())
    changed = [[f"{cell}{decimals}" if cell.isdecimal() else cell for cell in row] for row in rows]
    dataset = "\n".join(map(";".join, [headings, *changed]))
    labels = re.sub(r"^([^;]+;\d+);", rf"\g<1>{decimals};", LABELS, flags=re.MULTILINE)
    for text in (LABELS, labels):
        with pytest.raises(ImportProblem, match="Svarene er de samme som i runden student-2024"):
            desk.run(mapping, *surveyxact_files(desk.folder, dataset=dataset, labels=text))
