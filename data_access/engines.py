"""Engines for both stores: SQLite files or PostgreSQL, opened the same safe way."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, MetaData, create_engine, event, inspect, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from data_access.problems import StoreProblem

STORES = Path(__file__).parent.parent / "stores"


def url_from_environment(variable: str, file_name: str) -> str:
    """The store's address: the environment's, or a SQLite file in `stores/`."""
    return os.environ.get(variable) or f"sqlite:///{STORES / file_name}"


@cache
def engine(url: str) -> Engine:
    """One engine a store and process."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if address.database in (None, "", ":memory:"):
        made = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        made = create_engine(url)
    event.listen(made, "connect", _set_up_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _set_up_sqlite(connection, _record) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, DDL included
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA secure_delete=ON")


def _begin_sqlite(connection) -> None:
    # A writer that takes its lock at once waits its turn; one that upgrades later fails at once.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(url: str, table: str) -> Iterator[Session]:
    """A session that only reads; StoreProblem when the store is not there or has not that table."""
    _refuse_missing_file(url)
    try:
        with Session(engine(url)) as session:
            if not inspect(session.connection()).has_table(table):
                raise StoreProblem(_missing(url))
            yield session
    except DatabaseError as error:
        raise StoreProblem(f"Datalageret {shown(url)} kan ikke læses: {error.orig}") from error


@contextmanager
def writing(url: str, tables: MetaData) -> Iterator[Session]:
    """A session in one transaction, all or nothing; makes the store's tables when they are missing."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    try:
        writer = engine(url).execution_options(writes=True)
        with Session(writer, expire_on_commit=False) as session, session.begin():
            tables.create_all(session.connection())
            yield session
    except DatabaseError as error:
        raise StoreProblem(f"Datalageret {shown(url)} kan ikke skrives: {error.orig}") from error


def shown(url: str) -> str:
    """The address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def _refuse_missing_file(url: str) -> None:
    address = make_url(url)
    in_file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    if in_file and not Path(address.database).exists():
        raise StoreProblem(_missing(url))


def _missing(url: str) -> str:
    return (
        f"Der er endnu intet datalager på {shown(url)}. "
        "Kør «python manage.py sample» for eksempeldata, eller importér og udgiv jeres egne data."
    )
