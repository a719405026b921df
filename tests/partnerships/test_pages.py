"""The page Indsatser through app.py: each tab and each form, on a copy of the sample that may be written in."""

import re
from datetime import date

import pytest

from data_access.dashboard import store
from data_access.partnerships.files.initiative_sheet import initiative_listing
from data_access.partnerships.lists.initiatives import initiatives
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.records import filled, open_record
from indicators.rights import OPERATOR
from tests.app import opened, unfold
from tests.partnerships.written import ROLE, TODAY, as_role, card, field, numbered, press, said, somebody_else
from views.documents.files.listings import workbook_of
from views.partnership.board import card as drawn_card

PAGE, UNIT, RESULTS = "pages/partnership/initiatives.py", "pages/results/unit.py", "pages/results/results.py"
HOSTILE = "![x](https://evil.example/x.png) <script>alert(1)</script> [a](javascript:b) =1+1 $x$ :red[y]"


pytestmark = pytest.mark.usefixtures("own_copy")


# --- the tabs ---


def test_the_open_initiatives_come_first_and_those_behind_before_the_others():
    app = opened(PAGE)

    headers = [one.value for one in app.header]
    assert headers[0].startswith("Forsinket (")
    assert headers[1].startswith("I gang (")
    assert not any(one.startswith("Afsluttet") for one in headers)
    assert "14 indsatser · 3 forsinkede" in said(app)


def test_a_line_says_status_age_responsible_why_and_when():
    page = said(opened(PAGE))

    assert "Forsinket</span>" in page
    assert "Ikke opdateret i" in page
    assert "næste frist 30. juni 2026" in page
    assert "skulle være nået 30. juni 2026" in page


def test_the_strip_s_unit_and_the_boxes_choose_what_is_shown():
    app = opened(PAGE, enhed="kommune:0217", status="alle")

    assert "Helsingør Kommune" in said(app)
    assert "indsatser" in app.markdown[0].value + said(app)
    of_one_status = opened(PAGE, status="status-late")
    assert [one.value.split(" (")[0] for one in of_one_status.header] == ["Forsinket"]
    old = opened(PAGE, opdateret="90")
    assert "ikke opdateret i 90 dage" in said(old)


@pytest.mark.parametrize("unit", ["kommune:0159", "klynge:rh-nord", "hospital:gentofte"])
def test_the_headline_counts_those_of_the_strip_s_unit_as_list_and_overview_do(unit):
    app = opened(PAGE, enhed=unit)
    [behind] = [one.value for one in app.header if one.value.startswith("Forsinket (")]
    [tile] = [one.label for one in opened(enhed=unit).button if one.key == "flise Indsatser bagud"]
    late, open_ones = re.fullmatch(
        r".*\\: (\d+) af (\d+) åbne indsatser er forsinke(?:t|de)", app.title[0].value
    ).groups()

    assert behind == f"Forsinket ({late})"
    assert f"**{late}** af {open_ones} åbne" in tile


def test_a_cluster_has_its_members_initiatives_on_every_page_and_each_says_by_which_way():
    cluster, way = "klynge:rh-nord", "via Helsingør Kommune"

    assert way in said(opened(PAGE, enhed=cluster))
    assert way in said(opened(UNIT, enhed=cluster))
    overview = opened(enhed=cluster)
    assert any(button.key == "flise Indsatser bagud" for button in overview.button)
    results = opened(RESULTS, enhed=cluster, spoergsmaal="S05")
    labels = [button.label.replace("\\", "") for button in results.button]
    assert f"Indsats: Vejledning tæt på den studerende i Helsingør ({way})" in labels


def test_a_choice_that_finds_nothing_says_so_and_offers_everything():
    app = opened(PAGE, enhed="kommune:0217", status="status-dropped")

    assert "Ingen indsatser passer til valget." in [one.value for one in app.info]
    press(app, "Vis alle indsatser")
    assert not app.info


