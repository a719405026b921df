"""The tab Udvikling."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from indicators.danish import listed, number, percent
from indicators.figure import State
from indicators.selection import ALL_UNITS, Option, Selection
from indicators.trend import Role, Trend, TrendSeries
from views.foundation import blocks, figures, filter_bar, places, readings, vega
from views.foundation.literal import literal
from views.subjects.trend import chart, markup, panels, table, taken_home

UNITS, EDUCATIONS = Option("enheder", "Enheder"), Option("uddannelser", "Uddannelser")
MOST_ALSO = 2
SHEET = "Udvikling"

LINES = (
    "Hvert punkt er et års andel, og båndet er usikkerheden: bred ved få svar. Et hul i linjen betyder, at "
    "året ikke vises, eller at årene ikke kan sammenlignes (databrud). Et åbent mærke bygger på få svar og "
    "har intet bånd. Et klik på et af enhedens punkter viser fordelingen det år."
)
PANELS = (
    "Hver uddannelse har sin egen figur med samme skala. Dens linje er blå; de andre uddannelser står bag "
    "den i gråt. Et åbent mærke bygger på få svar. Et hul i linjen betyder, at året ikke vises, eller at "
    "årene ikke kan sammenlignes (databrud)."
)
IN_PANELS = (
    "Uddannelsens egen linje er blå, de andre står bag den i gråt. Et åbent mærke bygger på få svar, og et "
    "hul i linjen betyder, at året ikke vises, eller at årene ikke kan sammenlignes."
)
CHANGES = (
    "«steget» og «faldet» står kun, hvor ændringen siden runden før er større, end tilfældigheder plausibelt "
    "forklarer, og på mindst 5 procentpoint. Ændringen mellem andre år er ikke vurderet."
)


def tab(selection: Selection) -> None:
    """One question over the years, for a few units or for the unit's educations."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="udvikling"):
        split = filter_bar.pick("Opdelt på", "opdel", (UNITS, EDUCATIONS))
        also = _also(selection) if split == UNITS else ()
    report = figures.trend(selection, also) if split == UNITS else figures.educations(selection)
    blocks.heading(report)
    st.markdown(literal(f"{report.asked.question.text} · andel {report.asked.scale.share_label}"))
    if bases := readings.bases([report.asked.question]):
        st.caption(literal(bases))
    states = [state for one in report.series for state in one.states]
    if blocks.nothing_shown(states):
        return
    for one in report.breaks:
        st.caption(literal(f"Databrud {one.year}: {one.reason}"))
    _drawn(report)
    st.html(markup.changes(report))
    for one in markup.left_out(report):
        st.caption(literal(one))
    blocks.under(
        *(report, partial(table.years, report), SHEET, _reading(report)),
        measure=taken_home.measure(report),
        excel_chart=taken_home.excel_chart,
    )


def _also(selection: Selection) -> Sequence[Option]:
    units = figures.choices(selection.survey.key).units
    there = (selection.unit, selection.compared_with, ALL_UNITS)
    return filter_bar.several(
        "Vis også", "vis_ogsaa", [unit for unit in units if unit not in there], MOST_ALSO
    )


def _drawn(report: Trend) -> None:
    """A picture from the second year on; one year is a number."""
    if len(report.years) < 2:
        for year in report.years:
            _one_year(report, year)
    elif report.by_education:
        _panels(report)
    else:
        clicks = vega.Clicks("udvikling linjer", "chooses", filter_bar.YEAR, tab=places.DISTRIBUTION)
        blocks.chart(chart.lines, report, clicks=clicks)


def _one_year(report: Trend, year: int) -> None:
    measured = "Kun ét år er målt" if len(report.rounds) == 1 else "Der er kun tal for ét år"
    numbers = [f"{one.about.name} {_number(one)}" for one in report.series if one.shown]
    st.info(literal(f"{measured}: {year}. {listed(numbers)}."))


def _number(one: TrendSeries) -> str:
    figure = one.shown[-1].figure
    return f"{percent(figure.share)} ({number(figure.n)} svar)"


def _panels(report: Trend) -> None:
    shown = panels.drawn(report)
    if len(shown) < sum(bool(one.shown) for one in report.parts):
        st.caption(f"De {len(shown)} uddannelser med flest svar er tegnet; alle står i tabellen.")
    blocks.html(panels.panels, report, says=in_the_picture(report))


def in_the_picture(report: Trend) -> str:
    """Above the panels when they are taken home: what they measure, and how they are read."""
    return f"{taken_home.measure(report)} {IN_PANELS}"


def _reading(report: Trend) -> str:
    said = {report.change(one, point) for one in report.series for point in one.points}
    others = any(one.role is Role.BENCHMARK for one in report.series)
    parts = (
        PANELS if report.by_education else LINES,
        readings.OTHERS if others else "",
        CHANGES,
        *(f"«{one.lower()}»: {meaning}" for one, meaning in readings.CHANGES.items() if one in said),
        readings.HIDDEN if any(State.HIDDEN in one.states for one in report.series) else "",
        readings.HIGH_IS_BAD if report.asked.question.high_is_bad else "",
    )
    return "\n\n".join(part for part in parts if part)
