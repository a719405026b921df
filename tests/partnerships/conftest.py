"""A sample that may be written in."""

import shutil

import pytest

from tests.conftest import SampleStores


@pytest.fixture
def own_copy(sample_stores: SampleStores, tmp_path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file of a store of this test's own."""
    copy = tmp_path / "dashboard.sqlite"
    shutil.copy(sample_stores.dashboard_url.removeprefix("sqlite:///"), copy)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    return str(copy)
