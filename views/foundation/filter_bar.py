"""The filter strip: the only module that touches session state and query parameters.

The address holds the whole selection, defaults too, so that a copied link means the same next year.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.selection import Option, Selection
from views.foundation import controls, figures, page_parts, problems, vega
from views.foundation.controls import Choose, Control
from views.foundation.page_parts import literal

NOTES = "bemærkninger"
GOING = "på vej"
SHOWN = "vist"
LINK = "linket"
SELECTION, UNIT_BEFORE = "udvalget", "enheden før"


def strip() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Draws the common filters, which pages read with `chosen`; gives the two places left for `share`."""
    st.session_state[SHOWN] = {}
    held(LINK, _opened)
    if place := st.session_state.pop(GOING, None):
        st.switch_page(place, query_params={})  # without the empty ones it refuses while filters are bound
    _let_go_of_added()
    with st.container(horizontal=True, vertical_alignment="bottom", key="filtre"):
        folded: list[Callable[[], object]] = []
        st.session_state[SELECTION] = controls.selection(boxes(folded=folded), figures)
        with st.popover("Flere filtre", key="flere filtre", width="content"):
            for draw in folded:
                draw()
        corner = st.container(key="hjoerne", width="content", horizontal=True)
    return corner, st.empty()


def _let_go_of_added() -> None:
    """Another unit in its box is that one alone: what was added to the one before has been folded away."""
    unit, before = st.session_state.get(controls.UNIT), st.session_state.get(UNIT_BEFORE)
    if isinstance(unit, Option) and before not in (None, unit):
        st.session_state[controls.MORE_UNITS] = []
    st.session_state[UNIT_BEFORE] = unit if isinstance(unit, Option) else None


def _opened() -> dict[str, Sequence[str]]:
    """The parameters of the link that the session begins with, until its page has been drawn."""
    link = {name: st.query_params.get_all(name) for name in st.query_params}
    opened = controls.unescaped(link)
    for name in link.keys() - opened.keys():
        del st.query_params[name]
    return opened


def share(corner: DeltaGenerator, above: DeltaGenerator) -> str:
    """The exact view as a link to copy, and what is not as asked for, once all is drawn; its query."""
    _note(
        *controls.not_used([name for name in st.session_state[LINK] if name not in st.session_state[SHOWN]])
    )
    st.session_state[LINK] = {}
    if notes := st.session_state.pop(NOTES):
        above.warning("\n\n".join(map(literal, notes)))
    view = urlencode([(key, one.key) for key, held in st.session_state[SHOWN].items() for one in held])
    with corner:
        page_parts.popover("Del link", "del link", partial(_link_to, view), icon=":material/link:")
    return view


def _link_to(view: str) -> None:
    st.caption("Linket åbner netop denne visning:")
    st.code(f"{(st.context.url or '').split('?')[0]}?{view}", language=None, wrap_lines=True)


def chosen() -> Selection:
    """The selection that the strip shows."""
    return st.session_state[SELECTION]


def chosen_with_theme() -> Selection:
    """The same with a theme, which the reader chooses here."""
    return controls.with_theme(chosen(), boxes(), figures)


def chosen_with_question() -> Selection:
    """The same with a theme and one of its questions in focus."""
    return controls.with_question(chosen_with_theme(), boxes(), figures)


def boxes(
    places: Mapping[str, DeltaGenerator] = MappingProxyType({}),
    folded: list[Callable[[], object]] | None = None,
) -> Choose:
    """Draws each control in its place, or where it is called; those seldom used are left in `folded`."""

    def choose(control: Control, options: Sequence[Option]) -> Any:
        draw = partial(_drawn, control, options)
        if folded is not None and control.is_seldom_used:
            folded.append(draw)
            return _settled(control, options)
        with places.get(control.key) or nullcontext():
            return draw()

    return choose


def _drawn(control: Control, options: Sequence[Option]) -> Any:
    if control.most > 1:
        return several(control.label, control.key, options, control.most)
    if control.side_by_side:
        return pick(control.label, control.key, options)
    looks = control.label_of, control.width, control.says_what_is_gone
    return select(control.label, control.key, options, *looks)


def _settled(control: Control, options: Sequence[Option]) -> Any:
    """What the control will say when it is drawn."""
    if control.most > 1:
        _settle_several(control.key, options, control.most)
        return tuple(st.session_state[control.key])
    return _settle(control.key, options, control.label_of, control.says_what_is_gone)


def held(name: str, made: Callable[[], Any]) -> Any:
    """What somebody has open while they type: as it was first seen, until it is let go of."""
    return st.session_state[name] if name in st.session_state else st.session_state.setdefault(name, made())


def let_go(name: str) -> None:
    """What was held is made anew the next time."""
    st.session_state.pop(name, None)


