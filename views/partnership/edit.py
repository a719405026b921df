"""The part "Ret" of a card: the whole form, status, closing, milestones, and both versions after a clash."""

from collections.abc import Mapping

import streamlit as st
from sqlmodel import Session

from data_access.partnerships import editing
from data_access.partnerships.cards import InitiativeCard
from data_access.partnerships.kinds import INITIATIVE
from data_access.partnerships.models.base import Form
from data_access.partnerships.options import options
from data_access.partnerships.records import Opened, filled, open_record
from data_access.problems import ConflictProblem
from indicators.selection import Selection
from views import filters, tables
from views.literal import literal
from views.partnership import doing, fields, markup, steps
from views.partnership.asking import asked

STALE = (
    "Indsatsen er ændret af andre, siden du åbnede den. Skriv roligt videre: når du gemmer, vises begge "
    "udgaver. Eller vælg «Kort» og så «Ret» igen for at begynde på den nye udgave."
)


def draw(found: InitiativeCard, who: str, selection: Selection) -> None:
    """Everything that can be changed, from the version that was opened."""
    one = found.initiative
    was = filters.held(doing.open_name(one.id), lambda: asked(open_record, INITIATIVE, one.id))
    clash = filters.held(doing.conflict_name(one.id), lambda: None)
    if clash is not None:
        _both(was, clash, who)
    elif was.version != found.initiative.version:
        st.info(STALE)
    with st.expander("Hele indsatsen", expanded=True):
        _whole(was, who, selection)
    with st.expander("Sæt status manuelt"):
        steps.status(was, who)
    with st.expander("Milepæle"):
        steps.milestones(found, who)
    with st.expander("Afslut eller genåbn"):
        steps.closing(was, who)
    with st.expander("Slet"):
        steps.deleting(was, who)


def _whole(was: Opened, who: str, selection: Selection) -> None:
    given = asked(options, was.form.partnership_id)
    key = f"indsats {was.id} {was.version}"
    with st.form(key, border=False):
        typed = fields.draw(was.form.model_dump(), given, selection, key)
        if st.form_submit_button("Gem indsatsen", type="primary"):
            doing.edited("Indsatsen er gemt", who, was, _filled_and_saved, typed)


def _filled_and_saved(session: Session, who: str, was: Opened, typed: Mapping) -> None:
    editing.edit(session, who, was, filled(INITIATIVE, dict(typed)))


def _both(was: Opened, clash: ConflictProblem, who: str) -> None:
    """What both have written, field by field, and which of it shall stand."""
    st.warning(literal(str(clash)))
    st.html(tables.table(_columns(clash)))
    now = Opened(was.kind, was.id, clash.version, clash.theirs)
    with st.container(horizontal=True, key="to udgaver"):
        _keep("Gem begges ændringer", now, clash.merged, who)
        _keep("Gem min udgave", now, clash.mine, who)
        if st.button("Behold den andens"):
            doing.let_go_of(was.id)
            st.rerun()
    if any(one.is_contested for one in clash.differences):
        st.caption(
            "I har rettet det samme felt til noget forskelligt. «Gem begges ændringer» tager den andens dér."
        )


def _keep(label: str, now: Opened, form: Form, who: str) -> None:
    if st.button(label):
        doing.edited("Indsatsen er gemt", who, now, editing.edit, form)


def _columns(clash: ConflictProblem) -> tuple[tables.Column, ...]:
    found = clash.differences
    return (
        tables.Column("Felt", [markup.escape(one.label) for one in found]),
        tables.Column("Før", [markup.free(one.before) for one in found]),
        tables.Column("Din udgave", [markup.free(one.mine) for one in found]),
        tables.Column("Den andens udgave", [markup.free(one.theirs) for one in found]),
    )
