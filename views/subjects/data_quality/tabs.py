"""What the page Datagrundlag can show, and how that is chosen."""

import streamlit as st

from indicators.data_quality import LEVELS, PLACES
from indicators.selection import Option, Selection
from views.foundation import figures, filter_bar, places
from views.subjects.data_quality import blocks, method

RESPONSE, COVERAGE, METHOD = (
    Option(places.RESPONSE, "Svarprocent"),
    Option("daekning", "Dækning"),
    Option("metode", "Metode"),
)
VIEWS = (RESPONSE, COVERAGE, METHOD)


def chosen() -> tuple[Option, Option | None]:
    """The view, and what it goes through one by one."""
    with st.container(horizontal=True, key="grundlag-valg"):
        view = filter_bar.pick("Visning", places.VIEW_OF_GROUNDS, VIEWS)
        if view == RESPONSE:
            return view, filter_bar.pick("Opdelt på", "opdelt", LEVELS)
        if view == COVERAGE:
            return view, filter_bar.pick("Rækker", "raekker", PLACES)
        return view, None


def draw(view: Option, level: Option | None, selection: Selection) -> None:
    """The view of the selection."""
    if view == RESPONSE:
        blocks.response(figures.responses(selection, level))
    elif view == COVERAGE:
        blocks.coverage(figures.coverage(selection, level), selection)
        blocks.participation(figures.participation(selection))
    else:
        method.explanation(figures.method())
