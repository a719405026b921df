"""Meetings with their agenda, points of information and decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.agreements import PartnershipRecord
from data_access.dashboard.partnership_tables.meetings import (
    DecisionRecord,
    ItemRecord,
    MeetingRecord,
    PointRecord,
)
from data_access.partnerships.records.kept_figures import protected
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING
from data_access.partnerships.records.readable_values import kept_ref
from data_access.partnerships.records.records import is_there, line, live, open_record
from indicators.partnership.board import Ref
from indicators.partnership.meeting import ItemKind, MeetingStatus


@dataclass(frozen=True)
class Decision:
    """A decision with where it was made and what it is about."""

    id: int
    version: int
    partnership: Ref
    text: str
    decided_on: date
    due: date | None
    done_on: date | None
    outcome: str
    responsible: Ref | None
    responsible_role: str
    initiative: Ref | None
    meeting: Ref | None
    item: Ref | None
    figure: dict | None
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        return self.done_on is None


def left_open(
    session: Session, today: date, partnership_id: int, held_on: date, meeting_id: int | None = None
) -> tuple[Decision, ...]:
    """What was decided before a meeting and not followed up before it: the overdue first, then by when due.

    Nothing of the meeting itself, whose decisions may have been written down before its day.
    """
    own = select(ItemRecord.id).where(ItemRecord.meeting_id == meeting_id)
    query = live(DecisionRecord).where(
        DecisionRecord.partnership_id == partnership_id,
        DecisionRecord.decided_on < held_on,
        or_(DecisionRecord.agenda_item_id.is_(None), DecisionRecord.agenda_item_id.not_in(own)),
        or_(DecisionRecord.done_on.is_(None), DecisionRecord.done_on >= held_on),
    )
    found = _decisions(session, session.exec(query), today)
    return tuple(sorted(found, key=lambda one: (not one.is_overdue, one.due or date.max, one.id)))


def decisions_about(session: Session, today: date, initiative_id: int) -> tuple[Decision, ...]:
    """The decisions about an initiative, the newest first."""
    query = live(DecisionRecord).where(DecisionRecord.initiative_id == initiative_id)
    found = _decisions(session, session.exec(query), today)
    return tuple(sorted(found, key=lambda one: (one.decided_on, one.id), reverse=True))


def decisions_under(session: Session, today: date, item_ids: Iterable[int]) -> tuple[Decision, ...]:
    """The decisions under items of an agenda, in the order in which they were made."""
    query = live(DecisionRecord).where(DecisionRecord.agenda_item_id.in_(list(item_ids)))
    return _decisions(session, session.exec(query.order_by(DecisionRecord.id)), today)


def _decisions(session: Session, records: Iterable[DecisionRecord], today: date) -> tuple[Decision, ...]:
    return tuple(
        _decision(session, record, today) for record in records if is_there(session, DECISION, record)
    )


def _decision(session: Session, record: DecisionRecord, today: date) -> Decision:
    item = session.get(ITEM.table, record.agenda_item_id) if record.agenda_item_id else None
    meeting = session.get(MEETING.table, item.meeting_id) if item else None
    return line(
        Decision,
        record,
        partnership=kept_ref(session, "partnership", record.partnership_id),
        responsible=kept_ref(session, "party", record.responsible_id),
        initiative=kept_ref(session, "initiative", record.initiative_id),
        meeting=Ref(meeting.id, meeting.title) if meeting else None,
        item=Ref(item.id, item.title) if item else None,
        figure=protected(session, record.figure),
        is_overdue=record.done_on is None and record.due is not None and record.due < today,
    )


@dataclass(frozen=True)
class Meeting:
    """A meeting in one line."""

    id: int
    version: int
    partnership: Ref
    body: Ref | None
    title: str
    held_on: date
    starts_at: str
    ends_at: str
    place: str
    host: Ref | None
    status: MeetingStatus


@dataclass(frozen=True)
class InformationPoint:
    """A point of information."""

    id: int
    version: int
    text: str


@dataclass(frozen=True)
class Item:
    """An item of the agenda with what was said and decided."""

    id: int
    version: int
    title: str
    kind: ItemKind
    minutes_planned: int | None
    talking_points: str
    summary: str
    page: str
    view: str
    initiative: Ref | None
    agreement: Ref | None
    figure: dict | None
    points: tuple[InformationPoint, ...]
    decisions: tuple[Decision, ...]


def meetings(session: Session, partnership_id: int | None = None) -> tuple[Meeting, ...]:
    """The meetings of one partnership or all, the newest first."""
    query = live(MeetingRecord).order_by(MeetingRecord.held_on.desc(), MeetingRecord.id.desc())
    if partnership_id is not None:
        query = query.where(MeetingRecord.partnership_id == partnership_id)
    partnerships = {record.id for record in session.exec(live(PartnershipRecord))}
    return tuple(
        _meeting(session, record) for record in session.exec(query) if record.partnership_id in partnerships
    )


def meeting(session: Session, meeting_id: int) -> Meeting:
    """One meeting; EditProblem when there is none."""
    open_record(session, MEETING, meeting_id)
    return _meeting(session, session.get(MeetingRecord, meeting_id))


def agenda(session: Session, today: date, meeting_id: int) -> tuple[Item, ...]:
    """The items of a meeting in order."""
    query = live(ItemRecord).where(ItemRecord.meeting_id == meeting_id)
    items = session.exec(query.order_by(ItemRecord.position, ItemRecord.id)).all()
    ids = [item.id for item in items]
    points = session.exec(
        live(PointRecord)
        .where(PointRecord.agenda_item_id.in_(ids))
        .order_by(PointRecord.position, PointRecord.id)
    ).all()
    decisions = decisions_under(session, today, ids)
    return tuple(
        _item(
            session,
            item,
            tuple(line(InformationPoint, point) for point in points if point.agenda_item_id == item.id),
            tuple(decision for decision in decisions if decision.item.id == item.id),
        )
        for item in items
    )


def _meeting(session: Session, record: MeetingRecord) -> Meeting:
    return line(
        Meeting,
        record,
        partnership=kept_ref(session, "partnership", record.partnership_id),
        body=kept_ref(session, "body", record.body_id),
        host=kept_ref(session, "party", record.host_id),
        status=MeetingStatus(record.status),
    )


def _item(
    session: Session,
    record: ItemRecord,
    points: tuple[InformationPoint, ...],
    decisions: tuple[Decision, ...],
) -> Item:
    return line(
        Item,
        record,
        kind=ItemKind(record.kind),
        initiative=kept_ref(session, "initiative", record.initiative_id),
        agreement=kept_ref(session, "agreement", record.agreement_id),
        figure=protected(session, record.figure),
        points=points,
        decisions=decisions,
    )
