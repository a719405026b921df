"""What the parties work on and where they meet: partnerships, focus areas, the points of a year, bodies."""

from dataclasses import dataclass

from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import (
    BodyRecord,
    FocusAreaRecord,
    FocusPointRecord,
    PartnershipRecord,
)
from data_access.partnerships.records.kinds import FOCUS_AREA
from data_access.partnerships.records.lines import line, live
from data_access.partnerships.records.records import elements_by_owner
from data_access.partnerships.records.wording import ref_to
from indicators.danish import alphabetical
from indicators.partnership.board import Ref


@dataclass(frozen=True)
class Partnership:
    """What the parties are together about."""

    id: int
    version: int
    name: str
    short_name: str
    purpose: str
    area: str
    update_interval_days: int
    source: str
    is_sample: bool


@dataclass(frozen=True)
class FocusArea:
    """What the parties want there, and what they have said they will do."""

    id: int
    version: int
    agreement: Ref | None
    name: str
    challenge: str
    goal: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class FocusPoint:
    """What one year is about."""

    id: int
    version: int
    agreement: Ref | None
    focus_area: Ref | None
    year: int
    title: str
    text: str


@dataclass(frozen=True)
class Body:
    """Where the parties meet."""

    id: int
    version: int
    name: str
    kind: str
    task: str
    meetings_a_year: int | None
    cadence: str
    chair: Ref | None
    chair_years: int | None
    contact: str


def partnerships(session: Session) -> tuple[Partnership, ...]:
    """All of them, by name."""
    found = sorted(session.exec(live(PartnershipRecord)), key=lambda one: alphabetical(one.name))
    return tuple(line(Partnership, one) for one in found)


def focus_areas(session: Session, partnership_id: int) -> tuple[FocusArea, ...]:
    """The focus areas in the order agreed."""
    actions = elements_by_owner(session, FOCUS_AREA.lists[0])
    query = live(FocusAreaRecord).where(FocusAreaRecord.partnership_id == partnership_id)
    return tuple(
        line(
            FocusArea,
            one,
            agreement=ref_to(session, "agreement", one.agreement_id),
            actions=tuple(actions.get(one.id, ())),
        )
        for one in session.exec(query.order_by(FocusAreaRecord.position, FocusAreaRecord.id))
    )


def focus_points(session: Session, partnership_id: int) -> tuple[FocusPoint, ...]:
    """The focus points by year."""
    query = live(FocusPointRecord).where(FocusPointRecord.partnership_id == partnership_id)
    in_order = query.order_by(FocusPointRecord.year, FocusPointRecord.position, FocusPointRecord.id)
    return tuple(
        line(
            FocusPoint,
            one,
            agreement=ref_to(session, "agreement", one.agreement_id),
            focus_area=ref_to(session, "focus_area", one.focus_area_id),
        )
        for one in session.exec(in_order)
    )


def bodies(session: Session, partnership_id: int) -> tuple[Body, ...]:
    """Steering group first, then in the order written."""
    query = live(BodyRecord).where(BodyRecord.partnership_id == partnership_id)
    found = sorted(session.exec(query.order_by(BodyRecord.id)), key=lambda one: one.kind != "Styregruppe")
    return tuple(line(Body, one, chair=ref_to(session, "party", one.chair_id)) for one in found)
