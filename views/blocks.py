"""The parts a page is put together from."""

from collections.abc import Sequence
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from indicators.danish import number, percent
from indicators.figure import Response, State
from indicators.report import Report
from views import filters, headlines, workbook
from views.literal import literal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGER = "Vælg en større enhed eller flere uddannelser for at se tal."
OTHER = "Vælg en anden enhed, en anden uddannelse eller et andet år."
SAMPLE = "Eksempeldata: svarene er opdigtede"


def heading(report: Report) -> None:
    """The computed headline, the selection in words, the source, and what to beware of."""
    st.title(literal(report.title), anchor=False)
    st.markdown(literal(report.selection.describe()))
    with st.container(horizontal=True, vertical_alignment="center"):
        if report.origin.is_sample:
            st.badge(SAMPLE, color="orange")
        st.caption(literal(report.origin.describe()))
    for note in report.notes:
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


def nothing_shown(states: Sequence[State]) -> bool:
    """Tells the reader what to do when there is nothing to draw, and says whether that was so."""
    if State.SHOWN in states:
        return False
    hidden = State.HIDDEN in states
    st.info(f"{State.HIDDEN if hidden else State.NO_ANSWERS}. {LARGER if hidden else OTHER}")
    return True


def chart(
    drawn: alt.LayerChart | alt.Chart, report: Report, says: str = "", clicks: filters.Clicks | None = None
) -> None:
    """A chart with its finding in words for those who do not see it; a click chooses what it names."""
    text = headlines.alt_text(says or report.title, report.selection)
    shape = {"width": "stretch", "theme": None, "alt": text}
    if clicks is None:
        st.altair_chart(drawn, **shape)
        return
    clickable = drawn.add_params(alt.selection_point(name=filters.CLICKED, fields=[clicks.field], on="click"))
    st.altair_chart(
        clickable,
        key=clicks.chart,
        on_select=partial(filters.take, clicks),
        selection_mode=filters.CLICKED,
        **shape,
    )


def under(report: Report, frame: pd.DataFrame, sheet: str, reading: str = "") -> None:
    """What stands under every figure: the same numbers as a table and a workbook, and how to read it."""
    with st.expander("Vis som tabel"):
        plain_table(frame)
    if reading:
        with st.expander("Sådan læses figuren"):
            st.markdown(reading)
    st.download_button(
        "Hent Excel",
        partial(workbook.workbook, report, sheet, frame),
        file_name=workbook.file_name(report),
        mime=XLSX,
        on_click="ignore",
        icon=":material/download:",
        key=f"excel {sheet}",
    )


def plain_table(frame: pd.DataFrame) -> None:
    """A table with numbers and shares the Danish way."""
    styled = frame.style.format(percent, subset=frame.select_dtypes("float").columns, na_rep="").format(
        number, subset=frame.select_dtypes("Int64").columns, na_rep=""
    )
    st.dataframe(styled, hide_index=True, width="stretch", placeholder="")
