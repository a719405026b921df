"""What the page Datagrundlag can show, and how that is chosen."""

import streamlit as st

from indicators.grounds import LEVELS, PLACES
from indicators.selection import Named, Selection
from views import figures, filters, places
from views.grounds import blocks, method

RESPONSE, COVERAGE, METHOD = (
    Named(places.RESPONSE, "Svarprocent"),
    Named("daekning", "Dækning"),
    Named("metode", "Metode"),
)
VIEWS = (RESPONSE, COVERAGE, METHOD)


def chosen() -> tuple[Named, Named | None]:
    """The view, and what it goes through one by one."""
    with st.container(horizontal=True, key="grundlag-valg"):
        view = filters.pick("Visning", places.VIEW_OF_GROUNDS, VIEWS)
        if view == RESPONSE:
            return view, filters.pick("Opdelt på", "opdelt", LEVELS)
        if view == COVERAGE:
            return view, filters.pick("Rækker", "raekker", PLACES)
        return view, None


def draw(view: Named, level: Named | None, selection: Selection) -> None:
    """The view of the selection."""
    if view == RESPONSE:
        blocks.response(figures.responses(selection, level))
    elif view == COVERAGE:
        blocks.coverage(figures.coverage(selection, level), selection)
        blocks.participation(figures.participation(selection))
    else:
        method.explanation(figures.method())
