"""Everything about one unit as the sections of one file, and as slides."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from data_access.dashboard import store
from indicators.data_quality import BY_EDUCATION
from indicators.figure import QuestionRow
from indicators.profile import Profile
from indicators.report import FigureTable
from indicators.selection import ALL_THEMES, NO_QUESTION, Option, Selection
from indicators.trend import Trend, TrendOfEveryQuestion
from views.all_subjects import agreed_sections
from views.documents.sections import Section, of_report
from views.foundation import visitor
from views.subjects.data_quality.responses import Responses
from views.subjects.distribution import distribution, report
from views.subjects.distribution.distribution import AS_ASKED, Distribution
from views.subjects.overview.overview import ThemeOverview
from views.subjects.profile.profile import UnitProfile, pairs_section, parts_section, theme_of_parts
from views.subjects.trend import table
from views.subjects.trend.trend import Development

EDUCATIONS = Option(BY_EDUCATION, "Uddannelser")
ON_A_SLIDE, PAIRS_ON_A_SLIDE = 6, 2


def sections(selection: Selection) -> list[Section]:
    """The unit's themes, answers, years, parts and responses, and what has been agreed about it."""
    about = replace(selection, theme=ALL_THEMES, question=NO_QUESTION)
    answers = Distribution(about, AS_ASKED)
    with store.reading(visitor.credential()) as session:
        agreed = list(agreed_sections.sections(session, about))
    return [
        *ThemeOverview(about).sections(),
        *answers.sections(),
        *UnitProfile(about).sections(),
        _years(answers.report()),
        *Responses(about, EDUCATIONS).sections(),
        *agreed,
    ]


def slides(selection: Selection) -> list[Section]:
    """What can be read from the back of a room, a few at a time, and what there is to talk about."""
    about = replace(selection, theme=ALL_THEMES, question=NO_QUESTION)
    profile = UnitProfile(about).report()
    parts = [
        *ThemeOverview(about).sections(),
        *_theme_by_theme(Distribution(about).report()),
        *([parts_section(profile, theme_of_parts(profile, ALL_THEMES))] if profile.parts else []),
        *_pair_by_pair(profile),
        *Responses(about, EDUCATIONS).sections(),
    ]
    findings = [trend.sections()[0] for trend in _findings(about)]
    return [*(part for part in parts if part.pictures), *findings]


def _theme_by_theme(answers: FigureTable) -> Iterator[Section]:
    for theme in dict.fromkeys(row.theme.id for row in answers.rows):
        of_theme = [row for row in answers.rows if row.theme.id == theme]
        for first in range(0, len(of_theme), ON_A_SLIDE):
            yield _few_questions(answers, of_theme[first : first + ON_A_SLIDE])


def _few_questions(answers: FigureTable, rows: Sequence[QuestionRow]) -> Section:
    theme = Option(rows[0].theme.id, rows[0].theme.name)
    part = distribution.section(replace(answers, rows=tuple(rows)))
    return replace(part, title=report.title(answers.selection, rows, theme), report=answers)


def _pair_by_pair(profile: Profile) -> Iterator[Section]:
    for first in range(0, len(profile.pairs), PAIRS_ON_A_SLIDE):
        yield pairs_section(replace(profile, pairs=profile.pairs[first : first + PAIRS_ON_A_SLIDE]))


def _findings(about: Selection) -> Iterator[Development]:
    """What there is to talk about, each question over the years."""
    for finding in ThemeOverview(about).report().findings:
        question = finding.row.question
        yield Development(replace(about, question=Option(question.id, question.short)))


def _years(answers: FigureTable) -> Section:
    """Every question over the years, below each other in one table."""
    questions = [Option(row.question.id, row.question.short) for row in answers.rows]
    trends = [Development(replace(answers.selection, question=question)).report() for question in questions]
    report = TrendOfEveryQuestion(
        title=f"{answers.selection.unit.name}: alle spørgsmål over årene",
        selection=answers.selection,
        origin=answers.origin,
        response=answers.response,
        notes=tuple(dict.fromkeys(note for trend in trends for note in trend.notes)),
        trends=tuple(trends),
    )
    return of_report(report, Development.sheet, partial(_all_years, trends))


def _all_years(trends: Sequence[Trend]) -> pd.DataFrame:
    frames = [table.years(trend) for trend in trends]
    for frame, trend in zip(frames, trends, strict=True):
        frame.insert(0, "Spørgsmål", trend.asked.question.text)
    return pd.concat(frames, ignore_index=True)
