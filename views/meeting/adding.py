"""«Føj til møde»: the view that is shown, or the initiative or agreement, as an item of a meeting."""

from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qs

import streamlit as st
from sqlmodel import Session
from streamlit.delta_generator import DeltaGenerator

from data_access.partnerships import agendas, agreements, meetings
from data_access.partnerships.kinds import AGREEMENT, INITIATIVE, ITEM
from data_access.partnerships.meetings import Meeting
from data_access.partnerships.records import filled, open_record
from data_access.partnerships.texts import LINE
from indicators.danish import day
from indicators.partnership.meeting import MeetingStatus
from indicators.selection import Named
from views import blocks, filters, places, problems
from views.literal import literal
from views.meeting import new
from views.meeting.agenda import FIELDS
from views.partnership import doing, forms, records
from views.partnership.asking import asked, today
from views.partnership.forms import Filling

TIMES, WHO = "føjet til", "hvem her"
TARGET, THE_VIEW = "moede_maal", Named("visning", "Denne visning")
TABS = {"aftaler": "Aftaler", "aarshjul": "Årshjul"}
NONE = "Der er intet kommende møde."


class View(NamedTuple):
    """A page by its path, and its query string."""

    page: str
    view: str

    def asked(self, key: str) -> str:
        return next(iter(parse_qs(self.view).get(key, ())), "")


def begin() -> None:
    """Before the page: what the last page was called is forgotten."""
    filters.let_go(blocks.HEADLINE)


@doing.writes
def offer(corner: DeltaGenerator, shown: View) -> None:
    """The way from a page to an agenda; what is in it is made when somebody opens it."""
    if shown.page not in places.BY_ADDRESS:
        return
    times = filters.held(TIMES, int)
    popover = corner.popover(
        "Føj til møde", icon=":material/playlist_add:", key=f"føj til {times}", on_change="rerun"
    )
    if popover.open:
        with popover, st.container(key="foej-til-moede"):
            _offered(shown)


@doing.writes
def _offered(shown: View) -> None:
    ahead = [one for one in asked(meetings.meetings) if _is_ahead(one)]
    if not ahead:
        st.markdown(NONE)
        filters.link("Opret et møde", places.MEETING, "opret møde")
        return
    named = {Named(str(one.id), _called(one)): one for one in reversed(ahead)}
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
            doing.done(said, who, partial(_added, filters.held(TIMES, int)), values)
    filters.link("Gå til mødet", places.MEETING, "til mødet", **{new.MEETING: chosen.key})


def _is_ahead(one: Meeting) -> bool:
    return one.held_on >= today() and one.status is not MeetingStatus.CLOSED


def _called(one: Meeting) -> str:
    dated = one.title if day(one.held_on) in one.title else f"{one.title}, {day(one.held_on)}"
    return f"{one.partnership.name}: {dated}"


def _begun(shown: View) -> dict:
    """An item that shows what the reader has before them."""
    if shown.page == "indsatser":
        return _agreed_or_done(shown)
    title = filters.held(blocks.HEADLINE, str) or places.NAMES[places.BY_ADDRESS[shown.page]]
    return {"title": title[:LINE], "page": shown.page, "view": shown.view}


def _agreed_or_done(shown: View) -> dict:
    """The initiative that is open, one of the agreements, or the list as it is chosen."""
    if shown.asked("del") == "aftaler":
        known = {Named(str(one.id), one.title): one for one in asked(agreements.agreements, today())}
        chosen = st.selectbox(
            "Punktet viser", [THE_VIEW, *known], format_func=lambda one: one.name, key=TARGET
        )
        if chosen in known:
            return _pointing_at(AGREEMENT, known[chosen].id)
    opened = shown.asked(doing.OPENED)
    if opened.isdecimal() and shown.asked("del") == "indsatser":
        return _pointing_at(INITIATIVE, int(opened))
    title = TABS.get(shown.asked("del"), places.NAMES[places.INITIATIVES])
    return {"title": title, "page": shown.page, "view": shown.view}


def _pointing_at(kind, record_id: int) -> dict:
    found = asked(open_record, kind, record_id)
    return {"title": getattr(found.form, kind.title), f"{kind.name}_id": record_id}


def _writer() -> str:
    """On whose behalf; asked for where it has not been said elsewhere."""
    known = filters.held(doing.WRITER, str)
    if known:
        return known
    typed = st.text_input(doing.ASKED_WHO, key=WHO, max_chars=80, placeholder="Fx Sekretariatet")
    return (typed or "").strip()


@problems.bounded
def _remember_writer() -> None:
    if typed := filters.held(WHO, str):
        filters.choose("", **{doing.WRITER: typed})


def _added(times: int, session: Session, who: str, values: dict) -> None:
    agendas.add_item(session, who, filled(ITEM, records.said(values)))
    # A popover has no way to be closed from here; one of another name is a new one, and closed.
    filters.let_go(TIMES)
    filters.held(TIMES, lambda: times + 1)
