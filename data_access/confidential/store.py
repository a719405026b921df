"""Opening the confidential store: for import, release, audit and retention only."""

from contextlib import AbstractContextManager

from sqlmodel import Session

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL


def url() -> str:
    """CONFIDENTIAL_DATABASE_URL, or the SQLite file of this checkout."""
    return engines.url(CONFIDENTIAL)


def reading() -> AbstractContextManager[Session]:
    """A session that only reads; MissingStoreProblem when there is no store."""
    return engines.reading(url(), CONFIDENTIAL)


def looking() -> AbstractContextManager[Session]:
    """A session that only reads, empty when there is no store."""
    return engines.looking(url(), CONFIDENTIAL)


def writing() -> AbstractContextManager[Session]:
    """A session in one transaction; a new store gets its tables."""
    return engines.writing(url(), CONFIDENTIAL)
