"""A meeting on the wall in a real browser: played by keyboard alone, followed, broken off and taken up again."""

import json
import shutil
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import FINISHED
from tests.conftest import SampleStores
from tests.running_server import free_port, running_server

WALL = {"width": 1280, "height": 720}
TYPED = "Vi begynder b t n hos de tre"
BESIDES = " kommuner i marts"
HEADING, CLOCK, DIALOG = "h1", ".hvor", "[role=dialog]"

# Everything that is read on the wall and is too small, or does not fit into the window.
WHAT_DOES_NOT_FIT = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  const read = [...document.querySelectorAll(".st-key-scene *")].filter((element) =>
    element.checkVisibility({ opacityProperty: true }) && +(element.getAttribute("opacity") ?? 1) > 0 &&
    !element.closest("style, [data-testid=stIconMaterial]") &&
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  const magnified = (element) => element ? magnified(element.parentElement) *
    (parseFloat(getComputedStyle(element).zoom) || 1) : 1;
  const size = (element) => parseFloat(getComputedStyle(element).fontSize) * magnified(element);
  const small = read.filter((element) => size(element) < (element.closest("button") ? 15 : 18) - 0.01);
  const outside = read.filter((element) => {
    const { right, bottom } = element.getBoundingClientRect();
    return right > innerWidth + 1 || bottom > innerHeight + 1;
  });
  const scrolls = main.scrollHeight > main.clientHeight ? ["there is something to scroll"] : [];
  return [...scrolls, ...[...small, ...outside].map((element) => element.textContent.trim().slice(0, 60))];
}"""


class Server:
    """A server with a store of its own, which can die and come back under the same address."""

    def __init__(self, stores: SampleStores, folder: Path) -> None:
        self.store = folder / "dashboard.sqlite"
        shutil.copy(stores.dashboard_url.removeprefix("sqlite:///"), self.store)
        self.settings = {
            "DATABASE_URL": f"sqlite:///{self.store}",
            "CONFIDENTIAL_DATABASE_URL": stores.confidential_url,
        }
        self.port, self.running = free_port(), ExitStack()

    def start(self) -> str:
        return self.running.enter_context(running_server(self.settings, port=self.port))

    def die(self) -> None:
        self.running.close()

    def meeting(self) -> int:
        with closing(sqlite3.connect(self.store)) as connection:
            query = "SELECT id FROM meeting WHERE held_on = '2026-12-07'"
            return connection.execute(query).fetchone()[0]


@pytest.fixture
def server_of_its_own(sample_stores: SampleStores, tmp_path: Path):
    made = Server(sample_stores, tmp_path)
    yield made
    made.die()


def item(page: Page, number: int) -> None:
    """Waits until the item of that number is on the wall, drawn to the end."""
    page.wait_for_selector(FINISHED)  # a new server takes its time with its first visitor
    expect(page.locator(CLOCK)).to_contain_text(f"Punkt {number} af 6")
    page.wait_for_selector(FINISHED)
    chart = page.locator("[data-testid=stVegaLiteChart]")
    if chart.count():
        expect(chart.locator("svg.marks").first).to_be_visible()


def test_the_sample_meeting_is_played_by_keyboard_alone_followed_and_outlives_a_crash(
    browser: Browser, server_of_its_own: Server
):
    address = server_of_its_own.start()
    where = f"{address}/moede?moede={server_of_its_own.meeting()}"
    with (
        browser.new_context(locale="da-DK", viewport=WALL) as room,
        browser.new_context(locale="da-DK", viewport=WALL) as somewhere_else,
    ):
        page, other = room.new_page(), somewhere_else.new_page()
        begun(page, where)
        other.goto(page.evaluate("location.href"))  # the link of the one who presents
        item(other, 1)
        expect(other.get_by_role("radio", name="Følg")).to_be_checked()
        gone_through(page)
        folded_up(page)
        item(other, 3)
        expect(other.locator(HEADING)).to_have_text(page.locator(HEADING).inner_text())
        typed_until_the_server_dies(page, server_of_its_own)
        decided(page, server_of_its_own)
        expect(other.locator(".st-key-besluttet")).to_contain_text(f"Besluttet: {TYPED}{BESIDES}")
        other.keyboard.press("ArrowLeft")
        item(other, 2)
        item(page, 3)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Start visning")).to_be_visible()


def begun(page: Page, where: str) -> None:
    page.goto(where)
    page.wait_for_selector(FINISHED)
    page.get_by_role("button", name="Start visning").focus()
    page.keyboard.press("Enter")
    item(page, 1)
    assert page.locator("header").is_hidden()
    assert page.locator(".st-key-filtre").is_hidden()


def gone_through(page: Page) -> None:
    """Every item fits and is accessible; on to the last one, and back to the third."""
    for number in range(1, 7):
        item(page, number)
        assert page.evaluate(WHAT_DOES_NOT_FIT) == []
        assert complaints(page) == []
        page.keyboard.press("PageDown" if number % 2 else "ArrowRight")
    for number in (5, 4, 3):
        page.keyboard.press("PageUp" if number % 2 else "ArrowLeft")
        item(page, number)
    page.keyboard.press("t")
    expect(page.locator(".st-key-billede table")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator(".st-key-billede table")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator(".st-key-talepunkter")).to_contain_text("Hvad kendetegner de kommuner")
    page.keyboard.press("n")
    expect(page.locator(".st-key-talepunkter")).to_be_hidden()


def folded_up(page: Page) -> None:
    """Escape folds up what is open, and the meeting stays on the wall."""
    page.locator(".st-key-aftalt button").first.click()
    page.get_by_role("combobox", name="Enhed").click()
    expect(page.get_by_role("listbox")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Escape")
        page.wait_for_selector(FINISHED)
    expect(page.get_by_role("listbox")).to_be_hidden()
    item(page, 3)


def complaints(page: Page) -> list[str]:
    """What axe-core finds, rule by rule, with the elements."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def typed_until_the_server_dies(page: Page, server: Server) -> None:
    """None of the keys of the wall does anything while somebody types, and nothing typed is lost."""
    page.keyboard.press("b")
    expect(page.locator(f"{DIALOG} textarea")).to_be_focused()
    page.keyboard.type(TYPED)
    page.keyboard.press("PageDown")
    item(page, 3)
    page.keyboard.type(BESIDES)
    server.die()
    server.start()
    page.goto(page.evaluate("location.href"))  # the browser dies too
    item(page, 3)
    page.keyboard.press("b")
    expect(page.locator(f"{DIALOG} textarea")).to_have_value(TYPED + BESIDES)
    expect(page.get_by_text("er hentet frem igen")).to_be_visible()
    assert complaints(page) == []


