"""The log of changes: what the store itself refuses to change or to delete."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DDL, JSON, DateTime, event, text
from sqlmodel import Field, Session

from data_access.dashboard.models import DashboardTable


class Action(StrEnum):
    """What was done; the values are the words the reader sees."""

    CREATED = "oprettet"
    LOADED = "indlæst"
    EDITED = "rettet"
    DELETED = "slettet"
    RESTORED = "gendannet"
    UNDONE = "fortrudt"


class ChangeRecord(DashboardTable, table=True):
    """Who did what to which record when, with the record before and after."""

    __tablename__ = "change"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=lambda: datetime.now(UTC), sa_type=DateTime(timezone=True))
    who: str
    """A role, never a person."""
    action: str
    kind: str
    record_id: int
    name: str
    version: int
    before: dict | None = Field(default=None, sa_type=JSON(none_as_null=True))
    after: dict | None = Field(default=None, sa_type=JSON(none_as_null=True))
    undoes_id: int | None = Field(default=None, foreign_key="change.id")


_SQLITE = {
    f"change_is_never_{done}": f"""
CREATE TRIGGER change_is_never_{done} BEFORE {what} ON change
BEGIN SELECT RAISE(ABORT, 'the log of changes is only added to'); END
"""
    for what, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
}
_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION change_is_only_added_to() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'the log of changes is only added to'; END $$
""",
    """
CREATE TRIGGER change_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON change
FOR EACH STATEMENT EXECUTE FUNCTION change_is_only_added_to()
""",
)

for _statement in _SQLITE.values():
    event.listen(ChangeRecord.__table__, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
for _statement in _POSTGRESQL:
    event.listen(ChangeRecord.__table__, "after_create", DDL(_statement).execute_if(dialect="postgresql"))


@contextmanager
def open_log(session: Session) -> Iterator[None]:
    """Lets lines be changed, in this transaction only: what has been withdrawn must leave the log as well."""
    if session.get_bind().dialect.name == "sqlite":
        opening, closing = [f"DROP TRIGGER {name}" for name in _SQLITE], list(_SQLITE.values())
    else:
        trigger = "ALTER TABLE change {} TRIGGER change_is_never_changed"
        opening, closing = [trigger.format("DISABLE")], [trigger.format("ENABLE")]
    for statement in opening:
        session.execute(text(statement))
    yield
    for statement in closing:
        session.execute(text(statement))
