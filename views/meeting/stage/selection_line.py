"""The filters of what is on the wall: one line of text, which opens, and the way back to what was agreed."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from indicators.selection import NO_QUESTION, Option
from views.foundation import controls, figures
from views.foundation.controls import Control, KeptChoices
from views.foundation.page_parts import literal
from views.meeting.saved_view import SavedView
from views.meeting.stage import turning
from views.meeting.stage.turning import Moment

AS_AGREED = (controls.SURVEY, controls.INSTITUTION)


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


def _boxes(saved: SavedView, now: Moment) -> None:
    """The boxes of the strip, and the question where there is one; the survey stays as agreed."""

    def choose(control: Control, options: Sequence[Option]) -> Option:
        return _box(now, control, options, KeptChoices(urlencode(saved.keys, doseq=True)))

    chosen = controls.selection(choose, figures)
    if saved.view.has_question:
        controls.with_question(replace(chosen, theme=saved.selection.theme), choose, figures)


def _box(now: Moment, control: Control, options: Sequence[Option], agreed: KeptChoices) -> Option:
    chosen = agreed(control, options)
    if control.key in AS_AGREED:
        return chosen
    name = f"på skærmen {now.item_id} {control.key} {now.times}"
    return st.selectbox(
        control.label,
        options,
        index=options.index(chosen),
        format_func=control.label_of,
        key=name,
        filter_mode="fuzzy",
        on_change=turning.change,
        args=(now, control.key, name),
    )
