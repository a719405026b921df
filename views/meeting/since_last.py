"""Siden sidst: what earlier meetings decided and nobody has followed up, the overdue first."""

from collections.abc import Sequence

import streamlit as st

from data_access.partnerships.lists.meetings import Decision, Meeting, left_open
from views.foundation.figures import query, today
from views.meeting import markup
from views.partnership.board import initiative_actions
from views.partnership.records import commands

NOTHING = "Alt, der er besluttet på tidligere møder, er fulgt op."


def open_decisions(meeting: Meeting) -> tuple[Decision, ...]:
    """What was open when the meeting began."""
    return query(left_open, today(), meeting.partnership.id, meeting.held_on, meeting.id)


def draw(meeting: Meeting, who: str) -> None:
    """The decisions, and saying that one has been followed up."""
    decisions = open_decisions(meeting)
    if not decisions:
        st.markdown(NOTHING)
        return
    st.html(markup.decisions(decisions))
    _follow_up(meeting, decisions, who)


@commands.writes
def _follow_up(meeting: Meeting, found: Sequence[Decision], who: str) -> None:
    with st.container(key=f"skriv siden sidst {meeting.id}"):
        still_open = {number: each for number, each in enumerate(found) if each.is_open}
        chosen = st.selectbox(
            "Er en af dem fulgt op?",
            still_open,
            index=None,
            format_func=lambda number: found[number].text,
            placeholder="Vælg beslutning",
            key=f"fulgt op {meeting.id} {len(still_open)}",
        )
        if chosen is not None:
            initiative_actions.follow_up(found[chosen], commands.follower_up(who, found[chosen].id))
