"""How the stores are opened: who may read the files, which schema they have, and what is said when they fail."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, Table, text
from sqlmodel import select

from data_access import engines, schema
from data_access.confidential.models import CONFIDENTIAL, Round
from data_access.dashboard import queries, reference_tables, store
from data_access.dashboard.models import (
    DASHBOARD,
    MembershipRecord,
    PublishedCell,
    PublishedRound,
    UnitRecord,
)
from data_access.problems import MissingStoreProblem, ReferenceProblem, StoreProblem
from data_access.reference import REFERENCE, Membership, Reference, Unit, read_reference
from indicators.groups import units_of_places
from indicators.rights import OPERATOR
from tests.conftest import writing
from tests.made_up import GREVE, KOEGE, ROSKILDE, add_round

ROOT = Path(__file__).parent.parent


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for stores that is not there yet."""
    return tmp_path / "stores"


def test_the_confidential_store_is_for_its_owner_only(folder):
    with engines.writing(f"sqlite:///{folder}/confidential.sqlite", CONFIDENTIAL) as session:
        add_round(session)
        modes = {path.name: mode(path) for path in folder.iterdir()}

    assert mode(folder) == 0o700
    assert set(modes.values()) == {0o600}
    assert "confidential.sqlite-wal" in modes


def test_the_dashboard_store_may_be_read_by_others_and_a_folder_that_was_there_is_left_alone(tmp_path):
    tmp_path.chmod(0o755)
    with writing(f"sqlite:///{tmp_path}/dashboard.sqlite"):
        pass

    assert mode(tmp_path / "dashboard.sqlite") == 0o644
    assert mode(tmp_path) == 0o755


def test_the_log_of_a_store_is_folded_into_its_file_when_nobody_has_it_open(tmp_path):
    with writing(f"sqlite:///{tmp_path}/dashboard.sqlite"):
        pass

    assert [path.name for path in tmp_path.iterdir()] == ["dashboard.sqlite"]


READER = """
import os, sys
from sqlmodel import select
from data_access import engines
from data_access.dashboard.models import DASHBOARD, UnitRecord

with engines.looking("sqlite:////no/store", DASHBOARD):
    pass  # everything is loaded before the rights are given up
if os.geteuid() == 0:
    os.setuid(65534)
with engines.reading(sys.argv[1], DASHBOARD) as session:
    print(len(session.exec(select(UnitRecord)).all()))
"""


