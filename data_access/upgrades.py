"""Bringing a dashboard store of an earlier version up to this one: what people have written stays."""

from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlmodel import Session

from data_access import backups, engines, schema
from data_access.dashboard.models import DASHBOARD
from data_access.partnerships.models.changes import protect
from data_access.problems import StoreProblem

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str) -> Path | None:
    """All steps or none; gives the copy that was taken first, where there were steps and the store is a file.

    StoreProblem when the store is newer than the program, or older than the first step.
    """
    with engines.as_it_is(url, DASHBOARD) as session:
        was = schema.fact(session, DASHBOARD, schema.SHAPE)
        steps = _steps(was)
        copy = _copy(session) if steps else None
        with Operations.context(MigrationContext.configure(session.connection())):
            for step in steps:
                step.module.upgrade()
                schema.note(session, DASHBOARD, schema.SHAPE, step.revision)
        protect(session.connection())  # the log's triggers are no part of the shape
    return copy


def _steps(was: str | None) -> list[Script]:
    """From the shape that the store has to the newest one, in order."""
    known = ScriptDirectory(str(MIGRATIONS))
    every = list(known.walk_revisions())
    shapes = [step.revision for step in every]
    if was not in shapes:
        raise StoreProblem(
            "Dashboardlageret er fra en version, som programmet ikke kender. Er det nyere end programmet, så "
            "brug den nye version; ellers flyt det væk, og udgiv igen med «python manage.py publish»."
        )
    return list(reversed(every[: shapes.index(was)]))


def _copy(session: Session) -> Path | None:
    file = engines.file_of(session.get_bind().engine.url)
    if file is None:
        return None
    copy = file.with_name(f"{file.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{file.suffix}")
    backups.copy(file, copy)
    return copy
