"""Workbooks, sheets and cells: the only module that makes a workbook or puts a value in a cell."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import count
from typing import NamedTuple, Protocol

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.chart import Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from indicators.figure import Share
from views.foundation.theme import CLEAR_STYLES

TITLE = "Praktikdata"
SHARE, EXACT_SHARE, WHOLE, YEAR, DAY = r"0\ %", r"0.0\ %", "#,##0", "0", r"d\.m\.yyyy"
POINTS, EXACT_POINTS = "+0;-0;0", "+0.0;-0.0;0.0"
FRACTION = "#,##0.0##"
HEADER = PatternFill("solid", fgColor="08306B")
VERDICTS = {
    verdict: PatternFill("solid", fgColor=style.cell.lstrip("#")) for verdict, style in CLEAR_STYLES.items()
}
"""Behind the words of a verdict, which stand in the cell too."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""A text that looks like a character's code; the underscore's own code keeps it a text."""
LONGEST_TEXT = 32_767
LONGEST_HEADING = 255
LONGEST_NAME = 31
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
NARROWEST, WIDEST = 9, 50
TO_FIT = {"Vurdering": 26}
"""Of a table that is read: in two lines, so that the paper shows the rest larger."""
NARROW_LETTERS = 1.15
"""Letters are narrower than the digits that widths are counted in."""
TEXT = {"horizontal": "left", "vertical": "top"}


class WorkColumn(Protocol):
    """A column of a table for work, which is as wide as it says."""

    heading: str
    width: int


class Formats(NamedTuple):
    """How the three kinds of number are shown in a cell."""

    whole: str = WHOLE
    share: str = SHARE
    fraction: str = FRACTION

    def of(self, value: float) -> str:
        """The format of the number, by what it is."""
        if isinstance(value, Share):
            return self.share
        return self.fraction if isinstance(value, float) else self.whole


PLAIN = Formats()


def new_book(title: str) -> Workbook:
    """A workbook that tells of nobody, in a typeface that every office has."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = TITLE
    book.properties.title, book.properties.language = clean(title), "da-DK"
    book._named_styles["Normal"].font = font()  # there is no public way to choose it
    return book


def saved(book: Workbook) -> bytes:
    """The workbook as the bytes of its file."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel takes: short, with no sign it forbids, and in the workbook only once."""
    plain = FORBIDDEN_IN_NAMES.sub(" ", clean(wanted)).strip(" '")[:LONGEST_NAME] or "Ark"
    used = {name.casefold() for name in taken}
    others = (f"{plain[: LONGEST_NAME - len(f' ({n})')]} ({n})" for n in count(2))
    return plain if plain.casefold() not in used else next(o for o in others if o.casefold() not in used)


def work_sheet(sheet: Worksheet, name: str, columns: Sequence[WorkColumn], rows: Iterable[tuple]) -> None:
    """A named Excel table to work with: it begins in A1, has filters, and its heading stays in sight."""
    headings = _allowed([column.heading for column in columns])
    _headings(sheet, 1, headings, [column.width for column in columns])
    last = _fill(sheet, 1, [_formats(heading, EXACT_SHARE) for heading in headings], rows)
    _mark_as_table(sheet, name, headings, (1, last))
    sheet.freeze_panes = "A2"


def table_sheet(
    sheet: Worksheet, name: str, headings: Sequence[str], rows: Iterable[tuple], above: Sequence[str]
) -> None:
    """A named Excel table that is calm to read, below words that say what it is."""
    headings, rows = _allowed(headings), list(rows)
    for row, text in enumerate(above, start=1):
        put(sheet, row, 1, text).font = font(14, bold=True) if row == 1 else font()
    top, wide = len(above) + 1, widths(headings, rows)
    _headings(sheet, top, headings, wide)
    last = _fill(sheet, top, [_formats(heading, SHARE) for heading in headings], rows)
    for row, values in enumerate(rows, start=top + 1):
        _readable(sheet, row, values, wide)
    _over_columns(sheet, top, rows)
    _mark_as_table(sheet, name, headings, (top, last)).autoFilter = None


def _allowed(headings: Sequence[str]) -> list[str]:
    return [clean(heading)[:LONGEST_HEADING] for heading in headings]


def _fill(sheet: Worksheet, top: int, formats: Sequence[Formats], rows: Iterable[tuple]) -> int:
    """The rows below the headings; which is the last one."""
    last = top
    for last, values in enumerate(rows, start=top + 1):
        for column, (value, kind) in enumerate(zip(values, formats, strict=True), start=1):
            put(sheet, last, column, value, kind).font = font()
    return last


def _formats(heading: str, share: str) -> Formats:
    """How numbers are shown under the heading."""
    if heading == "År":
        return Formats(whole=YEAR)
    if "procentpoint" in heading.casefold():
        return Formats(whole=POINTS, fraction=EXACT_POINTS)
    return Formats(share=share)


