"""Figure tables -> .xlsx bytes."""

import re
from collections.abc import Iterator

import pandas as pd
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from indicators.danish import day, number, percent
from indicators.figure import Figure, FigureTable, Origin, QuestionRow, State
from indicators.groups import kind_of
from indicators.selection import Named
from views import tables
from views.sheets import fit_to_page, font, height, new_book, put, saved, table_sheet

COVER_WIDTH = 85

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
    "Status",
)


def overview(table: FigureTable) -> bytes:
    """Forside, Overblik (the themes) and Data."""
    return _bytes(table, "Overblik", tables.themes(table))


def distribution(table: FigureTable) -> bytes:
    """Forside, Fordeling (all questions) and Data."""
    return _bytes(table, "Fordeling", tables.answers(table.rows, table.selection))


def file_name(table: FigureTable) -> str:
    """E.g. praktik_student_2025_roskilde-kommune_udgivelse-3.xlsx."""
    chosen = table.selection
    unit = re.sub(r"[^\w]+", "-", chosen.unit.name.casefold()).strip("-")
    return f"praktik_{chosen.survey.key}_{chosen.year}_{unit}_udgivelse-{table.origin.release}.xlsx"


def _bytes(table: FigureTable, name: str, frame: pd.DataFrame) -> bytes:
    book = new_book(table.title)
    _cover(book.active, table, name)
    table_sheet(book.create_sheet(name), name, frame.columns, frame.itertuples(index=False))
    data = book.create_sheet("Data")
    table_sheet(data, "Data", DATA_COLUMNS, _data_rows(table), for_work=True)
    return saved(book)


def _cover(sheet: Worksheet, table: FigureTable, name: str) -> None:
    sheet.title = "Forside"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = COVER_WIDTH
    fit_to_page(sheet, "portrait")
    for row, (text, style, link) in enumerate(_cover_lines(table, name), start=1):
        cell = put(sheet, row, 1, text)
        cell.font, cell.alignment = style, Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = height(text, COVER_WIDTH * 11 / style.size, style.size)
        if link:
            cell.hyperlink = f"#'{link}'!A1"


def _cover_lines(table: FigureTable, name: str) -> Iterator[tuple[str, Font, str]]:
    plain, strong, warning = font(), font(bold=True), font(bold=True, color="A63603")
    link = font(color="004D99", underline="single")
    origin = table.origin
    yield table.title, font(bold=True, size=16), ""
    if origin.is_sample:
        yield "EKSEMPELDATA: svarene er opdigtede og lavet af et program.", warning, ""
    yield f"Udvalg: {table.selection.describe()}", plain, ""
    yield f"Svar: {_response(table)}", plain, ""
    yield f"Kilde: {origin.source}", plain, ""
    yield f"Udgivelse {origin.release} af {day(origin.released_on)}, profil {origin.profile}", plain, ""
    if origin.audit:
        yield f"Kontrol af udgivelsen: {origin.audit.describe(origin.least_persons)}.", plain, ""
    for note in table.notes:
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


def _response(table: FigureTable) -> str:
    given = table.response
    if given.state is not State.SHOWN:
        return given.state
    if given.rate is None:
        return f"{number(given.answers)} besvarelser, antal inviterede ukendt"
    return f"{number(given.answers)} af {number(given.invited)} inviterede svarede ({percent(given.rate)})"


def _data_rows(table: FigureTable) -> Iterator[tuple]:
    chosen = table.selection
    for row in table.rows:
        yield _data_row(table, row, chosen.unit, row.figure)
    if chosen.compares:
        for row in table.rows:
            yield _data_row(table, row, chosen.compared_with, row.benchmark)


def _data_row(table: FigureTable, row: QuestionRow, unit: Named, figure: Figure) -> tuple:
    chosen = table.selection
    return (
        chosen.year,
        chosen.survey.name,
        chosen.education.name,
        chosen.institution.name,
        kind_of(unit.key),
        unit.name,
        row.theme.name,
        row.question.id,
        row.question.text,
        figure.n,
        figure.favourable,
        figure.share,
        figure.status,
    )
