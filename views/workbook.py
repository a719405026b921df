"""Reports -> .xlsx bytes: the only home of openpyxl for writing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from indicators.danish import day
from indicators.figure import State
from indicators.groups import kind_of
from indicators.judgement import Judgement
from indicators.report import Origin, Report
from views import readings

TITLE = "Praktikdata"
SHARE, EXACT_SHARE, WHOLE, YEAR = r"0\ %", r"0.0\ %", "#,##0", "0"
HEADER = PatternFill("solid", fgColor="08306B")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT = 32_767
COVER_WIDTH = 85
LONGEST_HEADING = 255

WIDTHS = {
    "Spørgsmål": 60,
    "Status": 36,
    "Spørgeskema": 30,
    "Uddannelse": 28,
    "Institution": 28,
    "Enhed": 28,
    "Tema": 18,
}

DATA_COLUMNS = (
    "År",
    "Spørgeskema",
    "Uddannelse",
    "Institution",
    "Enhedstype",
    "Enhed",
    "Tema",
    "Spørgsmål-id",
    "Spørgsmål",
    "Antal svar",
    "Antal enige",
    "Andel enige",
    "Andel, nedre grænse",
    "Andel, øvre grænse",
    "Forskel til alle andre",
    "Vurdering mod alle andre",
    "Forventet andel",
    "Status",
)


def workbook(report: Report, sheet: str, frame: pd.DataFrame) -> bytes:
    """Forside, the frame on a sheet of that name, and Data."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = TITLE
    book.properties.title, book.properties.language = _clean(report.title), "da-DK"
    _cover(book.active, report, sheet)
    _table_sheet(book.create_sheet(sheet), sheet, frame.columns, frame.itertuples(index=False))
    data = book.create_sheet("Data")
    _table_sheet(data, "Data", DATA_COLUMNS, _data_rows(report), for_work=True)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def file_name(report: Report) -> str:
    """E.g. praktik_student_2025_roskilde-kommune_udgivelse-3.xlsx."""
    chosen = report.selection
    unit = re.sub(r"[^\w]+", "-", chosen.unit.name.casefold()).strip("-")
    return f"praktik_{chosen.survey.key}_{chosen.year}_{unit}_udgivelse-{report.origin.release}.xlsx"


def _cover(sheet: Worksheet, report: Report, name: str) -> None:
    sheet.title = "Forside"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = COVER_WIDTH
    _fit_to_page(sheet, "portrait")
    for row, (text, font, link) in enumerate(_cover_lines(report, name), start=1):
        cell = _put(sheet, row, 1, text)
        cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = _height(text, COVER_WIDTH * 11 / font.size, font.size)
        if link:
            cell.hyperlink = f"#'{link}'!A1"


def _cover_lines(report: Report, name: str) -> Iterator[tuple[str, Font, str]]:
    plain, strong, warning = _font(), _font(bold=True), _font(bold=True, color="A63603")
    link = _font(color="004D99", underline="single")
    origin = report.origin
    yield report.title, _font(bold=True, size=16), ""
    if origin.is_sample:
        yield "EKSEMPELDATA: svarene er opdigtede og lavet af et program.", warning, ""
    yield f"Udvalg: {report.selection.describe()}", plain, ""
    yield f"Svar: {readings.answered(report.response)}", plain, ""
    yield f"Kilde: {origin.source}", plain, ""
    yield f"Udgivelse {origin.release} af {day(origin.released_on)}, profil {origin.profile}", plain, ""
    if origin.audit:
        yield f"Kontrol af udgivelsen: {origin.audit.describe(origin.least_persons)}.", plain, ""
    for note in report.notes:
        yield f"Bemærk: {note}", plain, ""
    yield "Indhold", strong, ""
    yield name, link, name
    yield "Data", link, "Data"
    yield "Sådan læses tallene", strong, ""
    for advice in _advice(origin):
        yield advice, plain, ""


def _advice(origin: Origin) -> Iterator[str]:
    yield (
        f"Et tal vises, når mindst {origin.least_persons} personer har svaret, og ingen mindre gruppe kan "
        f"regnes ud af tallene. Ellers er feltet tomt, og kolonnen Status siger «{State.HIDDEN}». "
        "«Ved ikke» tæller ikke med i andelene."
    )
    yield (
        "Lægges enheder sammen i en pivottabel, regnes andelen som Antal enige delt med Antal svar; "
        "et gennemsnit af procenter bliver forkert, når enhederne er forskellig store."
    )


def _data_rows(report: Report) -> Iterator[tuple]:
    for datum in report.data():
        figure, survey = datum.figure, datum.survey or report.selection.survey
        judgement = figure.judgement or Judgement()
        yield (
            *(datum.year, survey.name, datum.education.name, datum.institution.name),
            *(kind_of(datum.unit.key), datum.unit.name, datum.theme.name),
            *(datum.question.id, datum.question.text, figure.n, figure.favourable, figure.share),
            *(judgement.low, judgement.high, judgement.difference, judgement.verdict, judgement.expected),
            figure.status,
        )


def _table_sheet(
    sheet: Worksheet, name: str, headings: Sequence[str], rows: Iterable[tuple], for_work: bool = False
) -> None:
    """A named Excel table from A1: calm to read, or for work with filter buttons and a frozen heading."""
    headings = [_clean(heading)[:LONGEST_HEADING] for heading in headings]
    for column, heading in enumerate(headings, start=1):
        cell = _put(sheet, 1, column, heading)
        cell.font, cell.fill = _font(bold=True, color="FFFFFF"), HEADER
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(heading, 14)
    formats = [YEAR if heading == "År" else EXACT_SHARE if for_work else SHARE for heading in headings]
    last = 1
    for last, values in enumerate(rows, start=2):
        for column, (value, share_format) in enumerate(zip(values, formats, strict=True), start=1):
            _put(sheet, last, column, value, share_format).font = _font()
    _mark_as_table(sheet, name, headings, max(last, 2), for_work)
    sheet.freeze_panes = "A2" if for_work else None
    _fit_to_page(sheet, "landscape")
    sheet.print_title_rows = "1:1"


def _fit_to_page(sheet: Worksheet, orientation: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _mark_as_table(
    sheet: Worksheet, name: str, headings: Sequence[str], last_row: int, with_filters: bool
) -> None:
    area = f"A1:{get_column_letter(len(headings))}{last_row}"
    table = Table(displayName=name.replace(" ", "_"), ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    table._initialise_columns()  # names the columns and adds the filter; there is no public way without one
    for column, heading in zip(table.tableColumns, headings, strict=True):
        column.name = heading
    if not with_filters:
        table.autoFilter = None
    sheet.add_table(table)


def _put(sheet: Worksheet, row: int, column: int, value: object, share_format: str = SHARE) -> Cell:
    """The only way a value gets into a cell: texts stay texts, numbers get their Danish format."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _clean(value)[:LONGEST_TEXT]
        cell.data_type = "s"  # otherwise a text that begins with = becomes a formula
    elif value is not None and not pd.isna(value):
        fraction = isinstance(value, float)
        cell.value = round(value, 6) if fraction else int(value)
        cell.number_format = share_format if fraction or share_format == YEAR else WHOLE
    return cell


def _font(size: int = 11, **more: object) -> Font:
    return Font(name="Arial", size=size, **more)


def _height(text: str, characters: float, size: float) -> float:
    """Points for a wrapped text: spreadsheets measure it only after somebody has touched the row."""
    return 1.4 * size * max(1, -(-len(text) // int(characters)))


def _clean(text: str) -> str:
    """Without the characters that no XML may hold."""
    return ILLEGAL.sub("", text)
