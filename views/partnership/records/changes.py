"""The log of a record's changes as a reader sees it, and taking back the last one."""

from collections.abc import Sequence

import streamlit as st

from data_access.partnerships.records import editing
from data_access.partnerships.records.history import RecordChange
from indicators.danish import moment
from views.foundation import tables
from views.foundation.literal import literal
from views.partnership import markup
from views.partnership.records import commands


def draw(found: Sequence[RecordChange], who: str) -> None:
    """The newest first."""
    st.caption("Loggen kan kun tilføjes til. Også en fortrydelse står i den.")
    for last in found[:1]:
        _undo(last, who)
    for one in found:
        st.markdown(
            f"**{literal(moment(one.at))}** · {literal(one.who)} har {one.action} «{literal(one.name)}»"
        )
        if one.fields:
            st.html(_compared(one))


@commands.writes
def _undo(last: RecordChange, who: str) -> None:
    if st.button(
        f"Fortryd den seneste ændring ({last.action})", icon=":material/undo:", key=f"fortryd {last.id}"
    ):
        commands.done("Ændringen er fortrudt", who, editing.undo, last.id)


def _compared(one: RecordChange) -> str:
    columns = (
        tables.Column("Felt", [markup.escape(field.label) for field in one.fields]),
        tables.Column("Før", [markup.free(field.before) for field in one.fields]),
        tables.Column("Efter", [markup.free(field.after) for field in one.fields]),
    )
    return tables.table(columns)
