"""The one place where expected problems become a sentence, wherever in the program a reader meets them.

What Streamlit runs apart from the page, dialogs, fragments and callbacks, is made here, so that none of it is
without the boundary; tests/test_architecture.py sees to that.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from data_access.problems import Problem
from views.foundation import figures
from views.foundation.page_parts import literal

Parameters = ParamSpec("Parameters")
log = logging.getLogger(__name__)


@contextmanager
def told_to_the_reader() -> Iterator[None]:
    """Expected problems are told in Danish; anything else is a defect and goes on upwards."""
    try:
        yield
    except Problem as problem:
        tell(problem)


def tell(problem: Problem) -> None:
    """The sentence on the page, and for the log what the operator must know: never what somebody typed."""
    log.warning("%s %s", type(problem).__name__, problem.detail)
    st.error(literal(str(problem)))


def bounded(function: Callable[Parameters, object]) -> Callable[Parameters, None]:
    """The same function, which tells its reader of problems; what a callback must be."""

    @wraps(function)
    def within(*arguments: Parameters.args, **named: Parameters.kwargs) -> None:
        with told_to_the_reader():
            function(*arguments, **named)

    return within


def dialog(title: str, **look: str) -> Callable[[Callable[Parameters, object]], Callable[Parameters, None]]:
    """`st.dialog` within the boundary: a decorator."""
    return lambda function: st.dialog(title, **look)(bounded(_anew(function)))


def fragment(
    function: Callable[Parameters, object], run_every: float | None = None
) -> Callable[Parameters, None]:
    """`st.fragment` within the boundary."""
    return st.fragment(bounded(_anew(function)), run_every=run_every)


def _anew(function: Callable[Parameters, object]) -> Callable[Parameters, None]:
    """What runs apart from the page asks again who looks, for they may have been signed out since."""

    @wraps(function)
    def within(*arguments: Parameters.args, **named: Parameters.kwargs) -> None:
        with figures.pinned():
            function(*arguments, **named)

    return within
