"""Whether what a form refers to exists, and belongs to the same partnership."""

from collections.abc import Iterator

from sqlmodel import Session, select

from data_access.dashboard.models import PublishedRound
from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.meetings import ItemRecord, MeetingForm, MeetingRecord
from data_access.partnerships.records.kinds import (
    DECISION,
    ITEM,
    KINDS,
    MEETING,
    PARTY,
    POINT,
    Kind,
    references_of,
)
from data_access.partnerships.records.readable_values import REFERENCE_TABLES, different_fields
from data_access.partnerships.records.records import locked
from data_access.problems import EditProblem
from indicators.partnership.meeting import MeetingStatus
from indicators.selection import ALL


def refuse_broken_references(session: Session, kind: Kind, form: Form, record_id: int | None = None) -> None:
    """EditProblem names every field that refers to nothing, to another partnership or to itself."""
    faults = dict(_faults(session, kind, form, record_id))
    if faults:
        messages = ". ".join(f"{kind.label(field)}: {fault}" for field, fault in faults.items())
        raise EditProblem(f"Der er noget, der ikke kan gemmes. {messages}.", faults)


def _faults(session: Session, kind: Kind, form: Form, record_id: int | None) -> Iterator[tuple[str, str]]:
    for field, target, key in _references(kind, form):
        if fault := _fault(session, target, key, getattr(form, "partnership_id", None)):
            yield field, fault
        elif target == kind.name and key == record_id:
            yield field, "kan ikke være den selv"
    for field, survey, question in _questions(form):
        # Before anything is published nobody can tell what a survey asks.
        rounds = session.exec(
            select(PublishedRound.questionnaire).where(PublishedRound.survey_id == survey)
        ).all()
        question_ids = {one["id"] for questionnaire in rounds for one in questionnaire["questions"]}
        if rounds and question not in question_ids:
            yield field, f"spørgsmålet {question} findes ikke i {survey}"
    if kind is PARTY and _is_taken(session, form.name, record_id):
        yield "name", "der er allerede en part med det navn"


def _references(kind: Kind, form: Form) -> Iterator[tuple[str, str, int | str]]:
    """Field, what it refers to, and the key; of lists and of small forms in them too."""
    columns = dict(references_of(kind.table.__table__))
    for name in kind.columns:
        if name in columns and getattr(form, name) not in (None, ALL):
            yield name, columns[name], getattr(form, name)
    for list_of in kind.lists:
        targets = dict(references_of(list_of.table.__table__))
        for element in getattr(form, list_of.field):
            values = {list_of.column: element} if list_of.column else element.model_dump()
            yield from (
                (list_of.field, targets[name], key)
                for name, key in values.items()
                if name in targets and key != ALL
            )


def _fault(session: Session, target: str, key: int | str, partnership_id: int | None) -> str:
    table = KINDS[target].table if target in KINDS else REFERENCE_TABLES[target]
    record = session.get(table, key)
    if record is None:
        return f"«{key}» findes ikke"
    theirs = getattr(record, "partnership_id", partnership_id)
    return "" if partnership_id is None or theirs == partnership_id else "hører til et andet partnerskab"


def _questions(form: Form) -> Iterator[tuple[str, str, str]]:
    for question in getattr(form, "questions", ()):
        yield "questions", question.survey, question.question
    if getattr(form, "survey", None) and form.question:
        yield "question", form.survey, form.question


def _is_taken(session: Session, name: str, record_id: int | None) -> bool:
    query = select(PartyRecord.id).where(PartyRecord.name == name, PartyRecord.deleted_at.is_(None))
    return any(record != record_id for record in session.exec(query))


REOPENING = frozenset({"status", "reopened_because"})
FOLLOWING_UP = frozenset({"done_on", "outcome"})
"""What may change of a decision for as long as it is open."""

LOCKED = (
    "«{title}» er afsluttet, så dagsorden, orienteringer og beslutninger er låst. "
    "Genåbn mødet med en begrundelse for at rette."
)
WHY = "Skriv, hvorfor mødet genåbnes. Begrundelsen står i loggen."


def refuse_locked(session: Session, kind: Kind, before: Form | None, after: Form | None) -> None:
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
