"""The cached seam between pages and store: a selection in, a figure table out."""

import streamlit as st

from data_access.dashboard import queries, store
from data_access.dashboard.queries import Choices
from indicators.figure import FigureTable
from indicators.selection import Named, Selection
from views import reports


def overview(selection: Selection) -> FigureTable:
    """The themes of the chosen unit beside the comparison."""
    return _report(edition(), "overview", selection)


def distribution(selection: Selection) -> FigureTable:
    """The answers to every question."""
    return _report(edition(), "distribution", selection)


def surveys() -> tuple[Named, ...]:
    """The surveys that have been published."""
    return _surveys(edition())


def choices(survey_id: str) -> Choices:
    """What can be chosen for the survey."""
    return _choices(edition(), survey_id)


def edition() -> str:
    """Names the store and the release in force: every cached answer belongs to one edition.

    It is asked on every run, for it costs one small query and shows a new release at once.
    """
    with store.reading() as session:
        return f"{store.url()} {queries.release_in_force(session).number}"


@st.cache_data(max_entries=500, show_spinner=False)
def _report(edition: str, name: str, selection: Selection) -> FigureTable:  # noqa: ARG001 - part of the key
    with store.reading() as session:
        return getattr(reports, name)(session, selection)


@st.cache_data(max_entries=50, show_spinner=False)
def _surveys(edition: str) -> tuple[Named, ...]:  # noqa: ARG001 - part of the key
    with store.reading() as session:
        return queries.surveys(session, queries.release_in_force(session))


@st.cache_data(max_entries=50, show_spinner=False)
def _choices(edition: str, survey_id: str) -> Choices:  # noqa: ARG001 - part of the key
    with store.reading() as session:
        return queries.choices(session, queries.release_in_force(session), survey_id)
