"""The tab Fordeling."""

from collections.abc import Sequence
from functools import partial

import altair as alt
import streamlit as st

from indicators.answers import in_groups
from indicators.danish import lower_first
from indicators.disclosure import persons_for_detail
from indicators.figure import QuestionRow, State
from indicators.overview import verdict_on
from indicators.profile import everyone_else_of, subject
from indicators.report import FigureTable
from indicators.selection import ALL, Option, Selection
from views.foundation import blocks, figures, filter_bar, headlines, readings, theme, vega
from views.foundation.literal import literal
from views.subjects.distribution import chart, focus, markup, table, taken_home
from views.subjects.distribution.file import SHEET

ORDER = "raekkefoelge"
BY_SHARE, AS_ASKED = Option("andel", "Efter andel"), Option("skema", "Som i skemaet")
ORDERS = (BY_SHARE, AS_ASKED)
EVERY_ANSWER, GROUPS = Option("alle", "Alle svarmuligheder"), Option("grupper", "Svargrupper")

READING = (
    "Hver bjælke er alle svar på ét spørgsmål, det bedste svar først. Det fede tal er andelen af de bedste "
    "svar; tal under 6 % står ikke i bjælken. «Ved ikke» er holdt udenfor og står i tabellen. Trekant og ord "
    "står kun, hvor enheden er klart over eller klart under; tabellen har vurderingen af alle. Vælg et "
    "spørgsmål ved at klikke på det eller i feltet «Spørgsmål»."
)


def tab(selection: Selection) -> None:
    """The answers to the theme's questions, and what is said of the one in focus."""
    report = figures.distribution(selection)
    blocks.heading(report)
    blocks.response(report)
    stacked_answers(report)


def stacked_answers(report: FigureTable) -> None:
    """The answers to each question, as chart, table and workbook."""
    if blocks.nothing_shown([row.figure.state for row in report.rows]):
        return
    if report.has_counts:
        rows = _bars_in_order(report)
    else:
        rows = report.rows
        st.markdown(_without_bars(report))
        blocks.html(markup.shares, report)
    _in_focus(report)
    blocks.under(
        *(report, partial(table.answers, rows, report.selection), SHEET, _reading(report)),
        measure=taken_home.measure(report),
        legend=taken_home.legend(report),
        excel_chart=taken_home.excel_chart,
    )


def _without_bars(report: FigureTable) -> str:
    """Why there are shares alone."""
    if any(row.figure.withheld for row in report.rows):
        return f"{readings.WITHHELD}."
    least = persons_for_detail(report.origin.least_persons)
    return f"Få svar: kun andelene vises. Fordeling og vurdering siges fra {least} svar."


def _bars_in_order(report: FigureTable) -> list[QuestionRow]:
    """The bars, in the order and with the answers that the reader has chosen."""
    with st.container(horizontal=True, key="fordeling"):
        order = filter_bar.pick("Rækkefølge", ORDER, ORDERS)
        grouped = filter_bar.pick("Svar", "svargrupper", (EVERY_ANSWER, GROUPS))
    _charts(report, order, grouped)
    if bases := readings.bases(row.question for row in report.rows):
        st.caption(literal(bases))
    return in_order(report.rows, order)


def in_order(rows: Sequence[QuestionRow], order: Option) -> list[QuestionRow]:
    """As the reader has chosen: the highest first, or as they were asked."""
    return by_share(rows) if order == BY_SHARE else list(rows)


def by_share(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """The highest first; few answers and hidden ones have no place among the others and stand last."""
    return sorted(rows, key=_place)


def _place(row: QuestionRow) -> tuple[bool, float]:
    ordered = row.figure.detailed
    return not ordered, -row.figure.share if ordered else 0


def _charts(report: FigureTable, order: Option, grouped: Option) -> None:
    """A chart a scale, for different scales never share one; a click on a question chooses it."""
    st.markdown(literal(_about(report)))
    for scale in dict.fromkeys(row.scale.id for row in in_order(report.rows, order)):
        st.html(theme.legend(chart.answers(_on_scale(report, order, grouped, scale))))
        clicks = vega.Clicks(f"fordeling {scale}", "row", filter_bar.QUESTION)
        blocks.chart(_bars, report, order, grouped, scale, clicks=clicks)


def _bars(report: FigureTable, order: Option, grouped: Option, scale: str) -> alt.LayerChart:
    rows = _on_scale(report, order, grouped, scale)
    return chart.stacked_answers(rows, report.selection.question.key)


def _on_scale(report: FigureTable, order: Option, grouped: Option, scale: str) -> list[QuestionRow]:
    rows = [row for row in in_order(report.rows, order) if row.scale.id == scale]
    return [in_groups(row) for row in rows] if grouped == GROUPS else rows


def _about(report: FigureTable) -> str:
    said = f"Fed = andel {headlines.share_label(report.rows)}."
    others = lower_first(everyone_else_of(report.selection).name)
    clear = any(verdict_on(row) in headlines.CLEAR for row in report.rows)
    return f"{said} Klart over og klart under er i forhold til {others}." if clear else said


def _in_focus(report: FigureTable) -> None:
    for row in report.rows:
        if row.question.id == report.selection.question.key:
            said = [f"- {literal(one)}" for one in focus.paragraphs(report, row)]
            st.markdown("\n".join([f"**{literal(row.question.text)}**", "", *said]))


def _reading(report: FigureTable) -> str:
    judged = dict.fromkeys(verdict_on(row) for row in report.rows)
    of_unit = report.selection.unit.key != ALL
    parts = (
        READING if report.has_counts else "",
        (readings.OTHERS if of_unit else readings.OTHER_EDUCATIONS) if subject(report.selection) else "",
        *dict.fromkeys(f"«{one}»: {readings.VERDICTS[one]}" for one in judged if one),
        readings.EXPECTED if any(_expected(row) for row in report.rows) else "",
        readings.HIDDEN if any(row.figure.state is State.HIDDEN for row in report.rows) else "",
        readings.HIGH_IS_BAD if any(row.question.high_is_bad for row in report.rows) else "",
    )
    return "\n\n".join(part for part in parts if part)


def _expected(row: QuestionRow) -> bool:
    return row.figure.judgement is not None and row.figure.judgement.expected is not None
