"""The two stores in words, and what the tables of each are built on."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, MetaData, String, Table
from sqlmodel import SQLModel


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


def in_utc(moment: datetime) -> datetime:
    """SQLite gives moments back without their zone; they are kept in UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


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
