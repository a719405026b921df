"""Small parts of a page: text as it was written, and what is drawn only while it is unfolded."""

import re
from collections.abc import Callable

import streamlit as st

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


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_INSIDE_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)


def literal(text: str) -> str:
    """The text with everything escaped that markdown would act on, and no address made a link."""
    return _MARKDOWN.sub(r"\\\1", _INSIDE_ADDRESS.sub("\N{WORD JOINER}", text))
