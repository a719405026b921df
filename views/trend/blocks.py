"""The tab Udvikling."""

import streamlit as st

from indicators.danish import listed
from indicators.figure import State
from indicators.selection import ALL_UNITS, Named, Selection
from indicators.trend import Trend
from views import blocks, figures, filters, readings
from views.literal import literal
from views.trend import chart, panels, table

UNITS, EDUCATIONS = Named("enheder", "Enheder"), Named("uddannelser", "Uddannelser")
MOST_ALSO = 2
SHEET = "Udvikling"

READING = (
    f"Hvert punkt er et års andel. Båndet er usikkerheden. {readings.OTHERS} Et hul i linjen betyder, at "
    "året ikke vises, eller at spørgsmålet er ændret (databrud), så årene ikke kan sammenlignes. Et åbent "
    "mærke bygger på få svar. «Steget» og «Faldet» står kun, hvor ændringen er sikker og på mindst "
    "5 procentpoint; «Ingen sikker ændring» er det normale."
)


def tab(selection: Selection) -> None:
    """One question over the years, for a few units or for the unit's educations."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="udvikling"):
        split = filters.pick("Opdelt på", "opdel", (UNITS, EDUCATIONS))
        also = _also(selection) if split == UNITS else ()
    report = figures.trend(selection, also) if split == UNITS else figures.educations(selection)
    blocks.heading(report)
    _asked(report)
    if blocks.nothing_shown([point.figure.state for one in report.series for point in one.points]):
        return
    if len(report.years) == 1:
        st.info(f"Kun ét år er målt: {report.years[0]}. Tallet står i tabellen.")
    elif report.by_education:
        st.html(panels.panels(report))
    else:
        blocks.chart(chart.lines(report), report)
    blocks.under(report, table.years(report), SHEET, READING)


def _also(selection: Selection) -> tuple[Named, ...]:
    units = figures.choices(selection.survey.key).units
    others = [unit for unit in units if unit not in (selection.unit, ALL_UNITS)]
    return filters.several("Vis også", "vis_ogsaa", others, MOST_ALSO)


def _asked(report: Trend) -> None:
    """The question in full, and what the share is a share of."""
    asked = report.asked
    st.markdown(f"{literal(asked.question.text)} \u00b7 andel {literal(asked.scale.share_label)}")
    for one in report.breaks:
        st.caption(literal(f"Databrud {one.year}: {one.reason}"))
    hidden = [str(point.year) for point in report.own.points if point.figure.state is State.HIDDEN]
    if hidden:
        st.caption(f"{State.HIDDEN}: {listed(hidden)}")
