"""Making, changing, deleting and restoring records: checked first, logged in the same transaction.

Whoever changes a record does it from the version they had open. When it is another by then, nobody's
words are lost: the problem carries both.
"""

from datetime import UTC, datetime

from sqlmodel import Session

from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.changes import Action, ChangeRecord
from data_access.partnerships.records.kinds import KINDS, Kind
from data_access.partnerships.records.locks import refuse_what_is_locked
from data_access.partnerships.records.logged import Signature, changed, last_change, made, marked
from data_access.partnerships.records.records import Opened, filled, locked, opened, snapshot
from data_access.partnerships.records.references import refuse_what_is_not_there
from data_access.partnerships.records.wording import different_fields, in_words
from data_access.problems import ConflictProblem, EditProblem, FieldDifference
from indicators.danish import moment


def create(session: Session, who: str, kind: Kind, form: Form, key: str | None = None) -> Opened:
    """A new record. `key` is its name in the file it comes from; the log then says that it was loaded."""
    form = filled(kind, snapshot(form))
    refuse_what_is_not_there(session, kind, form)
    if key is None:  # files write whole meetings, closed ones too
        refuse_what_is_locked(session, kind, None, form)
    return made(session, Signature(who, Action.LOADED if key else Action.CREATED), kind, form, key)


def edit(session: Session, who: str, was: Opened, form: Form, action: Action = Action.EDITED) -> Opened:
    """The record with the new content; ConflictProblem when somebody else has saved it meanwhile.

    Nothing changed: nothing is written, and the version stays.
    """
    kind, form = was.kind, filled(was.kind, snapshot(form))
    record = locked(session, kind, was.id)
    if record.deleted_at is not None:
        raise EditProblem(f"{kind.called.capitalize()} er slettet. Gendan først, og ret så.")
    now = opened(session, kind, record)
    _refuse_if_changed_meanwhile(session, was, form, now)
    if form == now.form:
        return now
    refuse_what_is_not_there(session, kind, form, was.id)
    if action is not Action.LOADED:
        refuse_what_is_locked(session, kind, now.form, form)
    return changed(session, Signature(who, action), kind, record, form)


def delete(session: Session, who: str, was: Opened) -> None:
    """Hides the record, so that it can be restored; ConflictProblem when it has been changed meanwhile."""
    record = locked(session, was.kind, was.id)
    now = opened(session, was.kind, record)
    _refuse_if_changed_meanwhile(session, was, was.form, now)
    if record.deleted_at is None:
        refuse_what_is_locked(session, was.kind, now.form, None)
        marked(session, Signature(who, Action.DELETED), was.kind, record, datetime.now(UTC))


def restore(session: Session, who: str, kind: Kind, record_id: int) -> Opened:
    """Brings a deleted record back; one that is there stays as it is."""
    record = locked(session, kind, record_id)
    now = opened(session, kind, record)
    if record.deleted_at is None:
        return now
    refuse_what_is_locked(session, kind, None, now.form)
    return marked(session, Signature(who, Action.RESTORED), kind, record, None)


def undo(session: Session, who: str, change_id: int) -> Opened:
    """Takes back a change, if it is the last one of its record; undoing that again does it anew."""
    change = session.get(ChangeRecord, change_id)
    if change is None:
        raise EditProblem("Ændringen findes ikke. Genindlæs siden.")
    kind = KINDS[change.kind]
    record = locked(session, kind, change.record_id)
    if record.version != change.version:
        raise EditProblem(
            f"«{change.name}» er ændret siden. Fortryd den seneste ændring først, eller ret det i hånden."
        )
    back, forth = (one and filled(kind, one) for one in (change.before, change.after))
    refuse_what_is_locked(session, kind, forth, back)
    signed = Signature(who, Action.UNDONE, undoes=change.id)
    if change.before is None or change.after is None:
        gone = datetime.now(UTC) if change.before is None else None
        return marked(session, signed, kind, record, gone)
    return changed(session, signed, kind, record, back)


def _refuse_if_changed_meanwhile(session: Session, was: Opened, mine: Form, now: Opened) -> None:
    if now.version == was.version:
        return
    change = last_change(session, was.kind, was.id)
    told = f" af {change.who} {moment(change.at)}" if change else ""
    raise ConflictProblem(
        f"{was.kind.called.capitalize()} er ændret{told}, mens du skrev. Intet af dit er gået tabt: "
        "sammenlign de to udgaver, og gem den, der skal gælde.",
        now.version,
        (mine, now.form, _merged(was.form, mine, now.form)),
        _differences(session, was, mine, now.form),
    )


def _merged(base: Form, mine: Form, theirs: Form) -> Form:
    """Theirs, with the fields that only I have changed."""
    only_mine = set(different_fields(base, mine)) - set(different_fields(base, theirs))
    return theirs.model_copy(update={name: getattr(mine, name) for name in only_mine})


def _differences(session: Session, was: Opened, mine: Form, theirs: Form) -> list[FieldDifference]:
    changed_fields = {*different_fields(was.form, mine), *different_fields(was.form, theirs)}
    return [
        FieldDifference(
            name,
            was.kind.label(name),
            *(in_words(session, was.kind, name, getattr(form, name)) for form in (was.form, mine, theirs)),
        )
        for name in type(mine).model_fields
        if name in changed_fields
    ]
