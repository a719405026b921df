"""A new initiative, empty or begun at a result."""

from collections import Counter
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from data_access.partnerships.lists.agreements import agreements
from data_access.partnerships.lists.focus import partnerships
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.options import Options, options
from indicators.partnership.criterion import Direction
from indicators.selection import ALL, Option, Selection
from views.foundation import controls, figures, filter_bar, places
from views.foundation.literal import literal
from views.foundation.session import query, today
from views.partnership.board import board_filter
from views.partnership.records import fields, records
from views.partnership.records.commands import OPENED
from views.partnership.records.records import Desk

FOR = "for"
ABOUT, NEW, NO_QUESTION = "om", Option("ny", "Ny indsats"), Option("intet", "Intet spørgsmål")


def draw(who: str, selection: Selection) -> None:
    """Which partnership and which question first, for the rest depends on them."""
    filter_bar.link("Tilbage til alle indsatser", "", "tilbage", **{OPENED: ALL})
    whose = _partnerships(selection)
    if not whose:
        st.info("Der er ingen partnerskaber endnu.")
        return
    questions = {question: theme for theme, question, _ in figures.choices(selection.survey.key).questions}
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsvalg ny"):
        partnership = filter_bar.select("Partnerskab", FOR, whose)
        question = filter_bar.select("Knyttet spørgsmål", ABOUT, (NO_QUESTION, *questions))
    given = query(options, int(partnership.key))
    linked = _linked(selection, question, questions[question], given) if question != NO_QUESTION else {}
    was = {"partnership_id": int(partnership.key), **_chosen(selection), **linked}
    if question != NO_QUESTION:
        st.caption(
            literal(f"Indsatsen knyttes til «{question.name}», og linket tilbage åbner samme visning.")
        )
    key = f"ny {partnership.key} {question.key} {selection.unit.key} {selection.education.key}"
    desk = Desk(INITIATIVE, who, given, partial(fields.draw, selection=selection))
    records.new(desk, was, key, OPENED)


def _partnerships(selection: Selection) -> list[Option]:
    """First those whose agreements run, and of them the one that already does most where the reader is."""
    here = board_filter.of_strip(selection)
    busy = Counter(one.partnership.id for one in figures.initiatives(today()) if here.matches(one))
    agreed = query(agreements, today())
    over = {one.partnership.id for one in agreed} - {
        one.partnership.id for one in agreed if one.period.covers(today())
    }
    found = sorted(query(partnerships), key=lambda one: (one.id in over, -busy[one.id]))
    return [Option(str(one.id), one.short_name or one.name) for one in found]


def _chosen(selection: Selection) -> dict:
    """The unit and the education."""
    return {
        "units": [selection.unit.key] if selection.unit.key != ALL else [],
        "educations": [selection.education.key] if selection.education.key != ALL else [],
    }


def _linked(selection: Selection, question: Option, theme: str, given: Options) -> dict:
    """The question, where it is meant to go, and the address of the view that it was seen in."""
    survey = selection.survey.key
    hoped_for = {(one.survey, one.id): one.hoped_for for one in given.questions}
    linked = {
        "survey": survey,
        "question": question.key,
        "unit_key": selection.unit.key,
        "education_id": selection.education.key,
        "institution_id": selection.institution.key,
        "direction": hoped_for.get((survey, question.key), Direction.UP),
        "view": view(selection, question.key, theme),
    }
    return {"questions": [linked]}


def view(selection: Selection, question: str, theme: str) -> str:
    """The address of the question's development in the selection, by keys that outlive a renaming."""
    keys = {
        controls.SURVEY: selection.survey.key,
        controls.YEAR: str(selection.year),
        controls.EDUCATION: selection.education.key,
        controls.UNIT: selection.unit.key,
        controls.COMPARISON: selection.compared_with.key,
        controls.THEME: theme,
        controls.QUESTION: question,
        controls.TAB: places.TREND,
    }
    return urlencode(keys)
