"""The tab Fordeling."""

from collections.abc import Sequence

import streamlit as st

from indicators.answers import in_groups
from indicators.danish import listed, lower_first
from indicators.figure import QuestionRow, State
from indicators.overview import is_explained_by_mix, verdict_on
from indicators.profile import everyone_else_of, subject
from indicators.report import FigureTable
from indicators.selection import ALL, Named, Selection
from views import blocks, figures, filters, headlines, readings, theme
from views.answers import chart, focus, table
from views.answers.file import SHEET
from views.literal import literal

BY_SHARE, AS_ASKED = Named("andel", "Efter andel"), Named("skema", "Som i skemaet")
EVERY_ANSWER, GROUPS = Named("alle", "Alle svarmuligheder"), Named("grupper", "Svargrupper")

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
    with st.container(horizontal=True, key="fordeling"):
        order = filters.pick("Rækkefølge", "raekkefoelge", (BY_SHARE, AS_ASKED))
        grouped = filters.pick("Svar", "svargrupper", (EVERY_ANSWER, GROUPS))
    rows = by_share(report.rows) if order == BY_SHARE else list(report.rows)
    _charts(report, [in_groups(row) for row in rows] if grouped == GROUPS else rows)
    _explained_by_mix(report)
    _in_focus(report)
    blocks.under(report, table.answers(rows, report.selection), SHEET, _reading(report))


def by_share(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """The highest first; few answers and hidden ones have no place among the others and stand last."""
    return sorted(rows, key=_place)


def _place(row: QuestionRow) -> tuple[bool, float]:
    ordered = row.figure.counts is not None
    return not ordered, -row.figure.share if ordered else 0


def _charts(report: FigureTable, rows: Sequence[QuestionRow]) -> None:
    """A chart a scale; a click on a question chooses it."""
    st.markdown(literal(_about(report)))
    for same_scale in _by_scale(rows):
        st.html(theme.legend(chart.answers(same_scale)))
        clicks = filters.Clicks(f"fordeling {same_scale[0].scale.id}", "row", filters.QUESTION)
        drawn = chart.stacked_answers(same_scale, report.selection.question.key)
        blocks.chart(drawn, report, clicks=clicks)


def _about(report: FigureTable) -> str:
    said = f"Fed = andel {headlines.share_label(report.rows)}."
    others = lower_first(everyone_else_of(report.selection).name)
    clear = any(verdict_on(row) in headlines.CLEAR for row in report.rows)
    return f"{said} Klart over og klart under er i forhold til {others}." if clear else said


def _explained_by_mix(report: FigureTable) -> None:
    explained = [f"«{row.question.short}»" for row in report.rows if is_explained_by_mix(row)]
    if explained:
        st.caption(literal(f"{listed(explained)}: {lower_first(readings.MIX_EXPLAINS)}"))


def _by_scale(rows: Sequence[QuestionRow]) -> list[list[QuestionRow]]:
    """Questions on different scales never share one chart."""
    scales = dict.fromkeys(row.scale for row in rows)
    return [[row for row in rows if row.scale == scale] for scale in scales]


def _in_focus(report: FigureTable) -> None:
    for row in report.rows:
        if row.question.id == report.selection.question.key:
            said = [f"- {literal(one)}" for one in focus.paragraphs(report, row)]
            st.markdown("\n".join([f"**{literal(row.question.text)}**", "", *said]))


def _reading(report: FigureTable) -> str:
    judged = dict.fromkeys(verdict_on(row) for row in report.rows)
    of_unit = report.selection.unit.key != ALL
    parts = (
        READING,
        (readings.OTHERS if of_unit else readings.OTHER_EDUCATIONS) if subject(report.selection) else "",
        *dict.fromkeys(f"«{one}»: {readings.VERDICTS[one]}" for one in judged if one),
        readings.EXPECTED if any(_expected(row) for row in report.rows) else "",
        readings.HIDDEN if any(row.figure.state is State.HIDDEN for row in report.rows) else "",
        readings.HIGH_IS_BAD if any(row.question.high_is_bad for row in report.rows) else "",
    )
    return "\n\n".join(part for part in parts if part)


def _expected(row: QuestionRow) -> bool:
    return row.figure.judgement is not None and row.figure.judgement.expected is not None