def _headings(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[float]) -> None:
    tallest = 0.0
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        cell = put(sheet, row, column, heading)
        cell.font, cell.fill = font(bold=True, color="FFFFFF"), HEADER
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = width
        tallest = max(tallest, height(heading, width - 3, 11))
    sheet.row_dimensions[row].height = tallest


def _over_columns(sheet: Worksheet, row: int, rows: Sequence[tuple]) -> None:
    """A heading stands where its column does: numbers at the right, texts a little away from them."""
    for column, values in enumerate(zip(*rows, strict=True), start=1):
        is_text = any(isinstance(value, str) for value in values)
        side = {**TEXT, "indent": int(column > 1)} if is_text else {"horizontal": "right", "vertical": "top"}
        sheet.cell(row, column).alignment = Alignment(wrap_text=True, **side)


def widths(headings: Sequence[str], rows: Sequence[tuple]) -> list[float]:
    """As wide as the longest text, but for those that go on in a second line."""
    columns = list(zip(*rows, strict=True)) or [()] * len(headings)
    texts = [[value for value in values if isinstance(value, str)] for values in columns]
    words = [max(map(len, heading.split()), default=0) for heading in headings]
    return [
        min(TO_FIT.get(heading, WIDEST), max(NARROWEST, word + 3, *(len(text) + 3 for text in some), 0))
        for heading, word, some in zip(headings, words, texts, strict=True)
    ]


def _readable(sheet: Worksheet, row: int, values: Sequence[object], widths: Sequence[float]) -> None:
    """Long texts in lines, and a colour behind the words of a clear verdict."""
    tallest = line = height("", 1, 11)
    for column, (value, width) in enumerate(zip(values, widths, strict=True), start=1):
        if isinstance(value, str):
            cell = sheet.cell(row, column)
            needed = height(value, width * NARROW_LETTERS, 11)
            cell.alignment = Alignment(wrap_text=needed > line, **TEXT, indent=int(column > 1))
            tallest = max(tallest, needed)
            for verdict, colour in VERDICTS.items():
                if value == verdict or value.startswith(f"{verdict} ("):
                    cell.fill, cell.font = colour, font(bold=True)
        else:
            sheet.cell(row, column).alignment = Alignment(vertical="top")
    sheet.row_dimensions[row].height = tallest


def fit_to_page(sheet: Worksheet, orientation: str) -> None:
    """Prints on A4, as wide as the paper, with the workbook's title and the page's number below."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    title = (sheet.parent.properties.title or TITLE).replace("&", "&&")
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = title[:150], "Side &P af &N"


def _mark_as_table(sheet: Worksheet, name: str, headings: Sequence[str], rows: tuple[int, int]) -> Table:
    """From the headings' row to the last one, for a table has a row even where there is none to fill it.

    On paper that lies the headings are on every page.
    """
    top, last = rows
    area = f"A{top}:{get_column_letter(len(headings))}{max(last, top + 1)}"
    table = Table(displayName=re.sub(r"\W", "_", name), ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    table._initialise_columns()  # names the columns and adds the filter; there is no public way without one
    for column, heading in zip(table.tableColumns, headings, strict=True):
        column.name = heading
    sheet.add_table(table)
    fit_to_page(sheet, "landscape")
    sheet.print_title_rows = f"{top}:{top}"
    return table


def put(sheet: Worksheet, row: int, column: int, value: object, formats: Formats = PLAIN) -> Cell:
    """The only way a value gets into a cell: texts stay texts, numbers get the format of what they are."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = clean(value)[:LONGEST_TEXT]
        cell.data_type = "s"  # otherwise a text that begins with = becomes a formula
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))  # and stays none when somebody edits it
    elif isinstance(value, date):
        cell.value, cell.number_format = value, DAY
    elif value is not None and not pd.isna(value):
        cell.value = round(float(value), 6) if isinstance(value, float) else int(value)
        cell.number_format = formats.of(value)
    return cell


def font(size: int = 11, **more: object) -> Font:
    """The one typeface of our workbooks."""
    return Font(name="Arial", size=size, **more)


def height(text: str, characters: float, size: float) -> float:
    """Points for a wrapped text: spreadsheets measure it only after somebody has touched the row."""
    return 1.4 * size * max(1, -(-len(text) // int(characters)))


def clean(text: str) -> str:
    """Without the characters that no XML may hold, and with nothing that Excel would read as one of them."""
    return CODE.sub("_x005F_", plain(text))


def plain(text: str) -> str:
    """Without the characters that no XML may hold."""
    return ILLEGAL.sub("", text)


@dataclass(frozen=True)
class Place:
    """The table that a chart is of."""

    sheet: Worksheet
    top: int
    left: int

    def cells(self, column: int, first: int, last: int) -> Reference:
        """Rows of a column, both counted from 0."""
        at = self.left + column
        return Reference(
            self.sheet, min_col=at, max_col=at, min_row=self.top + 1 + first, max_row=self.top + 1 + last
        )

    def heading(self, column: int) -> str:
        """The address of a heading."""
        name = self.sheet.title.replace("'", "''")
        return f"'{name}'!{self.sheet.cell(self.top, self.left + column).coordinate}"
