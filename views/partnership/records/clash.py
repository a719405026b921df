"""Two people have saved the same record: what both have written, and which of it shall stand."""

import streamlit as st

from data_access.dashboard.partnership_tables.base import Form
from data_access.partnerships.records import editing
from data_access.partnerships.records.records import Opened
from data_access.problems import ConflictProblem
from views.foundation import tables
from views.foundation.literal import literal
from views.partnership import markup
from views.partnership.records import commands

THEIRS_STAND = (
    "I har rettet det samme felt til noget forskelligt. «Gem begges ændringer» tager den andens dér."
)


def draw(was: Opened, who: str) -> bool:
    """Both versions, field by field, where there are two; whether there are."""
    clash = commands.clash(was)
    if clash is None:
        return False
    st.warning(literal(str(clash)))
    st.html(tables.table(_columns(clash)))
    now = Opened(was.kind, was.id, clash.version, clash.theirs)
    with st.container(horizontal=True, key=f"to udgaver {was.kind.name} {was.id}"):
        _keep("Gem begges ændringer", now, clash.merged, who)
        _keep("Gem min udgave", now, clash.mine, who)
        if st.button("Behold den andens"):
            commands.let_go_of(was.kind, was.id)
            st.rerun()
    if any(one.is_contested for one in clash.differences):
        st.caption(THEIRS_STAND)
    return True


@commands.writes
def _keep(label: str, now: Opened, form: Form, who: str) -> None:
    if st.button(label):
        commands.edited(commands.saved(now.kind), who, now, editing.edit, form)


def _columns(clash: ConflictProblem) -> tuple[tables.Column, ...]:
    found = clash.differences
    return (
        tables.Column("Felt", [markup.escape(one.label) for one in found]),
        tables.Column("Før", [markup.free(one.before) for one in found]),
        tables.Column("Din udgave", [markup.free(one.mine) for one in found]),
        tables.Column("Den andens udgave", [markup.free(one.theirs) for one in found]),
    )
