"""What initiatives refer to and what refers to them, read once for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from data_access.dashboard import queries
from data_access.dashboard.models import EducationRecord, UnitRecord
from data_access.dashboard.partnership_tables.agreements import (
    FocusAreaRecord,
    PartnershipRecord,
    PartyRecord,
)
from data_access.dashboard.partnership_tables.initiatives import (
    InitiativeRecord,
    MilestoneRecord,
    UpdateRecord,
)
from data_access.partnerships.records.kinds import INITIATIVE, PARTY
from data_access.partnerships.records.lines import live
from data_access.partnerships.records.records import elements_by_owner
from data_access.partnerships.records.wording import GONE
from indicators.danish import alphabetical
from indicators.partnership.board import Ref
from indicators.partnership.initiative import Milestone
from indicators.selection import Option


@dataclass(frozen=True)
class Surroundings:
    """Tables by key, and lists by the initiative they belong to."""

    partnerships: dict[int, PartnershipRecord]
    parties: dict[int, PartyRecord]
    party_members: dict[int, list[int]]
    unit_groups: dict[str, set[str]]
    """The groups that a unit is in on the day."""
    units: dict[str, str]
    educations: dict[str, str]
    focus_areas: dict[int, str]
    titles: dict[int, str]
    lists: dict[str, dict[int, list]]
    milestones: dict[int, tuple[Milestone, ...]]
    updates: dict[int, tuple[UpdateRecord, ...]]

    def listed(self, field: str, initiative_id: int) -> list:
        """A list of one initiative."""
        return self.lists[field].get(initiative_id, [])

    def party(self, party_id: int | None) -> Ref | None:
        """The party; None where there is none, or where it is deleted."""
        found = self.parties.get(party_id)
        return found and Ref(found.id, found.name)

    def partnership(self, partnership_id: int) -> Ref:
        record = self.partnerships[partnership_id]
        return Ref(partnership_id, record.short_name or record.name)

    def reached_parties(self, party_ids: Iterable[int]) -> frozenset[int]:
        """The parties, the members of those that are groups, and theirs."""
        reached: set[int] = set()
        waiting = set(party_ids)
        while waiting:
            reached |= waiting
            members = (member for group in waiting for member in self.party_members.get(group, ()))
            waiting = set(members) - reached
        return frozenset(reached)

    def reached_units(self, units: Iterable[str], party_ids: Iterable[int]) -> dict[str, tuple[str, ...]]:
        """What an initiative that names these is about; `Initiative.reached_units` says it whole."""
        direct: set[str] = set()
        ways: dict[str, set[str]] = {}
        for name, own, members in (*map(self._of_unit, units), *map(self._of_party, party_ids)):
            direct |= own
            for unit in own | members:
                for reached in (unit, *self.unit_groups.get(unit, ())):
                    ways.setdefault(reached, set()).add(name)
        return {
            unit: () if unit in direct else tuple(sorted(names, key=alphabetical))
            for unit, names in ways.items()
        }

    def _of_unit(self, unit: str) -> tuple[str, set[str], set[str]]:
        """Its name, itself and its members."""
        members = {member for member, groups in self.unit_groups.items() if unit in groups}
        return self.units.get(unit, unit), {unit}, members

    def _of_party(self, party_id: int) -> tuple[str, set[str], set[str]]:
        """Its name, the unit that it is, and those that its members are."""
        own, members = (
            {self.parties[one].unit_key for one in some if one in self.parties} - {None, ""}
            for some in ({party_id}, self.reached_parties({party_id}))
        )
        return self.parties[party_id].name, own, members


def surroundings(session: Session, today: date) -> Surroundings:
    """Everything that is needed for the initiatives of all partnerships."""
    return Surroundings(
        partnerships={one.id: one for one in session.exec(select(PartnershipRecord))},
        parties={one.id: one for one in session.exec(live(PartyRecord))},
        party_members=elements_by_owner(session, PARTY.lists[0]),
        unit_groups=_unit_groups(session, today),
        units={unit.key: unit.name for unit in session.exec(select(UnitRecord))},
        educations={one.id: one.name for one in session.exec(select(EducationRecord))},
        focus_areas={area.id: area.name for area in session.exec(live(FocusAreaRecord))},
        titles={one.id: called(one) for one in session.exec(select(InitiativeRecord))},
        lists={one.field: elements_by_owner(session, one) for one in INITIATIVE.lists},
        milestones=_milestones(session),
        updates=_updates(session),
    )


def called(record: InitiativeRecord) -> str:
    """What another initiative that goes on in this one calls it."""
    return GONE.format(record.title) if record.deleted_at else record.title


def named(keys: Sequence[str], names: dict[str, str]) -> tuple[Option, ...]:
    """Keys with their names; a key that is gone from the reference data stands for itself."""
    return tuple(Option(key, names.get(key, key)) for key in keys)


def _unit_groups(session: Session, today: date) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for membership in queries.memberships(session):
        if membership.counts_on(today):
            groups.setdefault(membership.member, set()).add(membership.group)
    return groups


def _milestones(session: Session) -> dict[int, tuple[Milestone, ...]]:
    found: dict[int, tuple[Milestone, ...]] = {}
    for one in session.exec(live(MilestoneRecord).order_by(MilestoneRecord.due, MilestoneRecord.id)):
        milestone = Milestone(one.title, one.due, one.done_on)
        found[one.initiative_id] = (*found.get(one.initiative_id, ()), milestone)
    return found


def _updates(session: Session) -> dict[int, tuple[UpdateRecord, ...]]:
    """The oldest first."""
    found: dict[int, tuple[UpdateRecord, ...]] = {}
    for one in session.exec(live(UpdateRecord).order_by(UpdateRecord.written_on, UpdateRecord.id)):
        found[one.initiative_id] = (*found.get(one.initiative_id, ()), one)
    return found
