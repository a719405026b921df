"""Which meeting the page is about, and which part of it is shown; both are in the address."""

from collections.abc import Callable, Mapping

import streamlit as st

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Meeting
from indicators.danish import day
from indicators.selection import Option, Selection
from views.foundation import filter_bar
from views.foundation.controls import with_number
from views.foundation.figures import query, today
from views.meeting import markup
from views.meeting.addresses import MEETING, PART
from views.meeting.agenda import new
from views.partnership.records import commands

Tab = Callable[[Selection, Meeting], None]
"""A part of the page takes the strip's selection and the meeting."""


def page(tabs: Mapping[Option, Tab]) -> None:
    """The meeting and the part that the reader chooses; without any meeting the way to the first one."""
    markup.style()
    commands.open_created()
    selection = filter_bar.chosen()
    found = query(meetings.meetings)
    if not found:
        new.first()
        return
    by_option = {_option(one): one for one in sorted(found, key=_next_first)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="moedevalg"):
        chosen = filter_bar.select("Møde", MEETING, list(by_option))
        part = filter_bar.pick("Mødets del", PART, list(tabs))
    tabs[part](selection, by_option[chosen])


def _option(one: Meeting) -> Option:
    """A title says mostly the day; where it does not, the day is added."""
    dated = one.title if day(one.held_on) in one.title else f"{one.title}, {day(one.held_on)}"
    return Option(str(one.id), with_number(f"{one.partnership.name}: {dated}", one.id))


def _next_first(one: Meeting) -> tuple[bool, int]:
    """The next meeting foremost, then those that come, then the last ones."""
    away = (one.held_on - today()).days
    return away < 0, abs(away)
