"""Reference data in the dashboard store: as the files have them, added to by releases."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from data_access import engines
from data_access.dashboard import queries
from data_access.dashboard.models import (
    DASHBOARD,
    DashboardTable,
    EducationRecord,
    InstitutionRecord,
    MembershipRecord,
    PublishedCell,
    Release,
    ReleaseInForce,
    UnitRecord,
)
from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.initiatives import InitiativeUnit
from data_access.reference import Reference
from indicators.groups import DatedMembership


def load_reference(session: Session, reference: Reference) -> None:
    """Brings the store's reference data up to the files', when they differ.

    New names come at once; who is in which group stays as it is in the release in force.
    """
    if engines.fact(session, DASHBOARD, "reference") == reference.digest:
        return
    is_released = session.exec(select(ReleaseInForce)).first() is not None
    if not is_released:
        put_memberships(session, ())
    units = ({"position": n, **_without_spellings(unit)} for n, unit in enumerate(reference.units))
    _put(session, UnitRecord, "key", units)
    _put(session, EducationRecord, "id", map(_without_spellings, reference.educations))
    _put(session, InstitutionRecord, "id", map(_without_spellings, reference.institutions))
    _remove_units_except({unit.key for unit in reference.units}, session)
    if not is_released:
        put_memberships(session, dated(reference))
    engines.note(session, DASHBOARD, "reference", reference.digest)


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
    """A unit that is gone from the files stays as long as figures, groups, initiatives or parties have it."""
    in_groups = (MembershipRecord.member, MembershipRecord.group)
    columns = (PublishedCell.unit_key, *in_groups, InitiativeUnit.unit_key, PartyRecord.unit_key)
    used = {key for column in columns for key in session.exec(select(column).distinct())}
    for groups in session.exec(select(Release.groups).where(Release.groups.is_not(None))):
        used |= {key for member, group, *_ in groups for key in (member, group)}
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


def dated(reference: Reference) -> list[DatedMembership]:
    """The memberships of the files with the validity of their groups."""
    groups = {unit.key: (unit.valid_from, unit.valid_to) for unit in reference.units}
    return [
        DatedMembership(
            membership.member,
            membership.group,
            membership.valid_from,
            membership.valid_to,
            *groups[membership.group],
        )
        for membership in reference.memberships
    ]


def put_memberships(session: Session, groups: Iterable[DatedMembership]) -> None:
    """Puts them in the place of those that there are, unless they are the same, as they mostly are."""
    groups = list(groups)
    if groups == queries.memberships(session):
        return
    session.execute(delete(MembershipRecord))
    if groups:
        session.execute(insert(MembershipRecord), [vars(membership) for membership in groups])


def as_json(groups: Iterable[DatedMembership]) -> list[list[str | None]]:
    """As a release keeps them."""
    return [
        [value.isoformat() if isinstance(value, date) else value for value in vars(membership).values()]
        for membership in groups
    ]


def from_json(rows: Iterable[Sequence[str | None]]) -> list[DatedMembership]:
    """The memberships that a release has kept."""
    return [
        DatedMembership(member, group, *(day and date.fromisoformat(day) for day in days))
        for member, group, *days in rows
    ]


def _without_spellings(record: object) -> dict:
    return {name: value for name, value in asdict(record).items() if name != "spellings"}
