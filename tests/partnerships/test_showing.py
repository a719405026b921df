"""What is on the wall of a meeting, for other screens, and drafts of decisions; on both kinds of store."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from data_access.partnerships.lists import showing
from data_access.partnerships.records import agendas
from data_access.partnerships.records.kinds import ITEM, MEETING
from data_access.partnerships.records.records import filled
from tests.partnerships.small_partnership import SECRETARIAT, made, small_partnership

BEGAN = datetime(2026, 12, 7, 12, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(dashboard: Session) -> tuple[int, int, int]:
    """A meeting and the two items of its agenda."""
    held = made(
        dashboard,
        MEETING,
        partnership_id=small_partnership(dashboard).id,
        title="Styregruppemøde",
        held_on=date(2026, 12, 7),
    )
    items = [
        agendas.add_item(dashboard, SECRETARIAT, filled(ITEM, {"meeting_id": held.id, "title": title})).id
        for title in ("Status", "Vejledning")
    ]
    return held.id, *items


def test_nothing_is_shown_before_somebody_begins(dashboard, meeting):
    assert showing.showing(dashboard, meeting[0]) is None


def test_another_item_begins_its_own_clock_and_the_meeting_s_runs_on(dashboard, meeting):
    held, first, second = meeting
    showing.show(dashboard, held, first, "", BEGAN)
    showing.show(dashboard, held, second, "enhed=alle", BEGAN + 10 * MINUTE)
    showing.show(dashboard, held, second, "enhed=kommune:0265", BEGAN + 15 * MINUTE)
    now = showing.showing(dashboard, held)

    assert (now.item_id, now.view) == (second, "enhed=kommune:0265")
    assert (now.began_at, now.item_since) == (BEGAN, BEGAN + 10 * MINUTE)


def test_a_meeting_that_is_shown_again_the_next_day_begins_anew(dashboard, meeting):
    held, first, _ = meeting
    showing.show(dashboard, held, first, "", BEGAN)
    tomorrow = BEGAN + timedelta(days=1)
    showing.show(dashboard, held, first, "", tomorrow)

    assert showing.showing(dashboard, held).began_at == tomorrow
    assert showing.showing(dashboard, held).item_since == tomorrow


def test_a_draft_is_kept_as_it_was_last_typed_until_it_is_a_decision(dashboard, meeting):
    _, first, second = meeting
    assert showing.draft(dashboard, first) == {}
    showing.keep_draft(dashboard, first, {"text": "Vi be"})
    showing.keep_draft(dashboard, first, {"text": "Vi beslutter", "due": "2027-06-01"})

    assert showing.draft(dashboard, first) == {"text": "Vi beslutter", "due": "2027-06-01"}
    assert showing.draft(dashboard, second) == {}
    showing.drop_draft(dashboard, first)
    assert showing.draft(dashboard, first) == {}
