"""The page Møde and «Føj til møde» through app.py, on a copy of the sample that may be written in."""

import os
import shutil
import subprocess
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

import pytest
from docx import Document
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data_access.dashboard import store
from data_access.partnerships.lists import meetings
from data_access.partnerships.records import agendas, editing
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING, POINT
from data_access.partnerships.records.records import filled, open_record
from indicators.partnership.meeting import MeetingStatus
from indicators.rights import OPERATOR
from tests.app import HIDDEN, opened, unfold
from tests.partnerships.written import ROLE, TODAY, as_role, field, press, said
from views.foundation import filter_bar, places
from views.meeting.items import saved_view
from views.meeting.minutes import document, figures_book

PAGE, OVERVIEW, RESULTS = (
    "pages/partnership/meeting.py",
    "pages/results/overview.py",
    "pages/results/results.py",
)
INITIATIVES = "pages/partnership/initiatives.py"
HOSTILE = "![x](https://evil.example/x.png) <script>alert(1)</script> [a](javascript:b) =1+1 $x$ :red[y]"
HELD, COMING = date(2025, 12, 8), date(2026, 12, 7)


pytestmark = pytest.mark.usefixtures("own_copy")


def the_meeting(held_on: date) -> meetings.Meeting:
    with store.reading(OPERATOR) as session:
        return next(one for one in meetings.meetings(session) if one.held_on == held_on)


def agenda(held_on: date = COMING) -> tuple[meetings.Item, ...]:
    with store.reading(OPERATOR) as session:
        return meetings.agenda(session, TODAY, the_meeting(held_on).id)


def added(**values: object) -> int:
    """A new item of the coming meeting, written by somebody else."""
    with store.writing(OPERATOR) as session:
        form = filled(ITEM, {"meeting_id": the_meeting(COMING).id, "title": "Punkt", **values})
        return agendas.add_item(session, ROLE, form).id


def closed(held_on: date = COMING) -> None:
    with store.writing(OPERATOR) as session:
        agendas.close(session, ROLE, open_record(session, MEETING, the_meeting(held_on).id))


def page(held_on: date = COMING, part: str = "dagsorden") -> AppTest:
    return opened(PAGE, moede=str(the_meeting(held_on).id), moededel=part)


# --- the agenda ---


def test_the_next_meeting_comes_first_with_its_items_their_headlines_and_their_time():
    app = opened(PAGE)
    shown = said(app)

    assert app.title[0].value == "Styregruppemøde 7\\. december 2026"
    assert "90 af mødets 90 minutter er planlagt." in shown
    for place, item in enumerate(agenda(), start=1):
        assert f"{place}. {item.title}" in shown
    assert "kommuner er klart under (1 kan forklares af uddannelserne) på «Vejlederen havde tid»" in shown
    assert "Talepunkter" in shown


def test_since_last_lists_the_open_decisions_and_takes_that_one_is_followed_up():
    app = as_role(page())
    assert "Over fristen" in said(app)
    choice = field(app, "selectbox", "Er en af dem fulgt op?")
    before = len(choice.options)
    choice.select_index(0).run()
    field(app, "text_input", "Hvad kom der ud af det?").set_value("Ti kommuner er i gang")
    press(app, "Beslutningen er fulgt op")

    assert len(field(app, "selectbox", "Er en af dem fulgt op?").options) == before - 1
    assert "Over fristen" not in said(app)


def test_items_are_added_moved_and_brought_back():
    app = as_role(page())
    number, places = the_meeting(COMING).id, len(agenda())
    unfold(app, f"nyt punkt {number} {places} åben")
    field(app, "text_input", "Punkt").set_value("Budget")
    field(app, "number_input", "Minutter").set_value(15)
    press(app, "Tilføj punktet")
    assert agenda()[-1].title == "Budget"
    assert "105 af mødets 90 minutter er planlagt." in said(app)
    assert "Det er 15 for mange." in said(app)

    press(as_role(app), "Flyt op", -1)
    assert agenda()[-2].title == "Budget"

    with store.writing(OPERATOR) as session:
        editing.delete(session, ROLE, open_record(session, ITEM, agenda()[-2].id))
    press(as_role(app.run()), "Gendan")
    assert "Budget" in [one.title for one in agenda()]


def test_nothing_is_written_before_somebody_says_on_whose_behalf():
    before = [one.id for one in agenda()]
    app = press(page(), "Flyt ned")

    assert "hvem du skriver som" in app.error[0].value
    assert [one.id for one in agenda()] == before


