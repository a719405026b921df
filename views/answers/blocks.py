"""The tab Fordeling."""

from collections.abc import Sequence

import streamlit as st

from indicators.figure import QuestionRow
from indicators.report import FigureTable
from views import blocks, headlines, theme
from views.answers import chart, table
from views.answers.file import SHEET
from views.literal import literal


def stacked_answers(report: FigureTable) -> None:
    """The answers to each question, as chart, table and workbook."""
    rows = _by_share(report.rows)
    if blocks.nothing_shown([row.figure.state for row in rows]):
        return
    label = literal(headlines.share_label(rows))
    st.markdown(f"Fed = andel {label}. Sorteret efter andelen; «ved ikke» er holdt udenfor.")
    for same_scale in _by_scale(rows):
        st.html(theme.legend(chart.answers(same_scale)))
        blocks.chart(chart.stacked_answers(same_scale), report)
    blocks.under(report, table.answers(rows, report.selection), SHEET)


def _by_share(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    return sorted(rows, key=lambda row: -1 if row.figure.share is None else row.figure.share, reverse=True)


def _by_scale(rows: Sequence[QuestionRow]) -> list[list[QuestionRow]]:
    """Questions on different scales never share one chart."""
    scales = dict.fromkeys(row.scale for row in rows)
    return [[row for row in rows if row.scale == scale] for scale in scales]
