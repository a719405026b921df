"""Choosing a record of one of several kinds, making a new one, and bringing deleted ones back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from data_access.partnerships.records.form_options import FormOptions
from data_access.partnerships.records.kinds import Kind
from data_access.partnerships.records.records import listed
from indicators.selection import Option
from views.foundation import filter_bar
from views.foundation.controls import with_number
from views.foundation.figures import query
from views.partnership.records import commands, forms, records
from views.partnership.records.forms import Filling
from views.partnership.records.records import Desk

WHAT = "hvad"
NEW = "ny"
HERE = "rettes"


@dataclass(frozen=True)
class EditableKind:
    """One kind of record as it is edited somewhere: the words for it, what it belongs to, its boxes.

    `begin` draws what a new one begins with; `above` draws what is to be seen over the form of one, and
    gives what somebody has chosen there that is to be another than it is.
    """

    kind: Kind
    several: str
    new: str
    belongs: Mapping[str, int]
    boxes: Callable[[Filling], dict] = forms.draw
    begin: Callable[[], Mapping] = field(default=dict)
    above: Callable[[int], Mapping] = field(default=lambda _id: {})

    @property
    def named(self) -> Option:
        """As an option of the box."""
        return Option(self.kind.name, self.several)

    @property
    def box(self) -> str:
        """The name of the box that chooses one of them."""
        return box_of(self.kind)


def box_of(kind: Kind) -> str:
    """The name in the address of the box that chooses a record of the kind."""
    return f"post-{kind.name}"


def leads_to(kind: Kind, record: int | None = None) -> dict[str, str]:
    """The filters of the form of a record, or of a new one."""
    return {WHAT: kind.name, box_of(kind): NEW if record is None else str(record)}


class First(NamedTuple):
    """What all of it belongs to, which is edited here too and is one: no box chooses it."""

    named: Option
    draw: Callable[[], None]


def draw(parts: Sequence[EditableKind], choices: FormOptions, who: str, first: First | None = None) -> None:
    """The boxes, and the form of the record that they choose."""
    own = {first.named: None} if first else {}
    options = own | {part.named: part for part in parts}
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsvalg poster"):
        part = parts[0]
        if len(options) > 1:
            part = options[filter_bar.select("Det, der rettes", WHAT, list(options), says_what_is_gone=False)]
        chosen = _choose(part) if part else None
    # What somebody goes to is opened as it is now, unless it was open already.
    here = part.kind.name if part else "", chosen, *parts[0].belongs.items()
    if filter_bar.held(HERE, lambda: here) != here:
        commands.let_go_of_everything()
        filter_bar.let_go(HERE)
        filter_bar.held(HERE, lambda: here)
    if part is None:
        first.draw()
    else:
        _form(part, chosen, Desk(part.kind, who, choices, part.boxes))


def _form(part: EditableKind, chosen: int | None, desk: Desk) -> None:
    if chosen is None:
        begun = {**part.belongs, **part.begin()}
        records.new(desk, begun, f"{part.new} {sorted(begun.items(), key=str)}", part.box)
    else:
        records.edit(desk, chosen, part.above(chosen))
    records.deleted(desk, query(listed, part.kind, part.belongs).deleted)


def _choose(part: EditableKind) -> int | None:
    """The number of a record; none for a new one."""
    there = query(listed, part.kind, part.belongs).there
    options = [Option(NEW, part.new), *(Option(str(ref.id), with_number(ref.name, ref.id)) for ref in there)]
    chosen = filter_bar.select("Vælg", part.box, options, says_what_is_gone=False)
    return None if chosen.key == NEW else int(chosen.key)
