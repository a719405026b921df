"""The filters of what is on the wall: one line of text, which opens, and the way back to what was agreed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from indicators.selection import (
    ALL,
    ALL_EDUCATIONS,
    ALL_UNITS,
    COMPARED_WITH_EVERYONE_ELSE,
    NO_QUESTION,
    Option,
)
from views.foundation import figures, filter_bar, places, vocabulary
from views.foundation.literal import literal
from views.meeting.saved_view import SavedView
from views.meeting.stage import turning
from views.meeting.stage.turning import Moment

UNITS = (filter_bar.UNIT, filter_bar.COMPARISON)


def line(seen: SavedView, now: Moment) -> None:
    """The selection in words; a click opens the boxes."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="aftalt"):
        said = replace(seen.selection, question=NO_QUESTION).describe()  # the sentence names the question
        opened = st.popover(literal(said), type="tertiary", key="filtre på skærmen", on_change="rerun")
        if opened.open:
            with opened:
                _boxes(seen, now)
        if now.changed:
            st.button(
                "Tilbage til det aftalte",
                key="tilbage-til-aftalt",
                icon=":material/undo:",
                on_click=turning.back_to_agreed,
                args=(now,),
            )


def _boxes(seen: SavedView, now: Moment) -> None:
    chosen, there = seen.selection, figures.choices(seen.selection.survey.key)
    box = partial(_box, now)
    years = [Option(str(one), str(one)) for one in there.years]
    box("År", filter_bar.YEAR, years, Option(str(chosen.year), str(chosen.year)))
    box("Uddannelse", filter_bar.EDUCATION, (ALL_EDUCATIONS, *there.educations), chosen.education)
    box("Enhed", filter_bar.UNIT, there.units, chosen.unit)
    others = [one for one in there.units if one not in (chosen.unit, ALL_UNITS)]
    beside = (COMPARED_WITH_EVERYONE_ELSE, *others)
    box("Sammenlign med", filter_bar.COMPARISON, beside, chosen.compared_with)
    if seen.place == places.RESULTS:
        questions = [
            question
            for theme, question, common in there.questions
            if chosen.theme.key in (ALL, theme) and (common or chosen.education.key != ALL)
        ]
        box("Spørgsmål", filter_bar.QUESTION, questions, chosen.question)


def _box(now: Moment, label: str, key: str, options: Sequence[Option], chosen: Option) -> None:
    name = f"på skærmen {now.item_id} {key} {now.times}"
    st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=vocabulary.with_kind if key in UNITS else vocabulary.name,
        key=name,
        filter_mode="fuzzy",
        on_change=turning.change,
        args=(now, key, name),
    )
