"""A closed meeting is locked: what was on its agenda and what it decided stay until it is opened again."""

from sqlmodel import Session

from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.meetings import ItemRecord, MeetingForm, MeetingRecord
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING, POINT, Kind
from data_access.partnerships.records.records import locked
from data_access.partnerships.records.wording import different_fields
from data_access.problems import EditProblem
from indicators.partnership.meeting import MeetingStatus

REOPENING = frozenset({"status", "reopened_because"})
FOLLOWING_UP = frozenset({"done_on", "outcome"})
"""What may change of a decision for as long as it is open."""

LOCKED = (
    "«{title}» er afsluttet, så dagsorden, orienteringer og beslutninger er låst. "
    "Genåbn mødet med en begrundelse for at rette."
)
WHY = "Skriv, hvorfor mødet genåbnes. Begrundelsen står i loggen."


def refuse_what_is_locked(session: Session, kind: Kind, before: Form | None, after: Form | None) -> None:
    """EditProblem when the change is of a closed meeting; None: made, deleted or brought back."""
    if kind is MEETING:
        _refuse_a_closed_meeting(before, after)
    elif kind is not DECISION or not _only(FOLLOWING_UP, before, after):
        for form in (before, after):
            _refuse_under_a_closed_meeting(session, kind, form)


def _refuse_a_closed_meeting(before: MeetingForm | None, after: MeetingForm | None) -> None:
    if before is None or before.status is not MeetingStatus.CLOSED or before == after:
        return
    if not _only(REOPENING, before, after) or after.status is MeetingStatus.CLOSED:
        raise EditProblem(LOCKED.format(title=before.title))
    if not after.reopened_because:
        raise EditProblem(WHY, {"reopened_because": WHY})


def _refuse_under_a_closed_meeting(session: Session, kind: Kind, form: Form | None) -> None:
    meeting_id = _meeting_of(session, kind, form)
    if meeting_id is None or session.get(MeetingRecord, meeting_id) is None:
        return
    # Held until the change is through, so that nobody closes the meeting in between.
    held = locked(session, MEETING, meeting_id)
    if held.status == MeetingStatus.CLOSED:
        raise EditProblem(LOCKED.format(title=held.title))


def _meeting_of(session: Session, kind: Kind, form: Form | None) -> int | None:
    if form is None or kind not in (ITEM, POINT, DECISION):
        return None
    if kind is ITEM:
        return form.meeting_id
    item = session.get(ItemRecord, form.agenda_item_id) if form.agenda_item_id else None
    return item and item.meeting_id


def _only(fields: frozenset[str], before: Form | None, after: Form | None) -> bool:
    return before is not None and after is not None and fields.issuperset(different_fields(before, after))
