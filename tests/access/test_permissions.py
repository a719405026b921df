"""The rules of rights, in the store itself, on both engines."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased
from sqlmodel import Session, func, select

from data_access.dashboard.partnership_tables.base import Editable
from data_access.dashboard.scope import OWNERS, bind
from data_access.partnerships.lists import showing
from data_access.partnerships.records import change_log, editing, permissions
from data_access.partnerships.records.kinds import (
    DECISION,
    EFFECT,
    INITIATIVE,
    ITEM,
    KINDS,
    MEETING,
    MILESTONE,
    PARTNERSHIP,
    PARTY,
    UPDATE,
    Kind,
)
from data_access.partnerships.records.records import Opened, filled, listed, live, open_record
from data_access.problems import AccessProblem, EditProblem
from indicators.partnership.initiative import Participation
from indicators.rights import OPERATOR, READER, Grant, Principal, Right, Role

WHO = "Sekretariatet"


@dataclass(frozen=True)
class World:
    """Two partnerships, and in each an initiative; a party that answers for the first one's."""

    ours: int
    theirs: int
    party: int
    initiative: int
    their_initiative: int


@pytest.fixture
def world(dashboard: Session) -> World:
    """Made by the operator."""

    def made(kind: Kind, /, **values: object) -> int:
        return editing.create(dashboard, WHO, kind, filled(kind, values)).id

    ours, theirs = (made(PARTNERSHIP, name=name) for name in ("Fjord", "Bælt"))
    party = made(PARTY, name="Fjord Kommune", kind="Kommune")
    return World(
        ours,
        theirs,
        party,
        made(INITIATIVE, partnership_id=ours, title="Vores", responsible_id=party),
        made(INITIATIVE, partnership_id=theirs, title="Deres"),
    )


def signed_in(role: Role, world: World, party: int | None = None) -> Principal:
    """Somebody with an account who has that role in our partnership."""
    return Principal((Grant(role, world.ours, party),), WHO, account_id=7)


def create(session: Session, kind: Kind, /, **values: object) -> Opened:
    return editing.create(session, WHO, kind, filled(kind, values))


def test_a_session_that_is_nobodys_writes_nothing(dashboard: Session):
    del dashboard.info["principal"]

    with pytest.raises(KeyError, match="principal"):
        create(dashboard, PARTNERSHIP, name="Fjord")


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_what_another_partnership_has_is_not_there(dashboard: Session, world: World, kind: Kind):
    """Of every kind of record, so that a new one cannot be forgotten."""
    if kind is PARTY:
        pytest.skip("a party is of every partnership")
    bind(dashboard, signed_in(Role.SECRETARIAT, world))

    for record in dashboard.exec(live(kind.table)):
        assert kind.table in OWNERS or kind is PARTNERSHIP or record.partnership_id == world.ours
    with pytest.raises(EditProblem, match="findes ikke længere"):
        open_record(dashboard, INITIATIVE, world.their_initiative)


def test_every_table_that_people_edit_is_of_a_partnership_by_itself_or_by_its_owner():
    tables = {kind.table for kind in KINDS.values()} - {PARTY.table, PARTNERSHIP.table}
    assert tables <= set(Editable.__subclasses__())

    assert {table for table in tables if "partnership_id" not in table.model_fields} <= OWNERS.keys()


SELF = aliased(INITIATIVE.table)
IDS = select(INITIATIVE.table.id)


@pytest.mark.parametrize(
    "query",
    [
        select(INITIATIVE.table),
        IDS,
        IDS.distinct(),
        IDS.union(IDS),
        select(IDS.cte().c.id),
        select(IDS.subquery().c.id),
        select(SELF.id),
        select(PARTNERSHIP.table.id).join(
            INITIATIVE.table, INITIATIVE.table.partnership_id == PARTNERSHIP.table.id
        ),
        select(PARTY.table.id).where(
            select(INITIATIVE.table.id).where(INITIATIVE.table.title == "Deres").exists()
        ),
    ],
    ids=[
        "record",
        "column",
        "distinct",
        "union",
        "cte",
        "subquery",
        "alias",
        "join",
        "exists",
    ],
)
def test_no_form_of_query_reaches_into_another_partnership(dashboard: Session, world: World, query):
    everything = dashboard.execute(query).all()
    bind(dashboard, signed_in(Role.READER, world))

    found = dashboard.execute(query).all()

    assert everything
    assert len(found) < len(everything)


