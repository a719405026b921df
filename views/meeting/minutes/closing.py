"""Closing a meeting, which locks it with the figures as they are, and opening it again with a reason."""

from collections.abc import Sequence

import streamlit as st

from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.records import agendas
from data_access.partnerships.records.kinds import MEETING
from data_access.partnerships.records.records import open_record
from indicators.partnership.meeting import MeetingStatus
from views.foundation.figures import query
from views.meeting import figures
from views.partnership.records import commands

LOCKS = (
    "Når mødet afsluttes, låses dagsorden, orienteringer og beslutninger, og tallene gemmes, som de er nu. "
    "En beslutning kan stadig følges op, og mødet kan genåbnes med en begrundelse."
)


@commands.writes
def draw(one: Meeting, agenda: Sequence[Item], who: str) -> None:
    """Whichever of the two there is to do."""
    if one.status is MeetingStatus.CLOSED:
        st.info("Mødet er afsluttet og låst.")
        with st.expander("Genåbn mødet"), st.form(f"genåbn {one.id} {one.version}", border=False):
            because = st.text_input("Hvorfor genåbnes mødet?", max_chars=4000)
            if st.form_submit_button("Genåbn mødet"):
                was = query(open_record, MEETING, one.id)
                commands.edit("Mødet er genåbnet", who, was, agendas.reopen, because)
        return
    with st.expander("Afslut mødet"):
        st.markdown(LOCKS)
        if st.button("Afslut mødet", type="primary", key=f"afslut {one.id} {one.version}"):
            was = query(open_record, MEETING, one.id)
            commands.edit("Mødet er afsluttet", who, was, agendas.close, _figures(agenda))


def _figures(agenda: Sequence[Item]) -> dict[int, dict]:
    """The figures of the items that nobody has frozen yet."""
    found = {item.id: figures.current(item) for item in agenda if item.figure is None}
    return {number: figure for number, figure in found.items() if figure}
