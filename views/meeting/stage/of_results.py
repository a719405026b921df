"""A view of Resultater on the wall: distribution, comparison or development of the same report."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import pandas as pd

from indicators.danish import listed, lower_first, number, percent
from indicators.figure import QuestionRow
from indicators.overview import verdict_on
from indicators.profile import everyone_else_of
from indicators.ranking import Ranking, RankingLine
from indicators.report import FigureTable
from indicators.selection import Option
from indicators.trend import Trend
from views.foundation import figures, headlines, places, theme, vega
from views.meeting.saved_view import SavedView
from views.meeting.stage.wall import (
    LARGER,
    MOST_ANSWERS,
    MOST_ROWS,
    STANDING_OUT,
    Wall,
    empty,
    left_out,
    those_that_stand_out,
)
from views.subjects.comparison import chart as ranking_chart
from views.subjects.comparison import funnel, taken_home
from views.subjects.comparison import markup as ranking_markup
from views.subjects.comparison import table as ranking_table
from views.subjects.comparison import words as ranking_words
from views.subjects.comparison.blocks import FUNNEL, RANKING, TABLE
from views.subjects.distribution import chart as answers_chart
from views.subjects.distribution import markup as answers_markup
from views.subjects.distribution import table as answers_table
from views.subjects.distribution import taken_home as answers_taken_home
from views.subjects.distribution.blocks import ORDER, ORDERS, in_order
from views.subjects.trend import chart as trend_chart
from views.subjects.trend import markup as trend_markup
from views.subjects.trend import panels
from views.subjects.trend import table as trend_table
from views.subjects.trend.blocks import EDUCATIONS, MOST_ALSO, UNITS

MOST_RANKED, MOST_IN_TABLE, MOST_PANELS = 7, 6, 6
"""Three bands have their headings among the rows, names may take two lines, and a panel needs its size."""

FUNNEL_ROOM = funnel.Room(height=340, names=MOST_ROWS)
"""Of a wall's height what is left under the sentence, and as many names as there are rows elsewhere."""


def wall(seen: SavedView) -> Wall:
    """What the tab shows."""
    return {places.COMPARED: _comparison, places.TREND: _development}.get(seen.tab, _distribution)(seen)


def _distribution(seen: SavedView) -> Wall:
    report = figures.distribution(seen.selection)
    if not any(row.figure.share is not None or row.figure.bound for row in report.rows):
        return empty(report, [row.figure.state for row in report.rows])
    every = in_order(report.rows, seen.among(ORDER, ORDERS))
    rows = _few(_of_one_scale(every, seen.selection.question), seen.selection.question)
    return Wall(
        report.title,
        about=_measure(report),
        **_bars_or_shares(replace(report, rows=rows)),
        frame=_answers(rows, report),
        left_out=left_out(len(rows), len(every), "spørgsmål", "Resultater"),
        report=report,
    )


def _bars_or_shares(report: FigureTable) -> dict:
    """Bars with their legend; few answers have none and are a table."""
    if not report.has_counts:
        return {"html": answers_markup.shares(report)}
    drawn = answers_chart.stacked_answers(report.rows, report.selection.question.key)
    legend = theme.legend(answers_chart.answers(report.rows))
    signs = answers_taken_home.legend(report)
    return {"html": legend, "chart": vega.sent(drawn), "magnified": LARGER, "legend": signs}


def _of_one_scale(rows: Sequence[QuestionRow], chosen: Option) -> list[QuestionRow]:
    """Questions on different scales never share one chart: those of the one in focus, else of the first."""
    focus = next((row for row in rows if row.question.id == chosen.key), rows[0])
    return [row for row in rows if row.scale == focus.scale]


def _few(rows: Sequence[QuestionRow], chosen: Option) -> list[QuestionRow]:
    """The one in focus and the clear ones, then the highest and the lowest."""
    shown = [row.figure.share for row in rows if row.figure.share is not None]
    middle = sum(shown) / len(shown) if shown else 0

    def is_first(row: QuestionRow) -> bool:
        return row.question.id == chosen.key or verdict_on(row) in headlines.CLEAR

    def distance(row: QuestionRow) -> float:
        share = row.figure.share
        if verdict_on(row) in headlines.CLEAR:
            return abs(row.figure.judgement.difference)
        return -1 if share is None else abs(share - middle)

    return those_that_stand_out(rows, is_first, distance)


def _measure(report: FigureTable) -> str:
    others = lower_first(everyone_else_of(report.selection).name)
    clear = any(verdict_on(row) in headlines.CLEAR for row in report.rows)
    beside = f" Klart over og klart under er i forhold til {others}." if clear else ""
    return f"Fed = andel {headlines.share_label(report.rows)}.{beside}"


def _answers(rows: Sequence[QuestionRow], report: FigureTable) -> pd.DataFrame:
    """Without the answers one by one, for which a table on a wall has no room."""
    frame = answers_table.answers(rows, report.selection)
    parts = {option.text for row in rows for option in row.scale.best_first}
    without = parts | {"Tema", "Nedre grænse", "Øvre grænse", "Ved ikke", "Forventet"}
    return frame[[heading for heading in frame if heading not in without]]


