"""Listings -> .xlsx bytes: one sheet that a person may edit and send back, and one that says what it is."""

from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.report import Listing, ListingColumn, Value
from views.documents.sheets import font, height, new_book, put, saved, work_sheet

ABOUT = "Om"
READ_ONLY = PatternFill("solid", fgColor="5F6B7A")
WRAPS_FROM = 40
HIGHEST = 150
FIRST_MOVING_CELL = "E2"
"""The headings stay, and the first four columns, which say which row it is."""
ADVICE = (
    "Kolonner med blå overskrift kan rettes, og arket kan læses ind igen. Grå overskrifter vises kun.",
    "Ret ikke «Nr.» og «Version»: de fortæller, hvilken indsats rækken er, og hvilken udgave der er hentet.",
    "Rækker, der slettes her, bliver ikke slettet i dashboardet. Nye indsatser oprettes på siden.",
)


def workbook_of(listing: Listing) -> bytes:
    """The listing as a workbook; one with columns that may be edited can be read in again."""
    book = new_book(listing.title)
    sheet = book.active
    sheet.title = listing.title
    work_sheet(sheet, listing.title, listing.columns, listing.rows)
    for number, column in enumerate(listing.columns, start=1):
        _fit(sheet, number, column, len(listing.rows) + 1)
    for number, row in enumerate(listing.rows, start=2):
        sheet.row_dimensions[number].height = _tallest(listing, row)
    sheet.freeze_panes = FIRST_MOVING_CELL
    about = book.create_sheet(ABOUT)
    about.column_dimensions["A"].width = 100
    advice = ADVICE if any(column.may_be_edited for column in listing.columns) else ()
    for row, text in enumerate((listing.title, *listing.notes, *advice), start=1):
        cell = put(about, row, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = font(size=16 if row == 1 else 11, bold=row == 1)
    return saved(book)


def _fit(sheet: Worksheet, number: int, column: ListingColumn, last_row: int) -> None:
    letter = get_column_letter(number)
    if not column.may_be_edited:
        sheet.cell(1, number).fill = READ_ONLY
    for row in range(2, last_row + 1):
        sheet.cell(row, number).alignment = Alignment(wrap_text=column.width >= WRAPS_FROM, vertical="top")
    if column.choices and last_row > 1:
        words = ",".join(column.choices)
        choice = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
        choice.errorTitle, choice.error = "Vælg fra listen", f"Skriv en af: {words}"
        choice.add(f"{letter}2:{letter}{last_row}")
        sheet.add_data_validation(choice)


def _tallest(listing: Listing, row: tuple[Value, ...]) -> float:
    """Points for the row's longest wrapped text, within what still can be scrolled past."""
    wrapped = zip(listing.columns, row, strict=True)
    needed = [height(str(value), column.width, 11) for column, value in wrapped if column.width >= WRAPS_FROM]
    return min(HIGHEST, max(needed, default=0) or height("", 1, 11))
