"""Siden sidst: what earlier meetings decided and nobody has followed up, the overdue first."""

from collections.abc import Sequence

import streamlit as st

from data_access.partnerships.lists.meetings import Decision, Meeting, left_open
from views.foundation.figures import query, today
from views.meeting import markup
from views.partnership.board import initiative_actions
from views.partnership.records import commands

NOTHING = "Alt, der er besluttet på tidligere møder, er fulgt op."


def left(one: Meeting) -> tuple[Decision, ...]:
    """What was open when the meeting began."""
    return query(left_open, today(), one.partnership.id, one.held_on, one.id)


def draw(one: Meeting, who: str) -> None:
    """The decisions, and saying that one has been followed up."""
    found = left(one)
    if not found:
        st.markdown(NOTHING)
        return
    st.html(markup.decisions(found))
    _follow_up(one, found, who)


@commands.writes
def _follow_up(one: Meeting, found: Sequence[Decision], who: str) -> None:
    with st.container(key=f"skriv siden sidst {one.id}"):
        still_open = {number: each for number, each in enumerate(found) if each.is_open}
        chosen = st.selectbox(
            "Er en af dem fulgt op?",
            still_open,
            index=None,
            format_func=lambda number: found[number].text,
            placeholder="Vælg beslutning",
            key=f"fulgt op {one.id} {len(still_open)}",
        )
        if chosen is not None:
            initiative_actions.follow_up(found[chosen], who)