def _comparison(seen: SavedView) -> Wall:
    report = figures.ranking(seen.selection, seen.among("niveau", figures.levels(seen.selection)))
    if not report.ranked and not report.small:
        return empty(report, [line.figure.state for line in report.lines])
    form = seen.among("form", (RANKING, FUNNEL, TABLE))
    if form == TABLE or not report.is_worth_ranking:
        return _in_a_table(report)
    also = seen.selection.compared_with
    few = _few_ranked(report, also)
    no_funnel = ranking_words.why_no_funnel(report) if form == FUNNEL else ""
    if form == FUNNEL and not no_funnel:
        legend, chart = ranking_markup.legend(), funnel.ranking(report, (also,), FUNNEL_ROOM)
        said = _in_funnel(report, few)
    else:
        legend = ranking_markup.of_dots(report)
        chart = ranking_chart.ranking(report, (also,), [line.about for line in few])
        said = (no_funnel, _left_out(report, few), _not_ranked(report))
    left = " ".join(filter(None, said))
    shown = {"html": legend, "chart": vega.sent(chart), "legend": taken_home.legend(report)}
    return Wall(report.title, left_out=left, **shown, **_of(report, few))


def _in_a_table(report: Ranking) -> Wall:
    few = _few_in_a_table(report)
    what = lower_first(report.level.name)
    return Wall(
        report.title,
        html=ranking_markup.table(replace(report, lines=tuple(few))),
        left_out=left_out(len(few), len(report.lines), what, "Resultater", MOST_ANSWERS),
        **_of(report, few),
    )


def _of(report: Ranking, few: Sequence[RankingLine]) -> dict:
    """What any form of the comparison says, and the numbers of those that it has room for."""
    frame = ranking_table.ranking(report)
    names = [line.about.name for line in few]
    few_rows = frame[frame.iloc[:, 0].isin(names)]
    return {"about": ranking_words.against(report), "frame": few_rows, "report": report}


def _few_ranked(report: Ranking, also: Option) -> list[RankingLine]:
    """The own one and the one compared with, then the clear ones, then those farthest from the others."""

    def is_first(line: RankingLine) -> bool:
        return line.about in report.own or line.about == also

    def distance(line: RankingLine) -> float:
        off = abs(line.judgement.difference or 0)
        return 1 + off if line.judgement.is_clear else off

    return those_that_stand_out(report.ranked, is_first, distance, MOST_RANKED)


def _few_in_a_table(report: Ranking) -> list[RankingLine]:
    """Those with most answers; the chosen one among them."""

    def answers(line: RankingLine) -> float:
        return line.figure.n or 0

    return those_that_stand_out(report.lines, lambda line: line.about in report.own, answers, MOST_IN_TABLE)


def _in_funnel(report: Ranking, few: Sequence[RankingLine]) -> Iterator[str]:
    """All of them are dots; the table has room for some."""
    every = len(report.ranked)
    yield f"Tragten viser alle {number(every)} {lower_first(report.level.name)}, der kan vurderes."
    if len(few) < every:
        yield f"Tabellen (T) har {number(len(few))} af dem: {STANDING_OUT}."
    yield _not_ranked(report)
    yield from ranking_words.about_funnel(report)


def _left_out(report: Ranking, few: Sequence[RankingLine]) -> str:
    return left_out(len(few), len(report.ranked), lower_first(report.level.name), "Resultater")


def _not_ranked(report: Ranking) -> str:
    without, what = len(report.lines) - len(report.ranked), lower_first(report.level.name)
    return f"{number(without)} {what} kan ikke vurderes eller vises." if without else ""


def _development(seen: SavedView) -> Wall:
    report = _trend(seen)
    if not report.years:
        return empty(report, [state for one in report.series for state in one.states])
    common = {
        "about": f"{report.asked.question.text} · andel {report.asked.scale.share_label}",
        "frame": _years(report),
        "left_out": " ".join([*_panels_left_out(report), *_breaks(report), *trend_markup.left_out(report)]),
        "report": report,
    }
    if len(report.years) == 1:
        return Wall(report.title, html=_one_year(report), **common)
    if report.by_education:
        return Wall(report.title, html=panels.panels(report, MOST_PANELS), **common)
    return Wall(report.title, chart=vega.sent(trend_chart.lines(report)), **common)


def _trend(seen: SavedView) -> Trend:
    if seen.among("opdel", (UNITS, EDUCATIONS)) == EDUCATIONS:
        return figures.educations(seen.selection)
    units = figures.choices(seen.selection.survey.key).units
    return figures.trend(seen.selection, seen.several("vis_ogsaa", units)[:MOST_ALSO])


def _panels_left_out(report: Trend) -> list[str]:
    every = sum(bool(one.shown) for one in report.parts)
    drawn = len(panels.drawn(report, MOST_PANELS)) if report.by_education else every
    said = left_out(drawn, every, "uddannelser", "Resultater", MOST_ANSWERS)
    return [said] if said else []


def _breaks(report: Trend) -> list[str]:
    return [f"Databrud {one.year}: {one.reason}." for one in report.breaks if one.year in report.years]


def _one_year(report: Trend) -> str:
    shown = [(one.about.name, one.shown[-1].figure.share) for one in report.series if one.shown]
    said = listed([f"{name} {percent(share)}" for name, share in shown])
    return f'<p class="stor">Der er kun tal for ét år, {report.years[0]}: {escape(said)}.</p>'


def _years(report: Trend) -> pd.DataFrame:
    """As many lines as a table on the wall has room for, the latest years."""
    frame = trend_table.years(report)
    newest = frame[frame["År"].isin([str(year) for year in report.years[-2:]])]
    few = frame if len(frame) <= MOST_ROWS else newest
    return few.drop(columns=["Nedre grænse", "Øvre grænse"])[:MOST_ROWS]