def test_an_empty_agenda_says_how_to_fill_it_and_takes_over_the_last_one():
    with store.writing(OPERATOR) as session:
        begun = agendas.begun_from(session, the_meeting(COMING).id)
        new = filled(MEETING, {**begun, "title": "Juni", "held_on": date(2027, 6, 1)})
        number = editing.create(session, ROLE, MEETING, new).id
    app = as_role(opened(PAGE, moede=str(number)))
    assert "Dagsordenen er tom" in app.info[0].value

    press(app, "Hent punkterne")
    with store.reading(OPERATOR) as session:
        found = meetings.agenda(session, TODAY, number)
    assert [one.title for one in found] == [one.title for one in agenda()]


def test_the_next_meeting_is_made_from_this_one_and_opened():
    app = unfold(as_role(page(HELD)), f"møde ud fra {the_meeting(HELD).id}")
    field(app, "text_input", "Titel").set_value("Styregruppemøde i marts")
    field(app, "date_input", "Dato").set_value(date(2027, 3, 1))
    press(app, "Opret mødet")

    assert app.title[0].value == "Styregruppemøde i marts"
    assert agenda(date(2027, 3, 1))[0].title == "Siden sidst"


def test_where_there_are_no_meetings_the_page_offers_the_first_one():
    with store.writing(OPERATOR) as session:
        for one in meetings.meetings(session):
            record = open_record(session, MEETING, one.id)
            if one.status is MeetingStatus.CLOSED:
                record = agendas.reopen(session, ROLE, record, "Ryddes op")
            editing.delete(session, ROLE, record)
    app = as_role(opened(PAGE))
    assert app.title[0].value == "Ingen møder endnu"

    field(app, "text_input", "Titel").set_value("Første møde")
    field(app, "date_input", "Dato").set_value(COMING)
    press(app, "Opret mødet")
    assert app.title[0].value == "Første møde"


def test_a_view_that_is_gone_and_one_of_a_hidden_unit_say_so():
    added(view="spoergeskema=student&aar=1999&enhed=kommune:9999")
    added(page="min-enhed", view="spoergeskema=student&aar=2025&enhed=hospital:psyk-bornholm")
    shown = said(page())

    assert "«kommune:9999» findes ikke her. Der vises «Alle enheder»." in shown
    assert HIDDEN.lower() in shown


def test_a_view_sets_filters_and_nothing_else_of_the_page_s_state():
    added(page="resultater", view="spoergsmaal=S05&hvem=En+anden&på+vej=pages/x.py&bemærkninger=x&indsats=2")
    app = press(page(), "Åbn visningen", -1)

    assert "hvem" not in app.session_state or not app.session_state["hvem"]
    assert "Vejlederen havde tid" in said(app)


# --- from any page ---


def add_from(app: AppTest, title: str = "") -> AppTest:
    """Opens «Føj til møde» and adds what the page shows."""
    unfold(app, "føj til 0")
    if title:
        field(app, "text_input", "Punkt").set_value(title)
    field(app, "text_input", "Du skriver som (rolle eller organisation)").set_value(ROLE)
    press(app, "Føj til møde")
    return app


def test_a_view_is_added_under_its_computed_headline_and_its_link_leads_back_to_it():
    app = opened(RESULTS, enhed="kommune:0159", spoergsmaal="S05", fane="udvikling")
    add_from(app)
    item = agenda()[-1]

    assert item.title == " ".join(app.title[0].value.replace("\\", "").split())
    assert item.page == "resultater"
    assert {"enhed=kommune%3A0159", "spoergsmaal=S05", "fane=udvikling"} <= set(item.view.split("&"))
    back = press(page(), "Åbn visningen", -1)
    assert back.title[0].value == app.title[0].value


@pytest.mark.parametrize(
    ("path", "links"),
    [
        (OVERVIEW, {"enhed": "kommune:0217"}),
        (RESULTS, {"enhed": "kommune:0159", "fane": "fordeling"}),
        (RESULTS, {"enhed": "kommune:0159", "fane": "sammenlign"}),
        (RESULTS, {"fane": "udvikling", "vis_ogsaa": "kommune:0265"}),
        ("pages/results/unit.py", {"enhed": "kommune:0159"}),
        ("pages/results/data_quality.py", {"grundlag": "svarprocent"}),
        ("pages/results/data_quality.py", {"grundlag": "daekning"}),
        (INITIATIVES, {"del": "indsatser"}),
        (INITIATIVES, {"del": "aftaler"}),
        (INITIATIVES, {"del": "aarshjul"}),
    ],
)
def test_an_agenda_keeps_every_choice_of_a_page(path, links):
    shown = opened(path, **links).session_state[filter_bar.SHOWN]
    address = next(address for address, file in places.BY_ADDRESS.items() if file == path)
    query = urlencode([(key, option.key) for key, options in shown.items() for option in options])

    assert set(shown) <= set(saved_view(address, query).keys)


