"""What a workbook knows of a cell beside its value: number formats, formulas, hidden rows and stored codes."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from data_access.imports import workbooks
from data_access.imports.tables import UNCALCULATED, error_text, fault_text
from data_access.problems import ImportProblem
from tests.imports.made_files import ANSWERS_MAPPING, sheet_xml, strict, with_part, workbook, written

PLAIN = workbook({"Svar": [["a", "b"], [1, 2]]})
SHEET_PART, BOOK_PART = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def formatted(values: list, number_format: str) -> bytes:
    """A workbook with a column of numbers shown in one format."""
    book = Workbook()
    for row, value in enumerate(["tal", *values], start=1):
        book.active.cell(row, 1).value = value
        if row > 1:
            book.active.cell(row, 1).number_format = number_format
    return saved(book)


def column(read) -> list[str]:
    return [row[0] for row in read.rows[1:]]


def cell(xml: str) -> bytes:
    """A workbook whose cell A2 is the given element."""
    heading = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    return with_part(PLAIN, SHEET_PART, sheet_xml(f'{heading}<row r="2">{xml}<c r="B2"><v>1</v></c></row>'))


def by_excel(content: bytes) -> bytes:
    """The workbook without the mark that its formulas are still to be calculated."""
    part = zipfile.ZipFile(io.BytesIO(content)).read(BOOK_PART)
    assert b"fullCalcOnLoad" in part
    return with_part(content, BOOK_PART, part.replace(b'fullCalcOnLoad="1"', b""))


@pytest.mark.parametrize(
    "shown_as", ["0%", "0.00%", r"0\ %", "[Red]0.0%;-0.0%", '_(0%_);"-"', "[$-406]0%", "?0.0%"]
)
def test_a_number_shown_in_per_cent_is_read_as_it_is_shown(sheet, shown_as):
    read = sheet("tal.xlsx", formatted([0.5, 0.07, 0.29, 1, 0.125, 0.005], shown_as))
    assert column(read) == ["50 %", "7 %", "29 %", "100 %", "12,5 %", "0,5 %"]


@pytest.mark.parametrize("shown_as", ['0"%"', r"0\%", '0" %"'])
def test_a_percent_sign_that_is_only_written_behind_the_number_is_read_too(sheet, shown_as):
    assert column(sheet("tal.xlsx", formatted([50, 7.5], shown_as))) == ["50 %", "7,5 %"]


@pytest.mark.parametrize(
    "shown_as", ["General", "0", "0.00", "#,##0", '# ##0 "svar"', "0_)", "[>100]0;0.0", '"E+"0']
)
def test_other_formats_leave_the_number_alone(sheet, shown_as):
    assert column(sheet("tal.xlsx", formatted([101, 12.5, 1234567], shown_as))) == ["101", "12,5", "1234567"]


@pytest.mark.parametrize(
    ("value", "shown_as"),
    [
        (202312000000, "0.00E+00"),
        (202312000000, "##0.0E+0"),
        (20231234567890123, "0"),
        (2.02312345678901e17, "General"),
        (-1e15, "General"),
    ],
)
def test_a_number_that_has_lost_its_last_digits_is_no_key(sheet, value, shown_as):
    (text,) = column(sheet("tal.xlsx", formatted([value], shown_as)))
    assert "cifre kan være gået tabt" in fault_text(text)


def test_a_long_number_within_fifteen_digits_keeps_them_all(sheet):
    assert column(sheet("tal.xlsx", formatted([202312345678901, 202312345678], "General"))) == [
        "202312345678901",
        "202312345678",
    ]


def test_a_number_that_is_only_shown_with_fewer_digits_keeps_them_all(sheet):
    assert column(sheet("tal.xlsx", formatted([202312345678], "0.00E+00"))) == ["202312345678"]


def test_a_key_that_a_spreadsheet_has_rounded_is_refused_with_its_place(desk, monkeypatch):
    monkeypatch.setenv("PERSON_KEY", "en nøgle på mindst toogtredive tegn")
    mapping = ANSWERS_MAPPING.replace('education = "Uddannelse"', 'education = "Uddannelse"\nperson = "Id"')
    rows = [["Kommune", "Uddannelse", "Tilfreds", "Id"], ["Køge", "Pædagog", 5, 20231234567890123]]
    with pytest.raises(ImportProblem, match="række 2, kolonne 'Id': Tallet står som 2,02312E\\+16"):
        desk.run(mapping, written(desk.folder / "svar.xlsx", workbook({"Svar": rows})))


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="A2" t="str"><f>IF(B2="","",B2)</f><v></v></c>', ""),
        ('<c r="A2" t="str"><f aca="false">IF(B2="","",B2)</f><v/></c>', ""),
        ('<c r="A2" t="str"><f t="shared" si="0"/><v></v></c>', ""),
        ('<c r="A2" t="str"><f>A1</f><v>Ja</v></c>', "Ja"),
        ('<c r="A2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A2" t="b"><f>1=1</f><v>1</v></c>', "SAND"),
        ('<c r="A2" t="b"><f>1=2</f><v>0</v></c>', "FALSK"),
        ('<c r="A2"><f>1-1</f><v>0</v></c>', "0"),
        ('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    ],
)
def test_a_formula_with_a_result_is_its_result_also_when_that_is_an_empty_text(sheet, xml, text):
    assert sheet("svar.xlsx", by_excel(cell(xml))).rows[1] == [text, "1"]


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A2"><f>1+1</f></c>',
        '<c r="A2"><f>1+1</f><v></v></c>',
        '<c r="A2"><f>1+1</f><v/></c>',
        '<c r="A2" t="str"><f>A1</f></c>',
        '<c r="A2"><f t="shared" si="0"/></c>',
        '<c r="A2"><f t="array" ref="A2">SUM(B2)</f></c>',
        '<c r="A2" t="e"><f>1/0</f></c>',
    ],
)
def test_a_formula_without_a_result_is_marked(sheet, xml):
    for content in (cell(xml), by_excel(cell(xml))):
        assert sheet("svar.xlsx", content).rows[1] == [UNCALCULATED, "1"]


def test_zeros_that_a_program_has_written_for_excel_to_calculate_are_no_results(sheet):
    zero = '<c r="A2"><f>B2*2</f><v>0</v></c>'
    assert sheet("svar.xlsx", cell(zero)).rows[1] == [UNCALCULATED, "1"]
    assert sheet("svar.xlsx", by_excel(cell(zero))).rows[1] == ["0", "1"]
    beside_another = f'{zero}<c r="C2"><f>B2</f><v>1</v></c>'
    assert sheet("svar.xlsx", cell(beside_another)).rows[1] == ["0", "1", "1"]
    assert sheet("svar.xlsx", cell('<c r="A2"><v>0</v></c>')).rows[1] == ["0", "1"]


@pytest.mark.parametrize("value", ["<v>#SPILL!</v>", "<v>noget nyt</v>", "<v></v>", ""])
def test_an_error_is_an_error_whatever_it_is_called(sheet, value):
    assert error_text(sheet("svar.xlsx", cell(f'<c r="A2" t="e">{value}</c>')).rows[1][0])


def test_a_date_outside_the_calendar_is_an_error(sheet):
    assert error_text(column(sheet("tal.xlsx", formatted([99_999_999], "yyyy-mm-dd")))[0])


CODES = [
    ("Fik du hjælp?_x000D_\n(sæt ét kryds)", "Fik du hjælp?\r\n(sæt ét kryds)"),
    ("a_x0009_b_x000a_c", "a\tb\nc"),
    ("_x00C6_rø", "Ærø"),
    ("A_x030A_rhus", "Århus"),
    ("_xD83D__xDE00_", "😀"),
    ("_xD83D_", "\ufffd"),
    ("_x005F_x000D_", "_x000D_"),
    ("_x005F__x0041_", "_A"),
    ("_x41_ _xZZZZ_ x0041_", "_x41_ _xZZZZ_ x0041_"),
]


@pytest.mark.parametrize(("stored", "text"), CODES)
@pytest.mark.parametrize("kept", ["in the cell", "among the shared", "by a formula"])
def test_a_character_s_code_is_the_character(sheet, stored, text, kept):
    content = cell(
        {
            "in the cell": f'<c r="A2" t="inlineStr"><is><r><t>{stored}</t></r></is></c>',
            "among the shared": '<c r="A2" t="s"><v>0</v></c>',
            "by a formula": f'<c r="A2" t="str"><f>A1</f><v>{stored}</v></c>',
        }[kept]
    )
    kinds = zipfile.ZipFile(io.BytesIO(PLAIN)).read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    content = with_part(content, "[Content_Types].xml", kinds.replace("</Types>", override).encode())
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}"><si><t xml:space="preserve">{stored}</t></si></sst>'
    assert sheet("svar.xlsx", with_part(content, "xl/sharedStrings.xml", strings.encode())).rows[1][0] == text


def test_a_heading_with_a_stored_carriage_return_is_found(desk):
    mapping = ANSWERS_MAPPING.replace('"Tilfreds"', '"Er du tilfreds? (sæt ét kryds)"')
    rows = [["Kommune", "Uddannelse", "Er du tilfreds?_x000D_\n(sæt ét kryds)"], ["Køge", "Pædagog", 5]]
    desk.run(mapping, written(desk.folder / "svar.xlsx", workbook({"Svar": rows})))
    assert desk.sheets()[0].answers == {"S01": 5}


@pytest.mark.parametrize("hidden", ["1", "true"])
def test_hidden_rows_are_read_and_counted(hidden):
    rows = "".join(
        f'<row r="{number}"{extra}><c r="A{number}"><v>1</v></c></row>'
        for number, extra in [
            (1, ""),
            (2, f' hidden="{hidden}"'),
            (3, ' hidden="0"'),
            (5, f' hidden="{hidden}"'),
        ]
    )
    content = with_part(PLAIN, SHEET_PART, sheet_xml(rows + f'<row r="9" hidden="{hidden}"/>'))
    sheets, remarks = workbooks.read_workbook("x.xlsx", content, None)
    assert sheets[0].numbers == [1, 2, 3, 5]
    assert remarks == ["2 skjulte rækker er læst i arket 'Svar'. Slet dem, hvis de ikke skal med."]


def test_hidden_rows_are_told_in_the_report(desk):
    book = Workbook()
    for row in [["Kommune", "Uddannelse", "Tilfreds"], *[["Køge", "Pædagog", 5]] * 3]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    report = desk.run(ANSWERS_MAPPING, written(desk.folder / "svar.xlsx", saved(book)))
    assert report.answers == 3
    assert any(line.startswith("Bemærk: 1 skjult række er læst i arket 'Sheet'") for line in report.lines())


def test_a_filter_that_openpyxl_does_not_know_is_no_damage(sheet):
    part = zipfile.ZipFile(io.BytesIO(PLAIN)).read(SHEET_PART).decode()
    odd = (
        '<autoFilter ref="A1:B2"><filterColumn colId="0"><customFilters><customFilter operator="greaterThan" '
    )
    odd += 'val="ÆØÅ"/></customFilters></filterColumn></autoFilter>'
    content = with_part(PLAIN, SHEET_PART, part.replace("</sheetData>", f"</sheetData>{odd}").encode())
    assert sheet("svar.xlsx", content).rows == [["a", "b"], ["1", "2"]]


def test_formatted_cells_without_content_at_the_far_end_make_no_sheet_too_large(sheet):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    assert sheet("svar.xlsx", with_part(PLAIN, SHEET_PART, sheet_xml(rows))).rows == [["1"]]


@pytest.mark.parametrize("numbers", [(1, 1), (2, 1)])
def test_rows_out_of_order_are_damage(numbers):
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in numbers)
    with pytest.raises(ImportProblem, match="beskadiget"):
        workbooks.read_workbook("x.xlsx", with_part(PLAIN, SHEET_PART, sheet_xml(rows)), None)


def test_strict_open_xml_is_read_like_any_other(sheet):
    content = strict(workbook({"Svar": [["a", "b"], ["Køge", 2]], "Andet": []}))
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(content)).read(SHEET_PART)
    assert sheet("svar.xlsx", content).rows == [["a", "b"], ["Køge", "2"]]


def test_a_strict_workbook_keeps_dates_as_text_and_formats_as_others_do(sheet):
    assert sheet("a.xlsx", strict(cell('<c r="A2" t="d"><v>2025-11-30</v></c>'))).rows[1][0] == "2025-11-30"
    assert column(sheet("a.xlsx", strict(formatted([0.5], "0%")))) == ["50 %"]


def test_a_strict_workbook_is_held_to_the_same_limits():
    bomb = with_part(strict(PLAIN), "xl/sharedStrings.xml", b"<sst>" + b"a" * 60_000_000 + b"</sst>")
    with pytest.raises(ImportProblem, match="alt for stor"):
        workbooks.read_workbook("svar.xlsx", bomb, None)


OTHER_KINDS = {
    "svar.ods": ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}, r"\(\.ods\)\. Gem den som \.xlsx"),
    "svar.xlsb": ({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}, r"\(\.xlsb\)\. Gem den som \.xlsx"),
    "svar.numbers": ({"Index/Document.iwa": b"x"}, r"Numbers\. Eksportér den til Excel \(\.xlsx\)"),
    "svar.docx": ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "Word-dokument, ikke et regneark"),
    "svar.pptx": ({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}, "PowerPoint"),
    "svar.zip": ({"svar.csv": b"a;b"}, "en zip-fil, ikke et regneark"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_another_kind_of_file_is_refused_with_what_it_is_and_what_to_do(sheet, name):
    parts, said = OTHER_KINDS[name]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for part, text in parts.items():
            file.writestr(part, text)
    with pytest.raises(ImportProblem, match=f"Filen '{name}' kan ikke læses: Den er .*{said}"):
        sheet(name, content.getvalue())


def test_a_workbook_that_is_called_something_else_inside_is_read(sheet):
    """Some programs number the part that others call workbook.xml."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = (
                old.read(name)
                .replace(b"/xl/workbook.xml", b"/xl/workbook2.xml")
                .replace(b'"xl/workbook.xml', b'"xl/workbook2.xml')
            )
            new.writestr(name.replace("workbook.xml", "workbook2.xml"), part)
    assert sheet("svar.xlsx", changed.getvalue()).rows == [["a", "b"], ["1", "2"]]
