"""Everything the page writes: one deed, one transaction, and what cannot be kept is told in Danish."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from data_access.dashboard import store
from data_access.partnerships.kinds import Kind
from data_access.partnerships.records import Opened
from data_access.problems import ConflictProblem, EditProblem
from views import filters
from views.literal import literal

Result = TypeVar("Result")
OPENED, MADE, WRITER = "indsats", "oprettet", "hvem"
ASKED_WHO = "Du skriver som (rolle eller organisation)"
NOBODY = "Skriv først, hvem du skriver som: en rolle eller en organisation, aldrig et navn."
WHO = (
    "Der er ingen brugerkonti endnu. Derfor skriver du selv én gang, på hvis vegne du retter: en rolle "
    "eller en organisation, fx «Sekretariatet» eller «Roskilde Kommune». Det står ved hver ændring i loggen."
)


def writer() -> str:
    """On whose behalf the reader writes; typed once a visit."""
    typed = st.text_input(
        ASKED_WHO,
        key=WRITER,
        max_chars=80,
        persist_state="session",
        placeholder="Fx Sekretariatet",
        help=WHO,
        width=360,
    )
    return (typed or "").strip()


def done(said: str, who: str, deed: Callable[..., object], *args: object) -> None:
    """Does it and shows the page anew; otherwise what was typed stays where it is."""
    try:
        _do(who, deed, *args)
    except EditProblem as problem:
        st.error(literal(str(problem)))
        return
    st.toast(said)
    st.rerun()


def created(said: str, who: str, opens: str, deed: Callable[..., int], *args: object) -> None:
    """The same, and chooses what was made in the box `opens`: `deed` gives its number."""
    try:
        made = _do(who, deed, *args)
    except EditProblem as problem:
        st.error(literal(str(problem)))
        return
    filters.held(MADE, lambda: {opens: str(made)})
    st.toast(said)
    st.rerun()


def open_what_was_made() -> None:
    """Before the boxes are drawn, for afterwards their choice cannot be changed."""
    filters.choose("", **filters.held(MADE, dict))
    filters.let_go(MADE)


def edited(said: str, who: str, was: Opened, deed: Callable[..., object], *args: object) -> None:
    """The same with a record that is open; when somebody else has saved it, both versions are kept."""
    try:
        _do(who, deed, was, *args)
    except ConflictProblem as problem:
        clash = problem
        filters.let_go(conflict_name(was.kind, was.id))
        filters.held(conflict_name(was.kind, was.id), lambda: clash)
    except EditProblem as problem:
        st.error(literal(str(problem)))
        return
    else:
        let_go_of(was.kind, was.id)
        st.toast(said)
    st.rerun()


def saved(kind: Kind) -> str:
    """What is said when a record has been saved."""
    return f"{kind.called.capitalize()} er gemt"


def let_go_of(kind: Kind, record_id: int) -> None:
    """The record is opened anew, without what two people wrote at once."""
    for name in (open_name(kind, record_id), conflict_name(kind, record_id)):
        filters.let_go(name)


def open_name(kind: Kind, record_id: int) -> str:
    """Under which name the open version is held."""
    return f"åben {kind.name} {record_id}"


def conflict_name(kind: Kind, record_id: int) -> str:
    """Under which name both versions are held."""
    return f"to udgaver {kind.name} {record_id}"


def _do(who: str, deed: Callable[..., Result], *args: object) -> Result:
    if not who or "@" in who:
        raise EditProblem(NOBODY)
    with store.writing() as session:
        return deed(session, who, *args)
