"""The two stores: what they are called, what their tables are built on, and what each knows about itself."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from sqlalchemy import Column, MetaData, String, Table, delete, inspect, select
from sqlmodel import Session, SQLModel

from data_access.problems import StoreProblem

SHAPE = "shape"


@dataclass(frozen=True)
class StoreDescription:
    """One of the two stores in words: what people call it, where it is, how it is made again."""

    name: str
    called: str
    variable: str
    """The environment variable that holds its address."""
    renewal: str
    when_other: str
    """What to do when another version of the program has made it."""
    is_private: bool = False


def tables_of(about: StoreDescription) -> MetaData:
    """Metadata of their own for the tables of a store, with one table of what it knows about itself."""
    tables = MetaData(info={"about": about})
    columns = Column("name", String, primary_key=True), Column("value", String, nullable=False)
    Table(f"{about.name}_fact", tables, *columns)
    return tables


class DashboardTable(SQLModel):
    """Base of the dashboard store's tables; their own metadata keep the two stores apart."""

    metadata = tables_of(
        StoreDescription(
            name="dashboard",
            called="Dashboardlageret",
            variable="DATABASE_URL",
            renewal="udgiv igen med «python manage.py publish». Gem den gamle fil: den rummer også, hvad "
            "der er skrevet om partnerskaber",
            when_other="Kør «python manage.py upgrade»: den tager en kopi og bringer lageret op til denne "
            "version, uden at noget går tabt.",
        )
    )


class ConfidentialTable(SQLModel):
    """Base of the confidential store's tables."""

    metadata = tables_of(
        StoreDescription(
            name="confidential",
            called="Det fortrolige lager",
            variable="CONFIDENTIAL_DATABASE_URL",
            renewal="importér runderne igen",
            when_other="Kør «python manage.py upgrade»: den tager en kopi og bringer lageret op til denne "
            "version, uden at noget går tabt.",
            is_private=True,
        )
    )


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
        session.get_bind().engine.url.render_as_string(hide_password=True),
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
