"""Everything of a partnership is made, edited, deleted, restored and undone on the page."""

import sqlite3
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import store
from data_access.dashboard.models import DASHBOARD
from data_access.partnerships.files.initiative_sheet import initiative_listing
from data_access.partnerships.lists.agreements import agreements, focus_areas, partnerships
from data_access.partnerships.lists.measurements import criteria
from data_access.partnerships.records import initiative_commands
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    DECISION,
    FOCUS_AREA,
    INITIATIVE,
    KINDS,
    MILESTONE,
    UPDATE,
)
from data_access.partnerships.records.records import listed, open_record
from data_access.publishing import releases
from indicators.rights import OPERATOR
from tests.app import opened, unfold
from tests.conftest import writing
from tests.made_up import LITTLE, ROSKILDE, VERY_MUCH, add_round, add_sheets
from tests.partnerships.small_partnership import small_partnership
from tests.partnerships.written import (
    PAGE,
    ROLE,
    TODAY,
    as_role,
    card,
    field,
    numbered,
    press,
    rerun,
    said,
    somebody_else,
)
from views.documents.files.listings import workbook_of

FEEDBACK = "Feedback, som de studerende kan bruge"
written_in = pytest.mark.usefixtures("own_copy")


def spu() -> int:
    return asked(partnerships, lambda one: one.short_name == "SPU").id


def asked(question, is_it, *about):
    with store.reading(OPERATOR) as session:
        return next(one for one in question(session, *about) if is_it(one))


def form(what: str = "", post: str = "", **link: str) -> AppTest:
    """The forms of SPU, at a kind of record and one of them."""
    keys = {"del": "aftaler", "partnerskab": str(spu()), "aftaledel": "ret", **link}
    keys |= {"hvad": what} if what else {}
    keys |= {f"post-{what}": post} if post else {}
    return as_role(opened(PAGE, **keys))


# --- from nothing ---


@written_in
def test_a_secretary_makes_a_partnership_with_agreement_focus_area_and_criterion_from_nothing():
    app = as_role(opened(PAGE, **{"del": "aftaler", "aftaledel": "ret"}))
    field(app, "text_input", "Navn").set_value("Praktik i nord")
    press(app, "Opret partnerskabet")
    assert app.title[0].value == "Ret Praktik i nord"

    app.selectbox(key="hvad").set_value(option(app, "hvad", "Aftaler"))
    rerun(app)
    field(app, "text_input", "Titel").set_value("Aftale om nord")
    press(app, "Opret aftalen")
    assert "Gælder fra: mangler." in app.error[0].value.replace("\\", "")
    assert field(app, "text_input", "Titel").value == "Aftale om nord"
    field(app, "date_input", "Gælder fra").set_value(date(2026, 1, 1))
    field(app, "selectbox", "Opsiges senest").set_value("10-01")
    field(app, "selectbox", "Til ophør").set_value("01-01")
    press(app, "Opret aftalen")

    app.selectbox(key="hvad").set_value(option(app, "hvad", "Fokusområder"))
    rerun(app)
    field(app, "text_input", "Navn").set_value("Vejledning")
    field(app, "text_area", "Parterne vil (én handling på hver linje)").set_value("Kursus\n\nMateriale")
    press(app, "Opret fokusområdet")

    made = asked(partnerships, lambda one: one.name == "Praktik i nord").id
    agreed = asked(agreements, bool, TODAY, made)
    assert (agreed.title, agreed.status) == ("Aftale om nord", "Gældende")
    assert agreed.next_deadline.by == date(2027, 10, 1)
    assert asked(focus_areas, bool, made).actions == ("Kursus", "Materiale")


def option(app: AppTest, key: str, label: str):
    """The option of that label, as the box holds it."""
    box = app.selectbox(key=key)
    return box.options[box.options.index(label)]


@written_in
def test_a_new_criterion_begins_at_the_question_and_is_held_up_against_the_figures_at_once():
    app = form("success_criterion", maales="question:S05", enhed="kommune:0265", aar="2023")
    assert "2025: " in said(app)
    assert field(app, "number_input", "Udgangspunktets år").value == 2023
    assert field(app, "selectbox", "Retning").value == "op"
    field(app, "text_area", "Kriterie").set_value("Flere oplever, at der er tid")
    field(app, "number_input", "Mål i %").set_value(99.0)

    press(app, "Opret succeskriteriet")

    found = asked(criteria, lambda one: one.text == "Flere oplever, at der er tid", TODAY)
    assert (found.subject.question, found.subject.unit, found.goal.target) == ("S05", "kommune:0265", 0.99)
    assert found.baseline.year == 2023
    assert found.evaluation.outcome in said(app)
    assert found.evaluation.because in said(app)


