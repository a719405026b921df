"""The figures of a meeting as one workbook: a front page, and a sheet a figure."""

from collections.abc import Iterator, Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from data_access.partnerships import meetings
from data_access.partnerships.meetings import Meeting
from indicators.figure import State
from views.meeting import figures, frozen, markup
from views.meeting.figures import Numbered
from views.partnership.asking import asked, today
from views.sheets import fit_to_page, font, height, new_book, put, saved, table_sheet

WIDTH = 85
NONE = "Ingen af mødets punkter viser tal."
HIDDEN = f"Hvor et felt er tomt, siger kolonnen Status hvorfor, fx «{State.HIDDEN}»."


def of(one: Meeting) -> bytes:
    """Forside, then the figures in the order of the agenda."""
    found = figures.of(asked(meetings.agenda, today(), one.id))
    names = list(_names(found))
    book = new_book(f"Tal til {one.title}")
    _cover(book.active, one, found, names)
    for name, numbered in zip(names, found, strict=True):
        columns = [str(column) for column in numbered.figure["columns"]]
        table_sheet(book.create_sheet(name), name, columns, frozen.numbers(numbered.figure))
    return saved(book)


def _names(found: Sequence[Numbered]) -> Iterator[str]:
    """Punkt 2, and of several figures Punkt 2 nr. 1, Punkt 2 nr. 2."""
    for index, one in enumerate(found):
        same = [other.place for other in found].count(one.place)
        number = [other.place for other in found[: index + 1]].count(one.place)
        yield f"Punkt {one.place}" if same == 1 else f"Punkt {one.place} nr {number}"


def _cover(sheet: Worksheet, one: Meeting, found: Sequence[Numbered], names: Sequence[str]) -> None:
    sheet.title = "Forside"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = WIDTH
    fit_to_page(sheet, "portrait")
    lines = [(f"Tal til {one.title}", ""), (markup.facts(one), "")]
    for name, numbered in zip(names, found, strict=True):
        lines.append((f"{name}: {numbered.figure['title']}", name))
        lines.append((f"{numbered.called}. {frozen.source(numbered.figure)}", ""))
    lines.append((HIDDEN if found else NONE, ""))
    for row, (text, leads_to) in enumerate(lines, start=1):
        cell = put(sheet, row, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = font(size=16 if row == 1 else 11, bold=row == 1)
        sheet.row_dimensions[row].height = height(text, WIDTH * (11 / 16 if row == 1 else 1), cell.font.size)
        if leads_to:
            cell.hyperlink = f"#'{leads_to}'!A1"
            cell.font = font(color="004D99", underline="single")
