"""The tabs Svarprocent and Dækning."""

from collections.abc import Iterable
from functools import partial

import streamlit as st

from indicators.danish import listed, lower_first
from indicators.data_quality import (
    BY_EDUCATION,
    Coverage,
    CoverageTable,
    NationalParticipation,
    ResponseTable,
)
from indicators.figure import State
from indicators.groups import MUNICIPALITY_KIND
from indicators.selection import Option, Selection
from views.documents.excel_charts import bars
from views.foundation import blocks, filter_bar, places, unfolding, vega
from views.foundation.literal import literal
from views.subjects.data_quality import chart, country, matrix, table, taken_home, words
from views.subjects.data_quality.matrix import ANSWERS, LEADS_ON


def response(report: ResponseTable) -> None:
    """Who answered, by place or by education."""
    blocks.heading(report)
    blocks.response(report)
    st.header(f"Svarprocent: {lower_first(report.level.name)}", anchor=False)
    if not report.lines:
        blocks.nothing_shown([State.HIDDEN if report.hidden else State.NO_ANSWERS])
        return
    chosen, by_education = report.selection, report.level.key == BY_EDUCATION
    own, chooses = (
        (chosen.education, filter_bar.EDUCATION) if by_education else (chosen.unit, filter_bar.UNIT)
    )
    st.html(chart.legend(chosen.year, report.earlier_year))
    st.markdown(words.MISSING)
    clicks = vega.Clicks("svarprocent", "row", chooses, places.UNIT)
    says = words.span(report.lines)
    blocks.chart(chart.responses, report, own.key, says=says, clicks=clicks)
    if report.hidden:
        st.markdown(literal(words.hidden(report.hidden)))
    blocks.under(
        *(report, partial(table.responses, report), "Svarprocent", words.RESPONSE),
        legend=taken_home.legend_of_responses(report),
        excel_chart=bars.shares,
    )
    _ways_in([line.about for line in report.lines], chooses)


def coverage(report: CoverageTable, chosen: Selection) -> None:
    """What there are figures for, unit by unit and education by education."""
    blocks.heading(report)
    if not report.units:
        blocks.nothing_shown([State.NO_ANSWERS])
        return
    st.markdown(literal(words.coverage(report, chosen.education)))
    st.html(matrix.legend(report))
    st.html(matrix.STYLE)
    blocks.html(matrix.table, report, chosen, says=words.IN_CELLS)
    unfolding.expander("Åbn et felt på Resultater", "ind i feltet", partial(_cells, report, chosen))
    blocks.under(
        *(report, partial(table.coverage, report), "Dækning", words.reading_of_coverage(report)),
        legend=taken_home.legend_of_coverage(report),
    )
    if report.level.key != MUNICIPALITY_KIND:  # those are listed beside the map
        _ways_in(report.units, filter_bar.UNIT)


def _cells(report: CoverageTable, chosen: Selection) -> None:
    """The way to a cell's answers for those who use no mouse: those of the row and column chosen above."""
    pairs = [(one, chosen.education) for one in report.units] if chosen.education in report.educations else []
    pairs += [(chosen.unit, one) for one in report.educations] if chosen.unit in report.units else []
    if not pairs:
        st.markdown(words.CHOOSE)
    with st.container(key="valg daekning", gap=None):
        for unit, education in dict.fromkeys(pairs):
            if report.coverage(unit, education) in LEADS_ON:
                keys = {filter_bar.UNIT: unit.key, filter_bar.EDUCATION: education.key}
                label = f"{unit.name}: {education.name}"
                filter_bar.link(label, places.RESULTS, f"felt {unit.key} {education.key}", **keys, **ANSWERS)


def participation(report: NationalParticipation) -> None:
    """The municipalities of the country on a map, and the same as a list."""
    st.header(literal(report.title), anchor=False)
    st.markdown(literal(report.selection.describe()))
    st.html(country.legend())
    on_the_map, in_words = st.columns([3, 2])
    with on_the_map:
        clicks = vega.Clicks("kort", "unit", filter_bar.UNIT, places.UNIT)
        blocks.chart(country.participation, report, clicks=clicks)
        st.caption(country.ATTRIBUTION)
    with in_words, st.container(height=country.HEIGHT, key="kommuner"):
        for state in (Coverage.HIDDEN, Coverage.SHOWN, Coverage.NOT_INVITED):
            those = report.being(state)
            st.markdown(f"**{state} ({len(those)})**")
            if state is Coverage.NOT_INVITED:
                st.markdown(literal(listed([one.name for one in those])))
            elif those:
                _links(those, filter_bar.UNIT, f"valg kort {state.name}")
    blocks.under(
        *(report, partial(table.participation, report), "Deltagelse", words.PARTICIPATION),
        credit=country.ATTRIBUTION,
    )


def _ways_in(those: Iterable[Option], chooses: str) -> None:
    links = partial(_links, those, chooses, f"valg {chooses}")
    unfolding.expander("Åbn én af dem på Min enhed", f"ind i {chooses}", links)


def _links(those: Iterable[Option], chooses: str, key: str) -> None:
    """The way to a unit's own page for those who use no mouse."""
    with st.container(gap=None, key=key):
        for one in those:
            filter_bar.link(one.name, places.UNIT, f"{chooses} {one.key}", **{chooses: one.key})
