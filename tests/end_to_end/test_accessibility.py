"""Every page as axe-core sees it: WCAG 2.1 AA and good practice, with no rule or element left out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.end_to_end.test_print import at_rest
from tests.end_to_end.test_results import OpenPage

UNIT = "enhed=kommune:0159"
PAGES = [
    f"/?{UNIT}",
    f"/resultater?fane=sammenlign&{UNIT}",
    f"/min-enhed?{UNIT}",
    f"/indsatser?{UNIT}",
    f"/datagrundlag?grundlag=daekning&{UNIT}",
    "/sekretariat",
]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_complain_of(open_page: OpenPage, path: str):
    page = open_page(path)
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    at_rest(page)

    assert complaints(page) == []


def complaints(page: Page) -> list[str]:
    """Rule by rule, with the elements that break it."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
