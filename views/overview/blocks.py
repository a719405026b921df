"""The page Overblik."""

import streamlit as st

from indicators.report import FigureTable
from views import blocks, headlines, theme
from views.literal import literal
from views.overview import chart, table


def themes(report: FigureTable) -> None:
    """The themes of the unit beside the comparison, as chart, table and workbook."""
    st.header("Temaerne", anchor=False)
    if blocks.nothing_shown([row.score.state for row in report.themes]):
        return
    chosen = report.selection
    st.markdown(f"Andel {literal(headlines.share_label(report.rows))}, i gennemsnit over temaets spørgsmål.")
    if chosen.compares:
        st.html(theme.pair_legend(chosen.unit.name, chosen.compared_with.name))
    blocks.chart(chart.themes_beside(report.themes, chosen.compares), report)
    blocks.under(report, table.themes(report), "Overblik")
