"""Success criteria held up against the figures in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import CriterionRecord, PartnershipRecord
from data_access.partnerships.lists.measurements import MeasuredSeries, MeasuredSubject, series
from data_access.partnerships.records.lines import line, live
from data_access.partnerships.records.wording import kept_ref, name_of, ref_to
from indicators.partnership.board import Ref
from indicators.partnership.criterion import (
    Direction,
    Evaluation,
    Goal,
    Measurement,
    Outcome,
    evaluate,
    judged_by_hand,
    last_round_year,
)
from indicators.selection import ALL


@dataclass(frozen=True)
class Criterion:
    """A success criterion as it stands today; one in plain words has no subject, goal or figures."""

    id: int
    version: int
    partnership: Ref
    agreement: Ref | None
    focus_area: Ref | None
    initiative: Ref | None
    text: str
    subject: MeasuredSubject | None
    measured_on: str
    """The question or theme and the group, in words."""
    goal: Goal | None
    baseline: Measurement | None
    current: Measurement | None
    evaluation: Evaluation


def criteria(session: Session, today: date, partnership_id: int | None = None) -> tuple[Criterion, ...]:
    """The criteria of one partnership or all, in the order written."""
    partnerships = {one.id for one in session.exec(live(PartnershipRecord))}
    records = session.exec(live(CriterionRecord).order_by(CriterionRecord.partnership_id, CriterionRecord.id))
    wanted = (one for one in records if partnership_id in (None, one.partnership_id))
    return tuple(_criterion(session, today, one) for one in wanted if one.partnership_id in partnerships)


def criterion(session: Session, today: date, criterion_id: int) -> Criterion:
    """One of them, as it stands today."""
    return _criterion(session, today, session.get_one(CriterionRecord, criterion_id))


def _criterion(session: Session, today: date, record: CriterionRecord) -> Criterion:
    subject = _subject(record)
    found = series(session, subject) if subject else None
    goal = Goal(Direction(record.direction), record.target, record.by) if subject else None
    baseline = _baseline(record, found) if found else None
    current = found.newest(last_round_year(record.by) if record.by else None) if found else None
    return line(
        Criterion,
        record,
        partnership=kept_ref(session, "partnership", record.partnership_id),
        agreement=ref_to(session, "agreement", record.agreement_id),
        focus_area=ref_to(session, "focus_area", record.focus_area_id),
        initiative=ref_to(session, "initiative", record.initiative_id),
        subject=subject,
        measured_on=_measured_on(session, found, subject) if subject else "",
        goal=goal,
        baseline=baseline,
        current=current,
        evaluation=evaluate(goal, baseline, current, found.breaks, today) if found else _judged(record),
    )


def _subject(record: CriterionRecord) -> MeasuredSubject | None:
    if record.target is None:
        return None
    group = record.unit_key, record.education_id, record.institution_id
    return MeasuredSubject(record.survey, record.question, record.theme, *group)


def _baseline(record: CriterionRecord, found: MeasuredSeries) -> Measurement | None:
    """The share agreed on, or what was published for its year."""
    if record.baseline is not None:
        return Measurement(record.baseline_year, record.baseline)
    return found.in_year(record.baseline_year)


def _judged(record: CriterionRecord) -> Evaluation:
    return judged_by_hand(Outcome(record.judged) if record.judged else None, record.judged_reason)


def _measured_on(session: Session, found: MeasuredSeries, subject: MeasuredSubject) -> str:
    keys = {"unit": subject.unit, "education": subject.education, "institution": subject.institution}
    groups: Iterable[str] = (name_of(session, target, key) for target, key in keys.items() if key != ALL)
    return " · ".join([found.name, *groups])
