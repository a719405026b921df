"""The answers as a frame and, of few answers, as HTML; what their bars show, and how Excel draws them."""

from collections.abc import Sequence
from html import escape

import pandas as pd
from openpyxl.chart import BarChart

from indicators.danish import number, percent
from indicators.figure import Figure, QuestionRow
from indicators.judgement import Judgement
from indicators.overview import verdict_on
from indicators.profile import everyone_else_of
from indicators.report import FigureTable
from indicators.selection import EVERYONE_ELSE, Selection
from views.documents.excel_charts.bars import Bars, bars, label_column, share_columns
from views.documents.legends import LegendEntry, of_verdicts
from views.documents.sections import Section
from views.documents.sheets import Place
from views.foundation import frames, readings, tables, theme
from views.foundation.readings import in_words
from views.foundation.theme import CLEAR_STYLES


def answers(rows: Sequence[QuestionRow], selection: Selection) -> pd.DataFrame:
    """One row a question; shares and limits 0 to 1, empty where nothing is shown."""
    options = dict.fromkeys(option.text for row in rows for option in row.scale.best_first)
    judged = [row.figure.judgement or Judgement() for row in rows]
    columns = [
        ("Tema", [row.theme.name for row in rows]),
        ("Spørgsmål", [row.question.text for row in rows]),
        (f"Andel {readings.share_label(rows)}", frames.Shares(row.figure.share for row in rows)),
        ("Nedre grænse", frames.Shares(one.low for one in judged)),
        ("Øvre grænse", frames.Shares(one.high for one in judged)),
        *frames.optional(
            selection.compares,
            (selection.compared_with.name, frames.Shares(row.benchmark.share for row in rows)),
        ),
        *_beside_everyone_else(rows, judged, selection),
        *((option, frames.Shares(_part(row, option) for row in rows)) for option in options),
        ("Antal svar", frames.whole([row.figure.n for row in rows])),
        ("Ved ikke", frames.whole([row.figure.outside_base for row in rows])),
        ("Status", [readings.distribution(row.figure) for row in rows]),
    ]
    return frames.frame(columns)


def _beside_everyone_else(
    rows: Sequence[QuestionRow], judged: Sequence[Judgement], selection: Selection
) -> list[frames.Column]:
    """The verdict is on the difference to everyone else, whatever the reader compares with."""
    there_already = selection.compares and selection.compared_with.key == EVERYONE_ELSE
    return [
        *frames.optional(
            any(one.difference is not None for one in judged) and not there_already,
            (everyone_else_of(selection).name, frames.Shares(_others(row) for row in rows)),
        ),
        *frames.optional(
            any(one.verdict for one in judged),
            ("Forskel (procentpoint)", frames.points(one.difference for one in judged)),
            ("Vurdering", list(map(in_words, judged))),
        ),
        *frames.optional(
            any(one.expected is not None for one in judged),
            ("Forventet", frames.Shares(one.expected for one in judged)),
        ),
    ]


def _others(row: QuestionRow) -> float | None:
    judged = row.figure.judgement
    return None if judged is None or judged.difference is None else row.figure.share - judged.difference


def _part(row: QuestionRow, option: str) -> float | None:
    texts = [some.text for some in row.scale.best_first]
    if row.figure.counts is None or option not in texts:
        return None
    return row.figure.counts[texts.index(option)] / row.figure.n


def measure(report: FigureTable) -> str:
    """A share of what."""
    return f"Fed = andel {readings.share_label(report.rows)}."


def legend(report: FigureTable) -> tuple[LegendEntry, ...]:
    """The triangles of clear verdicts; of few answers there are no bars to put them at."""
    verdicts = {verdict_on(row) for row in report.rows} if report.has_counts else set()
    return of_verdicts(verdicts & set(CLEAR_STYLES))


def excel_chart(section: Section, place: Place) -> BarChart | None:
    """All answers stacked; the shares alone where questions have different ones, or answers are grouped."""
    frame, scales = section.frame, {row.scale for row in section.report.rows}
    stacked = len(scales) == 1
    if stacked:
        options = [option.text for option in next(iter(scales)).best_first]
        colours = dict(zip(options, theme.answer_colours(len(options)), strict=True))
        stacked = set(options) <= set(frame.columns)
    if not stacked:
        colours = dict.fromkeys(share_columns(frame)[:1], theme.OWN)
    return bars(Bars(section.title, frame, label_column(frame), colours, stacked), place)


def shares(report: FigureTable) -> str:
    """One row a question, as asked, the chosen one in bold."""
    figures = [row.figure for row in report.rows]
    asked = [_asked(row, report.selection.question.key) for row in report.rows]
    measure = f"Andel {readings.share_label(report.rows)}"
    answered = ["" if figure.n is None else number(figure.n) for figure in figures]
    columns = [
        tables.Column("Spørgsmål", asked),
        tables.Column(measure, [_share(figure) for figure in figures], tables.NUMBERS),
        tables.Column("Svar", answered, tables.NUMBERS),
    ]
    return f'<div class="smal">{tables.table(columns)}</div>'


def _asked(row: QuestionRow, chosen: str) -> str:
    text = escape(row.question.short)
    return f"<b>{text}</b>" if row.question.id == chosen else text


def _share(figure: Figure) -> str:
    return f"<small>{figure.status}</small>" if figure.share is None else f"<b>{percent(figure.share)}</b>"
