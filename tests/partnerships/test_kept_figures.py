"""Figures that meetings keep: withheld when they are less protected, gone when their release is withdrawn."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from data_access import log_chain
from data_access.dashboard.partnership_tables import changes
from data_access.dashboard.partnership_tables.changes import NO_RECORD, ChangeRecord
from data_access.operations.log_checks import log_findings
from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import decisions_under
from data_access.partnerships.records import agendas, change_log, editing
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


def about_records(dashboard: Session) -> list[ChangeRecord]:
    return list(dashboard.exec(select(ChangeRecord).where(ChangeRecord.record_id != NO_RECORD)))


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
    lines = len(about_records(dashboard))

    releases.withdraw(dashboard, 1)

    for shown in kept(dashboard, meeting):
        (why,) = shown["rows"][0]
        assert why.startswith("Udgivelse 1 er trukket tilbage den ")
        assert why.endswith("og dens tal er slettet.")
    for table in ("agenda_item", "decision", "change"):
        rows = dashboard.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - names of ours
        assert rows
        assert str(NUMBER) not in str(rows), table
    assert len(about_records(dashboard)) == lines + 2, "that they went is in the log"


def test_the_log_is_closed_again_after_a_withdrawal(confidential, dashboard, meeting):
    del meeting
    releases.publish(confidential, dashboard)
    releases.withdraw(dashboard, 1)

    with pytest.raises(DatabaseError, match="only added to"), dashboard.begin_nested():
        dashboard.execute(text("UPDATE change SET who = 'en anden'"))


def log_faults(dashboard: Session) -> list[str]:
    return [line for in_order, line in log_findings(dashboard) if not in_order]


def sealed(dashboard: Session) -> list[tuple[int, str]]:
    """The sides of lines from which a figure has been taken."""
    lines = dashboard.exec(select(ChangeRecord).order_by(ChangeRecord.id)).all()
    return [
        (line.id, side)
        for line in lines
        for side, seal in (line.seals or {}).items()
        if seal.keys() == {"seal"}
    ]


def test_the_chain_holds_before_and_after_a_withdrawal_and_no_salt_is_left_of_what_is_gone(
    confidential, dashboard, meeting
):
    del meeting
    releases.publish(confidential, dashboard)
    values = dashboard.exec(select(ChangeRecord.chain).order_by(ChangeRecord.id)).all()
    assert (log_faults(dashboard), sealed(dashboard)) == ([], [])

    releases.withdraw(dashboard, 1)

    assert log_faults(dashboard) == []
    assert sealed(dashboard)
    now = dashboard.exec(select(ChangeRecord.chain).order_by(ChangeRecord.id)).all()
    assert now[: len(values)] == values, "nothing is chained anew"


def test_the_same_figure_has_another_salt_in_each_line_and_none_in_the_record(dashboard, meeting):
    seals = dashboard.exec(select(ChangeRecord.seals).where(ChangeRecord.seals.is_not(None))).all()
    salts = [seal["salt"] for line in seals for seal in line.values()]
    assert len(salts) == len(set(salts)) >= 2
    assert kept(dashboard, meeting) == [figure(1), figure(1)]
    for change in change_log.log_lines(dashboard):
        assert not any(salt in str(change) for salt in salts)


@pytest.mark.parametrize(
    "deed",
    [
        {"rows": [["Vejleder havde tid", NUMBER + 1]]},
        {"rows": [["Tallene er slettet på grund af en fejl"]]},
        {"selection": "Studerendes praktikevaluering 2024"},
        {"title": f"{NUMBER}"},
    ],
)
def test_nobody_can_put_other_words_or_numbers_in_the_place_of_a_figure(
    confidential, dashboard, meeting, deed
):
    del meeting
    releases.publish(confidential, dashboard)
    for is_withdrawn in (False, True):
        if is_withdrawn:
            releases.withdraw(dashboard, 1)
        query = select(ChangeRecord).where(ChangeRecord.seals.is_not(None)).order_by(ChangeRecord.id)
        line = dashboard.exec(query).first()
        with dashboard.begin_nested() as attempt:
            with changes.open_log(dashboard):
                other = {**line.after["figure"], **deed}
                if is_withdrawn:
                    line.after = {**line.after, "figure": other}
                else:  # as a withdrawal does it, so that the line's value fits
                    changes.withhold(line, "after", other)
                dashboard.flush()
            assert [fault.split(" i loggen ")[0] for fault in log_faults(dashboard)] == [f"Linje {line.id}"]
            attempt.rollback()
        assert log_faults(dashboard) == []


def test_a_figure_cannot_be_left_out_of_a_line_with_its_seal_as_all_that_is_left(dashboard, meeting):
    del meeting
    line = dashboard.exec(select(ChangeRecord).where(ChangeRecord.seals.is_not(None))).first()
    with changes.open_log(dashboard):
        seal = log_chain.sealed(line.after["figure"], line.seals["after"])
        about = {name: line.after["figure"][name] for name in log_chain.STAYS}
        line.after, line.seals = {**line.after, "figure": {**about, "seal": seal}}, None
        dashboard.flush()

    assert [fault.split(" i loggen ")[0] for fault in log_faults(dashboard)] == [f"Linje {line.id}"]


def test_a_decision_keeps_its_text_when_its_figure_goes(confidential, dashboard, meeting):
    releases.publish(confidential, dashboard)
    releases.withdraw(dashboard, 1)

    (item,) = meetings.agenda(dashboard, TODAY, meeting)
    (decision,) = decisions_under(dashboard, TODAY, [item.id])
    assert decision.text == "Der laves et kursus"
