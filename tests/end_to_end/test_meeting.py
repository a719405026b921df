"""A meeting is prepared, printed, written up and closed, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.chromium import FINISHED
from tests.end_to_end.test_partnerships import fits, visit

VIEW = "/resultater?enhed=kommune:0159&spoergsmaal=S05&fane=udvikling"


def items(page: Page) -> Locator:
    return page.locator(".punkt h2")


def test_a_view_is_put_on_the_agenda_moved_opened_printed_and_the_meeting_closed(page: Page, own_server: str):
    visit(page, own_server + VIEW)
    headline = page.locator("h1").inner_text()
    page.get_by_role("button", name="Føj til møde").click()
    form = page.locator(".st-key-foej-til-moede")
    expect(form.get_by_label("Punkt", exact=True)).to_have_value(headline)
    form.get_by_label("Du skriver som").fill("Sekretariatet")
    form.get_by_label("Minutter").fill("15")
    form.get_by_role("button", name="Føj til møde").click()
    expect(page.get_by_text("Føjet til «Styregruppemøde")).to_be_visible()
    expect(form).to_be_hidden()

    page.get_by_role("link", name="Møde").click()
    expect(page.get_by_text("Det er 15 for mange.")).to_be_visible()
    expect(items(page).nth(6)).to_contain_text("7. Gladsaxe Kommune")
    page.wait_for_selector(FINISHED)  # until then the last button may be another item's
    page.get_by_role("button", name="Flyt op").last.click()
    expect(items(page).nth(5)).to_contain_text("6. Gladsaxe Kommune")
    page.wait_for_selector(FINISHED)
    printed(page)

    page.get_by_role("button", name="Åbn visningen").last.click()
    expect(page.locator("h1")).to_have_text(headline)
    page.get_by_role("link", name="Møde").click()
    page.get_by_role("radio", name="Referat").click()
    page.get_by_text("Afslut mødet").first.click()
    page.get_by_role("button", name="Afslut mødet").click()
    expect(page.get_by_text("Mødet er afsluttet og låst.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Hent referatudkast").click()
    assert download.value.suggested_filename == "referat-2026-12-07.docx"
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def printed(page: Page) -> None:
    """On paper there are the items with their talking points, and nothing to press."""
    page.emulate_media(media="print")
    for control in ("header", ".st-key-filtre", ".st-key-moedevalg", "[data-testid=stExpander]", "button"):
        for shown in page.locator(control).all():
            expect(shown).to_be_hidden()
    expect(page.get_by_text("Talepunkter").first).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.emulate_media(media="screen")


@pytest.mark.parametrize("path", ["/moede", "/moede?moede=3&moededel=referat"])
def test_nothing_sticks_out_to_the_right_of_a_laptop_or_a_telephone(page: Page, server: str, path: str):
    visit(page, server + path)

    fits(page)
