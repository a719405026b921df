"""The tab Svarprocent: who answered, by place or by education."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

import streamlit as st

from indicators.danish import lower_first
from indicators.data_quality import BY_EDUCATION, LEVELS, ResponseLine, ResponseTable
from indicators.figure import State
from indicators.selection import Option
from views.documents.excel_charts import bars
from views.documents.files import page_figures
from views.documents.sections import Picture, Section, of_report
from views.foundation import blocks, controls, figures, filter_bar, page_parts, places, vega
from views.foundation.controls import Control
from views.foundation.page_parts import literal
from views.subjects.data_quality import chart, report, table, words
from views.subjects.data_quality.quality_view import QualityView
from views.subjects.view import choice
from views.subjects.wall import Wall, empty, left_out, those_that_stand_out


@dataclass(frozen=True)
class Responses(QualityView):
    """Who answered, unit by unit of a level or education by education."""

    tab = Option(places.RESPONSE, "Svarprocent")
    sheet: ClassVar[str] = "Svarprocent"

    level: Option = choice(Control("opdelt", "Opdelt på", side_by_side=True), LEVELS)

    def report(self) -> ResponseTable:
        """The responses beside those of the round before."""
        return figures.report(report.responses, self.selection, self.level)

    def sections(self) -> Sequence[Section]:
        """The rates as table and chart."""
        return (section(self.report()),)

    def draw(self) -> None:
        """The rates, what may be missing, and the way to each of those in the chart."""
        responses = self.report()
        blocks.heading(responses)
        blocks.response(responses)
        st.header(f"Svarprocent: {lower_first(responses.level.name)}", anchor=False)
        if not responses.lines:
            blocks.nothing_shown([_why_empty(responses)])
            return
        st.html(chart.legend(responses.selection.years, responses.earlier_year))
        st.markdown(words.MISSING)
        figure = section(responses)
        page_figures.pictures(figure)
        if responses.hidden:
            st.markdown(literal(words.hidden(responses.hidden)))
        page_figures.under(figure)
        ways_in([line.about for line in responses.lines], _chooses(responses))

    def wall(self) -> Wall:
        """The own one and those farthest from the middle."""
        responses = self.report()
        if not responses.lines:
            return empty(responses, [_why_empty(responses)])
        own = _own(responses)
        rates = [line.response.rate for line in responses.lines if line.response.rate is not None]
        middle = sum(rates) / len(rates) if rates else 0

        def distance(line: ResponseLine) -> float:
            rate = line.response.rate
            return -1 if rate is None else abs(rate - middle)

        rows = those_that_stand_out(responses.lines, lambda line: line.about == own, distance)
        few = replace(responses, lines=tuple(rows), hidden=())
        what = lower_first(responses.level.name)
        hidden = f"{len(responses.hidden)} {what}: {State.HIDDEN.lower()}." if responses.hidden else ""
        of_many = left_out(len(rows), len(responses.lines), what, places.NAMES[self.place])
        return Wall(
            words.title_of_few(responses, len(rows)) if of_many else responses.title,
            about=f"Svarprocent efter {what}.",
            html=chart.legend(responses.selection.years, responses.earlier_year),
            chart=vega.sent(chart.responses(few, own.key)),
            frame=table.responses(few).iloc[:, :4],
            left_out=f"{of_many} {hidden}".strip(),
            report=responses,
            legend=table.legend_of_responses(responses),
        )


def section(responses: ResponseTable) -> Section:
    """The rates of a level; a click leads to the unit or education."""
    clicks = vega.Clicks("svarprocent", "row", _chooses(responses), places.UNIT)
    says, own = words.span(responses.lines), _own(responses).key
    picture = Picture(chart.responses, responses, (own,), says=says, clicks=clicks)
    pictures = [picture] if responses.lines else []
    return of_report(
        responses,
        Responses.sheet,
        partial(table.responses, responses),
        pictures,
        reading=words.RESPONSE,
        legend=table.legend_of_responses(responses) if pictures else (),
        excel_chart=bars.shares,
    )


def _own(responses: ResponseTable) -> Option:
    chosen = responses.selection
    return chosen.education if responses.level.key == BY_EDUCATION else chosen.unit


def _chooses(responses: ResponseTable) -> str:
    return controls.EDUCATION if responses.level.key == BY_EDUCATION else controls.UNIT


def _why_empty(responses: ResponseTable) -> State:
    return State.HIDDEN if responses.hidden else State.NO_ANSWERS


def ways_in(those: Iterable[Option], chooses: str) -> None:
    """Links to all of them, folded up."""
    links = partial(links_to, those, chooses, f"valg {chooses}")
    page_parts.expander("Åbn én af dem på Min enhed", f"ind i {chooses}", links)


def links_to(those: Iterable[Option], chooses: str, key: str) -> None:
    """The way to a unit's own page for those who use no mouse."""
    with st.container(gap=None, key=key):
        for one in those:
            filter_bar.link(one.name, places.UNIT, f"{chooses} {one.key}", **{chooses: one.key})
