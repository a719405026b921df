"""A small partnership with named parties, so that every expected line can be written by hand."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard import reference_tables
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    BODY,
    FOCUS_AREA,
    INITIATIVE,
    MILESTONE,
    PARTNERSHIP,
    PARTY,
    Kind,
)
from data_access.partnerships.records.records import Opened, filled
from data_access.reference import read_reference

TODAY = date(2026, 11, 22)
SECRETARIAT = "Sekretariatet"


def made(session: Session, kind: Kind, /, **values: object) -> Opened:
    """A new record with these values."""
    return editing.create(session, SECRETARIAT, kind, filled(kind, values))


@dataclass(frozen=True)
class SmallPartnership:
    """The ids of what there is."""

    id: int
    college: int
    roskilde: int
    koege: int
    municipalities: int
    focus_area: int
    agreement: int
    steering_group: int

    def initiative(self, session: Session, title: str = "Fælles vejlederkursus", **values: object) -> Opened:
        """A new initiative of it."""
        return made(session, INITIATIVE, partnership_id=self.id, title=title, **values)


def small_partnership(session: Session) -> SmallPartnership:
    """One college, two municipalities and the group of both; a steering group, an agreement, a focus area."""
    reference_tables.load_reference(session, read_reference())
    partnership = made(session, PARTNERSHIP, name="Praktik ved fjorden", short_name="Fjorden").id
    college = made(
        session, PARTY, name="Professionshøjskolen", kind="Uddannelsesinstitution", institution_id="absalon"
    )
    roskilde = made(session, PARTY, name="Roskilde Kommune", kind="Kommune", unit_key="kommune:0265")
    koege = made(session, PARTY, name="Køge Kommune", kind="Kommune", unit_key="kommune:0259")
    both = made(
        session,
        PARTY,
        name="Kommunerne ved fjorden",
        kind="Gruppe af parter",
        members=[roskilde.id, koege.id],
    )
    agreement = made(
        session,
        AGREEMENT,
        partnership_id=partnership,
        title="Aftale om praktik",
        starts=date(2024, 1, 1),
        ends=date(2027, 12, 31),
        notice_by="10-01",
        notice_effect="01-01",
        meetings_a_year=2,
        parties=[college.id, both.id],
    )
    area = made(
        session, FOCUS_AREA, partnership_id=partnership, name="Vejledning", goal="Mere tid til vejledning"
    )
    steering = made(session, BODY, partnership_id=partnership, name="Styregruppen", kind="Styregruppe")
    return SmallPartnership(
        partnership, college.id, roskilde.id, koege.id, both.id, area.id, agreement.id, steering.id
    )


def milestone(session: Session, initiative: Opened, title: str, due: date, **values: object) -> Opened:
    """A new milestone of an initiative."""
    return made(session, MILESTONE, initiative_id=initiative.id, title=title, due=due, **values)
