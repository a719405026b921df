"""Streamlit's own words, seen in a real browser: none of them may be English."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests.chromium import FINISHED
from tests.conftest import SampleStores
from tests.end_to_end.conftest import Overheard
from tests.running_server import ROOT, running_server

OpenPage = Callable[..., Page]
PAGE_LINK, CHART = "[data-testid=stTopNavLink]", "[data-testid=stVegaLiteChart]"

# Words of Streamlit, Vega and this code's own fields that no Danish sentence holds.
ENGLISH = re.compile(
    r"\b(add|and|available|axis|choose|clear|click|close|columns?|connect|connection|copy|count|decrement|does|"
    r"download|drag|exist|files?|from|fullscreen|hide|increment|index|label|legend|mean|middle|missing|month|more|"
    r"new|no|not|number|of|open|options?|page|press|question|remove|results?|running|scale|search|select|selected|"
    r"share|show|sidebar|skip|submit|text|the|this|titled|values?|view|visualization|with|year|you|your)\b",
    re.IGNORECASE,
)

SHOWN_AND_READ_ALOUD = """() => {
  const icons = "[data-testid=stIconMaterial], script, style, noscript";
  const attributes = ["alt", "aria-label", "aria-roledescription", "aria-valuetext", "placeholder", "title"];
  const elements = [...document.querySelectorAll("*")].filter((element) => !element.closest(icons));
  const texts = elements.flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE));
  const values = elements.flatMap((element) => attributes.map((name) => element.getAttribute(name)));
  return [...new Set([...texts.map((node) => node.data), ...values].filter(Boolean))];
}"""


def english_on(page: Page) -> list[str]:
    """Whatever holds an English word among all that the page shows or has read aloud."""
    return [text for text in page.evaluate(SHOWN_AND_READ_ALOUD) if ENGLISH.search(text)]


def english_after(page: Page, awaited: str) -> list[str]:
    """The same, once this Danish text has come."""
    expect(page.get_by_text(awaited, exact=True).first).to_be_visible()
    return english_on(page)


def test_no_page_holds_an_english_word(open_page: OpenPage):
    page = open_page()
    for name in page.locator(PAGE_LINK).all_inner_texts():
        page.locator(PAGE_LINK, has_text=name).click()
        expect(page).to_have_title(name)
        page.locator(FINISHED).wait_for()
        page.locator("h1").wait_for()
        assert english_on(page) == []


def test_no_list_holds_an_english_word(open_page: OpenPage):
    page = open_page()
    page.get_by_role("combobox", name="Enhed").click()
    assert english_on(page) == []
    page.keyboard.type("Atlantis")
    assert english_after(page, "Ingen fundet") == []


def test_no_chart_in_full_screen_holds_an_english_word(open_page: OpenPage):
    page = open_page("/resultater")
    page.locator(CHART).hover()
    page.get_by_role("button", name="Fuld skærm").first.click()
    expect(page.get_by_role("button", name="Luk fuld skærm")).to_be_visible()
    assert english_on(page) == []


def test_a_chart_does_not_offer_its_drawing_data_as_a_table(open_page: OpenPage):
    page = open_page("/resultater")
    page.locator(CHART).hover()
    expect(page.get_by_role("button", name="Fuld skærm").first).to_be_visible()
    expect(page.get_by_role("button", name="Vis tallene")).to_be_hidden()


def test_a_link_to_no_page_is_answered_in_danish(open_page: OpenPage):
    page = open_page("/findes-ikke")
    assert english_after(page, "Siden findes ikke") == []


def test_a_lost_server_is_told_in_danish(page: Page, sample_stores: SampleStores):
    with running_server(sample_stores.settings()) as address:
        page.goto(address)
        page.wait_for_selector(FINISHED)
    expect(page.get_by_text("Ingen forbindelse", exact=True)).to_be_visible(timeout=30_000)
    assert english_on(page) == []


def test_a_defect_is_told_in_danish_with_an_id_and_no_detail(page: Page, tmp_path: Path):
    for name in (".streamlit", "server.py", "static", "views", "data_access", "indicators"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "app.py").write_text("raise RuntimeError('postgresql://user:secret@host')")
    with running_server({}, tmp_path) as address:
        page.goto(address)
        expect(page.get_by_text(re.compile("fejl-id [0-9a-f]{6} til sekretariatet"))).to_be_visible()
    assert "secret" not in page.content()
    assert english_on(page) == []


def test_the_first_visitor_of_a_new_server_gets_the_page_of_the_link(page: Page, fresh_server: str):
    page.goto(f"{fresh_server}/resultater")
    expect(page.get_by_role("combobox", name="Enhed")).to_be_visible(timeout=30_000)
    expect(page).to_have_title("Resultater")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_visit_asks_no_other_machine_and_gives_the_browser_no_complaint(
    open_page: OpenPage, overheard: Overheard
):
    page = open_page()
    page.locator(PAGE_LINK, has_text="Resultater").click()
    page.locator(CHART).first.locator("svg").wait_for()
    page.get_by_role("combobox", name="Enhed").click()
    assert overheard.foreign_requests == []
    assert overheard.complaints == []


def test_the_page_could_not_ask_another_machine_if_it_tried(open_page: OpenPage, overheard: Overheard):
    page = open_page()
    with pytest.raises(Error, match="Failed to fetch"):
        page.evaluate("() => fetch('https://example.org')")
    assert any("Content Security Policy" in complaint for complaint in overheard.complaints)


def test_an_english_browser_gets_danish_numbers_and_the_dashboards_own_font(visiting, server: str):
    with visiting(locale="en-US") as reader:
        page = reader.new_page()
        page.goto(server)
        page.wait_for_selector(FINISHED)
        assert page.evaluate("navigator.language") == "da-DK"
        assert page.evaluate("document.fonts.load('16px IBM Plex Sans').then((fonts) => fonts.length)") == 1