@written_in
def test_what_a_criterion_is_measured_on_is_changed_and_can_be_undone():
    one = asked(criteria, lambda one: one.text.startswith("Tre ud af fire"), TODAY)
    app = form("success_criterion", str(one.id))
    box = field(app, "selectbox", "Måles på")
    box.set_value(
        next(option for option in box.options if option.endswith("Løbende feedback, der kunne bruges"))
    )
    rerun(app)
    assert "Udgivet om «Løbende feedback, der kunne bruges» for kriteriets gruppe: 2022" in said(app)
    press(app, "Gem succeskriteriet")
    assert "mål" in app.error[0].value
    field(app, "number_input", "Mål i %").set_value(60.0)

    press(app, "Gem succeskriteriet")

    now = asked(criteria, lambda found: found.id == one.id, TODAY)
    assert (now.subject.question, now.subject.unit, now.goal.target) == ("S07", one.subject.unit, 0.6)
    assert now.current.share != one.current.share
    assert now.evaluation.because in said(app)
    assert "Vejlederen havde tid" in said(app)
    assert "Løbende feedback" in said(app)

    box = field(app, "selectbox", "Måles på")
    box.set_value(next(option for option in box.options if option.startswith("Ingen tal")))
    rerun(app)
    field(app, "selectbox", "Partnerskabets vurdering").set_value("På vej")
    field(app, "text_area", "Begrundelse").set_value("Vi har aftalt det")
    press(app, "Gem succeskriteriet")
    words = asked(criteria, lambda found: found.id == one.id, TODAY)
    assert (words.subject, words.evaluation.outcome) == (None, "På vej")

    press(app, "Fortryd den seneste ændring (rettet)")
    assert asked(criteria, lambda found: found.id == one.id, TODAY).subject.question == "S07"


def test_where_high_is_bad_the_share_is_meant_to_go_down(own_copy):
    with sqlite3.connect(own_copy) as connection:
        for number, asked_then in connection.execute(
            "SELECT id, questionnaire FROM published_round"
        ).fetchall():
            turned = asked_then.replace('"high_is_bad": false', '"high_is_bad": true')
            connection.execute("UPDATE published_round SET questionnaire = ? WHERE id = ?", (turned, number))
    connection.close()
    app = as_role(opened(PAGE, indsats="ny", om="S05"))
    field(app, "text_input", "Titel").set_value("Færre belastes")

    press(app, "Opret indsatsen")

    assert card(numbered("Færre belastes")).initiative.questions[0].direction == "ned"
    app = form("success_criterion", maales="question:S05")
    assert field(app, "selectbox", "Retning").value == "ned"


@written_in
def test_a_new_initiative_begins_in_a_partnership_whose_agreement_runs():
    app = opened(PAGE, indsats="ny", enhed="kommune:0265")

    first = app.selectbox(key="for").options[0]
    with store.reading(OPERATOR) as session:
        running = {one.partnership.name for one in agreements(session, TODAY) if one.period.covers(TODAY)}
    assert first in running


@written_in
def test_a_renewal_begins_with_the_terms_it_renews_from_the_day_after():
    with store.reading(OPERATOR) as session:
        was = next(one for one in agreements(session, TODAY, spu()) if one.period.ends)
    app = form("agreement", str(was.id))
    press(app, "Forny aftalen")

    assert field(app, "date_input", "Gælder fra").value == date(2031, 1, 1)
    press(app, "Opret aftalen")

    new = asked(agreements, lambda one: one.renews and one.renews.id == was.id, TODAY, spu())
    assert (new.parties, new.notice, new.period.ends) == (was.parties, was.notice, None)


# --- editing, deleting, restoring, undoing ---


@written_in
def test_a_focus_area_is_renamed_undone_deleted_and_restored():
    first = listed_of(FOCUS_AREA)[0]
    app = form("focus_area", str(first.id))
    field(app, "text_input", "Navn").set_value("Et andet navn")
    press(app, "Gem fokusområdet")
    assert listed_of(FOCUS_AREA)[0].name == "Et andet navn"

    press(app, "Fortryd den seneste ændring (rettet)")
    assert listed_of(FOCUS_AREA)[0].name == first.name

    unfold(app, f"slet focus_area {first.id} åben")
    assert "Bliver stående uden fokusområdet" in said(app)
    field(app, "checkbox", "Ja, slet fokusområdet").check()
    rerun(app)
    press(app, "Slet")
    assert first not in listed_of(FOCUS_AREA)
    press(app, "Gendan")
    assert first in listed_of(FOCUS_AREA)


def listed_of(kind, belongs=None):
    with store.reading(OPERATOR) as session:
        return listed(session, kind, {"partnership_id": spu()} if belongs is None else belongs).there


