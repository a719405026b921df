"""Making, changing, deleting and restoring a record of any kind, written once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import streamlit as st
from sqlmodel import Session

from data_access.partnerships.records import editing, history
from data_access.partnerships.records.kinds import Kind
from data_access.partnerships.records.options import Options
from data_access.partnerships.records.records import Opened, filled, is_deleted, open_record
from data_access.partnerships.records.uses import uses_of
from indicators.partnership.board import Ref
from views.foundation import unfolding
from views.foundation.literal import literal
from views.foundation.session import query
from views.partnership.records import changes, clash, commands, forms, used
from views.partnership.records.forms import Filling

STALE = (
    "{} er ændret af andre, siden du åbnede formularen. Skriv roligt videre: når du gemmer, vises begge "
    "udgaver."
)


@dataclass(frozen=True)
class Desk:
    """Where records of a kind are edited: on whose behalf, what there is to choose among, in which boxes."""

    kind: Kind
    who: str
    given: Options | None = None
    boxes: Callable[[Filling], dict] = forms.draw

    @property
    def called(self) -> str:
        """For the beginning of a sentence."""
        return self.kind.called.capitalize()


@commands.writes
def new(desk: Desk, begun: Mapping, key: str, opens: str) -> None:
    """The form of a new record, begun with these values; it becomes the choice of the box `opens`."""
    with st.form(key, border=False):
        typed = desk.boxes(Filling(desk.kind, begun, desk.given, key))
        if st.form_submit_button(f"Opret {desk.kind.called}", type="primary"):
            commands.created(
                f"{desk.called} er oprettet", desk.who, opens, create, desk.kind, {**begun, **typed}
            )


def create(session: Session, who: str, kind: Kind, typed: Mapping) -> int:
    """A new record with what was typed; gives its number."""
    return editing.create(session, who, kind, filled(kind, said(typed))).id


@commands.writes
def edit(desk: Desk, record_id: int, instead: Mapping = MappingProxyType({})) -> None:
    """The form of a record with both versions after a clash, its log, and deleting; or its restoring."""
    if query(is_deleted, desk.kind, record_id):
        restore(desk, record_id)
        return
    was = opened(desk, record_id)
    form(desk, was, instead)
    with st.expander("Ændringer"):
        changes.draw(query(history.changes_of, desk.kind, record_id), desk.who)
    deleting(desk, was)


def opened(desk: Desk, record_id: int) -> Opened:
    """The version that was opened, which stays while somebody types; tells when there is a newer one."""
    now = query(open_record, desk.kind, record_id)
    was = commands.opened(now)
    if not clash.draw(was, desk.who) and now.version != was.version:
        st.info(STALE.format(desk.called))
    return was


@commands.writes
def form(desk: Desk, was: Opened, instead: Mapping = MappingProxyType({})) -> None:
    """The boxes with what was there when it was opened, or with what has been chosen `instead` of it."""
    key = " ".join([desk.kind.name, str(was.id), str(was.version), *map(str, instead.values())])
    with st.form(key, border=False):
        typed = desk.boxes(Filling(desk.kind, {**was.form.model_dump(), **instead}, desk.given, key))
        if st.form_submit_button(f"Gem {desk.kind.called}", type="primary"):
            commands.edited(commands.saved(desk.kind), desk.who, was, _save, typed)


def _save(session: Session, who: str, was: Opened, typed: Mapping) -> None:
    editing.edit(session, who, was, filled(was.kind, said({**was.form.model_dump(), **typed})))


def said(typed: Mapping) -> dict:
    """Without the boxes that nothing is in: what must be there is then said to be missing."""
    return {field: value for field, value in typed.items() if value is not None}


@commands.writes
def deleting(desk: Desk, was: Opened, first: str = "") -> None:
    """Folded up, for it takes a look through everything that refers to the record."""
    key = f"slet {was.kind.name} {was.id} åben"
    unfolding.expander("Slet", key, partial(_delete, desk, was, first))


@commands.writes
def _delete(desk: Desk, was: Opened, first: str) -> None:
    """Hidden, and it can be brought back; what else is touched by that is told beforehand."""
    if first:
        st.markdown(first)
    st.markdown(f"{desk.called} skjules og kan gendannes.")
    st.html(used.told(was.kind, query(uses_of, was.kind, was.id)))
    sure = st.checkbox(f"Ja, slet {desk.kind.called}", key=f"sikker {was.kind.name} {was.id} {was.version}")
    if st.button("Slet", disabled=not sure, key=f"slet {was.kind.name} {was.id}"):
        commands.deleted(desk.who, was)


@commands.writes
def restore(desk: Desk, record_id: int) -> None:
    """The way back of a deleted one."""
    name = query(open_record, desk.kind, record_id).title
    st.info(literal(f"«{name}» er slettet. Alt, der hører til, er gemt."))
    _bring_back(desk, record_id, f"Gendan {desk.kind.called}")


@commands.writes
def deleted(desk: Desk, gone: Sequence[Ref]) -> None:
    """What can be restored, folded up."""
    if not gone:
        return
    with st.expander(f"Slettede ({len(gone)})"):
        for one in gone:
            st.markdown(literal(one.name))
            _bring_back(desk, one.id, "Gendan")


@commands.writes
def _bring_back(desk: Desk, record_id: int, label: str) -> None:
    if st.button(label, key=f"gendan {desk.kind.name} {record_id}"):
        commands.done(f"{desk.called} er gendannet", desk.who, editing.restore, desk.kind, record_id)
