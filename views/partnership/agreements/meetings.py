"""Meetings of a partnership: the agenda with what was said and decided, the newest first."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Item, Meeting
from indicators.danish import day
from views.foundation import tables
from views.foundation.literal import literal
from views.foundation.session import query, today
from views.partnership import markup


def draw(partnership_id: int) -> None:
    """Every meeting in a line, with its agenda as a table where there is one."""
    found = query(meetings.meetings, partnership_id)
    if found:
        st.subheader("Møder", anchor=False)
    for one in found:
        st.markdown(f"**{literal(one.title)}**  \n{literal(_about(one))}")
        if items := query(meetings.agenda, today(), one.id):
            st.html(tables.table(_columns(items)))


def _about(one: Meeting) -> str:
    clock = f"kl. {one.starts_at}" if one.starts_at else ""
    parts = (day(one.held_on), clock, one.place, one.body.name if one.body else "", one.status.lower())
    return " · ".join(part for part in parts if part)


def _columns(items: tuple[Item, ...]) -> tuple[tables.Column, ...]:
    return (
        tables.Column("Punkt", [f"{escape(one.title)}<small>{one.kind}</small>" for one in items]),
        tables.Column("Orientering", [_listed(point.text for point in one.points) for one in items]),
        tables.Column("Beslutning", [_listed(made.text for made in one.decisions) for one in items]),
        tables.Column("Referat", [markup.free(one.summary) if one.summary else "" for one in items]),
    )


def _listed(texts: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{entries}</ul>" if entries else ""
