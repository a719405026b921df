"""The results pages in a real browser: links, keys, clicks and the way back, on a laptop and on a telephone."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import FINISHED
from tests.end_to_end.conftest import Overheard
from tests.end_to_end.test_chrome import CHART, PAGE_LINK, english_on
from tests.end_to_end.test_reader import address, choose, chosen

OpenPage = Callable[..., Page]

LINK = {"enhed": "kommune:0159", "aar": "2024", "uddannelse": "paedagog"}
SELECTION = "2024 · Gladsaxe Kommune · Pædagoguddannelsen"
VIEWS = {
    "overblik": ("Overblik", "/", {}),
    "fordeling": ("Resultater", "/resultater", {"fane": "Fordeling"}),
    "sammenlign": ("Resultater", "/resultater", {"fane": "Sammenlign"}),
    "tragt": ("Resultater", "/resultater", {"fane": "Sammenlign", "form": "Tragt"}),
    "udvikling": ("Resultater", "/resultater", {"fane": "Udvikling"}),
    "min-enhed": ("Min enhed", "/min-enhed", {}),
    "svarprocent": ("Datagrundlag", "/datagrundlag", {"grundlag": "Svarprocent"}),
    "daekning": ("Datagrundlag", "/datagrundlag", {"grundlag": "Dækning"}),
    "metode": ("Datagrundlag", "/datagrundlag", {"grundlag": "Metode"}),
}
every_view = pytest.mark.parametrize(("title", "path", "tabs"), VIEWS.values(), ids=VIEWS)

TELEPHONE = {"width": 390, "height": 844}

# What a key press can act on, in the order of the page; of a group of choices any one will do.
CONTROLS = """() => {
  window.controls = [...document.querySelectorAll("a[href], button, input, summary")].filter((one) =>
    one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
  return window.controls.map((one) => {
    const group = window.controls.indexOf(one.closest("[role=radiogroup]")?.querySelector("button"));
    return group < 0 ? window.controls.indexOf(one) : group;
  });
}"""
FOCUSED = "() => document.activeElement === document.body ? -1 : window.controls.indexOf(document.activeElement)"

# Where the visible mark that stands for a key can be hit, or nothing before it has been drawn.
PLACE_OF_MARK = """([chart, field, key]) => {
  const marks = [...document.querySelectorAll(`${chart} svg.marks path`)];
  const mark = marks.findLast(({ __data__: item }) => item?.datum?.[field] === key);
  mark?.scrollIntoView({ block: "center" });
  const { x, y, width, height } = mark?.getBoundingClientRect() ?? {};
  return width && height ? [x + width / 2, y + height / 2] : null;
}"""

# Whatever sticks out to the right and cannot be scrolled to, and chart texts that the chart's edge cuts off.
STICKING_OUT = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const scrolled = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.tagName !== "SECTION";
  const held = (one) => { while ((one = one.parentElement)) if (scrolled(one)) return one; };
  const main = document.querySelector("[data-testid=stMain]");
  const wide = [...main.querySelectorAll("*")].filter((one) => one.checkVisibility() && held(one) === main &&
    one.getBoundingClientRect().right > edge);
  const cut = [...document.querySelectorAll("svg.marks text")].filter((text) => {
    const [inner, outer] = [text, text.ownerSVGElement].map((one) => one.getBoundingClientRect());
    return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1);
  });
  return [...wide, ...cut].map((one) => `${one.tagName} ${one.textContent.slice(0, 60)}`);
}"""


def shown(page: Page, title: str, words: str = "") -> None:
    """Waits until this page shows its headline, and these words of the selection."""
    expect(page).to_have_title(title)
    page.wait_for_selector(FINISHED)
    expect(page.locator("h1")).to_be_visible()
    if words:
        expect(page.get_by_text(words).first).to_be_visible()


def tab_chosen(page: Page, key: str) -> str:
    return page.locator(f".st-key-{key} [role=radio][aria-checked=true]").inner_text()


def click_mark(page: Page, field: str, key: str) -> None:
    """Clicks on the mark of a figure that stands for the key, once it is there."""
    place = page.wait_for_function(PLACE_OF_MARK, arg=[CHART, field, key])
    page.mouse.click(*place.json_value())


@every_view
def test_a_link_opens_the_exact_view(open_page: OpenPage, title, path, tabs):
    page = open_page(f"{path}?{urlencode({**tabs, **LINK})}")
    shown(page, title)

    if title != "Datagrundlag" or tabs["grundlag"] != "Metode":
        expect(page.get_by_text(SELECTION).first).to_be_visible()
    assert [chosen(page, key) for key in ("enhed", "aar")] == ["Gladsaxe Kommune", "2024"]
    assert {key: tab_chosen(page, key) for key in tabs} == tabs
    assert {key: address(page)[key] for key in tabs} == tabs
    expect(page.get_by_text("findes ikke her")).to_have_count(0)