@pytest.mark.slow
def test_a_public_copy_is_read_by_a_user_who_may_write_nothing(tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    with writing(f"sqlite:///{copy}/dashboard.sqlite") as session:
        reference_tables.load_reference(session, read_reference())
    (copy / "dashboard.sqlite-wal").touch()  # as a reader leaves it that was the last to close
    for above in (tmp_path, *tmp_path.parents[:3]):
        above.chmod(0o755)
    (copy / "dashboard.sqlite").chmod(0o444)
    copy.chmod(0o555)

    reader = [sys.executable, "-c", READER, f"sqlite:///{copy}/dashboard.sqlite"]
    done = subprocess.run(reader, cwd=ROOT, capture_output=True, text=True, check=False)
    copy.chmod(0o755)

    assert done.stdout.strip() == str(len(read_reference().units)), done.stderr
    assert {path.name for path in copy.iterdir()} == {"dashboard.sqlite", "dashboard.sqlite-wal"}


def test_a_reading_session_cannot_write(store_url):
    with engines.writing(store_url, CONFIDENTIAL) as session:
        add_round(session)

    with (
        pytest.raises(StoreProblem, match="Det fortrolige lager kan kun læses"),
        engines.reading(store_url, CONFIDENTIAL) as session,
    ):
        session.execute(text("UPDATE round SET year = 1999"))


def test_a_store_that_is_not_there_looks_like_an_empty_one(store_url, tmp_path):
    with pytest.raises(MissingStoreProblem), engines.reading(store_url, CONFIDENTIAL):
        pass
    with engines.looking(store_url, CONFIDENTIAL) as session:
        assert session.exec(select(Round)).all() == []

    assert list(tmp_path.iterdir()) == []
    with pytest.raises(MissingStoreProblem), engines.reading(store_url, CONFIDENTIAL):
        pass


def test_a_store_of_another_version_is_refused_with_what_to_do(store_url):
    with writing(store_url) as session:
        engines.note(session, DASHBOARD, engines.SHAPE, "of yesterday")

    for opened in (engines.reading, engines.writing):
        with (
            pytest.raises(StoreProblem, match=r"Dashboardlageret er dannet af en anden version.*upgrade"),
            opened(store_url, DASHBOARD),
        ):
            pass


def test_a_store_from_before_versions_were_kept_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as old:
        old.execute("CREATE TABLE round (id TEXT)")

    with (
        pytest.raises(StoreProblem, match=r"anden version.*manage\.py upgrade"),
        engines.writing(f"sqlite:///{tmp_path}/old.sqlite", CONFIDENTIAL),
    ):
        pass


def test_a_new_column_is_a_new_version():
    tables = schema.tables_of(engines.about(DASHBOARD))
    columns = [Column("id", Integer, primary_key=True)]
    Table("release", tables, *columns)
    before = engines.shape(tables)
    tables.tables["release"].append_column(Column("size", Integer))

    assert engines.shape(tables) != before


def test_a_store_is_ready_when_it_has_a_release_in_force(sample_stores, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/dashboard.sqlite")
    assert not store.ready()
    with store.writing(OPERATOR):
        pass
    assert not store.ready()
    (tmp_path / "dashboard.sqlite").write_bytes(b"not a database " * 1000)
    assert not store.ready()
    monkeypatch.setenv("DATABASE_URL", sample_stores.dashboard_url)
    assert store.ready()


def test_a_destroyed_file_is_told_in_danish_with_the_raw_words_apart(tmp_path):
    (tmp_path / "dashboard.sqlite").write_bytes(b"not a database " * 1000)

    with (
        pytest.raises(StoreProblem) as problem,
        engines.reading(f"sqlite:///{tmp_path}/dashboard.sqlite", DASHBOARD),
    ):
        pass

    assert str(problem.value).startswith("Dashboardlageret er ødelagt eller slet ikke et datalager.")
    assert str(tmp_path) not in str(problem.value)
    assert problem.value.detail == f"sqlite:///{tmp_path}/dashboard.sqlite: file is not a database"


def test_a_busy_store_is_told_in_danish(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "_WAIT_SECONDS", 0)
    url = f"sqlite:///{tmp_path}/dashboard.sqlite"
    with (
        writing(url),
        pytest.raises(StoreProblem, match="Dashboardlageret er optaget af et andet program"),
        writing(url),
    ):
        pass


def test_a_server_that_does_not_answer_is_told_in_danish_without_the_password(tmp_path):
    url = f"postgresql+psycopg://user:hemmeligt@/database?host={tmp_path}"

    with (
        pytest.raises(StoreProblem, match="Dashboardlageret svarer ikke") as problem,
        engines.reading(url, DASHBOARD),
    ):
        pass

    assert "hemmeligt" not in problem.value.detail


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "Adressen i DATABASE_URL kan ikke bruges"),
        ("nosuch://server/base", "Adressen i DATABASE_URL kan ikke bruges"),
        ("postgresql+nosuch://server/base", "Adressen i DATABASE_URL kan ikke bruges"),
        ("postgresql+psycopg://server:port/base", "Adressen i DATABASE_URL kan ikke bruges"),
        ("sqlite://", "nævner ingen fil"),
        ("sqlite:////dev/null/stores/x.sqlite", "Dashboardlageret kan ikke oprettes"),
    ],
)
def test_an_address_that_cannot_be_used_names_its_variable(url, said):
    with pytest.raises(StoreProblem, match=re.escape(said)), writing(url):
        pass


def reference_of(*groups: Unit, memberships: tuple[Membership, ...] = ()) -> Reference:
    """Three municipalities, everything, and these groups."""
    places = (Unit(key, "kommune", key) for key in (ROSKILDE, KOEGE, GREVE))
    return Reference((Unit("alle", "alle", "Alle"), *places, *groups), memberships, (), ())


FJORD = Unit("gruppe:fjord", "gruppe", "Fjorden")
COAST = Unit("gruppe:kyst", "gruppe", "Kysten")


def load(url: str, reference: Reference) -> None:
    with writing(url) as session:
        reference_tables.load_reference(session, reference)


def groups_in(url: str) -> dict[str, str]:
    with engines.reading(url, DASHBOARD) as session:
        found = session.exec(select(UnitRecord).where(UnitRecord.kind == "gruppe"))
        return {unit.key: unit.name for unit in found}


