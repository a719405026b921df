"""The figures that were kept with an item, beside what the same view shows today."""

from functools import partial

import streamlit as st

from data_access.partnerships.meetings import Item, Meeting
from views import filters, unfolding
from views.literal import literal
from views.meeting import figures, frozen, items
from views.meeting.frozen import Figure
from views.partnership import as_shown

UNCHANGED = "Tallene er de samme i dag."
CHANGED = "Tallene er ændret siden. I dag:"
NO_MORE = "Visningen viser ikke tal i dag."


def draw(item: Item, one: Meeting) -> None:
    """Folded up, for minutes are read for their words."""
    for number, figure in enumerate(figures.kept(item), start=1):
        label = literal(f"Tal som vist: {figure['title']}")
        unfolding.expander(label, f"tal {item.id} {number}", partial(_both, figure, item, one))


def _both(then: Figure, item: Item, one: Meeting) -> None:
    _figure(then)
    now = figures.current(item)
    if now and frozen.words(now) == frozen.words(then):
        st.markdown(f"**{UNCHANGED}**")
    elif now:
        st.markdown(f"**{CHANGED}** {literal(str(now['title']))}")
        _figure(now)
    else:
        st.markdown(NO_MORE)
        return
    about = items.about(item, one)
    filters.link(about.link, about.place, f"tal i dag {item.id}", **about.keys)


def _figure(one: Figure) -> None:
    st.html(as_shown.table(one))
    st.caption(literal(frozen.source(one)))
