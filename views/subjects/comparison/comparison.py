"""The tab Sammenlign: one question over all units of a level, ranked, as a funnel, or as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

import streamlit as st

from indicators.danish import lower_first, number
from indicators.figure import State
from indicators.groups import kind_key
from indicators.ranking import EDUCATIONS, INSTITUTIONS, PLACES, Ranking, RankingLine
from indicators.selection import Option, Selection, is_joined
from indicators.unit_kinds import UNIT_KINDS
from views.documents.files import page_figures
from views.documents.legends import LegendEntry, of_verdicts
from views.documents.sections import Picture, Section, of_report
from views.foundation import blocks, controls, figures, filter_bar, page_parts, places, vega
from views.foundation.controls import Control
from views.foundation.page_parts import literal
from views.subjects.comparison import chart, funnel, markup, report, table
from views.subjects.view import NOT_CHOSEN, View, choice
from views.subjects.wall import (
    MOST_ANSWERS,
    MOST_ROWS,
    STANDING_OUT,
    Wall,
    empty,
    left_out,
    those_that_stand_out,
)

RANKING = Option("rangering", "Rangering")
FUNNEL = Option("tragt", "Tragt")
TABLE = Option("tabel", "Tabel")
THOSE_STANDING_OUT, EVERY = (
    Option("skiller-sig-ud", "Vis dem, der skiller sig ud"),
    Option("alle", "Vis alle"),
)
ONLY_MEMBERS = "medlemmer"
MOST_HIGHLIGHTED, MANY_ROWS = 3, 30

MOST_ON_WALL, MOST_IN_TABLE_ON_WALL = 6, 6
"""Three bands have their headings among the rows, and names may take two lines."""

FUNNEL_ON_WALL = funnel.Room(height=340, names=MOST_ROWS)
"""Of a wall's height what is left under the sentence, and as many names as there are rows elsewhere."""


def _highlights(view: "Comparison") -> Sequence[Option]:
    """The others that a reader may want marked."""
    ranking = view.report()
    if view.shown_as == TABLE or ranking.level not in PLACES:
        return ()
    return [line.about for line in ranking.ranked if line.about not in ranking.own]


def _rows(view: "Comparison") -> Sequence[Option]:
    """Of many there is a choice whether all of them are drawn, and of a group whether only its members."""
    ranking = view.report()
    if view.shown_as != RANKING:
        return ()
    few = len(ranking.ranked) <= MANY_ROWS or not ranking.standing_out(view.marked)
    every = (EVERY,) if few else (THOSE_STANDING_OUT, EVERY)
    if ranking.is_of_members and any(line.is_ranked for line in ranking.own_lines):
        unit = ranking.selection.unit.key
        only = "de valgte" if is_joined(unit) else f"dem i {UNIT_KINDS[kind_key(unit)].definite}"
        return (*every, Option(ONLY_MEMBERS, f"Vis kun {only}"))
    return () if few else every


