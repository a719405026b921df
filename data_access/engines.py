"""How both stores are opened, SQLite files or PostgreSQL, and what each knows about itself."""

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, MetaData, Table, create_engine, delete, event, inspect, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import NullPool, StaticPool
from sqlmodel import Session, SQLModel

from data_access.mode import MODE, READ_ONLY, Mode, is_read_only, mode
from data_access.problems import MissingStoreProblem, ReadOnlyProblem, StoreProblem
from data_access.schema import StoreDescription

STORES = Path(__file__).parent.parent / "stores"
SHAPE = "shape"
_WAIT_SECONDS = 10
_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "recursive_triggers=ON",  # a row that INSERT OR REPLACE takes away counts as deleted
)

_SENTENCES = {
    r"not a database|malformed|corrupt": "er ødelagt eller slet ikke et datalager. "
    "Hent det fra en sikkerhedskopi, eller flyt det væk, og {renewal}.",
    r"locked|busy": "er optaget af et andet program. Vent et øjeblik, og prøv igen.",
    r"is full|no space left": "kan ikke skrives, for disken er fuld. Frigør plads, og prøv igen.",
    r"read-?only": "kan kun læses. Giv denne bruger lov til at skrive i filen og dens mappe.",
    r"unable to open": "kan ikke åbnes. Giv denne bruger adgang til filen og dens mappe.",
    r"disk i/o": "kan ikke læses fra eller skrives på disken. Efterse disken, og prøv igen.",
    r"authentication|role .* does not|no password": "afviser brugernavnet eller adgangskoden i {variable}.",
    r"database .* does not exist": "findes ikke på serveren. Opret databasen, eller ret {variable}.",
    r"permission denied|must be owner": "giver ikke databasebrugeren lov. Giv den rettighederne, eller ret "
    "{variable}.",
    r"connect": "svarer ikke. Efterse, at databaseserveren kører, og at adressen i {variable} er rigtig.",
}
_ANYTHING_ELSE = "kan ikke bruges lige nu. Prøv igen, eller bed den, der driver systemet, om at se i loggen."


def url(tables: MetaData) -> str:
    """The store's address: the environment's, or a SQLite file in `stores/`."""
    store = about(tables)
    return os.environ.get(store.variable) or f"sqlite:///{STORES / store.name}.sqlite"


@contextmanager
def reading(url: str, tables: MetaData) -> Iterator[Session]:
    """A session that only reads; MissingStoreProblem when there is no store."""
    with inspecting(url, tables) as session:
        if not is_made(session, tables):
            raise _missing(session.get_bind().engine.url)
        yield session


@contextmanager
def inspecting(url: str, tables: MetaData) -> Iterator[Session]:
    """A session that only reads a store of any version; MissingStoreProblem when there is no file."""
    address = _there(url, tables)
    with database_errors_in_danish(about(tables), shown(address)), Session(_reader(address)) as session:
        yield session


@contextmanager
def looking(url: str, tables: MetaData) -> Iterator[Session]:
    """A session that only reads, where a store that is not there yet is an empty one."""
    with ExitStack() as opened:
        try:
            session = opened.enter_context(reading(url, tables))
        except MissingStoreProblem:
            session = opened.enter_context(_empty(_address(url, tables), tables))
        yield session


@contextmanager
def writing(url: str, tables: MetaData) -> Iterator[Session]:
    """A session in one transaction, all or nothing; makes the store when it is not there.

    ReadOnlyProblem in a copy to be read.
    """
    refuse_in_a_copy()
    address = _address(url, tables)
    store = about(tables)
    if path := file_of(address):
        make_folder(path.parent, store)
        if not path.exists():
            with _file_errors_in_danish(store):
                path.touch(mode=0o600 if store.is_private else 0o644)
    with _writer(address, store) as session:
        if not is_made(session, tables):
            make(session, tables)
        yield session


@contextmanager
def as_it_is(url: str, tables: MetaData) -> Iterator[Session]:
    """A session that writes to a store of any version; MissingStoreProblem when there is no store.

    ReadOnlyProblem in a copy to be read.
    """
    refuse_in_a_copy()
    address = _there(url, tables)
    with _writer(address, about(tables)) as session:
        if not is_there(session, tables):
            raise _missing(address)
        yield session


