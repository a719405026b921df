"""Reference data in the dashboard store: loaded at start, added to by releases."""

from dataclasses import asdict

from sqlalchemy import delete
from sqlmodel import Session, select

from data_access.dashboard.models import (
    EducationRecord,
    InstitutionRecord,
    MembershipRecord,
    UnitRecord,
)
from data_access.reference import Reference
from indicators.groups import DatedMembership


def load_reference(session: Session, reference: Reference) -> None:
    """Brings the store's units, memberships, educations and institutions up to the files'."""
    for position, unit in enumerate(reference.units):
        session.merge(UnitRecord(position=position, **_without_spellings(unit)))
    for education in reference.educations:
        session.merge(EducationRecord(**_without_spellings(education)))
    for institution in reference.institutions:
        session.merge(InstitutionRecord(**_without_spellings(institution)))
    session.flush()
    session.execute(delete(MembershipRecord))
    session.add_all(MembershipRecord(**asdict(membership)) for membership in reference.memberships)
    session.flush()


def add_names(session: Session, added: dict[str, dict[str, dict[str, str]]]) -> None:
    """Educations and institutions that a round brought along and the reference files lack."""
    for kind, table in (("education", EducationRecord), ("institution", InstitutionRecord)):
        for record_id, names in added.get(kind, {}).items():
            if session.get(table, record_id) is None:
                session.add(table(id=record_id, **names))
    session.flush()


def memberships(session: Session) -> list[DatedMembership]:
    """All memberships with the validity of their groups."""
    query = select(MembershipRecord, UnitRecord).join(UnitRecord, UnitRecord.key == MembershipRecord.group)
    return [
        DatedMembership(m.member, m.group, m.valid_from, m.valid_to, group.valid_from, group.valid_to)
        for m, group in session.exec(query)
    ]


def _without_spellings(record: object) -> dict:
    return {name: value for name, value in asdict(record).items() if name != "spellings"}
