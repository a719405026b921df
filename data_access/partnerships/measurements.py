"""What the release in force says of a question or a theme in a group, year by year."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from data_access.dashboard import queries, release_list
from data_access.dashboard.models import PublishedRound
from indicators.comparison import score
from indicators.figure import Figure
from indicators.partnership.criterion import Measurement
from indicators.questionnaire import Question, Questionnaire, SeriesBreak

Interval = Callable[[Figure], tuple[float, float] | None]
"""The interval of a shown figure's share, or None where it has none."""


@dataclass(frozen=True)
class Subject:
    """A question or a theme of a survey, in a group: unit x education x institution."""

    survey: str
    question: str | None
    theme: str | None
    unit: str
    education: str
    institution: str


@dataclass(frozen=True)
class Series:
    """The subject's measurements by year, and the series breaks between them."""

    name: str
    measurements: tuple[Measurement, ...]
    breaks: tuple[SeriesBreak, ...]

    def in_year(self, year: int | None) -> Measurement | None:
        return next((one for one in self.measurements if one.year == year), None)

    def newest(self, no_later_than: int | None = None) -> Measurement | None:
        """The last measurement, or the last one up to a year."""
        known = [one for one in self.measurements if no_later_than is None or one.year <= no_later_than]
        return known[-1] if known else None


def no_interval(_figure: Figure) -> None:
    """Where nobody computes intervals, nothing is said to be certain."""


def series(session: Session, subject: Subject, interval: Interval = no_interval) -> Series:
    """What has been published of the subject; empty where nothing has been."""
    release = release_list.in_force(session)
    rounds = release_list.rounds_of(session, release.number) if release else []
    asked = [one for one in rounds if one.survey_id == subject.survey]
    found = [(one, queries.questionnaire(one)) for one in asked]
    found = [(one, questions) for one, questions in found if _questions(questions, subject)]
    if not found:
        return Series(subject.question or subject.theme, (), ())
    newest = found[-1][1]
    measured = (_measurement(session, one, questions, subject, interval) for one, questions in found)
    return Series(_name(newest, subject), tuple(measured), _breaks(newest, subject))


def _questions(questionnaire: Questionnaire, subject: Subject) -> list[Question]:
    """The question, or the common questions of the theme."""
    if subject.question:
        return [one for one in questionnaire.questions if one.id == subject.question]
    return [one for one in questionnaire.questions_in(subject.theme) if one.common]


def _name(questionnaire: Questionnaire, subject: Subject) -> str:
    if subject.question:
        return questionnaire.question(subject.question).short
    return next(theme.name for theme in questionnaire.themes if theme.id == subject.theme)


def _breaks(questionnaire: Questionnaire, subject: Subject) -> tuple[SeriesBreak, ...]:
    ids = {one.id for one in _questions(questionnaire, subject)}
    return tuple(one for one in questionnaire.series_breaks if one.question is None or one.question in ids)


def _measurement(
    session: Session,
    published: PublishedRound,
    questionnaire: Questionnaire,
    subject: Subject,
    interval: Interval,
) -> Measurement:
    group = queries.group(session, published, subject.unit, subject.education, subject.institution)
    figures = [group.figure(one.id) for one in _questions(questionnaire, subject)]
    if subject.question is None:
        mean = score(figures)
        why_not = "" if mean.share is not None else mean.state.value
        return Measurement(published.year, mean.share, mean.fewest, why_not=why_not)
    (figure,) = figures
    low, high = (figure.share is not None and interval(figure)) or (None, None)
    why_not = "" if figure.share is not None else figure.status
    return Measurement(published.year, figure.share, figure.n, low, high, why_not)
