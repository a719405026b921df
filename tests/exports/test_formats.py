"""Csv, pictures and slides of one figure, read back; hostile texts in all of them."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pandas as pd
import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from sqlmodel import Session

from data_access.publishing import releases
from indicators.report import FigureTable
from indicators.selection import Option, Selection
from tests.conftest import MadeStores
from tests.exports.conftest import STUDENTS, parts_of
from tests.made_up import KOEGE, LITTLE, MUCH, ROSKILDE, add_roskilde, add_round, add_sheets
from views.documents import data_columns
from views.documents.files import csv_text, slides, workbook
from views.documents.pictures import picture
from views.documents.sections import Section
from views.subjects.distribution.distribution import section
from views.subjects.distribution.report import distribution

AFTER_BLANKS = [
    "\n=1",
    "\r\n=1",
    "\n\n =1",
    " \t=1",
    "\t\r\n\t=1",
    "  =1",
    "\N{NO-BREAK SPACE}=1",
    "\u3000＝1",
]
FORMULAS = [
    *AFTER_BLANKS,
    "\nx",
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "|calc",
    " =1",
]
ILLEGAL = "a\x00b\x0bc\ufffe"


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """Roskilde beside Køge."""
    with own_stores.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        add_roskilde(confidential, a_round)
        add_sheets(confidential, a_round, KOEGE, {"S01": MUCH, "S02": LITTLE}, times=30)
        releases.publish(confidential, dashboard)
    return own_stores


@pytest.fixture
def table(published: Session) -> FigureTable:
    """Roskilde's answers."""
    return distribution(published, Selection(STUDENTS, 2025, Option(ROSKILDE, "Roskilde Kommune")))


def hostile(report: FigureTable, words: str) -> Section:
    """The same figure where people have written these words wherever they can."""
    asked = (row.question.model_copy(update={"text": words, "short": words}) for row in report.rows)
    rows = tuple(replace(row, question=one) for row, one in zip(report.rows, asked, strict=True))
    chosen = replace(report.selection, unit=Option(ROSKILDE, words))
    return section(replace(report, title=words, selection=chosen, rows=rows))


