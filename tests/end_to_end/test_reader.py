"""A reader with a browser: follows a link, changes a filter, turns the page, takes the workbook home."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pandas as pd
from playwright.sync_api import Page, expect

from tests.chromium import FINISHED

ROSKILDE = "/resultater?spoergeskema=student&aar=2024&enhed=kommune:0265&uddannelse=alle"

OpenPage = Callable[..., Page]


def chosen(page: Page, key: str) -> str:
    """What a filter shows."""
    return page.locator(f".st-key-{key} input").input_value()


def address(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def choose(page: Page, key: str, text: str) -> None:
    """Types into a filter and takes the first match."""
    page.locator(f".st-key-{key} input").fill(text)
    page.locator("[role=option]").first.click()
    page.wait_for_selector(FINISHED)


def test_a_link_out_of_html_with_decomposed_letters_opens_the_unit(open_page):
    page = open_page(
        f"/resultater?aar=2024&amp;enhed={quote(unicodedata.normalize('NFD', 'Sundhedsråd Nordsjælland'))}"
    )

    assert chosen(page, "enhed") == "Sundhedsråd Nordsjælland"
    assert parse_qs(urlsplit(page.url).query)["enhed"] == ["Sundhedsråd Nordsjælland"]


def test_a_copied_link_restores_page_and_filters_in_another_browser(open_page: OpenPage, visiting):
    first = open_page(ROSKILDE)
    expect(first.locator("h1")).to_be_visible()
    choose(first, "uddannelse", "Sygepl")
    expect(first.get_by_text("2024 · Roskilde Kommune · Sygeplejerskeuddannelsen")).to_be_visible()
    headline, link = first.locator("h1").inner_text(), first.url

    with visiting() as somebody_else:
        page = somebody_else.new_page()
        page.goto(link)
        expect(page.locator("h1")).to_have_text(headline)
        assert urlsplit(page.url).path == "/resultater"
        assert chosen(page, "enhed") == "Roskilde Kommune"
        assert chosen(page, "aar") == "2024"


def test_the_address_holds_the_whole_selection_defaults_too(open_page: OpenPage):
    page = open_page("/")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_url("**/?*sammenlign*")

    assert address(page) == {
        "spoergeskema": "Studerendes praktikevaluering",
        "aar": "2025",
        "uddannelse": "Alle uddannelser",
        "uddannelsessted": "Alle uddannelsessteder",
        "enhed": "Alle enheder",
        "sammenlign": "Alle andre",
    }


def test_filters_are_kept_when_the_page_changes_and_comes_back(open_page: OpenPage):
    page = open_page("/?aar=2023")
    choose(page, "enhed", "Køge Kom")
    page.get_by_role("link", name="Resultater").click()
    expect(page.get_by_text("2023 · Køge Kommune")).to_be_visible()
    assert address(page)["enhed"] == "Køge Kommune"
    page.get_by_role("link", name="Overblik").click()

    expect(page.get_by_text("2023 · Køge Kommune")).to_be_visible()
    expect(page.locator(".st-key-fliser button")).to_have_count(4)


def test_a_filter_that_is_emptied_and_left_keeps_its_choice(open_page: OpenPage):
    page = open_page("/?enhed=kommune:0265")
    expect(page.get_by_text("2025 · Roskilde Kommune")).to_be_visible()
    page.locator(".st-key-enhed input").fill("")
    page.keyboard.press("Tab")

    expect(page.locator(".st-key-enhed input")).to_have_value("Roskilde Kommune")
    expect(page.get_by_text("2025 · Roskilde Kommune")).to_be_visible()


def test_the_workbook_arrives_and_holds_the_numbers_on_the_screen(open_page: OpenPage, tmp_path: Path):
    page = open_page(ROSKILDE)
    expect(page.locator("svg.marks").first).to_be_visible()
    texts = page.locator("svg.marks text").all_text_contents()
    # Shares in bold come with the sign, the axis does too, the numbers in the bars do not.
    shares = [int(text.split("\N{NO-BREAK SPACE}")[0]) for text in texts if text.endswith("%")]
    on_screen = sorted(shares)
    for tick in (0, 25, 50, 75, 100):
        on_screen.remove(tick)
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Hent Excel").click()
    file = tmp_path / arriving.value.suggested_filename
    arriving.value.save_as(file)

    assert file.name.startswith("praktik_student_2024_roskilde-kommune_fordeling_udgivelse-2_")
    data = pd.read_excel(file, sheet_name="Data")
    own = data[data["Enhed"] == "Roskilde Kommune"]
    assert sorted((100 * own["Andel enige"] + 0.5 + 1e-9).astype(int)) == on_screen
    assert len(on_screen) == 12


def test_two_readers_do_not_see_each_other_s_choices(open_page: OpenPage, visiting, server):
    mine = open_page("/?enhed=kommune:0265")
    with visiting() as other:
        theirs = other.new_page()
        theirs.goto(f"{server}/?enhed=kommune:0259")
        expect(theirs.get_by_text("2025 · Køge Kommune")).to_be_visible()
        mine.reload()
        expect(mine.get_by_text("2025 · Roskilde Kommune")).to_be_visible()
        assert chosen(theirs, "enhed") == "Køge Kommune"
