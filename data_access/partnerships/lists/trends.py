"""How the questions that an initiative is linked to have developed. A development is not an effect."""

from dataclasses import dataclass

from sqlmodel import Session

from data_access.partnerships.lists.measurements import MeasuredSeries, MeasuredSubject, series
from data_access.partnerships.records.wording import name_of
from indicators.partnership.board import Initiative, LinkedQuestion
from indicators.selection import ALL


@dataclass(frozen=True)
class QuestionTrend:
    """Udvikling i det knyttede spørgsmål: the years of one linked question in its group."""

    linked: LinkedQuestion
    group: str
    series: MeasuredSeries


def trends(session: Session, initiative: Initiative) -> tuple[QuestionTrend, ...]:
    """One for each linked question, in the order linked."""
    return tuple(_trend(session, linked) for linked in initiative.questions)


def _trend(session: Session, linked: LinkedQuestion) -> QuestionTrend:
    group = linked.unit, linked.education, linked.institution
    subject = MeasuredSubject(linked.survey, linked.question, None, *group)
    named = zip(("unit", "education", "institution"), group, strict=True)
    words = [name_of(session, target, key) for target, key in named if key != ALL]
    return QuestionTrend(linked, " · ".join(words), series(session, subject))
