"""The part Referat: what was said and decided, the files of it, and closing the meeting."""

from functools import partial

import streamlit as st

from data_access.partnerships import meetings
from data_access.partnerships.kinds import DECISION, ITEM, POINT
from data_access.partnerships.meetings import Item, Meeting
from data_access.partnerships.options import options
from indicators.partnership.meeting import MeetingStatus
from indicators.selection import Selection
from views.blocks import XLSX
from views.literal import literal
from views.meeting import closing, document, figures_book, markup, new
from views.partnership import doing, forms, records
from views.partnership.asking import asked, today
from views.partnership.forms import Filling

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DECIDED = ("text", "responsible_id", "responsible_role", "initiative_id", "decided_on", "due")
NOTHING = "Intet er skrevet endnu."


def tab(_selection: Selection, one: Meeting) -> None:
    """The minutes as they stand, item by item, with what can be written under each."""
    agenda = asked(meetings.agenda, today(), one.id)
    st.title(literal(f"Referat: {one.title}"), anchor=False)
    st.markdown(literal(markup.facts(one)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="knapper referat"):
        who = doing.writer()
        _files(one)
    if not agenda:
        st.info("Mødet har ingen punkter endnu. Tilføj dem under «Dagsorden».")
    for place, item in enumerate(agenda, start=1):
        with st.container(key=f"punkt-{item.id}"):
            _item(place, item, one, who)
    with st.container(key="skriv referat"):
        closing.draw(one, agenda, who)
        with st.expander("Nyt møde ud fra dette"):
            new.after(who, one)


def _files(one: Meeting) -> None:
    """Made when somebody asks for them."""
    name = document.file_name(one)
    st.download_button(
        "Hent referatudkast",
        partial(document.of, one),
        file_name=f"{name}.docx",
        mime=DOCX,
        on_click="ignore",
        icon=":material/description:",
        key="hent referat",
    )
    st.download_button(
        "Hent mødets tal",
        partial(figures_book.of, one),
        file_name=f"{name.replace('referat', 'tal')}.xlsx",
        mime=XLSX,
        on_click="ignore",
        icon=":material/download:",
        key="hent tal",
    )


def _item(place: int, item: Item, one: Meeting, who: str) -> None:
    st.html(markup.item(place, item, (), talking_points=False))
    if not (item.summary or item.points or item.decisions):
        st.caption(NOTHING)
    if item.summary or item.points:
        st.html(markup.said(item))
    if item.decisions:
        st.html(markup.decisions(item.decisions))
    if one.status is not MeetingStatus.CLOSED:
        with st.container(key=f"skriv {item.id}"):
            _write(item, one, who)


def _write(item: Item, one: Meeting, who: str) -> None:
    """A popover a kind of thing, drawn when it is opened."""
    given = asked(options, one.partnership.id)
    with st.container(horizontal=True, gap="small"):
        if summary := _unfolded("Skriv referat", f"referat {item.id}"):
            with summary:
                desk = records.Desk(ITEM, who, given, partial(forms.draw, fields=("summary",)))
                records.form(desk, records.opened(desk, item.id))
        else:
            doing.let_go_of(ITEM, item.id)
        if point := _unfolded("Ny orientering", f"orientering {item.id} {len(item.points)}"):
            begun = {"agenda_item_id": item.id, "position": len(item.points) + 1}
            with point:
                _new(records.Desk(POINT, who, given), begun, f"ny orientering {item.id}")
        if decision := _unfolded("Ny beslutning", f"beslutning {item.id} {len(item.decisions)}"):
            begun = {
                "partnership_id": one.partnership.id,
                "agenda_item_id": item.id,
                "initiative_id": item.initiative.id if item.initiative else None,
                "decided_on": one.held_on,
            }
            with decision:
                boxes = partial(forms.draw, fields=DECIDED)
                _new(records.Desk(DECISION, who, given, boxes), begun, f"ny beslutning {item.id}")
        for number, each in enumerate(item.points, start=1):
            _put_right(records.Desk(POINT, who, given), each.id, f"Ret orientering {number}")
        for number, each in enumerate(item.decisions, start=1):
            boxes = partial(forms.draw, fields=DECIDED)
            _put_right(records.Desk(DECISION, who, given, boxes), each.id, f"Ret beslutning {number}")


def _unfolded(label: str, key: str):
    """A popover while it is open."""
    popover = st.popover(label, key=key, on_change="rerun", type="tertiary")
    return popover if popover.open else None


def _new(desk: records.Desk, begun: dict, key: str) -> None:
    with st.form(key, border=False):
        typed = desk.boxes(Filling(desk.kind, begun, desk.given, key))
        if st.form_submit_button("Gem", type="primary"):
            said = f"{desk.called} er gemt"
            doing.done(said, desk.who, records.create, desk.kind, {**begun, **typed})


def _put_right(desk: records.Desk, record_id: int, label: str) -> None:
    """The form, log and deleting of one record."""
    if unfolded := _unfolded(label, f"{label} {desk.kind.name} {record_id}"):
        with unfolded:
            records.edit(desk, record_id)
    else:
        doing.let_go_of(desk.kind, record_id)
