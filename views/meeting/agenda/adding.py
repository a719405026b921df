"""«Føj til møde»: the view that is shown, or the initiative or agreement, as an item of a meeting."""

from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qs

import streamlit as st
from sqlmodel import Session
from streamlit.delta_generator import DeltaGenerator

from data_access.partnerships.lists import agreements, meetings
from data_access.partnerships.records.kinds import AGREEMENT, INITIATIVE, ITEM
from data_access.partnerships.records.records import open_record
from data_access.texts import LINE
from indicators.partnership.meeting import MeetingStatus
from indicators.rights import Right
from indicators.selection import Option
from views.foundation import blocks, figures, filter_bar, places, problems
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.meeting.addresses import MEETING
from views.meeting.agenda.agenda import FIELDS, add
from views.meeting.agenda.choosing import called
from views.partnership import addresses
from views.partnership.records import commands, forms
from views.partnership.records.forms import Filling

TIMES, WHO = "føjet til", "hvem her"
TARGET, THE_VIEW = "moede_maal", Option("visning", "Denne visning")
TABS = {"aftaler": "Aftaler", "aarshjul": "Årshjul"}


class ShownPage(NamedTuple):
    """A page by its path, and its query string."""

    page: str
    view: str

    def asked(self, key: str) -> str:
        return next(iter(parse_qs(self.view).get(key, ())), "")


def begin() -> None:
    """Before the page: what the last page was called is forgotten."""
    filter_bar.let_go(blocks.HEADLINE)


@commands.needs(Right.HOLD_MEETINGS)
def offer(corner: DeltaGenerator, shown: ShownPage) -> None:
    """The way from a page to an agenda; what is in it is made when somebody opens it."""
    if shown.page not in places.BY_ADDRESS:
        return
    times = filter_bar.held(TIMES, int)
    popover = corner.popover(
        "Føj til møde", icon=":material/playlist_add:", key=f"føj til {times}", on_change="rerun"
    )
    if popover.open:
        with popover, st.container(key="foej-til-moede"):
            _offered(shown)


@commands.needs(Right.HOLD_MEETINGS)
def _offered(shown: ShownPage) -> None:
    still_open = [
        one
        for one in query(meetings.meetings)
        if one.status is not MeetingStatus.CLOSED and commands.may(Right.HOLD_MEETINGS, one.partnership.id)
    ]
    ahead = [one for one in still_open if one.held_on >= today()]
    if not ahead:
        st.markdown("Der er intet kommende møde.")
        filter_bar.link("Opret et møde", places.MEETING, "opret møde")
        return
    named = {Option(str(one.id), called(one)): one for one in reversed(ahead)}
    chosen = st.selectbox("Møde", named, format_func=lambda one: one.name, key="moede_til")
    if chosen is None:
        return
    begun = _begun(shown)
    key = f"nyt punkt {chosen.key} {'-'.join(map(str, begun.values()))}"
    with st.form(key, border=False):
        who = _writer()
        typed = forms.draw(Filling(ITEM, begun, None, key), FIELDS)
        values = {**begun, **typed, "meeting_id": named[chosen].id}
        if st.form_submit_button("Føj til møde", type="primary", on_click=_remember_writer):
            said = literal(f"Føjet til «{named[chosen].title}»")
            commands.run(said, who, partial(_added, filter_bar.held(TIMES, int)), values)
    filter_bar.link("Gå til mødet", places.MEETING, "til mødet", **{MEETING: chosen.key})


def _begun(shown: ShownPage) -> dict:
    """An item that shows what the reader has before them."""
    if shown.page == "indsatser":
        return _agreed_or_done(shown)
    title = filter_bar.held(blocks.HEADLINE, str) or places.NAMES[places.BY_ADDRESS[shown.page]]
    return {"title": title[:LINE], "page": shown.page, "view": shown.view}


def _agreed_or_done(shown: ShownPage) -> dict:
    """The initiative that is open, one of the agreements, or the list as it is chosen."""
    if shown.asked("del") == "aftaler":
        known = {Option(str(one.id), one.title): one for one in query(agreements.agreements, today())}
        chosen = st.selectbox(
            "Punktet viser", [THE_VIEW, *known], format_func=lambda one: one.name, key=TARGET
        )
        if chosen in known:
            return _pointing_at(AGREEMENT, known[chosen].id)
    opened = shown.asked(addresses.OPENED)
    if opened.isdecimal() and shown.asked("del") == "indsatser":
        return _pointing_at(INITIATIVE, int(opened))
    title = TABS.get(shown.asked("del"), places.NAMES[places.INITIATIVES])
    return {"title": title, "page": shown.page, "view": shown.view}


def _pointing_at(kind, record_id: int) -> dict:
    found = query(open_record, kind, record_id)
    return {"title": getattr(found.form, kind.title), f"{kind.name}_id": record_id}


def _writer() -> str:
    """On whose behalf; on this machine asked for where it has not been said elsewhere."""
    if figures.principal().account_id is not None:
        return figures.principal().name
    known = filter_bar.held(commands.WRITER, str)
    if known:
        return known
    typed = st.text_input(commands.ASKED_WHO, key=WHO, max_chars=80, placeholder="Fx Sekretariatet")
    return (typed or "").strip()


@problems.bounded
def _remember_writer() -> None:
    if typed := filter_bar.held(WHO, str):
        filter_bar.choose("", **{commands.WRITER: typed})


def _added(times: int, session: Session, who: str, values: dict) -> None:
    add(session, who, values)
    # A popover has no way to be closed from here; one of another name is a new one, and closed.
    filter_bar.let_go(TIMES)
    filter_bar.held(TIMES, lambda: times + 1)
