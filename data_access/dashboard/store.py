"""Opening the dashboard store."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlmodel import Session

from data_access import engines
from data_access.dashboard import reference_tables
from data_access.dashboard.models import DASHBOARD, UnitRecord
from data_access.problems import StoreProblem
from data_access.reference import read_reference


def url() -> str:
    """DATABASE_URL, or the SQLite file of this checkout."""
    return engines.url_from_environment("DATABASE_URL", "dashboard.sqlite")


def reading() -> AbstractContextManager[Session]:
    """A session that only reads; StoreProblem when there is no store."""
    return engines.reading(url(), "release")


@contextmanager
def writing() -> Iterator[Session]:
    """A session in one transaction; a new store gets its tables and the reference data."""
    with engines.writing(url(), DASHBOARD) as session:
        if session.get(UnitRecord, "alle") is None:
            reference_tables.load_reference(session, read_reference())
        yield session


def ready() -> bool:
    """Whether the store answers."""
    try:
        with reading():
            return True
    except StoreProblem:
        return False
