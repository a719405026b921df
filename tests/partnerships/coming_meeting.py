"""The sample's coming meeting, and more on its agenda."""

from datetime import date

from data_access.dashboard import store
from data_access.partnerships.lists import meetings
from data_access.partnerships.records import agendas
from data_access.partnerships.records.kinds import ITEM
from data_access.partnerships.records.records import filled
from indicators.rights import OPERATOR

TODAY, COMING, ROLE = date(2026, 11, 22), date(2026, 12, 7), "Sekretariatet"


def the_meeting(held_on: date = COMING) -> meetings.Meeting:
    """The meeting of that day."""
    with store.reading(OPERATOR) as session:
        return next(one for one in meetings.meetings(session) if one.held_on == held_on)


def agenda() -> tuple[meetings.Item, ...]:
    """The items of the coming one."""
    with store.reading(OPERATOR) as session:
        return meetings.agenda(session, TODAY, the_meeting().id)


def add_item(**values: object) -> int:
    """The id of a new item, last on the agenda."""
    with store.writing(OPERATOR) as session:
        form = filled(ITEM, {"meeting_id": the_meeting().id, "title": "Punktets titel", **values})
        return agendas.add_item(session, ROLE, form).id