@written_in
def test_two_editors_of_an_agreement_are_shown_both_versions():
    number = listed_of(AGREEMENT)[0].id
    app = form("agreement", str(number))
    with somebody_else() as session:
        was = open_record(session, AGREEMENT, number)
        initiative_commands.with_values(session, "KKR Hovedstaden", was, financing="Deres finansiering")
    field(app, "text_area", "Bemærkning").set_value("Min bemærkning")

    press(app, "Gem aftalen")

    assert any("KKR Hovedstaden" in one.value.replace("\\", "") for one in app.warning)
    press(app, "Gem begges ændringer")
    found = asked(agreements, lambda one: one.id == number, TODAY)
    assert (found.financing, found.note) == ("Deres finansiering", "Min bemærkning")


@written_in
@pytest.mark.parametrize("what", ["partnership", "party", "success_criterion", "decision"])
def test_forms_with_boxes_of_their_own_save_what_is_there(what):
    if what == "decision":
        number = numbered("Status på praktik i direktørkredsene")
        app = edited(number, DECISION, card(number).decisions[0].id)
    else:
        belongs = {} if what == "party" else {"partnership_id": spu()}
        there = listed_of(KINDS[what], belongs) if what != "partnership" else ()
        app = form(what, str(there[0].id)) if there else form()

    press(app, f"Gem {KINDS[what].called}")

    assert not app.error
    assert not app.warning


@written_in
def test_an_entry_of_the_annual_cycle_is_made_where_it_is_read():
    keys = {"del": "aarshjul", "partnerskab": str(spu()), "fra": "ret"}
    app = as_role(opened(PAGE, **keys))
    field(app, "text_input", "Titel").set_value("Fælles temadag")
    field(app, "selectbox", "Slags").set_value("Møde")
    field(app, "selectbox", "Hvert år fra").set_value("03-15")
    press(app, "Opret årshjulspunktet")

    assert "Fælles temadag" in said(opened(PAGE, **{"del": "aarshjul"}))


# --- initiatives ---


@written_in
def test_a_merged_initiative_leads_on_to_the_one_it_goes_on_in():
    number, other = numbered(FEEDBACK), numbered("Vejledning tæt på den studerende i Helsingør")
    app = as_role(opened(PAGE, indsats=str(number), kort="ret", hvad="initiative"))
    press(app, "Læg sammen")
    assert any("Vælg den indsats" in one.value for one in app.error)
    field(app, "selectbox", "Fortsætter i").set_value(other)
    press(app, "Læg sammen")

    assert card(number).initiative.status == "Afløst"
    app = opened(PAGE, indsats=str(number))
    press(app, "Fortsætter i: Vejledning tæt på den studerende i Helsingør")
    assert app.title[0].value == "Vejledning tæt på den studerende i Helsingør"
    press(app, f"Har afløst: {FEEDBACK}")
    assert app.title[0].value == FEEDBACK

    app = as_role(opened(PAGE, indsats=str(other), kort="ret", hvad="initiative"))
    field(app, "selectbox", "Fortsætter i").set_value(number)
    press(app, "Læg sammen")
    assert any("fortsætter selv i denne" in one.value for one in app.error)


@written_in
def test_a_milestone_is_renamed_and_an_update_is_taken_back():
    number = numbered(FEEDBACK)
    milestone = card(number).milestones[0]
    app = edited(number, MILESTONE, milestone.id)
    field(app, "text_input", "Milepæl").set_value("Et bedre navn")
    press(app, "Gem milepælen")
    assert "Et bedre navn" in [one.title for one in card(number).milestones]

    with somebody_else() as session:
        update = initiative_commands.post_update(session, ROLE, number, "Skrevet ved en fejl", TODAY).id
    app = edited(number, UPDATE, update)
    press(app, "Fortryd den seneste ændring (oprettet)")
    assert "Skrevet ved en fejl" not in [one.text for one in card(number).updates]
    press(app, "Gendan")
    assert "Skrevet ved en fejl" in [one.text for one in card(number).updates]


def edited(number: int, kind, record_id: int) -> AppTest:
    keys = {"indsats": str(number), "kort": "ret", "hvad": kind.name, f"post-{kind.name}": str(record_id)}
    return as_role(opened(PAGE, **keys))


@written_in
def test_the_parties_of_the_initiative_are_the_first_to_answer_for_a_decision():
    number = numbered(FEEDBACK)
    app = opened(PAGE, indsats=str(number))

    offered = next(one for one in app.selectbox if one.label == "Ansvarlig").options
    one = card(number).initiative
    own = [one.responsible.name, *(participant.party.name for participant in one.participants)]
    assert offered[: len(set(own))] == list(dict.fromkeys(own))


