"""A public copy: the open release alone, of the same numbers, and nothing that people have written."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from data_access import engines
from data_access.confidential import store as confidential
from data_access.dashboard import queries, store
from data_access.dashboard.models import DASHBOARD, MembershipRecord, PublishedFigure
from data_access.dashboard.partnership_tables.agreements import PartnershipForm
from data_access.operations import checks
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import PARTNERSHIP
from data_access.problems import StoreProblem
from data_access.publishing import public_copies, releases
from data_access.publishing.releases import ReleaseRequest
from indicators.rights import OPERATOR
from indicators.selection import Option, Selection
from tests.made_up import KOEGE, LITTLE, MUCH, ROSKILDE, add_round, add_sheets
from views.subjects.distribution.report import distribution

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a store with a release for the steering group in force, two years, and a partnership."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/dashboard.sqlite")
    monkeypatch.setenv("CONFIDENTIAL_DATABASE_URL", f"sqlite:///{tmp_path}/confidential.sqlite")
    with confidential.writing() as session:
        for year in (2024, 2025):
            a_round = add_round(session, year)
            for place in (ROSKILDE, KOEGE):
                for value in (MUCH, LITTLE):
                    add_sheets(session, a_round, place, {"S01": value, "S02": value}, times=20)
            add_sheets(session, a_round, "kommune:0253", {"S01": MUCH, "S02": MUCH}, times=7)
    releases.publish_stores(ReleaseRequest())
    with store.writing(OPERATOR) as session:
        editing.create(session, "Sekretariatet", PARTNERSHIP, PartnershipForm(name="Fortroligt samarbejde"))
    release = releases.publish_stores(ReleaseRequest(profile="offentlig", is_put_in_force=False))
    public_copies.write(tmp_path / "offentlig.sqlite", release.number)
    return tmp_path / "offentlig.sqlite"


def test_it_holds_the_open_release_and_nothing_else(copy):
    with engines.reading(f"sqlite:///{copy}", DASHBOARD) as session:
        (release,) = releases.releases(session)
        assert (release.number, release.profile) == (2, "offentlig")
        assert releases.in_force(session) == release
        assert min(session.exec(select(PublishedFigure.persons).where(PublishedFigure.n.is_not(None)))) >= 10
        assert session.exec(select(MembershipRecord)).first() is not None
    with closing(sqlite3.connect(copy)) as file:
        written = [
            table for (table,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if table in ("partnership", "change", "agenda_item", "decision", "initiative")
            and file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        ]  # fmt: skip
    assert written == []
    assert b"Fortroligt samarbejde" not in copy.read_bytes()


def test_pages_show_it_and_check_finds_it_whole(copy, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    monkeypatch.setenv("CONFIDENTIAL_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")

    assert all(in_order for in_order, _ in checks.findings())
    with store.reading(OPERATOR) as session:
        chosen = Selection(
            Option("student", "Studerendes praktikevaluering"), 2025, Option(ROSKILDE, "Roskilde")
        )
        assert [row.figure.n for row in distribution(session, chosen).rows] == [40, 40]
        together = distribution(session, replace(chosen, first_year=2024))
        assert [row.figure.n for row in together.rows] == [80, 80]


def test_the_release_for_the_steering_group_is_still_in_force_where_it_was_made(copy):
    del copy
    with store.reading(OPERATOR) as session:
        assert queries.release_in_force(session).profile == "styregruppe"
        assert [release.profile for release in releases.releases(session)] == ["offentlig", "styregruppe"]


def test_nothing_is_written_over_and_half_a_copy_is_none(copy, tmp_path):
    with pytest.raises(StoreProblem, match=r"offentlig\.sqlite findes allerede"):
        public_copies.write(copy, 2)
    with pytest.raises(Exception, match="Udgivelse 9"):
        public_copies.write(tmp_path / "halv.sqlite", 9)

    assert not (tmp_path / "halv.sqlite").exists()
