"""The stage through app.py: every kind of item on the wall, what is decided there, and who follows whom."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.dashboard import store
from data_access.partnerships.lists import meetings, showing
from data_access.partnerships.lists.agreements import agreements
from data_access.partnerships.lists.initiatives import initiative_card
from data_access.partnerships.records import agendas, editing
from data_access.partnerships.records.kinds import INITIATIVE, ITEM, MEETING
from data_access.partnerships.records.records import filled, open_record
from indicators.rights import OPERATOR
from tests.app import opened
from tests.partnerships.coming_meeting import ROLE, TODAY, add_item, agenda, the_meeting
from views.foundation.page_parts import literal

PAGE, INITIATIVES = "pages/partnership/meeting.py", "pages/partnership/initiatives.py"
STUDENTS = "spoergeskema=student&aar=2025&uddannelse=alle&sammenlign=andre&enhed="
QUESTION = "&tema=vejledning&spoergsmaal=S05&fane="
FUNNEL = "sammenlign&niveau=kommune&form=tragt"
GLADSAXE, DRAGOER = "kommune:0159", "kommune:0155"
HOSTILE = "![x](https://evil.example/x.png) <script>alert(1)</script> **fed**"


pytestmark = pytest.mark.usefixtures("own_copy")


def added(**values: object) -> int:
    """The number of a new item, last on the agenda."""
    add_item(**values)
    return len(agenda())


def on_the_wall(number: int, role: str = "vis") -> AppTest:
    link = {"moede": str(the_meeting().id), "moededel": "skaerm", "rolle": role, "punkt": str(number)}
    return opened(PAGE, **link)


def shown(number: int) -> str:
    return said(on_the_wall(number))


def said(app: AppTest) -> str:
    elements = [*app.title, *app.markdown, *app.warning, *app.get("html")]
    texts = [getattr(one, "value", None) or one.proto.body for one in elements]
    return " ".join(texts).replace("\\", "")


def press(app: AppTest, *keys: str) -> AppTest:
    """Several at once: what is in a dialog is there only in the run that opens it."""
    for key in keys:
        app.button(key=key).click()
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize(
    ("page", "view", "sentence", "charts"),
    [
        ("", STUDENTS + GLADSAXE, "Gladsaxe Kommune er klart under", 1),
        ("resultater", STUDENTS + GLADSAXE + QUESTION + "fordeling", "spørgsmål", 1),
        ("resultater", STUDENTS + "alle&tema=alle&spoergsmaal=S05&fane=fordeling", "Her er 8 af 12", 1),
        ("resultater", STUDENTS + "alle" + QUESTION + "sammenlign&niveau=kommune", "Klart under", 1),
        ("resultater", STUDENTS + "alle" + QUESTION + FUNNEL, "Tragten viser alle", 1),
        ("resultater", STUDENTS + "alle" + QUESTION + "sammenlign&form=tabel", "Her er 6 af", 0),
        ("resultater", STUDENTS + GLADSAXE + QUESTION + "sammenlign&niveau=uddannelse", "Usikkerhed", 0),
        ("resultater", STUDENTS + GLADSAXE + QUESTION + "udvikling", "andel enige", 1),
        ("resultater", STUDENTS + "alle" + QUESTION + "udvikling&opdel=uddannelser", "smaa-billeder", 0),
        ("min-enhed", STUDENTS + GLADSAXE, "Forventet", 0),
        ("min-enhed", STUDENTS + "alle", "Vælg en enhed", 0),
        ("datagrundlag", STUDENTS + "alle&grundlag=svarprocent&opdelt=kommune", "svarede; her er 8 af 46", 1),
        ("datagrundlag", STUDENTS + "alle&grundlag=daekning&raekker=kommune", "kombinationer", 0),
        ("datagrundlag", STUDENTS + "alle&grundlag=metode", "Datagrundlag", 0),
        ("indsatser", STUDENTS + "alle", "forsinket", 0),
    ],
)
def test_a_view_of_every_page_has_its_picture(page, view, sentence, charts):
    app = on_the_wall(added(page=page, view=view))

    assert sentence.casefold() in said(app).casefold()
    assert len(app.get("vega_lite_chart")) == charts


def test_the_initiatives_on_the_wall_are_those_of_the_view_s_unit():
    view = "spoergeskema=student&aar=2025&uddannelse=alle&sammenlign=andre&del=indsatser&enhed="
    everyone = shown(added(page="indsatser", view=view + "alle"))
    hospital = shown(added(page="indsatser", view=view + "hospital:gentofte"))

    assert "Vejledning tæt på den studerende i Helsingør" in everyone
    assert "Vejledning tæt på den studerende i Helsingør" not in hospital
    assert "Gentofte Hospital" in hospital


def test_an_item_of_words_shows_its_title_and_an_agenda_of_nothing_but_words_can_be_gone_through():
    first = added(title=HOSTILE)
    second = added(title="Eventuelt", kind="Drøftelse", talking_points="Husk kagen")
    app = on_the_wall(first)

    assert app.title[0].value == literal(HOSTILE)
    press(app, "naeste")
    assert app.title[0].value == "Eventuelt"
    assert "Husk kagen" not in said(app)
    assert "Husk kagen" in said(press(app, "skift-notes"))
    assert second == len(agenda())


def test_what_is_agreed_has_its_picture_too():
    with store.reading(OPERATOR) as session:
        agreed = agreements(session, TODAY, the_meeting().partnership.id)[0]
    agreement = shown(added(agreement_id=agreed.id))
    since_last = shown(1)
    initiative = next(at for at, one in enumerate(agenda(), start=1) if one.initiative)

    assert agreed.title in agreement
    assert "Opsigelse" in agreement
    assert "beslutninger er åbne, 1 over fristen" in since_last
    assert "Milepæle" in shown(initiative)


def test_a_hidden_unit_has_no_number_on_the_wall_and_none_to_keep():
    app = on_the_wall(added(page="min-enhed", view=STUDENTS.replace("student", "supervisor") + DRAGOER))

    assert "Skjult af hensyn til anonymitet" in said(app)
    assert app.get("vega_lite_chart") == []
    assert app.button(key="skift-table").disabled


def test_a_view_whose_unit_is_gone_says_what_is_shown_instead():
    assert "«kommune:9999» findes ikke her" in shown(added(view=STUDENTS + "kommune:9999"))


def test_a_question_that_was_not_asked_that_year_says_so_and_the_meeting_goes_on():
    only_now = STUDENTS.replace("2025", "2022") + "alle&tema=alle&spoergsmaal=S99&fane=sammenlign"
    app = on_the_wall(added(page="resultater", view=only_now))

    assert "«S99» findes ikke her" in said(app)
    assert not app.button(key="forrige").disabled


def test_a_meeting_without_an_agenda_says_where_items_come_from():
    with store.writing(OPERATOR) as session:
        values = {"partnership_id": the_meeting().partnership.id, "title": "Nyt", "held_on": date(2027, 1, 1)}
        made = editing.create(session, ROLE, MEETING, filled(MEETING, values)).id

    assert "Dagsordenen er tom" in said(opened(PAGE, moede=str(made), moededel="skaerm"))


def test_the_table_holds_the_numbers_of_the_picture_and_no_others():
    app = press(
        on_the_wall(added(page="resultater", view=STUDENTS + GLADSAXE + QUESTION + "fordeling")),
        "skift-table",
    )

    assert "<table" in said(app)
    assert app.get("vega_lite_chart") == []


def test_the_own_unit_is_among_the_few_though_nothing_is_special_about_it():
    view = STUDENTS + "kommune:0101" + QUESTION + "sammenlign&niveau=kommune"
    app = press(on_the_wall(added(page="resultater", view=view)), "skift-table")

    assert '<th scope="row">Københavns Kommune' in said(app)


def test_filters_change_the_picture_and_the_way_back_restores_what_was_agreed():
    number = added(page="min-enhed", view=STUDENTS + GLADSAXE)
    app = on_the_wall(number)
    agreed = app.title[0].value
    item = agenda()[-1].id
    app.session_state["filtre på skærmen"] = True
    app.run()
    box = app.selectbox(key=f"på skærmen {item} enhed 0")
    box.select(next(one for one in box.options if "Roskilde" in one)).run()

    assert "Roskilde" in app.title[0].value
    with store.reading(OPERATOR) as session:
        assert "0265" in showing.showing(session, the_meeting().id).view
    app.session_state["filtre på skærmen"] = True
    assert not app.run().exception, "the boxes can be opened again"
    assert press(app, "tilbage-til-aftalt").title[0].value == agreed


def test_a_decision_is_kept_with_its_item_its_initiative_and_the_figure_on_the_wall():
    number = added(page="resultater", view=STUDENTS + GLADSAXE + QUESTION + "fordeling")
    item, app = agenda()[-1], press(on_the_wall(number), "beslutning")
    key = f"beslutning under {item.id}"
    app.text_area(key=f"{key} tekst").set_value(HOSTILE)
    app.text_input(key="hvem").set_value(ROLE)
    app.date_input(key=f"{key} frist").set_value(date(2027, 6, 1))
    press(app, "beslutning")
    assert draft_of(item.id)["text"] == HOSTILE
    press(app, "beslutning", "gem-beslutning")
    made = agenda()[-1].decisions[0]

    assert (made.text, made.due) == (HOSTILE, date(2027, 6, 1))
    assert made.figure["title"] == app.title[0].value.replace("\\", "")
    assert made.figure["release"] == 2
    assert [row[0] for row in made.figure["rows"]]
    assert "Besluttet" in said(app)
    assert draft_of(item.id) == {}


def draft_of(item_id: int) -> dict:
    with store.reading(OPERATOR) as session:
        return showing.draft(session, item_id)


def test_a_decision_may_bring_about_an_initiative_whose_card_shows_the_figure():
    number = added(view=STUDENTS + GLADSAXE)
    with store.writing(OPERATOR) as session:
        begun = {"text": "Vi begynder", "initiative": "En helt ny indsats", "responsible": None, "due": None}
        showing.keep_draft(session, agenda()[-1].id, begun)
    app = press(on_the_wall(number), "beslutning")
    app.text_input(key="hvem").set_value(ROLE)
    press(app, "beslutning", "gem-beslutning")
    about = agenda()[-1].decisions[0].initiative

    assert about.name == "En helt ny indsats"
    with store.reading(OPERATOR) as session:
        assert initiative_card(session, TODAY, about.id).decisions[0].text == "Vi begynder"
    card = opened(INITIATIVES, indsats=str(about.id))
    assert any(one.label.startswith("Tal som vist den ") for one in card.expander)


def test_what_is_refused_is_told_and_stays_where_it_was_typed():
    app = press(press(on_the_wall(2), "beslutning"), "beslutning", "gem-beslutning")

    assert "Skriv først, hvem du skriver som" in app.error[0].value


def test_a_closed_meeting_takes_no_decisions():
    with store.writing(OPERATOR) as session:
        agendas.close(session, ROLE, open_record(session, MEETING, the_meeting().id))

    assert "låst" in press(on_the_wall(2), "beslutning").info[0].value


def test_a_screen_that_follows_shows_what_is_presented_and_one_that_browses_does_not():
    on_the_wall(3)
    presented = on_the_wall(3).title[0].value

    assert on_the_wall(1, "foelg").title[0].value == presented
    assert on_the_wall(1, "selv").title[0].value != presented


def test_whoever_turns_the_page_while_following_browses_from_then_on():
    on_the_wall(2)
    app = press(on_the_wall(1, "foelg"), "naeste")
    with store.reading(OPERATOR) as session:
        still_shown = showing.showing(session, the_meeting().id).item_id

    assert app.title[0].value == on_the_wall(3, "selv").title[0].value
    assert still_shown == agenda()[1].id


def test_start_visning_goes_on_where_the_meeting_was_left():
    on_the_wall(3)
    app = press(opened(PAGE, moede=str(the_meeting().id), moededel="dagsorden"), "skærm vis")

    assert "Punkt 3 af" in said(app)


def test_what_has_been_deleted_leaves_the_meeting_and_its_next_one_going():
    at, about = next((at, one) for at, one in enumerate(agenda(), start=1) if one.initiative)
    with store.writing(OPERATOR) as session:
        editing.delete(session, ROLE, open_record(session, INITIATIVE, about.initiative.id))
        held = open_record(session, MEETING, the_meeting().id)
        form = held.form.model_copy(update={"title": "Det næste", "held_on": date(2027, 6, 1)})
        agendas.next_meeting(session, ROLE, held.id, form)
    app = press(on_the_wall(at), "beslutning")

    assert "Indsatsen er slettet" in said(app)
    assert any("slettet" in one.value for one in opened(PAGE, moede=str(the_meeting().id)).caption)
    assert app.selectbox(key=f"beslutning under {about.id} indsats").value is None


def test_whoever_follows_an_item_that_is_deleted_sees_another_one_as_agreed():
    added(page="min-enhed", view=STUDENTS + GLADSAXE)
    agreed = on_the_wall(len(agenda()), "selv").title[0].value
    on_the_wall(added(page="min-enhed", view=STUDENTS + "kommune:0265"))
    with store.writing(OPERATOR) as session:
        editing.delete(session, ROLE, open_record(session, ITEM, agenda()[-1].id))

    assert on_the_wall(len(agenda()), "foelg").title[0].value == agreed


def test_since_last_is_about_earlier_meetings_and_comes_once():
    number = added(title="Vi øver os")
    app = press(on_the_wall(number), "beslutning")
    app.text_area(key=f"beslutning under {agenda()[-1].id} tekst").set_value("Skrevet før dagen")
    app.text_input(key="hvem").set_value(ROLE)
    press(app, "beslutning", "gem-beslutning")
    with store.writing(OPERATOR) as session:
        held = open_record(session, MEETING, the_meeting().id)
        form = held.form.model_copy(update={"title": "Det næste", "held_on": date(2027, 6, 1)})
        made = agendas.next_meeting(session, ROLE, held.id, form)
        agendas.duplicate(session, ROLE, held.id, made.id)
        titles = [one.title for one in meetings.agenda(session, TODAY, made.id)]

    assert "Skrevet før dagen" not in shown(1)
    assert titles.count("Siden sidst") == 1
