"""Several people save at the same time, each in a session of their own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from sqlmodel import select

from data_access import engines
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.dashboard.partnership_tables.initiatives import UpdateRecord
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.records import Opened, open_record
from data_access.problems import ConflictProblem
from tests.conftest import writing
from tests.partnerships.small_partnership import TODAY, made, small_partnership

EDITORS = 6


@dataclass(frozen=True)
class Kept:
    """A store with one initiative, as somebody has it open."""

    url: str
    opened: Opened


@pytest.fixture
def kept(store_url: str) -> Kept:
    with writing(store_url) as session:
        return Kept(store_url, small_partnership(session).initiative(session))


def test_two_sessions_that_had_the_same_version_open(kept):
    with engines.reading(kept.url, DASHBOARD) as first, engines.reading(kept.url, DASHBOARD) as second:
        mine, theirs = (open_record(session, INITIATIVE, kept.opened.id) for session in (first, second))
    with writing(kept.url) as session:
        editing.edit(session, "Skolen", theirs, theirs.form.model_copy(update={"goal": "Deres"}))

    with pytest.raises(ConflictProblem) as problem, writing(kept.url) as session:
        editing.edit(session, "Kommunen", mine, mine.form.model_copy(update={"goal": "Mit"}))

    assert (problem.value.mine.goal, problem.value.theirs.goal) == ("Mit", "Deres")
    with engines.reading(kept.url, DASHBOARD) as session:
        assert open_record(session, INITIATIVE, kept.opened.id).form.goal == "Deres"


def test_of_several_who_save_at_once_exactly_one_comes_through(kept):
    ready = Barrier(EDITORS)

    def save(editor: int) -> str:
        ready.wait()
        try:
            with writing(kept.url) as session:
                form = kept.opened.form.model_copy(update={"goal": f"Mål {editor}"})
                return editing.edit(session, f"Part {editor}", kept.opened, form).form.goal
        except ConflictProblem as conflict:
            return f"refused: {conflict.mine.goal}"

    with ThreadPoolExecutor(EDITORS) as people:
        outcomes = list(people.map(save, range(EDITORS)))

    saved = [outcome for outcome in outcomes if not outcome.startswith("refused")]
    assert len(saved) == 1
    refused = {f"refused: Mål {editor}" for editor in range(EDITORS)} - {f"refused: {saved[0]}"}
    assert set(outcomes) == {*saved, *refused}
    with engines.reading(kept.url, DASHBOARD) as session:
        found = open_record(session, INITIATIVE, kept.opened.id)
        assert (found.form.goal, found.version) == (saved[0], 2)
        assert len(session.exec(select(ChangeRecord).where(ChangeRecord.kind == "initiative")).all()) == 2


def test_status_updates_of_several_people_at_once_are_all_kept(kept):
    ready = Barrier(EDITORS)

    def post(editor: int) -> None:
        ready.wait()
        with writing(kept.url) as session:
            initiative_commands.post_update(
                session, f"Part {editor}", kept.opened.id, f"Status {editor}", TODAY
            )

    with ThreadPoolExecutor(EDITORS) as people:
        list(people.map(post, range(EDITORS)))

    with engines.reading(kept.url, DASHBOARD) as session:
        texts = {update.text for update in session.exec(select(UpdateRecord))}
    assert texts == {f"Status {editor}" for editor in range(EDITORS)}


def test_two_who_hold_the_same_records_in_opposite_orders_wait_for_each_other_and_no_more(kept):
    with writing(kept.url) as session:
        other = made(session, INITIATIVE, partnership_id=kept.opened.form.partnership_id, title="Studiebesøg")
    both = [kept.opened.id, other.id]
    ready = Barrier(2, timeout=30)

    def post(order: list[int]) -> None:
        for _ in range(5):
            ready.wait()
            with writing(kept.url) as session:
                for number in order:
                    editing.restore(session, "Skolen", INITIATIVE, number)  # it is there: held, and no more
                    initiative_commands.post_update(session, "Skolen", number, "Mødt", TODAY)

    with ThreadPoolExecutor(2) as people:
        list(people.map(post, [both, both[::-1]]))

    with engines.reading(kept.url, DASHBOARD) as session:
        assert len(session.exec(select(UpdateRecord)).all()) == 2 * 5 * 2