def test_an_alias_that_is_only_joined_is_an_error_and_lets_nothing_through(dashboard: Session, world: World):
    """No query of ours does it; the rule is put on the table's own name, which is then not there."""
    bind(dashboard, signed_in(Role.READER, world))

    with pytest.raises(DBAPIError), dashboard.begin_nested():
        dashboard.exec(select(PARTY.table.id).join(SELF, SELF.title == "Deres")).all()


def test_what_is_counted_is_the_readers_own(dashboard: Session, world: World):
    count = select(func.count()).select_from(INITIATIVE.table)
    inside = select(select(func.count(INITIATIVE.table.id)).scalar_subquery())
    assert dashboard.exec(count).one() == 2
    bind(dashboard, signed_in(Role.READER, world))

    assert dashboard.exec(count).one() == 1
    assert dashboard.execute(inside).scalar() == 1


def test_the_log_tells_nothing_of_another_partnership(dashboard: Session, world: World):
    bind(dashboard, signed_in(Role.READER, world))

    assert change_log.changes_of(dashboard, INITIATIVE, world.their_initiative) == ()
    assert len(change_log.changes_of(dashboard, INITIATIVE, world.initiative)) == 1


def test_lists_counts_and_the_deleted_are_of_the_readers_own_partnership(dashboard: Session, world: World):
    editing.delete(dashboard, WHO, open_record(dashboard, INITIATIVE, world.their_initiative))
    bind(dashboard, signed_in(Role.READER, world))

    assert [ref.name for ref in listed(dashboard, INITIATIVE, {}).there] == ["Vores"]
    assert listed(dashboard, INITIATIVE, {}).deleted == ()
    assert dashboard.exec(select(INITIATIVE.table.id)).all() == [world.initiative]


def test_nothing_is_moved_to_or_from_another_partnership(dashboard: Session, world: World):
    bind(dashboard, signed_in(Role.SECRETARIAT, world))
    ours = open_record(dashboard, INITIATIVE, world.initiative)

    with pytest.raises((AccessProblem, EditProblem)):
        editing.edit(dashboard, WHO, ours, ours.form.model_copy(update={"partnership_id": world.theirs}))


def test_an_account_signs_with_its_own_name_alone(dashboard: Session, world: World):
    bind(dashboard, signed_in(Role.SECRETARIAT, world))

    with pytest.raises(AccessProblem, match="under det navn"):
        editing.create(
            dashboard, "En anden", MEETING,
            filled(MEETING, {"partnership_id": world.ours, "title": "Møde", "held_on": "2026-12-01"}),
        )  # fmt: skip


def test_on_this_machine_any_role_is_typed(dashboard: Session, world: World):
    bind(dashboard, OPERATOR)

    assert editing.create(
        dashboard, "Fjord Kommune", EFFECT, filled(EFFECT, {"partnership_id": world.ours, "title": "Effekt"})
    ).id


def test_a_reader_changes_nothing(dashboard: Session, world: World):
    bind(dashboard, READER)
    ours = open_record(dashboard, INITIATIVE, world.initiative)

    for deed in (
        lambda: editing.edit(dashboard, WHO, ours, ours.form.model_copy(update={"title": "Nyt"})),
        lambda: editing.delete(dashboard, WHO, ours),
        lambda: create(dashboard, UPDATE, initiative_id=ours.id, text="Sket", written_on="2026-12-01"),
    ):
        with pytest.raises(AccessProblem, match="Intet er gemt"):
            deed()


def test_an_editor_hands_its_initiative_over_and_has_then_let_go_of_it(dashboard: Session, world: World):
    other = create(dashboard, PARTY, name="Bælt Kommune", kind="Kommune").id
    bind(dashboard, signed_in(Role.PARTY_EDITOR, world, world.party))
    ours = open_record(dashboard, INITIATIVE, world.initiative)

    handed_over = editing.edit(dashboard, WHO, ours, ours.form.model_copy(update={"responsible_id": other}))

    with pytest.raises(AccessProblem):
        editing.delete(dashboard, WHO, handed_over)


def test_an_editor_takes_no_initiative_from_another_organisation(dashboard: Session, world: World):
    other = create(dashboard, PARTY, name="Bælt Kommune", kind="Kommune").id
    bind(dashboard, signed_in(Role.PARTY_EDITOR, world, other))
    theirs = open_record(dashboard, INITIATIVE, world.initiative)

    with pytest.raises(AccessProblem):
        editing.edit(dashboard, WHO, theirs, theirs.form.model_copy(update={"responsible_id": other}))


