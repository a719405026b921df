"""Everything about one partnership as it is read, each thing with its quiet way to be put right."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from data_access.partnerships.lists import agreements, initiative_card, measurements, meetings
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
from views.foundation import filter_bar, tables
from views.foundation.literal import literal
from views.foundation.session import query, today
from views.partnership import addresses, markup
from views.partnership.agreements import criterion
from views.partnership.records import commands, editor

EMPTY = ("", markup.free(""))


def draw(one: Partnership, agreed: list[Agreement], is_alone: bool) -> None:
    """What the parties are together about, what they have agreed, and where they meet."""
    if one.is_sample:
        st.badge("Eksempeldata", color="orange")
    if one.purpose:
        st.html(markup.free(one.purpose))
    _leads_on(one, is_alone)
    for agreement in agreed:
        _agreement(agreement, is_alone)
    _areas(query(agreements.focus_areas, one.id), is_alone)
    _points(query(agreements.focus_points, one.id), is_alone)
    _criteria(query(measurements.criteria, today(), one.id), is_alone)
    _effects(query(initiative_card.effects, one.id), is_alone)
    _bodies(query(agreements.bodies, one.id), is_alone)
    _meetings(one.id)
    if one.source:
        st.caption(literal(f"Kilde: {one.source}"))


@commands.writes
def _leads_on(one: Partnership, is_alone: bool) -> None:
    """To its forms, and from what was agreed to what is done about it."""
    if not is_alone:
        keys = {addresses.PARTNERSHIP: str(one.id), addresses.PART: addresses.EDIT}
        filter_bar.link("Ret", "", f"ret partnerskab {one.id}", **keys)
        return
    keys = {
        addresses.OPENED: addresses.NEW.key,
        addresses.TAB: addresses.BOARD,
        addresses.FOR: str(one.id),
        addresses.ABOUT: addresses.NO_QUESTION.key,
    }
    filter_bar.link("Opret indsats i partnerskabet", "", f"opret i {one.id}", **keys)


def _heading(text: str, kind: Kind, record_id: int | None) -> None:
    """A heading; with a record, the way to its form."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(literal(text), anchor=False, width="content")
        if record_id is not None and commands.may_write():
            keys = {addresses.PART: addresses.EDIT, **editor.leads_to(kind, record_id)}
            filter_bar.link("Ret", "", f"ret {kind.name} {record_id}", **keys)


def _first(several: tuple, is_alone: bool) -> int | None:
    return several[0].id if is_alone else None


def _agreement(one: Agreement, is_alone: bool) -> None:
    _heading(f"{one.title}: {one.status.lower()}", AGREEMENT, one.id if is_alone else None)
    facts = {
        "Parter": parties(one),
        "Periode": one.period.describe(),
        "Træder i kraft": day(one.enters_into_force) if one.enters_into_force else "",
        "Opsigelse": notice(one),
        "Finansiering": one.financing,
        "Opfølgning": one.follow_up,
        "Møder om året": str(one.meetings_a_year) if one.meetings_a_year else "",
        "Fornyer": one.renews.name if one.renews else "",
        "Fornyet af": one.renewed_by.name if one.renewed_by else "",
        "Bemærkning": one.note,
    }
    st.markdown("  \n".join(f"**{label}:** {literal(text)}" for label, text in facts.items() if text))
    if one.document:
        st.link_button("Åbn dokumentet", one.document, icon=":material/open_in_new:")


def parties(one: Agreement) -> str:
    """Who has agreed."""
    return listed([party.name for party in one.parties])


def notice(one: Agreement) -> str:
    """The rule, and the day it means next."""
    if one.terminated_from:
        return f"Opsagt til ophør {day(one.terminated_from)}"
    if one.notice is None:
        return "Ikke aftalt"
    rule = one.notice.describe()
    return f"{rule}. Næste frist: {one.next_deadline.describe()}" if one.next_deadline else rule


