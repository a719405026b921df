"""One initiative with all that a reader may want to know of it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.initiatives import (
    EffectRecord,
    InitiativeRecord,
    MilestoneRecord,
    UpdateRecord,
)
from data_access.partnerships.lists.initiatives import initiative_context, initiative_of
from data_access.partnerships.lists.meetings import Decision, decisions_about
from data_access.partnerships.records.change_log import RecordChange, changes_of
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.readable_values import kept_ref, ref_to
from data_access.partnerships.records.records import line, live, open_record
from indicators.partnership.board import Initiative, Ref


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone as it is edited."""

    id: int
    version: int
    title: str
    due: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True)
class UpdateLine:
    """A line of the log."""

    id: int
    version: int
    written_on: date
    text: str
    by: str


@dataclass(frozen=True)
class Effect:
    """Something that came of it, or an example."""

    id: int
    version: int
    kind: str
    title: str
    text: str
    party: Ref | None
    year: int | None


@dataclass(frozen=True)
class InitiativeCard:
    """The line of the board, and what there is no room for on it."""

    initiative: Initiative
    is_deleted: bool
    description: str
    agreement: Ref | None
    body: Ref | None
    closed_on: date | None
    closing_note: str
    superseded_by: Ref | None
    absorbed: tuple[Ref, ...]
    """The initiatives that go on in this one."""
    milestones: tuple[MilestoneLine, ...]
    updates: tuple[UpdateLine, ...]
    decisions: tuple[Decision, ...]
    effects: tuple[Effect, ...]
    changes: tuple[RecordChange, ...]


def initiative_card(session: Session, today: date, initiative_id: int) -> InitiativeCard:
    """The card of an initiative, also of a deleted one; EditProblem when there is none."""
    open_record(session, INITIATIVE, initiative_id)
    record = session.get(InitiativeRecord, initiative_id)
    query = live(InitiativeRecord).where(InitiativeRecord.superseded_by_id == initiative_id)
    return InitiativeCard(
        initiative=initiative_of(record, initiative_context(session, today), today),
        is_deleted=record.deleted_at is not None,
        description=record.description,
        agreement=ref_to(session, "agreement", record.agreement_id),
        body=ref_to(session, "body", record.body_id),
        closed_on=record.closed_on,
        closing_note=record.closing_note,
        superseded_by=kept_ref(session, "initiative", record.superseded_by_id),
        absorbed=tuple(
            Ref(record.id, record.title) for record in session.exec(query.order_by(InitiativeRecord.id))
        ),
        milestones=_milestones(session, today, initiative_id),
        updates=_updates(session, initiative_id),
        decisions=decisions_about(session, today, initiative_id),
        effects=effects(session, initiative_id=initiative_id),
        changes=changes_of(session, INITIATIVE, initiative_id),
    )


def effects(
    session: Session, partnership_id: int | None = None, initiative_id: int | None = None
) -> tuple[Effect, ...]:
    """Derived effects and examples of a partnership or of an initiative."""
    query = live(EffectRecord).order_by(EffectRecord.id)
    if partnership_id is not None:
        query = query.where(EffectRecord.partnership_id == partnership_id)
    if initiative_id is not None:
        query = query.where(EffectRecord.initiative_id == initiative_id)
    return tuple(
        line(Effect, record, party=ref_to(session, "party", record.party_id))
        for record in session.exec(query)
    )


def deleted_initiatives(session: Session) -> tuple[Ref, ...]:
    """Those that can be restored, the last deleted first."""
    query = select(InitiativeRecord).where(InitiativeRecord.deleted_at.is_not(None))
    found = session.exec(query.order_by(InitiativeRecord.deleted_at.desc()))
    return tuple(Ref(one.id, one.title) for one in found)


def _milestones(session: Session, today: date, initiative_id: int) -> tuple[MilestoneLine, ...]:
    query = live(MilestoneRecord).where(MilestoneRecord.initiative_id == initiative_id)
    return tuple(
        line(MilestoneLine, record, is_late=record.done_on is None and record.due < today)
        for record in session.exec(query.order_by(MilestoneRecord.due, MilestoneRecord.id))
    )


def _updates(session: Session, initiative_id: int) -> tuple[UpdateLine, ...]:
    """The newest first."""
    query = live(UpdateRecord).where(UpdateRecord.initiative_id == initiative_id)
    newest_first = query.order_by(UpdateRecord.written_on.desc(), UpdateRecord.id.desc())
    return tuple(line(UpdateLine, record) for record in session.exec(newest_first))
