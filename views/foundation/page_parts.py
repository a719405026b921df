"""Small parts of a page: text as it was written, what is drawn only while unfolded, and boxes for files."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

Draw = Callable[[], None]


def popover(label: str, key: str, draw: Draw, icon: str = "") -> bool:
    """Over the page, from a button or, without an icon, from a link; whether it is open."""
    kind = "secondary" if icon else "tertiary"
    unfolding = st.popover(label, key=key, on_change="rerun", icon=icon or None, type=kind)
    if unfolding.open:
        with unfolding:
            draw()
    return bool(unfolding.open)


def expander(label: str, key: str, draw: Draw, expanded: bool = False) -> bool:
    """In the page; whether it is open."""
    unfolding = st.expander(label, key=key, on_change="rerun", expanded=expanded)
    if unfolding.open:
        with unfolding:
            draw()
    return bool(unfolding.open)


_with_file_box: set[str] = set()
_drawn_with_one: set[str] = set()
"""Sessions by what their page has been, and has been so far."""


def file_box(label: str, ending: str, key: str) -> UploadedFile | None:
    """For a file of the reader's; as long as the page has such a box, its session may send files."""
    session = get_script_run_ctx().session_id
    _drawn_with_one.add(session)
    _with_file_box.add(session)
    return st.file_uploader(label, type=ending, key=key)


@contextmanager
def file_boxes_noted() -> Iterator[None]:
    """Around a whole page: drawn to its end without a box, its session may send no files any more."""
    session = get_script_run_ctx().session_id
    _drawn_with_one.discard(session)
    yield
    if session not in _drawn_with_one:
        _with_file_box.discard(session)


def let_go_of_files() -> None:
    """What the session was sent has been read in, and is held no longer."""
    context = get_script_run_ctx()
    context.uploaded_file_mgr.remove_session_files(context.session_id)


def sessions_with_file_box() -> set[str]:
    """Those that may send files."""
    return set(_with_file_box)


def forget_file_box(session: str) -> None:
    """Nobody has the page of the session any more."""
    _with_file_box.discard(session)
    _drawn_with_one.discard(session)


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_INSIDE_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)


def literal(text: str) -> str:
    """The text with everything escaped that markdown would act on, and no address made a link."""
    return _MARKDOWN.sub(r"\\\1", _INSIDE_ADDRESS.sub("\N{WORD JOINER}", text))