@written_in
def test_nobody_deletes_or_closes_what_another_has_changed_meanwhile():
    number = numbered(FEEDBACK)
    app = as_role(opened(PAGE, indsats=str(number), kort="ret", hvad="initiative"))
    unfold(app, f"slet initiative {number} åben")
    field(app, "checkbox", "Ja, slet indsatsen").check()
    rerun(app)
    theirs(number, "Deres mål")
    press(app, "Slet")
    assert any("er derfor ikke slettet" in one.value for one in app.error)
    assert not card(number).is_deleted

    app = as_role(opened(PAGE, indsats=str(number), kort="ret", hvad="initiative"))
    theirs(number, "Deres andet mål")
    press(app, "Afslut indsatsen")
    assert app.warning
    press(app, "Gem begges ændringer")
    found = card(number)
    assert (found.initiative.status, found.initiative.goal) == ("Afsluttet", "Deres andet mål")


def theirs(number: int, goal: str) -> None:
    with somebody_else() as session:
        initiative_commands.with_values(
            session, "KKR Hovedstaden", open_record(session, INITIATIVE, number), goal=goal
        )


# --- the workbook ---


@written_in
def test_a_refused_row_says_why_and_a_row_changed_before_confirming_is_not_read_in():
    with store.reading(OPERATOR) as session:
        book = load_workbook(BytesIO(workbook_of(initiative_listing(session, TODAY))))
    sheet = book["Indsatser"]
    title = [cell.value for cell in sheet[1]].index("Titel") + 1
    numbers = [sheet.cell(row, 1).value for row in (2, 3)]
    sheet.cell(2, title).value = "En titel, der kommer for sent"
    sheet.cell(3, title).value = "En titel til"
    edited_book = BytesIO()
    book.save(edited_book)
    theirs(numbers[0], "Ændret, før arket blev læst")

    app = as_role(opened(PAGE))
    app.get("file_uploader")[0].upload("indsatser.xlsx", edited_book.getvalue())
    rerun(app)
    page = said(app)
    assert "1 række ændres, 1 afvises" in page
    assert "Afvist række" in page
    assert "KKR Hovedstaden" in page

    theirs(numbers[1], "Ændret, efter at arket blev vist")
    press(app, "Indlæs 1 række")
    assert "0 rækker ændres, 2 afvises" in said(app)
    assert card(numbers[1]).initiative.title != "En titel til"


# --- other stores ---


def test_without_partnerships_every_page_says_something_useful(own_copy):
    with sqlite3.connect(own_copy) as connection:
        for kind in KINDS.values():
            for table in (*(one.table.__tablename__ for one in kind.lists), kind.name):
                connection.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own tables
    connection.close()

    for keys in ({}, {"indsats": "ny"}, {"del": "aftaler"}, {"del": "aarshjul"}):
        app = opened(PAGE, **keys)
        assert app.info, keys
    for page in (None, "pages/results/unit.py", "pages/results/results.py"):
        opened(page, enhed="kommune:0265")
    app = as_role(opened(PAGE, **{"del": "aftaler", "aftaledel": "ret"}))
    field(app, "text_input", "Navn").set_value("Det første")
    press(app, "Opret partnerskabet")
    assert app.title[0].value == "Ret Det første"


@pytest.mark.slow
def test_the_page_reads_and_writes_in_postgresql(postgresql, tmp_path, monkeypatch):
    with engines.engine(postgresql).begin() as connection:
        DASHBOARD.drop_all(connection)
    with (
        engines.writing(f"sqlite:///{tmp_path}/confidential.sqlite", CONFIDENTIAL) as confidential,
        writing(postgresql) as dashboard,
    ):
        fjord = published(confidential, dashboard)
        number = fjord.initiative(dashboard, questions=[{"survey": "student", "question": "S01"}]).id
    monkeypatch.setenv("DATABASE_URL", postgresql)

    app = as_role(opened(PAGE, indsats=str(number)))
    field(app, "text_input", "Hvad er der sket?").set_value("Første møde er holdt")
    press(app, "Gem opdatering")
    assert "Første møde er holdt" in said(app)

    app = as_role(opened(PAGE, indsats=str(number), kort="ret", hvad="initiative"))
    theirs(number, "Deres mål")
    field(app, "text_area", "Beskrivelse").set_value("Min beskrivelse")
    press(app, "Gem indsatsen")
    press(app, "Gem begges ændringer")
    assert (card(number).description, card(number).initiative.goal) == ("Min beskrivelse", "Deres mål")
    for keys in ({}, {"del": "aftaler", "partnerskab": str(fjord.id)}, {"del": "aarshjul"}):
        opened(PAGE, **keys)


def published(confidential: Session, dashboard: Session):
    fjord = small_partnership(dashboard)
    for year, agree in ((2024, 10), (2025, 14)):
        a_round = add_round(confidential, year)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": VERY_MUCH, "S02": VERY_MUCH}, times=agree)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": LITTLE}, times=20 - agree)
    releases.publish(confidential, dashboard)
    return fjord
