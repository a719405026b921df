"""The annual cycle over all partnerships: what comes back, meetings, deadlines and what expires."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import PartnershipRecord
from data_access.dashboard.partnership_tables.meetings import CycleRecord, MeetingRecord
from data_access.partnerships.lists.agreements import Agreement, agreements
from data_access.partnerships.records.readable_values import name_of
from data_access.partnerships.records.records import live
from indicators.partnership.agreement import AgreementStatus, Period
from indicators.partnership.cycle import (
    CycleEntry,
    CycleKind,
    Month,
    Recurring,
    last_day_of_cycle,
    twelve_months,
)
from indicators.partnership.days import day_of_year


def annual_cycle(session: Session, first_month: date, partnership_id: int | None = None) -> tuple[Month, ...]:
    """Twelve months from that one on, of one partnership or all."""
    first, last = first_month.replace(day=1), last_day_of_cycle(first_month)
    names = {
        record.id: name_of(session, "partnership", record.id)
        for record in session.exec(live(PartnershipRecord))
        if partnership_id in (None, record.id)
    }
    agreed = [agreement for agreement in agreements(session, first) if agreement.partnership.id in names]
    entries = [
        *_planned(session, names, agreed, (first, last)),
        *_meetings(session, names),
        *(entry for agreement in agreed for entry in _deadlines(agreement, names, first, last)),
    ]
    return twelve_months((entry for entry in entries if entry.touches(first, last)), first)


def _planned(
    session: Session, names: dict[int, str], agreed: Sequence[Agreement], cycle: tuple[date, date]
) -> Iterator[CycleEntry]:
    for record in session.exec(live(CycleRecord)):
        if record.partnership_id in names:
            periods = [
                agreement.period for agreement in agreed if agreement.partnership.id == record.partnership_id
            ]
            entries = _entries(record, names[record.partnership_id], cycle)
            yield from (entry for entry in entries if record.once_on or _is_agreed(entry, periods))


def _is_agreed(entry: CycleEntry, periods: Sequence[Period]) -> bool:
    """What comes back every year ends with the agreements that it came from."""
    return not periods or any(entry.touches(period.starts, period.ends or date.max) for period in periods)


def _entries(record: CycleRecord, partnership: str, cycle: tuple[date, date]) -> Iterator[CycleEntry]:
    kind = CycleKind(record.kind)
    if record.once_on:
        yield CycleEntry(record.once_on, kind, record.title, partnership, record.once_to)
        return
    until = day_of_year(record.yearly_to) if record.yearly_to else None
    recurring = Recurring(day_of_year(record.yearly_from), kind, record.title, partnership, until)
    yield from recurring.entries(*cycle)


def _meetings(session: Session, names: dict[int, str]) -> Iterator[CycleEntry]:
    for record in session.exec(live(MeetingRecord)):
        if record.partnership_id in names:
            yield CycleEntry(record.held_on, CycleKind.MEETING, record.title, names[record.partnership_id])


def _deadlines(agreement: Agreement, names: dict[int, str], first: date, last: date) -> Iterator[CycleEntry]:
    partnership = names[agreement.partnership.id]
    if agreement.period.ends and agreement.renewed_by is None:
        yield CycleEntry(agreement.period.ends, CycleKind.EXPIRY, agreement.title, partnership)
    if agreement.notice is None or agreement.status is AgreementStatus.TERMINATED:
        return
    for deadline in agreement.notice.deadlines(agreement.period, first, last):
        yield CycleEntry(
            deadline.by, CycleKind.NOTICE, f"{agreement.title}: {deadline.describe()}", partnership
        )
