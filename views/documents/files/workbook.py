"""Sections -> .xlsx bytes: Forside, a table each, Figurer, Data and Kodebog.

The charts of Figurer are drawn by Excel itself of the tables, so that they can be edited and copied.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from openpyxl.styles import Alignment
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from data_access.contact import contact
from indicators.danish import day, local_day
from indicators.figure import State
from indicators.judgement import Verdict
from indicators.report import Origin, Report
from views.documents import data_columns, response_rows
from views.documents.data_columns import DataColumn
from views.documents.excel_charts.parts import SHEET as FIGURES
from views.documents.sections import Section
from views.documents.sheets import (
    Place,
    Workbook,
    clean,
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
from views.foundation import frames, readings, theme

COVER = "Forside"
DATA = "Data"
YEAR = "År"
ONE_TABLE = "Arket indeholder én tabel. Et tomt tal er ikke nul: kolonnen Status siger hvorfor."
SAME_EVERY_YEAR = "Overskrifterne er de samme fra udgivelse til udgivelse."
COVER_WIDTH = 85
TITLE = "title"
STRONG = "strong"
WARNING = "warning"
"""Lines of the cover that stand out."""
STYLES = {
    TITLE: {"size": 16, "bold": True},
    STRONG: {"bold": True},
    WARNING: {"bold": True, "color": theme.WARNING.lstrip("#")},
}
TAKEN = (COVER, DATA, response_rows.SHEET, FIGURES, data_columns.CODEBOOK)
LINK = {"color": "004D99", "underline": "single"}
MORE = {
    FIGURES: "diagrammer, der kan rettes og kopieres",
    DATA: "alle tallene, én linje for hvert",
    response_rows.SHEET: "hvor mange der er inviteret og har svaret, én linje for hver gruppe",
    data_columns.CODEBOOK: "hvad kolonnerne i Data betyder",
}
ABOUT_CHARTS = (
    "Hvert diagram bygger på tabellen i det ark, der er nævnt over det, og følger med, når tallene dér "
    "ændres. De kan rettes og kopieres til andre programmer."
)
ROW_HEIGHT = 0.53
"""Centimetres."""
PURPOSE = (
    "Formål: at bruge de udgivne tal om praktik lokalt. Arkene med tabeller er til at læse og vise, Data "
    "er til at regne videre på, og Kodebog forklarer hver kolonne."
)
ADDING_UP = (
    "Skal steder lægges sammen i en pivottabel, så brug kolonnerne «viste steder» for linjer med samme "
    "Sumgruppe, altså ét spørgsmål i ét år: andelen ligger mellem «Enige, viste steder (mindst)» og "
    "«Enige, viste steder (højst)», begge delt med «Svar, viste steder». De er udfyldt for kommuner og "
    "hospitaler, alle uddannelser lagt sammen; alle andre linjer kan overlappe dem og lægges ikke sammen. "
    "Skjulte steder er ikke med: for hele landet, en region eller en gruppe læses dens egen linje. "
    "Et gennemsnit af procenter bliver forkert, når stederne er forskellig store."
)


@dataclass(frozen=True)
class CoverLine:
    """A line of the cover: plain, or one of the others; a link leads to the sheet of that name."""

    text: str
    style: str = ""
    link: str = ""


def written(sections: Sequence[Section], title: str = "") -> bytes:
    """The workbook of the figures; it begins with what the first one is about."""
    report = sections[0].report
    title = title or report.title
    book = new_book(title)
    first = book.active
    for section in sections:
        _present(book, section)
    _draw_figures(book, sections)
    codebook(book, _data(book, sections))
    write_cover(first, title, report, _contents(book, sections))
    return saved(book)


def _present(book: Workbook, section: Section) -> None:
    name = sheet_name(section.sheet, [*book.sheetnames, *TAKEN])
    above = [text for text in (section.title, section.about, ONE_TABLE) if text]
    frame = section.frame
    if YEAR in frame:
        frame = frame.assign(**{YEAR: frame[YEAR].astype(int)})  # on the screen they are words, without a dot
    table_sheet(book.create_sheet(name), name, frame.columns, frames.rows(frame), above)


def _draw_figures(book: Workbook, sections: Sequence[Section]) -> None:
    """Adds the sheet, if any of the sections can be drawn; their sheets are there already."""
    found = [
        (section, sheet.title, chart)
        for section, sheet in zip(sections, book.worksheets[1:], strict=False)
        if section.excel_chart and (chart := section.excel_chart(section, _place(sheet)))
    ]
    if not found:
        return
    figures = book.create_sheet(FIGURES)
    put(figures, 1, 1, FIGURES).font = font(14, bold=True)
    put(figures, 2, 1, ABOUT_CHARTS).font = font()
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


def _data(book: Workbook, sections: Sequence[Section]) -> Iterator[DataColumn]:
    """The figures one a line and, where there are any, the responses; alone they are what Data holds."""
    reports = [section.report for section in sections if section.report]
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


def _contents(book: Workbook, sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """The sheets after the cover, each with what is in it."""
    titles = [section.title for section in sections]
    for number, name in enumerate(book.sheetnames[1:]):
        yield name, titles[number] if number < len(titles) else MORE[name]


def write_cover(
    sheet: Worksheet, title: str, report: Report, contents: Iterable[tuple[str, str]], about: str = ""
) -> None:
    """The first sheet; `about` is the selection in words, if not the report's."""
    about = about or report.selection.describe()
    put_cover(sheet, _cover(title, about, report, contents))


