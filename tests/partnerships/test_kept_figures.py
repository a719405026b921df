"""Figures that meetings keep: withheld when they are less protected, gone when their release is withdrawn."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import decisions_under
from data_access.partnerships.records import agendas, editing
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING
from data_access.partnerships.records.records import filled, open_record
from data_access.publishing import releases
from tests.conftest import MadeStores
from tests.made_up import KOEGE, LITTLE, MUCH, ROSKILDE, add_round, add_sheets
from tests.partnerships.small_partnership import SECRETARIAT, small_partnership

TODAY = date(2026, 12, 7)
NUMBER = 8_675_309


def figure(release: int) -> dict:
    """As a meeting keeps one."""
    return {
        "title": f"{NUMBER} havde tid nok",
        "selection": "Studerendes praktikevaluering 2025 · Alle enheder",
        "release": release,
        "released_on": "2026-12-01",
        "columns": ["Spørgsmål", "Antal svar"],
        "rows": [["Vejleder havde tid", NUMBER]],
    }


@pytest.fixture(scope="module")
def once_published(own_stores_of_each_kind: MadeStores) -> MadeStores:
    """A release of answers that are safe with five persons and with seven."""
    with own_stores_of_each_kind.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        for place in (ROSKILDE, KOEGE):
            for value in (MUCH, LITTLE):
                add_sheets(confidential, a_round, place, {"S01": value, "S02": value}, times=15)
        releases.publish(confidential, dashboard)
    return own_stores_of_each_kind


@pytest.fixture
def dashboard(published_so_far: Session) -> Session:
    """A store with that release."""
    return published_so_far


@pytest.fixture
def confidential(answers_behind: Session) -> Session:
    """The answers behind it."""
    return answers_behind


@pytest.fixture
def meeting(dashboard: Session) -> int:
    """A held meeting whose item and decision keep figures of release 1; gives the item."""
    fjord = small_partnership(dashboard)
    values = {"partnership_id": fjord.id, "title": "Møde", "held_on": TODAY}
    held = editing.create(dashboard, SECRETARIAT, MEETING, filled(MEETING, values))
    item = agendas.add_item(
        dashboard, SECRETARIAT, filled(ITEM, {"meeting_id": held.id, "title": "Status på praktik"})
    )
    decision = {
        "partnership_id": fjord.id,
        "agenda_item_id": item.id,
        "text": "Der laves et kursus",
        "decided_on": TODAY,
        "figure": figure(1),
    }
    editing.create(dashboard, SECRETARIAT, DECISION, filled(DECISION, decision))
    agendas.close(dashboard, SECRETARIAT, open_record(dashboard, MEETING, held.id), {item.id: figure(1)})
    return held.id


def kept(dashboard: Session, meeting_id: int) -> list[dict]:
    (item,) = meetings.agenda(dashboard, TODAY, meeting_id)
    return [item.figure, item.decisions[0].figure]


def test_a_figure_of_the_release_in_force_is_shown_as_it_was(dashboard, meeting):
    assert kept(dashboard, meeting) == [figure(1), figure(1)]


def test_a_figure_of_a_release_with_less_protection_is_not_shown(confidential, dashboard, meeting):
    releases.publish(confidential, dashboard, least_persons=7)

    for shown in kept(dashboard, meeting):
        assert str(NUMBER) not in str(shown)
        assert shown["rows"] == [
            [
                "Tallene er fra udgivelse 1, hvor hvert tal hviler på mindst 5 personer; nu kræves der mindst 7."
            ]
        ]
    releases.restore(dashboard, 1)
    assert kept(dashboard, meeting) == [figure(1), figure(1)]


def test_a_figure_of_a_release_that_the_store_does_not_know_is_not_shown(dashboard, meeting):
    (item,) = meetings.agenda(dashboard, TODAY, meeting)
    dashboard.get(ITEM.table, item.id).figure = figure(9)
    dashboard.flush()

    assert kept(dashboard, meeting)[0]["rows"] == [["Tallene er fra en udgivelse, som ikke kendes her."]]


def test_a_withdrawn_release_leaves_no_number_in_the_minutes_nor_in_their_log(
    confidential, dashboard, meeting
):
    releases.publish(confidential, dashboard)
    lines = len(dashboard.exec(select(ChangeRecord)).all())

    releases.withdraw(dashboard, 1)

    for shown in kept(dashboard, meeting):
        (why,) = shown["rows"][0]
        assert why.startswith("Udgivelse 1 er trukket tilbage den ")
        assert why.endswith("og dens tal er slettet.")
    for table in ("agenda_item", "decision", "change"):
        rows = dashboard.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - names of ours
        assert rows
        assert str(NUMBER) not in str(rows), table
    assert len(dashboard.exec(select(ChangeRecord)).all()) == lines + 2, "that they went is in the log"


def test_the_log_is_closed_again_after_a_withdrawal(confidential, dashboard, meeting):
    del meeting
    releases.publish(confidential, dashboard)
    releases.withdraw(dashboard, 1)

    with pytest.raises(DatabaseError, match="only added to"), dashboard.begin_nested():
        dashboard.execute(text("UPDATE change SET who = 'en anden'"))


def test_a_decision_keeps_its_text_when_its_figure_goes(confidential, dashboard, meeting):
    releases.publish(confidential, dashboard)
    releases.withdraw(dashboard, 1)

    (item,) = meetings.agenda(dashboard, TODAY, meeting)
    (decision,) = decisions_under(dashboard, TODAY, [item.id])
    assert decision.text == "Der laves et kursus"
