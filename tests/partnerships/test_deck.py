"""A meeting's slides: what its wall shows, what was kept, and what was decided."""

from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.slide import Slide as Page
from pptx.util import Inches, Pt

from data_access.dashboard import store
from data_access.partnerships.lists import meetings
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import DECISION
from data_access.partnerships.records.records import filled
from indicators.rights import OPERATOR
from tests.app import opened
from tests.exports.conftest import parts_of
from tests.partnerships.coming_meeting import COMING, ROLE, add_item, agenda, the_meeting
from views.meeting.stage import deck
from views.meeting.stage.deciding import as_shown
from views.meeting.stage.of_item import wall

HIDDEN_UNIT = "spoergeskema=supervisor&aar=2025&uddannelse=alle&sammenlign=andre&enhed=kommune:0155"
HOSTILE = "![x](https://evil.example/x.png) <script>alert(1)</script> =1+1"

pytestmark = pytest.mark.usefixtures("own_copy")


def decided(item_id: int, text: str, figure: dict | None = None) -> None:
    one = the_meeting()
    about = {"partnership_id": one.partnership.id, "agenda_item_id": item_id, "decided_on": COMING}
    with store.writing(OPERATOR) as session:
        editing.create(session, ROLE, DECISION, filled(DECISION, {**about, "text": text, "figure": figure}))


def pages(one: meetings.Meeting) -> list[Page]:
    return list(Presentation(BytesIO(deck.meeting_slides(one))).slides)


def titles(found: list[Page]) -> list[str]:
    return [page.shapes.title.text_frame.text for page in found]


def said(page: Page) -> str:
    tables = [shape.table for shape in page.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    return "\n".join([*(shape.text_frame.text for shape in page.shapes if shape.has_text_frame), *cells])


def test_every_item_has_a_slide_with_the_headline_of_its_wall_and_a_picture_with_words():
    one = the_meeting()
    found = pages(one)
    sentences = [wall(item, one, item.view).sentence for item in agenda()]

    assert titles(found) == [one.title, "Dagsorden", *sentences]
    assert "Absalon" not in said(found[0])
    assert "7. december 2026" in said(found[0])
    assert one.partnership.name in said(found[0])
    assert "2. Status på praktik (drøftelse, 25 minutter)" in said(found[1])
    pictures = [
        shape for page in found for shape in page.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    assert len(pictures) == 3
    assert all("Studerendes" in picture._element._nvXxPr.cNvPr.get("descr") for picture in pictures)
    assert "Udgivelse 2 af" in said(found[3])
    assert found[3].notes_slide.notes_text_frame.text == agenda()[1].talking_points


def test_the_minutes_offer_the_slides_beside_the_document_and_the_workbook():
    app = opened("pages/partnership/meeting.py", moede=str(the_meeting().id), moededel="referat")

    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["Hent referatudkast", "Hent mødets tal", "Hent PowerPoint"]


def test_a_table_that_was_kept_goes_on_in_the_next_slide_and_loses_no_row():
    rows = [[f"Kommune {number}", number / 100, "Vist"] for number in range(40)]
    figure = {"title": "40 kommuner", "release": 2, "columns": ["Kommune", "Andel", "Status"], "rows": rows}
    decided(add_item(), "Aftalt", figure)

    kept = [page for page in pages(the_meeting()) if page.shapes.title.text_frame.text.startswith("40 k")]
    assert len(kept) > 1
    assert titles(kept) == [f"40 kommuner ({number} af {len(kept)})" for number, _ in enumerate(kept, 1)]
    assert all("Tal som vist" in said(page) and "Besluttet: Aftalt" in said(page) for page in kept)
    tables = [shape.table for page in kept for shape in page.shapes if shape.has_table]
    names = [row.cells[0].text for table in tables for row in table.rows]
    assert [name for name in names if name != "Kommune"] == [row[0] for row in rows]


def test_a_kept_table_says_what_each_row_is_about_and_breaks_no_word():
    found = pages(the_meeting(date(2025, 12, 8)))
    tables = [shape.table for page in found for shape in page.shapes if shape.has_table]

    assert [table.cell(0, 0).text for table in tables][:2] == ["Tema", "Uddannelse"]
    for table in tables:
        for at, column in enumerate(table.columns):
            words = [word for row in table.rows for word in row.cells[at].text.split()]
            # The letters of bold Arial of 12 points take 6.7 each in a Danish word; a cell has its own air beside.
            assert column.width >= Inches(0.2) + Pt(6.7) * max(map(len, words), default=0), words


def test_a_decision_on_what_the_wall_still_shows_stands_under_the_picture():
    item = agenda()[1]
    decided(item.id, "Aftalt på mødet", as_shown(wall(item, the_meeting(), item.view)))

    page = pages(the_meeting())[3]
    assert "Besluttet: Aftalt på mødet" in said(page)
    assert MSO_SHAPE_TYPE.PICTURE in [shape.shape_type for shape in page.shapes]


def test_a_long_decision_has_a_slide_of_its_own_and_no_two_slides_in_a_row_have_one_title():
    long = " ".join(["Parterne går sammen om at finde tid til vejledning."] * 40)
    decided(agenda()[1].id, long)
    decided(add_item(title="Drøftes"), "Det blev besluttet")
    found = pages(the_meeting())

    assert all(one != other for one, other in pairwise(titles(found)))
    (own,) = [page for page in found if page.shapes.title.text_frame.text == "Besluttet: Status på praktik"]
    assert long in said(own)
    assert long in next(page for page in found if page.has_notes_slide).notes_slide.notes_text_frame.text
    assert "Det blev besluttet" in said(found[-1])
    for page in found:
        for shape in page.shapes:
            assert shape.top + shape.height <= Inches(7.5), shape.name


def test_a_hidden_unit_has_no_number_on_a_slide_and_hostile_words_are_words():
    add_item(page="min-enhed", view=HIDDEN_UNIT, title=HOSTILE)
    decided(add_item(title=HOSTILE, talking_points=HOSTILE), HOSTILE)
    content = deck.meeting_slides(the_meeting())
    *_, hidden, hostile = Presentation(BytesIO(content)).slides

    assert "Skjult af hensyn til anonymitet" in said(hidden)
    assert "%" not in said(hidden)
    assert not any(shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in hidden.shapes)
    assert hostile.shapes.title.text_frame.text == HOSTILE
    assert HOSTILE in hostile.notes_slide.notes_text_frame.text
    assert not any(
        b"evil.example" in part for name, part in parts_of(content).items() if name.endswith(".rels")
    )
