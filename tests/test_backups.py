"""A backup is a whole copy of a store, also while people write in it, and never in the place of another file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlmodel import Session, select

from data_access import engines, mode
from data_access.confidential.models import CONFIDENTIAL, Round
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables.meetings import DecisionRecord
from data_access.operations import backups
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import DECISION, PARTNERSHIP
from data_access.partnerships.records.records import filled
from data_access.problems import MissingStoreProblem, StoreProblem
from tests.conftest import writing
from tests.made_up import add_round

SECRETARIAT, TODAY = "Sekretariatet", "2026-11-22"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A dashboard store with a partnership, whose steering group decides much."""
    url = f"sqlite:///{tmp_path}/dashboard.sqlite"
    with writing(url) as session:
        editing.create(session, SECRETARIAT, PARTNERSHIP, filled(PARTNERSHIP, {"name": "Fjorden"}))
    return url


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "kopier"
    folder.mkdir()
    return folder / "kopi.sqlite"


def decide(session: Session, number: int) -> None:
    values = {"partnership_id": 1, "text": f"Beslutning {number}", "decided_on": TODAY}
    editing.create(session, SECRETARIAT, DECISION, filled(DECISION, values))


def decisions(url: str) -> list[str]:
    with engines.reading(url, DASHBOARD) as session:
        return list(session.exec(select(DecisionRecord.text).order_by(DecisionRecord.id)))


@pytest.fixture
def acknowledged(store: str) -> Iterator[list[str]]:
    """Fills up with every decision that has been saved, while somebody goes on and on saving another."""
    saved: list[str] = []
    begun, stop = Event(), Event()

    def write() -> None:
        for number in count(1):
            with writing(store) as session:
                decide(session, number)
            saved.append(f"Beslutning {number}")
            begun.set()
            if stop.is_set():
                return

    writer = Thread(target=write)
    writer.start()
    begun.wait()
    yield saved
    stop.set()
    writer.join()


def test_no_decision_that_was_saved_before_is_missing_in_a_copy_taken_while_people_write(
    store, target, acknowledged
):
    for number in range(5):
        copy = target.with_name(f"kopi-{number}.sqlite")
        before = list(acknowledged)
        backups.backup(store, DASHBOARD, copy)

        assert decisions(f"sqlite:///{copy}")[: len(before)] == before
        with closing(sqlite3.connect(copy)) as made:
            assert made.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_copy_is_one_file_for_its_owner_only(store, target):
    backups.backup(store, DASHBOARD, target)

    assert target.stat().st_mode & 0o777 == 0o600
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_is_there_is_not_overwritten(store, target):
    target.write_text("kopien fra i går")

    with pytest.raises(StoreProblem, match="findes allerede"):
        backups.backup(store, DASHBOARD, target)

    assert target.read_text() == "kopien fra i går"


def test_a_copy_that_fails_leaves_nothing_behind(store, target, monkeypatch):
    monkeypatch.setattr(engines, "_WAIT_SECONDS", 0)
    with closing(sqlite3.connect(make_rollback_journal(store), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreProblem, match="Kopien kan ikke skrives"):
            backups.copy(file_of(store), target)

    assert list(target.parent.iterdir()) == []


def file_of(store: str) -> Path:
    return Path(store.removeprefix("sqlite:///"))


def make_rollback_journal(store: str) -> Path:
    """In this mode a writer locks readers out."""
    with closing(sqlite3.connect(file_of(store))) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return file_of(store)


def test_a_folder_that_is_not_there_is_told(store, tmp_path):
    with pytest.raises(StoreProblem, match="Findes mappen"):
        backups.backup(store, DASHBOARD, tmp_path / "ingen" / "kopi.sqlite")


def test_a_store_that_is_not_there_is_told(target):
    with pytest.raises(MissingStoreProblem):
        backups.backup(f"sqlite:///{target.parent}/ingen.sqlite", DASHBOARD, target)


def test_the_confidential_store_is_copied_the_same_way(tmp_path, target):
    url = f"sqlite:///{tmp_path}/confidential.sqlite"
    with engines.writing(url, CONFIDENTIAL) as session:
        add_round(session)

    backups.backup(url, CONFIDENTIAL, target)

    with engines.reading(f"sqlite:///{target}", CONFIDENTIAL) as session:
        assert len(session.exec(select(Round)).all()) == 1


def test_of_a_copy_to_be_read_a_copy_can_be_taken(store, target, monkeypatch):
    monkeypatch.setenv(mode.READ_ONLY, "1")

    backups.backup(store, DASHBOARD, target)

    assert decisions(f"sqlite:///{target}") == []


def test_postgresql_has_a_program_of_its_own_which_is_named_without_the_password(postgresql, target):
    with_password = postgresql.replace("postgres@", "postgres:hemmeligt@")
    with pytest.raises(StoreProblem) as problem:
        backups.backup(f"{with_password}&password=hemmeligt", DASHBOARD, target)

    assert f"pg_dump --format=custom --file={target} 'postgresql://postgres@/postgres?host=" in str(
        problem.value
    )
    assert "hemmeligt" not in str(problem.value)
