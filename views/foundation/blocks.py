"""The parts a page is put together from."""

from collections.abc import Iterable, Sequence
from functools import partial
from html import escape
from math import ceil

import pandas as pd
import streamlit as st

from indicators.danish import decimal, number, percent
from indicators.disclosure import persons_for_detail
from indicators.figure import State
from indicators.questionnaire import Theme
from indicators.report import Report
from indicators.response import Badge, gap
from views.foundation import (
    controls,
    figures,
    filter_bar,
    frames,
    page_parts,
    places,
    readings,
    report_source,
)
from views.foundation.page_parts import literal
from views.foundation.theme import BADGES

LARGER = "Vælg en større enhed eller flere uddannelser for at se tal."
OTHER = "Vælg en anden enhed, en anden uddannelse eller et andet år."
HEADLINE = "overskrift"
SAMPLE = "Eksempeldata: svarene er opdigtede"
BEWARE = BADGES[Badge.THIN].css_class
CHARACTERS, TABLE_LINE = 58, 20
"""In a line of the widest column of a table, and how high such a line is."""


def heading(report: Report) -> None:
    """The computed headline, the selection in words, the source, and what to beware of."""
    filter_bar.let_go(HEADLINE)
    filter_bar.held(HEADLINE, lambda: report.title)  # what the view is called on an agenda
    st.title(literal(report.title), anchor=False)
    sample = badge(SAMPLE, BEWARE) if report.origin.is_sample else ""
    st.html(
        f'<div class="grundlag"><p>{escape(report.selection.describe())}</p>'
        f"<p>{sample}<small>{escape(report.origin.describe())}</small></p></div>"
    )
    for note in report.notes:
        st.info(literal(note))
    for sentence in readings.remarks(report):
        st.caption(literal(sentence))


def response(report: Report) -> None:
    """How many answered, what that can bear, and what more answers would give; of few the way to more."""
    st.html(response_html(report))
    if report.response.badge is Badge.GOOD or report.selection.first_year:
        return
    if together := figures.report(report_source.years_together, report.selection):
        years, given = together
        label = f"Vis {years.in_words}: {number(given.answers)} svar"
        filter_bar.link(label, "", "flere år samlet", **{controls.YEAR: str(years)})


def response_html(report: Report) -> str:
    """In one piece: a browser spends a millisecond or two on each element after every click."""
    given, said = report.response, readings.answered(report.response)
    if given.state is not State.SHOWN:
        return f'<p class="grundlag">Besvarelser: {escape(said.lower())}</p>'
    grounds = badge(given.grounds, BADGES[given.badge].css_class) if given.badge else ""
    beware = [readings.SKEWED] if given.skewed else []
    missing = gap(given.answers, given.invited, persons_for_detail(report.origin.least_persons))
    if missing and not report.selection.first_year:  # nobody answers for earlier years any more
        beware.insert(0, f"{readings.more_answers(missing)}.")
    if grounds and report.is_all_hidden:
        beware.append(readings.ALL_HIDDEN)
    said = " ".join([f"<b>{escape(said)}.</b>", *map(escape, beware)])
    return f'<p class="grundlag">{grounds}<span>{said}</span></p>'


def badge(words: str, kind: str) -> str:
    """A few words in a coloured box; the colour says nothing that they do not."""
    return f'<span class="maerke {kind}">{escape(words)}</span>'


def nothing_shown(states: Sequence[State]) -> bool:
    """Tells the reader what to do when there is nothing to draw, and says whether that was so."""
    if State.SHOWN in states:
        return False
    hidden = State.HIDDEN in states
    st.info(f"{State.HIDDEN if hidden else State.NO_ANSWERS}. {LARGER if hidden else OTHER}")
    return True


def to_answers(themes: Iterable[Theme]) -> None:
    """The way to the answers of each theme, for those who do not click on the figure above."""
    page_parts.popover("Se svarene på et tema", "til temaerne", partial(_to_each, tuple(themes)))


def _to_each(themes: Iterable[Theme]) -> None:
    for one in themes:
        keys = {controls.THEME: one.id, controls.TAB: places.DISTRIBUTION}
        filter_bar.link(one.name, places.RESULTS, f"til {one.id}", **keys)


def plain_table(frame: pd.DataFrame) -> None:
    """A table with numbers and shares the Danish way; rows are as high as the longest text needs."""
    shares = frames.share_columns(frame)
    fractions = frame.select_dtypes("float").columns.difference(shares)
    formats = {**dict.fromkeys(frame.select_dtypes("Int64"), number), **dict.fromkeys(fractions, decimal)}
    styled = frame.style.format(formats | dict.fromkeys(shares, percent), na_rep="")
    texts = [frame[name] for name in frame if not pd.api.types.is_numeric_dtype(frame[name])]
    longest = max((len(str(one)) for column in texts for one in column), default=0)
    lines = ceil(longest / CHARACTERS)
    height = TABLE_LINE * lines + 16 if lines > 1 else None
    st.dataframe(styled, hide_index=True, width="stretch", placeholder="", row_height=height)
