"""The cached seam between pages and store: a selection in, a figure table out."""

from collections.abc import Hashable
from typing import NamedTuple

import streamlit as st

from data_access.dashboard import queries, store
from data_access.dashboard.queries import Choices
from indicators.method import Method
from indicators.report import FigureTable, Report
from indicators.selection import Named, Selection
from views.answers.report import distribution as _distribution
from views.overview.report import overview as _overview


class Edition(NamedTuple):
    """The store and the release in force: every cached answer belongs to one edition."""

    store: str
    release: int
    made_at: str


def overview(selection: Selection) -> FigureTable:
    """The themes of the chosen unit beside the comparison."""
    return _report(_edition(), "overview", selection)


def distribution(selection: Selection) -> FigureTable:
    """The answers to every question of the theme."""
    return _report(_edition(), "distribution", selection)


_REPORTS = {"overview": _overview, "distribution": _distribution}
"""By name, for a name can be a part of a cache's key."""


def method() -> Method:
    """How the figures in force came about."""
    return _method(_edition())


def surveys() -> tuple[Named, ...]:
    """The surveys that have been published."""
    return _surveys(_edition())


def choices(survey_id: str) -> Choices:
    """What can be chosen for the survey."""
    return _choices(_edition(), survey_id)


def _edition() -> Edition:
    """Asked on every run, for it costs one small query and shows a new release at once."""
    with store.reading() as session:
        release = queries.release_in_force(session)
        return Edition(store.url(), release.number, release.made_at.isoformat())


@st.cache_data(max_entries=500, show_spinner=False)
def _report(edition: Edition, name: str, selection: Selection, *more: Hashable) -> Report:
    with store.reading() as session:
        return _REPORTS[name](session, selection, *more, release=queries.release(session, edition.release))


@st.cache_data(max_entries=50, show_spinner=False)
def _method(edition: Edition) -> Method:
    with store.reading() as session:
        return queries.method(session, queries.release(session, edition.release))


@st.cache_data(max_entries=50, show_spinner=False)
def _surveys(edition: Edition) -> tuple[Named, ...]:
    with store.reading() as session:
        return queries.surveys(session, queries.release(session, edition.release))


@st.cache_data(max_entries=50, show_spinner=False)
def _choices(edition: Edition, survey_id: str) -> Choices:
    with store.reading() as session:
        return queries.choices(session, queries.release(session, edition.release), survey_id)
