"""Which item is on the wall, what has been changed on the spot about how it is shown, and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

import streamlit as st

from data_access.partnerships.lists.meetings import Item
from indicators.selection import NO_QUESTION, Option
from views.foundation import controls, figures, filter_bar, problems
from views.foundation.controls import Control, KeptChoices
from views.foundation.page_parts import literal
from views.meeting.addresses import AGENDA, PART
from views.meeting.items import SavedView

NUMBER, HELD = "punkt", "på skærmen"


@dataclass
class Moment:
    """How this screen shows its item; another item begins as the agenda has it."""

    item_id: int
    table: bool = False
    notes: bool = False
    changed: dict[str, str] = field(default_factory=dict)
    """Filters by their keys that are not as agreed."""
    times: int = 0
    """How often the agreed view was called back, so that its boxes begin anew."""

    def view(self, agreed: str) -> str:
        """The query string on the wall."""
        if not self.changed:
            return agreed
        return urlencode({**parse_qs(agreed), **self.changed}, doseq=True)


def moment(item: Item) -> Moment:
    """That of the item; what was changed about the one before is forgotten."""
    if filter_bar.held(HELD, lambda: Moment(item.id)).item_id != item.id:
        filter_bar.let_go(HELD)
    return filter_bar.held(HELD, lambda: Moment(item.id))


def numbers(items: Sequence[Item]) -> list[Option]:
    """The items as the address and the row of numbers name them."""
    return [Option(str(at), str(at)) for at, _ in enumerate(items, start=1)]


def to(number: int, **more: str) -> Mapping[str, object]:
    """What a button does that turns to the item of that number."""
    return {"on_click": filter_bar.choose, "kwargs": {NUMBER: str(number), **more}}


def out() -> Mapping[str, object]:
    """What the button does that leads back to the agenda."""
    return {"on_click": filter_bar.choose, "kwargs": {PART: AGENDA}}


@problems.bounded
def switch(now: Moment, what: str) -> None:
    """A callback: the table instead of the chart, or the talking points."""
    setattr(now, what, not getattr(now, what))


@problems.bounded
def change(now: Moment, key: str, box: str) -> None:
    """A callback: the filter is as the box says."""
    now.changed[key] = filter_bar.held(box, lambda: None).key


@problems.bounded
def back_to_agreed(now: Moment) -> None:
    """A callback: as the agenda has it."""
    now.changed.clear()
    now.times += 1


AS_AGREED = (controls.SURVEY,)


def selection_line(seen: SavedView, now: Moment) -> None:
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
                on_click=back_to_agreed,
                args=(now,),
            )


def _boxes(saved: SavedView, now: Moment) -> None:
    """The boxes of the strip, and the question where there is one; the survey stays as agreed."""

    agreed = KeptChoices(urlencode(saved.keys, doseq=True))

    def choose(control: Control, options: Sequence[Option]) -> Option:
        chosen = agreed(control, options)
        if control.key in AS_AGREED or control.is_seldom_used:
            return chosen
        name = f"på skærmen {now.item_id} {control.key} {now.times}"
        return st.selectbox(
            control.label,
            options,
            index=options.index(chosen),
            format_func=control.label_of,
            key=name,
            filter_mode="fuzzy",
            on_change=change,
            args=(now, control.key, name),
        )

    chosen = controls.selection(choose, figures)
    if saved.view.has_question:
        controls.with_question(replace(chosen, theme=saved.selection.theme), choose, figures)
