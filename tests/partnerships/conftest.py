"""A sample that may be written in, and a small partnership."""

import shutil
from dataclasses import dataclass

import pytest
from sqlmodel import Session

from tests.conftest import MadeStores, SampleStores, in_files
from tests.partnerships.small_partnership import SmallPartnership, small_partnership


@pytest.fixture
def own_copy(sample_stores: SampleStores, tmp_path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file of a store of this test's own."""
    copy = tmp_path / "dashboard.sqlite"
    shutil.copy(sample_stores.dashboard_url.removeprefix("sqlite:///"), copy)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    return str(copy)


@dataclass(frozen=True)
class WithFjord:
    """Stores in which there is a small partnership already, for making it takes longer than most tests do."""

    stores: MadeStores
    fjord: SmallPartnership


@pytest.fixture(scope="session")
def made_with_fjord(tmp_path_factory: pytest.TempPathFactory) -> WithFjord:
    """Two files."""
    stores = in_files(tmp_path_factory.mktemp("fjord"))
    with stores.filling() as (_, dashboard):
        return WithFjord(stores, small_partnership(dashboard))


@pytest.fixture
def made_stores(made_stores: MadeStores, request: pytest.FixtureRequest) -> MadeStores:
    """Those with the partnership for the tests that ask for it."""
    is_kept = "fjord" in request.fixturenames and _in_sqlite(made_stores)
    return request.getfixturevalue("made_with_fjord").stores if is_kept else made_stores


@pytest.fixture
def fjord(dashboard: Session, made_stores: MadeStores, request: pytest.FixtureRequest) -> SmallPartnership:
    """A partnership of a few parties, in a store that is as it was before the test afterwards."""
    if _in_sqlite(made_stores):
        return request.getfixturevalue("made_with_fjord").fjord
    return small_partnership(dashboard)


def _in_sqlite(stores: MadeStores) -> bool:
    return stores.dashboard_url.startswith("sqlite")
