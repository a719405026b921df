"""The one place where expected problems become a sentence on the page."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data_access.problems import Problem
from views.literal import literal

log = logging.getLogger(__name__)


@contextmanager
def told_to_the_reader() -> Iterator[None]:
    """Expected problems are told in Danish; anything else is a defect and goes on upwards."""
    try:
        yield
    except Problem as problem:
        log.warning("%s: %s %s", type(problem).__name__, problem, problem.detail or "")
        st.error(literal(str(problem)))
