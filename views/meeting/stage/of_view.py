"""A view of the dashboard on the wall: the same report and chart, with no more than a wall bears."""

from dataclasses import replace
from html import escape

from indicators.danish import lower_first
from indicators.data_quality import BY_EDUCATION, LEVELS, PLACES, CoverageTable, ResponseLine, ResponseTable
from indicators.figure import State, ThemeRow
from indicators.overview import Overview, nobody_answered, verdict_on
from indicators.profile import subject
from indicators.selection import Option
from views.foundation import figures, headlines, places, vega
from views.meeting.saved_view import SavedView
from views.meeting.stage import of_results
from views.meeting.stage.wall import LARGER, Wall, empty, left_out, those_that_stand_out
from views.subjects.data_quality import chart as grounds_chart
from views.subjects.data_quality import headline
from views.subjects.data_quality import table as grounds_table
from views.subjects.data_quality import words as grounds_words
from views.subjects.data_quality.tabs import COVERAGE, RESPONSE, VIEWS
from views.subjects.data_quality.taken_home import legend_of_responses
from views.subjects.overview import chart as overview_chart
from views.subjects.overview import markup as overview_markup
from views.subjects.overview import table as overview_table
from views.subjects.overview import taken_home
from views.subjects.overview.blocks import DIVISION
from views.subjects.profile import markup as profile_markup
from views.subjects.profile import table as profile_table

NO_UNIT = "Visningen er ikke om nogen enhed. Vælg en enhed i linjen ovenfor."
ON_THE_PAGE = "Sådan er tallene lavet, står på siden Datagrundlag under «Metode»."


def wall(seen: SavedView) -> Wall:
    """What the page shows of the selection."""
    of_page = {
        places.RESULTS: of_results.wall,
        places.UNIT: _profile,
        places.GROUNDS: _grounds,
    }
    return of_page.get(seen.place, _overview)(seen)


def _overview(seen: SavedView) -> Wall:
    report = figures.overview(seen.selection)
    columns = report.columns(_division(report, seen))
    if nobody_answered(report.rows) or not any(column.is_shown for column in columns):
        return empty(report, [score.state for score in report.own.scores.values()])
    rows = those_that_stand_out(report.themes, _is_clear, _distance)
    notes = [column.note for column in columns if column.note]
    drawn = overview_chart.heat_table(rows, columns)
    return Wall(
        report.title,
        about=f"Andel {headlines.share_label(report.rows)} i procent, gennemsnit af temaets spørgsmål.",
        html=overview_markup.legend(columns),
        chart=vega.sent(drawn),
        magnified=LARGER,
        frame=overview_table.themes(replace(report, themes=tuple(rows)), columns),
        left_out=left_out(len(rows), len(report.themes), "temaer", "Overblik") or " ".join(notes[:1]),
        report=report,
        legend=taken_home.legend(report),
    )


def _division(report: Overview, seen: SavedView) -> str:
    kinds = [Option(kind, kind) for kind in report.divisions]
    return seen.among(f"{DIVISION}_{kinds[0].key}", kinds).key if kinds else ""


def _is_clear(row: ThemeRow) -> bool:
    return verdict_on(row) in headlines.CLEAR


def _distance(row: ThemeRow) -> float:
    judged = row.score.judgement
    return -1 if judged is None or judged.difference is None else abs(judged.difference)


def _profile(seen: SavedView) -> Wall:
    if subject(seen.selection) is None:
        return Wall("Min enhed", html=f'<p class="stor">{NO_UNIT}</p>')
    report = figures.profile(seen.selection)
    if State.SHOWN not in report.states:
        return empty(report, report.states)
    rows = those_that_stand_out(
        report.themes, lambda line: _is_clear(line.row), lambda line: _distance(line.row)
    )
    few = replace(report, themes=tuple(rows))
    return Wall(
        report.title,
        about=f"Andel {headlines.share_label(report.rows)}, i gennemsnit over temaets spørgsmål.",
        html=profile_markup.themes(few),
        frame=profile_table.themes(few).drop(columns=["Færrest svar", "Flest svar"]),
        left_out=left_out(len(rows), len(report.themes), "temaer", "Min enhed"),
        report=report,
    )


def _grounds(seen: SavedView) -> Wall:
    view = seen.among("grundlag", VIEWS)
    if view == RESPONSE:
        return _responses(figures.responses(seen.selection, seen.among("opdelt", LEVELS)))
    if view == COVERAGE:
        return _coverage(figures.coverage(seen.selection, seen.among("raekker", PLACES)), seen)
    return Wall("Sådan er tallene lavet", html=f'<p class="stor">{ON_THE_PAGE}</p>')


def _responses(report: ResponseTable) -> Wall:
    if not report.lines:
        return empty(report, [State.HIDDEN if report.hidden else State.NO_ANSWERS])
    chosen = report.selection
    own = chosen.education if report.level.key == BY_EDUCATION else chosen.unit
    known = [line.response.rate for line in report.lines if line.response.rate is not None]
    middle = sum(known) / len(known) if known else 0

    def distance(line: ResponseLine) -> float:
        rate = line.response.rate
        return -1 if rate is None else abs(rate - middle)

    rows = those_that_stand_out(report.lines, lambda line: line.about == own, distance)
    few = replace(report, lines=tuple(rows), hidden=())
    what = lower_first(report.level.name)
    hidden = f"{len(report.hidden)} {what}: {State.HIDDEN.lower()}." if report.hidden else ""
    said = left_out(len(rows), len(report.lines), what, "Datagrundlag")
    few_of_many = len(rows) < len(report.lines)
    return Wall(
        headline.response_of_few(report, len(rows)) if few_of_many else report.title,
        about=f"Svarprocent efter {what}.",
        html=grounds_chart.legend(chosen.year, report.earlier_year),
        chart=vega.sent(grounds_chart.responses(few, own.key)),
        frame=grounds_table.responses(few)[[*grounds_table.responses(few)][:4]],
        left_out=f"{said} {hidden}".strip(),
        report=report,
        legend=legend_of_responses(report),
    )


def _coverage(report: CoverageTable, seen: SavedView) -> Wall:
    said = grounds_words.coverage(report, seen.selection.education)
    return Wall(report.title, html=f'<p class="stor">{escape(said)}</p>', report=report)
