"""Turning the page of a meeting: from the click on Næste to the new chart, beside a floor app.

The floor is the one of benchmarks/clicking.py, with the very charts of the items, as large as on the wall.
What it does not do: read the agenda, say what other screens shall show, and fetch the next item's figures.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from benchmarks.clicking import CHART, WATCH, WINDOW, charts_of, floor_of
from benchmarks.comparison import Comparison, of_clicks
from benchmarks.stage import DASHBOARD_STORE, SURVEY, YEAR, Stage, writing
from data_access.partnerships.records import agendas, editing
from data_access.partnerships.records.kinds import ITEM, MEETING, PARTNERSHIP
from data_access.partnerships.records.records import filled
from tests.chromium import FINISHED, chromium
from tests.running_server import ROOT, running_server
from views.foundation import places

AGAINST = "one button, the same charts"
TURNS = 5
"""There and back so many times, after once to warm both sides up."""

UNITS = ("region:1084", "kommune:0101", "kommune:0159")
VIEWS = (
    ("", ""),
    ("resultater", "&tema=alle&spoergsmaal=S05&fane=fordeling"),
    ("resultater", "&tema=alle&spoergsmaal=S05&fane=sammenlign&niveau=kommune&form=rangering"),
)


@dataclass(frozen=True)
class Side:
    """A page in the browser with a button on to the next charts and one back."""

    page: Page

    def turn(self, forwards: bool) -> float:
        """Milliseconds from the click to the last change of a chart."""
        self.page.evaluate(WATCH, [CHART, FINISHED])
        self.page.locator(f".st-key-{'naeste' if forwards else 'forrige'} button").click()
        return self.page.evaluate("() => window.painted")

    def width(self) -> int:
        """Of the chart as it is shown."""
        return round(
            self.page.locator(f"{CHART} svg").first.evaluate("(svg) => svg.getBoundingClientRect().width")
        )


def measure(stage: Stage) -> Iterator[Comparison]:
    """A meeting on a copy of the stage's store, for it is written in."""
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(stage.published / DASHBOARD_STORE, folder))
        link = {"moede": meeting_in(path), "moededel": "skaerm", "rolle": "vis", "punkt": 1}
        store = {"DATABASE_URL": f"sqlite:///{path}"}
        with patch.dict(os.environ, store), running_server(store) as address, chromium() as browser:
            took = both_in_turn(browser, f"{address}/moede?{urlencode(link)}", link)
    yield of_clicks("Turning a meeting's page", AGAINST, stage.size, *zip(*took, strict=True))


def meeting_in(path: Path) -> str:
    """The number of a meeting whose items show every view of every unit."""
    with writing(path) as session:

        def made(kind, **values: object) -> int:
            return editing.create(session, "Benchmark", kind, filled(kind, values)).id

        partnership = made(PARTNERSHIP, name="Partnerskab")
        meeting = made(MEETING, partnership_id=partnership, title="Møde", held_on=date(YEAR, 12, 1))
        for unit in UNITS:
            for page, view in VIEWS:
                query = (
                    f"spoergeskema={SURVEY}&aar={YEAR}&uddannelse=alle&enhed={unit}&sammenlign=andre{view}"
                )
                item = {"meeting_id": meeting, "title": unit, "page": page, "view": query}
                agendas.add_item(session, "Benchmark", filled(ITEM, item))
    return str(meeting)


def both_in_turn(browser: Browser, address: str, link: dict) -> list[tuple[float, float]]:
    """Milliseconds of both sides, there and back again."""
    charts = [charts_on_the_wall({**link, "punkt": at + 1}) for at in range(len(UNITS) * len(VIEWS))]
    path = [True] * (len(charts) - 1) + [False] * (len(charts) - 1)
    with window(browser, address, presents=link["moede"]) as ours:
        widths = [ours.width()]
        for forwards in path:
            ours.turn(forwards)
            widths.append(ours.width())
        choices = {
            str(at): [{**chart, "width": widths[at]} for chart in some] for at, some in enumerate(charts)
        }
        with floor_of(choices) as floor, window(browser, floor) as theirs:
            took = [(ours.turn(forwards), theirs.turn(forwards)) for forwards in path * (1 + TURNS)]
    return took[len(path) :]


def charts_on_the_wall(link: dict) -> list[dict]:
    """The charts of an item as they are sent."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for key, value in link.items():
        app.query_params[key] = str(value)
    return charts_of(app.run().switch_page(places.MEETING).run())


@contextmanager
def window(browser: Browser, address: str, presents: str = "") -> Iterator[Side]:
    """The page at the address, with its chart; a window of its own, so that it is not behind another.

    It has presented the meeting of that number before, or else it would follow.
    """
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    held = [{"origin": origin, "localStorage": [{"name": f"viser-{presents}", "value": ""}]}]
    with browser.new_context(
        locale="da-DK", viewport=WINDOW, storage_state={"cookies": [], "origins": held}
    ) as reader:
        page = reader.new_page()
        page.goto(address)
        page.wait_for_selector(FINISHED)
        page.locator(f"{CHART} svg").first.wait_for()
        yield Side(page)