def _cover(
    title: str, about: str, report: Report, contents: Iterable[tuple[str, str]]
) -> Iterator[CoverLine]:
    """All of the cover; `contents` are the sheets with what is in them."""
    origin, owner = report.origin, contact()
    yield CoverLine(title, TITLE)
    yield CoverLine(PURPOSE)
    if origin.is_sample:
        yield CoverLine("EKSEMPELDATA: svarene er opdigtede og lavet af et program.", WARNING)
    yield CoverLine(f"Udvalg: {about}")
    yield CoverLine(f"Svar: {readings.answered(report.response)}")
    yield CoverLine(f"Kilde: {origin.source}")
    yield CoverLine(f"Udgivelse {origin.release} af {day(origin.released_on)}, profil {origin.profile}")
    if origin.audit:
        yield CoverLine(f"Kontrol af udgivelsen: {origin.audit.describe(origin.least_persons)}.")
    yield CoverLine(f"Hentet {day(local_day(datetime.now(UTC)))}")
    known = ", ".join(filter(None, (owner.name, owner.email, owner.phone)))
    yield CoverLine(f"Kontakt: {known or 'ikke udfyldt'}")
    for note in (*report.notes, *readings.remarks(report)):
        yield CoverLine(f"Bemærk: {note}")
    yield CoverLine("Indhold", STRONG)
    for sheet, said in contents:
        yield CoverLine(f"{sheet}: {said}" if sheet else said, link=sheet)
    yield from _how_to_read(origin)


def _how_to_read(origin: Origin) -> Iterator[CoverLine]:
    yield CoverLine("Sådan læses tallene", STRONG)
    yield CoverLine(
        f"Et tal vises, når mindst {origin.least_persons} personer har svaret, og ingen mindre gruppe kan "
        f"regnes ud af tallene. Ellers er feltet tomt, og kolonnen Status siger «{State.HIDDEN}». "
        "«Ved ikke» tæller ikke med i andelene."
    )
    yield CoverLine(ADDING_UP)
    yield CoverLine(readings.HIDDEN)
    yield CoverLine("Ord og forkortelser", STRONG)
    yield CoverLine("n = antal svar. Andel = de bedste svar på skalaen delt med alle svar uden «ved ikke».")
    yield CoverLine(readings.OTHERS)
    yield CoverLine(f"{Verdict.ABOVE} og {Verdict.BELOW}: {readings.VERDICTS[Verdict.ABOVE]}")
    yield CoverLine(f"{Verdict.ALIKE}: {readings.VERDICTS[Verdict.ALIKE]}")
    yield CoverLine(f"{Verdict.TOO_FEW}: {readings.VERDICTS[Verdict.TOO_FEW]}")
    yield CoverLine("Nedre og øvre grænse: usikkerheden; med 95 % sikkerhed ligger andelen imellem dem.")


def put_cover(sheet: Worksheet, lines: Iterable[CoverLine]) -> None:
    """The lines of a first sheet, all in its first column, with links to the other sheets."""
    sheet.title = COVER
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = COVER_WIDTH
    fit_to_page(sheet, "portrait")
    sheet.page_setup.fitToHeight = 1
    for row, line in enumerate(lines, start=1):
        cell = put(sheet, row, 1, line.text)
        cell.font = font(**(LINK if line.link else STYLES.get(line.style, {})))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        size = cell.font.size
        sheet.row_dimensions[row].height = height(line.text, COVER_WIDTH * 11 / size, size)
        if line.link:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{line.link}'!A1")
