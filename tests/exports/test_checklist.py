"""The checklist of the design note over every workbook there is: Danish, accessible, printable, inert."""

import re
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.conftest import Taken, parts_of
from views.documents.files import workbook

WITHOUT_TABLE = {"Forside", "Figurer", "Om"}


@pytest.fixture(
    scope="module",
    params=["Sammenlign", "Udvikling", "Svarprocent", "Dækning", "Deltagelse", "enhed", "alt", "indsatser"],
)
def content(request: pytest.FixtureRequest, taken: Taken) -> bytes:
    """A workbook of each kind."""
    return taken.files[f"{request.param}.xlsx"]


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def sheets_with_tables(book) -> list[Worksheet]:
    return [sheet for sheet in book if sheet.title not in WITHOUT_TABLE]


def top_of(sheet: Worksheet) -> int:
    (table,) = sheet.tables.values()
    return int(re.match(r"A(\d+):", table.ref).group(1))


def test_it_is_danish_has_a_title_and_tells_of_nobody(book):
    properties = book.properties

    assert (properties.language, properties.creator, properties.lastModifiedBy) == (
        "da-DK", "Praktikdata", "Praktikdata",
    )  # fmt: skip
    assert properties.title
    assert not any((properties.description, properties.keywords, properties.subject, properties.category))


def test_tabs_have_names_that_excel_takes_and_the_reader_begins_in_the_first(book):
    names = book.sheetnames

    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert book.active == book.worksheets[0]
    assert book.active.sheet_view.selection[0].activeCell == "A1"


def test_nothing_is_merged_hidden_linked_or_worked_out(book, content):
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not any(
            one.hidden for one in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values())
        )
    for name, part in parts_of(content).items():
        assert not re.search(rb"<f[ >]|t=\"e\"", part) or "chart" in name, name
        assert not re.search("externalLink|pivot|vba|comment|customXml|printerSettings|calcChain", name)
    assert list(book.defined_names) == []


def test_a_sheet_has_one_named_table_with_a_heading_that_can_be_read(book):
    names = []
    for sheet in sheets_with_tables(book):
        (table,) = sheet.tables.values()
        names.append(table.displayName)
        headings = [cell for cell in sheet[top_of(sheet)] if cell.value is not None]
        assert [column.name for column in table.tableColumns] == [cell.value for cell in headings]
        assert {cell.font.color.rgb for cell in headings} == {"00FFFFFF"}
        assert {cell.fill.fgColor.rgb for cell in headings} <= {"0008306B", "005F6B7A"}
        assert all(cell.font.bold for cell in headings)
    assert len(set(names)) == len(names) > 0


def test_presented_tables_are_calm_and_work_tables_can_be_filtered(book):
    for sheet in sheets_with_tables(book):
        (table,) = sheet.tables.values()
        for_work = top_of(sheet) == 1
        assert (table.autoFilter is not None) is for_work
        assert bool(sheet.freeze_panes) is for_work
        if not for_work:
            assert sheet["A1"].font.bold
            assert (
                "Arket indeholder én tabel" in sheet.cell(top_of(sheet) - 1, 1).value
                or sheet.title == "Kodebog"
            )


def test_it_prints_on_a4_as_wide_as_the_paper_with_headings_and_page_numbers(book):
    for sheet in book:
        if sheet.title == "Om":
            continue
        setup = sheet.page_setup
        on_one_page = int(sheet.title == "Forside")
        assert (int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (9, 1, on_one_page)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "Side &P af &N"
        if sheet.tables:
            assert setup.orientation == "landscape"
            assert sheet.print_title_rows.replace("$", "") == f"{top_of(sheet)}:{top_of(sheet)}"


def test_long_words_of_a_verdict_do_not_make_the_paper_small(taken):
    sheet = load_workbook(BytesIO(taken.files["enhed.xlsx"]))["Fordeling"]
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[top_of(sheet)]}

    assert widths["Vurdering"] <= 26
    assert sheet.page_margins.left + sheet.page_margins.right < 1


def test_the_comparison_of_a_region_is_drawn_on_one_page(taken):
    sheet = load_workbook(BytesIO(taken.files["Sammenlign.xlsx"]))["Figurer"]
    (chart,) = sheet._charts
    margins = sheet.page_margins

    a_line = 0.53
    assert chart.anchor._from.row * a_line + chart.height <= 21 - 2.54 * (margins.top + margins.bottom)


