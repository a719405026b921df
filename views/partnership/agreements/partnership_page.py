"""Everything about one partnership as it is read, each thing with its quiet way to be put right."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from data_access.partnerships.lists import agreements, initiatives, measurements, meetings
from data_access.partnerships.lists.agreements import Agreement, Body, FocusArea, FocusPoint, Partnership
from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    BODY,
    CRITERION,
    EFFECT,
    FOCUS_AREA,
    FOCUS_POINT,
    Kind,
)
from indicators.danish import day, listed
from indicators.rights import Right
from views.foundation import filter_bar, tables
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.agreements import criterion
from views.partnership.records import commands, editor

EMPTY = ("", markup.free(""))


def draw(partnership: Partnership, agreed: list[Agreement], is_alone: bool) -> None:
    """What the parties are together about, what they have agreed, and where they meet."""
    if partnership.is_sample:
        st.badge("Eksempeldata", color="orange")
    if partnership.purpose:
        st.html(markup.free(partnership.purpose))
    _leads_on(partnership, is_alone)
    for agreement in agreed:
        _agreement(agreement, is_alone)
    _areas(query(agreements.focus_areas, partnership.id), is_alone)
    _points(query(agreements.focus_points, partnership.id), is_alone)
    _criteria(query(measurements.criteria, today(), partnership.id), is_alone)
    if effects := query(initiatives.effects, partnership.id):
        _heading(markup.EFFECTS_TITLE, EFFECT, _first(effects, is_alone))
        markup.draw_effects(effects)
    _bodies(query(agreements.bodies, partnership.id), is_alone)
    _meetings(partnership.id)
    if partnership.source:
        st.caption(literal(f"Kilde: {partnership.source}"))


def _leads_on(partnership: Partnership, is_alone: bool) -> None:
    """To its forms, and from what was agreed to what is done about it."""
    if not is_alone and commands.may(Right.KEEP_AGREEMENTS, partnership.id):
        keys = {addresses.PARTNERSHIP: str(partnership.id), addresses.PART: addresses.EDIT}
        filter_bar.link("Ret", "", f"ret partnerskab {partnership.id}", **keys)
    if is_alone and commands.may(Right.START_INITIATIVES, partnership.id):
        _to_new_initiative(partnership)


def _to_new_initiative(partnership: Partnership) -> None:
    keys = {
        addresses.OPENED: addresses.NEW.key,
        addresses.TAB: addresses.BOARD,
        addresses.FOR: str(partnership.id),
        addresses.ABOUT: addresses.NO_QUESTION.key,
    }
    filter_bar.link("Opret indsats i partnerskabet", "", f"opret i {partnership.id}", **keys)


def _heading(text: str, kind: Kind, record_id: int | None) -> None:
    """A heading; with a record, the way to its form."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(literal(text), anchor=False, width="content")
        if record_id is not None and commands.may(Right.KEEP_AGREEMENTS):
            keys = {addresses.PART: addresses.EDIT, **editor.leads_to(kind, record_id)}
            filter_bar.link("Ret", "", f"ret {kind.name} {record_id}", **keys)


def _first(several: tuple, is_alone: bool) -> int | None:
    return several[0].id if is_alone else None


def _agreement(agreement: Agreement, is_alone: bool) -> None:
    _heading(f"{agreement.title}: {agreement.status.lower()}", AGREEMENT, agreement.id if is_alone else None)
    facts = {
        "Parter": parties(agreement),
        "Periode": agreement.period.describe(),
        "Træder i kraft": day(agreement.enters_into_force) if agreement.enters_into_force else "",
        "Opsigelse": notice(agreement),
        "Finansiering": agreement.financing,
        "Opfølgning": agreement.follow_up,
        "Møder om året": str(agreement.meetings_a_year) if agreement.meetings_a_year else "",
        "Fornyer": agreement.renews.name if agreement.renews else "",
        "Fornyet af": agreement.renewed_by.name if agreement.renewed_by else "",
        "Bemærkning": agreement.note,
    }
    st.markdown("  \n".join(f"**{label}:** {literal(text)}" for label, text in facts.items() if text))
    if agreement.document:
        st.link_button("Åbn dokumentet", agreement.document, icon=":material/open_in_new:")


def parties(agreement: Agreement) -> str:
    """Who has agreed."""
    return listed([party.name for party in agreement.parties])


