"""The tab Udvikling: one question over the years, for a few units or for the unit's educations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import ClassVar

import pandas as pd
import streamlit as st

from indicators.danish import listed, number, percent
from indicators.figure import State
from indicators.groups import kind_key
from indicators.selection import ALL_UNITS, Option, Selection, is_joined
from indicators.trend import LineRole, Split, Trend
from indicators.unit_kinds import UNIT_KINDS
from views.documents.files import page_figures
from views.documents.sections import Picture, Section, of_report
from views.foundation import blocks, controls, figures, filter_bar, places, readings, vega
from views.foundation.controls import Control
from views.foundation.page_parts import literal
from views.subjects.trend import chart, panels, report, table
from views.subjects.view import View, choice
from views.subjects.wall import MOST_ANSWERS, MOST_ROWS, Wall, empty, left_out

UNITS, EDUCATIONS = Option("enheder", "Enheder"), Option("uddannelser", "Uddannelser")
MEMBERS = Option("medlemmer", "Medlemmer")
TOGETHER, APART = Option(UNITS.key, "Samlet"), Option(MEMBERS.key, "Hver for sig")
"""What the same are called where a reader has added units up."""
MOST_ALSO = 2
MOST_PANELS_ON_WALL = 6
"""A panel needs its size."""

LINES = (
    "Hvert punkt er et års andel, og båndet er usikkerheden: bred ved få svar. Et hul i linjen betyder, at "
    "året ikke vises, eller at årene ikke kan sammenlignes (databrud). Et åbent mærke bygger på få svar og "
    "har intet bånd. Et klik på et af enhedens punkter viser fordelingen det år."
)
PANELS = (
    "Hver {one} har sin egen figur med samme skala. Dens linje er blå; de andre {several} står bag "
    "den i gråt. Et åbent mærke bygger på få svar. Et hul i linjen betyder, at året ikke vises, eller at "
    "årene ikke kan sammenlignes (databrud)."
)
IN_PANELS = (
    "{of_the_one} egen linje er blå, de andre står bag den i gråt. Et åbent mærke bygger på få svar, og et "
    "hul i linjen betyder, at året ikke vises, eller at årene ikke kan sammenlignes."
)
YEAR_BY_YEAR = "Udvikling viser årene hver for sig, også hvor flere år samlet er valgt."
CHANGES = (
    "«steget» og «faldet» står kun, hvor ændringen siden runden før er større, end tilfældigheder plausibelt "
    "forklarer, og på mindst 5 procentpoint. Ændringen mellem andre år er ikke vurderet."
)


def _splits(view: "Development") -> Sequence[Option]:
    unit = view.selection.unit.key
    if is_joined(unit):
        return (TOGETHER, APART, EDUCATIONS)
    return (UNITS, MEMBERS, EDUCATIONS) if UNIT_KINDS[kind_key(unit)].definite else (UNITS, EDUCATIONS)


def _other_units(view: "Development") -> Sequence[Option]:
    if view.split.key != UNITS.key:
        return ()
    units = figures.choices(view.selection.survey.key).units
    there_already = (view.selection.unit, view.selection.compared_with, ALL_UNITS)
    return [unit for unit in units if unit not in there_already]


@dataclass(frozen=True)
class Development(View):
    """One question over the years."""

    place = places.RESULTS
    tab = Option(places.TREND, "Udvikling")
    has_question = True
    sheet: ClassVar[str] = "Udvikling"

    split: Option = choice(Control("opdel", "Opdelt på", side_by_side=True), _splits)
    also: tuple[Option, ...] = choice(
        Control("vis_ogsaa", "Vis også", controls.with_kind, MOST_ALSO), _other_units
    )

    def report(self) -> Trend:
        """The unit, what it is compared with, and a few more; or each of its educations or members."""
        if self.split.key == MEMBERS.key:
            return figures.report(report.members, self.selection)
        if self.split == EDUCATIONS:
            return figures.report(report.educations, self.selection)
        return figures.report(report.trend, self.selection, self.also)

    def sections(self) -> Sequence[Section]:
        """The years as a table, and drawn from the second year on."""
        return (section(self.report()),)

    @classmethod
    def page(cls, selection: Selection) -> None:
        """The controls stand beside each other above the picture."""
        with st.container(horizontal=True, vertical_alignment="bottom", key="udvikling"):
            view = cls.chosen(selection, filter_bar.boxes())
        view.draw()

    def draw(self) -> None:
        """One year is a number, more are a picture."""
        trend, (figure,) = self.report(), self.sections()
        blocks.heading(trend)
        if self.selection.first_year:
            st.caption(YEAR_BY_YEAR)
        st.markdown(literal(f"{trend.asked.question.text} · andel {trend.asked.scale.share_label}"))
        if bases := readings.bases([trend.asked.question]):
            st.caption(literal(bases))
        if blocks.nothing_shown([state for series in trend.series for state in series.states]):
            return
        for series_break in trend.breaks:
            st.caption(literal(f"Databrud {series_break.year}: {series_break.reason}"))
        _above_picture(trend)
        page_figures.pictures(figure)
        st.html(table.changes(trend))
        for names in table.left_out(trend):
            st.caption(literal(names))
        page_figures.under(figure)

    def wall(self) -> Wall:
        """The lines, or as many panels as can be read."""
        trend = self.report()
        if not trend.years:
            return empty(trend, [state for series in trend.series for state in series.states])
        common = {
            "about": f"{trend.asked.question.text} · andel {trend.asked.scale.share_label}",
            "frame": _newest_years(trend),
            "left_out": " ".join(_left_out(trend)),
            "report": trend,
        }
        if len(trend.years) == 1:
            return Wall(trend.title, html=_one_year_on_wall(trend), **common)
        if trend.split:
            return Wall(trend.title, html=panels.panels(trend, MOST_PANELS_ON_WALL), **common)
        return Wall(trend.title, chart=vega.sent(chart.lines(trend)), **common)


def section(trend: Trend) -> Section:
    """The years of one question, as any file has them."""
    return of_report(
        trend,
        Development.sheet,
        partial(table.years, trend),
        _pictures(trend),
        reading=_reading(trend),
        measure=table.measure(trend),
        excel_chart=table.excel_chart,
    )


def _pictures(trend: Trend) -> Iterator[Picture]:
    if len(trend.years) < 2:
        return
    if trend.split:
        yield Picture(panels.panels, trend, is_html=True, says=in_the_picture(trend))
    else:
        clicks = vega.Clicks("udvikling linjer", "chooses", controls.YEAR, tab=places.DISTRIBUTION)
        yield Picture(chart.lines, trend, clicks=clicks)


def _above_picture(trend: Trend) -> None:
    """The number where there is no picture, or that not all are in it."""
    if len(trend.years) == 1:
        _one_year(trend, trend.years[0])
    elif trend.split:
        drawn = len(panels.drawn(trend))
        if drawn < sum(bool(series.shown) for series in trend.parts):
            st.caption(f"De {drawn} {trend.split.plural} med flest svar er tegnet; alle står i tabellen.")


def _one_year(report: Trend, year: int) -> None:
    measured = "Kun ét år er målt" if len(report.rounds) == 1 else "Der er kun tal for ét år"
    shown = [(curve.about.name, curve.shown[-1].figure) for curve in report.series if curve.shown]
    numbers = [f"{name} {percent(figure.share)} ({number(figure.n)} svar)" for name, figure in shown]
    st.info(literal(f"{measured}: {year}. {listed(numbers)}."))


def in_the_picture(report: Trend) -> str:
    """Above the panels when they are taken home: what they measure, and how they are read."""
    return f"{table.measure(report)} {IN_PANELS.format(of_the_one=report.split.of_the_one)}"


def _reading(report: Trend) -> str:
    said = {report.change(one, point) for one in report.series for point in one.points}
    others = any(curve.role is LineRole.BENCHMARK for curve in report.series)
    parts = (
        _how_panels_are_read(report.split) if report.split else LINES,
        readings.OTHERS if others else "",
        CHANGES,
        *(f"«{one.lower()}»: {meaning}" for one, meaning in readings.CHANGES.items() if one in said),
        readings.HIDDEN if any(State.HIDDEN in curve.states for curve in report.series) else "",
        readings.HIGH_IS_BAD if report.asked.question.high_is_bad else "",
    )
    return "\n\n".join(part for part in parts if part)


def _how_panels_are_read(split: Split) -> str:
    return PANELS.format(one=split.singular.lower(), several=split.plural)


def _left_out(trend: Trend) -> Iterator[str]:
    """What a wall has no room for, where the years break, and who has no figure."""
    if trend.split:
        every = sum(bool(series.shown) for series in trend.parts)
        drawn = len(panels.drawn(trend, MOST_PANELS_ON_WALL))
        if more := left_out(drawn, every, trend.split.plural, places.NAMES[Development.place], MOST_ANSWERS):
            yield more
    for series_break in trend.breaks:
        if series_break.year in trend.years:
            yield f"Databrud {series_break.year}: {series_break.reason}."
    yield from table.left_out(trend)


def _one_year_on_wall(trend: Trend) -> str:
    shown = [(series.about.name, series.shown[-1].figure.share) for series in trend.series if series.shown]
    shares = listed([f"{name} {percent(share)}" for name, share in shown])
    return f'<p class="stor">Der er kun tal for ét år, {trend.years[0]}: {escape(shares)}.</p>'


def _newest_years(trend: Trend) -> pd.DataFrame:
    """As many lines as a table on the wall has room for, the latest years."""
    frame = table.years(trend)
    newest = frame[frame["År"].isin([str(year) for year in trend.years[-2:]])]
    few = frame if len(frame) <= MOST_ROWS else newest
    return few.drop(columns=["Nedre grænse", "Øvre grænse"])[:MOST_ROWS]
