"""A unit's page on paper: one A4 with the figures and none of the controls."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import FINISHED
from tests.end_to_end.test_reader import choose

OpenPage = Callable[..., Page]
UNITS = {
    "Roskilde": "enhed=kommune:0265",
    "Gladsaxe": "enhed=kommune:0159",
    "København": "enhed=kommune:0101",
    "a hospital": "enhed=hospital:herlev",
    "a cluster": "enhed=klynge:rh-midt",
    "a region": "enhed=region:1084",
    "an education": "uddannelse=sygeplejerske",
}


def opened(open_page: OpenPage, choice: str) -> Page:
    """The whole page: Streamlit fetches the code of a part after it has made room for it."""
    page = open_page(f"/min-enhed?{choice}")
    page.wait_for_url("**/*sammenlign=*")
    expect(page.get_by_text("To grupper har svaret")).to_be_visible()
    expect(page.locator("table.tal").last).to_be_visible()
    at_rest(page)
    return page


def at_rest(page: Page) -> None:
    """A sheet printed while the program still runs has more on it than it is to have."""
    page.wait_for_selector(FINISHED)
    expect(page.locator("[data-testid=stSkeleton], [data-stale=true]")).to_have_count(0)


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", print_background=True)))


@pytest.mark.parametrize("choice", UNITS.values(), ids=UNITS)
def test_the_page_is_one_sheet_for_either_survey(open_page: OpenPage, choice: str):
    page = opened(open_page, f"{choice}&spoergeskema=student")
    assert sheets(page) == 1

    choose(page, "spoergeskema", "Praktikvejleder")
    expect(page.get_by_text("Praktikvejlederevaluering 2025 ·")).to_be_visible()
    at_rest(page)
    assert sheets(page) == 1


def test_paper_has_the_figures_and_no_controls(open_page: OpenPage):
    page = opened(open_page, UNITS["Gladsaxe"])
    page.emulate_media(media="print")

    for control in ("header", ".st-key-filtre", "[data-testid=stExpander]", "[data-testid=stDownloadButton]"):
        for shown in page.locator(control).all():
            expect(shown).to_be_hidden()
    expect(page.locator(".st-key-udskriv")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("Vejlederen havde tid", exact=True)).to_be_visible()
    expect(page.locator("table.tal")).to_have_count(3)
    expect(page.locator(".paa-papir")).to_contain_text("Lokale aftaler om tid til vejledning: ")
    expect(page.get_by_role("button", name="Lokale aftaler om tid")).to_be_hidden()


def test_the_button_opens_the_print_dialog_of_the_browser(open_page: OpenPage, page: Page):
    page.add_init_script("window.print = () => { window.asked = true }")
    opened(open_page, UNITS["Roskilde"]).get_by_role("button", name="Udskriv").click()

    page.wait_for_function("window.asked")


@pytest.mark.parametrize("path", ["/indsatser", "/indsatser?indsats=7"])
def test_the_initiatives_are_on_paper_with_their_titles_and_without_what_is_written_in(
    open_page: OpenPage, path: str
):
    page = open_page(path)
    expect(page.locator("h1")).to_be_visible()
    at_rest(page)
    page.emulate_media(media="print")

    titles = page.locator("[class*=st-key-linje-] button")
    assert titles.count() == (14 if path == "/indsatser" else 0)
    for title in titles.all():
        expect(title).to_be_visible()
    for control in ("Du skriver som", "Gem opdatering", "Opret indsats"):
        for shown in page.get_by_text(control).all():
            expect(shown).to_be_hidden()
