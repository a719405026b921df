"""What the release in force says of a question or a theme in a group, year by year."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard import cells, queries
from data_access.dashboard.cells import Rounds
from data_access.dashboard.models import PublishedRound
from data_access.dashboard.partnership_tables.agreements import CriterionRecord, PartnershipRecord
from data_access.partnerships.records.readable_values import kept_ref, name_of, ref_to
from data_access.partnerships.records.records import line, live
from indicators.judgement import Judgement
from indicators.partnership.board import Initiative, LinkedQuestion, Ref
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
from indicators.questionnaire import Questionnaire, SeriesBreak
from indicators.selection import ALL


@dataclass(frozen=True)
class MeasuredSubject:
    """A question or a theme of a survey, in a group: unit x education x institution."""

    survey: str
    question: str | None
    theme: str | None
    unit: str
    education: str
    institution: str


@dataclass(frozen=True)
class MeasuredSeries:
    """The subject's measurements by year, and the series breaks between them."""

    name: str
    measurements: tuple[Measurement, ...]
    breaks: tuple[SeriesBreak, ...]

    def in_year(self, year: int | None) -> Measurement | None:
        return next((measurement for measurement in self.measurements if measurement.year == year), None)

    def newest(self, no_later_than: int | None = None) -> Measurement | None:
        """The last measurement, or the last one up to a year."""
        known = [
            measurement
            for measurement in self.measurements
            if no_later_than is None or measurement.year <= no_later_than
        ]
        return known[-1] if known else None


def series(session: Session, subject: MeasuredSubject) -> MeasuredSeries:
    """What has been published of the subject; empty where nothing has been."""
    release = queries.in_force(session)
    rounds = queries.rounds_of_survey(session, release, subject.survey) if release else []
    found = [(published, queries.questionnaire(published)) for published in rounds]
    found = [(one, asked) for one, asked in found if _questions(asked, subject)]
    if not found:
        return MeasuredSeries(subject.question or subject.theme, (), ())
    newest = found[-1][1]
    ids = _questions(newest, subject)
    return MeasuredSeries(
        newest.question(subject.question).short
        if subject.question
        else next(theme.name for theme in newest.themes if theme.id == subject.theme),
        tuple(_measurement(session, one, subject) for one, _asked in found),
        tuple(
            series_break
            for series_break in newest.series_breaks
            if series_break.question is None or series_break.question in ids
        ),
    )


def _questions(questionnaire: Questionnaire, subject: MeasuredSubject) -> set[str]:
    """The question, or the common questions of the theme, where they are asked."""
    if subject.question is None:
        return questionnaire.common_in(subject.theme)
    return {question.id for question in questionnaire.questions} & {subject.question}


def _measurement(session: Session, published: PublishedRound, subject: MeasuredSubject) -> Measurement:
    group = cells.group(session, Rounds(published), subject.unit, subject.education, subject.institution)
    if subject.question is None:
        score = group.score(subject.theme)
        share, n, judgement, status = score.share, score.fewest, score.judgement, score.state.value
    else:
        figure = group.figure(subject.question)
        share, n, judgement, status = figure.share, figure.n, figure.judgement, figure.status
    made = judgement or Judgement()
    why_not = "" if share is not None else status
    return Measurement(published.year, share, n, made.low, made.high, why_not)


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
    partnerships = {record.id for record in session.exec(live(PartnershipRecord))}
    records = session.exec(live(CriterionRecord).order_by(CriterionRecord.partnership_id, CriterionRecord.id))
    wanted = (record for record in records if partnership_id in (None, record.partnership_id))
    return tuple(
        _criterion(session, today, record) for record in wanted if record.partnership_id in partnerships
    )


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
        measured_on=" · ".join([found.name, *_group_names(session, subject)]) if subject else "",
        goal=goal,
        baseline=baseline,
        current=current,
        evaluation=evaluate(goal, baseline, current, found.breaks, today)
        if found
        else judged_by_hand(Outcome(record.judged) if record.judged else None, record.judged_reason),
    )


def _subject(record: CriterionRecord) -> MeasuredSubject | None:
    if record.target is None:
        return None
    group = record.unit_key, record.education_id, record.institution_id
    return MeasuredSubject(record.survey, record.question, record.theme, *group)


def _baseline(record: CriterionRecord, measured: MeasuredSeries) -> Measurement | None:
    """The share agreed on, or what was published for its year."""
    if record.baseline is not None:
        return Measurement(record.baseline_year, record.baseline)
    return measured.in_year(record.baseline_year)


@dataclass(frozen=True)
class QuestionTrend:
    """Udvikling i det knyttede spørgsmål: the years of one linked question in its group."""

    linked: LinkedQuestion
    group: str
    series: MeasuredSeries


def trends(session: Session, initiative: Initiative) -> tuple[QuestionTrend, ...]:
    """One for each linked question, in the order linked."""
    subjects = (
        MeasuredSubject(
            linked.survey, linked.question, None, linked.unit, linked.education, linked.institution
        )
        for linked in initiative.questions
    )
    return tuple(
        QuestionTrend(linked, " · ".join(_group_names(session, subject)), series(session, subject))
        for linked, subject in zip(initiative.questions, subjects, strict=True)
    )


def _group_names(session: Session, subject: MeasuredSubject) -> list[str]:
    keys = {"unit": subject.unit, "education": subject.education, "institution": subject.institution}
    return [name_of(session, target, key) for target, key in keys.items() if key != ALL]
