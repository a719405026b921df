"""Everything about one unit, from the store, as the sections of one file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import altair as alt
import pandas as pd
from sqlmodel import Session

from data_access.dashboard import queries, store
from data_access.dashboard.models import Release
from indicators.danish import lower_first
from indicators.figure import QuestionRow
from indicators.grounds import BY_EDUCATION
from indicators.profile import Profile, subject, theme_of_parts
from indicators.report import FigureTable
from indicators.selection import ALL_THEMES, NO_QUESTION, Named, Selection
from indicators.trend import Trend
from views.answers.chart import stacked_answers
from views.answers.report import distribution
from views.answers.table import answers
from views.exports import agreed
from views.exports.sections import Section, Years, of_report
from views.grounds import chart as response_chart
from views.grounds import table as response_table
from views.grounds.report import responses
from views.overview.chart import heat_table
from views.overview.report import overview
from views.overview.table import themes as themes_beside
from views.profile import table as profile_table
from views.profile.markup import parts_are_called
from views.profile.report import profile
from views.trend.chart import lines
from views.trend.report import trend
from views.trend.table import years

EDUCATIONS = Named(BY_EDUCATION, "Uddannelser")
ON_A_SLIDE = 6


def sections(selection: Selection) -> list[Section]:
    """The unit's themes, answers, years, parts and responses, and what has been agreed about it."""
    chosen = replace(selection, theme=ALL_THEMES, question=NO_QUESTION)
    with store.reading() as session:
        release = queries.release_in_force(session)
        told = distribution(session, chosen, release)
        return [
            _overview(session, chosen, release),
            of_report(told, "Fordeling", answers(told.rows, chosen), _bars(told.rows)),
            *_profile(profile(session, chosen, release)),
            _years(trends(session, told, release), told),
            _responses(session, chosen, release),
            *agreed.sections(session, chosen),
        ]


def in_parts(section: Section) -> Iterator[Section]:
    """The answers a few questions at a time, so that they can be read from the back of a room."""
    report = section.report
    if not isinstance(report, FigureTable):
        yield section
        return
    for first in range(0, len(report.rows), ON_A_SLIDE):
        rows = report.rows[first : first + ON_A_SLIDE]
        yield of_report(report, section.sheet, answers(rows, report.selection), _bars(rows))


def trends(session: Session, told: FigureTable, release: Release) -> list[Trend]:
    """Each question of the table over the years."""
    found = []
    for row in told.rows:
        question = Named(row.question.id, row.question.short)
        found.append(trend(session, replace(told.selection, question=question), (), release))
    return found


def findings(selection: Selection) -> list[Section]:
    """What there is to talk about, each question over the years and beside the others of the unit's kind."""
    chosen = replace(selection, theme=ALL_THEMES, question=NO_QUESTION)
    with store.reading() as session:
        release = queries.release_in_force(session)
        found = overview(session, chosen, release).findings
        questions = [Named(one.row.question.id, one.row.question.short) for one in found]
        about = [replace(chosen, question=question) for question in questions]
        return [of_trend(trend(session, one, (), release)) for one in about]


def of_trend(report: Trend) -> Section:
    """One question over the years, with its lines where there are two years to draw them between."""
    drawn = [lines(report)] if len(report.years) > 1 else []
    return of_report(report, "Udvikling", years(report), drawn)


def _overview(session: Session, selection: Selection, release: Release) -> Section:
    report = overview(session, selection, release)
    columns = report.columns(next(iter(report.divisions), ""))
    shown = [column for column in columns if column.is_shown]
    drawn = [heat_table(report.themes, columns)] if shown else []
    return of_report(report, "Overblik", themes_beside(report, columns), drawn)


def _bars(rows: Sequence[QuestionRow]) -> list[alt.LayerChart]:
    """A chart a scale, as on the page."""
    scales = dict.fromkeys(row.scale for row in rows)
    return [stacked_answers([row for row in rows if row.scale == scale]) for scale in scales]


def _profile(report: Profile) -> Iterator[Section]:
    who = (subject(report.selection) or report.selection.unit).name
    yield of_report(report, "Min enhed", profile_table.themes(report))
    if report.parts:
        theme = theme_of_parts(report, ALL_THEMES)
        parts = of_report(report, "Fordelt", profile_table.parts(report, theme))
        yield replace(
            parts, title=f"{who}: {lower_first(theme.name)}, {parts_are_called(report).lower()} for sig"
        )
    if report.pairs:
        pairs = of_report(report, "Side om side", profile_table.pairs(report))
        yield replace(pairs, title=f"{who}: to grupper om det samme")


def _years(found: list[Trend], told: FigureTable) -> Section:
    about = f"{told.selection.unit.name}: alle spørgsmål over årene"
    report = Years(
        title=about,
        selection=told.selection,
        origin=told.origin,
        response=told.response,
        notes=tuple(dict.fromkeys(note for one in found for note in one.notes)),
        trends=tuple(found),
    )
    frames = [years(one) for one in found]
    for frame, one in zip(frames, found, strict=True):
        frame.insert(0, "Spørgsmål", one.asked.question.text)
    return of_report(report, "Udvikling", pd.concat(frames, ignore_index=True))


def _responses(session: Session, selection: Selection, release: Release) -> Section:
    report = responses(session, selection, EDUCATIONS, release)
    drawn = [response_chart.responses(report, selection.education.key)] if report.lines else []
    return of_report(report, "Svarprocent", response_table.responses(report), drawn)
