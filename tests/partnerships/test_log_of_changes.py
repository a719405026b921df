"""The log of changes is only added to, whoever has the store open, and the check finds where it has been broken."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Update, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from data_access import engines, log_chain
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables import changes
from data_access.dashboard.partnership_tables.changes import (
    COLUMNS,
    TRIGGERS,
    Action,
    Author,
    ChangeRecord,
    Event,
)
from data_access.operations import checks, upgrades
from data_access.operations.log_checks import NotedLine, log_findings
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import PARTNERSHIP
from data_access.partnerships.records.records import filled
from data_access.problems import Problem, StoreProblem
from tests.conftest import writing
from tests.partnerships.small_partnership import SECRETARIAT

COMMAND_LINE = Author("Kommandolinjen")

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


def faults(url: str, noted: str = "") -> list[str]:
    return [line for in_order, line in found(url, noted) if not in_order]


def found(url: str, noted: str = "") -> list[tuple[bool, str]]:
    with engines.reading(url, DASHBOARD) as session:
        return list(log_findings(session, NotedLine.read(noted) if noted else None))


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
        "INSERT OR REPLACE INTO change (rowid, at, who, action, kind, record_id, name, version, chain) "
        "VALUES (1, '2026-01-01', 'en anden', 'rettet', 'partnership', 1, 'x', 1, '')",
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

    in_the_chain, in_all = faults(f"sqlite:///{file}")
    assert in_the_chain.startswith("Linje 3 i loggen passer ikke med linjen før")
    assert in_all == "1 poster mangler ændringer i loggen"


def behind(url: str, statement: str | Update) -> None:
    """Done by somebody who takes the triggers away and puts them back."""
    with engines.as_it_is(url, DASHBOARD) as session, changes.open_log(session):
        session.execute(text(statement) if isinstance(statement, str) else statement)


def dated(url: str, line: int, at: datetime) -> None:
    """Done by somebody who chains all of it anew as well."""
    behind(url, update(ChangeRecord).where(ChangeRecord.id == line).values(at=at))
    chained_anew(url)


def chained_anew(url: str) -> None:
    """Done by somebody who knows how the chain is made."""
    with engines.as_it_is(url, DASHBOARD) as session, changes.open_log(session):
        value = log_chain.FIRST
        for line in session.exec(select(ChangeRecord).order_by(ChangeRecord.id)):
            line.chain = value = log_chain.chained(value, {name: getattr(line, name) for name in COLUMNS})
        session.flush()


def note(url: str, number: int = 1) -> None:
    with writing(url) as session:
        changes.note(session, COMMAND_LINE, Action.VIEWED, Event.PAGE, "Loggen", number=number)


@pytest.mark.parametrize(
    ("deed", "line"),
    [
        ("UPDATE change SET who = 'en anden' WHERE id = 2", 2),
        ("UPDATE change SET account_id = 7 WHERE id = 1", 1),
        ("UPDATE change SET after = '{}' WHERE id = 3", 3),
        ("UPDATE change SET at = '2026-01-01 00:00:00' WHERE id = 1", 1),
        ("UPDATE change SET chain = '' WHERE id = 2", 2),
        ('UPDATE change SET seals = \'{"after": {"seal": "0"}}\' WHERE id = 2', 2),
        ("UPDATE change SET seals = '[7]' WHERE id = 2", 2),
        ("UPDATE change SET seals = '{\"after\": 7}', after = '[]' WHERE id = 2", 2),
        ("UPDATE change SET id = 9 WHERE id = 5", 9),
        ("DELETE FROM change WHERE id = 4", 5),
        ("DELETE FROM change WHERE id = 1", 2),
    ],
)
def test_a_line_that_was_rewritten_or_taken_out_is_named_also_with_the_triggers_put_back(url, deed, line):
    note(url)
    note(url)
    assert faults(url) == []

    behind(url, deed)

    first, *_ = faults(url)
    assert first.startswith(f"Linje {line} i loggen passer ikke med linjen før")


def test_a_line_that_was_put_in_between_is_found(url):
    behind(
        url,
        "INSERT INTO change (id, at, who, action, kind, record_id, name, version, chain) "
        "SELECT 4, at, who, action, kind, 0, name, 0, chain FROM change WHERE id = 3",
    )

    assert faults(url)[0].startswith("Linje 4 i loggen passer ikke med linjen før")


@pytest.mark.parametrize("content", [b"{", b"null,", b"{\xff}"])
def test_a_line_that_cannot_be_read_is_named_by_the_one_before(file, content):
    script = (
        "DROP TRIGGER change_is_never_changed; UPDATE change SET after = CAST(X'{}' AS TEXT) WHERE id = 2;"
    )
    elsewhere(file, script.format(content.hex()))

    assert any(
        fault.startswith("Linjen efter linje 1 i loggen kan ikke læses")
        for fault in faults(f"sqlite:///{file}")
    )


def test_a_line_with_a_time_before_the_one_above_or_that_has_not_come_is_found_though_it_is_chained(url):
    with engines.reading(url, DASHBOARD) as session:
        first = session.get_one(ChangeRecord, 1).at
    for line, at, said in (
        (2, first - timedelta(seconds=1), "Linje 2 i loggen har en tid før linjen over den"),
        (3, first + timedelta(days=400), "Linje 3 i loggen har en tid, der ikke er kommet endnu"),
    ):
        dated(url, line, at)
        assert [fault[: len(said)] for fault in faults(url)] == [said]
        dated(url, line, first)
    assert faults(url) == []


def test_time_stands_still_while_the_clock_is_behind_the_last_line(url):
    ahead = datetime.now(UTC) + timedelta(minutes=30)
    dated(url, 3, ahead)

    note(url)

    with engines.reading(url, DASHBOARD) as session:
        lines = session.exec(select(ChangeRecord).where(ChangeRecord.id > 2).order_by(ChangeRecord.id)).all()
        assert lines[0].at == lines[1].at
    assert faults(url) == []


def end_of(url: str) -> str:
    """The log's end as check tells it."""
    (end,) = (line for _, line in found(url) if line.startswith("Loggens ende er "))
    return end.removeprefix("Loggens ende er ").split(".")[0]


