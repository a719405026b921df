"""Everything about one unit, from the store, as the sections of one file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import altair as alt
import pandas as pd
from sqlmodel import Session

from data_access.dashboard import queries, store
from data_access.dashboard.models import Release
from indicators.data_quality import BY_EDUCATION
from indicators.figure import QuestionRow, State
from indicators.profile import Profile, theme_of_parts
from indicators.questionnaire import Theme
from indicators.report import FigureTable
from indicators.selection import ALL_THEMES, NO_QUESTION, Option, Selection
from indicators.trend import Trend
from views.documents.excel_charts import bars
from views.documents.pictures import html_drawing
from views.documents.sections import Section, Years, of_report
from views.foundation import readings
from views.subjects.data_quality import chart as response_chart
from views.subjects.data_quality import table as response_table
from views.subjects.data_quality.report import responses
from views.subjects.data_quality.taken_home import legend_of_responses
from views.subjects.distribution import headline
from views.subjects.distribution import taken_home as answers_taken_home
from views.subjects.distribution.chart import stacked_answers
from views.subjects.distribution.markup import shares
from views.subjects.distribution.report import distribution
from views.subjects.distribution.table import answers
from views.subjects.overview import taken_home as overview_taken_home
from views.subjects.overview.chart import heat_table
from views.subjects.overview.report import overview
from views.subjects.overview.table import themes as themes_beside
from views.subjects.profile import markup, words
from views.subjects.profile import table as profile_table
from views.subjects.profile.report import profile
from views.subjects.trend import taken_home as trend_taken_home
from views.subjects.trend.chart import lines
from views.subjects.trend.report import trend
from views.subjects.trend.table import years
from views.unit_file import agreed_sections

PROFILE, PAIRS = "Min enhed", "Side om side"
EDUCATIONS = Option(BY_EDUCATION, "Uddannelser")
ON_A_SLIDE, PAIRS_ON_A_SLIDE = 6, 2


def sections(selection: Selection) -> list[Section]:
    """The unit's themes, answers, years, parts and responses, and what has been agreed about it."""
    chosen = replace(selection, theme=ALL_THEMES, question=NO_QUESTION)
    with store.reading() as session:
        release = queries.release_in_force(session)
        told = distribution(session, chosen, release)
        return [
            _overview(session, chosen, release),
            _answers(told, told.rows),
            *_profile(profile(session, chosen, release)),
            _years(trends(session, told, release), told),
            _responses(session, chosen, release),
            *agreed_sections.sections(session, chosen),
        ]


def in_parts(section: Section) -> Iterator[Section]:
    """The answers theme by theme, a few questions at a time, to be read from the back of a room."""
    report = section.report
    if isinstance(report, FigureTable):
        yield from _by_theme(report)
    elif isinstance(report, Profile) and section.sheet == PAIRS:
        for first in range(0, len(report.pairs), PAIRS_ON_A_SLIDE):
            yield _pairs(replace(report, pairs=report.pairs[first : first + PAIRS_ON_A_SLIDE]))
    elif section.sheet != PROFILE:  # whose themes are those of the first slide
        yield section


def _by_theme(report: FigureTable) -> Iterator[Section]:
    for theme in dict.fromkeys(row.theme.id for row in report.rows):
        of_theme = [row for row in report.rows if row.theme.id == theme]
        for first in range(0, len(of_theme), ON_A_SLIDE):
            yield _of_theme(report, of_theme[first : first + ON_A_SLIDE])


def _of_theme(report: FigureTable, rows: Sequence[QuestionRow]) -> Section:
    theme = Option(rows[0].theme.id, rows[0].theme.name)
    return replace(_answers(report, rows), title=headline.distribution(report.selection, rows, theme))


def _answers(report: FigureTable, rows: Sequence[QuestionRow]) -> Section:
    """Those rows of the report."""
    return of_report(
        *(report, "Fordeling", answers(rows, report.selection), _pictures(replace(report, rows=rows))),
        measure=answers_taken_home.measure(report),
        legend=answers_taken_home.legend(report),
        excel_chart=answers_taken_home.excel_chart,
    )


def trends(session: Session, told: FigureTable, release: Release) -> list[Trend]:
    """Each question of the table over the years."""
    found = []
    for row in told.rows:
        question = Option(row.question.id, row.question.short)
        found.append(trend(session, replace(told.selection, question=question), (), release))
    return found


def findings(selection: Selection) -> list[Section]:
    """What there is to talk about, each question over the years and beside the others of the unit's kind."""
    chosen = replace(selection, theme=ALL_THEMES, question=NO_QUESTION)
    with store.reading() as session:
        release = queries.release_in_force(session)
        found = overview(session, chosen, release).findings
        questions = [Option(one.row.question.id, one.row.question.short) for one in found]
        about = [replace(chosen, question=question) for question in questions]
        return [of_trend(trend(session, one, (), release)) for one in about]


def of_trend(report: Trend) -> Section:
    """One question over the years, with its lines where there are two years to draw them between."""
    drawn = [lines(report)] if len(report.years) > 1 else []
    return of_report(
        *(report, "Udvikling", years(report), drawn),
        measure=trend_taken_home.measure(report),
        excel_chart=trend_taken_home.excel_chart,
    )


def _overview(session: Session, selection: Selection, release: Release) -> Section:
    report = overview(session, selection, release)
    columns = report.columns(next(iter(report.divisions), ""))
    shown = [column for column in columns if column.is_shown]
    drawn = [heat_table(report.themes, columns)] if shown else []
    return of_report(
        *(report, "Overblik", themes_beside(report, columns), drawn),
        measure=overview_taken_home.measure(report),
        legend=overview_taken_home.legend(report),
        excel_chart=bars.shares,
    )


def _pictures(report: FigureTable) -> list[alt.LayerChart | str]:
    """A chart a scale, or of few answers a table, as on the page."""
    if not report.has_counts:
        is_shown = any(row.figure.share is not None for row in report.rows)
        return [html_drawing.drawn(shares(report))] if is_shown else []
    scales = dict.fromkeys(row.scale for row in report.rows)
    return [stacked_answers([row for row in report.rows if row.scale == scale]) for scale in scales]


def _profile(report: Profile) -> Iterator[Section]:
    drawn = [html_drawing.drawn(markup.themes(report), words.about_themes(report))]
    shown = State.SHOWN in report.states
    yield of_report(
        report, PROFILE, profile_table.themes(report), drawn if shown else [], excel_chart=bars.shares
    )
    if report.parts:
        theme = theme_of_parts(report, ALL_THEMES)
        drawn = [html_drawing.drawn(markup.parts(report, theme.id), words.about_parts(report, theme))]
        parts = of_report(
            *(report, "Fordelt", profile_table.parts(report, theme)),
            drawn if _is_shown(report, theme) else [],
            excel_chart=bars.shares,
        )
        yield replace(parts, title=words.title_of_parts(report, theme))
    if report.pairs:
        yield _pairs(report)


def _is_shown(report: Profile, theme: Theme) -> bool:
    return any(part.scores[theme.id].state is State.SHOWN for part in report.parts)


def _pairs(report: Profile) -> Section:
    drawn = [html_drawing.drawn(markup.pairs(report), readings.TWO_GROUPS)]
    pairs = of_report(report, PAIRS, profile_table.pairs(report), drawn, excel_chart=bars.shares)
    return replace(pairs, title=words.title_of_pairs(report))


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
    return of_report(
        *(report, "Svarprocent", response_table.responses(report), drawn),
        legend=legend_of_responses(report),
        excel_chart=bars.shares,
    )