def test_where_there_are_none_yet_the_page_says_how_to_begin():
    with somebody_else() as session:
        for one in initiatives(session, TODAY):
            editing.delete(session, ROLE, open_record(session, INITIATIVE, one.id))

    app = opened(PAGE)

    assert app.title[0].value == "Ingen indsatser endnu"
    assert any(one.value.startswith("Ingen indsatser endnu.") for one in app.info)


def test_the_agreements_are_a_time_chart_with_everything_about_each():
    app = opened(PAGE, **{"del": "aftaler"})

    assert len(app.get("vega_lite_chart")) == 1
    page = said(app)
    for word in (
        "Gældende",
        "Udløbet",
        "Succeskriterier",
        "Finansiering",
        "Årets fokuspunkter",
        "Organer",
        "Møder",
    ):
        assert word in page
    assert "Der er ikke aftalt succeskriterier." in page
    assert "Kan ikke vurderes" in page or "På vej" in page or "Opfyldt" in page


def test_the_annual_cycle_is_twelve_months_with_what_happens_in_each():
    app = opened(PAGE, **{"del": "aarshjul"})
    strip = next(one.proto.body for one in app.get("html") if "aarsstribe" in one.proto.body)

    assert strip.count("<b>") == 12
    assert "Opsigelsesfrist" in said(app)


# --- the card ---


def test_a_development_is_never_called_an_effect_and_leads_back_to_its_view():
    number = numbered("Vejledning tæt på den studerende i Helsingør")
    app = opened(PAGE, indsats=str(number))

    page = said(app)
    assert drawn_card.DEVELOPMENT in page
    drawn = [
        one.proto.body for one in app.get("html") if "<img" in one.proto.body and "2025:" in one.proto.body
    ]
    assert drawn
    assert not any("ffekt" in one for one in drawn)
    linked = card(number).initiative.questions[0]
    assert drawn_card.leads_to(linked)["enhed"] == "kommune:0217"


def test_an_address_in_a_view_sets_filters_and_nothing_else():
    number = numbered("Vejledning tæt på den studerende i Helsingør")
    linked = card(number).initiative.questions[0]
    hostile = type(linked)(**{**linked.__dict__, "view": "hvem=en anden&vist=x&enhed=kommune:0265"})

    found = drawn_card.leads_to(hostile)

    assert found["enhed"] == "kommune:0265"
    assert not {"hvem", "vist"} & found.keys()


@pytest.mark.parametrize("part", ["kort", "ret", "aendringer"])
def test_what_people_have_written_is_shown_as_they_wrote_it(part):
    with somebody_else() as session:
        first = initiatives(session, TODAY)[0]
        was = open_record(session, INITIATIVE, first.id)
        initiative_commands.with_values(session, ROLE, was, title=HOSTILE, goal=HOSTILE, description=HOSTILE)
        initiative_commands.post_update(session, ROLE, first.id, HOSTILE, TODAY)

    for app in (opened(PAGE), opened(PAGE, indsats=str(first.id), kort=part), opened()):
        for one in (*app.title, *app.header, *app.markdown, *app.caption, *app.button):
            text = getattr(one, "label", None) if one.type == "button" else one.value
            assert "![x]" not in text
            assert ":red[" not in text
        for one in app.get("html"):
            assert "<script" not in one.proto.body
            assert "https://evil.example" not in one.proto.body.replace(HOSTILE.split("<", maxsplit=1)[0], "")


# --- editing ---


def test_nothing_is_written_before_somebody_has_said_who_they_are():
    number = numbered("Feedback, som de studerende kan bruge")
    app = opened(PAGE, indsats=str(number))
    field(app, "text_input", "Hvad er der sket?").set_value("Alle afsnit er i gang")

    press(app, "Gem opdatering")

    assert any("hvem du skriver som" in one.value for one in app.error)
    assert field(app, "text_input", "Hvad er der sket?").value == "Alle afsnit er i gang"
    assert card(number).initiative.last_update != "Alle afsnit er i gang"


