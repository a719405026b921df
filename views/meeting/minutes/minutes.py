"""The part Referat: what was said and decided, what can be written, its files, and closing the meeting."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.records import agendas
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING, POINT, Kind
from data_access.partnerships.records.records import open_record
from indicators.partnership.meeting import MeetingStatus
from indicators.rights import Right
from indicators.selection import Selection
from views.documents.files.page_figures import DOCX, PPTX, XLSX, download
from views.foundation import filter_bar, frozen_figure, page_parts
from views.foundation.figures import query, today
from views.foundation.frozen_figure import Figure
from views.foundation.page_parts import literal
from views.meeting import items, markup
from views.meeting.agenda import choosing
from views.meeting.minutes import document, figures_book
from views.partnership.records import commands, forms, records
from views.partnership.records.forms import Filling
from views.partnership.records.records import Desk

NOTHING = "Intet er skrevet endnu."
UNCHANGED = "Tallene er de samme i dag."
CHANGED = "Tallene er ændret siden. I dag:"
NO_MORE = "Visningen viser ikke tal i dag."
LOCKS = (
    "Når mødet afsluttes, låses dagsorden, orienteringer og beslutninger, og tallene gemmes, som de er nu. "
    "En beslutning kan stadig følges op, og mødet kan genåbnes med en begrundelse."
)

FIELDS = {
    ITEM.name: ("summary",),
    POINT.name: ("text",),
    DECISION.name: ("text", "responsible_id", "responsible_role", "initiative_id", "decided_on", "due"),
}
DeskOf = Callable[[Kind], Desk]
"""What there is to choose among is asked for by the popover that is opened."""


def tab(_selection: Selection, meeting: Meeting) -> None:
    """The minutes as they stand, item by item, with what can be written under each."""
    agenda = query(meetings.agenda, today(), meeting.id)
    st.title(literal(f"Referat: {meeting.title}"), anchor=False)
    st.markdown(literal(markup.facts(meeting)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="knapper referat"):
        who = commands.writer(Right.HOLD_MEETINGS, partnership=meeting.partnership.id)
        _files(meeting)
    if not agenda:
        st.info("Mødet har ingen punkter endnu. Tilføj dem under «Dagsorden».")
    for place, item in enumerate(agenda, start=1):
        with st.container(key=f"punkt-{item.id}"):
            _item(place, item, meeting, who)
    with st.container(key="skriv referat"):
        _close(meeting, agenda, who)
        choosing.meeting_after(who, meeting)


def _files(meeting: Meeting) -> None:
    """Made when somebody asks for them."""
    day = meeting.held_on.isoformat()
    minutes, figures, slides = f"referat-{day}.docx", f"tal-{day}.xlsx", f"praesentation-{day}.pptx"
    download("Hent referatudkast", partial(document.minutes_document, meeting), minutes, DOCX)
    download("Hent mødets tal", partial(figures_book.figures_workbook, meeting), figures, XLSX)
    download("Hent PowerPoint", partial(_slides, meeting), slides, PPTX)


def _slides(one: Meeting) -> bytes:
    """The library is large, and few ask for it."""
    from views.meeting.stage import deck

    return deck.meeting_slides(one)


def _item(place: int, item: Item, meeting: Meeting, who: str) -> None:
    st.html(markup.item(place, item, (), talking_points=False))
    if not (item.summary or item.points or item.decisions):
        st.caption(NOTHING)
    if item.summary or item.points:
        st.html(markup.minutes_html(item))
    if item.decisions:
        st.html(markup.decisions(item.decisions))
    _kept(item, meeting)
    if meeting.status is not MeetingStatus.CLOSED:
        with st.container(key=f"skriv {item.id}"):
            _write(item, meeting, who)


def _kept(item: Item, meeting: Meeting) -> None:
    """Folded up, for minutes are read for their words."""
    for number, figure in enumerate(items.kept_figures(item), start=1):
        label = literal(f"Tal som vist: {figure['title']}")
        page_parts.expander(label, f"tal {item.id} {number}", partial(_both, figure, item, meeting))


def _both(then: Figure, item: Item, meeting: Meeting) -> None:
    _figure(then)
    now = items.current_figure(item)
    if now and frozen_figure.words(now) == frozen_figure.words(then):
        st.markdown(f"**{UNCHANGED}**")
    elif now:
        st.markdown(f"**{CHANGED}** {literal(str(now['title']))}")
        _figure(now)
    else:
        st.markdown(NO_MORE)
        return
    about = items.about(item, meeting)
    filter_bar.link(about.link, about.place, f"tal i dag {item.id}", **about.keys)


def _figure(figure: Figure) -> None:
    st.html(frozen_figure.table(figure))
    st.caption(literal(frozen_figure.source(figure)))


@commands.writes
def _write(item: Item, meeting: Meeting, who: str) -> None:
    """The summary, a new point or decision, and each that is there already."""
    desk_of = partial(_desk, meeting, who)

    def summary() -> None:
        desk = desk_of(ITEM)
        records.form(desk, records.opened(desk, item.id))

    with st.container(horizontal=True, gap="small"):
        if not page_parts.popover("Skriv referat", f"referat {item.id}", summary):
            commands.let_go_of(ITEM, item.id)
        under = {"agenda_item_id": item.id}
        position = len(item.points) + 1
        _new("Ny orientering", POINT, {**under, "position": position}, desk_of, position)
        _new("Ny beslutning", DECISION, {**under, **_begun(item, meeting)}, desk_of, len(item.decisions))
        for number, point in enumerate(item.points, start=1):
            _put_right(f"Ret orientering {number}", POINT, point.id, desk_of)
        for number, decision in enumerate(item.decisions, start=1):
            _put_right(f"Ret beslutning {number}", DECISION, decision.id, desk_of)


def _desk(meeting: Meeting, who: str, kind: Kind) -> Desk:
    boxes = partial(forms.draw, fields=FIELDS[kind.name])
    return Desk(kind, who, query(form_options, meeting.partnership.id), boxes)


def _begun(item: Item, meeting: Meeting) -> dict:
    """A decision is made on the day of the meeting, about the initiative that the item is about."""
    return {
        "partnership_id": meeting.partnership.id,
        "initiative_id": item.initiative.id if item.initiative else None,
        "decided_on": meeting.held_on,
    }


@commands.needs(Right.HOLD_MEETINGS)
def _new(label: str, kind: Kind, begun: dict, desk_of: DeskOf, number: int) -> None:
    """Its key counts those that are there, so that the next popover is closed and its form empty."""
    key = f"{label} {begun['agenda_item_id']} {number}"

    def form() -> None:
        desk = desk_of(kind)
        with st.form(key, border=False):
            typed = desk.boxes(Filling(kind, begun, desk.options, key))
            if st.form_submit_button("Gem", type="primary"):
                made = {**begun, **typed}
                commands.run(f"{desk.called} er gemt", desk.who, records.create, kind, made)

    page_parts.popover(label, f"{key} åben", form)


def _put_right(label: str, kind: Kind, record_id: int, desk_of: DeskOf) -> None:
    """The form, log and deleting of one record."""
    key = f"ret {kind.name} {record_id}"
    if not page_parts.popover(label, key, lambda: records.edit(desk_of(kind), record_id)):
        commands.let_go_of(kind, record_id)


@commands.writes
def _close(meeting: Meeting, agenda: Sequence[Item], who: str) -> None:
    """Whichever of the two there is to do."""
    if meeting.status is MeetingStatus.CLOSED:
        st.info("Mødet er afsluttet og låst.")
        with st.expander("Genåbn mødet"), st.form(f"genåbn {meeting.id} {meeting.version}", border=False):
            because = st.text_input("Hvorfor genåbnes mødet?", max_chars=4000)
            if st.form_submit_button("Genåbn mødet"):
                was = query(open_record, MEETING, meeting.id)
                commands.edit("Mødet er genåbnet", who, was, agendas.reopen, because)
        return
    with st.expander("Afslut mødet"):
        st.markdown(LOCKS)
        if st.button("Afslut mødet", type="primary", key=f"afslut {meeting.id} {meeting.version}"):
            was = query(open_record, MEETING, meeting.id)
            not_frozen_yet = {item.id: items.current_figure(item) for item in agenda if item.figure is None}
            figures = {number: figure for number, figure in not_frozen_yet.items() if figure}
            commands.edit("Mødet er afsluttet", who, was, agendas.close, figures)
