"""The log of changes: what the store itself refuses to change or to delete."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DDL, JSON, DateTime, event
from sqlmodel import Field

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


_SQLITE = """
CREATE TRIGGER change_is_never_{done} BEFORE {what} ON change
BEGIN SELECT RAISE(ABORT, 'the log of changes is only added to'); END
"""
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

for _what, _done in (("UPDATE", "changed"), ("DELETE", "deleted")):
    _rule = DDL(_SQLITE.format(what=_what, done=_done)).execute_if(dialect="sqlite")
    event.listen(ChangeRecord.__table__, "after_create", _rule)
for _statement in _POSTGRESQL:
    event.listen(ChangeRecord.__table__, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
