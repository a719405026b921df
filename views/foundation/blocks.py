"""The parts a page is put together from."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from math import ceil

import altair as alt
import pandas as pd
import streamlit as st

from indicators.danish import number, percent
from indicators.figure import State
from indicators.questionnaire import Theme
from indicators.report import Report
from views.documents import buttons, drawn_sections
from views.documents.pictures import html_drawing
from views.foundation import figures, filter_bar, headlines, judged, places, provenance, unfolding, vega
from views.foundation.literal import literal

LARGER = "Vælg en større enhed eller flere uddannelser for at se tal."
OTHER = "Vælg en anden enhed, en anden uddannelse eller et andet år."
HEADLINE = "overskrift"
CHARACTERS, TABLE_LINE = 58, 20
"""In a line of the widest column of a table, and how high such a line is."""


def heading(report: Report) -> None:
    """The computed headline, the selection in words, the source, and what to beware of."""
    filter_bar.let_go(HEADLINE)
    filter_bar.held(HEADLINE, lambda: report.title)  # what the view is called on an agenda
    st.title(literal(report.title), anchor=False)
    st.html(provenance.source(report))
    for note in report.notes:
        st.info(literal(note))
    for sentence in judged.explained(report):
        st.caption(literal(sentence))


def response(report: Report) -> None:
    """How many answered, what that can bear, and what more answers would give."""
    st.html(provenance.response(report))


def nothing_shown(states: Sequence[State]) -> bool:
    """Tells the reader what to do when there is nothing to draw, and says whether that was so."""
    if State.SHOWN in states:
        return False
    hidden = State.HIDDEN in states
    st.info(f"{State.HIDDEN if hidden else State.NO_ANSWERS}. {LARGER if hidden else OTHER}")
    return True


def to_answers(themes: Iterable[Theme]) -> None:
    """The way to the answers of each theme, for those who do not click on the figure above."""
    unfolding.popover("Se svarene på et tema", "til temaerne", partial(_to_each, tuple(themes)))


def _to_each(themes: Iterable[Theme]) -> None:
    for one in themes:
        keys = {filter_bar.THEME: one.id, filter_bar.TAB: places.DISTRIBUTION}
        filter_bar.link(one.name, places.RESULTS, f"til {one.id}", **keys)


def chart(
    draw: Callable[..., alt.TopLevelMixin],
    report: Report,
    *choices: Hashable,
    says: str = "",
    clicks: vega.Clicks | None = None,
) -> None:
    """`draw(report, *choices)` with its finding in words for those who do not see it; a click chooses."""
    drawn_sections.note_chart(report, partial(draw, report, *choices))
    text = headlines.alt_text(says or report.title, report.selection)
    shape = {"width": "stretch", "theme": None, "alt": text}
    if clicks is None:
        st.vega_lite_chart(figures.drawn(draw, report, *choices), **shape)
        return
    st.vega_lite_chart(
        figures.drawn(draw, report, *choices, clicked=tuple(filter(None, (clicks.field, clicks.unit)))),
        key=clicks.chart,
        on_select=partial(filter_bar.take, clicks),
        selection_mode=vega.CLICKED,
        **shape,
    )


def html(make: Callable[..., str], report: Report, *choices: Hashable, says: str = "") -> None:
    """`make(report, *choices)` as HTML; whoever takes it home as a picture gets `says` in words above it."""
    drawn_sections.note_chart(report, lambda: html_drawing.drawn(make(report, *choices), says))
    st.html(make(report, *choices))


def under(
    report: Report,
    table: Callable[[], pd.DataFrame],
    sheet: str,
    reading: str = "",
    title: str = "",
    **more: object,
) -> None:
    """What stands under every figure: the same numbers as a table and a workbook, and how to read it.

    The table is made when somebody unfolds it, or takes it home, under a title that may be its own; `more`
    is what else its section carries.
    """
    unfolding.expander("Vis som tabel", f"tabel {sheet}", lambda: plain_table(table()))
    if reading:
        unfolding.expander("Sådan læses figuren", f"læsning {sheet}", partial(st.markdown, reading))
    buttons.under_figure(drawn_sections.note_table(report, sheet, table, title, **more))


def plain_table(frame: pd.DataFrame) -> None:
    """A table with numbers and shares the Danish way; rows are as high as the longest text needs."""
    styled = frame.style.format(percent, subset=frame.select_dtypes("float").columns, na_rep="").format(
        number, subset=frame.select_dtypes("Int64").columns, na_rep=""
    )
    lines = max((ceil(_longest(frame[name]) / CHARACTERS) for name in frame), default=1)
    height = TABLE_LINE * lines + 16 if lines > 1 else None
    st.dataframe(styled, hide_index=True, width="stretch", placeholder="", row_height=height)


def _longest(column: pd.Series) -> int:
    return 0 if pd.api.types.is_numeric_dtype(column) else max(map(len, map(str, column)), default=0)
