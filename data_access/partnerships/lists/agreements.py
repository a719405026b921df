"""Agreements with their parties, as they stand today, each in its chain of renewals."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import (
    AgreementRecord,
    BodyRecord,
    FocusAreaRecord,
    FocusPointRecord,
    PartnershipRecord,
)
from data_access.partnerships.records.kinds import AGREEMENT, FOCUS_AREA
from data_access.partnerships.records.readable_values import kept_ref, ref_to
from data_access.partnerships.records.records import elements_by_owner, line, live
from indicators.danish import alphabetical
from indicators.partnership.agreement import (
    AgreementStatus,
    MonthsNotice,
    NoticeDeadline,
    NoticeRule,
    Period,
    YearlyNotice,
    agreement_status,
    next_deadline,
)
from indicators.partnership.board import Ref
from indicators.partnership.days import day_of_year


@dataclass(frozen=True)
class Agreement:
    """An agreement; its period ends where its renewal begins or notice takes effect."""

    id: int
    version: int
    partnership: Ref
    title: str
    parties: tuple[Ref, ...]
    period: Period
    enters_into_force: date | None
    status: AgreementStatus
    terminated_from: date | None
    notice: NoticeRule | None
    next_deadline: NoticeDeadline | None
    meetings_a_year: int | None
    financing: str
    follow_up: str
    document: str
    note: str
    renews: Ref | None
    renewed_by: Ref | None


def agreements(session: Session, today: date, partnership_id: int | None = None) -> tuple[Agreement, ...]:
    """The agreements of one partnership or all: by partnership, the newest first."""
    partnerships = {record.id for record in session.exec(live(PartnershipRecord))}
    records = [
        record for record in session.exec(live(AgreementRecord)) if record.partnership_id in partnerships
    ]
    renewals = {
        record.renews_id: record for record in sorted(records, key=lambda one: one.starts, reverse=True)
    }
    parties = elements_by_owner(session, AGREEMENT.lists[0])
    found = (
        _agreement(session, today, record, renewals.get(record.id), parties.get(record.id, []))
        for record in records
        if partnership_id in (None, record.partnership_id)
    )
    return tuple(
        sorted(
            found,
            key=lambda one: (alphabetical(one.partnership.name), -one.period.starts.toordinal(), one.id),
        )
    )


def _agreement(
    session: Session,
    today: date,
    record: AgreementRecord,
    renewal: AgreementRecord | None,
    parties: list[int],
) -> Agreement:
    taken_over = renewal.starts if renewal else None
    period = Period(record.starts, record.ends).cut_before(taken_over).cut_before(record.terminated_from)
    notice = _notice_rule(record)
    return line(
        Agreement,
        record,
        partnership=kept_ref(session, "partnership", record.partnership_id),
        parties=tuple(filter(None, (ref_to(session, "party", party) for party in parties))),
        period=period,
        status=agreement_status(period, today, record.terminated_from),
        notice=notice,
        next_deadline=None if record.terminated_from else next_deadline(notice, period, today),
        renews=ref_to(session, "agreement", record.renews_id),
        renewed_by=Ref(renewal.id, renewal.title) if renewal else None,
    )


def _notice_rule(record: AgreementRecord) -> NoticeRule | None:
    if record.notice_months:
        return MonthsNotice(record.notice_months)
    if record.notice_by:
        return YearlyNotice(day_of_year(record.notice_by), day_of_year(record.notice_effect))
    return None


@dataclass(frozen=True)
class Partnership:
    """What the parties are together about."""

    id: int
    version: int
    name: str
    short_name: str
    purpose: str
    area: str
    update_interval_days: int
    source: str
    is_sample: bool


@dataclass(frozen=True)
class FocusArea:
    """What the parties want there, and what they have said they will do."""

    id: int
    version: int
    agreement: Ref | None
    name: str
    challenge: str
    goal: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class FocusPoint:
    """What one year is about."""

    id: int
    version: int
    agreement: Ref | None
    focus_area: Ref | None
    year: int
    title: str
    text: str


@dataclass(frozen=True)
class Body:
    """Where the parties meet."""

    id: int
    version: int
    name: str
    kind: str
    task: str
    meetings_a_year: int | None
    cadence: str
    chair: Ref | None
    chair_years: int | None
    contact: str


def partnerships(session: Session) -> tuple[Partnership, ...]:
    """All of them, by name."""
    found = sorted(session.exec(live(PartnershipRecord)), key=lambda one: alphabetical(one.name))
    return tuple(line(Partnership, one) for one in found)


def focus_areas(session: Session, partnership_id: int) -> tuple[FocusArea, ...]:
    """The focus areas in the order agreed."""
    actions = elements_by_owner(session, FOCUS_AREA.lists[0])
    query = live(FocusAreaRecord).where(FocusAreaRecord.partnership_id == partnership_id)
    return tuple(
        line(
            FocusArea,
            record,
            agreement=ref_to(session, "agreement", record.agreement_id),
            actions=tuple(actions.get(record.id, ())),
        )
        for record in session.exec(query.order_by(FocusAreaRecord.position, FocusAreaRecord.id))
    )


def focus_points(session: Session, partnership_id: int) -> tuple[FocusPoint, ...]:
    """The focus points by year."""
    query = live(FocusPointRecord).where(FocusPointRecord.partnership_id == partnership_id)
    in_order = query.order_by(FocusPointRecord.year, FocusPointRecord.position, FocusPointRecord.id)
    return tuple(
        line(
            FocusPoint,
            record,
            agreement=ref_to(session, "agreement", record.agreement_id),
            focus_area=ref_to(session, "focus_area", record.focus_area_id),
        )
        for record in session.exec(in_order)
    )


def bodies(session: Session, partnership_id: int) -> tuple[Body, ...]:
    """Steering group first, then in the order written."""
    query = live(BodyRecord).where(BodyRecord.partnership_id == partnership_id)
    found = sorted(session.exec(query.order_by(BodyRecord.id)), key=lambda one: one.kind != "Styregruppe")
    return tuple(line(Body, one, chair=ref_to(session, "party", one.chair_id)) for one in found)
