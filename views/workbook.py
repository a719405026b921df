"""Reports -> .xlsx bytes."""

import re
from collections.abc import Iterator

import pandas as pd
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from indicators.danish import day
from indicators.figure import State
from indicators.groups import kind_of
from indicators.judgement import Judgement
from indicators.report import Origin, Report
from views import readings
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
    "Andel, nedre grænse",
    "Andel, øvre grænse",
    "Forskel til alle andre",
    "Vurdering mod alle andre",
    "Forventet andel",
    "Status",
)


def workbook(report: Report, sheet: str, frame: pd.DataFrame) -> bytes:
    """Forside, the frame on a sheet of that name, and Data."""
    book = new_book(report.title)
    _cover(book.active, report, sheet)
    table_sheet(book.create_sheet(sheet), sheet, frame.columns, frame.itertuples(index=False))
    data = book.create_sheet("Data")
    table_sheet(data, "Data", DATA_COLUMNS, _data_rows(report), for_work=True)
    return saved(book)


def file_name(report: Report) -> str:
    """E.g. praktik_student_2025_roskilde-kommune_udgivelse-3.xlsx."""
    chosen = report.selection
    unit = re.sub(r"[^\w]+", "-", chosen.unit.name.casefold()).strip("-")
    return f"praktik_{chosen.survey.key}_{chosen.year}_{unit}_udgivelse-{report.origin.release}.xlsx"


def _cover(sheet: Worksheet, report: Report, name: str) -> None:
    sheet.title = "Forside"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = COVER_WIDTH
    fit_to_page(sheet, "portrait")
    for row, (text, style, link) in enumerate(_cover_lines(report, name), start=1):
        cell = put(sheet, row, 1, text)
        cell.font, cell.alignment = style, Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = height(text, COVER_WIDTH * 11 / style.size, style.size)
        if link:
            cell.hyperlink = f"#'{link}'!A1"


def _cover_lines(report: Report, name: str) -> Iterator[tuple[str, Font, str]]:
    plain, strong, warning = font(), font(bold=True), font(bold=True, color="A63603")
    link = font(color="004D99", underline="single")
    origin = report.origin
    yield report.title, font(bold=True, size=16), ""
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