@dataclass(frozen=True)
class Comparison(View):
    """One question over all units of a level."""

    place = places.RESULTS
    tab = Option(places.COMPARED, "Sammenlign")
    has_question = True
    sheet: ClassVar[str] = "Sammenlign"

    level: Option = choice(
        Control("niveau", "Niveau", side_by_side=True),
        lambda view: figures.report(report.levels, view.selection),
    )
    form: Option = choice(Control("form", "Form", side_by_side=True), (RANKING, FUNNEL, TABLE))
    highlighted: tuple[Option, ...] = choice(
        Control("fremhaev", "Fremhæv også", controls.with_kind, MOST_HIGHLIGHTED), _highlights
    )
    rows: Option = choice(Control("raekker_vist", "Rækker", side_by_side=True), _rows)

    def report(self) -> Ranking:
        """The question for every unit of the level."""
        return figures.report(report.ranking, self.selection, self.level)

    @property
    def shown_as(self) -> Option:
        """The form that is chosen, or the one there is instead where that would show nothing."""
        ranking = self.report()
        if self.form == TABLE or not ranking.is_worth_ranking:
            return TABLE
        return FUNNEL if self.form == FUNNEL and not markup.why_no_funnel(ranking) else RANKING

    @property
    def marked(self) -> tuple[Option, ...]:
        """Those that are marked beside the own ones."""
        if self.report().level not in PLACES:
            return ()
        return (self.selection.compared_with, *self.highlighted)

    def sections(self) -> Sequence[Section]:
        """The ranking as table and, unless it is one already, as picture."""
        ranking = self.report()
        reading = {RANKING: markup.DOTS, FUNNEL: markup.FUNNEL, TABLE: ""}[self.shown_as]
        table_of = partial(table.ranking, ranking)
        is_shown = any(line.figure.state is State.SHOWN for line in ranking.lines)
        pictures = [self._picture(ranking)] if is_shown else []
        section = of_report(
            ranking,
            self.sheet,
            table_of,
            pictures,
            reading=markup.reading(ranking, reading),
            measure=markup.against(ranking),
            legend=() if self.shown_as == TABLE else _signs(ranking),
            excel_chart=table.excel_chart,
        )
        return (section,)

    def _picture(self, ranking: Ranking) -> Picture:
        """A click on a row or dot opens the one it stands for."""
        if self.shown_as == TABLE:
            return Picture(markup.table, ranking, is_html=True, says=markup.against(ranking))
        clicks = vega.Clicks(self.shown_as.key, "key", _chooses(ranking), places.UNIT)
        clicks = clicks if clicks.chooses else None
        if self.shown_as == FUNNEL:
            return Picture(funnel.ranking, ranking, (self.marked,), clicks=clicks)
        return Picture(chart.ranking, ranking, (self.marked, self._drawn_rows(ranking)), clicks=clicks)

    def _drawn_rows(self, ranking: Ranking) -> tuple[Option, ...] | None:
        """None: all of them."""
        if self.rows in (EVERY, NOT_CHOSEN):
            return None
        if self.rows.key == ONLY_MEMBERS:
            return (*ranking.own, *self.marked)
        return tuple(line.about for line in ranking.standing_out(self.marked))

    @classmethod
    def page(cls, selection: Selection) -> None:
        """The controls that are about the picture stand below it."""
        above = st.container(horizontal=True, key="sammenligning")
        finding = st.container()
        below = st.container(horizontal=True, vertical_alignment="bottom", key="fremhaevning")
        spots = {"niveau": above, "form": above, "fremhaev": below, "raekker_vist": below}
        view = cls.chosen(selection, filter_bar.boxes(spots))
        (figure,) = view.sections()
        with finding:
            is_shown = view._finding(figure)
        if is_shown:
            view._rest(figure)

    def _finding(self, figure: Section) -> bool:
        """Heading and picture; whether there is something to show."""
        ranking = self.report()
        blocks.heading(ranking)
        st.markdown(literal(markup.against(ranking)))
        if blocks.nothing_shown([line.figure.state for line in ranking.lines]):
            return False
        if self.shown_as != TABLE:
            self._above_picture(ranking)
        page_figures.pictures(figure)
        return True

    def _above_picture(self, ranking: Ranking) -> None:
        """What to beware of, the own ones in words, and what the marks are."""
        if self.form == FUNNEL and self.shown_as == RANKING:
            st.info(literal(markup.why_no_funnel(ranking)))
        legend = markup.of_dots(ranking)
        if self.shown_as == FUNNEL:
            legend = markup.legend()
            for warning in markup.about_funnel(ranking):
                st.info(literal(warning))
        own_lines = () if ranking.is_of_members else ranking.own_lines
        own = [markup.own(line, ranking.others) for line in own_lines if line.is_ranked]
        st.html("".join([*own, legend]))

    def _rest(self, figure: Section) -> None:
        """By name those that have no place in the picture, then table, files and links."""
        ranking = self.report()
        if self.shown_as != TABLE and (without_place := list(markup.left_out(ranking))):
            st.subheader(f"Vises ikke i {self.shown_as.name.lower()}en", anchor=False)
            for names in without_place:
                st.markdown(literal(names))
        page_figures.under(figure)
        shown = [line.about for line in ranking.lines if line.figure.state is State.SHOWN]
        if chooses := _chooses(ranking):
            links = partial(_links, shown, chooses)
            page_parts.expander("Åbn én af dem på Min enhed", "ind i sammenlign", links)

    def wall(self) -> Wall:
        """The own ones and those that stand out most."""
        ranking = self.report()
        if not ranking.ranked and not ranking.small:
            return empty(ranking, [line.figure.state for line in ranking.lines])
        if self.shown_as == TABLE:
            return self._table_on_wall(ranking)
        few, marked = _standing_out(ranking, self.marked), self.marked
        if self.shown_as == FUNNEL:
            legend, drawn = markup.legend(), funnel.ranking(ranking, marked, FUNNEL_ON_WALL)
            said = _in_funnel(ranking, few)
        else:
            legend = markup.of_dots(ranking)
            drawn = chart.ranking(ranking, marked, [line.about for line in few])
            no_funnel = markup.why_no_funnel(ranking) if self.form == FUNNEL else ""
            what = lower_first(ranking.level.name)
            of_many = ""
            if len(few) < len(ranking.ranked):
                of_many = f"Rækkerne er {len(few)} af {len(ranking.ranked)} {what}: {STANDING_OUT}."
            said = (no_funnel, of_many, _not_ranked(ranking))
        return Wall(
            ranking.title,
            html=legend,
            chart=vega.sent(drawn),
            left_out=" ".join(filter(None, said)),
            legend=_signs(ranking),
            **_on_wall(ranking, few),
        )

    def _table_on_wall(self, ranking: Ranking) -> Wall:
        """Those with most answers, the chosen one among them."""
        few = those_that_stand_out(
            ranking.lines,
            lambda line: line.about in ranking.own,
            lambda line: line.figure.n or 0,
            MOST_IN_TABLE_ON_WALL,
        )
        what = lower_first(ranking.level.name)
        return Wall(
            ranking.title,
            html=markup.table(replace(ranking, lines=tuple(few))),
            left_out=left_out(len(few), len(ranking.lines), what, places.NAMES[self.place], MOST_ANSWERS),
            **_on_wall(ranking, few),
        )


