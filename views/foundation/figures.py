"""The seam between pages and store: what is of a release is cached, and nothing else is kept."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

import altair as alt
import streamlit as st
from sqlmodel import Session

from data_access.dashboard import queries, store
from data_access.dashboard.queries import Choices
from data_access.dashboard.scope import principal_of
from data_access.partnerships.lists.initiatives import initiatives as initiatives_on
from data_access.partnerships.records import change_log
from indicators.danish import local_day
from indicators.method import Method
from indicators.partnership.board import Initiative
from indicators.report import Report
from indicators.rights import Principal, Right
from indicators.selection import Option, Selection
from views.foundation import vega, visitor

Made = TypeVar("Made")


class Edition(NamedTuple):
    """The store, the release in force, and what may be read of them: a cached answer is of one edition."""

    store: str
    release: int
    made_at: str
    reads: str


class Pinned(NamedTuple):
    """The edition of a run, with the reports that the run has asked for already."""

    edition: Edition
    principal: Principal
    reports: dict[Hashable, Any]


_PINNED: ContextVar[Pinned | None] = ContextVar("in force", default=None)


def today() -> date:
    """The day in Denmark."""
    return local_day(datetime.now(UTC))


def query(question: Callable[..., Made], *about: object, **more: object) -> Made:
    """`query(agreements, today())` is `agreements(session, today())`; what has just been written is in it."""
    with store.reading(visitor.credential()) as session:
        return question(session, *about, **more)


def report(read: Callable[..., Made], selection: Selection, *more: Hashable) -> Made:
    """`read(session, selection, *more, release=…)` in the release of the page, once for each edition.

    A view asks for its report many times in a run, and each look into the readers' cache takes a millisecond.
    """
    pinned_now, name = _PINNED.get(), f"{read.__module__}.{read.__qualname__}"
    reports, asked = pinned_now.reports if pinned_now else {}, (name, selection, more)
    if asked not in reports:
        reports[asked] = _report(_edition(), name, selection, more, read)
    return reports[asked]


def kept(about: Hashable, make: Callable[[], Made]) -> Made:
    """What is made of figures and nothing else: once for each edition, and whatever it is about."""
    return _kept(_edition(), about, make)


def method() -> Method:
    """How the figures in force came about."""
    return _method(_edition())


def surveys() -> tuple[Option, ...]:
    """The surveys that have been published."""
    return _surveys(_edition())


def choices(survey_id: str) -> Choices:
    """What can be chosen for the survey."""
    return _choices(_edition(), survey_id)


def drawn(
    draw: Callable[..., alt.TopLevelMixin], report: Report, *choices: Hashable, clicked: tuple[str, ...] = ()
) -> dict[str, Any]:
    """`draw(report, *choices)` as it is sent to the browser; it must not be changed."""
    name = f"{draw.__module__}.{draw.__qualname__}"
    return _drawn(_Itself(report), name, choices, clicked, draw).drawing


def pin_release() -> None:
    """Asks once a run what is in force and who looks: a page is of one edition, and a new one shows at once.

    AccessProblem for whoever may read nothing.
    """
    _PINNED.set(_now())


@contextmanager
def pinned() -> Iterator[None]:
    """The same for as long as a file is made, which happens beside the runs of a page."""
    token = _PINNED.set(_now())
    try:
        yield
    finally:
        _PINNED.reset(token)


def made_at() -> str:
    """When the release of the page was made: a store that is made anew begins with number 1 again."""
    return _edition().made_at


def initiatives(today: date) -> tuple[Initiative, ...]:
    """The board of that day; whatever anybody writes is on it at once, for the log then ends otherwise."""
    with store.reading(visitor.credential()) as session:
        return _initiatives(_release(session), change_log.newest_change(session), today)


def principal() -> Principal:
    """Who looks at the page; for what is drawn, while the store asks for itself."""
    return (_PINNED.get() or _now()).principal


def may(right: Right) -> bool:
    """Whether the reader has the right anywhere."""
    return principal().may(right)


def _edition() -> Edition:
    return (_PINNED.get() or _now()).edition


def _now() -> Pinned:
    with store.reading(visitor.credential()) as session:
        return Pinned(_release(session), principal_of(session), {})


def _release(session: Session) -> Edition:
    release = queries.release_in_force(session)
    return Edition(store.url(), release.number, release.made_at.isoformat(), principal_of(session).reads)


@st.cache_resource(max_entries=20, show_spinner=False)
def _initiatives(edition: Edition, newest: str | None, today: date) -> tuple[Initiative, ...]:  # noqa: ARG001 - the key
    with store.reading(visitor.credential()) as session:
        return initiatives_on(session, today)


class _Itself(NamedTuple):
    """A report, told from others by being that very one."""

    report: Report


class _Drawing(NamedTuple):
    """Holds on to the report: as long as the drawing is kept, no other can be taken for it."""

    report: Report
    drawing: dict[str, Any]


# Reports and drawings are shared between readers, for nobody changes them, and copies take time.
@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={_Itself: lambda one: id(one.report)})
def _drawn(one: _Itself, name: str, choices: tuple, clicked: tuple, _draw: Callable) -> _Drawing:  # noqa: ARG001
    return _Drawing(one.report, vega.sent(_draw(one.report, *choices), clicked))


@st.cache_resource(max_entries=500, show_spinner=False)
def _report(edition: Edition, name: str, selection: Selection, more: tuple, _read: Callable) -> Any:  # noqa: ARG001
    with store.reading(visitor.credential()) as session:
        return _read(session, selection, *more, release=queries.release(session, edition.release))


@st.cache_resource(max_entries=200, show_spinner=False)
def _kept(edition: Edition, about: Hashable, _make: Callable[[], Made]) -> Made:  # noqa: ARG001 - the key
    return _make()


@st.cache_resource(max_entries=50, show_spinner=False)
def _method(edition: Edition) -> Method:
    with store.reading(visitor.credential()) as session:
        return queries.method(session, queries.release(session, edition.release))


@st.cache_resource(max_entries=50, show_spinner=False)
def _surveys(edition: Edition) -> tuple[Option, ...]:
    with store.reading(visitor.credential()) as session:
        return queries.surveys(session, queries.release(session, edition.release))


@st.cache_resource(max_entries=50, show_spinner=False)
def _choices(edition: Edition, survey_id: str) -> Choices:
    with store.reading(visitor.credential()) as session:
        return queries.choices(session, queries.release(session, edition.release), survey_id)
