"""What can be written under an item of the minutes: each thing in its own popover."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import DECISION, ITEM, POINT, Kind
from views.foundation import page_parts
from views.foundation.figures import query
from views.partnership.records import commands, forms, records
from views.partnership.records.forms import Filling
from views.partnership.records.records import Desk

FIELDS = {
    ITEM.name: ("summary",),
    POINT.name: ("text",),
    DECISION.name: ("text", "responsible_id", "responsible_role", "initiative_id", "decided_on", "due"),
}
DeskOf = Callable[[Kind], Desk]
"""What there is to choose among is asked for by the popover that is opened."""


@commands.writes
def draw(item: Item, one: Meeting, who: str) -> None:
    """The summary, a new point or decision, and each that is there already."""
    desk_of = partial(_desk, one, who)
    with st.container(horizontal=True, gap="small"):
        _summary(item, desk_of)
        under = {"agenda_item_id": item.id}
        position = len(item.points) + 1
        _new("Ny orientering", POINT, {**under, "position": position}, desk_of, position)
        _new("Ny beslutning", DECISION, {**under, **_begun(item, one)}, desk_of, len(item.decisions))
        for number, point in enumerate(item.points, start=1):
            _put_right(f"Ret orientering {number}", POINT, point.id, desk_of)
        for number, decision in enumerate(item.decisions, start=1):
            _put_right(f"Ret beslutning {number}", DECISION, decision.id, desk_of)


def _desk(one: Meeting, who: str, kind: Kind) -> Desk:
    boxes = partial(forms.draw, fields=FIELDS[kind.name])
    return Desk(kind, who, query(form_options, one.partnership.id), boxes)


def _begun(item: Item, one: Meeting) -> dict:
    """A decision is made on the day of the meeting, about the initiative that the item is about."""
    return {
        "partnership_id": one.partnership.id,
        "initiative_id": item.initiative.id if item.initiative else None,
        "decided_on": one.held_on,
    }


def _summary(item: Item, desk_of: DeskOf) -> None:
    def form() -> None:
        desk = desk_of(ITEM)
        records.form(desk, records.opened(desk, item.id))

    if not page_parts.popover("Skriv referat", f"referat {item.id}", form):
        commands.let_go_of(ITEM, item.id)


@commands.writes
def _new(label: str, kind: Kind, begun: dict, desk_of: DeskOf, number: int) -> None:
    """Its key counts those that are there, so that the next popover is closed and its form empty."""
    key = f"{label} {begun['agenda_item_id']} {number}"

    def form() -> None:
        desk = desk_of(kind)
        with st.form(key, border=False):
            typed = desk.boxes(Filling(kind, begun, desk.options, key))
            if st.form_submit_button("Gem", type="primary"):
                said = f"{desk.called} er gemt"
                commands.run(said, desk.who, records.create, kind, {**begun, **typed})

    page_parts.popover(label, f"{key} åben", form)


def _put_right(label: str, kind: Kind, record_id: int, desk_of: DeskOf) -> None:
    """The form, log and deleting of one record."""

    def form() -> None:
        records.edit(desk_of(kind), record_id)

    if not page_parts.popover(label, f"ret {kind.name} {record_id}", form):
        commands.let_go_of(kind, record_id)
