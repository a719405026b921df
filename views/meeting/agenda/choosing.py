"""Which meeting the page is about and which part of it is shown, both in the address; and a new meeting."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st
from sqlmodel import Session

from data_access.partnerships.lists import agreements, meetings
from data_access.partnerships.lists.meetings import Meeting
from data_access.partnerships.records import agendas
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import MEETING as KIND
from data_access.partnerships.records.records import filled
from indicators.danish import day
from indicators.rights import Right
from indicators.selection import Option, Selection
from views.foundation import filter_bar, page_parts
from views.foundation.controls import with_number
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.meeting import markup
from views.meeting.addresses import MEETING, PART
from views.partnership.records import commands, forms, records
from views.partnership.records.forms import Filling

FIELDS = ("title", "held_on", "starts_at", "ends_at", "place", "body_id", "host_id")
PARTNERSHIP = "moede_for"
Tab = Callable[[Selection, Meeting], None]
"""A part of the page takes the strip's selection and the meeting."""


def page(tabs: Mapping[Option, Tab]) -> None:
    """The meeting and the part that the reader chooses; without any meeting the way to the first one."""
    markup.style()
    commands.open_created()
    selection = filter_bar.chosen()
    found = query(meetings.meetings)
    if not found:
        st.title("Ingen møder endnu", anchor=False)
        if commands.may(Right.HOLD_MEETINGS):
            st.markdown("Opret det første møde her. Derefter kan I føje visninger til det fra alle sider.")
        new_meeting(commands.writer(Right.HOLD_MEETINGS))
        return
    in_order = sorted(found, key=_next_first)
    by_option = {Option(str(one.id), with_number(called(one), one.id)): one for one in in_order}
    with st.container(horizontal=True, vertical_alignment="bottom", key="moedevalg"):
        chosen = filter_bar.select("Møde", MEETING, list(by_option))
        part = filter_bar.pick("Mødets del", PART, list(tabs))
    tabs[part](selection, by_option[chosen])


def called(meeting: Meeting) -> str:
    """A title says mostly the day; where it does not, the day is added."""
    dated = (
        meeting.title if day(meeting.held_on) in meeting.title else f"{meeting.title}, {day(meeting.held_on)}"
    )
    return f"{meeting.partnership.name}: {dated}"


def _next_first(meeting: Meeting) -> tuple[bool, int]:
    """The next meeting foremost, then those that come, then the last ones."""
    away = (meeting.held_on - today()).days
    return away < 0, abs(away)


@commands.writes
def new_meeting(who: str) -> None:
    """A meeting of any partnership, without an agenda."""
    known = [
        Option(str(one.id), one.short_name or one.name)
        for one in query(agreements.partnerships)
        if commands.may(Right.HOLD_MEETINGS, one.id)
    ]
    if not known:
        st.info("Der er ingen partnerskaber endnu. Opret det første under Indsatser.")
        return
    partnership = filter_bar.select("Partnerskab", PARTNERSHIP, known)
    begun = {"partnership_id": int(partnership.key), "starts_at": "13.00", "ends_at": "15.00"}
    _form(who, begun, None, f"nyt møde {partnership.key}")


@commands.writes
def meeting_after(who: str, meeting: Meeting) -> None:
    """The meeting after this one, which starts from it."""
    page_parts.expander("Nyt møde ud fra dette", f"møde ud fra {meeting.id}", partial(_after, who, meeting))


def _after(who: str, meeting: Meeting) -> None:
    st.markdown(
        "Det nye møde får «Siden sidst» med det, der skal følges op, og de samme punkter som dette, "
        "uden det, der blev sagt og besluttet."
    )
    _form(who, query(agendas.begun_from, meeting.id), meeting.id, f"møde efter {meeting.id}")


def edit(who: str, meeting: Meeting) -> None:
    """When and where it is, its log, and deleting it."""
    boxes = partial(forms.draw, fields=FIELDS)
    records.edit(records.Desk(KIND, who, query(form_options, meeting.partnership.id), boxes), meeting.id)


@commands.writes
def _form(who: str, begun: dict, source: int | None, key: str) -> None:
    given = query(form_options, begun["partnership_id"])
    with st.form(key, border=False):
        typed = forms.draw(Filling(KIND, begun, given, key), FIELDS)
        if st.form_submit_button("Opret mødet", type="primary"):
            said = literal(f"«{typed['title']}» er oprettet")
            commands.create(said, who, MEETING, _create, {**begun, **typed}, source)


def _create(session: Session, who: str, typed: dict, source: int | None) -> int:
    if source is None:
        return records.create(session, who, KIND, typed)
    return agendas.next_meeting(session, who, source, filled(KIND, records.without_blanks(typed))).id