def _areas(areas: tuple[FocusArea, ...], is_alone: bool) -> None:
    if areas:
        _heading("Fokusområder", FOCUS_AREA, _first(areas, is_alone))
        columns = (
            tables.Column("Fokusområde", [f"<b>{markup.escape(one.name)}</b>" for one in areas]),
            tables.Column("Udfordring", [markup.free(one.challenge) for one in areas]),
            tables.Column("Mål", [markup.free(one.goal) for one in areas]),
            tables.Column("Parterne vil", [_actions(one) for one in areas]),
        )
        st.html(tables.table([one for one in columns if any(cell not in EMPTY for cell in one.cells)]))


def _actions(one: FocusArea) -> str:
    items = "".join(f"<li>{markup.escape(action)}</li>" for action in one.actions)
    return f"<ul>{items}</ul>" if items else ""


def _points(points: tuple[FocusPoint, ...], is_alone: bool) -> None:
    if points:
        _heading("Årets fokuspunkter", FOCUS_POINT, _first(points, is_alone))
        columns = (
            tables.Column("År", [str(one.year) for one in points]),
            tables.Column("Fokuspunkt", [markup.escape(one.title) for one in points]),
            tables.Column("Om", [markup.free(one.text) for one in points]),
        )
        st.html(tables.table(columns))


def _criteria(found: tuple[measurements.Criterion, ...], is_alone: bool) -> None:
    _heading("Succeskriterier", CRITERION, _first(found, is_alone) if found else None)
    if found:
        st.html(tables.table(criterion.columns(found)))
    else:
        st.markdown("Der er ikke aftalt succeskriterier.")


def _effects(found: tuple[initiative_card.Effect, ...], is_alone: bool) -> None:
    if found:
        _heading(markup.EFFECTS_TITLE, EFFECT, _first(found, is_alone))
        markup.draw_effects(found)


def _bodies(bodies: tuple[Body, ...], is_alone: bool) -> None:
    if bodies:
        _heading("Organer", BODY, _first(bodies, is_alone))
        columns = (
            tables.Column("Organ", [f"{markup.escape(one.name)}<small>{one.kind}</small>" for one in bodies]),
            tables.Column("Opgave", [markup.free(one.task) for one in bodies]),
            tables.Column("Møder", [markup.escape(_meets(one)) for one in bodies]),
            tables.Column("Forperson", [markup.escape(_chaired(one)) for one in bodies]),
            tables.Column("Kontakt", [markup.escape(one.contact) for one in bodies]),
        )
        st.html(tables.table(columns))


def _meets(one: Body) -> str:
    a_year = f"{one.meetings_a_year} om året" if one.meetings_a_year else ""
    return ", ".join(part for part in (a_year, one.cadence) if part)


def _chaired(one: Body) -> str:
    if one.chair is None:
        return f"{one.chair_years} år ad gangen" if one.chair_years else ""
    return f"{one.chair.name}, {one.chair_years} år ad gangen" if one.chair_years else one.chair.name


def _meetings(partnership_id: int) -> None:
    """Every meeting in a line, with its agenda as a table where there is one."""
    found = query(meetings.meetings, partnership_id)
    if found:
        st.subheader("Møder", anchor=False)
    for one in found:
        st.markdown(f"**{literal(one.title)}**  \n{literal(_meeting_facts(one))}")
        if items := query(meetings.agenda, today(), one.id):
            st.html(tables.table(_agenda_columns(items)))


def _meeting_facts(one: Meeting) -> str:
    clock = f"kl. {one.starts_at}" if one.starts_at else ""
    parts = (day(one.held_on), clock, one.place, one.body.name if one.body else "", one.status.lower())
    return " · ".join(part for part in parts if part)


def _agenda_columns(items: tuple[Item, ...]) -> tuple[tables.Column, ...]:
    return (
        tables.Column("Punkt", [f"{escape(one.title)}<small>{one.kind}</small>" for one in items]),
        tables.Column("Orientering", [_listed(point.text for point in one.points) for one in items]),
        tables.Column("Beslutning", [_listed(made.text for made in one.decisions) for one in items]),
        tables.Column("Referat", [markup.free(one.summary) if one.summary else "" for one in items]),
    )


def _listed(texts: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{entries}</ul>" if entries else ""
