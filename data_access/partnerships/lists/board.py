"""The initiatives as pages ask for them: with everything that a line, a filter and a count need."""

from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord
from data_access.partnerships.lists.surroundings import Surroundings, named, surroundings
from data_access.partnerships.records.lines import live
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
from indicators.partnership.freshness import Freshness, freshness
from indicators.partnership.initiative import (
    Assessment,
    Course,
    InitiativeStatus,
    Override,
    Participation,
    assess,
)
from indicators.selection import Option


def initiatives(session: Session, today: date, choice: Choice = EVERY_INITIATIVE) -> tuple[Initiative, ...]:
    """The initiatives that fit the choice, as they stand today: open ones first, the overdue foremost."""
    around = surroundings(session, today)
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


def initiative_of(record: InitiativeRecord, around: Surroundings, today: date) -> Initiative:
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


def _participants(record: InitiativeRecord, around: Surroundings) -> tuple[Participant, ...]:
    return tuple(
        Participant(around.party(one["party_id"]), Participation(one["part"]))
        for one in around.listed("participants", record.id)
        if one["party_id"] in around.parties
    )


def _involved(
    record: InitiativeRecord, participants: tuple[Participant, ...], around: Surroundings
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


def _assessment(record: InitiativeRecord, around: Surroundings, today: date) -> Assessment:
    successor = f"«{around.titles[record.superseded_by_id]}»" if record.superseded_by_id else ""
    milestones = around.milestones.get(record.id, ())
    course = Course(record.starts, record.ends, record.closed_on, successor, milestones)
    said = Override(InitiativeStatus(record.status), record.status_reason) if record.status else None
    return assess(course, today, said)


def _freshness(
    record: InitiativeRecord, assessment: Assessment, around: Surroundings, today: date
) -> Freshness:
    updates = around.updates.get(record.id, ())
    interval = around.partnerships[record.partnership_id].update_interval_days
    last = updates[-1].written_on if updates else None
    return freshness(last, record.starts, today, interval, is_expected=assessment.status.is_open)