def test_a_status_update_is_one_line_and_is_on_the_screen_at_once():
    number = numbered("Feedback, som de studerende kan bruge")
    app = as_role(opened(PAGE, indsats=str(number)))
    field(app, "text_input", "Hvad er der sket?").set_value("Alle afsnit er i gang")

    press(app, "Gem opdatering")

    assert "Alle afsnit er i gang" in said(app)
    assert card(number).updates[0].by == ROLE
    assert field(app, "text_input", "Hvad er der sket?").value == ""


def test_an_initiative_begun_at_a_result_remembers_question_unit_and_view():
    app = as_role(opened(PAGE, indsats="ny", om="S05", enhed="kommune:0265", aar="2024"))
    app.selectbox(key="for").select_index(0)
    app.run()
    field(app, "text_input", "Titel").set_value("Mere tid til vejledning")

    press(app, "Opret indsatsen")

    assert app.title[0].value == "Mere tid til vejledning"
    linked = card(numbered("Mere tid til vejledning")).initiative.questions[0]
    assert (linked.question, linked.unit) == ("S05", "kommune:0265")
    assert "aar=2024" in linked.view
    assert "fane=udvikling" in linked.view


def test_what_cannot_be_kept_is_explained_and_stays_typed():
    app = as_role(opened(PAGE, indsats="ny"))
    field(app, "text_input", "Titel").set_value("Ring til ane@example.dk")

    press(app, "Opret indsatsen")

    assert any("mailadresser" in one.value for one in app.error)
    assert field(app, "text_input", "Titel").value == "Ring til ane@example.dk"


def test_a_status_against_the_computed_one_needs_a_reason():
    number = numbered("Feedback, som de studerende kan bruge")
    app = as_role(opened(PAGE, indsats=str(number), kort="ret"))
    box = next(one for one in app.selectbox if one.label == "Status" and "Beregnet" in one.options[0])
    box.select("Sat i bero")

    press(app, "Gem status")
    assert any("begrundelse" in one.value for one in app.error)

    field(app, "text_input", "Begrundelse").set_value("Venter på nyt budget")
    press(app, "Gem status")
    assert card(number).initiative.assessment.because == "Sat manuelt: Venter på nyt budget"


def test_the_second_of_two_editors_is_shown_both_versions_and_loses_nothing():
    number = numbered("Feedback, som de studerende kan bruge")
    app = as_role(opened(PAGE, indsats=str(number), kort="ret"))
    with somebody_else() as session:
        was = open_record(session, INITIATIVE, number)
        initiative_commands.with_values(session, "KKR Hovedstaden", was, goal="Deres mål")
    field(app, "text_area", "Beskrivelse").set_value("Min beskrivelse")

    press(app, "Gem indsatsen")

    assert any("KKR Hovedstaden" in one.value.replace("\\", "") for one in app.warning)
    page = said(app)
    assert "Min beskrivelse" in page
    assert "Deres mål" in page
    press(app, "Gem begges ændringer")
    found = card(number)
    assert (found.description, found.initiative.goal) == ("Min beskrivelse", "Deres mål")


def test_the_last_change_is_taken_back_and_the_log_says_so():
    number = numbered("Feedback, som de studerende kan bruge")
    with somebody_else() as session:
        was = open_record(session, INITIATIVE, number)
        before = was.form.title
        initiative_commands.with_values(session, ROLE, was, title="Noget andet")
    app = as_role(opened(PAGE, indsats=str(number), kort="aendringer"))

    press(app, "Fortryd den seneste ændring (rettet)")

    assert app.title[0].value == before
    assert "fortrudt" in said(app)


