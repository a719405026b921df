"""For whom a session reads: what other partnerships have written is not there for it.

The rule is put on every SELECT of the session, so no list, form or log can forget it.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, event, or_, select
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, with_loader_criteria
from sqlalchemy.sql.visitors import iterate
from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import PartnershipRecord, PartyRecord
from data_access.dashboard.partnership_tables.base import Editable
from data_access.dashboard.partnership_tables.changes import Author, ChangeRecord
from data_access.dashboard.partnership_tables.initiatives import (
    InitiativeRecord,
    MilestoneRecord,
    UpdateRecord,
)
from data_access.dashboard.partnership_tables.meetings import (
    DraftRecord,
    ItemRecord,
    MeetingRecord,
    PointRecord,
    ShowingRecord,
)
from data_access.schema import DashboardTable
from indicators.rights import Principal, Right

PRINCIPAL = "principal"
NAMELESS = "Bruger {}"
OWNERS: dict[type[DashboardTable], tuple[str, type[Editable]]] = {
    MilestoneRecord: ("initiative_id", InitiativeRecord),
    UpdateRecord: ("initiative_id", InitiativeRecord),
    ItemRecord: ("meeting_id", MeetingRecord),
    PointRecord: ("agenda_item_id", ItemRecord),
    ShowingRecord: ("meeting_id", MeetingRecord),
    DraftRecord: ("item_id", ItemRecord),
}
"""What is of the partnership that its owner is of; other records say themselves which it is."""


def bind(session: Session, principal: Principal) -> None:
    """From now on the session reads and writes for that principal."""
    session.info[PRINCIPAL] = principal


def principal_of(session: Session) -> Principal:
    """Whom the session reads and writes for; a session that nobody has been named for is a defect."""
    return session.info[PRINCIPAL]


def author(session: Session) -> Author:
    """Whom a line of the log says that it was."""
    principal = principal_of(session)
    return Author(principal.name or NAMELESS.format(principal.account_id), principal.account_id)


def account_author(account_id: int) -> Author:
    """An account whose role has not been asked for, at the door."""
    return Author(NAMELESS.format(account_id), account_id)


@event.listens_for(Session, "do_orm_execute")
def _limit(state: ORMExecuteState) -> None:
    principal: Principal | None = state.session.info.get(PRINCIPAL)
    if principal is None or principal.partnerships is None or not state.is_select:
        return
    named = {element.name for element in iterate(state.statement) if isinstance(element, Table)}
    criteria = _criteria(principal.partnerships, principal.may(Right.READ_LOG))
    if options := [criteria[name] for name in sorted(named & criteria.keys())]:
        state.statement = state.statement.options(*options)


@lru_cache(maxsize=256)
def _criteria(partnerships: frozenset[int], reads_log: bool) -> dict[str, LoaderCriteriaOption]:
    """What is added to a SELECT, by the table that it names; made once, for making takes milliseconds."""
    rules = {
        table: _is_of(table, partnerships)
        for table in (*Editable.__subclasses__(), *OWNERS)
        if table is not PartyRecord
    }
    rules[ChangeRecord] = _is_about(partnerships, reads_log)
    return {
        table.__tablename__: with_loader_criteria(table, rule, include_aliases=True)
        for table, rule in rules.items()
    }


def _is_of(
    table: type[DashboardTable], partnerships: frozenset[int], columns: Any = None
) -> ColumnElement[bool]:
    """Whether a row of the table, or of these columns of it, is of one of the partnerships."""
    columns = columns or table
    if table is PartnershipRecord:
        return columns.id.in_(partnerships)
    if table not in OWNERS:
        return columns.partnership_id.in_(partnerships)
    column, owner = OWNERS[table]
    return getattr(columns, column).in_(_ids(owner, partnerships))


def _ids(table: type[Editable], partnerships: frozenset[int]) -> Select:
    """Those of one of the partnerships; of the plain table, so that no rule is put on a rule."""
    columns = table.__table__.columns
    return select(columns.id).where(_is_of(table, partnerships, columns))


def _is_about(partnerships: frozenset[int], reads_log: bool) -> ColumnElement[bool]:
    """Lines of the log about records of theirs; for those who read the log also about no record."""
    kinds = {table.__tablename__: table for table in Editable.__subclasses__()}
    lines = [
        and_(ChangeRecord.kind == name, ChangeRecord.record_id.in_(_ids(table, partnerships)))
        for name, table in kinds.items()
        if table is not PartyRecord
    ]
    lines.append(ChangeRecord.kind == PartyRecord.__tablename__)
    if reads_log:
        lines.append(ChangeRecord.kind.not_in(kinds))
    return or_(*lines)
