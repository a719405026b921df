"""The workbook, read back."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from data_access.publishing import releases
from indicators.figure import State
from indicators.report import FigureTable
from indicators.selection import Option, Selection
from tests.conftest import MadeStores
from tests.made_up import GREVE, KOEGE, MUCH, ROSKILDE, add_roskilde, add_round, add_sheets
from views.documents.files.workbook import written
from views.documents.sections import file_name
from views.subjects.distribution.distribution import section
from views.subjects.distribution.report import distribution

COLUMNS = [
    "Nøgle", "År", "Spørgeskema-id", "Spørgeskema", "Enhedstype", "Enhed-id", "Kommunekode", "Enhed",
    "Uddannelse-id", "Uddannelse", "Institution-id", "Institution", "Tema-id", "Tema",
    "Spørgsmål-id", "Spørgsmål", "Antal svar", "Antal enige", "Andel enige",
    "Andel, nedre grænse", "Andel, øvre grænse", "Forskel til alle andre, procentpoint",
    "Forskel, nedre grænse, procentpoint", "Forskel, øvre grænse, procentpoint",
    "Vurdering mod alle andre", "Forventet andel", "Vurdering mod forventet andel", "Status",
    "Sumgruppe", "Svar, viste steder", "Enige, viste steder (mindst)", "Enige, viste steder (højst)",
    "Flere år",
]  # fmt: skip
STUDENTS = Option("student", "Studerendes praktikevaluering")


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """Roskilde 12 answers of which 8 agree; Køge and Greve four each: hidden."""
    with own_stores.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        add_roskilde(confidential, a_round)
        add_sheets(confidential, a_round, ROSKILDE, None, times=12)
        for small in (KOEGE, GREVE):
            add_sheets(confidential, a_round, small, {"S01": MUCH, "S02": MUCH}, times=4)
        releases.publish(confidential, dashboard)
    return own_stores


def table_of(session: Session, unit: Option) -> FigureTable:
    return distribution(session, Selection(STUDENTS, 2025, unit))


def data_sheet(file: bytes) -> pd.DataFrame:
    return pd.read_excel(BytesIO(file), sheet_name="Data")


def test_the_data_sheet_is_tidy_with_the_agreed_columns_and_the_numbers_of_the_table(published):
    table = table_of(published, Option(ROSKILDE, "Roskilde Kommune"))
    data = data_sheet(written([section(table)]))

    assert list(data.columns) == COLUMNS
    own = data[data["Enhed"] == "Roskilde Kommune"].set_index("Spørgsmål-id")
    assert own.loc["S01", ["År", "Antal svar", "Antal enige", "Status"]].tolist() == [2025, 12, 8, "Vist"]
    assert own.loc["S01", "Andel enige"] == pytest.approx(8 / 12, abs=1e-6)
    assert own.loc["S01", "Enhedstype"] == "Kommune"


def test_a_hidden_unit_leaves_the_numbers_empty_everywhere_in_the_file(published):
    file = written([section(table_of(published, Option(KOEGE, "Køge Kommune")))])

    data = data_sheet(file)
    assert data[["Antal svar", "Antal enige", "Andel enige"]].isna().all(axis=None)
    assert set(data["Status"]) == {State.HIDDEN.value}
    assert "besvarelser" not in " ".join(
        str(cell.value) for cell in load_workbook(BytesIO(file))["Forside"]["A"]
    )


def test_everyone_else_than_a_hidden_unit_is_hidden_too(published):
    data = data_sheet(written([section(table_of(published, Option(KOEGE, "Køge Kommune")))]))

    rest = data[data["Enhed"] == "Alle andre"]
    assert len(rest) == 2
    assert set(rest["Status"]) == {State.HIDDEN.value}


def test_the_cover_says_title_selection_release_source_and_that_it_is_a_sample(published):
    table = table_of(published, Option(ROSKILDE, "Roskilde Kommune"))
    cover = load_workbook(BytesIO(written([section(table)])))["Forside"]
    lines = [cell.value for cell in cover["A"]]

    assert lines[0] == table.title
    assert lines[2].startswith("EKSEMPELDATA")
    assert f"Udvalg: {table.selection.describe()}" in lines
    assert "Svar: 12 af 24 inviterede svarede (50\N{NO-BREAK SPACE}%)" in lines
    assert any(line.startswith("Udgivelse 1 af ") for line in lines)
    assert any(
        line.startswith("Kontrol af udgivelsen: 0 grupper på under 5 personer kan udledes") for line in lines
    )
    assert "Kilde: Opdigtet til afprøvning" in lines


def test_shares_are_numbers_in_danish_formats_and_years_have_no_thousands_mark(published):
    book = load_workbook(
        BytesIO(written([section(table_of(published, Option(ROSKILDE, "Roskilde Kommune")))]))
    )
    first = next(book["Data"].iter_rows(min_row=2, max_row=2))
    formats = {heading: cell.number_format for heading, cell in zip(COLUMNS, first, strict=True)}

    assert (formats["Andel enige"], formats["Antal svar"], formats["År"]) == (r"0.0\ %", "#,##0", "0")
    assert [table.displayName for sheet in book for table in sheet.tables.values()] == [
        "Fordeling",
        "Data",
        "Kodebog",
    ]


@pytest.mark.parametrize(
    "hostile", ["=1+1", '=HYPERLINK("http://x")', "+1", "@x", "-2+3", "#N/A", "a\x00b\x0bc\ufffe"]
)
def test_no_text_of_a_person_becomes_a_formula_or_breaks_the_file(published, hostile):
    table = table_of(published, Option(ROSKILDE, hostile))
    asked = [replace(row, question=row.question.model_copy(update={"text": hostile})) for row in table.rows]
    file = written([section(replace(table, title=hostile, rows=tuple(asked)))])

    with ZipFile(BytesIO(file)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets" in name]
    assert not any("<f>" in sheet or 't="e"' in sheet for sheet in sheets)
    clean = "".join(sign for sign in hostile if sign not in "\x00\x0b\ufffe")
    read_back = load_workbook(BytesIO(file))
    assert clean in [cell.value for cell in read_back["Data"]["P"]]
    assert read_back["Forside"]["A1"].value == clean


def test_the_file_name_is_plain_and_says_what_is_inside(published):
    report = table_of(published, Option(KOEGE, "Køge Kommune"))

    assert (
        file_name(replace(report, origin=replace(report.origin, released_on=date(2025, 12, 8))))
        == "praktik_student_2025_køge-kommune_udgivelse-1_2025-12-08.xlsx"
    )
