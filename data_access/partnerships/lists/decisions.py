"""Decisions: what was decided, who follows it up, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.meetings import DecisionRecord, ItemRecord
from data_access.partnerships.records.kept_figures import protected
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING
from data_access.partnerships.records.readable_values import kept_ref
from data_access.partnerships.records.records import is_there, line, live
from indicators.partnership.board import Ref


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