@pytest.mark.parametrize(
    ("part", "may_tell"),
    [
        (Participation.RESPONSIBLE, True),
        (Participation.TAKES_PART, True),
        (Participation.IS_INFORMED, False),
    ],
)
def test_whoever_takes_part_says_how_it_goes_and_leaves_the_plan_to_those_who_answer(
    dashboard: Session, world: World, part: Participation, may_tell: bool
):
    other = create(dashboard, PARTY, name="Bælt Kommune", kind="Kommune").id
    ours = open_record(dashboard, INITIATIVE, world.initiative)
    participants = [{"party_id": other, "part": part}]
    values = ours.form.model_dump() | {"participants": participants}
    editing.edit(dashboard, WHO, ours, filled(INITIATIVE, values))
    bind(dashboard, signed_in(Role.PARTY_EDITOR, world, other))

    assert permissions.may_create(dashboard, UPDATE, initiative_id=ours.id) is may_tell
    may_plan = permissions.may_create(dashboard, MILESTONE, initiative_id=ours.id)
    assert may_plan is (part is Participation.RESPONSIBLE)


def test_whoever_may_not_change_a_record_neither_takes_back_a_change_nor_brings_it_back(
    dashboard: Session, world: World
):
    ours = open_record(dashboard, INITIATIVE, world.initiative)
    editing.delete(dashboard, WHO, ours)
    last = change_log.changes_of(dashboard, INITIATIVE, ours.id)[0]
    bind(dashboard, READER)

    with pytest.raises(AccessProblem):
        editing.undo(dashboard, WHO, last.id)
    with pytest.raises(AccessProblem):
        editing.restore(dashboard, WHO, INITIATIVE, ours.id)


def test_a_decision_is_followed_up_by_its_own_organisation_which_cannot_reword_it(
    dashboard: Session, world: World
):
    values = {"partnership_id": world.ours, "text": "Vi gør det", "decided_on": "2026-12-01"}
    decision = create(dashboard, DECISION, **values, responsible_id=world.party)
    bind(dashboard, signed_in(Role.PARTY_EDITOR, world, world.party))

    followed = editing.edit(
        dashboard, WHO, decision, decision.form.model_copy(update={"outcome": "Det gik godt"})
    )

    with pytest.raises(AccessProblem):
        editing.edit(dashboard, WHO, followed, followed.form.model_copy(update={"text": "Vi gør det ikke"}))


def test_every_role_may_what_the_weaker_ones_may_of_reading():
    readers = [role for role in Role if Principal((Grant(role),)).may(Right.READ_PARTNERSHIPS)]

    assert readers == [Role.READER, Role.PARTY_EDITOR, Role.STEERING_GROUP, Role.SECRETARIAT]
    assert all(Principal((Grant(role),)).may(Right.READ_RESULTS) for role in Role)


def test_what_an_organisation_has_deleted_is_not_brought_back_by_a_steering_group(
    dashboard: Session, world: World
):
    editing.delete(dashboard, WHO, open_record(dashboard, INITIATIVE, world.initiative))
    last = change_log.changes_of(dashboard, INITIATIVE, world.initiative)[0]
    bind(dashboard, signed_in(Role.STEERING_GROUP, world))

    for deed in (
        lambda: editing.restore(dashboard, WHO, INITIATIVE, world.initiative),
        lambda: editing.undo(dashboard, WHO, last.id),
    ):
        with pytest.raises(AccessProblem):
            deed()


def test_a_party_is_brought_back_by_a_secretariat_of_all_partnerships_alone(dashboard: Session, world: World):
    other = create(dashboard, PARTY, name="Bælt Kommune", kind="Kommune")
    editing.delete(dashboard, WHO, other)
    bind(dashboard, signed_in(Role.SECRETARIAT, world))

    with pytest.raises(AccessProblem):
        editing.restore(dashboard, WHO, PARTY, other.id)


def test_nothing_refers_to_a_record_of_another_partnership(dashboard: Session, world: World):
    """Not by way of its owner either: an item says its meeting, and only that its partnership."""

    def meeting(partnership: int) -> int:
        values = {"partnership_id": partnership, "title": "Møde", "held_on": "2026-12-01"}
        return create(dashboard, MEETING, **values).id

    ours, theirs = meeting(world.ours), meeting(world.theirs)
    item = create(dashboard, ITEM, meeting_id=theirs, title="Deres punkt").id
    decision = {"partnership_id": world.ours, "text": "Vi gør det", "decided_on": "2026-12-01"}

    with pytest.raises(EditProblem, match="hører til et andet partnerskab"):
        create(dashboard, DECISION, **decision, agenda_item_id=item)
    with pytest.raises(EditProblem, match="et andet møde"):
        showing.show(dashboard, ours, item, "", datetime.now(UTC))
