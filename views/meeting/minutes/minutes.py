"""The part Referat: what was said and decided, the files of it, and closing the meeting."""

from functools import partial

import streamlit as st

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Item, Meeting
from indicators.partnership.meeting import MeetingStatus
from indicators.selection import Selection
from views.documents.files.page_figures import PPTX, XLSX, download
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.meeting import markup
from views.meeting.agenda import new
from views.meeting.minutes import closing, document, figures_book, kept, writing
from views.partnership.records import commands

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTHING = "Intet er skrevet endnu."


def tab(_selection: Selection, one: Meeting) -> None:
    """The minutes as they stand, item by item, with what can be written under each."""
    agenda = query(meetings.agenda, today(), one.id)
    st.title(literal(f"Referat: {one.title}"), anchor=False)
    st.markdown(literal(markup.facts(one)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="knapper referat"):
        who = commands.writer()
        _files(one)
    if not agenda:
        st.info("Mødet har ingen punkter endnu. Tilføj dem under «Dagsorden».")
    for place, item in enumerate(agenda, start=1):
        with st.container(key=f"punkt-{item.id}"):
            _item(place, item, one, who)
    with st.container(key="skriv referat"):
        closing.draw(one, agenda, who)
        new.after(who, one)


def _files(one: Meeting) -> None:
    """Made when somebody asks for them."""
    name = document.file_name(one)
    minutes, figures = f"{name}.docx", f"{name.replace('referat', 'tal')}.xlsx"
    download("Hent referatudkast", partial(document.of, one), minutes, DOCX, ":material/description:")
    download("Hent mødets tal", partial(figures_book.of, one), figures, XLSX)
    shown = f"{name.replace('referat', 'praesentation')}.pptx"
    download("Hent PowerPoint", partial(_slides, one), shown, PPTX, ":material/slideshow:")


def _slides(one: Meeting) -> bytes:
    """The library is large, and few ask for it."""
    from views.meeting.stage import deck

    return deck.of(one)


def _item(place: int, item: Item, one: Meeting, who: str) -> None:
    st.html(markup.item(place, item, (), talking_points=False))
    if not (item.summary or item.points or item.decisions):
        st.caption(NOTHING)
    if item.summary or item.points:
        st.html(markup.said(item))
    if item.decisions:
        st.html(markup.decisions(item.decisions))
    kept.draw(item, one)
    if one.status is not MeetingStatus.CLOSED:
        with st.container(key=f"skriv {item.id}"):
            writing.draw(item, one, who)
