"""The tab Fordeling: how the questions of a theme were answered, and what is said of the one in focus."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

import altair as alt
import pandas as pd
import streamlit as st

from indicators.danish import lower_first
from indicators.disclosure import persons_for_detail
from indicators.figure import QuestionRow, State, in_groups
from indicators.overview import verdict_on
from indicators.profile import everyone_else_of
from indicators.report import FigureTable
from indicators.selection import Option, Selection
from views.documents.files import page_figures
from views.documents.sections import Picture, Section, of_report
from views.foundation import blocks, controls, figures, filter_bar, places, readings, theme, vega
from views.foundation.controls import Control
from views.foundation.page_parts import literal
from views.subjects.distribution import chart, focus, report, table
from views.subjects.view import View, choice
from views.subjects.wall import LARGER, Wall, empty, left_out, those_that_stand_out

BY_SHARE, AS_ASKED = Option("andel", "Efter andel"), Option("skema", "Som i skemaet")
EVERY_ANSWER, GROUPS = Option("alle", "Alle svarmuligheder"), Option("grupper", "Svargrupper")
NOT_ON_WALL = frozenset({"Tema", "Nedre grænse", "Øvre grænse", "Ved ikke", "Forventet"})

READING = (
    "Hver bjælke er alle svar på ét spørgsmål, det bedste svar først. Det fede tal er andelen af de bedste "
    "svar; tal under 6 % står ikke i bjælken. «Ved ikke» er holdt udenfor og står i tabellen. Trekant og ord "
    "står kun, hvor enheden er klart over eller klart under; tabellen har vurderingen af alle. Vælg et "
    "spørgsmål ved at klikke på det eller i feltet «Spørgsmål»."
)


def _if_bars(*options: Option) -> Callable[["Distribution"], Sequence[Option]]:
    """Few answers have no bars, and so nothing to order or group."""
    return lambda view: options if view.has_bars else ()


@dataclass(frozen=True)
class Distribution(View):
    """The answers to every question of a theme."""

    place = places.RESULTS
    tab = Option(places.DISTRIBUTION, "Fordeling")
    has_question = True
    sheet: ClassVar[str] = "Fordeling"

    order: Option = choice(
        Control("raekkefoelge", "Rækkefølge", side_by_side=True), _if_bars(BY_SHARE, AS_ASKED)
    )
    answers: Option = choice(
        Control("svargrupper", "Svar", side_by_side=True), _if_bars(EVERY_ANSWER, GROUPS)
    )

    def report(self) -> FigureTable:
        """Every question of the theme."""
        return figures.report(report.distribution, self.selection)

    @property
    def has_bars(self) -> bool:
        """Whether anything is shown that has a bar."""
        answers = self.report()
        return answers.has_counts and any(row.figure.state is State.SHOWN for row in answers.rows)

    def sections(self) -> Sequence[Section]:
        """The answers in the order of the reader."""
        return (section(self.report(), self.order, self.answers),)

    @classmethod
    def page(cls, selection: Selection) -> None:
        """The controls stand above the picture."""
        answers = cls(selection).report()
        blocks.heading(answers)
        blocks.response(answers)
        if blocks.nothing_shown([row.figure.state for row in answers.rows]):
            return
        with st.container(horizontal=True, key="fordeling"):
            view = cls.chosen(selection, filter_bar.boxes())
        (figure,) = view.sections()
        if view.has_bars:
            st.markdown(literal(_about(answers)))
            for picture in figure.pictures:
                st.html(theme.legend(chart.answers(_on_scale(answers, *picture.choices))))
                page_figures.picture(picture)
            if bases := readings.bases(row.question for row in answers.rows):
                st.caption(literal(bases))
        else:
            st.markdown(_without_bars(answers))
            page_figures.pictures(figure)
        for row in answers.rows:
            if row.question.id == selection.question.key:
                paragraphs = [f"- {literal(paragraph)}" for paragraph in focus.paragraphs(answers, row)]
                st.markdown("\n".join([f"**{literal(row.question.text)}**", "", *paragraphs]))
        page_figures.under(figure)

    def wall(self) -> Wall:
        """The questions of one scale that stand out most."""
        answers, focused = self.report(), self.selection.question
        if not any(row.figure.share is not None or row.figure.bound for row in answers.rows):
            return empty(answers, [row.figure.state for row in answers.rows])
        every = in_order(answers.rows, self.order)
        rows = _standing_out(_of_one_scale(every, focused), focused)
        few = replace(answers, rows=tuple(rows))
        if few.has_counts:
            drawn = chart.stacked_answers(few.rows, focused.key)
            picture = {
                "html": theme.legend(chart.answers(few.rows)),
                "chart": vega.sent(drawn),
                "magnified": LARGER,
                "legend": table.legend(few),
            }
        else:
            picture = {"html": table.shares(few)}
        return Wall(
            answers.title,
            about=_about(answers),
            frame=_table_on_wall(few),
            left_out=left_out(len(rows), len(every), "spørgsmål", places.NAMES[self.place]),
            report=answers,
            **picture,
        )


def section(answers: FigureTable, order: Option = AS_ASKED, grouped: Option = EVERY_ANSWER) -> Section:
    """The answers in that order: a chart a scale, for different scales never share one."""
    table_of = partial(table.answers, in_order(answers.rows, order), answers.selection)
    pictures = _pictures(answers, order, grouped)
    return of_report(
        answers,
        Distribution.sheet,
        table_of,
        pictures,
        reading=_reading(answers),
        measure=table.measure(answers),
        legend=table.legend(answers),
        excel_chart=table.excel_chart,
    )


def _pictures(answers: FigureTable, order: Option, grouped: Option) -> Iterator[Picture]:
    """A click on a question chooses it. Of few answers there is a table instead."""
    if answers.has_counts:
        for scale in dict.fromkeys(row.scale.id for row in in_order(answers.rows, order)):
            clicks = vega.Clicks(f"fordeling {scale}", "row", controls.QUESTION)
            yield Picture(_bars, answers, (order, grouped, scale), clicks=clicks)
    elif any(row.figure.share is not None for row in answers.rows):
        yield Picture(table.shares, answers, is_html=True)


def _bars(answers: FigureTable, order: Option, grouped: Option, scale: str) -> alt.LayerChart:
    rows = _on_scale(answers, order, grouped, scale)
    return chart.stacked_answers(rows, answers.selection.question.key)


def _on_scale(answers: FigureTable, order: Option, grouped: Option, scale: str) -> list[QuestionRow]:
    rows = [row for row in in_order(answers.rows, order) if row.scale.id == scale]
    return [in_groups(row) for row in rows] if grouped == GROUPS else rows


def _without_bars(report: FigureTable) -> str:
    """Why there are shares alone."""
    if any(row.figure.withheld for row in report.rows):
        return f"{readings.WITHHELD}."
    least = persons_for_detail(report.origin.least_persons)
    return f"Få svar: kun andelene vises. Fordeling og vurdering siges fra {least} svar."


def in_order(rows: Sequence[QuestionRow], order: Option) -> list[QuestionRow]:
    """As the reader has chosen: the highest first, or as they were asked."""
    return list(rows) if order == AS_ASKED else by_share(rows)


def by_share(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """The highest first; few answers and hidden ones have no place among the others and stand last."""
    return sorted(rows, key=lambda row: (0, -row.figure.share) if row.figure.detailed else (1, 0))


def _about(report: FigureTable) -> str:
    said = f"Fed = andel {readings.share_label(report.rows)}."
    others = lower_first(everyone_else_of(report.selection).name)
    clear = any(verdict_on(row) in readings.CLEAR for row in report.rows)
    return f"{said} Klart over og klart under er i forhold til {others}." if clear else said


def _of_one_scale(rows: Sequence[QuestionRow], focused: Option) -> list[QuestionRow]:
    """Questions on different scales never share one chart: those of the one in focus, else of the first."""
    first = next((row for row in rows if row.question.id == focused.key), rows[0])
    return [row for row in rows if row.scale == first.scale]


def _standing_out(rows: Sequence[QuestionRow], focused: Option) -> list[QuestionRow]:
    """The one in focus and the clear ones, then the highest and the lowest."""
    shown = [row.figure.share for row in rows if row.figure.share is not None]
    middle = sum(shown) / len(shown) if shown else 0

    def is_first(row: QuestionRow) -> bool:
        return row.question.id == focused.key or verdict_on(row) in readings.CLEAR

    def distance(row: QuestionRow) -> float:
        share = row.figure.share
        if verdict_on(row) in readings.CLEAR:
            return abs(row.figure.judgement.difference)
        return -1 if share is None else abs(share - middle)

    return those_that_stand_out(rows, is_first, distance)


def _table_on_wall(answers: FigureTable) -> pd.DataFrame:
    """Without the answers one by one, for which a table on a wall has no room."""
    frame = table.answers(answers.rows, answers.selection)
    parts = {option.text for row in answers.rows for option in row.scale.best_first}
    return frame[[heading for heading in frame if heading not in parts | NOT_ON_WALL]]


def _reading(report: FigureTable) -> str:
    judged = dict.fromkeys(verdict_on(row) for row in report.rows)
    judgements = [row.figure.judgement for row in report.rows]
    parts = (
        READING if report.has_counts else "",
        readings.who_others_are(report.selection),
        *dict.fromkeys(f"«{one}»: {readings.VERDICTS[one]}" for one in judged if one),
        readings.EXPECTED if any(one and one.expected is not None for one in judgements) else "",
        readings.HIDDEN if any(row.figure.state is State.HIDDEN for row in report.rows) else "",
        readings.HIGH_IS_BAD if any(row.question.high_is_bad for row in report.rows) else "",
    )
    return "\n\n".join(part for part in parts if part)
