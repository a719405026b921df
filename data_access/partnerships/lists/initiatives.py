"""The initiatives as pages ask for them: each with all that a line, a filter and a count need, or whole."""

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
    EffectRecord,
    InitiativeRecord,
    MilestoneRecord,
    UpdateRecord,
)
from data_access.partnerships.lists.meetings import Decision, decisions_about
from data_access.partnerships.records.change_log import RecordChange, changes_of
from data_access.partnerships.records.kinds import INITIATIVE, PARTY
from data_access.partnerships.records.readable_values import GONE, kept_ref, ref_to
from data_access.partnerships.records.records import elements_by_owner, line, live, open_record
from indicators.danish import alphabetical
from indicators.groups import Groups
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
    groups: Groups
    """Who belongs where on the day."""
    units: dict[str, str]
    educations: dict[str, str]
    focus_areas: dict[int, str]
    titles: dict[int, str]
    lists: dict[str, dict[int, list]]
    milestones: dict[int, tuple[Milestone, ...]]
    last_updates: dict[int, UpdateRecord]

    def listed(self, field: str, initiative_id: int) -> list:
        """A list of one initiative."""
        return self.lists[field].get(initiative_id, [])

    def party(self, party_id: int | None) -> Ref | None:
        """The party; None where there is none, or where it is deleted."""
        record = self.parties.get(party_id)
        return record and Ref(record.id, record.name)

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
                for reached in (unit, *self.groups.of(unit)):
                    ways.setdefault(reached, set()).add(name)
        return {
            unit: () if unit in direct else tuple(sorted(names, key=alphabetical))
            for unit, names in ways.items()
        }

    def _of_unit(self, unit: str) -> tuple[str, set[str], set[str]]:
        """Its name, itself and its members."""
        return self.units.get(unit, unit), {unit}, set(self.groups.members(unit))

    def _of_party(self, party_id: int) -> tuple[str, set[str], set[str]]:
        """Its name, the unit that it is, and those that its members are."""
        own, members = (
            {self.parties[one].unit_key for one in some if one in self.parties} - {None, ""}
            for some in ({party_id}, self.reached_parties({party_id}))
        )
        return self.parties[party_id].name, own, members


def _context(session: Session, today: date) -> InitiativeContext:
    """Everything that is needed for the initiatives of all partnerships."""
    return InitiativeContext(
        partnerships={record.id: record for record in session.exec(select(PartnershipRecord))},
        parties={record.id: record for record in session.exec(live(PartyRecord))},
        party_members=elements_by_owner(session, PARTY.lists[0]),
        groups=Groups.on(today, queries.memberships(session)),
        units={unit.key: unit.name for unit in session.exec(select(UnitRecord))},
        educations={record.id: record.name for record in session.exec(select(EducationRecord))},
        focus_areas={area.id: area.name for area in session.exec(live(FocusAreaRecord))},
        titles={
            record.id: GONE.format(record.title) if record.deleted_at else record.title
            for record in session.exec(select(InitiativeRecord))
        },
        lists={list_of.field: elements_by_owner(session, list_of) for list_of in INITIATIVE.lists},
        milestones=_milestones(session),
        last_updates={
            record.initiative_id: record
            for record in session.exec(live(UpdateRecord).order_by(UpdateRecord.written_on, UpdateRecord.id))
        },
    )


def named(keys: Sequence[str], names: dict[str, str]) -> tuple[Option, ...]:
    """Keys with their names; a key that is gone from the reference data stands for itself."""
    return tuple(Option(key, names.get(key, key)) for key in keys)


def _milestones(session: Session) -> dict[int, tuple[Milestone, ...]]:
    by_initiative: dict[int, tuple[Milestone, ...]] = {}
    for record in session.exec(live(MilestoneRecord).order_by(MilestoneRecord.due, MilestoneRecord.id)):
        milestone = Milestone(record.title, record.due, record.done_on)
        by_initiative[record.initiative_id] = (*by_initiative.get(record.initiative_id, ()), milestone)
    return by_initiative


def initiatives(session: Session, today: date, choice: Choice = EVERY_INITIATIVE) -> tuple[Initiative, ...]:
    """The initiatives that fit the choice, as they stand today: open ones first, the overdue foremost."""
    context = _context(session, today)
    lines = (
        _initiative(record, context, today)
        for record in session.exec(live(InitiativeRecord))
        if context.partnerships[record.partnership_id].deleted_at is None
    )
    return in_order(one for one in lines if choice.matches(one))


def _initiative(record: InitiativeRecord, context: InitiativeContext, today: date) -> Initiative:
    """One line of the board."""
    assessment = _assessment(record, context, today)
    participants = _participants(record, context)
    involved = ({record.responsible_id} & context.parties.keys()) | {
        participant.party.id for participant in participants
    }
    areas, units = (context.listed(field, record.id) for field in ("focus_areas", "units"))
    last = context.last_updates.get(record.id)
    return Initiative(
        id=record.id,
        version=record.version,
        partnership=context.partnership(record.partnership_id),
        title=record.title,
        goal=record.goal,
        responsible=context.party(record.responsible_id),
        responsible_role=record.responsible_role,
        participants=participants,
        focus_areas=tuple(Ref(key, context.focus_areas[key]) for key in areas if key in context.focus_areas),
        educations=named(context.listed("educations", record.id), context.educations),
        units=named(units, context.units),
        starts=record.starts,
        ends=record.ends,
        is_continuous=record.is_continuous,
        milestones=context.milestones.get(record.id, ()),
        questions=tuple(map(_question, context.listed("questions", record.id))),
        assessment=assessment,
        freshness=freshness(
            last.written_on if last else None,
            record.starts,
            today,
            context.partnerships[record.partnership_id].update_interval_days,
            is_expected=assessment.status.is_open,
        ),
        last_update=last.text if last else "",
        reached_parties=context.reached_parties(involved),
        reached_units=context.reached_units(units, involved),
    )


