"""Making, changing, deleting and restoring records: checked first, logged in the same transaction.

Whoever changes a record does it from the version they had open. When it is another by then, nobody's
words are lost: the problem carries both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, select

from data_access.dashboard.models import PublishedRound
from data_access.dashboard.partnership_tables import changes
from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.base import Editable, Form
from data_access.dashboard.partnership_tables.changes import Action, ChangeRecord
from data_access.dashboard.partnership_tables.meetings import ItemRecord, MeetingForm, MeetingRecord
from data_access.dashboard.scope import principal_of
from data_access.faults import what_is_wrong
from data_access.partnerships.records import permissions
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
from data_access.partnerships.records.permissions import FOLLOWING_UP, ProposedChange
from data_access.partnerships.records.readable_values import REFERENCE_TABLES, different_fields, in_words
from data_access.partnerships.records.records import Opened, filled, locked, opened, snapshot, write
from data_access.problems import ConflictProblem, EditProblem, FieldDifference
from data_access.texts import Role
from indicators.danish import moment
from indicators.partnership.meeting import MeetingStatus
from indicators.selection import ALL


def create(session: Session, who: str, kind: Kind, form: Form, key: str | None = None) -> Opened:
    """A new record. `key` is its name in the file it comes from; the log then says that it was loaded."""
    form = filled(kind, snapshot(form))
    refuse_broken_references(session, kind, form)
    if key is None:  # files write whole meetings, closed ones too
        refuse_locked(session, kind, None, form)
    return insert(session, Signature(who, Action.LOADED if key else Action.CREATED), kind, form, key)


def edit(session: Session, who: str, base: Opened, form: Form, action: Action = Action.EDITED) -> Opened:
    """The record with the new content; ConflictProblem when somebody else has saved it meanwhile.

    Nothing changed: nothing is written, and the version stays.
    """
    kind, form = base.kind, filled(base.kind, snapshot(form))
    record = locked(session, kind, base.id)
    if record.deleted_at is not None:
        raise EditProblem(f"{kind.called.capitalize()} er slettet. Gendan først, og ret så.")
    now = opened(session, kind, record)
    _refuse_if_changed_meanwhile(session, base, form, now)
    if form == now.form:
        return now
    refuse_broken_references(session, kind, form, base.id)
    if action is not Action.LOADED:
        refuse_locked(session, kind, now.form, form)
    return update(session, Signature(who, action), kind, record, form)


def delete(session: Session, who: str, base: Opened) -> None:
    """Hides the record, so that it can be restored; ConflictProblem when it has been changed meanwhile."""
    record = locked(session, base.kind, base.id)
    now = opened(session, base.kind, record)
    _refuse_if_changed_meanwhile(session, base, base.form, now)
    if record.deleted_at is None:
        refuse_locked(session, base.kind, now.form, None)
        set_deleted(session, Signature(who, Action.DELETED), base.kind, record, datetime.now(UTC))


def restore(session: Session, who: str, kind: Kind, record_id: int) -> Opened:
    """Brings a deleted record back; one that is there stays as it is."""
    record = locked(session, kind, record_id)
    now = opened(session, kind, record)
    if record.deleted_at is None:
        return now
    refuse_locked(session, kind, None, now.form)
    return set_deleted(session, Signature(who, Action.RESTORED), kind, record, None)


def undo(session: Session, who: str, change_id: int) -> Opened:
    """Takes back a change, if it is the last one of its record; undoing that again does it anew."""
    change = session.get(ChangeRecord, change_id)
    if change is None or change.kind not in KINDS:
        raise EditProblem("Ændringen findes ikke. Genindlæs siden.")
    kind = KINDS[change.kind]
    record = locked(session, kind, change.record_id)
    if record.version != change.version:
        raise EditProblem(
            f"«{change.name}» er ændret siden. Fortryd den seneste ændring først, eller ret det i hånden."
        )
    back, forth = (one and kind.form.kept(one) for one in (change.before, change.after))
    refuse_locked(session, kind, forth, back)
    signed = Signature(who, Action.UNDONE, undoes=change.id)
    if change.before is None or change.after is None:
        gone = datetime.now(UTC) if change.before is None else None
        return set_deleted(session, signed, kind, record, gone)
    return update(session, signed, kind, record, filled(kind, change.before))


def _refuse_if_changed_meanwhile(session: Session, base: Opened, mine: Form, now: Opened) -> None:
    if now.version == base.version:
        return
    change = last_change(session, base.kind, base.id)
    by_whom = f" af {change.who} {moment(change.at)}" if change else ""
    # Theirs, with the fields that only I have changed.
    only_mine = set(different_fields(base.form, mine)) - set(different_fields(base.form, now.form))
    raise ConflictProblem(
        f"{base.kind.called.capitalize()} er ændret{by_whom}, mens du skrev. Intet af dit er gået tabt: "
        "sammenlign de to udgaver, og gem den, der skal gælde.",
        now.version,
        (mine, now.form, now.form.model_copy(update={name: getattr(mine, name) for name in only_mine})),
        _differences(session, base, mine, now.form),
    )


def _differences(session: Session, base: Opened, mine: Form, theirs: Form) -> list[FieldDifference]:
    changed_fields = {*different_fields(base.form, mine), *different_fields(base.form, theirs)}
    return [
        FieldDifference(
            name,
            base.kind.label(name),
            *(in_words(session, base.kind, name, getattr(form, name)) for form in (base.form, mine, theirs)),
        )
        for name in type(mine).model_fields
        if name in changed_fields
    ]


LONGEST_NAME = 200
OF_ANOTHER = "hører til et andet partnerskab"
_ROLE = TypeAdapter(Role)

NOBODY = "Skriv først, hvem du skriver som: en rolle eller en organisation, aldrig et navn."


@dataclass(frozen=True)
class Signature:
    """Which role does something, what it is, and which change it takes back.

    EditProblem for a role that may not be kept, as for any other field.
    """

    who: str
    action: Action
    undoes: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "who", role(self.who))


def role(who: str) -> str:
    """On whose behalf somebody writes, as it can be kept; EditProblem where it cannot."""
    try:
        return _ROLE.validate_python(who)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
    if fault["type"] == "string_too_short":
        raise EditProblem(NOBODY)
    raise EditProblem(f"«Du skriver som» {what_is_wrong(fault)}.")


def insert(session: Session, signed: Signature, kind: Kind, form: Form, key: str | None = None) -> Opened:
    """A new record."""
    changes.lock(session)
    permissions.refuse(session, signed.who, ProposedChange(kind, None, form))
    record = kind.table(key=key)
    write(session, kind, record, form)
    new = opened(session, kind, record)
    _log(session, signed, None, new)
    return new


def update(session: Session, signed: Signature, kind: Kind, record: Editable, form: Form) -> Opened:
    """A locked record with other content."""
    before = opened(session, kind, record)
    permissions.refuse(session, signed.who, ProposedChange(kind, before.form, form, record.id))
    record.version += 1
    write(session, kind, record, form)
    after = opened(session, kind, record)
    _log(session, signed, before, after)
    return after


def set_deleted(
    session: Session, signed: Signature, kind: Kind, record: Editable, deleted_at: datetime | None
) -> Opened:
    """A locked record hidden, or shown again."""
    form = opened(session, kind, record).form
    sides = (form, None) if deleted_at else (None, form)
    permissions.refuse(session, signed.who, ProposedChange(kind, *sides, record.id))
    record.deleted_at = deleted_at
    record.version += 1
    session.add(record)
    session.flush()
    now = opened(session, kind, record)
    _log(session, signed, *((now, None) if deleted_at else (None, now)))
    return now


def last_change(session: Session, kind: Kind, record_id: int) -> ChangeRecord | None:
    """The newest line of the log about the record."""
    query = (
        select(ChangeRecord)
        .where(ChangeRecord.kind == kind.name, ChangeRecord.record_id == record_id)
        .order_by(ChangeRecord.id.desc())
    )
    return session.exec(query).first()


def _log(session: Session, signed: Signature, before: Opened | None, after: Opened | None) -> None:
    one = after or before
    line = ChangeRecord(
        who=signed.who,
        account_id=principal_of(session).account_id,
        action=signed.action.value,
        kind=one.kind.name,
        record_id=one.id,
        name=getattr(one.form, one.kind.title)[:LONGEST_NAME],
        version=one.version,
        before=snapshot(before.form) if before else None,
        after=snapshot(after.form) if after else None,
        undoes_id=signed.undoes,
    )
    changes.append(session, line)


def refuse_broken_references(session: Session, kind: Kind, form: Form, record_id: int | None = None) -> None:
    """EditProblem names every field that refers to nothing, to another partnership or to itself."""
    faults = dict(_faults(session, kind, form, record_id))
    if faults:
        messages = ". ".join(f"{kind.label(field)}: {fault}" for field, fault in faults.items())
        raise EditProblem(f"Der er noget, der ikke kan gemmes. {messages}.", faults)


def _faults(session: Session, kind: Kind, form: Form, record_id: int | None) -> Iterator[tuple[str, str]]:
    # A meeting may well look at an initiative or an agreement of another partnership.
    ours = None if kind is ITEM else permissions.partnership_of(session, kind, form)
    for field, target, key in _references(kind, form):
        if fault := _fault(session, target, key, ours):
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
    theirs = permissions.partnership_of(session, KINDS[target], record) if target in KINDS else None
    return "" if None in (partnership_id, theirs) or theirs == partnership_id else OF_ANOTHER


def _questions(form: Form) -> Iterator[tuple[str, str, str]]:
    for question in getattr(form, "questions", ()):
        yield "questions", question.survey, question.question
    if getattr(form, "survey", None) and form.question:
        yield "question", form.survey, form.question


def _is_taken(session: Session, name: str, record_id: int | None) -> bool:
    query = select(PartyRecord.id).where(PartyRecord.name == name, PartyRecord.deleted_at.is_(None))
    return any(record != record_id for record in session.exec(query))


REOPENING = frozenset({"status", "reopened_because"})

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
