"""The part "Ret" of a card: the initiative itself, and what belongs to it."""

from dataclasses import replace
from functools import partial

import streamlit as st

from data_access.partnerships.lists.cards import InitiativeCard
from data_access.partnerships.records.kinds import DECISION, EFFECT, INITIATIVE, MILESTONE, UPDATE
from data_access.partnerships.records.options import Options, options
from indicators.selection import Option, Selection
from views.foundation.session import query, today
from views.partnership.agreements import effects
from views.partnership.board import steps
from views.partnership.records import fields, forms, maintaining, records
from views.partnership.records.maintaining import EditableKind, First
from views.partnership.records.records import Desk

ITSELF = Option(INITIATIVE.name, "Indsatsen")
DECISION_FIELDS = ("text", "responsible_id", "responsible_role", "decided_on", "due", "done_on", "outcome")


def draw(found: InitiativeCard, who: str, selection: Selection) -> None:
    """The forms of the initiative, its milestones, status updates, decisions and effects."""
    given = query(options, found.initiative.partnership.id)
    desk = Desk(INITIATIVE, who, given, partial(fields.draw, selection=selection))
    first = First(ITSELF, partial(_itself, desk, found))
    maintaining.draw(_parts(found, who), _own_parties_first(given, found), who, first)


def _itself(desk: Desk, found: InitiativeCard) -> None:
    """Everything that can be changed, from the version that was opened."""
    was = records.opened(desk, found.initiative.id)
    with st.expander("Hele indsatsen", expanded=True):
        records.form(desk, was)
    with st.expander("Sæt status manuelt"):
        steps.status(was, desk.who)
    with st.expander("Milepæle"):
        steps.milestones(found, desk.who)
    with st.expander("Afslut eller genåbn"):
        steps.closing(was, desk.who)
    with st.expander("Læg sammen med en anden"):
        steps.merging(was, desk.who, desk.given.initiatives)
    records.deleting(desk, was, "Er arbejdet færdigt, så afslut indsatsen i stedet for at slette den.")


def _parts(found: InitiativeCard, who: str) -> list[EditableKind]:
    own = {"initiative_id": found.initiative.id}
    both = {"partnership_id": found.initiative.partnership.id, **own}
    return [
        EditableKind(MILESTONE, "Milepæle", "Ny milepæl", own),
        EditableKind(
            UPDATE,
            "Statusopdateringer",
            "Ny statusopdatering",
            own,
            boxes=partial(forms.draw, fields=("written_on", "text")),
            begin=lambda: {"written_on": today(), "by": who},
        ),
        EditableKind(
            DECISION,
            "Beslutninger",
            "Ny beslutning",
            both,
            boxes=partial(forms.draw, fields=DECISION_FIELDS),
            begin=lambda: {"decided_on": today()},
        ),
        EditableKind(
            EFFECT,
            effects.TITLE,
            "Ny effekt eller nyt eksempel",
            both,
            boxes=partial(forms.draw, fields=("kind", "title", "text", "party_id", "year")),
        ),
    ]


def _own_parties_first(given: Options, found: InitiativeCard) -> Options:
    return replace(given, parties=steps.parties(found, given))
