"""Which meeting the page is about, and which part of it is shown; both are in the address."""

from collections.abc import Callable, Mapping

import streamlit as st

from data_access.partnerships import meetings
from data_access.partnerships.meetings import Meeting
from indicators.danish import day
from indicators.selection import Named, Selection
from views import filters
from views.labels import with_number
from views.meeting import markup, new
from views.meeting.new import MEETING
from views.partnership import doing
from views.partnership.asking import asked, today

PART = "moededel"
AGENDA, STAGE, MINUTES = "dagsorden", "skaerm", "referat"

Tab = Callable[[Selection, Meeting], None]
"""A part of the page takes the strip's selection and the meeting."""


def page(tabs: Mapping[Named, Tab]) -> None:
    """The meeting and the part that the reader chooses; without any meeting the way to the first one."""
    markup.style()
    doing.open_what_was_made()
    selection = filters.chosen()
    found = asked(meetings.meetings)
    if not found:
        new.first()
        return
    by_option = {_option(one): one for one in sorted(found, key=_next_first)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="moedevalg"):
        chosen = filters.select("Møde", MEETING, list(by_option))
        part = filters.pick("Mødets del", PART, list(tabs))
    tabs[part](selection, by_option[chosen])


def _option(one: Meeting) -> Named:
    """A title says mostly the day; where it does not, the day is added."""
    dated = one.title if day(one.held_on) in one.title else f"{one.title}, {day(one.held_on)}"
    return Named(str(one.id), with_number(f"{one.partnership.name}: {dated}", one.id))


def _next_first(one: Meeting) -> tuple[bool, int]:
    """The next meeting foremost, then those that come, then the last ones."""
    away = (one.held_on - today()).days
    return away < 0, abs(away)
