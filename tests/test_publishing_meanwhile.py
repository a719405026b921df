"""A release is computed while nothing is locked: others save meanwhile, and it is refused if that matters."""

import struct
import sys
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pytest
from sqlalchemy import Column, text, update
from sqlmodel import select

from benchmarks.disclosure_speed import made_up_systems
from data_access.confidential import store as confidential
from data_access.confidential.models import ImportRun
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import (
    PublishedCell,
    PublishedChange,
    PublishedFigure,
    PublishedScore,
    Release,
)
from data_access.dashboard.partnership_tables.agreements import PartnershipForm, PartnershipRecord
from data_access.operations import checks
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import PARTNERSHIP
from data_access.problems import ReleaseProblem
from data_access.publishing import releases
from data_access.publishing.deciding import WORTH_A_PROCESS, decided, on_all_cores
from data_access.publishing.releases import ReleaseRequest
from indicators.publication import one_by_one
from indicators.rights import OPERATOR
from tests.made_up import add_roskilde, add_round

pytestmark = pytest.mark.slow


@pytest.fixture
def stores(store_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[None]:
    """Both stores, with a round that is not published yet."""
    monkeypatch.setenv("DATABASE_URL", store_url)
    is_file = store_url.startswith("sqlite")
    answers = f"sqlite:///{tmp_path}/confidential.sqlite" if is_file else store_url
    monkeypatch.setenv("CONFIDENTIAL_DATABASE_URL", answers)
    with confidential.writing() as session:
        add_roskilde(session, add_round(session))


def meanwhile(happens):
    """Decides as always, after something has happened."""

    def decide(to_publish):
        happens()
        return decided(to_publish)

    return decide


def save() -> None:
    with dashboard.writing(OPERATOR) as session:
        editing.create(session, "Sekretariatet", PARTNERSHIP, PartnershipForm(name="Fjorden"))


def publish_as_well() -> None:
    releases.publish_stores(ReleaseRequest())


def import_again() -> None:
    with confidential.writing() as session:
        of_run = {"added": 1, "removed": 0, "unchanged": 0, "files": [], "dropped_columns": {}}
        session.add(ImportRun(round_id="student-2025", fingerprint="another", **of_run))


@pytest.mark.usefixtures("stores")
def test_people_save_while_a_release_is_computed():
    release = releases.publish_stores(ReleaseRequest(), decide=meanwhile(save))

    with dashboard.reading(OPERATOR) as session:
        assert session.exec(select(PartnershipRecord.name)).all() == ["Fjorden"]
        assert releases.in_force(session).number == release.number == 1


@pytest.mark.usefixtures("stores")
@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (publish_as_well, "er udgivelserne ændret af en anden. Kør kommandoen igen"),
        (import_again, "er der importeret svar. Kør kommandoen igen"),
    ],
)
def test_what_a_release_stood_on_must_not_have_changed_when_it_is_written(happens, said):
    with dashboard.writing(OPERATOR) as session:
        before = session.exec(select(Release.number)).all()

    with pytest.raises(ReleaseProblem, match=said):
        releases.publish_stores(ReleaseRequest(), decide=meanwhile(happens))

    with dashboard.reading(OPERATOR) as session:
        now = session.exec(select(Release.number)).all()
        assert now == before + [1] * (happens is publish_as_well)


@pytest.mark.usefixtures("stores")
def test_rows_that_are_not_read_back_as_they_were_are_refused_and_leave_nothing(monkeypatch):
    from data_access.dashboard import publication_rows

    written = publication_rows.write

    def write_and_lose_one(session, published_round_id, rows):
        written(session, published_round_id, rows)
        session.execute(text("UPDATE published_figure SET n = n + 1"))

    monkeypatch.setattr(publication_rows, "write", write_and_lose_one)
    with pytest.raises(ReleaseProblem, match="kan ikke læses tilbage"):
        releases.publish_stores(ReleaseRequest())

    with dashboard.looking(OPERATOR) as session:
        assert session.exec(select(PublishedCell)).all() == []


def failing() -> list[str]:
    return [line for in_order, line in checks.findings() if not in_order]


SHOWN = (PublishedCell, PublishedFigure, PublishedScore, PublishedChange)


def flipped(value: object) -> object:
    """The value with its last bit the other way; of a word or a list that of its first part."""
    match value:
        case bool():
            return not value
        case int():
            return value ^ 1
        case float():
            (bits,) = struct.unpack("<q", struct.pack("<d", value))
            return struct.unpack("<d", struct.pack("<q", bits ^ 1))[0]
        case str():
            return chr(ord(value[0]) ^ 1) + value[1:]
        case [first, *rest]:
            return [flipped(first), *rest]
    raise AssertionError(value)


def first_of(column: Column) -> tuple[list, object]:
    """Where the first row is that has something in the column, and what it is."""
    keys = list(column.table.primary_key)
    with dashboard.reading(OPERATOR) as session:
        row = session.execute(select(*keys, column).where(column.is_not(None)).order_by(*keys)).first()
    return ([key == value for key, value in zip(keys, row, strict=False)], row[-1]) if row else ([], None)


def put(column: Column, where: list, value: object) -> None:
    with dashboard.writing(OPERATOR) as session:
        session.execute(update(column.table).where(*where).values({column.name: value}))


@pytest.mark.usefixtures("stores")
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_check_finds_a_single_flipped_bit_in_every_column_that_is_shown():
    with confidential.writing() as session:
        add_roskilde(session, add_round(session, 2024))
    releases.publish_stores(ReleaseRequest())
    assert failing() == []
    flips = 0
    for column in [each for table in SHOWN for each in table.__table__.columns if not each.primary_key]:
        where, value = first_of(column)
        if value is None or column.foreign_keys:
            continue
        put(column, where, flipped(value))
        assert any("er ikke dem, der blev udgivet" in said for said in failing()), str(column)
        put(column, where, value)
        flips += 1
    assert flips > 20
    assert failing() == []


@pytest.mark.usefixtures("stores")
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_check_tells_of_a_questionnaire_that_cannot_be_read():
    releases.publish_stores(ReleaseRequest())
    with dashboard.writing(OPERATOR) as session:
        session.execute(text("UPDATE published_round SET questionnaire = substr(questionnaire, 2)"))

    unreadable, changed = failing()

    assert unreadable.startswith("Spørgeskemaet kan ikke læses for student-2025.")
    assert changed.startswith("student-2025 (nr. 1): tallene er ikke dem, der blev udgivet.")


@pytest.mark.usefixtures("stores")
def test_a_round_from_before_there_were_checksums_is_told_of_and_no_fault():
    releases.publish_stores(ReleaseRequest())
    with dashboard.writing(OPERATOR) as session:
        session.execute(text("UPDATE published_round SET checksum = NULL"))

    assert failing() == []
    assert any("før der var kontrolsummer" in line for _, line in checks.findings())


def test_a_page_that_runs_as_the_main_program_is_not_run_again_by_the_processes_that_decide(
    tmp_path, monkeypatch
):
    """Streamlit puts the page that is drawn in the place of the main program."""
    page = tmp_path / "page.py"
    page.write_text("raise SystemExit('the page was run again')")
    main = ModuleType("__main__")
    main.__file__ = str(page)
    monkeypatch.setitem(sys.modules, "__main__", main)
    systems = list(made_up_systems(answers=400, questions=2))

    with on_all_cores() as cores:
        chosen = cores.choose_all(systems, 5)

    assert systems[0].cells >= WORTH_A_PROCESS
    for cells, alone in zip(chosen, one_by_one(systems, 5), strict=True):
        np.testing.assert_array_equal(cells, alone)
