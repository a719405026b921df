"""Stores of earlier versions: brought up to this one with everything in them, or refused."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, make_url, select
from sqlmodel import Session

from data_access import engines, schema, upgrades
from data_access.dashboard.models import DASHBOARD
from data_access.partnerships import editing
from data_access.partnerships.kinds import PARTNERSHIP
from data_access.partnerships.models.agreements import PartnershipForm, PartnershipRecord
from data_access.problems import MissingStoreProblem, StoreProblem

FIRST = "e46318ebcd743606"
SINCE_THE_FIRST = ("decision_draft", "showing")


def tables_of_the_first() -> MetaData:
    """The tables as the first version had them."""
    tables = MetaData(info=DASHBOARD.info)
    for table in DASHBOARD.sorted_tables:
        if table.name not in SINCE_THE_FIRST:
            table.to_metadata(tables)
    return tables


@pytest.fixture
def first_store(store_url: str) -> str:
    """A store as the first version made it, in which somebody has written."""
    with engines.writing(store_url, DASHBOARD) as session:
        editing.create(session, "Sekretariatet", PARTNERSHIP, PartnershipForm(name="Samarbejdet på Fyn"))
        for name in SINCE_THE_FIRST:
            DASHBOARD.tables[name].drop(session.connection())
        schema.note(session, DASHBOARD, schema.SHAPE, FIRST)
    return store_url


def differences(session: Session) -> list:
    """Between the database and the tables that the program expects."""
    return compare_metadata(MigrationContext.configure(session.connection()), DASHBOARD)


def test_the_newest_step_leads_to_the_tables_as_they_are():
    assert ScriptDirectory(str(upgrades.MIGRATIONS)).get_heads() == [schema.shape(DASHBOARD)]


def test_the_first_shape_is_the_tables_without_those_that_came_later():
    assert schema.shape(tables_of_the_first()) == FIRST


def test_an_earlier_store_is_refused_until_it_is_brought_up_and_keeps_what_was_written(first_store):
    with pytest.raises(StoreProblem, match=r"manage\.py upgrade"), engines.reading(first_store, DASHBOARD):
        pass

    upgrades.upgrade(first_store)

    with engines.writing(first_store, DASHBOARD) as session:
        assert differences(session) == []
        assert session.scalars(select(PartnershipRecord.name)).all() == ["Samarbejdet på Fyn"]


def test_a_copy_of_the_file_is_taken_first_and_holds_the_same(first_store):
    copy = upgrades.upgrade(first_store)

    if engines.file_of(make_url(first_store)) is None:
        assert copy is None
    else:
        assert upgrades.upgrade(f"sqlite:///{copy}") is not None
        with engines.reading(f"sqlite:///{copy}", DASHBOARD) as session:
            assert session.scalars(select(PartnershipRecord.name)).all() == ["Samarbejdet på Fyn"]


def test_a_step_that_fails_leaves_the_store_as_it_was(first_store, monkeypatch):
    newest = upgrades._steps(FIRST)[-1]

    def fails_at_the_end() -> None:
        newest.module.upgrade()
        raise RuntimeError("the disk is gone")

    failing = SimpleNamespace(revision="none", module=SimpleNamespace(upgrade=fails_at_the_end))
    with monkeypatch.context() as while_it_fails:
        while_it_fails.setattr(upgrades, "_steps", lambda _was: [failing])
        with pytest.raises(RuntimeError, match="the disk is gone"):
            upgrades.upgrade(first_store)

    with engines.as_it_is(first_store, DASHBOARD) as session:
        assert schema.fact(session, DASHBOARD, schema.SHAPE) == FIRST
    upgrades.upgrade(first_store)


def test_a_store_of_this_version_is_left_alone(store_url, tmp_path):
    with engines.writing(store_url, DASHBOARD):
        pass
    before = list(tmp_path.iterdir())

    assert upgrades.upgrade(store_url) is None
    assert list(tmp_path.iterdir()) == before


def test_a_store_of_an_unknown_version_is_not_touched(store_url):
    with engines.writing(store_url, DASHBOARD) as session:
        schema.note(session, DASHBOARD, schema.SHAPE, "of tomorrow")

    with pytest.raises(StoreProblem, match="ikke kender"):
        upgrades.upgrade(store_url)


def test_there_must_be_a_store(tmp_path: Path):
    with pytest.raises(MissingStoreProblem):
        upgrades.upgrade(f"sqlite:///{tmp_path}/none.sqlite")
