"""What the release in force says of a question or a theme in a group, year by year."""

from dataclasses import dataclass

from sqlmodel import Session

from data_access.dashboard import cells, queries
from data_access.dashboard.cells import Rounds
from data_access.dashboard.models import PublishedRound
from indicators.judgement import Judgement
from indicators.partnership.criterion import Measurement
from indicators.questionnaire import Questionnaire, SeriesBreak


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
        return next((one for one in self.measurements if one.year == year), None)

    def newest(self, no_later_than: int | None = None) -> Measurement | None:
        """The last measurement, or the last one up to a year."""
        known = [one for one in self.measurements if no_later_than is None or one.year <= no_later_than]
        return known[-1] if known else None


def series(session: Session, subject: MeasuredSubject) -> MeasuredSeries:
    """What has been published of the subject; empty where nothing has been."""
    release = queries.in_force(session)
    rounds = queries.rounds_of_survey(session, release, subject.survey) if release else []
    found = [(one, queries.questionnaire(one)) for one in rounds]
    found = [(one, asked) for one, asked in found if _questions(asked, subject)]
    if not found:
        return MeasuredSeries(subject.question or subject.theme, (), ())
    newest = found[-1][1]
    measured = (_measurement(session, one, subject) for one, _asked in found)
    return MeasuredSeries(_name(newest, subject), tuple(measured), _breaks(newest, subject))


def _questions(questionnaire: Questionnaire, subject: MeasuredSubject) -> set[str]:
    """The question, or the common questions of the theme, where they are asked."""
    if subject.question is None:
        return questionnaire.common_in(subject.theme)
    return {one.id for one in questionnaire.questions} & {subject.question}


def _name(questionnaire: Questionnaire, subject: MeasuredSubject) -> str:
    if subject.question:
        return questionnaire.question(subject.question).short
    return next(theme.name for theme in questionnaire.themes if theme.id == subject.theme)


def _breaks(questionnaire: Questionnaire, subject: MeasuredSubject) -> tuple[SeriesBreak, ...]:
    ids = _questions(questionnaire, subject)
    return tuple(one for one in questionnaire.series_breaks if one.question is None or one.question in ids)


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
