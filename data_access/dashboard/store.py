"""Opening the dashboard store."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlmodel import Session, select

from data_access import engines
from data_access.dashboard import reference_tables
from data_access.dashboard.models import DASHBOARD, ReleaseInForce
from data_access.problems import StoreProblem
from data_access.reference import read_reference


def url() -> str:
    """DATABASE_URL, or the SQLite file of this checkout."""
    return engines.url(DASHBOARD)


def reading() -> AbstractContextManager[Session]:
    """A session that only reads; MissingStoreProblem when there is no store."""
    return engines.reading(url(), DASHBOARD)


def looking() -> AbstractContextManager[Session]:
    """A session that only reads, empty when there is no store."""
    return engines.looking(url(), DASHBOARD)


@contextmanager
def writing() -> Iterator[Session]:
    """A session in one transaction; the reference data are brought up to the files'."""
    with engines.writing(url(), DASHBOARD) as session:
        reference_tables.load_reference(session, read_reference())
        yield session


@contextmanager
def changing() -> Iterator[Session]:
    """The same in a store that is there; MissingStoreProblem when there is none."""
    with reading():
        pass
    with writing() as session:
        yield session


def ready() -> bool:
    """Whether pages have a release to read."""
    try:
        with reading() as session:
            return session.exec(select(ReleaseInForce)).first() is not None
    except StoreProblem:
        return False
