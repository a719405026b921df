"""Bringing a store of an earlier version up to this one: what is in it stays."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import MetaData, make_url

from data_access import engines
from data_access.confidential import store as confidential
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables.changes import protect
from data_access.operations import backups
from data_access.problems import MissingStoreProblem, StoreProblem

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade_stores() -> Iterator[str]:
    """Both, as far as they are there; one line a store. A public copy runs without the confidential one."""
    addresses = {DASHBOARD: dashboard.url(), CONFIDENTIAL: confidential.url()}
    for tables, url in addresses.items():
        try:
            copy = upgrade(url, tables)
        except MissingStoreProblem:
            if tables is DASHBOARD:
                raise
        else:
            old = f" Det gamle ligger i {copy}." if copy else ""
            yield f"{engines.about(tables).called} er af denne version.{old}"


def upgrade(url: str, tables: MetaData) -> Path | None:
    """All steps or none; gives the copy that was taken first, where there were steps and the store is a file.

    StoreProblem when the store is newer than the program, or older than the first step.
    """
    with engines.as_it_is(url, tables) as session:
        steps = _steps(tables, engines.fact(session, tables, engines.SHAPE))
        copy = _copy(url) if steps else None
        with Operations.context(MigrationContext.configure(session.connection())):
            for step in steps:
                step.module.upgrade()
                engines.note(session, tables, engines.SHAPE, step.revision)
        if tables is DASHBOARD:
            protect(session.connection())  # the log's triggers are no part of the shape
    return copy


def scripts(tables: MetaData) -> ScriptDirectory:
    """The steps of the store with these tables."""
    return ScriptDirectory(str(MIGRATIONS / engines.about(tables).name))


def _steps(tables: MetaData, was: str | None) -> list[Script]:
    """From the shape that the store has to the newest one, in order."""
    every = list(scripts(tables).walk_revisions())
    shapes = [step.revision for step in every]
    if was not in shapes:
        store = engines.about(tables)
        raise StoreProblem(
            f"{store.called} er fra en version, som programmet ikke kender. Er det nyere end programmet, så "
            f"brug den nye version; ellers flyt det væk, og {store.renewal}."
        )
    return list(reversed(every[: shapes.index(was)]))


def _copy(url: str) -> Path | None:
    file = engines.file_of(make_url(url))
    if file is None:
        return None
    copy = file.with_name(f"{file.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{file.suffix}")
    backups.copy(file, copy)
    return copy