def _signs(ranking: Ranking) -> tuple[LegendEntry, ...]:
    return of_verdicts({line.judgement.verdict for line in ranking.ranked})


def _chooses(ranking: Ranking) -> str:
    """The filter that one of the level is an option of; the strip has none for institutions."""
    return {EDUCATIONS: controls.EDUCATION, INSTITUTIONS: ""}.get(ranking.level, controls.UNIT)


def _links(options: Sequence[Option], chooses: str) -> None:
    """The way to a unit's own page for those who use no mouse."""
    with st.container(key="valg sammenlign", gap=None):
        for option in options:
            filter_bar.link(option.name, places.UNIT, f"enhed {option.key}", **{chooses: option.key})


def _standing_out(ranking: Ranking, marked: Sequence[Option]) -> list[RankingLine]:
    """The own one and the marked ones, then the clear ones, then those farthest from the others."""

    def is_first(line: RankingLine) -> bool:
        return line.about in ranking.own or line.about in marked

    def distance(line: RankingLine) -> float:
        off = abs(line.judgement.difference or 0)
        return 1 + off if line.judgement.is_clear else off

    return those_that_stand_out(ranking.ranked, is_first, distance, MOST_ON_WALL)


def _on_wall(ranking: Ranking, few: Sequence[RankingLine]) -> dict:
    """What any form of the comparison says, and the numbers of those that there is room for."""
    frame = table.ranking(ranking)
    names = [line.about.name for line in few]
    return {
        "about": markup.against(ranking),
        "frame": frame[frame.iloc[:, 0].isin(names)],
        "report": ranking,
    }


def _in_funnel(ranking: Ranking, few: Sequence[RankingLine]) -> Iterator[str]:
    """All of them are dots; the table has room for some."""
    every = len(ranking.ranked)
    yield f"Tragten viser alle {number(every)} {lower_first(ranking.level.name)}, der kan vurderes."
    if len(few) < every:
        yield f"Tabellen (T) har {number(len(few))} af dem: {STANDING_OUT}."
    yield _not_ranked(ranking)
    yield from markup.about_funnel(ranking)


def _not_ranked(ranking: Ranking) -> str:
    without, what = len(ranking.lines) - len(ranking.ranked), lower_first(ranking.level.name)
    return f"{number(without)} {what} kan ikke vurderes eller vises." if without else ""
