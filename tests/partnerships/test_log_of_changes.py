"""The log of changes is only added to, whoever has the store open, and the check finds where it has been broken."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from data_access import engines
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables.changes import TRIGGERS, ChangeRecord
from data_access.operations import checks, upgrades
from data_access.partnerships.records import change_log, editing
from data_access.partnerships.records.kinds import PARTNERSHIP
from data_access.partnerships.records.records import filled
from tests.conftest import writing
from tests.partnerships.small_partnership import SECRETARIAT

UNPROTECTED = "Loggen over ændringer er uden beskyttelse"


@pytest.fixture
def url(store_url: str) -> str:
    """A store with one partnership that has been renamed twice."""
    with writing(store_url) as session:
        rename(session)
    return store_url


def rename(session: Session) -> None:
    opened = editing.create(session, SECRETARIAT, PARTNERSHIP, filled(PARTNERSHIP, {"name": "Fjorden"}))
    for name in ("Ved fjorden", "Om fjorden"):
        form = opened.form.model_copy(update={"name": name})
        opened = editing.edit(session, SECRETARIAT, opened, form)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The same in a file that another program opens."""
    path = tmp_path / "dashboard.sqlite"
    with writing(f"sqlite:///{path}") as session:
        rename(session)
    return path


def faults(url: str) -> list[str]:
    with engines.reading(url, DASHBOARD) as session:
        return [line for in_order, line in change_log.log_findings(session) if not in_order]


def elsewhere(file: Path, script: str) -> None:
    """Done by another program, on its own connection."""
    with closing(sqlite3.connect(file)) as other:
        other.executescript(script)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE change SET who = 'en anden'",
        "DELETE FROM change",
        "INSERT OR REPLACE INTO change SELECT * FROM change WHERE id = 2",
        "REPLACE INTO change SELECT * FROM change",
        "INSERT OR REPLACE INTO change (rowid, at, who, action, kind, record_id, name, version) "
        "VALUES (1, '2026-01-01', 'en anden', 'rettet', 'partnership', 1, 'x', 1)",
        "UPDATE OR REPLACE change SET id = 1 WHERE id = 2",
        "INSERT INTO change SELECT * FROM change WHERE id = 1 ON CONFLICT (id) DO UPDATE SET who = 'en anden'",
    ],
)
@pytest.mark.parametrize("pragma", ["", "PRAGMA recursive_triggers=OFF; PRAGMA foreign_keys=OFF;"])
def test_another_program_cannot_put_a_line_in_the_place_of_one(file, deed, pragma):
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        elsewhere(file, f"{pragma} {deed}")

    with engines.reading(f"sqlite:///{file}", DASHBOARD) as session:
        assert [line.who for line in session.exec(select(ChangeRecord))] == [SECRETARIAT] * 3


def test_a_connection_that_writes_has_triggers_for_rows_that_are_replaced(file):
    with writing(f"sqlite:///{file}") as session:
        assert session.execute(text("PRAGMA recursive_triggers")).scalar() == 1


def test_a_log_that_is_as_it_was_made_is_in_order(url):
    assert faults(url) == []


@pytest.mark.parametrize("name", TRIGGERS["sqlite"])
def test_a_trigger_that_is_gone_or_altered_is_found_and_upgrade_puts_it_back(file, name):
    url = f"sqlite:///{file}"
    harmless = f"CREATE TRIGGER {name} BEFORE UPDATE ON change WHEN 0 BEGIN SELECT 1; END;"
    for script in (f"DROP TRIGGER {name};", harmless):
        elsewhere(file, script)
        [fault] = faults(url)
        assert fault.startswith(UNPROTECTED)
        assert name in fault

    upgrades.upgrade(url, DASHBOARD)

    assert faults(url) == []


@pytest.mark.parametrize(
    "deed",
    [
        "DROP TRIGGER change_is_never_changed ON change",
        "ALTER TABLE change DISABLE TRIGGER change_is_never_changed",
        "CREATE OR REPLACE FUNCTION change_is_only_added_to() RETURNS trigger LANGUAGE plpgsql "
        "AS $$BEGIN RETURN NULL; END$$",
    ],
)
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_in_postgresql_the_same_is_found(url, deed):
    with engines.engine(url).begin() as connection:
        connection.execute(text(deed))

    assert [fault[: len(UNPROTECTED)] for fault in faults(url)] == [UNPROTECTED]
    upgrades.upgrade(url, DASHBOARD)
    assert faults(url) == []


@pytest.mark.parametrize(
    "script",
    [
        "ALTER TABLE change RENAME TO old; CREATE TABLE change AS SELECT * FROM old;",
        "DROP TABLE change;",
        "DROP TABLE change; CREATE VIEW change AS SELECT 1 AS id;",
    ],
)
def test_another_table_in_the_place_of_the_log_is_found(file, script):
    elsewhere(file, script)

    [fault] = faults(f"sqlite:///{file}")
    assert "ikke den tabel" in fault


def test_a_line_that_has_been_taken_out_is_missed(file):
    elsewhere(file, "DROP TRIGGER change_is_never_deleted; DELETE FROM change WHERE version = 2;")
    elsewhere(file, TRIGGERS["sqlite"]["change_is_never_deleted"])

    assert faults(f"sqlite:///{file}") == ["1 poster mangler ændringer i loggen"]


@pytest.mark.parametrize("content", [b'{"questions": [', b"{}", b"null", b"{\xff}"])
def test_a_questionnaire_that_cannot_be_read_is_a_finding(own_copy, content):
    with closing(sqlite3.connect(own_copy)) as other, other:
        other.execute(
            "UPDATE published_round SET questionnaire = CAST(? AS TEXT) WHERE round_id = 'student-2025'",
            [content],
        )

    faults = [line for in_order, line in checks.findings() if not in_order]

    assert faults[0] == "Spørgeskemaet kan ikke læses for student-2025. Udgiv runderne igen"
    assert all("student-2025" in fault for fault in faults)


@pytest.mark.usefixtures("sample_environment")
def test_the_sample_is_in_order():
    assert all(in_order for in_order, _line in checks.findings())