def pick(label: str, key: str, options: Sequence[Option]) -> Option:
    """One of a few, side by side; the choice is in the address."""
    settled = _settle(key, options, controls.name_of)
    picked = st.segmented_control(
        label,
        options,
        required=True,
        format_func=controls.name_of,
        key=key,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )
    return _shown(key, picked or settled)


def several(label: str, key: str, options: Sequence[Option], most: int) -> tuple[Option, ...]:
    """Up to so many of the units; the choices are in the address."""
    _settle_several(key, options, most)
    picked = st.multiselect(
        label,
        options,
        format_func=controls.with_kind,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder="Vælg",
        max_selections=most,
        select_all=False,
        filter_mode="fuzzy",
    )
    st.session_state[SHOWN][key] = picked
    return tuple(picked)


def _settle_several(key: str, options: Sequence[Option], most: int) -> None:
    """Gives the box its choices before it is drawn: those asked for that there are."""
    state = st.session_state
    first = key not in state
    asked = _linked(key) if first else state[key]
    state[key], notes = controls.Vocabulary(options, controls.with_kind).several(asked, most)
    texts = [controls.with_kind(one) for one in state[key]]
    if first and asked != texts:
        _note(*notes)
        st.query_params[key] = texts
        st.rerun()  # the box would take what it does not know by its label out of the address again


@problems.bounded
def take(clicks: vega.Clicks) -> None:
    """A callback: makes the choice that was clicked on."""
    points = st.session_state[clicks.chart].selection[vega.CLICKED]
    if points and (key := points[0].get(clicks.field)):  # a mark without a key chooses nothing
        more = {controls.TAB: clicks.tab, controls.UNIT: points[0].get(clicks.unit)}
        choose(clicks.place, **{clicks.chooses: key, **{name: one for name, one in more.items() if one}})


@problems.bounded
def choose(place: str = "", **keys: str) -> None:
    """A callback: sets filters by the keys of their options, and goes to another page where one is named."""
    if controls.UNIT in keys:
        keys = {controls.MORE_UNITS: [], **keys}  # the way to one unit leads to that one alone
    st.session_state.update(keys)
    if place:
        st.session_state[GOING] = place


def link(label: str, place: str, key: str, **keys: str) -> None:
    """A control that leads to another view with filters set."""
    st.button(literal(label), key, type="tertiary", on_click=choose, args=(place,), kwargs=keys, wrap=True)


def select(  # noqa: PLR0913, PLR0917 - what a box is, and how it behaves in the strip
    label: str,
    key: str,
    options: Sequence[Option],
    label_of: Callable[[Option], str] = controls.name_of,
    width: int | str = "stretch",
    says_what_is_gone: bool = True,
) -> Option:
    """A select box whose choice is in the address; the first option is the one to fall back on."""
    settled = _settle(key, options, label_of, says_what_is_gone)
    picked = st.selectbox(
        label,
        options,
        None,  # with no default of its own the box never drops its choice from the address
        label_of,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder="Vælg",
        filter_mode="fuzzy",  # so that "Kbh" finds København
        width=width,
    )
    return _shown(key, picked or settled)


def _shown(key: str, option: Option) -> Option:
    """Notes what the control shows; going back in the browser empties one until the next run."""
    st.session_state[SHOWN][key] = [option]
    return option


def _settle(
    key: str, options: Sequence[Option], label_of: Callable[[Option], str], says_what_is_gone: bool = True
) -> Option:
    """Gives the control a choice before it is drawn: the one asked for, else the first option."""
    first, words = key not in st.session_state, _linked(key)
    asked = next(reversed(words), None) if first else st.session_state[key]
    option = controls.Vocabulary(options, label_of).option(asked)
    if first and len(words) > 1:
        _note(controls.repeated(key))
    if option is None:
        option = options[0]
        if asked and (says_what_is_gone or first):
            _note(controls.absent(asked if isinstance(asked, str) else label_of(asked), label_of(option)))
    return _hold(key, option, label_of)


def _linked(key: str) -> Sequence[str]:
    """What a parameter of the address says, as often as it is there."""
    return st.session_state[LINK].get(key) or st.query_params.get_all(key)


def _hold(key: str, option: Option, label_of: Callable[[Option], str]) -> Option:
    """Puts the choice into the address as the control will say it: other words it would take out again."""
    state, held = st.session_state, st.session_state.get(key)
    first, written = key not in state, st.query_params.get_all(key)
    if (first and written == [label_of(option)]) or held == option:
        return option
    state[key] = option
    if first or (not written and held is not None):  # one that a reader has emptied writes it by itself
        st.query_params[key] = label_of(option)
    if first and written:
        st.rerun()
    return option


def _note(*said: str) -> None:
    """Tells the reader, once the page is drawn, that something else is shown than was asked for."""
    st.session_state.setdefault(NOTES, []).extend(said)