def test_a_group_that_comes_changes_or_goes_in_the_files_does_so_in_the_store(store_url):
    load(store_url, reference_of(FJORD, memberships=(Membership(ROSKILDE, FJORD.key),)))
    renamed = Unit(FJORD.key, "gruppe", "Roskilde Fjord")
    load(store_url, reference_of(renamed, COAST, memberships=(Membership(KOEGE, COAST.key),)))
    assert groups_in(store_url) == {FJORD.key: "Roskilde Fjord", COAST.key: "Kysten"}
    with engines.reading(store_url, DASHBOARD) as session:
        assert [(m.member, m.group) for m in session.exec(select(MembershipRecord))] == [(KOEGE, COAST.key)]

    load(store_url, reference_of(COAST))
    assert groups_in(store_url) == {COAST.key: "Kysten"}


def test_a_group_that_is_gone_stays_as_long_as_figures_are_about_it(store_url):
    load(store_url, reference_of(FJORD, memberships=(Membership(ROSKILDE, FJORD.key),)))
    with writing(store_url) as session:
        published = PublishedRound(
            round_id="student-2025",
            survey_id="student",
            year=2025,
            questionnaire={},
            source="x",
            is_sample=True,
        )
        session.add(published)
        session.flush()
        cell = {"unit_key": FJORD.key, "education_id": "alle", "institution_id": "alle"}
        session.add(PublishedCell(published_round_id=published.id, **cell))

    load(store_url, reference_of())

    assert groups_in(store_url) == {FJORD.key: "Fjorden"}


def test_opening_the_dashboard_store_for_writing_brings_its_reference_up_to_the_files(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/dashboard.sqlite"
    monkeypatch.setenv("DATABASE_URL", url)
    load(url, reference_of(FJORD))

    with store.writing(OPERATOR):
        pass

    assert groups_in(url) == {"gruppe:vestegnen": "Vestegnen"}


def own_groups(folder: Path, groups: str, members: str) -> Path:
    """The reference files with these own groups."""
    for file in REFERENCE.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "own_groups.csv").write_text(
        f"group_id,name,valid_from,valid_to,note\n{groups}", encoding="utf-8"
    )
    (folder / "own_group_members.csv").write_text(f"group_id,member,valid_from,valid_to\n{members}")
    return folder


def test_a_place_may_leave_an_own_group_and_come_back(store_url, tmp_path):
    from datetime import date

    files = tmp_path / "files"
    files.mkdir()
    members = (
        "fjord,kommune:0265,,2022-12-31\nfjord,kommune:0265,2025-01-01,\nfjord,kommune:0259,2024-01-01,\n"
    )
    load(store_url, read_reference(own_groups(files, "fjord,Fjorden,,,\n", members)))

    with engines.reading(store_url, DASHBOARD) as session:
        dated = queries.memberships(session)
    in_group = {
        year: [
            place
            for place, units in units_of_places([ROSKILDE, KOEGE], dated, date(year, 12, 31)).items()
            if "gruppe:fjord" in units
        ]
        for year in (2022, 2023, 2024, 2025)
    }
    assert in_group == {2022: [ROSKILDE], 2023: [], 2024: [KOEGE], 2025: [ROSKILDE, KOEGE]}


@pytest.mark.parametrize(
    ("groups", "members", "said"),
    [
        ("fjord,Fjorden,,,\n", "fjord,kommune:9999,,\n", "own_group_members.csv, linje 2: 'kommune:9999' kendes ikke"),
        ("fjord,Fjorden,,,\n", "\nfjrod,kommune:0265,,\n", "'gruppe:fjrod' kendes ikke"),
        ("fjord,Fjorden,,,\n", "fjord,kommune:0265,1.1.2025,\n", "linje 2: '1.1.2025' er ikke en dato"),
        ("fjord,Fjord 010190-1234,,,\n", "", "own_groups.csv, linje 2: navnet må ikke rumme cpr-numre"),
        ("fjord,Fjorden,2025,,\n", "", "own_groups.csv, linje 2: '2025' er ikke en dato"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_own_groups_is_told_with_its_line(tmp_path, groups, members, said):
    with pytest.raises(ReferenceProblem, match=re.escape(said)):
        read_reference(own_groups(tmp_path, groups, members))
