"""Workbooks to rows: what a person sees in Excel, and files made to harm."""

import io
import time
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from data_access.imports import workbooks
from data_access.imports.tables import UNCALCULATED
from data_access.problems import ImportProblem
from tests.imports.made_files import sheet_xml, with_part, workbook

PLAIN = workbook({"Svar": [["a", "b"], [1, 2]]})
SHEET_PART = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "hej"><!ENTITY b SYSTEM "file:///hemmelig.txt">]>'


def test_cells_read_as_a_person_sees_them(sheet):
    rows = [
        ["tal"],
        [101],
        [101.0],
        [12.5],
        [True],
        [date(2025, 11, 30)],
        [datetime(2025, 11, 30, 8, 5)],
        ["0101"],
    ]
    assert [row[0] for row in sheet("svar.xlsx", workbook({"Ark1": rows})).rows[1:]] == [
        "101", "101", "12,5", "SAND", "2025-11-30", "2025-11-30T08:05:00", "0101",
    ]  # fmt: skip


def test_rows_keep_the_numbers_they_have_in_excel(sheet):
    read = sheet("svar.xlsx", workbook({"Ark1": [["a"], [], [1], [], [2]]}))
    assert read.numbers == [1, 3, 5]
    assert read.place(3) == "Ark 'Ark1', række 3"


def test_a_wrong_statement_of_size_does_not_cut_the_sheet(sheet):
    part = zipfile.ZipFile(io.BytesIO(PLAIN)).read(SHEET_PART).replace(b'ref="A1:B2"', b'ref="A1"')
    assert sheet("svar.xlsx", with_part(PLAIN, SHEET_PART, part)).rows == [["a", "b"], ["1", "2"]]


def test_a_formula_without_a_result_is_marked_and_one_with_a_result_is_read(sheet):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    rows += '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row><row r="3"><c r="A3"><f>1+1</f></c></row>'
    assert sheet("svar.xlsx", with_part(PLAIN, SHEET_PART, sheet_xml(rows))).rows == [
        ["a"],
        ["2"],
        [UNCALCULATED],
    ]


