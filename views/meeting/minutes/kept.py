"""The figures that were kept with an item, beside what the same view shows today."""

from functools import partial

import streamlit as st

from data_access.partnerships.lists.meetings import Item, Meeting
from views.foundation import filter_bar, frozen_figure, page_parts
from views.foundation.frozen_figure import Figure
from views.foundation.page_parts import literal
from views.meeting import figures, items

UNCHANGED = "Tallene er de samme i dag."
CHANGED = "Tallene er ændret siden. I dag:"
NO_MORE = "Visningen viser ikke tal i dag."


def draw(item: Item, one: Meeting) -> None:
    """Folded up, for minutes are read for their words."""
    for number, figure in enumerate(figures.kept(item), start=1):
        label = literal(f"Tal som vist: {figure['title']}")
        page_parts.expander(label, f"tal {item.id} {number}", partial(_both, figure, item, one))


def _both(then: Figure, item: Item, one: Meeting) -> None:
    _figure(then)
    now = figures.current(item)
    if now and frozen_figure.words(now) == frozen_figure.words(then):
        st.markdown(f"**{UNCHANGED}**")
    elif now:
        st.markdown(f"**{CHANGED}** {literal(str(now['title']))}")
        _figure(now)
    else:
        st.markdown(NO_MORE)
        return
    about = items.about(item, one)
    filter_bar.link(about.link, about.place, f"tal i dag {item.id}", **about.keys)


def _figure(one: Figure) -> None:
    st.html(frozen_figure.table(one))
    st.caption(literal(frozen_figure.source(one)))
