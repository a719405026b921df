"""What people do with an initiative in one step, without opening its whole form."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.initiatives import InitiativeForm, InitiativeRecord
from data_access.dashboard.partnership_tables.meetings import DecisionForm
from data_access.partnerships.records.editing import create, edit
from data_access.partnerships.records.kinds import DECISION, INITIATIVE, UPDATE
from data_access.partnerships.records.records import Opened, filled, snapshot
from data_access.problems import EditProblem
from indicators.partnership.initiative import InitiativeStatus


def post_update(session: Session, who: str, initiative_id: int, text: str, written_on: date) -> Opened:
    """One line in the log of an initiative. It changes nothing else, so nobody is in its way."""
    values = {"initiative_id": initiative_id, "text": text, "written_on": written_on, "by": who}
    return create(session, who, UPDATE, filled(UPDATE, values))


def set_status(
    session: Session, who: str, base: Opened, status: InitiativeStatus | None, reason: str = ""
) -> Opened:
    """The status a person says, with the reason; None: the computed one again."""
    return with_values(session, who, base, status=status, status_reason=reason if status else "")


def close(session: Session, who: str, base: Opened, closed_on: date, note: str = "") -> Opened:
    """The initiative is done: closed with a word about what came of it."""
    return with_values(session, who, base, closed_on=closed_on, closing_note=note)


def reopen(session: Session, who: str, base: Opened) -> Opened:
    """The initiative is not done or replaced after all."""
    return with_values(session, who, base, closed_on=None, closing_note="", superseded_by_id=None)


def merge(session: Session, who: str, base: Opened, into: int | None, on: date) -> Opened:
    """The initiative goes on in another one, which may not in the end go on in this."""
    if into is None:
        raise EditProblem("Vælg den indsats, som denne skal fortsætte i.")
    if base.id in _going_on_in(session, into):
        raise EditProblem(
            "Den anden indsats fortsætter selv i denne. Genåbn den først, eller vælg en tredje."
        )
    return with_values(session, who, base, superseded_by_id=into, closed_on=on)


def _going_on_in(session: Session, initiative_id: int) -> Iterator[int]:
    """The initiatives that one goes on in, one after the other."""
    seen: set[int] = set()
    following = session.get(InitiativeRecord, initiative_id)
    while following and following.superseded_by_id and following.id not in seen:
        seen.add(following.id)
        yield following.superseded_by_id
        following = session.get(InitiativeRecord, following.superseded_by_id)


def decide(
    session: Session, who: str, decision: DecisionForm, new_initiative: InitiativeForm | None = None
) -> Opened:
    """A decision, about an initiative that is there or one that it brings about."""
    if new_initiative is not None:
        initiative = create(session, who, INITIATIVE, new_initiative)
        decision = decision.model_copy(update={"initiative_id": initiative.id})
    return create(session, who, DECISION, decision)


def with_values(session: Session, who: str, base: Opened, **values: object) -> Opened:
    """The record with some values changed and the others as they were when it was opened."""
    return edit(session, who, base, filled(base.kind, snapshot(base.form) | values))