def test_merged_cells_are_refused_with_their_range(sheet):
    merged = sheet_xml("", '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    with pytest.raises(ImportProblem, match="flettede celler \\(A1:XFD1048576\\)"):
        sheet("svar.xlsx", with_part(PLAIN, SHEET_PART, merged))


def test_a_hidden_sheet_is_told_of_and_read_only_when_named():
    book = Workbook()
    book.active.title = "Svar"
    book.active.append(["a"])
    hidden = book.create_sheet("Gemt")
    hidden.append(["b"])
    hidden.sheet_state = "veryHidden"
    content = io.BytesIO()
    book.save(content)
    sheets, told = workbooks.read_workbook("x.xlsx", content.getvalue(), None)
    assert ([each.title for each in sheets], told) == (
        ["Svar"],
        ["Det skjulte ark 'Gemt' i 'x.xlsx' er ikke læst."],
    )
    sheets, told = workbooks.read_workbook("x.xlsx", content.getvalue(), "Gemt")
    assert [each.title for each in sheets] == ["Gemt"]
    assert "er skjult" in told[0]


@pytest.mark.parametrize("wanted", ["svar", "Svar\u200b", "  Svar "])
def test_a_sheet_is_found_by_its_name_as_it_is_seen(wanted):
    for content in (PLAIN, workbook({"Svar ": [["a", "b"]], "Andet": [["c"]]})):
        sheets, _remarks = workbooks.read_workbook("x.xlsx", content, wanted)
        assert [each.rows[0] for each in sheets] == [["a", "b"]]


def test_of_two_sheets_that_look_alike_the_exact_name_is_meant():
    content = workbook({"Svar": [["a"]], "Svar ": [["b"]]})
    for wanted, heading in {"Svar": "a", "Svar ": "b"}.items():
        assert workbooks.read_workbook("x.xlsx", content, wanted)[0][0].rows == [[heading]]


def test_a_sheet_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(ImportProblem, match="Mente du Svar"):
        workbooks.read_workbook("x.xlsx", PLAIN, "Svra")


def archive(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def text_row(number: int, column: str = "A") -> str:
    return f'<row r="{number}"><c r="{column}{number}"><v>1</v></c></row>'


def with_strings(part: bytes) -> bytes:
    """openpyxl writes strings into the cells; Excel keeps them in a part of their own."""
    kinds = zipfile.ZipFile(io.BytesIO(PLAIN)).read("[Content_Types].xml")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    content = with_part(PLAIN, "[Content_Types].xml", kinds.replace(b"</Types>", override))
    return with_part(content, "xl/sharedStrings.xml", part)


def with_sheet(rows: str, before: bytes = b"") -> bytes:
    return with_part(PLAIN, SHEET_PART, before + sheet_xml(rows))


BOMB = with_part(PLAIN, "xl/sharedStrings.xml", b"<sst>" + b"a" * 60_000_000 + b"</sst>")
HOSTILE = {
    "truncated": (PLAIN[:900], "beskadiget"),
    "wrong checksum": (
        PLAIN.replace(b"PK\x01\x02\x14\x03", b"PK\x01\x02\x14\x03")[:-30] + b"\0" * 30,
        "beskadiget",
    ),
    "an ordinary zip": (archive({"svar.csv": b"a;b"}), "en zip-fil"),
    "too many parts": (archive({f"xl/{n}.xml": b"" for n in range(501)}), "for mange dele"),
    "path out of the archive": (with_part(PLAIN, "../../evil.xml", b""), "ulovlig sti"),
    "macros": (with_part(PLAIN, "xl/vbaProject.bin", b"x"), "makroer"),
    "links to other files": (with_part(PLAIN, "xl/externalLinks/externalLink1.xml", b"<a/>"), "andre filer"),
    "string bomb": (BOMB, "alt for stor"),
    "row 99 999 999": (with_sheet(text_row(1) + text_row(99_999_999)), "for stort"),
    "last cell of the sheet": (with_sheet(text_row(1) + text_row(1_048_576, "XFD")), "for stort"),
    "too many columns": (with_sheet(text_row(1, "XFD")), "for stort"),
    "entities in the sheet": (with_sheet(text_row(1).replace("<v>1", "<v>&a;"), ENTITIES), "beskadiget"),
    "file entity in the sheet": (with_sheet(text_row(1).replace("<v>1", "<v>&b;"), ENTITIES), "beskadiget"),
    "entities in the strings": (
        with_strings(ENTITIES + b"<sst>&a;</sst>"),
        "beskadiget",
    ),
    "string number out of range": (
        with_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
        "beskadiget",
    ),
    "no sheets at all": (archive({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "beskadiget"),
}


@pytest.mark.parametrize(("content", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_or_damaged_workbook_is_refused_quickly(content, said):
    started = time.perf_counter()
    with pytest.raises(ImportProblem, match=said):
        workbooks.read_workbook("svar.xlsx", content, None)
    assert time.perf_counter() - started < 3


def test_a_part_that_is_there_twice_is_refused():
    content = io.BytesIO(PLAIN)
    with zipfile.ZipFile(content, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr(SHEET_PART, b"<x/>")
    with pytest.raises(ImportProblem, match="to gange"):
        workbooks.read_workbook("svar.xlsx", content.getvalue(), None)


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"%PDF"])
def test_another_kind_of_file_called_xlsx_is_refused(sheet, content):
    with pytest.raises(ImportProblem, match="hverken et regneark"):
        sheet("svar.xlsx", content)


def test_a_workbook_called_csv_is_read_as_a_workbook(sheet):
    assert sheet("svar.csv", PLAIN).rows == [["a", "b"], ["1", "2"]]


def test_printer_settings_and_sharepoint_parts_do_no_harm(sheet):
    content = with_part(
        with_part(PLAIN, "xl/printerSettings/printerSettings1.bin", b"x"), "customXml/item1.xml", b"<x/>"
    )
    assert sheet("svar.xlsx", content).rows == [["a", "b"], ["1", "2"]]
