"""Opening the dashboard store for somebody: whoever reads or writes is named with every session."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session, select

from data_access import engines
from data_access.dashboard import admission, reference_tables, scope
from data_access.dashboard.admission import Credential
from data_access.dashboard.models import DASHBOARD, ReleaseInForce
from data_access.problems import StoreProblem
from data_access.reference import read_reference
from indicators.rights import OPERATOR, Principal, Right


def url() -> str:
    """DATABASE_URL, or the SQLite file of this checkout."""
    return engines.url(DASHBOARD)


@contextmanager
def reading(who: Principal | Credential) -> Iterator[Session]:
    """A session that only reads, and only what they may; MissingStoreProblem when there is no store.

    AccessProblem for those who may read nothing.
    """
    with engines.reading(url(), DASHBOARD) as session:
        yield _for(session, who)


@contextmanager
def looking(who: Principal) -> Iterator[Session]:
    """A session that only reads, empty when there is no store."""
    with engines.looking(url(), DASHBOARD) as session:
        yield _for(session, who)


@contextmanager
def writing(who: Principal | Credential) -> Iterator[Session]:
    """A session in one transaction; the reference data are brought up to the files'."""
    with engines.writing(url(), DASHBOARD) as session:
        _for(session, who)
        reference_tables.load_reference(session, read_reference())
        yield session


@contextmanager
def changing(who: Principal) -> Iterator[Session]:
    """The same in a store that is there; MissingStoreProblem when there is none."""
    with reading(who):
        pass
    with writing(who) as session:
        yield session


@contextmanager
def amending(who: Principal | Credential) -> Iterator[Session]:
    """A session that writes in a store that is there, without a look at its reference data: for the door."""
    with engines.as_it_is(url(), DASHBOARD) as session:
        yield _for(session, who)


def _for(session: Session, who: Principal | Credential) -> Session:
    principal = who if isinstance(who, Principal) else admission.admit(session, who)
    admission.refuse_without(principal, Right.READ_RESULTS)
    scope.bind(session, principal)
    return session


def ready() -> bool:
    """Whether pages have a release to read."""
    try:
        with reading(OPERATOR) as session:
            return session.exec(select(ReleaseInForce)).first() is not None
    except StoreProblem:
        return False
