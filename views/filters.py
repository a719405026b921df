"""The filter strip: the only module that touches session state and query parameters.

The address holds the whole selection, defaults too, so that a copied link means the same next year.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from data_access.problems import StoreProblem
from indicators.groups import kind_of
from indicators.selection import (
    ALL_EDUCATIONS,
    ALL_THEMES,
    ALL_UNITS,
    COMPARED_WITH_EVERYONE_ELSE,
    Named,
    Selection,
)
from views import figures
from views.literal import literal

SURVEY, YEAR, EDUCATION, UNIT, COMPARISON, THEME = (
    "spoergeskema",
    "aar",
    "uddannelse",
    "enhed",
    "sammenlign",
    "tema",
)
NOTES = "bemærkninger"


def strip() -> None:
    """Draws the common filters; pages read them with `chosen`."""
    surveys = figures.surveys()
    if not surveys:
        raise StoreProblem("Udgivelsen indeholder ingen runder. Kør «python manage.py publish».")
    with st.container(horizontal=True, key="filtre"):
        survey = _select("Spørgeskema", SURVEY, surveys)
        choices = figures.choices(survey.key)
        years = [Named(str(year), str(year)) for year in choices.years]
        _select("År", YEAR, years)
        _select("Uddannelse", EDUCATION, (ALL_EDUCATIONS, *choices.educations))
        unit = _select("Enhed", UNIT, choices.units, label_of=_with_kind)
        others = [other for other in choices.units if other not in (unit, ALL_UNITS)]
        _select("Sammenlign med", COMPARISON, (COMPARED_WITH_EVERYONE_ELSE, *others), label_of=_with_kind)
    for note in st.session_state.pop(NOTES, []):
        st.warning(literal(note))


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
    return replace(selection, theme=_select("Tema", THEME, (ALL_THEMES, *themes), width=320))


def _name(option: Named) -> str:
    return option.name


def _with_kind(unit: Named) -> str:
    """With the kind of the unit where its name does not say it, so that typing a kind finds them all."""
    kind = kind_of(unit.key)
    return unit.name if kind.casefold() in unit.name.casefold() else f"{kind}: {unit.name}"


def _select(
    label: str,
    key: str,
    options: Sequence[Named],
    label_of: Callable[[Named], str] = _name,
    width: int | str = "stretch",
) -> Named:
    """A select box whose choice is in the address; the first option is the one to fall back on."""
    _settle(key, options, label_of)
    return st.selectbox(
        label,
        options,
        index=None,  # with no default of its own the box never drops its choice from the address
        format_func=label_of,
        key=key,
        bind="query-params",
        persist_state="session",
        placeholder="Vælg",
        filter_mode="contains",
        width=width,
    )


def _settle(key: str, options: Sequence[Named], label_of: Callable[[Named], str]) -> None:
    """Gives the box a choice before it is drawn: the address's by label or key, else the first option."""
    state = st.session_state
    if key in state:
        if state[key] not in options:
            _note(state[key] and label_of(state[key]), label_of(options[0]))
            state[key] = options[0]
        return
    asked = st.query_params.get(key)
    known = {option.key: option for option in options} | {label_of(option): option for option in options}
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
