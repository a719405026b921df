"""The page Overblik: how the chosen unit stands out, beside those around it and everyone else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

import altair as alt
import streamlit as st

from indicators.danish import listed, upper_first
from indicators.figure import State, ThemeRow
from indicators.groups import kind_of
from indicators.overview import Finding, Overview, UnitColumn, nobody_answered, verdict_on
from indicators.partnership.board import Initiative
from indicators.profile import everyone_else_of, subject
from indicators.selection import EVERYONE_ELSE, Option, Selection, is_joined
from views.documents.excel_charts import bars
from views.documents.files import page_figures
from views.documents.sections import Picture, Section, of_report
from views.foundation import blocks, controls, figures, filter_bar, places, readings, vega
from views.foundation.controls import Control
from views.foundation.page_parts import literal
from views.partnership.board import linked_initiatives
from views.subjects.overview import chart, headline, markup, report, table
from views.subjects.overview.tiles import Tile, behind, tiles
from views.subjects.view import View, choice
from views.subjects.wall import LARGER, Wall, empty, left_out, those_that_stand_out

CELLS = (
    "Tallet står i hvert felt. Farve og trekant kommer kun, hvor temaet er klart over eller klart under; de "
    "følger vurderingen, ikke tallets størrelse. {never}"
)
NEVER = "«Alle andre» er det, der måles mod, og farves aldrig."
NEVER_ALL = "«Alle enheder» har ingen at blive målt mod og farves aldrig."
OWN_OTHERS = (
    "Hver kolonne vurderes mod sine egne alle andre: for {units} er det alle udenfor, ikke kolonnen "
    "«Alle andre»."
)
EVERYONE_OUTSIDE = "Hver region vurderes mod alle svar, der ikke er dens egne."


def _division_control(view: "ThemeOverview") -> Control:
    """One for each time and its divisions, so that what is not chosen follows the year."""
    return Control(f"inddeling_{next(iter(view.report().divisions), '')}", "Inddeling", side_by_side=True)


def _divisions(view: "ThemeOverview") -> Sequence[Option]:
    """Clusters until 2026 and councils from 2027, unless the reader wants it the other way round."""
    options = [Option(kind, kind_of(kind)) for kind in view.report().divisions]
    return options if len(options) > 1 else ()


@dataclass(frozen=True)
class ThemeOverview(View):
    """The themes of a unit beside the groups around it and everyone else."""

    place = places.OVERVIEW
    sheet: ClassVar[str] = "Overblik"

    division: Option = choice(_division_control, _divisions)

    def report(self) -> Overview:
        """The themes, and what stands out."""
        return figures.report(report.overview, self.selection)

    @property
    def _kind(self) -> str:
        """The kind of group that the unit stands beside."""
        return self.division.key or next(iter(self.report().divisions), "")

    @property
    def columns(self) -> tuple[UnitColumn, ...]:
        """The unit, the groups around it in the chosen division, and everyone else."""
        return self.report().columns(self._kind)

    def sections(self) -> Sequence[Section]:
        """The heat table."""
        overview, columns = self.report(), self.columns
        clicks = vega.Clicks("varmetabel", "row", controls.THEME, places.RESULTS, places.DISTRIBUTION, "goes")
        picture = Picture(_heat_table, overview, (self._kind,), says=_says(overview), clicks=clicks)
        pictures = [picture] if any(column.is_shown for column in columns) else []
        table_of = partial(table.themes, overview, columns)
        section = of_report(
            overview,
            self.sheet,
            table_of,
            pictures,
            reading=_reading(overview, columns),
            measure=table.measure(overview),
            legend=table.legend(overview),
            excel_chart=bars.shares,
        )
        return (section,)

    @classmethod
    def page(cls, selection: Selection) -> None:
        """Tiles, heat table and findings; where nobody answered, the way to a year in which somebody did."""
        overview = cls(selection).report()
        blocks.heading(overview)
        blocks.response(overview)
        if nobody_answered(overview.rows):
            _no_answers(overview)
            return
        initiatives = linked_initiatives.of_selection(selection)
        with st.container(horizontal=True, key="fliser"):
            for tile in (*tiles(overview), *behind(initiatives)):
                _tile(tile)
        left, right = st.columns([3, 2], gap="large")
        with left:
            cls._themes(overview)
        with right:
            _findings(overview, initiatives)

    @classmethod
    def _themes(cls, overview: Overview) -> None:
        alone = subject(overview.selection) is None
        st.header("Temaerne" if alone else "Hvor skiller I jer ud?", anchor=False)
        if not overview.own.is_shown:
            _offer_groups(overview)
        view = cls.chosen(overview.selection, filter_bar.boxes())
        for note in dict.fromkeys(column.note for column in view.columns if column.note):
            st.caption(literal(note))
        (figure,) = view.sections()
        if not figure.pictures:
            return
        st.html(markup.said(_says(overview), figure.measure) + markup.legend(view.columns))
        page_figures.pictures(figure)
        blocks.to_answers(row.theme for row in overview.themes)
        page_figures.under(figure)

    def wall(self) -> Wall:
        """The themes that stand out most."""
        overview, columns = self.report(), self.columns
        if nobody_answered(overview.rows) or not any(column.is_shown for column in columns):
            return empty(overview, [score.state for score in overview.own.scores.values()])
        rows = those_that_stand_out(overview.themes, is_clear, difference)
        notes = [column.note for column in columns if column.note]
        return Wall(
            overview.title,
            about=f"Andel {readings.share_label(overview.rows)} i procent, gennemsnit af temaets spørgsmål.",
            html=markup.legend(columns),
            chart=vega.sent(chart.heat_table(rows, columns)),
            magnified=LARGER,
            frame=table.themes(replace(overview, themes=tuple(rows)), columns),
            left_out=left_out(len(rows), len(overview.themes), "temaer", places.NAMES[self.place])
            or " ".join(notes[:1]),
            report=overview,
            legend=table.legend(overview),
        )


def is_clear(row: ThemeRow) -> bool:
    """Whether the theme is clearly over or under."""
    return verdict_on(row) in readings.CLEAR


def difference(row: ThemeRow) -> float:
    """How far the theme is from everyone else's; the ones without come last."""
    judged = row.score.judgement
    return -1 if judged is None or judged.difference is None else abs(judged.difference)


