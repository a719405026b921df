"""From the click on a choice to the new charts, beside a floor app with the same charts and nothing else.

The floor is benchmarks/floor_app.py: one box over charts that our own pages have made beforehand, as wide as
there. Both are real servers with the same settings, open in the same browser, and they take turns.
"""

import json
import os
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from benchmarks.comparison import Comparison
from benchmarks.stage import DASHBOARD_STORE, Stage
from tests.chromium import FINISHED, chromium
from tests.running_server import ROOT, running_app, running_server
from views import filters, places

AGAINST = "one box, the same charts"
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
    box: str = filters.UNIT
    link: Mapping[str, str] = field(default_factory=dict)


VIEWS = (
    View("Overblik", places.OVERVIEW, ""),
    View("Fordeling", places.RESULTS, "resultater", link={filters.TAB: "fordeling"}),
    View("Sammenlign", places.RESULTS, "resultater", link={filters.TAB: "sammenlign"}),
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
            with both_sides(view, address, browser) as (choices, ours, floor):
                yield compared(view, stage.size, in_turn(choices, ours, floor))


def in_turn(choices: list[str], ours: Side, floor: Side) -> list[tuple[float, float]]:
    """Milliseconds of both sides: each choice once to warm them up, and then some turns that count."""
    took = [(ours.choose(choice), floor.choose(choice)) for choice in choices * (1 + TURNS)]
    return took[len(choices) :]


def compared(view: View, size: float, took: list[tuple[float, float]]) -> Comparison:
    """The medians, and between which quartiles they lie."""
    ours, floor = zip(*took, strict=True)
    (low, _, high), (floor_low, _, floor_high) = quantiles(ours), quantiles(floor)
    return Comparison(
        f"Click to charts, {view.name}",
        AGAINST,
        size,
        "ms",
        median(ours),
        median(floor),
        spread=((low, high), (floor_low, floor_high)),
    )


@contextmanager
def both_sides(view: View, address: str, browser: Browser) -> Iterator[tuple[list[str], Side, Side]]:
    """What there is to choose, and both sides ready for it."""
    drawn = charts_by_choice(view)
    *_, last = drawn
    with window(browser, f"{address}/{view.path}?{urlencode(view.link)}", view.box) as ours:
        ours.choose(last)
        with floor_server(drawn, ours.widths()) as floor, window(browser, floor, FLOOR_BOX) as theirs:
            theirs.choose(last)
            yield list(drawn), ours, theirs


@contextmanager
def window(browser: Browser, address: str, box: str) -> Iterator[Side]:
    """The page at the address, with its charts. It is not behind another, for then it would be slow."""
    with browser.new_context(locale="da-DK", viewport=WINDOW) as reader:
        page = reader.new_page()
        page.goto(address)
        page.wait_for_selector(FINISHED)
        page.locator(CHART).locator("svg").first.wait_for()
        yield Side(page, box)


@contextmanager
def floor_server(drawn: Mapping[str, Sequence[dict]], widths: Sequence[int]) -> Iterator[str]:
    """The address of the floor app with these charts, as wide as they are said to be."""
    choices = {
        choice: [{**chart, "width": width} for chart, width in zip(charts, widths, strict=True)]
        for choice, charts in drawn.items()
    }
    with floor_of(choices) as address:
        yield address


@contextmanager
def floor_of(choices: Mapping[str, Sequence[dict]]) -> Iterator[str]:
    """The address of the floor app with charts that know their width."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "charts.json"
        file.write_text(json.dumps(choices), encoding="utf-8")
        with running_app(FLOOR_APP, {"FLOOR_CHARTS": str(file)}) as address:
            yield address


def charts_by_choice(view: View) -> dict[str, list[dict]]:
    """Our charts for some of the choices, spread over the box, that show as many charts as any."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for key, value in view.link.items():
        app.query_params[key] = value
    app.run()
    app.switch_page(view.file).run()
    _shown_first, *options = app.selectbox(key=view.box).options
    spread = options[:: max(1, len(options) // (2 * CHOICES))]
    drawn = {choice: charts_of(app.selectbox(key=view.box).select(choice).run()) for choice in spread}
    most = max(map(len, drawn.values()))
    fullest = [choice for choice, charts in drawn.items() if len(charts) == most]
    return {choice: drawn[choice] for choice in fullest[:CHOICES]}


def charts_of(app: AppTest) -> list[dict]:
    """The charts as they are sent: specification, and data by name."""
    return [
        {
            "spec": json.loads(chart.proto.spec),
            "datasets": {one.name: b64encode(one.data.data).decode() for one in chart.proto.datasets},
        }
        for chart in app.get("vega_lite_chart")
    ]
