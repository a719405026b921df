"""The page Overblik."""

from collections.abc import Sequence
from functools import partial

import altair as alt
import streamlit as st

from indicators.danish import listed
from indicators.figure import State
from indicators.groups import KINDS
from indicators.overview import Finding, Overview, UnitColumn, nobody_answered, verdict_on
from indicators.partnership.board import Initiative
from indicators.profile import everyone_else_of, subject
from indicators.selection import ALL, EVERYONE_ELSE, Option, Selection
from views.documents.excel_charts import bars
from views.foundation import blocks, figures, filter_bar, headlines, places, readings, vega
from views.foundation.literal import literal
from views.partnership.board import linked
from views.subjects.overview import chart, headline, markup, table, taken_home
from views.subjects.overview.tiles import Tile, behind, tiles

SHEET, DIVISION = "Overblik", "inddeling"
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


def whole(report: Overview) -> None:
    """Tiles, heat table and findings; where nobody answered, the way to a year in which somebody did."""
    if nobody_answered(report.rows):
        _no_answers(report)
        return
    initiatives = linked.of_selection(report.selection)
    with st.container(horizontal=True, key="fliser"):
        for tile in (*tiles(report), *behind(initiatives)):
            _tile(tile)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _themes(report)
    with right:
        _findings(report, initiatives)


def _no_answers(report: Overview) -> None:
    year, last = report.selection.year, report.last_answered
    if last is None:
        st.info(f"{State.NO_ANSWERS}. {blocks.OTHER}")
        return
    newest = figures.choices(report.selection.survey.key).years[0]
    yet = "endnu " if year == newest else ""
    st.info(f"Der er {yet}ingen svar for {year}. Seneste år med svar er {last}.")
    filter_bar.link(f"Vis {last}", "", "seneste år", **{filter_bar.YEAR: str(last)})


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


def _themes(report: Overview) -> None:
    """The heat table, with the unit's groups in the division that the reader has chosen."""
    alone = subject(report.selection) is None
    st.header("Temaerne" if alone else "Hvor skiller I jer ud?", anchor=False)
    if not report.own.is_shown:
        _offer_groups(report)
    division = _division(report)
    columns = report.columns(division)
    for note in dict.fromkeys(column.note for column in columns if column.note):
        st.caption(literal(note))
    if not any(column.is_shown for column in columns):
        return
    says = _says(report, alone)
    measure = taken_home.measure(report)
    st.html(markup.said(says, measure) + markup.legend(columns))
    clicks = vega.Clicks("varmetabel", "row", filter_bar.THEME, places.RESULTS, places.DISTRIBUTION, "goes")
    blocks.chart(_heat_table, report, division, says=says, clicks=clicks)
    blocks.to_answers(row.theme for row in report.themes)
    blocks.under(
        *(report, partial(table.themes, report, columns), SHEET, _reading(report, columns)),
        measure=measure,
        legend=taken_home.legend(report),
        excel_chart=bars.shares,
    )


def _heat_table(report: Overview, division: str) -> alt.LayerChart:
    return chart.heat_table(report.themes, report.columns(division))


def _says(report: Overview, alone: bool) -> str:
    """What the table shows in one sentence: of the unit, or of the regions where none is chosen."""
    if alone:
        return headline.groups(report.themes, report.groups) if report.groups else ""
    return headline.themes(report.themes) if report.own.is_shown else ""


def _offer_groups(report: Overview) -> None:
    """What there is to see instead of a unit that is hidden."""
    blocks.nothing_shown([score.state for score in report.own.scores.values()])
    for column in report.groups:
        if column.is_shown:
            unit = column.unit
            filter_bar.link(f"Vis {unit.name}", "", f"større {unit.key}", **{filter_bar.UNIT: unit.key})


def _division(report: Overview) -> str:
    """Clusters until 2026 and councils from 2027, unless the reader wants it the other way round."""
    options = [Option(kind, KINDS[kind]) for kind in report.divisions]
    if len(options) < 2:
        return options[0].key if options else ""
    # A choice for each of the two times, so that what is not chosen follows the year.
    return filter_bar.pick("Inddeling", f"{DIVISION}_{options[0].key}", options).key


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
    if subject(report.selection) is None:
        return ""
    return readings.OTHERS if report.selection.unit.key != ALL else readings.OTHER_EDUCATIONS


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
    tab = places.COMPARED if verdict_on(found.row) in headlines.CLEAR else places.TREND
    keys = {filter_bar.THEME: found.row.theme.id, filter_bar.QUESTION: question.id, filter_bar.TAB: tab}
    with st.container(gap=None):
        st.html(markup.finding(found, everyone_else_of(selection)))
        filter_bar.link("Se spørgsmålet", places.RESULTS, f"fund {question.id} se", **keys)
        linked.about(selection, Option(question.id, question.short), initiatives)
