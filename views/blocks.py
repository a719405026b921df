"""The parts a page is put together from."""

from collections.abc import Iterable, Sequence
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from indicators.danish import number, percent
from indicators.disclosure import persons_for_detail
from indicators.figure import State
from indicators.questionnaire import Theme
from indicators.report import Report
from indicators.response import Badge, gap
from views import filters, headlines, places, readings
from views.exports import buttons, shown
from views.literal import literal

LARGER = "Vælg en større enhed eller flere uddannelser for at se tal."
OTHER = "Vælg en anden enhed, en anden uddannelse eller et andet år."
SAMPLE = "Eksempeldata: svarene er opdigtede"
BADGE_COLOURS = {Badge.GOOD: "blue", Badge.CAUTION: "gray", Badge.THIN: "orange"}


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


def response(report: Report) -> None:
    """How many answered, what that can bear, and what more answers would give."""
    given, said = report.response, readings.answered(report.response)
    if given.state is not State.SHOWN:
        st.markdown(f"Besvarelser: {said.lower()}")
        return
    sentences = [f"**{said}.**"]
    detail = persons_for_detail(report.origin.least_persons)
    if missing := gap(given.answers, given.invited, detail):
        sentences.append(f"{readings.more_answers(missing)}.")
    if given.skewed:
        sentences.append(readings.SKEWED)
    with st.container(horizontal=True, vertical_alignment="center", key="svar"):
        if given.badge:
            st.badge(f"{given.badge.value} {given.badge.words}", color=BADGE_COLOURS[given.badge])
        st.markdown(" ".join(sentences))


def nothing_shown(states: Sequence[State]) -> bool:
    """Tells the reader what to do when there is nothing to draw, and says whether that was so."""
    if State.SHOWN in states:
        return False
    hidden = State.HIDDEN in states
    st.info(f"{State.HIDDEN if hidden else State.NO_ANSWERS}. {LARGER if hidden else OTHER}")
    return True


def to_answers(themes: Iterable[Theme]) -> None:
    """Links to the answers of each theme, for those who do not click on the figure above."""
    with st.container(horizontal=True, gap="small", key="til temaerne"):
        for one in themes:
            keys = {filters.THEME: one.id, filters.TAB: places.DISTRIBUTION}
            filters.link(f"Svar: {one.name}", places.RESULTS, f"til {one.id}", **keys)


def chart(
    drawn: alt.LayerChart | alt.Chart, report: Report, says: str = "", clicks: filters.Clicks | None = None
) -> None:
    """A chart with its finding in words for those who do not see it; a click chooses what it names."""
    shown.note_chart(report, drawn)
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
    buttons.under_figure(shown.note_table(report, sheet, frame))


def plain_table(frame: pd.DataFrame) -> None:
    """A table with numbers and shares the Danish way."""
    styled = frame.style.format(percent, subset=frame.select_dtypes("float").columns, na_rep="").format(
        number, subset=frame.select_dtypes("Int64").columns, na_rep=""
    )
    st.dataframe(styled, hide_index=True, width="stretch", placeholder="")