def decided(page: Page, server: Server) -> None:
    page.get_by_role("textbox", name="Du skriver som").focus()
    page.keyboard.type("Sekretariatet")
    page.get_by_role("button", name="Gem beslutning").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-besluttet")).to_contain_text(f"Besluttet: {TYPED}{BESIDES}")
    expect(page.locator(DIALOG)).to_be_hidden()
    page.wait_for_function("!Object.keys(localStorage).some((name) => name.includes('kladde'))")
    assert page.evaluate(WHAT_DOES_NOT_FIT) == []
    with closing(sqlite3.connect(server.store)) as connection:
        (figure,) = connection.execute(
            "SELECT figure FROM decision WHERE text LIKE 'Vi begynder%'"
        ).fetchone()
    assert page.locator(HEADING).inner_text() == json.loads(figure)["title"]


EVERYTHING_KEPT = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
NUMBER = "010170-1234"


def test_a_number_of_a_person_that_is_typed_as_a_decision_is_kept_nowhere(
    browser: Browser, server_of_its_own: Server
):
    address = server_of_its_own.start()
    where = f"{address}/moede?moede={server_of_its_own.meeting()}&moededel=skaerm&rolle=selv&punkt=3"
    with (
        browser.new_context(locale="da-DK", viewport=WALL) as room,
        browser.new_context(locale="da-DK", viewport=WALL) as somewhere_else,
    ):
        page, other = room.new_page(), somewhere_else.new_page()
        decision = begun_to_decide(page, where)
        page.keyboard.type("Vi ringer til")
        assert "Vi ringer til" in page.evaluate(EVERYTHING_KEPT)
        page.keyboard.type(f" Jens {NUMBER} i marts")
        assert "Jens" not in page.evaluate(EVERYTHING_KEPT)
        decision.blur()
        expect(page.get_by_text("må ikke rumme cpr-numre")).to_be_visible()
        page.get_by_role("button", name="Gem beslutning").click()
        expect(page.get_by_text("Skriv først, hvem du skriver som")).to_be_visible()
        page.reload()

        assert begun_to_decide(page, where).input_value() == ""
        assert begun_to_decide(other, where).input_value() == ""
        assert "Jens" not in page.evaluate(EVERYTHING_KEPT)
    server_of_its_own.die()
    assert not [
        file for file in server_of_its_own.store.parent.iterdir() if NUMBER.encode() in file.read_bytes()
    ]


def begun_to_decide(page: Page, where: str) -> Locator:
    """The box of the decision under the third item, with the keyboard in it."""
    page.goto(where)
    item(page, 3)
    page.keyboard.press("b")
    decision = page.locator(f"{DIALOG} textarea")
    expect(decision).to_be_focused()
    return decision


@pytest.mark.parametrize("size", [(1920, 1080), (390, 844)])
def test_the_wall_grows_with_the_window_and_can_be_read_on_a_telephone(
    page: Page, server: str, size: tuple[int, int]
):
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server}/moede?moede=5&moededel=skaerm&rolle=selv&punkt=3")
    item(page, 3)

    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    if width > 1280:
        assert page.evaluate(WHAT_DOES_NOT_FIT) == []