@cache
def engine(url: str | URL) -> Engine:
    """The engine that writes, one a store and process."""
    address = make_url(url)
    if path := file_of(address):
        # A writer that takes its lock at once waits its turn; one that upgrades later fails at once.
        return _sqlite(address, partial(_writable, path), "BEGIN IMMEDIATE")
    return _engine(address, pool_pre_ping=True)


def file_of(address: URL) -> Path | None:
    """The file of a SQLite store."""
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None


def readable(path: Path) -> sqlite3.Connection:
    """A connection that only reads.

    Where the folder is closed to us nothing can be made beside the file; without a log it lies still.
    """
    log = Path(f"{path}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    lies_still = not has_log and not os.access(path.parent, os.W_OK)
    return _connected(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if lies_still else ''}")


def shown(address: URL) -> str:
    """The address without its password."""
    return address.render_as_string(hide_password=True)


def make_folder(folder: Path, store: StoreDescription) -> None:
    """The folder of a store; a new one is for its owner only."""
    with _file_errors_in_danish(store):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def _writer(address: URL, store: StoreDescription) -> Iterator[Session]:
    with (
        database_errors_in_danish(store, shown(address)),
        Session(engine(address), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@cache
def _reader(address: URL) -> Engine:
    if path := file_of(address):
        return _sqlite(address, partial(readable, path), "BEGIN")
    return engine(address).execution_options(postgresql_readonly=True)


def _engine(address: str | URL, **how: Any) -> Engine:
    """What somebody has typed is bound, and never told in an error: errors end in the log."""
    return create_engine(address, hide_parameters=True, **how)


def _sqlite(address: URL, connect: partial[sqlite3.Connection], begin: str) -> Engine:
    # Nothing is pooled: opening is quick, the log is folded into the file when the last one closes,
    # and a store that has been put in the place of another is seen at once.
    made = _engine(address, creator=connect, poolclass=NullPool)
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql(begin))
    return made


def _writable(path: Path) -> sqlite3.Connection:
    connection = _connected(f"{path.absolute().as_uri()}?mode=rw")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _connected(uri: str) -> sqlite3.Connection:
    # Without an isolation level transactions begin where the engine says, table making included.
    return sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)


@contextmanager
def _empty(address: URL, tables: MetaData) -> Iterator[Session]:
    """Lies in memory, under the address of the store that it stands for."""
    stands_for = address if file_of(address) else "sqlite://"
    made = _engine(stands_for, creator=partial(sqlite3.connect, ":memory:"), poolclass=StaticPool)
    with Session(made) as session:
        make(session, tables)
        yield session
    made.dispose()


def _address(url: str, tables: MetaData) -> URL:
    store = about(tables)
    try:
        address = make_url(url)
        address.get_dialect().import_dbapi()
    except (ArgumentError, ImportError, ValueError) as error:
        raise StoreProblem(
            f"Adressen i {store.variable} kan ikke bruges. Skriv fx sqlite:////sti/til/{store.name}.sqlite, "
            "eller postgresql+psycopg://… med pakken psycopg installeret.",
            str(error),
        ) from error
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise StoreProblem(f"Adressen i {store.variable} nævner ingen fil, så intet ville blive gemt.")
    return address


def _there(url: str, tables: MetaData) -> URL:
    address = _address(url, tables)
    path = file_of(address)
    if path and not path.exists():
        raise _missing(address)
    return address


@contextmanager
def _file_errors_in_danish(store: StoreDescription) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreProblem(
            f"{store.called} kan ikke oprettes. Giv denne bruger lov til at skrive i mappen, "
            f"eller ret adressen i {store.variable}.",
            str(error),
        ) from error


def refuse_in_a_copy() -> None:
    """ReadOnlyProblem in a copy to be read or a demonstration; whoever computes long asks first."""
    if mode() is Mode.DEMO:
        raise ReadOnlyProblem(f"Dette er en demonstration ({MODE}=demo), så intet kan gemmes her.")
    if is_read_only():
        raise ReadOnlyProblem(
            f"Dette er en kopi til læsning ({READ_ONLY}), så intet kan gemmes her. "
            "Ret i det dashboard, som kopien er taget fra."
        )


def _missing(address: URL) -> MissingStoreProblem:
    return MissingStoreProblem(
        "Der er endnu intet datalager. Kør «python manage.py sample» for eksempeldata, "
        "eller importér og udgiv jeres egne data.",
        shown(address),
    )


@contextmanager
def database_errors_in_danish(store: StoreDescription, address: str) -> Iterator[None]:
    """Raises StoreProblem for what a person can do something about; the rest is a defect and goes on."""
    try:
        yield
    except DatabaseError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        message = f"{store.called} {sentence.format(renewal=store.renewal, variable=store.variable)}"
        # What follows on further lines may be what somebody has typed.
        first_line = str(error.orig).partition("\n")[0]
        raise StoreProblem(message, f"{address}: {first_line}") from error


def _sentence(error: DatabaseError) -> str | None:
    for pattern, sentence in _SENTENCES.items():
        if re.search(pattern, str(error.orig), re.IGNORECASE):
            return sentence
    return _ANYTHING_ELSE if isinstance(error, OperationalError) else None


def about(tables: MetaData) -> StoreDescription:
    """What the store with these tables is called."""
    return tables.info["about"]


def is_made(session: Session, tables: MetaData) -> bool:
    """Whether the database has this store; StoreProblem when another version of the program made it."""
    if is_there(session, tables) and fact(session, tables, SHAPE) == shape(tables):
        return True
    if not set(inspect(session.connection()).get_table_names()) & set(tables.tables):
        return False
    store = about(tables)
    raise StoreProblem(
        f"{store.called} er dannet af en anden version af programmet. {store.when_other}",
        shown(session.get_bind().engine.url),
    )


def is_there(session: Session, tables: MetaData) -> bool:
    """Whether the database has this store, of whatever version."""
    return inspect(session.connection()).has_table(_facts(tables).name)


def make(session: Session, tables: MetaData) -> None:
    """Makes the tables and notes their shape."""
    tables.create_all(session.connection())
    note(session, tables, SHAPE, shape(tables))


def shape(tables: MetaData) -> str:
    """The version of a schema: it changes by itself when a column does, so nobody can forget to raise it."""
    return _shape(tables, sum(len(table.columns) for table in tables.tables.values()))


@cache
def _shape(tables: MetaData, _columns: int) -> str:
    """Asked whenever a store is opened; the number of columns tells when a module has brought more tables."""
    columns = sorted(
        f"{column} {column.type.python_type.__name__} {column.nullable} {column.primary_key}"
        for table in tables.tables.values()
        for column in table.columns
    )
    return sha256("\n".join(columns).encode()).hexdigest()[:16]


def upsert(
    session: Session, table: type[SQLModel], key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Puts the values in the row with that key, or makes it; two who do it at once do not collide."""
    row = _insert(session, table).values(**key, **values)
    session.execute(row.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
    session.expire_all()


def add_if_new(
    session: Session, table: type[SQLModel], key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Makes the row, unless there is one with that key, or somebody else is making it."""
    row = _insert(session, table).values(**key, **values)
    session.execute(row.on_conflict_do_nothing(index_elements=list(key)))


def _insert(session: Session, table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name](table)


def fact(session: Session, tables: MetaData, name: str) -> str | None:
    """What the store has noted under that name."""
    facts = _facts(tables)
    return session.connection().execute(select(facts.c.value).where(facts.c.name == name)).scalar()


def note(session: Session, tables: MetaData, name: str, value: str) -> None:
    """Notes a fact in the place of an earlier one."""
    facts = _facts(tables)
    session.connection().execute(delete(facts).where(facts.c.name == name))
    session.connection().execute(facts.insert().values(name=name, value=value))


def _facts(tables: MetaData) -> Table:
    return tables.tables[f"{about(tables).name}_fact"]
