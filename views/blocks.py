"""The parts a page is put together from."""

from collections.abc import Sequence
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from indicators.danish import number, percent
from indicators.figure import FigureTable, QuestionRow, Response, State
from views import charts, headlines, tables, theme, workbook
from views.literal import literal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGER = "Vælg en større enhed eller flere uddannelser for at se tal."
OTHER = "Vælg en anden enhed, en anden uddannelse eller et andet år."
SAMPLE = "Eksempeldata: svarene er opdigtede"


def heading(table: FigureTable) -> None:
    """The computed headline, the selection in words, the source, and what to beware of."""
    st.title(literal(table.title), anchor=False)
    st.markdown(literal(table.selection.describe()))
    with st.container(horizontal=True, vertical_alignment="center"):
        if table.origin.is_sample:
            st.badge(SAMPLE, color="orange")
        st.caption(literal(table.origin.describe()))
    for note in table.notes:
        st.info(literal(note))


def response(given: Response) -> None:
    """Answers, invited and response rate: always together."""
    if given.state is not State.SHOWN:
        st.markdown(f"Besvarelser: {given.state.lower()}")
        return
    with st.container(horizontal=True, key="svar"):
        st.metric("Besvarelser", number(given.answers), border=True)
        st.metric("Inviterede", "ukendt" if given.invited is None else number(given.invited), border=True)
        st.metric("Svarprocent", "ukendt" if given.rate is None else percent(given.rate), border=True)


def themes(table: FigureTable) -> None:
    """The themes of the unit beside the comparison, as chart, table and workbook."""
    st.header("Temaerne", anchor=False)
    if _nothing_shown([row.score.state for row in table.themes]):
        return
    chosen = table.selection
    st.markdown(f"Andel {literal(tables.share_label(table.rows))}, i gennemsnit over temaets spørgsmål.")
    if chosen.compares:
        st.html(theme.pair_legend(chosen.unit.name, chosen.compared_with.name))
    _chart(charts.themes_beside(table.themes, chosen.compares), table)
    _as_table(tables.themes(table))
    _workbook(table, workbook.overview)


def stacked_answers(table: FigureTable) -> None:
    """The answers to each question, as chart, table and workbook."""
    rows = _by_share(table.rows)
    if _nothing_shown([row.figure.state for row in rows]):
        return
    label = literal(tables.share_label(rows))
    st.markdown(f"Fed = andel {label}. Sorteret efter andelen; «ved ikke» er holdt udenfor.")
    for same_scale in _by_scale(rows):
        st.html(theme.legend(charts.answers(same_scale)))
        _chart(charts.stacked_answers(same_scale), table)
    _as_table(tables.answers(rows, table.selection))
    _workbook(table, workbook.distribution)


def _nothing_shown(states: Sequence[State]) -> bool:
    """Tells the reader what to do when there is nothing to draw, and says whether that was so."""
    if State.SHOWN in states:
        return False
    hidden = State.HIDDEN in states
    st.info(f"{State.HIDDEN if hidden else State.NO_ANSWERS}. {LARGER if hidden else OTHER}")
    return True


def _by_share(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    return sorted(rows, key=lambda row: -1 if row.figure.share is None else row.figure.share, reverse=True)


def _by_scale(rows: Sequence[QuestionRow]) -> list[list[QuestionRow]]:
    """Questions on different scales never share one chart."""
    scales = dict.fromkeys(row.scale for row in rows)
    return [[row for row in rows if row.scale == scale] for scale in scales]


def _chart(chart: alt.LayerChart, table: FigureTable) -> None:
    st.altair_chart(chart, width="stretch", theme=None, alt=headlines.alt_text(table.title, table.selection))


def plain_table(frame: pd.DataFrame) -> None:
    """A table with numbers and shares the Danish way."""
    styled = frame.style.format(percent, subset=frame.select_dtypes("float").columns, na_rep="").format(
        number, subset=frame.select_dtypes("Int64").columns, na_rep=""
    )
    st.dataframe(styled, hide_index=True, width="stretch", placeholder="")


def _as_table(frame: pd.DataFrame) -> None:
    with st.expander("Vis som tabel"):
        plain_table(frame)


def _workbook(table: FigureTable, build) -> None:
    st.download_button(
        "Hent Excel",
        partial(build, table),
        file_name=workbook.file_name(table),
        mime=XLSX,
        on_click="ignore",
        icon=":material/download:",
    )