def notice(agreement: Agreement) -> str:
    """The rule, and the day it means next."""
    if agreement.terminated_from:
        return f"Opsagt til ophør {day(agreement.terminated_from)}"
    if agreement.notice is None:
        return "Ikke aftalt"
    rule = agreement.notice.describe()
    return f"{rule}. Næste frist: {agreement.next_deadline.describe()}" if agreement.next_deadline else rule


def _areas(areas: tuple[FocusArea, ...], is_alone: bool) -> None:
    if areas:
        _heading("Fokusområder", FOCUS_AREA, _first(areas, is_alone))
        columns = (
            tables.Column("Fokusområde", [f"<b>{markup.escape(area.name)}</b>" for area in areas]),
            tables.Column("Udfordring", [markup.free(area.challenge) for area in areas]),
            tables.Column("Mål", [markup.free(area.goal) for area in areas]),
            tables.Column("Parterne vil", [_bullets(area.actions) for area in areas]),
        )
        st.html(
            tables.table([column for column in columns if any(cell not in EMPTY for cell in column.cells)])
        )


def _points(points: tuple[FocusPoint, ...], is_alone: bool) -> None:
    if points:
        _heading("Årets fokuspunkter", FOCUS_POINT, _first(points, is_alone))
        columns = (
            tables.Column("År", [str(point.year) for point in points]),
            tables.Column("Fokuspunkt", [markup.escape(point.title) for point in points]),
            tables.Column("Om", [markup.free(point.text) for point in points]),
        )
        st.html(tables.table(columns))


def _criteria(criteria: tuple[measurements.Criterion, ...], is_alone: bool) -> None:
    _heading("Succeskriterier", CRITERION, _first(criteria, is_alone) if criteria else None)
    if criteria:
        st.html(tables.table(criterion.columns(criteria)))
    else:
        st.markdown("Der er ikke aftalt succeskriterier.")


def _bodies(bodies: tuple[Body, ...], is_alone: bool) -> None:
    if bodies:
        _heading("Organer", BODY, _first(bodies, is_alone))
        columns = (
            tables.Column(
                "Organ", [f"{markup.escape(body.name)}<small>{body.kind}</small>" for body in bodies]
            ),
            tables.Column("Opgave", [markup.free(body.task) for body in bodies]),
            tables.Column("Møder", [markup.escape(_meets(body)) for body in bodies]),
            tables.Column("Forperson", [markup.escape(_chaired(body)) for body in bodies]),
            tables.Column("Kontakt", [markup.escape(body.contact) for body in bodies]),
        )
        st.html(tables.table(columns))


def _meets(body: Body) -> str:
    a_year = f"{body.meetings_a_year} om året" if body.meetings_a_year else ""
    return ", ".join(filter(None, (a_year, body.cadence)))


def _chaired(body: Body) -> str:
    years = f"{body.chair_years} år ad gangen" if body.chair_years else ""
    return ", ".join(filter(None, (body.chair and body.chair.name, years)))


def _meetings(partnership_id: int) -> None:
    """Every meeting in a line, with its agenda as a table where there is one."""
    held = query(meetings.meetings, partnership_id)
    if held:
        st.subheader("Møder", anchor=False)
    for meeting in held:
        st.markdown(f"**{literal(meeting.title)}**  \n{literal(_meeting_facts(meeting))}")
        if items := query(meetings.agenda, today(), meeting.id):
            st.html(tables.table(_agenda_columns(items)))


def _meeting_facts(meeting: Meeting) -> str:
    clock = f"kl. {meeting.starts_at}" if meeting.starts_at else ""
    parts = (
        day(meeting.held_on),
        clock,
        meeting.place,
        meeting.body.name if meeting.body else "",
        meeting.status.lower(),
    )
    return " · ".join(part for part in parts if part)


def _agenda_columns(items: tuple[Item, ...]) -> tuple[tables.Column, ...]:
    return (
        tables.Column("Punkt", [f"{escape(item.title)}<small>{item.kind}</small>" for item in items]),
        tables.Column("Orientering", [_bullets(point.text for point in item.points) for item in items]),
        tables.Column(
            "Beslutning", [_bullets(decision.text for decision in item.decisions) for item in items]
        ),
        tables.Column("Referat", [markup.free(item.summary) if item.summary else "" for item in items]),
    )


def _bullets(texts: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{entries}</ul>" if entries else ""
