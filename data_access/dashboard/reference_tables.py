"""Reference data in the dashboard store: as the files have them, added to by releases."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from data_access import schema
from data_access.dashboard.models import (
    DASHBOARD,
    DashboardTable,
    EducationRecord,
    InstitutionRecord,
    MembershipRecord,
    PublishedCell,
    UnitRecord,
)
from data_access.partnerships.models.agreements import PartyRecord
from data_access.partnerships.models.initiatives import InitiativeUnit
from data_access.reference import Reference
from indicators.groups import DatedMembership


def load_reference(session: Session, reference: Reference) -> None:
    """Brings the store's reference data up to the files', when they differ."""
    if schema.fact(session, DASHBOARD, "reference") == reference.digest:
        return
    session.execute(delete(MembershipRecord))
    units = ({"position": n, **_without_spellings(unit)} for n, unit in enumerate(reference.units))
    _put(session, UnitRecord, "key", units)
    _put(session, EducationRecord, "id", map(_without_spellings, reference.educations))
    _put(session, InstitutionRecord, "id", map(_without_spellings, reference.institutions))
    _remove_units_except({unit.key for unit in reference.units}, session)
    if reference.memberships:
        session.execute(insert(MembershipRecord), [asdict(one) for one in reference.memberships])
    schema.note(session, DASHBOARD, "reference", reference.digest)


def _put(session: Session, table: type[DashboardTable], key: str, rows: Iterable[dict]) -> None:
    """New rows all at once, the others brought up to date."""
    known = {getattr(record, key): record for record in session.exec(select(table))}
    new = []
    for row in rows:
        if row[key] in known:
            known[row[key]].sqlmodel_update(row)
        else:
            new.append(row)
    if new:
        session.execute(insert(table), new)
    session.flush()


def _remove_units_except(keys: set[str], session: Session) -> None:
    """A unit that is gone from the files stays as long as figures, initiatives or parties are about it."""
    columns = (PublishedCell.unit_key, InitiativeUnit.unit_key, PartyRecord.unit_key)
    used = {key for column in columns for key in session.exec(select(column).distinct())}
    for unit in session.exec(select(UnitRecord)):
        if unit.key not in keys | used:
            session.delete(unit)
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
    columns = (
        *(MembershipRecord.member, MembershipRecord.group),
        *(MembershipRecord.valid_from, MembershipRecord.valid_to),
        *(UnitRecord.valid_from, UnitRecord.valid_to),
    )
    # Columns, not records: there are hundreds, and they are asked for with every round.
    of_group = UnitRecord.key == MembershipRecord.group
    query = select(*columns).select_from(MembershipRecord).join(UnitRecord, of_group)
    return [DatedMembership(*row) for row in session.execute(query)]


def _without_spellings(record: object) -> dict:
    return {name: value for name, value in asdict(record).items() if name != "spellings"}
