"""What is drawn only while it is unfolded: what nobody looks at delays no click."""

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
