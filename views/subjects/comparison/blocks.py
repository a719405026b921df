"""The tab Sammenlign."""

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import partial

import altair as alt
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.figure import State
from indicators.ranking import EDUCATIONS, INSTITUTIONS, PLACES, Ranking
from indicators.selection import Option, Selection
from views.foundation import blocks, figures, filter_bar, places, unfolding, vega
from views.foundation.literal import literal
from views.subjects.comparison import chart, funnel, markup, table, taken_home, words

RANKING, FUNNEL, TABLE = Option("rangering", "Rangering"), Option("tragt", "Tragt"), Option("tabel", "Tabel")
STANDING_OUT, EVERY = Option("skiller-sig-ud", "Vis dem, der skiller sig ud"), Option("alle", "Vis alle")
SHEET, MOST_ALSO, MOST_ROWS = "Sammenlign", 3, 30


def tab(selection: Selection) -> None:
    """One question over all units of a level: ranked, as a funnel, or as a table."""
    with st.container(horizontal=True, key="sammenligning"):
        level = filter_bar.pick("Niveau", "niveau", figures.levels(selection))
        form = filter_bar.pick("Form", "form", (RANKING, FUNNEL, TABLE))
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


def _ranking(report: Ranking, compared_with: Option, form: Option) -> None:
    if form == FUNNEL:
        st.info(literal(words.why_no_funnel(report)))
    _said(report, markup.of_dots(report))
    picture, controls = st.container(), _controls()  # below the picture that they are about
    with controls:
        also = _also(report, compared_with)
        only = _only(report, also)
    with picture:
        _drawn(RANKING, chart.ranking, report, also, only)
    _left_out(report, RANKING)
    _under(report, words.DOTS, legend=taken_home.legend(report))


def _funnel(report: Ranking, compared_with: Option) -> None:
    for one in words.about_funnel(report):
        st.info(literal(one))
    _said(report, markup.legend())
    picture = st.container()
    with _controls():
        also = _also(report, compared_with)
    with picture:
        _drawn(FUNNEL, funnel.ranking, report, also)
    _left_out(report, FUNNEL)
    _under(report, words.FUNNEL, legend=taken_home.legend(report))


def _table(report: Ranking) -> None:
    blocks.html(markup.table, report, says=words.against(report))
    _under(report)


def _under(report: Ranking, first: str = "", **more: object) -> None:
    blocks.under(
        *(report, partial(table.ranking, report), SHEET, words.reading(report, first)),
        measure=words.against(report),
        excel_chart=taken_home.excel_chart,
        **more,
    )


def _said(report: Ranking, legend: str) -> None:
    """The own ones in words, and what the marks are."""
    own = [markup.own(line, report.others) for line in report.own_lines if line.is_ranked]
    st.html("".join([*own, legend]))


def _controls() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom", key="fremhaevning")


def _also(report: Ranking, compared_with: Option) -> tuple[Option, ...]:
    """The others that the reader wants marked."""
    if report.level not in PLACES:
        return ()
    those = [line.about for line in report.ranked if line.about not in report.own]
    return (compared_with, *filter_bar.several("Fremhæv også", "fremhaev", those, MOST_ALSO))


def _drawn(form: Option, draw: Callable[..., alt.LayerChart], report: Ranking, *choices: Hashable) -> None:
    """The picture; a click on a row or dot opens the one it stands for."""
    chooses = _chooses(report)
    clicks = vega.Clicks(form.key, "key", chooses, places.UNIT) if chooses else None
    blocks.chart(draw, report, *choices, clicks=clicks)


def _only(report: Ranking, also: Collection[Option]) -> tuple[Option, ...] | None:
    """Of many those that stand out, unless the reader wants them all; None: all of them."""
    standing_out = tuple(line.about for line in report.standing_out(also))
    if len(report.ranked) <= MOST_ROWS or not standing_out:
        return None
    rows = filter_bar.pick("Rækker", "raekker_vist", (STANDING_OUT, EVERY))
    return standing_out if rows == STANDING_OUT else None


def _left_out(report: Ranking, form: Option) -> None:
    """By name those that have no place in the picture."""
    if left_out := list(words.left_out(report)):
        st.subheader(f"Vises ikke i {form.name.lower()}en", anchor=False)
        for one in left_out:
            st.markdown(literal(one))


def _chooses(report: Ranking) -> str:
    """The filter that one of the level is an option of; the strip has none for institutions."""
    return {EDUCATIONS: filter_bar.EDUCATION, INSTITUTIONS: ""}.get(report.level, filter_bar.UNIT)


def _links(report: Ranking) -> None:
    """The way to a unit's own page for those who use no mouse."""
    shown = [line.about for line in report.lines if line.figure.state is State.SHOWN]
    chooses = _chooses(report)
    if not chooses:
        return
    unfolding.expander("Åbn én af dem på Min enhed", "ind i sammenlign", partial(_to_each, shown, chooses))


def _to_each(those: Sequence[Option], chooses: str) -> None:
    with st.container(key="valg sammenlign", gap=None):
        for one in those:
            filter_bar.link(one.name, places.UNIT, f"enhed {one.key}", **{chooses: one.key})
