"""For whom a session reads: what other partnerships have written is not there for it.

The rule is put on every SELECT of the session, so no list, form or log can forget it.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, event, or_, select
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
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
    state.statement = state.statement.options(
        *(with_loader_criteria(table, rule) for table, rule in _rules(principal))
    )


def _rules(principal: Principal) -> Iterator[tuple[type[DashboardTable], ColumnElement[bool]]]:
    tables = [*(table for table in Editable.__subclasses__() if table is not PartyRecord), *OWNERS]
    for table in dict.fromkeys(tables):
        yield table, _is_of(table, principal)
    yield ChangeRecord, _is_about(principal)


def _is_of(table: type[DashboardTable], principal: Principal) -> ColumnElement[bool]:
    """Whether a row is of a partnership that the principal reads; of plain tables."""
    columns = table.__table__.columns
    if table is PartnershipRecord:
        return columns.id.in_(principal.partnerships)
    if table not in OWNERS:
        return columns.partnership_id.in_(principal.partnerships)
    column, owner = OWNERS[table]
    return columns[column].in_(_ids(owner, principal))


def _ids(table: type[Editable], principal: Principal) -> Select:
    return select(table.__table__.columns.id).where(_is_of(table, principal))


def _is_about(principal: Principal) -> ColumnElement[bool]:
    """Lines of the log about records that it reads; with the right to read the log also about no record."""
    columns = ChangeRecord.__table__.columns
    kinds = {table.__tablename__: table for table in Editable.__subclasses__()}
    lines = [
        and_(columns.kind == name, columns.record_id.in_(_ids(table, principal)))
        for name, table in kinds.items()
        if table is not PartyRecord
    ]
    lines.append(columns.kind == PartyRecord.__tablename__)
    if principal.may(Right.READ_LOG):
        lines.append(columns.kind.not_in(kinds))
    return or_(*lines)
