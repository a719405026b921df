"""The filter strip: the only module that touches session state and query parameters.

The address holds the whole selection, defaults too, so that a copied link means the same next year.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from data_access.problems import StoreProblem
from indicators.groups import kind_of
from indicators.selection import (
    ALL,
    ALL_EDUCATIONS,
    ALL_THEMES,
    ALL_UNITS,
    COMPARED_WITH_EVERYONE_ELSE,
    Named,
    Selection,
)
from views import figures
from views.literal import literal

SURVEY, YEAR, EDUCATION, UNIT, COMPARISON, THEME, QUESTION, TAB = (
    *("spoergeskema", "aar", "uddannelse", "enhed", "sammenlign"),
    *("tema", "spoergsmaal", "fane"),
)
NOTES, GOING, CLICKED, SHOWN = "bemærkninger", "på vej", "valgt", "vist"


def strip() -> None:
    """Draws the common filters; pages read them with `chosen`."""
    state = st.session_state
    state[SHOWN] = []
    if place := state.pop(GOING, None):
        st.switch_page(place, query_params={})  # without the empty ones it refuses while filters are bound
    surveys = figures.surveys()
    if not surveys:
        raise StoreProblem("Udgivelsen indeholder ingen runder. Kør «python manage.py publish».")
    with st.container(horizontal=True, key="filtre"):
        survey = _select("Spørgeskema", SURVEY, surveys)
        choices = figures.choices(survey.key)
        years = [Named(str(year), str(year)) for year in choices.years]
        _select("År", YEAR, years)
        with_field = partial(_with_field, choices.fields)
        _select("Uddannelse", EDUCATION, (ALL_EDUCATIONS, *choices.educations), with_field)
        unit = _select("Enhed", UNIT, choices.units, _with_kind)
        others = [other for other in choices.units if other not in (unit, ALL_UNITS)]
        _select("Sammenlign med", COMPARISON, (COMPARED_WITH_EVERYONE_ELSE, *others), _with_kind)
    for note in state.pop(NOTES, []):
        st.warning(literal(note))


def share() -> None:
    """The exact view as a link to copy."""
    with st.popover("Del link", icon=":material/link:"):
        st.markdown("Linket åbner netop denne visning:")
        shown = [(key, one.key) for key in st.session_state[SHOWN] for one in _held(key)]
        st.code(f"{(st.context.url or '').split('?')[0]}?{urlencode(shown)}", language=None, wrap_lines=True)


def _held(key: str) -> Sequence[Named]:
    held = st.session_state[key]
    return held if isinstance(held, list) else [held]


def chosen() -> Selection:
    """The selection that the strip shows."""
    state = st.session_state
    return Selection(
        survey=state[SURVEY],
        year=int(state[YEAR].key),
        education=state[EDUCATION],
        unit=state[UNIT],
        compared_with=state[COMPARISON],
    )


def chosen_with_theme() -> Selection:
    """The same with a theme, which the reader chooses here."""
    selection = chosen()
    themes = figures.choices(selection.survey.key).themes
    return replace(selection, theme=_select("Tema", THEME, (ALL_THEMES, *themes), width=260))


def chosen_with_question() -> Selection:
    """The same with a theme and one of its questions in focus."""
    with st.container(horizontal=True, key="fokus"):
        selection = chosen_with_theme()
        questions = [
            question
            for theme, question, common in figures.choices(selection.survey.key).questions
            if selection.theme.key in (ALL, theme) and (common or selection.education.key != ALL)
        ]
        return replace(selection, question=_select("Spørgsmål", QUESTION, questions, told=False))


def pick(label: str, key: str, options: Sequence[Named]) -> Named:
    """One of a few, side by side; the choice is in the address."""
    _settle(key, options, _name)
    st.session_state[SHOWN].append(key)
    return st.segmented_control(
        label,
        options,
        required=True,
        format_func=_name,
        key=key,
        bind="query-params",
        persist_state="session",
        label_visibility="collapsed",
    )


def several(label: str, key: str, options: Sequence[Named], most: int) -> tuple[Named, ...]:
    """Up to so many of the units; the choices are in the address."""
    state = st.session_state
    known = _known(options, _with_kind)
    asked = state[key] if key in state else st.query_params.get_all(key)
    found = [known.get(one, one) if isinstance(one, str) else one for one in asked]
    state[key] = [one for one in found if one in options][:most]
    state[SHOWN].append(key)
    picked = st.multiselect(
        label,
        options,
        format_func=_with_kind,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder="Vælg",
        max_selections=most,
        select_all=False,
        filter_mode="fuzzy",
    )
    return tuple(picked)


@dataclass(frozen=True)
class Clicks:
    """A click on a mark of the chart takes the key in its `field` as the choice of the filter `chooses`."""

    chart: str
    field: str
    chooses: str
    place: str = ""
    tab: str = ""


def take(clicks: Clicks) -> None:
    """A callback: makes the choice that was clicked on."""
    points = st.session_state[clicks.chart].selection[CLICKED]
    if points:
        tab = {TAB: clicks.tab} if clicks.tab else {}
        choose(clicks.place, **{clicks.chooses: points[0][clicks.field], **tab})


def choose(place: str = "", **keys: str) -> None:
    """A callback: sets filters by the keys of their options, and goes to another page where one is named."""
    for key, asked in keys.items():
        st.session_state[key] = asked
    if place:
        st.session_state[GOING] = place


def link(label: str, place: str, key: str, **keys: str) -> None:
    """A control that leads to another view with filters set."""
    st.button(literal(label), type="tertiary", key=key, on_click=choose, args=(place,), kwargs=keys)


def _name(option: Named) -> str:
    return option.name


def _with_kind(unit: Named) -> str:
    """With the kind of the unit where its name does not say it, so that typing a kind finds them all."""
    kind = kind_of(unit.key)
    return unit.name if kind.casefold() in unit.name.casefold() else f"{kind}: {unit.name}"


def _with_field(fields: dict[str, str], education: Named) -> str:
    """With the field, which the educations are listed by."""
    field = fields.get(education.key)
    return f"{education.name} ({field})" if field else education.name


def _select(  # noqa: PLR0913, PLR0917 - what a box is, and how it behaves in the strip
    label: str,
    key: str,
    options: Sequence[Named],
    label_of: Callable[[Named], str] = _name,
    width: int | str = "stretch",
    told: bool = True,
) -> Named:
    """A select box whose choice is in the address; the first option is the one to fall back on."""
    _settle(key, options, label_of, told)
    st.session_state[SHOWN].append(key)
    return st.selectbox(
        label,
        options,
        index=None,  # with no default of its own the box never drops its choice from the address
        format_func=label_of,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder="Vælg",
        filter_mode="fuzzy",  # so that "Kbh" finds København
        width=width,
    )


def _known(options: Sequence[Named], label_of: Callable[[Named], str]) -> dict[str, Named]:
    """Everything that an option may be asked for by: its label, its name, its key."""
    return {word: one for one in reversed(options) for word in (label_of(one), one.name, one.key)}


def _settle(key: str, options: Sequence[Named], label_of: Callable[[Named], str], told: bool = True) -> None:
    """Gives the control a choice before it is drawn: the one asked for, else the first option."""
    state, known = st.session_state, _known(options, label_of)
    if key in state:
        held = state[key]
        option = known.get(held, options[0]) if isinstance(held, str) else held
        if option not in options:
            _note(told and held and label_of(held), label_of(options[0]))
            option = options[0]
        if option != held:
            state[key] = option
        return
    asked = st.query_params.get(key)
    option = known.get(asked, options[0])
    if asked == label_of(option):
        return
    st.query_params[key] = label_of(option)
    state[key] = option
    if asked not in known:
        _note(asked, label_of(option))
    if asked is not None:
        st.rerun()  # the box would take the unknown text out of the address again


def _note(asked: str | None, shown: str) -> None:
    """Tells the reader, once the strip is drawn, that something else is shown than was asked for."""
    if asked:
        st.session_state.setdefault(NOTES, []).append(f"«{asked}» findes ikke her. Der vises «{shown}».")
