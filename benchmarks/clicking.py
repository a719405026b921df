"""From the click on a choice to the new charts, beside floor apps with the same charts and nothing else.

The floor is benchmarks/floor_app.py: one box over charts that our own pages have made beforehand, as wide as
there; and the same with every filter box of ours, for no page that is filtered can do with less. All are real
servers with the same settings, open in the same browser, and they take turns.
"""

import json
import os
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from benchmarks.comparison import Comparison, of_clicks
from benchmarks.stage import DASHBOARD_STORE, Stage
from tests.chromium import FINISHED, chromium
from tests.running_server import ROOT, running_app, running_server
from views.foundation import controls, places

ONE_BOX, OUR_BOXES = "one box, the same charts", "our filter boxes, the same charts"
CHOICES, TURNS = 8, 4
FLOOR_APP, FLOOR_BOX = Path(__file__).with_name("floor_app.py"), "valg"
CHART = "[data-testid=stVegaLiteChart]"
WINDOW = {"width": 1280, "height": 720}

# A promise of the milliseconds from the next click to the paint of the last change in a chart. It is kept
# when the run is over and the charts have rested for a while, which does not count.
WATCH = """([chart, finished]) => {
  window.painted = new Promise((keep, giveUp) => addEventListener("click", ({ timeStamp: clicked }) => {
    let resting = setTimeout(() => giveUp(new Error("No chart has changed")), 30000);
    const isInChart = ({ target }) => (target.closest ? target : target.parentElement)?.closest(chart);
    const observer = new MutationObserver((changes) => changes.some(isInChart) &&
      requestAnimationFrame(() => setTimeout(() => rest(performance.now()))));
    const rest = (painted) => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        if (!document.querySelector(finished)) return rest(painted);
        observer.disconnect();
        keep(painted - clicked);
      }, 400);
    };
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(document.body, all);
  }, { capture: true, once: true }));
}"""


@dataclass(frozen=True)
class View:
    """A page as a link opens it, and the box on it that is chosen in."""

    name: str
    file: str
    path: str
    box: str = controls.UNIT
    link: Mapping[str, str] = field(default_factory=dict)


VIEWS = (
    View("Overblik", places.OVERVIEW, ""),
    View("Fordeling", places.RESULTS, "resultater", link={controls.TAB: "fordeling"}),
    View("Sammenlign", places.RESULTS, "resultater", link={controls.TAB: "sammenlign"}),
)


@dataclass(frozen=True)
class Side:
    """A page in the browser, and its box to choose in."""

    page: Page
    box: str

    def choose(self, choice: str) -> float:
        """Milliseconds from the click on the choice to the last new chart."""
        self.page.locator(f".st-key-{self.box} input").fill(choice)
        self.page.evaluate(WATCH, [CHART, FINISHED])
        self.page.get_by_role("option", name=choice, exact=True).click()
        return self.page.evaluate("() => window.painted")

    def widths(self) -> list[int]:
        """Of the charts, as they are shown."""
        return self.page.locator(CHART).evaluate_all("(charts) => charts.map((chart) => chart.clientWidth)")


def measure(stage: Stage) -> Iterator[Comparison]:
    """Each page in turn, with nothing but the store of the stage to go by."""
    store = {"DATABASE_URL": f"sqlite:///{stage.published / DASHBOARD_STORE}"}
    with patch.dict(os.environ, store), running_server(store) as address, chromium() as browser:
        for view in VIEWS:
            with all_sides(view, address, browser) as (choices, ours, *floors):
                what = f"Click to charts, {view.name}"
                took, *bare = zip(*in_turn(choices, ours, *floors), strict=True)
                for against, floor in zip((ONE_BOX, OUR_BOXES), bare, strict=True):
                    yield of_clicks(what, against, stage.size, took, floor)


def in_turn(choices: list[str], *sides: Side) -> list[list[float]]:
    """Milliseconds of each side: each choice once to warm them up, and then some turns that count."""
    took = [[side.choose(choice) for side in sides] for choice in choices * (1 + TURNS)]
    return took[len(choices) :]


@contextmanager
def all_sides(view: View, address: str, browser: Browser) -> Iterator[tuple[list[str], Side, Side, Side]]:
    """What there is to choose; ours and both floors, ready for it."""
    drawn, boxes = charts_and_boxes(view)
    *_, last = drawn
    with window(browser, f"{address}/{view.path}?{urlencode(view.link)}", view.box) as ours:
        ours.choose(last)
        charts = as_wide(drawn, ours.widths())
        with (
            floor_of(charts) as one_box,
            floor_of(charts, boxes) as our_boxes,
            window(browser, one_box, FLOOR_BOX) as one,
            window(browser, our_boxes, FLOOR_BOX) as all_boxes,
        ):
            one.choose(last)
            all_boxes.choose(last)
            yield list(drawn), ours, one, all_boxes


@contextmanager
def window(browser: Browser, address: str, box: str) -> Iterator[Side]:
    """The page at the address, with its charts. It is not behind another, for then it would be slow."""
    with browser.new_context(locale="da-DK", viewport=WINDOW) as reader:
        page = reader.new_page()
        page.goto(address)
        page.wait_for_selector(FINISHED)
        page.locator(CHART).locator("svg").first.wait_for()
        yield Side(page, box)


def as_wide(drawn: Mapping[str, Sequence[dict]], widths: Sequence[int]) -> dict[str, list[dict]]:
    """The charts of each choice, with how wide they are shown."""
    return {
        choice: [{**chart, "width": width} for chart, width in zip(charts, widths, strict=True)]
        for choice, charts in drawn.items()
    }


@contextmanager
def floor_of(
    charts: Mapping[str, Sequence[dict]], boxes: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """The address of the floor app with charts that know their width, and with these boxes too."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "charts.json"
        file.write_text(json.dumps({"charts": charts, "boxes": boxes or {}}), encoding="utf-8")
        with running_app(FLOOR_APP, {"FLOOR_CHARTS": str(file)}) as address:
            yield address


def charts_and_boxes(view: View) -> tuple[dict[str, list[dict]], dict[str, list[str]]]:
    """Our charts for some of the choices, spread over the box, that show as many charts as any.

    And the options of all our boxes by their label; those of the box itself stand under its key.
    """
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for key, value in view.link.items():
        app.query_params[key] = value
    app.run()
    app.switch_page(view.file).run()
    boxes = {FLOOR_BOX if box.key == view.box else box.label: box.options for box in app.selectbox}
    _shown_first, *options = app.selectbox(key=view.box).options
    spread = options[:: max(1, len(options) // (2 * CHOICES))]
    drawn = {choice: charts_of(app.selectbox(key=view.box).select(choice).run()) for choice in spread}
    most = max(map(len, drawn.values()))
    fullest = [choice for choice, charts in drawn.items() if len(charts) == most]
    return {choice: drawn[choice] for choice in fullest[:CHOICES]}, boxes


def charts_of(app: AppTest) -> list[dict]:
    """The charts as they are sent: specification, and data by name."""
    return [
        {
            "spec": json.loads(chart.proto.spec),
            "datasets": {one.name: b64encode(one.data.data).decode() for one in chart.proto.datasets},
        }
        for chart in app.get("vega_lite_chart")
    ]
