"""The figures behind a view of an agenda: the very report and table that its page shows."""

from typing import NamedTuple

import pandas as pd

from indicators.data_quality import LEVELS, PLACES
from indicators.profile import subject
from indicators.report import Report
from indicators.selection import Option
from indicators.trend import Trend
from views.foundation import figures, places
from views.meeting.saved_view import SavedView
from views.subjects.comparison import table as ranking_table
from views.subjects.data_quality import table as grounds_table
from views.subjects.data_quality.tabs import COVERAGE, RESPONSE, VIEWS
from views.subjects.distribution.blocks import ORDER, ORDERS, in_order
from views.subjects.distribution.table import answers
from views.subjects.overview import table as overview_table
from views.subjects.overview.blocks import DIVISION
from views.subjects.profile import table as profile_table
from views.subjects.trend import table as trend_table
from views.subjects.trend.blocks import EDUCATIONS, MOST_ALSO, UNITS


class Shown(NamedTuple):
    """A report, its table, and what its sheet is called."""

    report: Report
    frame: pd.DataFrame
    sheet: str


def shown(seen: SavedView) -> Shown | None:
    """What the view shows now; None where it shows no figures."""
    of_page = {
        places.OVERVIEW: _overview,
        places.RESULTS: _results,
        places.UNIT: _unit,
        places.GROUNDS: _grounds,
    }
    return of_page[seen.place](seen) if seen.place in of_page else None


def _overview(seen: SavedView) -> Shown:
    report = figures.overview(seen.selection)
    kinds = [Option(kind, kind) for kind in report.divisions]
    division = seen.among(f"{DIVISION}_{kinds[0].key}", kinds).key if kinds else ""
    return Shown(report, overview_table.themes(report, report.columns(division)), "Overblik")


def _results(seen: SavedView) -> Shown:
    selection = seen.selection
    if seen.tab == places.COMPARED:
        ranking = figures.ranking(selection, seen.among("niveau", figures.levels(selection)))
        return Shown(ranking, ranking_table.ranking(ranking), "Sammenlign")
    if seen.tab == places.TREND:
        trend = _trend(seen)
        return Shown(trend, trend_table.years(trend), "Udvikling")
    report = figures.distribution(selection)
    rows = in_order(report.rows, seen.among(ORDER, ORDERS))
    return Shown(report, answers(rows, selection), "Fordeling")


def _trend(seen: SavedView) -> Trend:
    if seen.among("opdel", (UNITS, EDUCATIONS)) == EDUCATIONS:
        return figures.educations(seen.selection)
    units = figures.choices(seen.selection.survey.key).units
    return figures.trend(seen.selection, seen.several("vis_ogsaa", units)[:MOST_ALSO])


def _unit(seen: SavedView) -> Shown | None:
    if subject(seen.selection) is None:
        return None
    profile = figures.profile(seen.selection)
    return Shown(profile, profile_table.themes(profile), "Min enhed")


def _grounds(seen: SavedView) -> Shown | None:
    view = seen.among(places.VIEW_OF_GROUNDS, VIEWS)
    if view == RESPONSE:
        responses = figures.responses(seen.selection, seen.among("opdelt", LEVELS))
        return Shown(responses, grounds_table.responses(responses), "Svarprocent")
    if view == COVERAGE:
        coverage = figures.coverage(seen.selection, seen.among("raekker", PLACES))
        return Shown(coverage, grounds_table.coverage(coverage), "Dækning")
    return None