def test_closing_reopening_deleting_and_restoring():
    number = numbered("Feedback, som de studerende kan bruge")
    app = as_role(opened(PAGE, indsats=str(number), kort="ret"))
    press(app, "Afslut indsatsen")
    assert card(number).initiative.status == "Afsluttet"
    press(app, "Genåbn indsatsen")
    assert card(number).initiative.status == "Forsinket"
    unfold(app, f"slet initiative {number} åben")
    next(one for one in app.checkbox if one.label == "Ja, slet indsatsen").check()
    app.run()
    press(app, "Slet")
    assert card(number).is_deleted
    press(app, "Gendan indsatsen")
    assert not card(number).is_deleted


def test_a_decision_and_a_milestone_are_on_the_card():
    number = numbered("Feedback, som de studerende kan bruge")
    app = as_role(opened(PAGE, indsats=str(number)))
    field(app, "text_area", "Hvad er besluttet?").set_value("Indføres på alle afsnit")
    press(app, "Gem beslutning")
    assert "Indføres på alle afsnit" in said(app)
    assert card(number).decisions[0].text == "Indføres på alle afsnit"

    app = as_role(opened(PAGE, indsats=str(number), kort="ret"))
    field(app, "text_input", "Ny milepæl").set_value("Alle afsnit er med")
    field(app, "date_input", "Frist").set_value(date(2027, 3, 1))
    press(app, "Tilføj milepæl")
    assert "Alle afsnit er med" in [one.title for one in card(number).milestones]


# --- the workbook ---


def test_an_edited_workbook_is_shown_cell_by_cell_before_it_is_read_in():
    from io import BytesIO

    from openpyxl import load_workbook

    with store.reading(OPERATOR) as session:
        listing = initiative_listing(session, TODAY)
    book = load_workbook(BytesIO(workbook_of(listing)))
    sheet = book["Indsatser"]
    headings = [cell.value for cell in sheet[1]]
    number, title = sheet.cell(2, 1).value, headings.index("Titel") + 1
    sheet.cell(2, title).value = "En bedre titel"
    edited = BytesIO()
    book.save(edited)
    app = as_role(opened(PAGE))
    app.get("file_uploader")[0].upload("indsatser.xlsx", edited.getvalue())
    app.run()

    assert "En bedre titel" in said(app)
    assert card(number).initiative.title != "En bedre titel"
    press(app, "Indlæs 1 række")
    assert card(number).initiative.title == "En bedre titel"
    assert "rækker ændres" not in said(app)  # the sheet is put away
    assert not app.get("file_uploader")[0].value


# --- beside results ---


def test_overblik_has_a_tile_of_what_is_behind_and_leads_there():
    app = opened()

    tile = next(one for one in app.button if one.label.startswith("Indsatser bagud"))
    assert tile.label == "Indsatser bagud **3** af 14 åbne"


def test_a_finding_says_what_is_done_about_it_or_that_nothing_is():
    app = opened(enhed="kommune:0159")

    labels = [one.label.replace("\\", "") for one in app.button]
    assert labels.count("Opret indsats") == 3
    assert any(one.startswith("Indsats: ") for one in labels)
    assert "Indsats: ingen" in [one.value for one in app.caption]


def test_min_enhed_has_the_initiatives_of_the_unit():
    app = opened(UNIT, enhed="kommune:0217")

    assert "Vejledning tæt på den studerende i Helsingør" in [one.label for one in app.button]


def test_the_editing_form_refuses_nothing_that_is_there_already():
    with store.reading(OPERATOR) as session:
        for one in initiatives(session, TODAY):
            was = open_record(session, INITIATIVE, one.id)
            assert filled(INITIATIVE, was.form.model_dump()) == was.form


def test_a_link_to_an_initiative_outlives_its_title():
    number = numbered("Feedback, som de studerende kan bruge")
    with somebody_else() as session:
        initiative_commands.with_values(
            session, ROLE, open_record(session, INITIATIVE, number), title="Et nyt navn"
        )

    app = opened(PAGE, indsats=f"Feedback, som de studerende kan bruge (nr. {number})")

    assert app.title[0].value == "Et nyt navn"
    assert not app.warning
