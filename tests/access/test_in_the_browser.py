"""Signing in and out as a real Chromium has it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from data_access.access import sessions
from indicators.rights import Role
from tests.chromium import FINISHED
from tests.end_to_end.test_accessibility import complaints
from tests.end_to_end.test_print import at_rest
from tests.raw_client import Visitor
from tests.signed_in import SignInServer
from views.foundation.visitor import SESSION_COOKIE

pytestmark = pytest.mark.browser

UNFOLDED = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"
"""A list that opens while the page still moves is closed again."""
CORNER, STRIP = ".st-key-konto", ".st-key-filtre"
PLACES = "(selectors) => selectors.map((one) => JSON.stringify(document.querySelector(one).getBoundingClientRect()))"


@pytest.fixture
def visitor(server: SignInServer) -> Visitor:
    """Somebody of the secretariat."""
    return server.visitor(Role.SECRETARIAT)


@pytest.fixture
def page(browser: Browser, server: SignInServer, visitor: Visitor) -> Iterator[Page]:
    """Their window, on the front page."""
    with browser.new_context(locale="da-DK", viewport={"width": 1280, "height": 720}) as context:
        cookies = [one for one in visitor.http.cookies if one.domain == "127.0.0.1"]
        context.add_cookies(
            [{"name": one.name, "value": one.value, "url": server.address} for one in cookies]
        )
        window = context.new_page()
        window.goto(server.address)
        window.wait_for_selector(FINISHED)
        yield window


def test_a_page_whose_session_has_been_ended_comes_anew_as_the_way_in_and_rests_there(
    page: Page, server: SignInServer, visitor: Visitor
):
    page.goto(f"{server.address}/resultater?enhed=kommune:0265")
    page.wait_for_selector(FINISHED)
    with server.changing() as store:
        sessions.end(store, visitor.http.cookies[SESSION_COOKIE])

    way_in = page.get_by_role("link", name="Log ind")
    expect(way_in).to_be_visible(timeout=60_000)

    assert "tilbage=%2Fresultater" in way_in.get_attribute("href")
    assert page.locator("script").count() == 0, "nothing is there to ask for the page once more"


def test_a_page_that_is_let_in_is_not_fetched_for_ever_when_its_connection_is_refused(page: Page):
    page.evaluate("window.isTheSame = true")
    with page.expect_response(lambda answer: answer.request.method == "HEAD") as asked:
        page.evaluate(
            """() => new WebSocket(location.origin.replace("http", "ws") + "/_stcore/stream", ["streamlit"])
              .dispatchEvent(new CloseEvent("close", { code: 1008 }))"""
        )

    assert asked.value.ok
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.isTheSame")


def test_whoever_signs_out_is_told_so_and_is_out(page: Page, server: SignInServer):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.locator(CORNER).get_by_role("button").click()
    expect(page.get_by_text("Du er logget ind som:")).to_be_visible()

    page.get_by_role("button", name="Log ud").click()

    expect(page.get_by_text("Du er logget ud af Praktikdata")).to_be_visible()
    assert not [one for one in complaints if "Content Security Policy" in one]
    assert SESSION_COOKIE not in {cookie["name"] for cookie in page.context.cookies()}
    page.goto(server.address)
    expect(page.get_by_text("Log ind med den konto")).to_be_visible()


def test_the_wall_of_a_meeting_is_without_the_corner(page: Page, server: SignInServer):
    page.goto(f"{server.address}/moede?moededel=skaerm&rolle=selv")
    expect(page.locator(".st-key-scene")).to_be_visible()

    expect(page.locator(CORNER)).to_be_hidden()


@pytest.mark.parametrize("width", [390, 820, 1280, 1920])
def test_the_corner_moves_nothing_and_covers_nothing(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 720})
    page.wait_for_selector(FINISHED)
    page.wait_for_load_state("networkidle")
    covered = page.locator(
        "[data-testid=stTopNavLink], [data-testid=stTopNavSection], .st-key-filtre, [data-testid=stExpandSidebarButton]"
    )
    expect(page.locator(CORNER).get_by_role("button", name="Sekretariatet")).to_be_visible()
    corner = page.locator(CORNER).bounding_box()
    for box in [one.bounding_box() for one in covered.all() if one.is_visible()]:
        is_left = box["x"] + box["width"] <= corner["x"]
        assert is_left or box["y"] >= corner["y"] + corner["height"]
    before = page.evaluate(PLACES, [STRIP, "main h1"])

    page.locator(CORNER).evaluate("(one) => one.parentElement.remove()")

    assert page.evaluate(PLACES, [STRIP, "main h1"]) == before


def test_pages_that_the_head_has_no_room_for_are_behind_a_danish_word(page: Page):
    page.set_viewport_size({"width": 820, "height": 720})

    expect(page.locator("[data-testid=stTopNavSection]")).to_have_text(re.compile(r"^\d mere$"))


def test_axe_finds_nothing_to_complain_of_in_the_corner_and_in_what_gives_access(
    page: Page, server: SignInServer
):
    page.goto(f"{server.address}/sekretariat")
    page.get_by_text("Ny invitation", exact=True).click()
    role = page.get_by_role("combobox", name="Rolle")
    expect(role).to_be_visible()
    at_rest(page)
    page.evaluate(UNFOLDED)
    role.click()
    page.get_by_role("option", name="Redaktør for en part").click()
    expect(page.get_by_label("Mailadresse")).to_be_visible()
    page.locator(CORNER).get_by_role("button").click()
    expect(page.get_by_text("Du er logget ind som:")).to_be_visible()
    at_rest(page)

    assert complaints(page) == []
