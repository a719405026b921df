"""Agendas are put in order and taken over; a closed meeting is locked; what is left open comes back."""

from datetime import date

import pytest
from sqlmodel import Session

from data_access.dashboard.partnership_tables.meetings import MeetingForm
from data_access.partnerships.lists.meetings import agenda, left_open
from data_access.partnerships.records import agendas, editing, initiative_commands
from data_access.partnerships.records.change_log import changes_of
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING, POINT
from data_access.partnerships.records.records import Opened, filled, listed, open_record
from data_access.problems import ConflictProblem, EditProblem
from indicators.partnership.meeting import SINCE_LAST, MeetingStatus
from tests.partnerships.small_partnership import SECRETARIAT, TODAY, SmallPartnership, made

HELD = date(2026, 12, 7)
WORK = {"kind": "Drøftelse", "minutes_planned": 20, "talking_points": "Hvad gør de andre?"}


@pytest.fixture
def meeting(dashboard: Session, fjord: SmallPartnership) -> Opened:
    return made(dashboard, MEETING, partnership_id=fjord.id, title="Styregruppemøde", held_on=HELD)


def item(session: Session, meeting: Opened, title: str, **values: object) -> Opened:
    form = filled(ITEM, {"meeting_id": meeting.id, "title": title, **values})
    return agendas.add_item(session, SECRETARIAT, form)


def titles(session: Session, meeting_id: int) -> list[str]:
    return [one.title for one in agenda(session, TODAY, meeting_id)]


def decision(session: Session, fjord: SmallPartnership, text: str, **values: object) -> Opened:
    return made(session, DECISION, partnership_id=fjord.id, text=text, **values)


def closed(session: Session, meeting: Opened) -> Opened:
    return agendas.close(session, SECRETARIAT, open_record(session, MEETING, meeting.id))


def test_a_new_item_comes_last_and_moves_one_place_at_a_time(dashboard, meeting):
    first, _, third = (item(dashboard, meeting, title) for title in ("Første", "Anden", "Tredje"))

    agendas.move(dashboard, SECRETARIAT, third.id, -1)
    assert titles(dashboard, meeting.id) == ["Første", "Tredje", "Anden"]
    agendas.move(dashboard, SECRETARIAT, first.id, +1)
    assert titles(dashboard, meeting.id) == ["Tredje", "Første", "Anden"]
    agendas.move(dashboard, SECRETARIAT, third.id, -1)
    assert titles(dashboard, meeting.id) == ["Tredje", "Første", "Anden"]


def test_a_deleted_item_can_be_found_and_brought_back(dashboard, meeting):
    gone = item(dashboard, meeting, "Eventuelt")
    editing.delete(dashboard, SECRETARIAT, gone)
    assert [one.name for one in listed(dashboard, ITEM, {"meeting_id": meeting.id}).deleted] == ["Eventuelt"]

    editing.restore(dashboard, SECRETARIAT, ITEM, gone.id)
    assert titles(dashboard, meeting.id) == ["Eventuelt"]


def test_the_next_meeting_starts_from_this_one_without_what_was_said(dashboard, fjord, meeting):
    view = {"page": "resultater", "view": "spoergeskema=student&aar=2025"}
    was = item(dashboard, meeting, "Status", summary="Der blev talt længe.", **WORK, **view)
    decision(dashboard, fjord, "Vi går i gang", decided_on=HELD, agenda_item_id=was.id)
    made(dashboard, POINT, agenda_item_id=was.id, text="Nyt fra KL")

    begun = agendas.begun_from(dashboard, meeting.id)
    form = filled(MEETING, {**begun, "title": "Næste møde", "held_on": date(2027, 6, 1)})
    new = agendas.next_meeting(dashboard, SECRETARIAT, meeting.id, form)

    since, status = agenda(dashboard, TODAY, new.id)
    assert (since.title, since.page) == ("Siden sidst", SINCE_LAST)
    assert (status.kind, status.minutes_planned, status.talking_points) == tuple(WORK.values())
    assert (status.page, status.view) == tuple(view.values())
    assert (status.summary, status.points, status.decisions) == ("", (), ())
    assert agendas.before(dashboard, fjord.id, date(2027, 6, 1), new.id).id == meeting.id

    again = filled(MEETING, {**begun, "title": "Endnu et", "held_on": date(2027, 12, 1)})
    third = agendas.next_meeting(dashboard, SECRETARIAT, new.id, again)
    assert titles(dashboard, third.id) == ["Siden sidst", "Status"]


