"""What the door costs: the same pages with sign-in and without, from two servers over the same store.

`python -m benchmarks.door` signs in against a provider on this machine and lets one browser's channel open
unseen selections on each server in turn. Prints medians, and the ratio of the two.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import urlencode

from sqlmodel import select

from data_access.dashboard.models import UnitRecord
from indicators.rights import Role
from tests.access.conftest import PEOPLE, known_to, settings_of, with_everybody
from tests.conftest import SampleStores, writing
from tests.raw_client import Tab, Visitor
from tests.running_server import free_port, running_server

PAGES = ("", "resultater", "min-enhed", "indsatser")
TIMES = 24
PAUSE = 0.2
"""Seconds between two selections: whoever is quicker than a hand is let wait (views/chrome/limits)."""


def main() -> None:
    """Prints a line a page."""
    with TemporaryDirectory() as folder, ExitStack() as open_ones:
        stores = SampleStores.within(Path(folder))
        build = [sys.executable, "manage.py", "sample"]
        subprocess.run(build, env={**os.environ, **stores.settings()}, check=True)
        store = stores.dashboard_url
        with_everybody(store)
        with writing(store) as session:
            query = select(UnitRecord.key).where(UnitRecord.kind == "kommune").order_by(UnitRecord.position)
            units = session.exec(query).all()
        local = open_ones.enter_context(running_server({"DATABASE_URL": store}))
        signed_in = open_ones.enter_context(_signed_in(store))
        tabs = [open_ones.enter_context(one.tab()) for one in (Visitor(local), signed_in)]
        for page in PAGES:
            without, with_door = _in_turn(tabs, page, units)
            ratio = median(with_door) / median(without)
            print(f"{page or 'overblik'}: {ratio:.3f} ({median(with_door) * 1000:.0f} ms)")


@contextmanager
def _signed_in(store: str) -> Iterator[Visitor]:
    port, at = free_port(), free_port()
    provider = f"http://localhost:{at}"
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(at)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        known_to(provider)
        with running_server(settings_of(provider, f"http://127.0.0.1:{port}", store), port=port) as address:
            visitor = Visitor(address)
            visitor.http.post(visitor.get("/log-ind").url, data={"sub": PEOPLE[Role.SECRETARIAT]}, timeout=30)
            yield visitor
        process.terminate()


def _in_turn(tabs: list[Tab], page: str, units: list[str]) -> list[list[float]]:
    """Seconds of each tab, which takes its turn first every other time; a unit is new to both."""
    seconds: list[list[float]] = [[] for _ in tabs]
    for turn, unit in enumerate(units[: TIMES + 1]):
        sleep(PAUSE)
        for place in (0, 1) if turn % 2 else (1, 0):
            began = perf_counter()
            tabs[place].run(page, query=urlencode({"enhed": unit}))
            seconds[place].append(perf_counter() - began)
    return [taken[1:] for taken in seconds]  # the first one is the page's own


if __name__ == "__main__":
    main()