def test_the_check_tells_how_many_lines_there_are_and_the_value_of_the_last(url):
    lines = [line for _, line in found(url)]

    assert "Loggens 3 linjer er, som de blev skrevet, og ingen mangler imellem" in lines
    with engines.reading(url, DASHBOARD) as session:
        assert end_of(url) == f"3:{session.get_one(ChangeRecord, 3).chain}"


def test_an_end_that_was_noted_is_found_again_however_long_the_log_has_become(url):
    noted = end_of(url)
    note(url)
    note(url)

    assert (True, "Linje 3 i loggen er den, der er noteret, og 2 er kommet til siden") in found(url, noted)


def test_lines_that_were_taken_off_the_end_are_missed_by_the_noted_end_alone(url):
    note(url)
    noted = end_of(url)

    behind(url, "DELETE FROM change WHERE id = 4")

    assert faults(url) == []
    [fault] = faults(url, noted)
    assert fault.startswith("Linje 4 i loggen er noteret, men findes ikke: linjer er fjernet fra enden")


def test_a_log_that_was_chained_anew_is_found_by_the_noted_end_alone(url):
    noted = end_of(url)
    behind(url, "UPDATE change SET who = 'en anden' WHERE id = 1")
    chained_anew(url)
    note(url)

    assert faults(url) == []
    [fault] = faults(url, noted)
    assert fault.startswith("Linje 3 i loggen er ikke den, der er noteret: loggen er skrevet om")


APPENDING = """
import sys
from data_access import engines
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables.changes import Action, Author, Event, note
print("ready", flush=True)
sys.stdin.readline()
for number in range(25):
    with engines.writing(sys.argv[1], DASHBOARD) as session:
        note(session, Author("Kommandolinjen"), Action.VIEWED, Event.PAGE, "Loggen", number=number)
"""


def test_processes_that_write_lines_at_once_never_fork_the_chain(url):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDING, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0

    assert faults(url) == []
    with engines.reading(url, DASHBOARD) as session:
        numbers = session.exec(select(ChangeRecord.id).order_by(ChangeRecord.id)).all()
    assert numbers == [*range(1, 3 + 2 * 25 + 1)]


def test_a_second_line_after_the_same_one_is_refused_by_the_store_itself(url):
    """Whatever becomes of the lock."""
    with pytest.raises(IntegrityError), engines.as_it_is(url, DASHBOARD) as session:
        session.execute(text("INSERT INTO change SELECT * FROM change WHERE id = 3"))


MAY_ONLY_ADD = """
GRANT USAGE ON SCHEMA public TO dashboard_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO dashboard_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO dashboard_app;
REVOKE UPDATE, DELETE ON change FROM dashboard_app
"""


@pytest.fixture
def as_app(url: str) -> Iterator[str]:
    """The store's address for a user of the database that may only read and add to the log."""
    with engines.engine(url).begin() as connection:
        if not connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = 'dashboard_app'")).scalar():
            connection.execute(text("CREATE ROLE dashboard_app LOGIN"))
        for statement in MAY_ONLY_ADD.split(";"):
            connection.execute(text(statement))
    yield url.replace("//postgres@", "//dashboard_app@")
    with engines.engine(url).begin() as connection:
        connection.execute(text("REASSIGN OWNED BY dashboard_app TO postgres"))
        connection.execute(text("DROP OWNED BY dashboard_app"))


def advice(url: str) -> list[str]:
    return [line for in_order, line in found(url) if in_order and line.startswith("Råd: Databasebrugeren")]


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_in_postgresql_a_user_that_may_switch_the_triggers_off_is_advised_to_be_another(url, as_app):
    [said] = advice(url)
    assert said.startswith("Råd: Databasebrugeren postgres kan slå loggens beskyttelse fra.")
    assert advice(as_app) == []


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "grant",
    [
        "ALTER TABLE change OWNER TO dashboard_app",
        "ALTER FUNCTION change_is_only_added_to() OWNER TO dashboard_app",
        "ALTER SCHEMA public OWNER TO dashboard_app",
        "GRANT TRUNCATE ON change TO dashboard_app",
    ],
)
def test_in_postgresql_every_right_that_does_without_the_triggers_counts(url, as_app, grant):
    with engines.engine(url).begin() as connection:
        connection.execute(text(grant))

    assert len(advice(as_app)) == 1


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_in_postgresql_a_user_that_may_only_add_can_save_and_not_open_the_log(as_app):
    with writing(as_app) as session:
        rename(session)
    assert faults(as_app) == []

    with (
        pytest.raises(StoreProblem, match="giver ikke databasebrugeren lov"),
        writing(as_app) as session,
        changes.open_log(session),
    ):
        pass


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


@pytest.mark.parametrize(
    "noted", ["57", "57:", "x:" + 64 * "0", "57:" + 63 * "0", "1:" + 64 * "Z", 30 * "9" + ":" + 64 * "0"]
)
def test_a_noted_end_that_is_none_is_a_danish_sentence(noted):
    with pytest.raises(Problem, match="Skriv loggens ende"):
        NotedLine.read(noted)
