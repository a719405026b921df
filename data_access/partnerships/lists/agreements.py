"""Agreements with their parties, as they stand today, each in its chain of renewals."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import AgreementRecord, PartnershipRecord
from data_access.partnerships.records.kinds import AGREEMENT
from data_access.partnerships.records.lines import line, live
from data_access.partnerships.records.records import elements_by_owner
from data_access.partnerships.records.wording import kept_ref, ref_to
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
    partnerships = {one.id for one in session.exec(live(PartnershipRecord))}
    records = [one for one in session.exec(live(AgreementRecord)) if one.partnership_id in partnerships]
    renewals = {one.renews_id: one for one in sorted(records, key=lambda one: one.starts, reverse=True)}
    parties = elements_by_owner(session, AGREEMENT.lists[0])
    found = (
        _agreement(session, today, one, renewals.get(one.id), parties.get(one.id, []))
        for one in records
        if partnership_id in (None, one.partnership_id)
    )
    return tuple(sorted(found, key=_by_partnership_the_newest_first))


def _agreement(
    session: Session,
    today: date,
    record: AgreementRecord,
    renewal: AgreementRecord | None,
    parties: list[int],
) -> Agreement:
    taken_over = renewal.starts if renewal else None
    period = Period(record.starts, record.ends).cut_before(taken_over).cut_before(record.terminated_from)
    notice = notice_rule(record)
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


def notice_rule(record: AgreementRecord) -> NoticeRule | None:
    """How notice is given, where the agreement says so."""
    if record.notice_months:
        return MonthsNotice(record.notice_months)
    if record.notice_by:
        return YearlyNotice(day_of_year(record.notice_by), day_of_year(record.notice_effect))
    return None


def _by_partnership_the_newest_first(one: Agreement) -> tuple:
    return alphabetical(one.partnership.name), -one.period.starts.toordinal(), one.id
