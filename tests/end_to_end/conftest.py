"""The real server and a real Chromium; every test in this folder is marked `browser`."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.chromium import FINISHED
from tests.conftest import SampleStores
from tests.running_server import running_server
from tests.signed_in import copied, provider, with_all_rights
from views.foundation.visitor import SESSION_COOKIE

__all__ = ["provider"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder, so that `-m 'not browser'` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@dataclass
class Overheard:
    """What the browser asked of other machines, and what it complained about."""

    address: str
    foreign_requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(self.address).netloc):
            self.foreign_requests.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        # On a page's own address Streamlit asks beside the page first, is told 404, and asks at the root.
        looks_for_the_root = "/_stcore/" in message.location["url"]
        if message.type == "error" and not looks_for_the_root:
            self.complaints.append(message.text)


SESSIONS: dict[str, str] = {}
"""The token of whoever has signed in, by the server's address; none where nobody signs in."""


@pytest.fixture(scope="session", params=["local", "oidc"])
def server(
    request: pytest.FixtureRequest, sample_stores: SampleStores, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the dashboard with the sample data: on this machine alone, and where people sign in."""
    if request.param == "local":
        with running_server(sample_stores.settings()) as address:
            yield address
        return
    store = copied(sample_stores, tmp_path_factory.mktemp("signed-in"))
    with with_all_rights(request.getfixturevalue("provider"), store) as (address, token):
        SESSIONS[address] = token
        yield address


@pytest.fixture
def fresh_server(sample_stores: SampleStores) -> Iterator[str]:
    """The address of a server that no one has visited yet."""
    with running_server(sample_stores.settings()) as address:
        yield address


@pytest.fixture
def own_server(sample_stores: SampleStores, tmp_path: Path) -> Iterator[str]:
    """A server with a store of its own, for it is written in."""
    copy = tmp_path / "dashboard.sqlite"
    shutil.copy(sample_stores.dashboard_url.removeprefix("sqlite:///"), copy)
    own = SampleStores(f"sqlite:///{copy}", sample_stores.confidential_url)
    with running_server(own.settings()) as address:
        yield address


@pytest.fixture
def overheard(server: str) -> Overheard:
    """Fills up while `page` is in use."""
    return Overheard(server)


Visiting = Callable[..., AbstractContextManager[BrowserContext]]


@pytest.fixture(scope="module")
def visiting(browser: Browser, server: str) -> Visiting:
    """Another reader's browser, who has signed in where people do."""

    @contextmanager
    def context(**look: object) -> Iterator[BrowserContext]:
        with browser.new_context(**look) as someone:
            if token := SESSIONS.get(server):
                someone.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": server}])
            yield someone

    return context


@pytest.fixture(scope="module")
def reader(visiting: Visiting) -> Iterator[BrowserContext]:
    """A Danish reader with a laptop, who fetches the program once a file; each test has its own window."""
    with visiting(locale="da-DK", viewport={"width": 1280, "height": 900}) as someone:
        yield someone


@pytest.fixture
def page(reader: BrowserContext, overheard: Overheard) -> Iterator[Page]:
    """The reader's window."""
    window = reader.new_page()
    window.on("request", overheard.request)
    window.on("console", overheard.console)
    window.on("pageerror", lambda error: overheard.complaints.append(str(error)))
    yield window
    window.close()


@pytest.fixture
def open_page(page: Page, server: str) -> Callable[[str], Page]:
    """Opens an address of the dashboard and waits until the page is done."""

    def open_and_wait(path: str = "/", address: str = server) -> Page:
        page.goto(address + path)
        page.wait_for_selector(FINISHED)
        return page

    return open_and_wait
