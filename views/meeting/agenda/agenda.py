"""The part Dagsorden: what the meeting is to talk about, in which order and for how long."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from sqlmodel import Session

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.records import agendas
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import ITEM, MEETING
from data_access.partnerships.records.records import filled, listed
from indicators.partnership.meeting import SINCE_LAST, MeetingStatus, minutes_between
from indicators.rights import Right
from indicators.selection import Selection
from views.foundation import filter_bar, page_parts
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.meeting import items, markup, since_last
from views.meeting.agenda import choosing
from views.meeting.stage import following
from views.partnership.records import commands, forms, records
from views.partnership.records.forms import Filling

FIELDS = ("title", "kind", "minutes_planned", "talking_points")
OWN = (*FIELDS, "initiative_id", "agreement_id")
"""What can be said of an item, and what one that shows no view can point at."""

EMPTY = (
    "Dagsordenen er tom. Tilføj punkter her, eller gå til en side, find den visning, I skal tale om, "
    "og vælg «Føj til møde» øverst til højre."
)
CLOSED = "Mødet er afsluttet, og dagsordenen er låst. Genåbn det under «Referat», hvis noget skal rettes."
PRINTING = "Udskriver dagsordenen med talepunkter. Ctrl + P gør det samme."


def tab(_selection: Selection, meeting: Meeting) -> None:
    """The agenda of the meeting, and around it what can be done with it."""
    agenda = query(meetings.agenda, today(), meeting.id)
    st.title(literal(meeting.title), anchor=False)
    st.markdown(literal(markup.facts(meeting)))
    planned = sum(item.minutes_planned or 0 for item in agenda)
    st.html(markup.plan(planned, minutes_between(meeting.starts_at, meeting.ends_at)))
    is_open = meeting.status is not MeetingStatus.CLOSED
    with st.container(horizontal=True, vertical_alignment="bottom", key="knapper dagsorden"):
        who = commands.writer(Right.HOLD_MEETINGS, partnership=meeting.partnership.id)
        st.button("Udskriv", key="udskriv", icon=":material/print:", help=PRINTING)
        if agenda:
            following.buttons(meeting, agenda)
    if not is_open:
        st.info(CLOSED)
    elif not agenda:
        st.info(EMPTY)
    for place, item in enumerate(agenda, start=1):
        with st.container(key=f"punkt-{item.id}"):
            _item((place, place == len(agenda)), item, meeting, who)
    with st.container(key="skriv dagsorden"):
        if is_open:
            _more(agenda, meeting, who)
        _meeting(meeting, who, is_open)


def _item(at: tuple[int, bool], item: Item, meeting: Meeting, who: str) -> None:
    """What it shows, the way there, and what can be done with it."""
    about = items.about(item, meeting)
    st.html(markup.item(at[0], item, items.lines(item, about)))
    for note in about.notes:
        st.caption(literal(note))
    if item.page == SINCE_LAST:
        since_last.draw(meeting, who)
    with st.container(horizontal=True, vertical_alignment="center", key=f"knapper {item.id}"):
        if about.link:
            filter_bar.link(about.link, about.place, f"vis {item.id}", **about.keys)
        if meeting.status is not MeetingStatus.CLOSED:
            _moves(*at, item, who)
            _edit(item, meeting, who)


@commands.writes
def _moves(place: int, is_last: bool, item: Item, who: str) -> None:
    up, down = ":material/arrow_upward:", ":material/arrow_downward:"
    ways = (("Flyt op", up, -1, place == 1), ("Flyt ned", down, +1, is_last))
    for label, icon, places, at_the_end in ways:
        if st.button(label, icon=icon, key=f"{label} {item.id}", type="tertiary", disabled=at_the_end):
            commands.run("Dagsordenen er ændret", who, agendas.move, item.id, places)


@commands.writes
def _edit(item: Item, meeting: Meeting, who: str) -> None:
    """Its form, its log and deleting it."""
    if not page_parts.popover("Ret", f"ret {item.id}", partial(_form, item, meeting, who)):
        commands.let_go_of(ITEM, item.id)


def _form(item: Item, meeting: Meeting, who: str) -> None:
    fields = FIELDS if items.is_view(item) or item.page == SINCE_LAST else OWN
    boxes = partial(forms.draw, fields=fields)
    records.edit(records.Desk(ITEM, who, query(form_options, meeting.partnership.id), boxes), item.id)


@commands.writes
def _more(agenda: Sequence[Item], meeting: Meeting, who: str) -> None:
    """New items: typed here, generated, or taken over from another meeting."""
    key = f"nyt punkt {meeting.id} {len(agenda)}"
    page_parts.expander(
        "Tilføj et punkt uden visning", f"{key} åben", partial(_typed, meeting, who, key), not agenda
    )
    if all(item.page != SINCE_LAST for item in agenda):
        with st.expander("Tilføj «Siden sidst»"):
            st.markdown("Punktet viser de beslutninger, som ingen har fulgt op endnu, de forsinkede først.")
            if st.button("Tilføj «Siden sidst»"):
                commands.run("«Siden sidst» er tilføjet", who, agendas.add_since_last, meeting.id)
    last = query(agendas.before, meeting.partnership.id, meeting.held_on, meeting.id)
    if last:
        with st.expander("Hent punkterne fra det forrige møde"):
            st.markdown(literal(f"Punkterne fra «{last.name}» lægges nederst, uden det, der blev besluttet."))
            if st.button("Hent punkterne"):
                commands.run("Punkterne er hentet", who, agendas.duplicate, last.id, meeting.id)
    records.deleted(records.Desk(ITEM, who), query(listed, ITEM, {"meeting_id": meeting.id}).deleted)


@commands.writes
def _typed(meeting: Meeting, who: str, key: str) -> None:
    with st.form(key, border=False):
        typed = forms.draw(Filling(ITEM, {}, query(form_options, meeting.partnership.id), key), OWN)
        if st.form_submit_button("Tilføj punktet"):
            commands.run("Punktet er tilføjet", who, add, {**typed, "meeting_id": meeting.id})


def add(session: Session, who: str, typed: dict) -> None:
    """A new item with what was typed, last on the agenda."""
    agendas.add_item(session, who, filled(ITEM, records.without_blanks(typed)))


@commands.writes
def _meeting(meeting: Meeting, who: str, is_open: bool) -> None:
    edit = partial(choosing.edit, who, meeting)
    if not (is_open and page_parts.expander("Ret mødet", f"ret møde {meeting.id}", edit)):
        commands.let_go_of(MEETING, meeting.id)
    choosing.meeting_after(who, meeting)
    page_parts.expander("Nyt, tomt møde", "nyt møde", partial(choosing.new_meeting, who))
    gone = query(listed, MEETING, {"partnership_id": meeting.partnership.id}).deleted
    records.deleted(records.Desk(MEETING, who), gone)
