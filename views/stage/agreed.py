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
    Named,
)
from views import figures, filters, labels, places
from views.literal import literal
from views.meeting.seen import Seen
from views.stage import turning
from views.stage.turning import Moment

UNITS = (filters.UNIT, filters.COMPARISON)


def line(seen: Seen, now: Moment) -> None:
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


def _boxes(seen: Seen, now: Moment) -> None:
    chosen, there = seen.selection, figures.choices(seen.selection.survey.key)
    box = partial(_box, now)
    years = [Named(str(one), str(one)) for one in there.years]
    box("År", filters.YEAR, years, Named(str(chosen.year), str(chosen.year)))
    box("Uddannelse", filters.EDUCATION, (ALL_EDUCATIONS, *there.educations), chosen.education)
    box("Enhed", filters.UNIT, there.units, chosen.unit)
    others = [one for one in there.units if one not in (chosen.unit, ALL_UNITS)]
    beside = (COMPARED_WITH_EVERYONE_ELSE, *others)
    box("Sammenlign med", filters.COMPARISON, beside, chosen.compared_with)
    if seen.place == places.RESULTS:
        questions = [
            question
            for theme, question, common in there.questions
            if chosen.theme.key in (ALL, theme) and (common or chosen.education.key != ALL)
        ]
        box("Spørgsmål", filters.QUESTION, questions, chosen.question)


def _box(now: Moment, label: str, key: str, options: Sequence[Named], chosen: Named) -> None:
    name = f"på skærmen {now.item_id} {key} {now.times}"
    st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=labels.with_kind if key in UNITS else labels.name,
        key=name,
        filter_mode="fuzzy",
        on_change=turning.change,
        args=(now, key, name),
    )
