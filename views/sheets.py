"""Workbooks, sheets and cells: the only module that makes a workbook or puts a value in a cell."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

TITLE = "Praktikdata"
SHARE, EXACT_SHARE, WHOLE, YEAR, DAY = r"0\ %", r"0.0\ %", "#,##0", "0", r"d\.m\.yyyy"
HEADER = PatternFill("solid", fgColor="08306B")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""A text that looks like a character's code; the underscore's own code keeps it a text."""
LONGEST_TEXT = 32_767
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


def new_book(title: str) -> Workbook:
    """A workbook that tells of nobody."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = TITLE
    book.properties.title, book.properties.language = _clean(title), "da-DK"
    return book


def saved(book: Workbook) -> bytes:
    """The workbook as the bytes of its file."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def table_sheet(
    sheet: Worksheet, name: str, headings: Sequence[str], rows: Iterable[tuple], for_work: bool = False
) -> None:
    """A named Excel table from A1: calm to read, or for work with filter buttons and a frozen heading."""
    headings = [_clean(heading)[:LONGEST_HEADING] for heading in headings]
    for column, heading in enumerate(headings, start=1):
        cell = put(sheet, 1, column, heading)
        cell.font, cell.fill = font(bold=True, color="FFFFFF"), HEADER
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(heading, 14)
    formats = [YEAR if heading == "År" else EXACT_SHARE if for_work else SHARE for heading in headings]
    last = 1
    for last, values in enumerate(rows, start=2):
        for column, (value, share_format) in enumerate(zip(values, formats, strict=True), start=1):
            put(sheet, last, column, value, share_format).font = font()
    _mark_as_table(sheet, name, headings, max(last, 2), for_work)
    sheet.freeze_panes = "A2" if for_work else None
    fit_to_page(sheet, "landscape")
    sheet.print_title_rows = "1:1"


def fit_to_page(sheet: Worksheet, orientation: str) -> None:
    """Prints on A4, as wide as the paper."""
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


def put(sheet: Worksheet, row: int, column: int, value: object, share_format: str = SHARE) -> Cell:
    """The only way a value gets into a cell: texts stay texts, numbers get their Danish format."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _clean(value)[:LONGEST_TEXT]
        cell.data_type = "s"  # otherwise a text that begins with = becomes a formula
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))  # and stays none when somebody edits it
    elif isinstance(value, date):
        cell.value, cell.number_format = value, DAY
    elif value is not None and not pd.isna(value):
        fraction = isinstance(value, float)
        cell.value = round(value, 6) if fraction else int(value)
        cell.number_format = share_format if fraction or share_format == YEAR else WHOLE
    return cell


def font(size: int = 11, **more: object) -> Font:
    """The one typeface of our workbooks."""
    return Font(name="Arial", size=size, **more)


def height(text: str, characters: float, size: float) -> float:
    """Points for a wrapped text: spreadsheets measure it only after somebody has touched the row."""
    return 1.4 * size * max(1, -(-len(text) // int(characters)))


def _clean(text: str) -> str:
    """Without the characters that no XML may hold, and with nothing that Excel would read as one of them."""
    return CODE.sub("_x005F_", ILLEGAL.sub("", text))
