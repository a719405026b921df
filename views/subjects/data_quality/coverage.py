"""The tab Dækning: what there are figures for, and where in the country."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import ClassVar

import streamlit as st

from indicators.danish import listed
from indicators.data_quality import PLACES, Coverage, CoverageTable, NationalParticipation
from indicators.figure import State
from indicators.selection import Option, Selection, parts_of
from indicators.unit_kinds import MUNICIPALITY
from views.documents.files import page_figures
from views.documents.sections import Picture, Section, of_report
from views.foundation import blocks, controls, figures, filter_bar, page_parts, places, vega
from views.foundation.controls import Control
from views.foundation.page_parts import literal
from views.subjects.data_quality import country, matrix, report, table, words
from views.subjects.data_quality.matrix import ANSWERS, LEADS_ON
from views.subjects.data_quality.quality_view import QualityView
from views.subjects.data_quality.responses import links_to, ways_in
from views.subjects.view import choice
from views.subjects.wall import Wall


@dataclass(frozen=True)
class CoverageMatrix(QualityView):
    """What there are figures for, unit by unit and education by education, and where in the country."""

    tab = Option("daekning", "Dækning")
    sheet: ClassVar[str] = "Dækning"

    level: Option = choice(Control("raekker", "Rækker", side_by_side=True), PLACES)

    def report(self) -> CoverageTable:
        """The units of the level with their educations."""
        return figures.report(report.coverage, self.selection, self.level)

    def participation(self) -> NationalParticipation:
        """The municipalities of the country."""
        return figures.report(report.participation, self.selection)

    def sections(self) -> Sequence[Section]:
        """The matrix, and the map."""
        coverage, participation = self.report(), self.participation()
        fields = Picture(matrix.table, coverage, (self.selection,), is_html=True, says=words.IN_CELLS)
        clicks = vega.Clicks("kort", "unit", controls.UNIT, places.UNIT)
        country_map = Picture(country.participation, participation, clicks=clicks)
        of_country = partial(table.participation, participation)
        return (
            of_report(
                coverage,
                self.sheet,
                partial(table.coverage, coverage),
                [fields] if coverage.units else [],
                reading=words.reading_of_coverage(coverage),
                legend=table.legend_of_coverage(coverage),
            ),
            of_report(
                participation,
                "Deltagelse",
                of_country,
                [country_map],
                reading=words.PARTICIPATION,
                credit=country.ATTRIBUTION,
            ),
        )

    def draw(self) -> None:
        """The matrix, then the map with its list."""
        matrix_figure, country_figure = self.sections()
        _matrix(self.report(), self.selection, matrix_figure)
        _country(self.participation(), country_figure)

    def wall(self) -> Wall:
        """In a sentence: a matrix has no place on a wall."""
        coverage = self.report()
        text = words.coverage(coverage, self.selection.education)
        return Wall(coverage.title, html=f'<p class="stor">{escape(text)}</p>', report=coverage)


def _matrix(coverage: CoverageTable, selection: Selection, figure: Section) -> None:
    blocks.heading(coverage)
    if not coverage.units:
        blocks.nothing_shown([State.NO_ANSWERS])
        return
    st.markdown(literal(words.coverage(coverage, selection.education)))
    st.html(matrix.legend(coverage))
    st.html(matrix.STYLE)
    page_figures.pictures(figure)
    page_parts.expander("Åbn et felt på Resultater", "ind i feltet", partial(_cells, coverage, selection))
    page_figures.under(figure)
    if coverage.level.key != MUNICIPALITY.key:  # those are listed beside the map
        ways_in(coverage.units, controls.UNIT)


def _cells(report: CoverageTable, chosen: Selection) -> None:
    """The way to a cell's answers for those who use no mouse: those of the row and column chosen above."""
    pairs = [(one, chosen.education) for one in report.units] if chosen.education in report.educations else []
    own = [unit for unit in report.units if unit.key in parts_of(chosen.unit.key)]
    pairs += [(unit, one) for unit in own for one in report.educations]
    if not pairs:
        st.markdown(words.CHOOSE)
    with st.container(key="valg daekning", gap=None):
        for unit, education in dict.fromkeys(pairs):
            if report.coverage(unit, education) in LEADS_ON:
                keys = {controls.UNIT: unit.key, controls.EDUCATION: education.key}
                label = f"{unit.name}: {education.name}"
                filter_bar.link(label, places.RESULTS, f"felt {unit.key} {education.key}", **keys, **ANSWERS)


def _country(report: NationalParticipation, figure: Section) -> None:
    st.header(literal(report.title), anchor=False)
    st.markdown(literal(report.selection.describe()))
    st.html(country.legend())
    on_the_map, in_words = st.columns([3, 2])
    with on_the_map:
        page_figures.pictures(figure)
        st.caption(country.ATTRIBUTION)
    with in_words, st.container(height=country.HEIGHT, key="kommuner"):
        for state in (Coverage.HIDDEN, Coverage.SHOWN, Coverage.NOT_INVITED):
            those = report.being(state)
            st.markdown(f"**{state} ({len(those)})**")
            if state is Coverage.NOT_INVITED:
                st.markdown(literal(listed([one.name for one in those])))
            elif those:
                links_to(those, controls.UNIT, f"valg kort {state.name}")
    page_figures.under(figure)
