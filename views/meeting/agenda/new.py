"""A new meeting, and putting one right: the general form with the boxes of a meeting."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from data_access.partnerships.lists import agreements
from data_access.partnerships.lists.meetings import Meeting
from data_access.partnerships.records import agendas
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import MEETING as KIND
from data_access.partnerships.records.records import filled
from indicators.selection import Option
from views.foundation import filter_bar, page_parts
from views.foundation.figures import query
from views.foundation.page_parts import literal
from views.meeting.addresses import MEETING
from views.partnership.records import commands, forms, records
from views.partnership.records.forms import Filling

"""The key of the box that holds the meeting."""

FIELDS = ("title", "held_on", "starts_at", "ends_at", "place", "body_id", "host_id")
PARTNERSHIP = "moede_for"


def first() -> None:
    """Where there is no meeting yet."""
    st.title("Ingen møder endnu", anchor=False)
    if commands.may_write():
        st.markdown("Opret det første møde her. Derefter kan I føje visninger til det fra alle sider.")
    empty(commands.writer())


@commands.writes
def empty(who: str) -> None:
    """A meeting of any partnership, without an agenda."""
    known = [Option(str(one.id), one.short_name or one.name) for one in query(agreements.partnerships)]
    if not known:
        st.info("Der er ingen partnerskaber endnu. Opret det første under Indsatser.")
        return
    partnership = filter_bar.select("Partnerskab", PARTNERSHIP, known)
    begun = {"partnership_id": int(partnership.key), "starts_at": "13.00", "ends_at": "15.00"}
    _form(who, begun, None, f"nyt møde {partnership.key}")


@commands.writes
def after(who: str, one: Meeting) -> None:
    """The meeting after this one, which starts from it."""
    page_parts.expander("Nyt møde ud fra dette", f"møde ud fra {one.id}", partial(_after, who, one))


def _after(who: str, one: Meeting) -> None:
    st.markdown(
        "Det nye møde får «Siden sidst» med det, der skal følges op, og de samme punkter som dette, "
        "uden det, der blev sagt og besluttet."
    )
    _form(who, query(agendas.begun_from, one.id), one.id, f"møde efter {one.id}")


def edit(who: str, one: Meeting) -> None:
    """When and where it is, its log, and deleting it."""
    records.edit(
        records.Desk(KIND, who, query(form_options, one.partnership.id), partial(forms.draw, fields=FIELDS)),
        one.id,
    )


@commands.writes
def _form(who: str, begun: dict, source: int | None, key: str) -> None:
    given = query(form_options, begun["partnership_id"])
    with st.form(key, border=False):
        typed = forms.draw(Filling(KIND, begun, given, key), FIELDS)
        if st.form_submit_button("Opret mødet", type="primary"):
            said = literal(f"«{typed['title']}» er oprettet")
            commands.create(said, who, MEETING, _made, {**begun, **typed}, source)


def _made(session: Session, who: str, typed: dict, source: int | None) -> int:
    if source is None:
        return records.create(session, who, KIND, typed)
    return agendas.next_meeting(session, who, source, filled(KIND, records.without_blanks(typed))).id
