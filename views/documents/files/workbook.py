"""Sections -> .xlsx bytes: Forside, a table each, Figurer, Data and Kodebog."""

from collections.abc import Iterable, Iterator, Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from indicators.report import Report
from views.documents import data_columns, response_rows
from views.documents.data_columns import DataColumn
from views.documents.excel_charts import figure_sheet
from views.documents.excel_charts.parts import SHEET as FIGURES
from views.documents.files import cover
from views.documents.sections import Section
from views.documents.sheets import (
    Workbook,
    fit_to_page,
    font,
    height,
    new_book,
    put,
    saved,
    sheet_name,
    table_sheet,
    work_sheet,
)
from views.foundation import frames, theme

COVER, DATA, YEAR = "Forside", "Data", "År"
ONE_TABLE = "Arket indeholder én tabel. Et tomt tal er ikke nul: kolonnen Status siger hvorfor."
SAME_EVERY_YEAR = "Overskrifterne er de samme fra udgivelse til udgivelse."
COVER_WIDTH = 85
STYLES = {
    cover.TITLE: {"size": 16, "bold": True},
    cover.STRONG: {"bold": True},
    cover.WARNING: {"bold": True, "color": theme.WARNING.lstrip("#")},
}
TAKEN = (COVER, DATA, response_rows.SHEET, FIGURES, data_columns.CODEBOOK)
LINK = {"color": "004D99", "underline": "single"}


def written(sections: Sequence[Section], title: str = "") -> bytes:
    """The workbook of the figures; it begins with what the first one is about."""
    report = sections[0].report
    title = title or report.title
    book = new_book(title)
    first = book.active
    for section in sections:
        _present(book, section)
    figure_sheet.draw(book, sections)
    codebook(book, _data(book, sections))
    write_cover(first, title, report, _contents(book, sections))
    return saved(book)


def _data(book: Workbook, sections: Sequence[Section]) -> Iterator[DataColumn]:
    """The figures one a line and, where there are any, the responses; alone they are what Data holds."""
    reports = [one.report for one in sections if one.report]
    figures, responses = list(data_columns.rows(reports)), list(response_rows.rows(reports))
    if figures or not responses:
        work_sheet(book.create_sheet(DATA), DATA, data_columns.COLUMNS, figures)
        yield from data_columns.COLUMNS
    if responses:
        name = response_rows.SHEET if figures else DATA
        work_sheet(book.create_sheet(name), name, response_rows.COLUMNS, responses)
        yield from response_rows.COLUMNS


def codebook(book: Workbook, columns: Iterable[DataColumn]) -> None:
    """The sheet that explains the columns of the sheets for work, each once."""
    above = "Kodebog: kolonnerne til at regne videre på", SAME_EVERY_YEAR
    rows = data_columns.codebook(dict.fromkeys(columns))
    table_sheet(
        book.create_sheet(data_columns.CODEBOOK),
        data_columns.CODEBOOK,
        data_columns.CODEBOOK_HEADINGS,
        rows,
        above,
    )


def write_cover(
    sheet: Worksheet, title: str, report: Report, contents: Iterable[tuple[str, str]], about: str = ""
) -> None:
    """The first sheet; `about` is the selection in words, if not the report's."""
    about = about or report.selection.describe()
    put_cover(sheet, cover.lines(title, about, report, contents))


def put_cover(sheet: Worksheet, lines: Iterable[cover.CoverLine]) -> None:
    """The lines of a first sheet, all in its first column, with links to the other sheets."""
    sheet.title = COVER
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = COVER_WIDTH
    fit_to_page(sheet, "portrait")
    sheet.page_setup.fitToHeight = 1
    for row, line in enumerate(lines, start=1):
        cell = put(sheet, row, 1, line.text)
        cell.font = _font(line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        size = cell.font.size
        sheet.row_dimensions[row].height = height(line.text, COVER_WIDTH * 11 / size, size)
        if line.link:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{line.link}'!A1")


def _font(line: cover.CoverLine) -> Font:
    return font(**(LINK if line.link else STYLES.get(line.style, {})))


def _present(book: Workbook, section: Section) -> None:
    name = sheet_name(section.sheet, [*book.sheetnames, *TAKEN])
    above = [text for text in (section.title, section.about, ONE_TABLE) if text]
    frame = section.frame
    if YEAR in frame:
        frame = frame.assign(**{YEAR: frame[YEAR].astype(int)})  # on the screen they are words, without a dot
    table_sheet(book.create_sheet(name), name, frame.columns, frames.rows(frame), above)


def _contents(book: Workbook, sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """The sheets after the cover, each with what is in it."""
    titles = [section.title for section in sections]
    for number, name in enumerate(book.sheetnames[1:]):
        yield name, titles[number] if number < len(titles) else MORE[name]


MORE = {
    FIGURES: "diagrammer, der kan rettes og kopieres",
    DATA: "alle tallene, én linje for hvert",
    response_rows.SHEET: "hvor mange der er inviteret og har svaret, én linje for hver gruppe",
    data_columns.CODEBOOK: "hvad kolonnerne i Data betyder",
}
