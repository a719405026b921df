"""Who may write what: the one rule for every change, which a page asks before it draws the way to it."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session

from data_access.dashboard.partnership_tables.base import Editable, Form
from data_access.dashboard.scope import principal_of
from data_access.partnerships.records.kinds import (
    DECISION,
    EFFECT,
    INITIATIVE,
    ITEM,
    KINDS,
    MEETING,
    MILESTONE,
    PARTNERSHIP,
    PARTY,
    POINT,
    UPDATE,
    Kind,
)
from data_access.partnerships.records.readable_values import different_fields
from data_access.partnerships.records.records import open_record
from data_access.problems import AccessProblem
from indicators.partnership.initiative import ANSWERING, TELLING, Participation
from indicators.rights import Principal, Right

RIGHTS = {
    kind.name: right
    for right, kinds in {
        Right.KEEP_INITIATIVES: (INITIATIVE, MILESTONE, UPDATE, EFFECT),
        Right.HOLD_MEETINGS: (MEETING, ITEM, POINT, DECISION),
        Right.KEEP_PARTIES: (PARTY,),
    }.items()
    for kind in kinds
}
_AGREED = Right.KEEP_AGREEMENTS
"""What it takes to write a record, and one of any other kind."""

FOLLOWING_UP = frozenset({"done_on", "outcome"})
"""What of a decision its responsible party says itself, and what may change after the meeting is closed."""

REFUSED = (
    "Det må du ikke ændre med den rolle, du er logget ind med. Intet er gemt. "
    "Mangler du adgang, så bed sekretariatet om den."
)
OTHER_NAME = "Du kan kun skrive under det navn, du er logget ind med. Genindlæs siden."


class ProposedChange(NamedTuple):
    """A record before and after, as forms. None before: made or brought back; None after: deleted."""

    kind: Kind
    before: Form | None
    after: Form | None
    record_id: int | None = None

    @property
    def is_new(self) -> bool:
        """Whether there has been no such record yet; one that is brought back has its number."""
        return self.before is None and self.record_id is None


class _Place(NamedTuple):
    """Where a record belongs: its partnership, and the parties that answer for it."""

    partnership: int | None
    parties: Collection[int] = ()


def refuse(session: Session, who: str, change: ProposedChange) -> None:
    """AccessProblem when the session's principal may not make the change, or signs as somebody else."""
    principal = principal_of(session)
    if principal.account_id is not None and who != principal.name:
        raise AccessProblem(OTHER_NAME)
    if not may(session, change):
        raise AccessProblem(REFUSED)


def may(session: Session, change: ProposedChange) -> bool:
    """Whether the session's principal may: where the record was, and where it will be."""
    principal, kind = principal_of(session), change.kind
    if kind in (PARTY, PARTNERSHIP):
        return _may_shared(principal, change)
    if kind is DECISION and _only_follows_up(change) and _is_responsible(principal, change.before):
        return True
    places = [_place(session, kind, form) for form in (change.before, change.after) if form is not None]
    if kind is INITIATIVE and len(places) == 2:  # whoever answers for it may hand it over to another
        places[1] = places[1]._replace(parties=places[0].parties)
    starts = kind is INITIATIVE and change.is_new
    right = Right.START_INITIATIVES if starts else RIGHTS.get(kind.name, _AGREED)
    # What cannot be seen has no place here, and no place is not every place.
    return all(place.partnership is not None and principal.may(right, *place) for place in places)


def may_change(session: Session, kind: Kind, record_id: int) -> bool:
    """Whether the session's principal may change the record as it is."""
    form = open_record(session, kind, record_id).form
    return may(session, ProposedChange(kind, form, form, record_id))


def refuse_change(session: Session, kind: Kind, record_id: int) -> None:
    """AccessProblem when the session's principal may not change the record as it is."""
    if not may_change(session, kind, record_id):
        raise AccessProblem(REFUSED)


def may_follow_up(session: Session, decision_id: int) -> bool:
    """Whether the session's principal may say that the decision has been followed up."""
    decision = open_record(session, DECISION, decision_id).form
    is_its_own = _is_responsible(principal_of(session), decision)
    return is_its_own or may(session, ProposedChange(DECISION, decision, decision, decision_id))


def may_create(session: Session, kind: Kind, **belongs: int) -> bool:
    """Whether the session's principal may make a record that belongs there."""
    return may(session, ProposedChange(kind, None, kind.form.model_construct(**belongs)))


def _may_shared(principal: Principal, change: ProposedChange) -> bool:
    """A party is in many partnerships, and a new partnership in none yet."""
    if change.kind is PARTY:
        return (principal.may if change.is_new else principal.may_everywhere)(Right.KEEP_PARTIES)
    if change.record_id is None:
        return principal.may_everywhere(_AGREED)
    return principal.may(_AGREED, change.record_id)


def _only_follows_up(change: ProposedChange) -> bool:
    both = change.before is not None and change.after is not None
    return both and FOLLOWING_UP.issuperset(different_fields(change.before, change.after))


def _is_responsible(principal: Principal, decision: Form) -> bool:
    own = (decision.responsible_id,) if decision.responsible_id else ()
    return principal.may(Right.KEEP_INITIATIVES, decision.partnership_id, own)


def _place(session: Session, kind: Kind, form: Form) -> _Place:
    if kind is INITIATIVE:
        return _of_initiative(form, ANSWERING)
    if kind in (MILESTONE, UPDATE) or (kind is EFFECT and getattr(form, "initiative_id", None)):
        initiative = open_record(session, INITIATIVE, form.initiative_id).form
        return _of_initiative(initiative, TELLING if kind is UPDATE else ANSWERING)
    own = getattr(form, "party_id", None) if kind is EFFECT else None
    return _Place(partnership_of(session, kind, form), () if own is None else (own,))


def partnership_of(session: Session, kind: Kind, record: Form | Editable) -> int | None:
    """The partnership of a record or its form, by itself or by its owner; None for what is shared or gone."""
    own = getattr(record, "partnership_id", None)
    if own is not None or kind in (PARTNERSHIP, PARTY):
        return own
    for field in kind.owners:
        key = getattr(record, field, None)
        if key is not None:
            above = KINDS[kind.target(field)]
            owner = session.get(above.table, key)
            return owner and partnership_of(session, above, owner)
    return None


def _of_initiative(form: Form, parts: Collection[Participation]) -> _Place:
    """The party that is responsible, and those that take part in one of these ways."""
    participants = getattr(form, "participants", ())
    parties = {participant.party_id for participant in participants if participant.part in parts}
    return _Place(form.partnership_id, parties | {form.responsible_id} - {None})
