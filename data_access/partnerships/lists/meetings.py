"""Meetings with their agenda, points of information and decisions."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import PartnershipRecord
from data_access.dashboard.partnership_tables.meetings import ItemRecord, MeetingRecord, PointRecord
from data_access.partnerships.lists.decisions import Decision, decisions_under
from data_access.partnerships.records.kept_figures import protected
from data_access.partnerships.records.kinds import MEETING
from data_access.partnerships.records.readable_values import kept_ref
from data_access.partnerships.records.records import line, live, open_record
from indicators.partnership.board import Ref
from indicators.partnership.meeting import ItemKind, MeetingStatus


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
