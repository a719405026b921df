"""A sample that may be written in, and a small partnership."""

import shutil

import pytest
from sqlmodel import Session

from tests.conftest import SampleStores
from tests.partnerships.small_partnership import SmallPartnership, small_partnership


@pytest.fixture
def own_copy(sample_stores: SampleStores, tmp_path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file of a store of this test's own."""
    copy = tmp_path / "dashboard.sqlite"
    shutil.copy(sample_stores.dashboard_url.removeprefix("sqlite:///"), copy)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    return str(copy)


@pytest.fixture
def fjord(dashboard: Session) -> SmallPartnership:
    """A partnership of a few parties, in a store of the test's own."""
    return small_partnership(dashboard)
