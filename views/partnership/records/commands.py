"""Everything the page writes: one command, one transaction, and what cannot be kept is told in Danish."""

from collections.abc import Callable, Collection
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

import streamlit as st

from data_access.dashboard import store
from data_access.mode import Mode, is_read_only, mode
from data_access.partnerships.records import editing, permissions
from data_access.partnerships.records.editing import role
from data_access.partnerships.records.kinds import Kind
from data_access.partnerships.records.records import Opened
from data_access.problems import ConflictProblem
from data_access.texts import ROLE
from indicators.rights import Right
from views.foundation import figures, filter_bar, problems, visitor
from views.foundation.page_parts import literal

Parameters, Result = ParamSpec("Parameters"), TypeVar("Result")
Draw = Callable[..., None]
CREATED = "oprettet"
OPEN = "åbne"
CONFLICT = "to udgaver"
WRITER = "hvem"
ASKED_WHO = "Du skriver som (rolle eller organisation)"
CHANGED = (
    "er ændret af andre, siden du åbnede formularen, og er derfor ikke slettet. Genindlæs siden, se den "
    "nye udgave, og slet så, hvis det stadig skal ske."
)
A_COPY = (
    "Dette er en kopi til læsning: her kan intet oprettes eller rettes. Det sker i det dashboard, som kopien "
    "er taget fra."
)
WHO = (
    "Uden login skriver du selv én gang, på hvis vegne du retter: en rolle eller en organisation, fx "
    "«Sekretariatet» eller «Roskilde Kommune». Det står ved hver ændring i loggen."
)


def may(right: Right, partnership: int | None = None, parties: Collection[int] | None = None) -> bool:
    """Whether the reader may do that there (`Principal.may`); a copy to be read has no ways to it."""
    return not is_read_only() and figures.principal().may(right, partnership, parties)


def needs(right: Right) -> Callable[[Draw], Draw]:
    """What a way to something that is saved has: without the right it draws nothing."""

    def decorated(draw: Callable[Parameters, None]) -> Callable[Parameters, None]:
        @wraps(draw)
        def drawn(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
            if may(right):
                draw(*args, **kwargs)

        return drawn

    return decorated


def writes(draw: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """What every function that saves has: for whoever may not (`who` is None) it draws nothing."""
    takes = signature(draw)

    @wraps(draw)
    def drawn(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        given = takes.bind(*args, **kwargs).arguments
        who = given["who"] if "who" in given else given["desk"].who
        if who is not None:
            draw(*args, **kwargs)

    return drawn


def writer(*rights: Right, partnership: int | None = None) -> str | None:
    """On whose behalf the reader writes there; None for whoever holds none of the rights.

    An account has its name, on this machine a role is typed once a visit. A copy to be read says what it is.
    """
    if is_read_only():
        if mode() is not Mode.DEMO:  # of which every page says what it is
            st.info(A_COPY)
        return None
    if not any(may(right, partnership) for right in rights):
        return None
    principal = figures.principal()
    if principal.account_id is not None:
        with st.container(key="skriver-som", width="content"):
            st.caption(literal(f"Du skriver som {principal.name}"))
        return principal.name
    typed = st.text_input(
        ASKED_WHO,
        key=WRITER,
        max_chars=ROLE,
        persist_state="session",
        placeholder="Fx Sekretariatet",
        help=WHO,
        width=360,
    )
    return (typed or "").strip()


def changer(who: str | None, kind: Kind, record_id: int) -> str | None:
    """The writer, if they may change that record; otherwise None."""
    return _if_allowed(who, permissions.may_change, kind, record_id)


def follower_up(who: str | None, decision_id: int) -> str | None:
    """The writer, if they may say that the decision has been followed up; otherwise None."""
    return _if_allowed(who, permissions.may_follow_up, decision_id)


def creator(who: str | None, kind: Kind, **belongs: int) -> str | None:
    """The writer, if they may make a record that belongs there; otherwise None."""
    return _if_allowed(who, permissions.may_create, kind, **belongs)


def _if_allowed(who: str | None, rule: Callable[..., bool], *about: object, **more: int) -> str | None:
    if who is None or figures.principal().writes_everywhere:
        return who
    return who if figures.query(rule, *about, **more) else None


def run(message: str, who: str, command: Callable[..., object], *args: object) -> None:
    """Does it and shows the page anew; otherwise what was typed stays where it is."""
    with problems.told_to_the_reader():
        now = _execute(who, command, *args)
        if isinstance(now, Opened):
            let_go_of(now.kind, now.id)
        st.toast(message)
        st.rerun()


def create(message: str, who: str, opens: str, command: Callable[..., int], *args: object) -> None:
    """The same, and chooses what was made in the box `opens`: `command` gives its number."""
    with problems.told_to_the_reader():
        record_id = _execute(who, command, *args)
        filter_bar.held(CREATED, lambda: {opens: str(record_id)})
        st.toast(message)
        st.rerun()


def open_created() -> None:
    """Before the boxes are drawn, for afterwards their choice cannot be changed."""
    filter_bar.choose("", **filter_bar.held(CREATED, dict))
    filter_bar.let_go(CREATED)


def edit(message: str, who: str, base: Opened, command: Callable[..., object], *args: object) -> None:
    """The same with a record that is open; when somebody else has saved it, both versions are kept."""
    with problems.told_to_the_reader():
        try:
            _execute(who, command, base, *args)
        except ConflictProblem as problem:
            _open()[base.kind.name, base.id, CONFLICT] = problem
        else:
            let_go_of(base.kind, base.id)
            st.toast(message)
        st.rerun()


def delete(who: str, base: Opened) -> None:
    """Hides the record; when somebody has changed it meanwhile, that is to be seen first."""
    called = base.kind.called.capitalize()
    with problems.told_to_the_reader():
        try:
            _execute(who, editing.delete, base)
        except ConflictProblem:
            let_go_of(base.kind, base.id)
            st.error(f"{called} {CHANGED}")
        else:
            let_go_of(base.kind, base.id)
            st.toast(f"{called} er slettet")
            st.rerun()


def saved_message(kind: Kind) -> str:
    """What is said when a record has been saved."""
    return f"{kind.called.capitalize()} er gemt"


def held_version(now: Opened) -> Opened:
    """The version that somebody has open, which stays while they type; the one there is now is the first."""
    return _open().setdefault((now.kind.name, now.id), now)


def conflict(base: Opened) -> ConflictProblem | None:
    """Both versions, where somebody else has saved another one meanwhile."""
    return _open().get((base.kind.name, base.id, CONFLICT))


def let_go_of(kind: Kind, record_id: int) -> None:
    """The record is opened anew, without what two people wrote at once."""
    for name in ((kind.name, record_id), (kind.name, record_id, CONFLICT)):
        _open().pop(name, None)


def let_go_of_everything() -> None:
    """Nothing is open any more."""
    filter_bar.let_go(OPEN)


def _open() -> dict:
    return filter_bar.held(OPEN, dict)


def _execute(who: str, command: Callable[..., Result], *args: object) -> Result:
    signed = role(who)  # said first, for a form that is refused would be typed for nobody
    with store.writing(visitor.credential(signed)) as session:
        return command(session, signed, *args)
