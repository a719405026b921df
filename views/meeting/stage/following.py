"""Two screens: whoever presents says what is on the wall, and the others follow without doing anything."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from data_access.dashboard import store
from data_access.partnerships.lists import showing
from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.lists.showing import Showing
from indicators.rights import Right
from indicators.selection import Option
from views.foundation import filter_bar, visitor
from views.foundation.figures import query
from views.meeting.addresses import MEETING, PART, STAGE
from views.meeting.stage.turning import NUMBER
from views.partnership.records import commands

ROLE = "rolle"
FOLLOWS = Option("foelg", "Følg")
PRESENTS = Option("vis", "Vis")
BROWSES = Option("selv", "Se selv")
ROLES = (FOLLOWS, PRESENTS, BROWSES)
"""The first one is for those who come by a link that says nothing of it."""


def buttons(meeting: Meeting, items: Sequence[Item]) -> None:
    """From the agenda to the stage, to present or to follow; a meeting that was left goes on where it was."""
    now = query(showing.showing, meeting.id)
    ids = [item.id for item in items]
    first = ids.index(now.item_id) + 1 if now and is_on(now) and now.item_id in ids else 1
    _lead("Start visning", PRESENTS, meeting, first, type="primary", icon=":material/slideshow:")
    _lead("Følg mødet", FOLLOWS, meeting, first, icon=":material/cast_connected:")


def _lead(label: str, role: Option, meeting: Meeting, number: int, **look: str) -> None:
    to = {MEETING: str(meeting.id), PART: STAGE, ROLE: role.key, NUMBER: str(number)}
    st.button(label, key=f"skærm {role.key}", on_click=filter_bar.choose, kwargs=to, **look)


def is_on(now: Showing) -> bool:
    """Whether somebody has shown something a short while ago."""
    return datetime.now(UTC) - now.item_since < showing.SAME_MEETING


def role() -> Option:
    """What this screen does; in the address, so that it does the same after a crash."""
    return filter_bar.pick("Skærmens rolle", ROLE, ROLES)


def number_of(now: Showing | None, items: Sequence[Item]) -> int | None:
    """Which item the others show; None where nobody shows any of these."""
    ids = [item.id for item in items]
    return ids.index(now.item_id) + 1 if now and now.item_id in ids else None


@commands.needs(Right.HOLD_MEETINGS)
def tell(meeting: Meeting, item: Item, view: str, was: Showing | None) -> None:
    """Puts on the others' screens what is on this one."""
    if was and is_on(was) and (was.item_id, was.view) == (item.id, view):
        return
    with store.writing(visitor.credential()) as session:
        showing.show(session, meeting.id, item.id, view, datetime.now(UTC))


def keep_up(now: Showing | None, shown: Showing | None) -> None:
    """Shows the page anew when something else is on the wall than it did."""
    if _on_the_wall(now) != _on_the_wall(shown):
        st.rerun()


def _on_the_wall(one: Showing | None) -> tuple[int, str] | None:
    return one and (one.item_id, one.view)
