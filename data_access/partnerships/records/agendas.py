"""What is done with an agenda as a whole: added to, put in order, taken over by the next meeting, locked."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.meetings import ItemForm, ItemRecord, MeetingForm, MeetingRecord
from data_access.partnerships.records import editing
from data_access.partnerships.records.initiative_commands import with_values
from data_access.partnerships.records.kinds import ITEM, MEETING
from data_access.partnerships.records.records import (
    Opened,
    filled,
    live,
    locked,
    open_record,
    opened,
    snapshot,
)
from indicators.partnership.board import Ref
from indicators.partnership.meeting import SINCE_LAST, MeetingStatus

CARRIED_OVER = (
    "title", "kind", "minutes_planned", "talking_points", "page", "view", "initiative_id", "agreement_id",
)  # fmt: skip
"""What the same item begins with at another meeting: nothing of what was said and decided."""


def add_item(session: Session, who: str, form: ItemForm) -> Opened:
    """A new item, last on the agenda of its meeting."""
    last = _in_order(session, form.meeting_id)[-1:]
    position = last[0].position + 1 if last else 1
    return editing.create(session, who, ITEM, form.model_copy(update={"position": position}))


def add_since_last(session: Session, who: str, meeting_id: int) -> Opened:
    """The item that shows what nobody has followed up yet."""
    values = {"meeting_id": meeting_id, "title": "Siden sidst", "page": SINCE_LAST, "minutes_planned": 10}
    return add_item(session, who, filled(ITEM, values))


def move(session: Session, who: str, item_id: int, places: int) -> None:
    """The item so many places down its agenda, or up when it is negative."""
    meeting_id = open_record(session, ITEM, item_id).form.meeting_id
    items = _in_order(session, meeting_id)
    now = next((index for index, one in enumerate(items) if one.id == item_id), None)
    if now is None:
        return
    items.insert(max(0, min(len(items) - 1, now + places)), items.pop(now))
    for position, one in enumerate(items, start=1):
        with_values(session, who, opened(session, ITEM, one), position=position)


def duplicate(session: Session, who: str, source_id: int, meeting_id: int) -> int:
    """The agenda of another meeting after what is there already, «Siden sidst» once; how many came over."""
    has_since_last = any(one.page == SINCE_LAST for one in _in_order(session, meeting_id))
    source = [one for one in _in_order(session, source_id) if not (has_since_last and one.page == SINCE_LAST)]
    for one in source:
        values = {name: getattr(one, name) for name in CARRIED_OVER}
        add_item(session, who, filled(ITEM, {**values, "meeting_id": meeting_id}))
    return len(source)


def next_meeting(session: Session, who: str, source_id: int, form: MeetingForm) -> Opened:
    """A new meeting that starts from an earlier one: what is left to follow up, then its agenda."""
    meeting = editing.create(session, who, MEETING, form)
    if all(one.page != SINCE_LAST for one in _in_order(session, source_id)):
        add_since_last(session, who, meeting.id)
    duplicate(session, who, source_id, meeting.id)
    return meeting


def begun_from(session: Session, source_id: int) -> dict:
    """What the form of the next meeting begins with: everything but title, day and state."""
    kept = snapshot(open_record(session, MEETING, source_id).form)
    return {name: kept[name] for name in ("partnership_id", "body_id", "starts_at", "ends_at", "place")}


def close(session: Session, who: str, base: Opened, figures: Mapping[int, dict] | None = None) -> Opened:
    """The meeting is over: its agenda and decisions are locked, with these figures kept by item."""
    for item_id, figure in (figures or {}).items():
        with_values(session, who, open_record(session, ITEM, item_id), figure=figure)
    return with_values(session, who, base, status=MeetingStatus.CLOSED, reopened_because="")


def reopen(session: Session, who: str, base: Opened, because: str) -> Opened:
    """Something has to be put right after all; the reason is in the log."""
    return with_values(session, who, base, status=MeetingStatus.UNDER_WAY, reopened_because=because)


def before(session: Session, partnership_id: int, held_on: date, but: int | None = None) -> Ref | None:
    """The partnership's last meeting up to a day."""
    query = live(MeetingRecord).where(
        MeetingRecord.partnership_id == partnership_id,
        MeetingRecord.held_on <= held_on,
        MeetingRecord.id != but,
    )
    last = session.exec(query.order_by(MeetingRecord.held_on.desc(), MeetingRecord.id.desc())).first()
    return Ref(last.id, last.title) if last else None


def _in_order(session: Session, meeting_id: int) -> list[ItemRecord]:
    """The items, and the meeting held, so that two people do not put them in order at once."""
    locked(session, MEETING, meeting_id)
    query = live(ItemRecord).where(ItemRecord.meeting_id == meeting_id)
    return list(session.exec(query.order_by(ItemRecord.position, ItemRecord.id)))
