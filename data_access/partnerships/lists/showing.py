"""A meeting while it goes on: what is on the wall for other screens to follow, and drafts of decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from data_access.dashboard.partnership_tables.meetings import (
    NO_ACCOUNT,
    DraftForm,
    DraftRecord,
    ShowingForm,
    ShowingRecord,
)
from data_access.dashboard.scope import principal_of
from data_access.engines import upsert
from data_access.partnerships.records.kinds import ITEM, MEETING
from data_access.partnerships.records.permissions import refuse_change
from data_access.partnerships.records.records import checked, line, open_record
from data_access.problems import EditProblem
from data_access.schema import in_utc

SAME_MEETING = timedelta(hours=6)
"""Begun again within this time it is the same meeting, after a break or a crash, and the clock runs on."""


@dataclass(frozen=True)
class Showing:
    """What is on the wall, and since when."""

    item_id: int
    view: str
    began_at: datetime
    item_since: datetime


def showing(session: Session, meeting_id: int) -> Showing | None:
    """What is shown at the meeting; None before somebody has begun."""
    record = session.get(ShowingRecord, meeting_id)
    if record is None:
        return None
    times = {name: in_utc(getattr(record, name)) for name in ("began_at", "item_since")}
    return line(Showing, record, **times)


def show(session: Session, meeting_id: int, item_id: int, view: str, now: datetime) -> None:
    """Puts the item on the wall; the clock of the item begins when it was not there before."""
    refuse_change(session, MEETING, meeting_id)
    if open_record(session, ITEM, item_id).form.meeting_id != meeting_id:
        raise EditProblem("Punktet hører til et andet møde. Genindlæs siden.")
    kept = checked(ShowingForm, {"view": view})
    current = showing(session, meeting_id)
    goes_on = current is not None and now - current.item_since < SAME_MEETING
    same_item = goes_on and current.item_id == item_id
    values = {
        "item_id": item_id,
        "view": kept.view,
        "began_at": current.began_at if goes_on else now,
        "item_since": current.item_since if same_item else now,
    }
    upsert(session, ShowingRecord, {"meeting_id": meeting_id}, values)


def draft(session: Session, item_id: int) -> dict:
    """What the reader has begun of a decision under the item; empty when nothing has."""
    record = session.get(DraftRecord, _own_draft(session, item_id))
    return dict(record.typed) if record else {}


def keep_draft(session: Session, item_id: int, typed: dict) -> None:
    """Keeps it in the place of what was there; EditProblem for what a decision may not hold either."""
    refuse_change(session, ITEM, item_id)
    kept = checked(DraftForm, typed).model_dump(mode="json", exclude_unset=True)
    upsert(session, DraftRecord, _own_draft(session, item_id), {"typed": kept})


def drop_draft(session: Session, item_id: int) -> None:
    """It has become a decision."""
    if record := session.get(DraftRecord, _own_draft(session, item_id)):
        session.delete(record)
        session.flush()


def _own_draft(session: Session, item_id: int) -> dict[str, int]:
    return {"item_id": item_id, "account_id": principal_of(session).account_id or NO_ACCOUNT}
