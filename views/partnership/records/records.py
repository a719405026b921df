"""Making, changing, deleting and restoring a record of any kind, written once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from data_access.partnerships.records.kinds import Kind
from data_access.partnerships.records.records import Opened, filled, is_deleted, open_record
from data_access.partnerships.records.uses import Used, Uses, uses_of
from data_access.problems import ConflictProblem
from indicators.danish import listed, moment, number
from indicators.partnership.board import Ref
from views.foundation import tables, unfolding
from views.foundation.literal import literal
from views.foundation.session import query
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
    who: str
    given: FormOptions | None = None
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
    was = opened(desk, record_id)
    form(desk, was, instead)
    with st.expander("Ændringer"):
        draw_changes(query(change_log.changes_of, desk.kind, record_id), desk.who)
    deleting(desk, was)


def opened(desk: Desk, record_id: int) -> Opened:
    """The version that was opened, which stays while somebody types; tells when there is a newer one."""
    now = query(open_record, desk.kind, record_id)
    was = commands.held_version(now)
    if not _draw_conflict(was, desk.who) and now.version != was.version:
        st.info(STALE.format(desk.called))
    return was


@commands.writes
def form(desk: Desk, was: Opened, instead: Mapping = MappingProxyType({})) -> None:
    """The boxes with what was there when it was opened, or with what has been chosen `instead` of it."""
    key = " ".join([desk.kind.name, str(was.id), str(was.version), *map(str, instead.values())])
    with st.form(key, border=False):
        typed = desk.boxes(Filling(desk.kind, {**was.form.model_dump(), **instead}, desk.given, key))
        if st.form_submit_button(f"Gem {desk.kind.called}", type="primary"):
            commands.edit(commands.saved_message(desk.kind), desk.who, was, _save, typed)


def _save(session: Session, who: str, was: Opened, typed: Mapping) -> None:
    editing.edit(session, who, was, filled(was.kind, without_blanks({**was.form.model_dump(), **typed})))


def without_blanks(typed: Mapping) -> dict:
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
    st.html(uses_markup(was.kind, query(uses_of, was.kind, was.id)))
    sure = st.checkbox(f"Ja, slet {desk.kind.called}", key=f"sikker {was.kind.name} {was.id} {was.version}")
    if st.button("Slet", disabled=not sure, key=f"slet {was.kind.name} {was.id}"):
        commands.delete(desk.who, was)


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
        commands.run(f"{desk.called} er gendannet", desk.who, editing.restore, desk.kind, record_id)


def draw_changes(found: Sequence[RecordChange], who: str) -> None:
    """The newest first."""
    st.caption("Loggen kan kun tilføjes til. Også en fortrydelse står i den.")
    for last in found[:1]:
        _undo(last, who)
    for one in found:
        st.markdown(
            f"**{literal(moment(one.at))}** · {literal(one.who)} har {one.action} «{literal(one.name)}»"
        )
        if one.fields:
            st.html(_change_table(one))


@commands.writes
def _undo(last: RecordChange, who: str) -> None:
    if st.button(
        f"Fortryd den seneste ændring ({last.action})", icon=":material/undo:", key=f"fortryd {last.id}"
    ):
        commands.run("Ændringen er fortrudt", who, editing.undo, last.id)


def _change_table(one: RecordChange) -> str:
    columns = (
        tables.Column("Felt", [markup.escape(field.label) for field in one.fields]),
        tables.Column("Før", [markup.free(field.before) for field in one.fields]),
        tables.Column("Efter", [markup.free(field.after) for field in one.fields]),
    )
    return tables.table(columns)


THEIRS_STAND = (
    "I har rettet det samme felt til noget forskelligt. «Gem begges ændringer» tager den andens dér."
)


def _draw_conflict(was: Opened, who: str) -> bool:
    """Both versions, field by field, where there are two; whether there are."""
    clash = commands.conflict(was)
    if clash is None:
        return False
    st.warning(literal(str(clash)))
    st.html(tables.table(_conflict_columns(clash)))
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
        commands.edit(commands.saved_message(now.kind), who, now, editing.edit, form)


def _conflict_columns(clash: ConflictProblem) -> tuple[tables.Column, ...]:
    found = clash.differences
    return (
        tables.Column("Felt", [markup.escape(one.label) for one in found]),
        tables.Column("Før", [markup.free(one.before) for one in found]),
        tables.Column("Din udgave", [markup.free(one.mine) for one in found]),
        tables.Column("Den andens udgave", [markup.free(one.theirs) for one in found]),
    )


MOST_NAMES, MOST_SIGNS = 4, 60
"""As many as a person reads before clicking; the count says how many there are."""

COUNTED = {
    "partnership": ("partnerskab", "partnerskaber"),
    "party": ("part", "parter"),
    "body": ("organ", "organer"),
    "agreement": ("aftale", "aftaler"),
    "focus_area": ("fokusområde", "fokusområder"),
    "focus_point": ("fokuspunkt", "fokuspunkter"),
    "success_criterion": ("succeskriterie", "succeskriterier"),
    "initiative": ("indsats", "indsatser"),
    "milestone": ("milepæl", "milepæle"),
    "status_update": ("statusopdatering", "statusopdateringer"),
    "effect": ("effekt eller eksempel", "effekter og eksempler"),
    "meeting": ("møde", "møder"),
    "agenda_item": ("dagsordenspunkt", "dagsordenspunkter"),
    "information_point": ("orientering", "orienteringer"),
    "decision": ("beslutning", "beslutninger"),
    "cycle_entry": ("punkt i årshjulet", "punkter i årshjulet"),
}
"""One and several of each kind."""


def uses_markup(kind: Kind, uses: Uses) -> str:
    """What happens to what, as HTML; every name is escaped here."""
    parts = "".join(_uses_parts(kind.called, uses))
    return parts or f"<p>Der er ikke andet, der bruger {kind.called}.</p>"


def _uses_parts(called: str, uses: Uses) -> Iterator[str]:
    for becomes, several in (
        (f"Skjules og gendannes sammen med {called}", uses.hidden),
        (f"Bliver stående uden {called}, indtil {called} gendannes", uses.without),
        ("Bliver stående med navnet og mærket «(slettet)»", uses.naming),
    ):
        if several:
            lines = "".join(f"<li>{_use_line(one)}</li>" for one in several)
            yield f"<p><b>{becomes}:</b></p><ul>{lines}</ul>"


def _use_line(one: Used) -> str:
    few, many = COUNTED[one.kind.name]
    names = [f"«{shorten(name, MOST_SIGNS, placeholder=' …')}»" for name in one.names]
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], f"{number(len(names) - MOST_NAMES + 1)} til"]
    return escape(f"{number(len(one.names))} {few if len(one.names) == 1 else many}: {listed(names)}")