def _participants(record: InitiativeRecord, context: InitiativeContext) -> tuple[Participant, ...]:
    return tuple(
        Participant(context.party(one["party_id"]), Participation(one["part"]))
        for one in context.listed("participants", record.id)
        if one["party_id"] in context.parties
    )


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


def _assessment(record: InitiativeRecord, context: InitiativeContext, today: date) -> Assessment:
    successor = f"«{context.titles[record.superseded_by_id]}»" if record.superseded_by_id else ""
    milestones = context.milestones.get(record.id, ())
    course = Course(record.starts, record.ends, record.closed_on, successor, milestones)
    override = Override(InitiativeStatus(record.status), record.status_reason) if record.status else None
    return assess(course, today, override)


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone as it is edited."""

    id: int
    version: int
    title: str
    due: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True)
class UpdateLine:
    """A line of the log."""

    id: int
    version: int
    written_on: date
    text: str
    by: str


@dataclass(frozen=True)
class Effect:
    """Something that came of it, or an example."""

    id: int
    version: int
    kind: str
    title: str
    text: str
    party: Ref | None
    year: int | None


@dataclass(frozen=True)
class InitiativeCard:
    """The line of the board, and what there is no room for on it."""

    initiative: Initiative
    is_deleted: bool
    description: str
    agreement: Ref | None
    body: Ref | None
    closed_on: date | None
    closing_note: str
    superseded_by: Ref | None
    absorbed: tuple[Ref, ...]
    """The initiatives that go on in this one."""
    milestones: tuple[MilestoneLine, ...]
    updates: tuple[UpdateLine, ...]
    decisions: tuple[Decision, ...]
    effects: tuple[Effect, ...]
    changes: tuple[RecordChange, ...]


def initiative_card(session: Session, today: date, initiative_id: int) -> InitiativeCard:
    """The card of an initiative, also of a deleted one; EditProblem when there is none."""
    open_record(session, INITIATIVE, initiative_id)
    record = session.get(InitiativeRecord, initiative_id)
    query = live(InitiativeRecord).where(InitiativeRecord.superseded_by_id == initiative_id)
    return InitiativeCard(
        initiative=_initiative(record, _context(session, today), today),
        is_deleted=record.deleted_at is not None,
        description=record.description,
        agreement=ref_to(session, "agreement", record.agreement_id),
        body=ref_to(session, "body", record.body_id),
        closed_on=record.closed_on,
        closing_note=record.closing_note,
        superseded_by=kept_ref(session, "initiative", record.superseded_by_id),
        absorbed=tuple(
            Ref(record.id, record.title) for record in session.exec(query.order_by(InitiativeRecord.id))
        ),
        milestones=_milestone_lines(session, today, initiative_id),
        updates=_update_lines(session, initiative_id),
        decisions=decisions_about(session, today, initiative_id),
        effects=effects(session, initiative_id=initiative_id),
        changes=changes_of(session, INITIATIVE, initiative_id),
    )


def effects(
    session: Session, partnership_id: int | None = None, initiative_id: int | None = None
) -> tuple[Effect, ...]:
    """Derived effects and examples of a partnership or of an initiative."""
    query = live(EffectRecord).order_by(EffectRecord.id)
    if partnership_id is not None:
        query = query.where(EffectRecord.partnership_id == partnership_id)
    if initiative_id is not None:
        query = query.where(EffectRecord.initiative_id == initiative_id)
    return tuple(
        line(Effect, record, party=ref_to(session, "party", record.party_id))
        for record in session.exec(query)
    )


def deleted_initiatives(session: Session) -> tuple[Ref, ...]:
    """Those that can be restored, the last deleted first."""
    query = select(InitiativeRecord).where(InitiativeRecord.deleted_at.is_not(None))
    found = session.exec(query.order_by(InitiativeRecord.deleted_at.desc()))
    return tuple(Ref(one.id, one.title) for one in found)


def _milestone_lines(session: Session, today: date, initiative_id: int) -> tuple[MilestoneLine, ...]:
    query = live(MilestoneRecord).where(MilestoneRecord.initiative_id == initiative_id)
    return tuple(
        line(MilestoneLine, record, is_late=record.done_on is None and record.due < today)
        for record in session.exec(query.order_by(MilestoneRecord.due, MilestoneRecord.id))
    )


def _update_lines(session: Session, initiative_id: int) -> tuple[UpdateLine, ...]:
    """The newest first."""
    query = live(UpdateRecord).where(UpdateRecord.initiative_id == initiative_id)
    newest_first = query.order_by(UpdateRecord.written_on.desc(), UpdateRecord.id.desc())
    return tuple(line(UpdateLine, record) for record in session.exec(newest_first))
