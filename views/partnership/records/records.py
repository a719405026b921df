"""Making, changing, deleting and restoring a record of any kind, written once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from textwrap import shorten
from types import MappingProxyType

import streamlit as st
from sqlmodel import Session

from data_access.dashboard.partnership_tables.base import Form
from data_access.partnerships.records import change_log, editing
from data_access.partnerships.records.change_log import RecordChange
from data_access.partnerships.records.form_options import FormOptions
from data_access.partnerships.records.kinds import COUNTED, Kind
from data_access.partnerships.records.records import Opened, filled, is_deleted, open_record
from data_access.partnerships.records.uses import Used, Uses, uses_of
from indicators.danish import listed, moment, number
from indicators.partnership.board import Ref
from views.foundation import page_parts, tables
from views.foundation.figures import query
from views.foundation.page_parts import literal
from views.partnership import markup
from views.partnership.records import commands, forms
from views.partnership.records.forms import Filling

STALE = (
    "{} er ændret af andre, siden du åbnede formularen. Skriv roligt videre: når du gemmer, vises begge "
    "udgaver."
)


@dataclass(frozen=True)
class Desk:
    """Where records of a kind are edited: on whose behalf, what there is to choose among, in which boxes."""

    kind: Kind
    who: str | None
    options: FormOptions | None = None
    boxes: Callable[[Filling], dict] = forms.draw

    @property
    def called(self) -> str:
        """For the beginning of a sentence."""
        return self.kind.called.capitalize()


@commands.writes
def new(desk: Desk, begun: Mapping, key: str, opens: str) -> None:
    """The form of a new record, begun with these values; it becomes the choice of the box `opens`."""
    with st.form(key, border=False):
        typed = desk.boxes(Filling(desk.kind, begun, desk.options, key))
        if st.form_submit_button(f"Opret {desk.kind.called}", type="primary"):
            commands.create(
                f"{desk.called} er oprettet", desk.who, opens, create, desk.kind, {**begun, **typed}
            )


def create(session: Session, who: str, kind: Kind, typed: Mapping) -> int:
    """A new record with what was typed; gives its number."""
    return editing.create(session, who, kind, filled(kind, without_blanks(typed))).id


@commands.writes
def edit(desk: Desk, record_id: int, instead: Mapping = MappingProxyType({})) -> None:
    """The form of a record with both versions after a clash, its log, and deleting; or its restoring."""
    if query(is_deleted, desk.kind, record_id):
        restore(desk, record_id)
        return
    desk = replace(desk, who=commands.changer(desk.who, desk.kind, record_id))
    base = opened(desk, record_id)
    form(desk, base, instead)
    with st.expander("Ændringer"):
        draw_changes(query(change_log.changes_of, desk.kind, record_id), desk.who)
    deleting(desk, base)


def opened(desk: Desk, record_id: int) -> Opened:
    """The version that was opened, which stays while somebody types; tells when there is a newer one."""
    now = query(open_record, desk.kind, record_id)
    base = commands.held_version(now)
    if not _draw_conflict(base, desk.who) and now.version != base.version:
        st.info(STALE.format(desk.called))
    return base


@commands.writes
def form(desk: Desk, base: Opened, instead: Mapping = MappingProxyType({})) -> None:
    """The boxes with what was there when it was opened, or with what has been chosen `instead` of it."""
    key = " ".join([desk.kind.name, str(base.id), str(base.version), *map(str, instead.values())])
    with st.form(key, border=False):
        typed = desk.boxes(Filling(desk.kind, {**base.form.model_dump(), **instead}, desk.options, key))
        if st.form_submit_button(f"Gem {desk.kind.called}", type="primary"):
            commands.edit(commands.saved_message(desk.kind), desk.who, base, _save, typed)


def _save(session: Session, who: str, base: Opened, typed: Mapping) -> None:
    editing.edit(session, who, base, filled(base.kind, without_blanks({**base.form.model_dump(), **typed})))


def without_blanks(typed: Mapping) -> dict:
    """Without the boxes that nothing is in: what must be there is then said to be missing."""
    return {field: value for field, value in typed.items() if value is not None}


@commands.writes
def deleting(desk: Desk, base: Opened, first: str = "") -> None:
    """Folded up, for it takes a look through everything that refers to the record."""
    key = f"slet {base.kind.name} {base.id} åben"
    page_parts.expander("Slet", key, partial(_delete, desk, base, first))


@commands.writes
def _delete(desk: Desk, base: Opened, first: str) -> None:
    """Hidden, and it can be brought back; what else is touched by that is told beforehand."""
    if first:
        st.markdown(first)
    st.markdown(f"{desk.called} skjules og kan gendannes.")
    st.html(uses_markup(base.kind, query(uses_of, base.kind, base.id)))
    sure = st.checkbox(
        f"Ja, slet {desk.kind.called}", key=f"sikker {base.kind.name} {base.id} {base.version}"
    )
    if st.button("Slet", disabled=not sure, key=f"slet {base.kind.name} {base.id}"):
        commands.delete(desk.who, base)


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
        for ref in gone:
            st.markdown(literal(ref.name))
            _bring_back(desk, ref.id, "Gendan")


@commands.writes
def _bring_back(desk: Desk, record_id: int, label: str) -> None:
    if st.button(label, key=f"gendan {desk.kind.name} {record_id}"):
        commands.run(f"{desk.called} er gendannet", desk.who, editing.restore, desk.kind, record_id)


def draw_changes(changes: Sequence[RecordChange], who: str) -> None:
    """The newest first."""
    st.caption("Der kan kun føjes til loggen. Også en fortrydelse står i den.")
    for last in changes[:1]:
        _undo(last, who)
    for change in changes:
        st.markdown(
            f"**{literal(moment(change.at))}** · {literal(change.who)} har {change.action} "
            f"«{literal(change.name)}»"
        )
        if change.fields:
            columns = (
                tables.Column("Felt", [markup.escape(field.label) for field in change.fields]),
                tables.Column("Før", [markup.free(field.before) for field in change.fields]),
                tables.Column("Efter", [markup.free(field.after) for field in change.fields]),
            )
            st.html(tables.table(columns))


@commands.writes
def _undo(last: RecordChange, who: str) -> None:
    if st.button(
        f"Fortryd den seneste ændring ({last.action})", icon=":material/undo:", key=f"fortryd {last.id}"
    ):
        commands.run("Ændringen er fortrudt", who, editing.undo, last.id)


THEIRS_STAND = (
    "I har rettet det samme felt til noget forskelligt. «Gem begges ændringer» tager den andens dér."
)


def _draw_conflict(base: Opened, who: str) -> bool:
    """Both versions, field by field, where there are two; whether there are."""
    conflict = commands.conflict(base)
    if conflict is None:
        return False
    st.warning(literal(str(conflict)))
    differences = conflict.differences
    columns = (
        tables.Column("Felt", [markup.escape(difference.label) for difference in differences]),
        tables.Column("Før", [markup.free(difference.before) for difference in differences]),
        tables.Column("Din udgave", [markup.free(difference.mine) for difference in differences]),
        tables.Column("Den andens udgave", [markup.free(difference.theirs) for difference in differences]),
    )
    st.html(tables.table(columns))
    now = Opened(base.kind, base.id, conflict.version, conflict.theirs)
    with st.container(horizontal=True, key=f"to udgaver {base.kind.name} {base.id}"):
        _keep("Gem begges ændringer", now, conflict.merged, who)
        _keep("Gem min udgave", now, conflict.mine, who)
        if st.button("Behold den andens"):
            commands.let_go_of(base.kind, base.id)
            st.rerun()
    if any(difference.is_contested for difference in differences):
        st.caption(THEIRS_STAND)
    return True


@commands.writes
def _keep(label: str, now: Opened, form: Form, who: str) -> None:
    if st.button(label):
        commands.edit(commands.saved_message(now.kind), who, now, editing.edit, form)


MOST_NAMES, MOST_SIGNS = 4, 60
"""As many as a person reads before clicking; the count says how many there are."""


def uses_markup(kind: Kind, uses: Uses) -> str:
    """What happens to what, as HTML; every name is escaped here."""
    called, parts = kind.called, ""
    for becomes, several in (
        (f"Skjules og gendannes sammen med {called}", uses.hidden),
        (f"Bliver stående uden {called}, indtil {called} gendannes", uses.without),
        ("Bliver stående med navnet og mærket «(slettet)»", uses.naming),
    ):
        if several:
            lines = "".join(f"<li>{_use_line(one)}</li>" for one in several)
            parts += f"<p><b>{becomes}:</b></p><ul>{lines}</ul>"
    return parts or f"<p>Der er ikke andet, der bruger {called}.</p>"


def _use_line(used: Used) -> str:
    few, many = COUNTED[used.kind.name]
    names = [f"«{shorten(name, MOST_SIGNS, placeholder=' …')}»" for name in used.names]
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], f"{number(len(names) - MOST_NAMES + 1)} til"]
    return escape(f"{number(len(used.names))} {few if len(used.names) == 1 else many}: {listed(names)}")