def test_since_last_is_what_was_open_on_the_day_the_overdue_first(dashboard, fjord):
    june, october = date(2026, 6, 1), date(2026, 10, 1)
    decision(dashboard, fjord, "Uden frist", decided_on=june)
    decision(dashboard, fjord, "Frist senere", decided_on=june, due=date(2027, 1, 1))
    decision(dashboard, fjord, "Over fristen", decided_on=june, due=october)
    decision(dashboard, fjord, "Fulgt op før mødet", decided_on=june, done_on=october)
    decision(dashboard, fjord, "Fulgt op på mødet", decided_on=june, done_on=HELD)
    decision(dashboard, fjord, "Truffet på mødet", decided_on=HELD)

    found = left_open(dashboard, TODAY, fjord.id, HELD)

    assert [one.text for one in found] == ["Over fristen", "Frist senere", "Uden frist", "Fulgt op på mødet"]
    assert [one.is_overdue for one in found] == [True, False, False, False]


def test_a_closed_meeting_refuses_every_way_of_changing_it(dashboard, fjord, meeting):
    kept, gone = item(dashboard, meeting, "Punkt"), item(dashboard, meeting, "Slettet punkt")
    point = made(dashboard, POINT, agenda_item_id=kept.id, text="Orientering")
    decided = decision(dashboard, fjord, "Besluttet", decided_on=HELD, agenda_item_id=kept.id)
    editing.delete(dashboard, SECRETARIAT, gone)
    edited = initiative_commands.with_values(dashboard, SECRETARIAT, kept, title="Punktet")
    elsewhere = made(dashboard, MEETING, partnership_id=fjord.id, title="Et andet", held_on=HELD)
    moving = item(dashboard, elsewhere, "På vej")
    last_change = changes_of(dashboard, ITEM, kept.id)[0].id
    now = closed(dashboard, meeting)

    attempts = (
        lambda: item(dashboard, meeting, "Nyt punkt"),
        lambda: initiative_commands.with_values(dashboard, SECRETARIAT, edited, summary="Skrevet om"),
        lambda: initiative_commands.with_values(dashboard, SECRETARIAT, moving, meeting_id=meeting.id),
        lambda: editing.delete(dashboard, SECRETARIAT, edited),
        lambda: editing.restore(dashboard, SECRETARIAT, ITEM, gone.id),
        lambda: editing.undo(dashboard, SECRETARIAT, last_change),
        lambda: made(dashboard, POINT, agenda_item_id=kept.id, text="Endnu en"),
        lambda: initiative_commands.with_values(dashboard, SECRETARIAT, point, text="En anden"),
        lambda: decision(dashboard, fjord, "Ny", decided_on=HELD, agenda_item_id=kept.id),
        lambda: initiative_commands.with_values(dashboard, SECRETARIAT, decided, text="Noget andet"),
        lambda: editing.delete(dashboard, SECRETARIAT, decided),
        lambda: initiative_commands.with_values(dashboard, SECRETARIAT, now, title="Et andet møde"),
        lambda: editing.delete(dashboard, SECRETARIAT, now),
        lambda: agendas.duplicate(dashboard, SECRETARIAT, elsewhere.id, meeting.id),
    )
    for attempt in attempts:
        with pytest.raises(EditProblem, match="er afsluttet, så dagsorden") as refused:
            attempt()
        assert not isinstance(refused.value, ConflictProblem)
    assert titles(dashboard, meeting.id) == ["Punktet"]


def test_a_decision_of_a_closed_meeting_can_still_be_followed_up(dashboard, fjord, meeting):
    kept = item(dashboard, meeting, "Punkt")
    decided = decision(dashboard, fjord, "Besluttet", decided_on=HELD, agenda_item_id=kept.id)
    closed(dashboard, meeting)

    done = initiative_commands.with_values(dashboard, SECRETARIAT, decided, done_on=TODAY, outcome="Klaret")

    assert (done.form.done_on, done.form.outcome) == (TODAY, "Klaret")


def test_reopening_takes_a_new_reason_every_time_and_is_logged(dashboard, meeting):
    now = closed(dashboard, meeting)
    with pytest.raises(EditProblem, match="hvorfor mødet genåbnes"):
        agendas.reopen(dashboard, SECRETARIAT, now, " ")
    with pytest.raises(EditProblem, match="hvorfor mødet genåbnes"):
        editing.undo(dashboard, SECRETARIAT, changes_of(dashboard, MEETING, meeting.id)[0].id)

    opened = agendas.reopen(dashboard, SECRETARIAT, now, "En beslutning manglede")
    assert opened.form.status is MeetingStatus.UNDER_WAY
    item(dashboard, meeting, "Glemt punkt")
    logged = changes_of(dashboard, MEETING, meeting.id)[0]
    assert ("Genåbnet, fordi", "En beslutning manglede") in {(one.label, one.after) for one in logged.fields}

    again = agendas.close(dashboard, SECRETARIAT, opened)
    assert isinstance(again.form, MeetingForm)
    with pytest.raises(EditProblem, match="hvorfor mødet genåbnes"):
        agendas.reopen(dashboard, SECRETARIAT, again, "")
