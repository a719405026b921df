"""From a result to an initiative, an update and a decision, and back to Overblik, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import FINISHED

SHOWN = "Mere tid til **vejledning** ![x]"
TITLE = "Mere tid til **vejledning** ![x](https://evil.example/x.png)"
PAGES = [
    *("/indsatser", "/indsatser?indsats=2", "/indsatser?indsats=2&kort=ret"),
    *("/indsatser?del=aftaler", "/indsatser?del=aarshjul"),
    "/indsatser?del=aftaler&partnerskab=4&aftaledel=ret&hvad=agreement&post-agreement=4",
]


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(FINISHED)


def tab_to(page: Page, name: str) -> None:
    """Goes on with the Tab key until the control of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = "(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()"
        if page.evaluate(focused) == name:
            return
    raise AssertionError(f"the Tab key does not reach {name}")


def test_create_update_decide_by_keyboard_and_see_it_on_overblik(page: Page, own_server: str, overheard):
    visit(page, f"{own_server}/?enhed=kommune:0159")
    finding = page.locator("[class*=st-key-indsatser-om]").filter(has_text="Indsats: ingen").first
    finding.get_by_role("button", name="Opret indsats").press("Enter")
    expect(page.get_by_role("heading", name="Ny indsats")).to_be_visible()

    role = page.get_by_role("textbox", name="Du skriver som")
    role.fill("Sekretariatet")
    role.press("Enter")
    page.get_by_label("Titel", exact=True).press_sequentially(TITLE)
    tab_to(page, "Opret indsatsen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=SHOWN)).to_be_visible()
    expect(page.get_by_text("Udvikling i det knyttede spørgsmål")).to_be_visible()

    page.get_by_label("Hvad er der sket?").press_sequentially("Første møde er holdt")
    tab_to(page, "Gem opdatering")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="Første møde er holdt")).to_be_visible()
    page.wait_for_selector(FINISHED)

    page.locator("summary", has_text="Skriv en beslutning").press("Enter")
    page.get_by_label("Hvad er besluttet?").press_sequentially("Kurset holdes i marts")
    due = page.get_by_role("group", name="Følges op den")
    expect(due).to_have_text("dd.mm.åååå")
    due.get_by_role("spinbutton").first.focus()
    page.keyboard.type("10062027")
    expect(due).to_have_text("10.06.2027")
    tab_to(page, "Gem beslutning")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kurset holdes i marts")).to_be_visible()
    expect(page.get_by_text("følges op 10. juni 2027")).to_be_visible()

    page.get_by_role("link", name="Overblik").press("Enter")
    expect(page.get_by_role("button", name=f"Indsats: {SHOWN}")).to_be_visible()
    assert not [one for one in overheard.foreign_requests if "evil" in one]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_to_the_right_of_a_laptop_or_a_telephone(page: Page, server: str, path: str):
    visit(page, server + path)

    fits(page)


def fits(page: Page) -> None:
    """Nothing sticks out, on a laptop and then on a telephone."""
    expect(page.locator("h1")).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("(width) => document.documentElement.scrollWidth <= width", arg=width)