def test_all_rows_stay_all_rows_when_the_view_is_opened_from_an_agenda():
    assert saved_view("resultater", "fane=sammenlign&raekker_vist=alle").keys["raekker_vist"] == "alle"


def test_the_minutes_have_the_questions_in_the_order_that_was_chosen():
    chosen = "enhed=kommune:0265&raekkefoelge="
    as_asked, by_share = (
        saved_view("resultater", chosen + order).view.sections()[0].frame["Spørgsmål"].tolist()
        for order in ("skema", "andel")
    )

    assert sorted(as_asked) == sorted(by_share)
    assert as_asked != by_share


def test_a_title_of_one_s_own_and_an_initiative_can_be_added():
    add_from(opened(OVERVIEW), "Hvor står vi?")
    assert (agenda()[-1].title, agenda()[-1].page) == ("Hvor står vi?", "")

    app = opened(INITIATIVES, indsats="2")
    add_from(app)
    assert agenda()[-1].initiative.id == 2
    assert agenda()[-1].title == app.title[0].value.replace("\\", "")


def test_the_page_itself_offers_no_way_to_add_it():
    assert "føj til 0" not in page().session_state


# --- the minutes ---


def test_a_closed_meeting_can_be_read_but_not_written_in_until_it_is_opened_with_a_reason():
    app = page(HELD, "referat")
    assert "Mødet er afsluttet og låst." in [one.value for one in app.info]
    assert "Kvaliteten af data er fortsat vigtig" in said(app)
    assert not [one for one in app.get("popover") if one.proto.popover.label.startswith("Skriv")]

    press(as_role(app), "Genåbn mødet")
    assert "hvorfor mødet genåbnes" in app.error[0].value
    field(app, "text_input", "Hvorfor genåbnes mødet?").set_value("En beslutning manglede")
    press(as_role(app), "Genåbn mødet")
    assert the_meeting(HELD).status is MeetingStatus.UNDER_WAY


def test_closing_locks_the_agenda_and_keeps_the_figures_as_they_were():
    app = press(as_role(page(COMING, "referat")), "Afslut mødet")
    assert "Mødet er afsluttet og låst." in [one.value for one in app.info]
    since_last, status, *_ = agenda()

    assert since_last.figure is None
    assert status.figure["title"].startswith("Alle enheder: højest på")
    assert (status.figure["release"], len(status.figure["rows"])) == (2, 6)
    assert not [one for one in page().button if one.label == "Flyt op"]


def test_the_minutes_of_a_held_meeting_show_the_kept_figures_beside_those_of_today():
    june = date(2026, 6, 11)
    app = unfold(page(june, "referat"), f"tal {agenda(june)[0].id} 1")
    text = said(app)

    assert "Udgivelse 1 af 1. september 2025" in text
    assert "Tallene er ændret siden. I dag:** Alle enheder – Tid nok til at vejlede" in text
    assert (text.count("<div>2024</div>"), text.count("<div>2025</div>")) == (2, 1)
    assert "Udgivelse 2 af" in text
    december = unfold(page(HELD, "referat"), f"tal {agenda(HELD)[1].id} 1")
    assert "Tallene er de samme i dag." in said(december)


def test_summary_points_and_decisions_are_written_and_put_right_under_an_item():
    item = agenda()[1]
    app = unfold(as_role(page(COMING, "referat")), f"referat {item.id}")
    field(app, "text_area", "Referat").set_value("Tallene blev gennemgået.")
    press(app, "Gem punktet")
    app = unfold(as_role(page(COMING, "referat")), f"Ny orientering {item.id} 1 åben")
    field(app, "text_area", "Orientering").set_value("KL har nyt")
    press(app, "Gem")
    app = unfold(as_role(page(COMING, "referat")), f"Ny beslutning {item.id} 0 åben")
    field(app, "text_area", "Beslutning").set_value("Vi går videre")
    press(app, "Gem")
    app = unfold(as_role(page(COMING, "referat")), f"ret information_point {agenda()[1].points[0].id}")
    field(app, "text_area", "Orientering").set_value("KL har to nyheder")
    press(app, "Gem orienteringen")

    now = agenda()[1]
    assert now.summary == "Tallene blev gennemgået."
    assert [one.text for one in now.points] == ["KL har to nyheder"]
    assert [(one.text, one.decided_on) for one in now.decisions] == [("Vi går videre", COMING)]


