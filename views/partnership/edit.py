"""The part "Ret" of a card: the whole form, status, closing, milestones, and deleting."""

from functools import partial

import streamlit as st

from data_access.partnerships.cards import InitiativeCard
from data_access.partnerships.kinds import INITIATIVE
from data_access.partnerships.options import options
from indicators.selection import Selection
from views.partnership import fields, records, steps
from views.partnership.asking import asked
from views.partnership.records import Desk


def draw(found: InitiativeCard, who: str, selection: Selection) -> None:
    """Everything that can be changed, from the version that was opened."""
    given = asked(options, found.initiative.partnership.id)
    desk = Desk(INITIATIVE, who, given, partial(fields.draw, selection=selection))
    was = records.opened(desk, found.initiative.id)
    with st.expander("Hele indsatsen", expanded=True):
        records.form(desk, was)
    with st.expander("Sæt status manuelt"):
        steps.status(was, who)
    with st.expander("Milepæle"):
        steps.milestones(found, who)
    with st.expander("Afslut eller genåbn"):
        steps.closing(was, who)
    with st.expander("Slet"):
        st.markdown("Er arbejdet færdigt, så afslut indsatsen i stedet for at slette den.")
        records.delete(desk, was)