def test_csv_is_read_by_danish_excel_and_holds_the_numbers_of_the_table(table):
    content = csv_text.csv(section(table))
    data = pd.read_csv(BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig")

    assert content.startswith(b"\xef\xbb\xbf")
    assert b'"Studerendes praktikevaluering"' in content
    own = data[data["Enhed"] == "Roskilde Kommune"].set_index("Spørgsmål-id")
    for row in table.rows:
        found = own.loc[row.question.id]
        assert (found["Antal svar"], found["Antal enige"]) == (row.figure.n, row.figure.favourable)
        assert found["Andel enige"] == pytest.approx(row.figure.share, abs=1e-6)


@pytest.mark.parametrize("words", FORMULAS)
def test_no_text_of_a_person_is_worked_out_by_a_spreadsheet_that_opens_the_csv(table, words):
    content = csv_text.csv(hostile(table, words)).decode("utf-8-sig")
    fields = [field for row in csv.reader(StringIO(content, newline=""), delimiter=";") for field in row]

    assert words not in fields
    assert f"'{words}" in fields
    assert "-0,5" in csv_text.line([-0.5]), "numbers stay numbers"


def test_a_sign_that_is_left_out_uncovers_no_formula():
    assert csv_text.line(["\x00=1", "\x0b\n=1"]) == '"\'=1";"\'\n=1"\r\n'


def test_the_sheet_its_codebook_and_the_csv_have_the_same_columns_in_the_same_order(table):
    one = section(table)
    book = load_workbook(BytesIO(workbook.written([one])))
    headings = [cell.value for cell in book["Data"][1]]
    codebook = [row for row in book["Kodebog"].iter_rows(min_row=3, values_only=True) if row[0]]
    (in_the_csv, *lines) = csv.reader(
        StringIO(csv_text.csv(one).decode("utf-8-sig"), newline=""), delimiter=";"
    )

    assert codebook[0] == data_columns.CODEBOOK_HEADINGS
    assert headings == [row[0] for row in codebook[1:]] == in_the_csv == list(data_columns.HEADINGS)
    assert [tuple(value or "" for value in row) for row in codebook[1:]] == list(data_columns.codebook())
    widths = book["Data"].column_dimensions
    for cell, column in zip(book["Data"][1], data_columns.COLUMNS, strict=True):
        assert widths[cell.column_letter].width == column.width, column.heading
    assert len(lines) == book["Data"].max_row - 1 == 4


def test_illegal_characters_break_no_format(table):
    one = hostile(table, ILLEGAL + "<&\"'")

    assert "abc<&" in csv_text.csv(one).decode()
    assert "abc<&\"'" in "".join(ElementTree.fromstring(picture.svg(one)).itertext())  # noqa: S314
    deck = Presentation(BytesIO(slides.presentation([slides.Slide(one.title, one)])))
    assert deck.slides[1].shapes.title.text_frame.text == "abc<&\"'"


@pytest.mark.slow
def test_the_picture_says_title_selection_legend_and_source_and_is_the_same_every_time(table):
    one = section(table)
    drawn = picture.svg(one)
    root = etree.fromstring(drawn)
    words = "\n".join(root.itertext())

    assert root.get("lang") == "da"
    for said in (
        table.title, table.selection.describe(), "EKSEMPELDATA", "I meget høj grad", "Slet ikke",
        "Fed = andel enige.", "Kilde: Opdigtet til afprøvning", "67\N{NO-BREAK SPACE}%",
    ):  # fmt: skip
        assert said in words.replace("\n", " ") or said in words, said
    assert picture.svg(one) == drawn
    assert picture.png(one)[:8] == b"\x89PNG\r\n\x1a\n"
    assert b"http" not in drawn.replace(b"http://www.w3.org/", b""), "nothing is fetched"
    assert b"IBM Plex" not in drawn, "a typeface that the reader's machine may lack"


@pytest.mark.slow
def test_slides_have_titles_words_for_those_who_do_not_see_and_no_author(table):
    one = section(table)
    bare = replace(one, pictures=())
    content = slides.presentation([slides.Slide("Et fund", one), slides.Slide("En tabel", bare)], "Mødet")
    deck = Presentation(BytesIO(content))
    core = deck.core_properties

    assert (core.author, core.last_modified_by, core.language, core.title) == (
        "Praktikdata", "Praktikdata", "da-DK", "Mødet",
    )  # fmt: skip
    assert [page.shapes.title.text_frame.text for page in deck.slides] == ["Mødet", "Et fund", "En tabel"]
    (picture,) = [shape for shape in deck.slides[1].shapes if shape.shape_type == 13]
    assert "Et fund" in picture._element._nvXxPr.cNvPr.get("descr")
    (grid,) = [shape.table for shape in deck.slides[2].shapes if shape.has_table]
    assert grid.cell(1, 2).text_frame.text == "67\N{NO-BREAK SPACE}%"
    for page in list(deck.slides)[1:]:
        words = " ".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
        assert table.selection.describe() in words
        assert "Kilde: Opdigtet til afprøvning" in words
    assert not [
        name for name in parts_of(content) if "notes" in name or "embedding" in name or "comment" in name
    ]


def test_the_files_of_two_units_can_be_stacked_for_their_others_are_not_the_same(published, table):
    koege = distribution(published, replace(table.selection, unit=Option(KOEGE, "Køge Kommune")))
    lines = [
        pd.read_csv(BytesIO(csv_text.csv(section(one))), sep=";", decimal=",", encoding="utf-8-sig")
        for one in (table, koege)
    ]
    together = pd.concat(lines).drop_duplicates()

    assert not together.duplicated(["Nøgle", "År"]).any()
    assert {"andre end kommune:0265", "andre end kommune:0259"} <= {
        key.split("|")[1] for key in together["Nøgle"]
    }