def _no_answers(report: Overview) -> None:
    years, last = report.selection.years, report.last_answered
    if last is None:
        st.info(f"{State.NO_ANSWERS}. {blocks.OTHER}")
        return
    newest = figures.choices(report.selection.survey.key).years[0]
    yet = "endnu " if years == newest else ""
    st.info(f"Der er {yet}ingen svar for {years}. Seneste år med svar er {last}.")
    filter_bar.link(f"Vis {last}", "", "seneste år", **{controls.YEAR: str(last)})


def _tile(tile: Tile) -> None:
    label = " ".join(part for part in (tile.label, tile.value and f"**{tile.value}**", tile.more) if part)
    st.button(
        label,
        key=f"flise {tile.label}",
        on_click=filter_bar.choose,
        args=(tile.place,),
        kwargs=tile.keys,
        width="stretch",
        wrap=True,
    )


def _heat_table(overview: Overview, division: str) -> alt.LayerChart:
    return chart.heat_table(overview.themes, overview.columns(division))


def _says(overview: Overview) -> str:
    """What the table shows in one sentence: of the unit, or of the regions where none is chosen."""
    if subject(overview.selection) is None:
        return headline.groups(overview.themes, overview.groups) if overview.groups else ""
    if is_joined(overview.selection.unit.key):
        return upper_first(readings.ADDED_UP)
    return headline.themes(overview.themes) if overview.own.is_shown else ""


def _offer_groups(report: Overview) -> None:
    """What there is to see instead of a unit that is hidden."""
    blocks.nothing_shown([score.state for score in report.own.scores.values()])
    for column in report.groups:
        if column.is_shown:
            unit = column.unit
            filter_bar.link(f"Vis {unit.name}", "", f"større {unit.key}", **{controls.UNIT: unit.key})


def _reading(report: Overview, columns: tuple[UnitColumn, ...]) -> str:
    around = [column.unit.name for column in columns[1:] if column.unit.key != EVERYONE_ELSE]
    scores = [score for column in columns for score in column.scores.values()]
    found = dict.fromkeys(score.judgement.verdict for score in scores if score.judgement)
    alone = subject(report.selection) is None
    own_others = EVERYONE_OUTSIDE if alone else OWN_OTHERS.format(units=literal(listed(around)))
    parts = (
        CELLS.format(never=NEVER_ALL if alone else NEVER) if any(found) else "",
        readings.THEME,
        _whom(report),
        own_others if around else "",
        *dict.fromkeys(readings.VERDICTS[verdict] for verdict in found if verdict),
        readings.HIDDEN if any(score.state is State.HIDDEN for score in scores) else "",
        readings.HIGH_IS_BAD if any(row.question.high_is_bad for row in report.rows) else "",
    )
    return "\n\n".join(part for part in parts if part)


def _whom(report: Overview) -> str:
    return readings.who_others_are(report.selection)


def _findings(report: Overview, initiatives: Sequence[Initiative]) -> None:
    """At most three questions to talk about, and by which rule they were chosen."""
    rule, shown = headline.rule(report), any(row.figure.state is State.SHOWN for row in report.rows)
    if not (rule and shown):
        return
    st.header("Tal om dette", anchor=False)
    st.caption(literal(rule))
    for found in report.findings:
        _finding(found, report.selection, initiatives)
    if not report.findings:
        st.markdown(literal(headline.nothing_to_talk_about(report)))


def _finding(found: Finding, selection: Selection, initiatives: Sequence[Initiative]) -> None:
    """What was found, the way to its question, and what is done about it."""
    question = found.row.question
    tab = places.COMPARED if verdict_on(found.row) in readings.CLEAR else places.TREND
    keys = {controls.THEME: found.row.theme.id, controls.QUESTION: question.id, controls.TAB: tab}
    with st.container(gap=None):
        st.html(markup.finding(found, everyone_else_of(selection)))
        filter_bar.link("Se spørgsmålet", places.RESULTS, f"fund {question.id} se", **keys)
        linked_initiatives.about_question(selection, Option(question.id, question.short), initiatives)
