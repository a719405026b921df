"""The initiatives as pages ask for them: with everything that a line, a filter and a count need."""

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
from data_access.partnerships.records.readable_values import GONE
from data_access.partnerships.records.records import elements_by_owner, live
from indicators.danish import alphabetical
from indicators.partnership.board import (
    EVERY_INITIATIVE,
    Choice,
    Initiative,
    LinkedQuestion,
    Participant,
    Ref,
    in_order,
)
from indicators.partnership.criterion import Direction
from indicators.partnership.initiative import (
    Assessment,
    Course,
    Freshness,
    InitiativeStatus,
    Milestone,
    Override,
    Participation,
    assess,
    freshness,
)
from indicators.selection import Option


@dataclass(frozen=True)
class InitiativeContext:
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


def initiative_context(session: Session, today: date) -> InitiativeContext:
    """Everything that is needed for the initiatives of all partnerships."""
    return InitiativeContext(
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


def initiatives(session: Session, today: date, choice: Choice = EVERY_INITIATIVE) -> tuple[Initiative, ...]:
    """The initiatives that fit the choice, as they stand today: open ones first, the overdue foremost."""
    around = initiative_context(session, today)
    lines = (
        initiative_of(record, around, today)
        for record in session.exec(live(InitiativeRecord))
        if around.partnerships[record.partnership_id].deleted_at is None
    )
    return in_order(line for line in lines if choice.matches(line))


def initiatives_of_unit(session: Session, today: date, unit: Option) -> tuple[Initiative, ...]:
    """Those that name the unit, a group it is in or a member, or that one of these takes part in."""
    return initiatives(session, today, Choice(unit=unit))


def initiatives_about(session: Session, today: date, survey: str, question: str) -> tuple[Initiative, ...]:
    """Those that are meant to move the question."""
    return tuple(
        line
        for line in initiatives(session, today)
        if any((linked.survey, linked.question) == (survey, question) for linked in line.questions)
    )


def initiative_of(record: InitiativeRecord, around: InitiativeContext, today: date) -> Initiative:
    """One line of the board."""
    assessment = _assessment(record, around, today)
    participants = _participants(record, around)
    involved = _involved(record, participants, around)
    areas, units = (around.listed(field, record.id) for field in ("focus_areas", "units"))
    updates = around.updates.get(record.id, ())
    return Initiative(
        id=record.id,
        version=record.version,
        partnership=around.partnership(record.partnership_id),
        title=record.title,
        goal=record.goal,
        responsible=around.party(record.responsible_id),
        responsible_role=record.responsible_role,
        participants=participants,
        focus_areas=tuple(Ref(key, around.focus_areas[key]) for key in areas if key in around.focus_areas),
        educations=named(around.listed("educations", record.id), around.educations),
        units=named(units, around.units),
        starts=record.starts,
        ends=record.ends,
        is_continuous=record.is_continuous,
        milestones=around.milestones.get(record.id, ()),
        questions=tuple(map(_question, around.listed("questions", record.id))),
        assessment=assessment,
        freshness=_freshness(record, assessment, around, today),
        last_update=updates[-1].text if updates else "",
        reached_parties=around.reached_parties(involved),
        reached_units=around.reached_units(units, involved),
    )


def _participants(record: InitiativeRecord, around: InitiativeContext) -> tuple[Participant, ...]:
    return tuple(
        Participant(around.party(one["party_id"]), Participation(one["part"]))
        for one in around.listed("participants", record.id)
        if one["party_id"] in around.parties
    )


def _involved(
    record: InitiativeRecord, participants: tuple[Participant, ...], around: InitiativeContext
) -> set[int]:
    own = {record.responsible_id} & around.parties.keys()
    return own | {one.party.id for one in participants}


def _question(values: dict) -> LinkedQuestion:
    return LinkedQuestion(
        values["survey"],
        values["question"],
        Direction(values["direction"]),
        values["unit_key"],
        values["education_id"],
        values["institution_id"],
        values["view"],
    )


def _assessment(record: InitiativeRecord, around: InitiativeContext, today: date) -> Assessment:
    successor = f"«{around.titles[record.superseded_by_id]}»" if record.superseded_by_id else ""
    milestones = around.milestones.get(record.id, ())
    course = Course(record.starts, record.ends, record.closed_on, successor, milestones)
    said = Override(InitiativeStatus(record.status), record.status_reason) if record.status else None
    return assess(course, today, said)


def _freshness(
    record: InitiativeRecord, assessment: Assessment, around: InitiativeContext, today: date
) -> Freshness:
    updates = around.updates.get(record.id, ())
    interval = around.partnerships[record.partnership_id].update_interval_days
    last = updates[-1].written_on if updates else None
    return freshness(last, record.starts, today, interval, is_expected=assessment.status.is_open)