def test_one_typeface_that_every_office_has(book):
    for sheet in book:
        fonts = {
            cell.font.name for row in sheet.iter_rows(max_row=40) for cell in row if cell.value is not None
        }
        assert fonts == {"Arial"}


def test_charts_say_what_they_show_and_have_their_own_sheet(taken):
    content = taken.files["enhed.xlsx"]
    drawings = [part.decode() for name, part in parts_of(content).items() if "drawings/drawing" in name]
    words = re.findall(r'<(?:\w+:)?cNvPr[^>]*descr="([^"]*)"', "".join(drawings))
    charts = [name for name in parts_of(content) if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]

    assert len(words) == len(charts) >= 5
    assert all("Tallene står i arket" in one and "Roskilde Kommune" in one for one in words)
    book = load_workbook(BytesIO(content))
    assert [sheet.title for sheet in book if sheet._charts] == ["Figurer"]


def test_the_cover_leads_to_every_sheet_and_says_where_the_figures_are_from(taken):
    for name in ("enhed.xlsx", "alt.xlsx", "Sammenlign.xlsx"):
        book = load_workbook(BytesIO(taken.files[name]))
        cover = book["Forside"]
        lines = [cell.value for cell in cover["A"]]
        links = [cell.hyperlink.location for cell in cover["A"] if cell.hyperlink]

        assert cover.max_column == 1
        assert [link.split("!")[0].strip("'") for link in links] == book.sheetnames[1:]
        for beginning in ("Formål: ", "Udvalg: ", "Kilde: ", "Udgivelse 2 af ", "Hentet ", "Kontakt: "):
            assert any(line.startswith(beginning) for line in lines), beginning


def test_numbers_have_danish_formats_and_codes_are_texts(taken):
    data = load_workbook(BytesIO(taken.files["enhed.xlsx"]))["Data"]
    headings = [cell.value for cell in data[1]]
    first = dict(zip(headings, data[2], strict=True))

    assert first["Kommunekode"].value == "0265"
    assert first["År"].number_format == "0"
    assert first["Antal svar"].number_format == "#,##0"
    assert first["Andel enige"].number_format == r"0.0\ %"
    assert first["Forskel til alle andre, procentpoint"].number_format == "+0.0;-0.0;0.0"
    codebook = load_workbook(BytesIO(taken.files["enhed.xlsx"]))["Kodebog"]
    more = [cell.value for cell in load_workbook(BytesIO(taken.files["enhed.xlsx"]))["Data om svar"][1]]
    assert [cell.value for cell in codebook["A"]][3:] == list(dict.fromkeys([*headings, *more]))


def test_a_key_names_one_figure_and_is_the_same_in_every_file(taken):
    frames = {
        name: pd.read_excel(BytesIO(taken.files[name]), sheet_name="Data", dtype={"Kommunekode": str})
        for name in ("enhed.xlsx", "Sammenlign.xlsx")
    }
    frames["alt.csv"] = pd.read_csv(
        BytesIO(taken.files["alt.csv"]), sep=";", decimal=",", encoding="utf-8-sig"
    )
    for frame in frames.values():
        assert not frame.duplicated(["Nøgle", "År"]).any()
    whole = frames["alt.csv"].set_index(["Nøgle", "År"])["Antal enige"]
    for name in ("enhed.xlsx", "Sammenlign.xlsx"):
        part = frames[name].set_index(["Nøgle", "År"])["Antal enige"]
        both = part.index.intersection(whole.index)
        assert len(both) > 20
        pd.testing.assert_series_equal(part[both], whole[both], check_dtype=False)


def test_every_own_one_of_a_comparison_is_marked_in_excels_chart(taken):
    section = taken.figures["Sammenlign"]
    two = replace(section.report, own=tuple(line.about for line in section.report.ranked[:2]))

    content = parts_of(workbook.written([replace(section, report=two)]))

    (chart,) = [part.decode() for name, part in content.items() if name.startswith("xl/charts/chart")]
    marked = [int(at) for at in re.findall(r'<(?:c:)?dPt><(?:c:)?idx val="(\d+)"', chart)]
    assert {section.frame.iloc[at, 0] for at in marked} == {one.name for one in two.own}
