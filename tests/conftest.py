"""Stores for tests: in memory and on PostgreSQL for the data floors, the whole sample for the screen."""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import hypothesis
import pytest
from sqlalchemy import MetaData, make_url, text
from sqlmodel import Session

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import reference_tables
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.scope import bind
from data_access.reference import read_reference
from indicators.rights import OPERATOR

ROOT = Path(__file__).parent.parent

# How fast an example is says something of the machine, and nothing of the code.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

if TYPE_CHECKING:
    from playwright.sync_api import Browser


# All that is imported and collected stays to the end, so nobody need look for garbage in it, now or later.
gc.disable()


def pytest_collection_finish() -> None:
    """From here on there is garbage."""
    gc.collect()
    gc.freeze()
    gc.enable()


TAKES_A_WHILE_TO_START = {"built_sample", "postgresql"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the whole sample or PostgreSQL is left out of the quick part."""
    for item in items:
        needed = {*getattr(item, "fixturenames", ()), *_kinds_of_store(item)}
        if needed & TAKES_A_WHILE_TO_START:
            item.add_marker("slow")


def _kinds_of_store(item: pytest.Item) -> Iterator[str]:
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return (parameters[name] for name in ("store_url", "own_stores_of_each_kind") if name in parameters)


@dataclass(frozen=True)
class SampleStores:
    """Addresses of both stores with the whole sample, imported and published."""

    dashboard_url: str
    confidential_url: str

    @classmethod
    def within(cls, folder: Path) -> "SampleStores":
        """In two files of a folder."""
        return cls(f"sqlite:///{folder}/dashboard.sqlite", f"sqlite:///{folder}/confidential.sqlite")

    def settings(self) -> dict[str, str]:
        """The environment variables that name them."""
        return {"DATABASE_URL": self.dashboard_url, "CONFIDENTIAL_DATABASE_URL": self.confidential_url}


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, and beside it what `manage.py sample` said when it built it.

    The first worker to ask builds it for them all; nobody writes in it.
    """
    run = tmp_path_factory.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    folder, said = run / "sample", run / "sample.said"
    with (run / "sample.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not said.exists():
            command = [sys.executable, "manage.py", "sample", "--if-missing"]
            environment = os.environ | SampleStores.within(folder).settings()
            done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
            said.write_bytes(done.stdout)
    return folder


@pytest.fixture(scope="session")
def sample_stores(built_sample: Path) -> SampleStores:
    """The whole sample, to be read."""
    return SampleStores.within(built_sample)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One for all tests of a process, for two would not stand each other."""
    from tests.chromium import chromium

    with chromium() as one:
        yield one


@pytest.fixture
def sample_environment(sample_stores: SampleStores, monkeypatch: pytest.MonkeyPatch) -> SampleStores:
    """The environment variables say that the sample is the store."""
    for name, address in sample_stores.settings().items():
        monkeypatch.setenv(name, address)
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


KINDS = ["sqlite", "postgresql"]


@pytest.fixture(params=KINDS)
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

    @contextmanager
    def filling(self) -> Iterator[tuple[Session, Session]]:
        """Sessions for what is to stay in the confidential and in the dashboard store."""
        with (
            engines.writing(self.confidential_url, CONFIDENTIAL) as confidential,
            engines.writing(self.dashboard_url, DASHBOARD) as dashboard,
        ):
            bind(dashboard, OPERATOR)
            yield confidential, dashboard


def in_files(folder: Path) -> MadeStores:
    """Two files of a folder."""
    return MadeStores(f"sqlite:///{folder}/dashboard.sqlite", f"sqlite:///{folder}/confidential.sqlite")


def _in_database(postgresql: str, name: str) -> MadeStores:
    """One beside the empty one."""
    with engines.engine(postgresql).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"CREATE DATABASE {name}"))
    url = postgresql.replace("/postgres?", f"/{name}?")
    return MadeStores(url, url)


@pytest.fixture(scope="session")
def made_in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> MadeStores:
    """Two files."""
    return in_files(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def made_in_postgresql(postgresql: str) -> MadeStores:
    """Both in one database."""
    return _in_database(postgresql, "made")


@pytest.fixture(scope="module")
def own_stores(tmp_path_factory: pytest.TempPathFactory) -> MadeStores:
    """For `once_published`: a release that the tests of one file share, for none of them writes in it to stay."""
    return in_files(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module", params=KINDS)
def own_stores_of_each_kind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> MadeStores:
    """The same, once of each kind."""
    folder = tmp_path_factory.mktemp("own")
    if request.param == "sqlite":
        return in_files(folder)
    return _in_database(request.getfixturevalue("postgresql"), folder.name)


@pytest.fixture
def published(once_published: MadeStores) -> Iterator[Session]:
    """A session that reads the release of `once_published`."""
    with engines.reading(once_published.dashboard_url, DASHBOARD) as session:
        yield session


@pytest.fixture
def answers_behind(once_published: MadeStores) -> Iterator[Session]:
    """A session on the answers that `once_published` is a release of; nothing written in it stays."""
    with taken_back(once_published.confidential_url, CONFIDENTIAL) as session:
        yield session


@pytest.fixture
def published_so_far(once_published: MadeStores) -> Iterator[Session]:
    """A session that may release something more beside `once_published`; nothing written in it stays."""
    with taken_back(once_published.dashboard_url, DASHBOARD) as session:
        yield session


@pytest.fixture
def made_stores(store_url: str, request: pytest.FixtureRequest) -> MadeStores:
    """Made once for all tests, for making takes longer than most tests do."""
    return request.getfixturevalue(f"made_in_{make_url(store_url).get_backend_name()}")


@pytest.fixture
def confidential(made_stores: MadeStores) -> Iterator[Session]:
    """An empty confidential store; who needs one that is written in to stay takes `store_url`."""
    with taken_back(made_stores.confidential_url, CONFIDENTIAL) as session:
        yield session


@pytest.fixture
def dashboard(made_stores: MadeStores) -> Iterator[Session]:
    """A dashboard store with the reference data and no release."""
    with taken_back(made_stores.dashboard_url, DASHBOARD) as session:
        yield session


@contextmanager
def writing(url: str) -> Iterator[Session]:
    """A session that writes in the dashboard store at that address, as the operator may."""
    with engines.writing(url, DASHBOARD) as session:
        bind(session, OPERATOR)
        yield session


@contextmanager
def taken_back(url: str, tables: MetaData) -> Iterator[Session]:
    """What a test leaves must be possible to write, and is then as if it had never been."""
    with engines.writing(url, tables) as session:
        bind(session, OPERATOR)
        yield session
        session.flush()
        session.rollback()
