"""Everything that the page Sekretariat writes, and how something is ended: chosen, told about, confirmed.

Nobody signs what is written here: the store knows itself who gives a role or a link and who ends it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, TypeVar

import streamlit as st

from data_access.dashboard import store
from data_access.dashboard.events import note_view
from indicators.danish import upper_first
from views.foundation import filter_bar, page_parts, problems, visitor
from views.partnership.records import forms

Result = TypeVar("Result")
TIMES, SEEN = "ændret her", "set her"


def times() -> int:
    """How often the reader has changed something: what has another key by then is new, empty and closed."""
    return filter_bar.held(TIMES, int)


def made(command: Callable[..., Result], *args: object) -> Result:
    """What the command gives, in one transaction of whoever is signed in."""
    with store.writing(visitor.credential()) as session:
        result = command(session, *args)
    more = times() + 1
    filter_bar.let_go(TIMES)
    filter_bar.held(TIMES, lambda: more)
    return result


def make(message: str, command: Callable[..., object], *args: object) -> None:
    """The same, and shows the page anew; otherwise what was typed stays where it is."""
    with problems.told_to_the_reader():
        made(command, *args)
        st.toast(message)
        st.rerun()


def opened(part: str) -> None:
    """Notes in the log that the reader has opened that part of the page, once a visit."""
    seen = filter_bar.held(SEEN, set)
    if part not in seen:
        note_view(visitor.credential(), part)
        seen.add(part)


class Ending(NamedTuple):
    """What the way to it is called, what is chosen among, what is done to it, and what that means."""

    label: str
    called: str
    options: Mapping[int, str]
    does: str
    means: str
    end: Callable[[int], None]


def offer(ending: Ending) -> None:
    """The way to it, where there is anything to end."""
    if ending.options:
        key = f"{ending.label} {times()}"
        page_parts.popover(ending.label, key, partial(_confirm, ending, key))


def _confirm(ending: Ending, key: str) -> None:
    chosen = forms.one_of(ending.called, ending.options, None, f"hvilken {key}")
    st.markdown(ending.means)
    is_sure = st.checkbox(f"Ja, {ending.does}", key=f"sikker {key} {chosen}")
    if st.button(upper_first(ending.does), disabled=not (chosen and is_sure), key=f"gør {key}"):
        ending.end(chosen)
