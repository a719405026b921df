"""Stores for tests: in memory and on PostgreSQL for the data floors, the whole sample for the screen."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url, text
from sqlmodel import Session

from data_access import engines, sample
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import reference_tables
from data_access.dashboard.models import DASHBOARD
from data_access.reference import read_reference


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the whole sample, which takes a while to build, is left out of the quick part."""
    for item in items:
        if "sample_stores" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


@dataclass(frozen=True)
class SampleStores:
    """Addresses of both stores with the whole sample, imported and published."""

    dashboard_url: str
    confidential_url: str


@pytest.fixture(scope="session")
def sample_stores(tmp_path_factory: pytest.TempPathFactory) -> SampleStores:
    """The sample, built once the way `manage.py sample` builds it."""
    folder = tmp_path_factory.mktemp("stores")
    urls = SampleStores(f"sqlite:///{folder}/dashboard.sqlite", f"sqlite:///{folder}/confidential.sqlite")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", urls.dashboard_url)
        environment.setenv("CONFIDENTIAL_DATABASE_URL", urls.confidential_url)
        sample.build()
    return urls


@pytest.fixture
def sample_environment(sample_stores: SampleStores, monkeypatch: pytest.MonkeyPatch) -> SampleStores:
    """The environment variables say that the sample is the store."""
    monkeypatch.setenv("DATABASE_URL", sample_stores.dashboard_url)
    monkeypatch.setenv("CONFIDENTIAL_DATABASE_URL", sample_stores.confidential_url)
    return sample_stores


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of this test run's own, on a socket in a temporary folder."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed")
    # A server refuses to run as root, so root lets the account that came with the package run it.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as folder:
        if as_user:
            shutil.chown(folder, "postgres")
        data, log = f"{folder}/data", f"{folder}/log"
        initdb = [
            *as_user,
            programs[-1] / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        _quietly(initdb)
        control = [*as_user, programs[-1] / "pg_ctl", "-D", data, "-w"]
        options = f"-c listen_addresses='' -c fsync=off -k {folder}"
        _quietly([*control, "-o", options, "-l", log, "start"])
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        _quietly([*control, "-m", "immediate", "stop"])


def _quietly(command: list) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite"
    url = request.getfixturevalue("postgresql")
    with engines.engine(url).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return url


@dataclass(frozen=True)
class MadeStores:
    """Addresses of both stores with their tables, and with the reference data in the dashboard's."""

    dashboard_url: str
    confidential_url: str

    def __post_init__(self) -> None:
        with engines.writing(self.confidential_url, CONFIDENTIAL):
            pass
        with engines.writing(self.dashboard_url, DASHBOARD) as session:
            reference_tables.load_reference(session, read_reference())


@pytest.fixture(scope="session")
def made_in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> MadeStores:
    """Two files."""
    folder = tmp_path_factory.mktemp("made")
    return MadeStores(f"sqlite:///{folder}/dashboard.sqlite", f"sqlite:///{folder}/confidential.sqlite")


@pytest.fixture(scope="session")
def made_in_postgresql(postgresql: str) -> MadeStores:
    """One database beside the empty one."""
    with engines.engine(postgresql).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CREATE DATABASE made"))
    url = postgresql.replace("/postgres?", "/made?")
    return MadeStores(url, url)


@pytest.fixture
def made_stores(store_url: str, request: pytest.FixtureRequest) -> MadeStores:
    """Made once for all tests, for making takes longer than most tests do."""
    return request.getfixturevalue(f"made_in_{make_url(store_url).get_backend_name()}")


@pytest.fixture
def confidential(made_stores: MadeStores) -> Iterator[Session]:
    """An empty confidential store; who needs one that is written in to stay takes `store_url`."""
    with engines.writing(made_stores.confidential_url, CONFIDENTIAL) as session:
        yield session
        _take_back(session)


@pytest.fixture
def dashboard(made_stores: MadeStores) -> Iterator[Session]:
    """A dashboard store with the reference data and no release."""
    with engines.writing(made_stores.dashboard_url, DASHBOARD) as session:
        yield session
        _take_back(session)


def _take_back(session: Session) -> None:
    """What a test leaves must be possible to write, and is then as if it had never been."""
    session.flush()
    session.rollback()
