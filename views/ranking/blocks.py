"""The tab Sammenlign."""

from collections.abc import Callable

import altair as alt
import streamlit as st

from indicators.figure import State
from indicators.ranking import EDUCATIONS, INSTITUTIONS, PLACES, Ranking
from indicators.selection import Named, Selection
from views import blocks, figures, filters, places
from views.literal import literal
from views.ranking import chart, funnel, markup, table, words

RANKING, FUNNEL, TABLE = Named("rangering", "Rangering"), Named("tragt", "Tragt"), Named("tabel", "Tabel")
SHEET, MOST_ALSO = "Sammenlign", 3


def tab(selection: Selection) -> None:
    """One question over all units of a level: ranked, as a funnel, or as a table."""
    with st.container(horizontal=True, key="sammenligning"):
        level = filters.pick("Niveau", "niveau", figures.levels(selection))
        form = filters.pick("Form", "form", (RANKING, FUNNEL, TABLE))
    report = figures.ranking(selection, level)
    blocks.heading(report)
    st.markdown(literal(words.against(report)))
    if blocks.nothing_shown([line.figure.state for line in report.lines]):
        return
    if form == TABLE or not report.is_worth_ranking:
        _table(report)
    elif form == FUNNEL and not words.why_no_funnel(report):
        _funnel(report, selection.compared_with)
    else:
        _ranking(report, selection.compared_with, form)
    _links(report)


def _ranking(report: Ranking, compared_with: Named, form: Named) -> None:
    if form == FUNNEL:
        st.info(literal(words.why_no_funnel(report)))
    also = _marked(report, compared_with, markup.of_dots(report))
    _drawn(chart.ranking, report, also, RANKING)
    blocks.under(report, table.ranking(report), SHEET, words.reading(report, words.DOTS))


def _funnel(report: Ranking, compared_with: Named) -> None:
    for one in words.about_funnel(report):
        st.info(literal(one))
    also = _marked(report, compared_with, markup.legend())
    _drawn(funnel.ranking, report, also, FUNNEL)
    blocks.under(report, table.ranking(report), SHEET, words.reading(report, words.FUNNEL))


def _table(report: Ranking) -> None:
    st.html(markup.table(report))
    blocks.under(report, table.ranking(report), SHEET, words.reading(report))


def _marked(report: Ranking, compared_with: Named, legend: str) -> tuple[Named, ...]:
    """The own one in words, the legend, and the others that the reader wants marked."""
    said, asked = st.columns([5, 2], vertical_alignment="bottom")
    with said:
        if report.own_line and report.own_line.is_ranked:
            st.html(markup.own(report.own_line, report.others))
        st.html(legend)
    if report.level not in PLACES:
        return ()
    with asked:
        those = [line.about for line in report.ranked if line.about != report.own]
        return (compared_with, *filters.several("Fremhæv også", "fremhaev", those, MOST_ALSO))


def _drawn(
    draw: Callable[..., alt.LayerChart], report: Ranking, also: tuple[Named, ...], form: Named
) -> None:
    """The picture, and by name those that have no place in it."""
    chooses = _chooses(report)
    clicks = filters.Clicks(form.key, "key", chooses, places.UNIT) if chooses else None
    blocks.chart(draw, report, also, clicks=clicks)
    if left_out := list(words.left_out(report)):
        st.subheader(f"Vises ikke i {form.name.lower()}en", anchor=False)
        for one in left_out:
            st.markdown(literal(one))


def _chooses(report: Ranking) -> str:
    """The filter that one of the level is an option of; the strip has none for institutions."""
    return {EDUCATIONS: filters.EDUCATION, INSTITUTIONS: ""}.get(report.level, filters.UNIT)


def _links(report: Ranking) -> None:
    """The way to a unit's own page for those who use no mouse."""
    shown = [line.about for line in report.lines if line.figure.state is State.SHOWN]
    chooses = _chooses(report)
    if not chooses:
        return
    with st.expander("Åbn én af dem på Min enhed"), st.container(key="valg sammenlign", gap=None):
        for one in shown:
            filters.link(one.name, places.UNIT, f"enhed {one.key}", **{chooses: one.key})