def minutes(held_on: date = COMING):
    return Document(BytesIO(document.minutes_document(the_meeting(held_on))))


def words_of(minutes) -> str:
    cells = [cell.text for table in minutes.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in minutes.paragraphs), *cells])


def test_the_minutes_have_headings_points_decisions_and_the_figures_with_their_source():
    found = minutes(HELD)
    headings = [one.text for one in found.paragraphs if one.style.name == "Heading 1"]

    assert found.paragraphs[0].style.name == "Title"
    assert headings[:3] == [
        "Dagsorden",
        "1. Velkomst",
        "2. Videndeling om brugen af statusrapporten hos parterne",
    ]
    assert headings[-1].startswith("Bilag 2. ")
    assert [one.style.name for one in found.paragraphs].count("List Bullet") >= 15
    text = words_of(found)
    assert "Region Hovedstaden (forperson for styregruppen)" in text
    assert "Udgivelse 1 af 1. september 2025" in text
    assert "Tallene, som de er nu" not in text


def test_the_minutes_tell_of_nobody_and_are_danish():
    about = minutes().core_properties

    assert (about.author, about.last_modified_by, about.language) == ("Praktikdata", "Praktikdata", "da-DK")
    assert about.comments == ""
    assert all("w:tblHeader" in table._tbl.xml for table in minutes().tables)


def test_the_figures_of_the_meeting_are_a_sheet_an_item_and_say_the_same_as_the_minutes():
    book = load_workbook(BytesIO(figures_book.figures_workbook(the_meeting(COMING))))

    assert book.sheetnames == ["Forside", "Punkt 2", "Punkt 3", "Punkt 4"]
    rows = list(book["Punkt 2"].iter_rows(values_only=True))
    table = next(one for one in minutes().tables if one.cell(0, 0).text == "Tema")
    assert [row[0] for row in rows[1:]] == [row.cells[0].text for row in table.rows[1:]]
    assert table.cell(1, 1).text == f"{round(rows[1][1] * 100)}\N{NO-BREAK SPACE}%"
    # A place in the workbook, not an address outside it: spreadsheets follow that without asking.
    link = book["Forside"]["A3"].hyperlink
    assert (link.location, link.target) == ("'Punkt 2'!A1", None)


def test_hostile_text_is_shown_and_written_as_it_was_typed():
    number = added(title=HOSTILE, talking_points=HOSTILE, summary=HOSTILE)
    with store.writing(OPERATOR) as session:
        one = the_meeting(COMING)
        point = {"agenda_item_id": number, "text": HOSTILE}
        editing.create(session, ROLE, POINT, filled(POINT, point))
        decision = {**point, "partnership_id": one.partnership.id, "decided_on": COMING}
        figure = {
            "title": HOSTILE,
            "release": 2,
            "columns": [HOSTILE, "Andel"],
            "rows": [[HOSTILE, 0.5], ["x", None]],
        }
        editing.create(session, ROLE, DECISION, filled(DECISION, {**decision, "figure": figure}))
    for part in ("dagsorden", "referat"):
        html = " ".join(one.proto.body for one in page(COMING, part).get("html"))
        assert "<script>" not in html
        assert "&lt;script&gt;alert(1)" in html

    assert words_of(minutes()).count(HOSTILE) >= 6
    book = load_workbook(BytesIO(figures_book.figures_workbook(the_meeting(COMING))))
    cell = book["Punkt 7"]["A2"]
    assert (cell.value, cell.data_type) == (HOSTILE, "s")
    assert book["Punkt 7"]["B3"].value is None


def test_a_word_processor_opens_the_minutes(tmp_path):
    if not shutil.which("lowriter"):
        if os.environ.get("CI"):
            pytest.fail("LibreOffice Writer is not installed")
        pytest.skip("LibreOffice Writer is not installed")
    (tmp_path / "referat.docx").write_bytes(document.minutes_document(the_meeting(HELD)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "referat.docx"], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "referat.txt").read_text(encoding="utf-8-sig")

    assert "Referat: Styregruppemøde 8. december 2025" in text
    assert "Bilag 2. " in text
