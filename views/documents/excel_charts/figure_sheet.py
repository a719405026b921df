"""The sheet Figurer: charts that Excel draws itself of the tables, so that they can be edited and copied."""

from collections.abc import Sequence
from math import ceil

from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from views.documents.excel_charts.parts import SHEET
from views.documents.sections import Section
from views.documents.sheets import Place, Workbook, clean, fit_to_page, font, put

ABOUT = (
    "Hvert diagram bygger på tabellen i det ark, der er nævnt over det, og følger med, når tallene dér "
    "ændres. De kan rettes og kopieres til andre programmer."
)
ROW_HEIGHT = 0.53
"""Centimetres."""


def draw(book: Workbook, sections: Sequence[Section]) -> None:
    """Adds the sheet, if any of the sections can be drawn; their sheets are there already."""
    found = [
        (section, sheet.title, chart)
        for section, sheet in zip(sections, book.worksheets[1:], strict=False)
        if section.excel_chart and (chart := section.excel_chart(section, _place(sheet)))
    ]
    if not found:
        return
    figures = book.create_sheet(SHEET)
    put(figures, 1, 1, SHEET).font = font(14, bold=True)
    put(figures, 2, 1, ABOUT).font = font()
    row = 4
    for number, (section, name, chart) in enumerate(found, start=1):
        if number > 1:
            figures.row_breaks.append(Break(id=row - 1))
        put(figures, row, 1, f"Figur {number} bygger på arket {name}. {section.about}").font = font()
        chart.alt_text = clean(f"{section.title}. {section.about}. Tallene står i arket {name}.")
        figures.add_chart(chart, f"A{row + 1}")
        row += ceil(chart.height / ROW_HEIGHT) + 3
    fit_to_page(figures, "landscape")


def _place(sheet: Worksheet) -> Place:
    (table,) = sheet.tables.values()
    first_column, top, _, _ = range_boundaries(table.ref)
    return Place(sheet, top, first_column)
