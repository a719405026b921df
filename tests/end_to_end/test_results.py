"""The results pages in a real browser: links, keys, clicks and the way back, on a laptop and on a telephone."""

import re
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import FINISHED
from tests.end_to_end.conftest import Overheard
from tests.end_to_end.test_chrome import CHART, PAGE_LINK, english_on
from tests.end_to_end.test_reader import address, choose, chosen

OpenPage = Callable[..., Page]

GLADSAXE = {"enhed": "kommune:0159", "aar": "2024"}
SELECTION = "2024 · Gladsaxe Kommune"
FOLDED_LINKS = re.compile("Åbn (én af dem|et felt)|Se svarene på et tema")
ROSKILDE = {"enhed": "Roskilde Kommune"}
VIEWS = {
    "overblik": ("Overblik", "/", {}),
    "fordeling": ("Resultater", "/resultater", {"fane": "Fordeling"}),
    "sammenlign": ("Resultater", "/resultater", {"fane": "Sammenlign"}),
    "alle": ("Resultater", "/resultater", {"fane": "Sammenlign", "raekker_vist": "Vis alle"}),
    "tragt": ("Resultater", "/resultater", {"fane": "Sammenlign", "form": "Tragt"}),
    "udvikling": ("Resultater", "/resultater", {"fane": "Udvikling"}),
    "min-enhed": ("Min enhed", "/min-enhed", {}),
    "svarprocent": ("Datagrundlag", "/datagrundlag", {"grundlag": "Svarprocent"}),
    "daekning": ("Datagrundlag", "/datagrundlag", {"grundlag": "Dækning"}),
    "metode": ("Datagrundlag", "/datagrundlag", {"grundlag": "Metode"}),
}
every_view = pytest.mark.parametrize("view", VIEWS)

TELEPHONE = {"width": 390, "height": 844}

CELL = {"enhed": "Gladsaxe Kommune", "uddannelse": "Pædagoguddannelsen (pædagogik)", "fane": "Fordeling"}

# What a key press can act on, by its place on the page; a group of choices is one.
CONTROLS = """() => {
  const controls = [...document.querySelectorAll("a[href], button, input, summary")].filter((one) =>
    one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
  const place = (one) => controls.indexOf(one.closest("[role=radiogroup]")?.querySelector("button") ?? one);
  window.place = () => document.activeElement === document.body ? null : place(document.activeElement);
  return [...new Set(controls.map(place))];
}"""

# Where the visible mark that stands for a key can be hit, or nothing before it has been drawn.
PLACE_OF_MARK = """([chart, field, key]) => {
  const marks = [...document.querySelectorAll(`${chart} svg.marks path`)];
  const mark = marks.findLast(({ __data__: item }) => item?.datum?.[field] === key);
  mark?.scrollIntoView({ block: "center" });
  const { x, y, width, height } = mark?.getBoundingClientRect() ?? {};
  return width && height ? [x + width / 2, y + height / 2] : null;
}"""

# Whatever sticks out to the right and cannot be scrolled to, and chart texts that are cut off or lie upon each other.
SPOILT = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const main = document.querySelector("[data-testid=stMain]");
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  const holder = (one) => { do one = one.parentElement; while (!scrolls(one)); return one; };
  const wide = [...main.querySelectorAll("*")].filter((one) =>
    one.checkVisibility() && one.getBoundingClientRect().right > edge && holder(one) === main);
  const said = wide.map((one) => `sticks out: ${one.tagName} ${one.textContent.slice(0, 60)}`);
  for (const chart of document.querySelectorAll("svg.marks")) {
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll("text")].filter((one) => one.getAttribute("opacity") !== "0")
      .map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([text, { width }]) => text && width);
    texts.forEach(([text, box], place) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) said.push(`cut off: ${text}`);
      for (const [other, its] of texts.slice(place + 1)) {
        const width = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const height = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        const isHalo = other === text && box.left === its.left;
        if (width > 3 && height > 6 && !isHalo) said.push(`upon each other: ${text}, ${other}`);
      }
    });
  }
  return said;
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


def drawn(page: Page) -> None:
    """Waits until every chart is there."""
    page.wait_for_function("(chart) => !document.querySelector(`${chart}:not(:has(svg.marks))`)", arg=CHART)


def leads_to(page: Page, title: str, choices: dict[str, str]) -> None:
    """Waits until this page is open with these choices in its address, and nothing of the unit is lost."""
    expect(page).to_have_title(title)
    page.wait_for_url(lambda _url: choices.items() <= address(page).items())
    shown(page, title, "" if "enhed" in choices else SELECTION)


def at(open_page: OpenPage, view: str, **more: str) -> Page:
    """A view of Gladsaxe in 2024, with its charts."""
    title, path, tabs = VIEWS[view]
    page = open_page(f"{path}?{urlencode({**tabs, **GLADSAXE, **more})}")
    leads_to(page, title, {"enhed": "Gladsaxe Kommune", **tabs})
    drawn(page)
    return page


@every_view
def test_a_link_opens_the_exact_view_and_a_telephone_cuts_nothing_off(
    open_page: OpenPage, page: Page, view: str
):
    page.set_viewport_size(TELEPHONE)
    at(open_page, view)
    title, path, tabs = VIEWS[view]

    expect(page).to_have_title(title)
    assert urlsplit(page.url).path == path
    assert [chosen(page, key) for key in ("enhed", "aar")] == ["Gladsaxe Kommune", "2024"]
    assert {key: tab_chosen(page, key) for key in tabs} == tabs
    expect(page.get_by_text("findes ikke her")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    assert page.evaluate(SPOILT) == []


@pytest.mark.parametrize(
    ("view", "name", "title", "choices"),
    [
        ("overblik", "Svarprocent", "Datagrundlag", {"grundlag": "Svarprocent"}),
        ("overblik", "Klart under", "Resultater", {"fane": "Sammenlign"}),
        ("overblik", "Vejledning", "Resultater", {"tema": "Vejledning", "fane": "Fordeling"}),
        ("overblik", "Se spørgsmålet", "Resultater", {"fane": "Sammenlign"}),
        ("min-enhed", "Udbytte", "Resultater", {"tema": "Udbytte", "fane": "Fordeling"}),
        ("sammenlign", "Roskilde Kommune", "Min enhed", ROSKILDE),
        ("svarprocent", "Roskilde Kommune", "Min enhed", ROSKILDE),
        ("daekning", "Roskilde Kommune", "Min enhed", ROSKILDE),
        ("daekning", "Gladsaxe Kommune: Pædagog", "Resultater", CELL),
    ],
)
def test_enter_on_a_link_opens_the_view_it_names(open_page: OpenPage, view, name, title, choices):
    page = at(open_page, view)
    link, fold = (
        page.get_by_role("button", name=name).first,
        page.locator("summary, button").filter(has_text=FOLDED_LINKS),
    )
    expect(link.or_(fold).first).to_be_visible()
    if not link.is_visible():
        fold.focus()
        page.keyboard.press("Enter")
    link.focus()
    page.keyboard.press("Enter")

    leads_to(page, title, choices)


@pytest.mark.parametrize(
    ("view", "mark", "title", "choices"),
    [
        ("overblik", ("row", "vejledning"), "Resultater", {"tema": "Vejledning", "fane": "Fordeling"}),
        ("fordeling", ("row", "S05"), "Resultater", {"spoergsmaal": "Vejlederen havde tid"}),
        ("alle", ("key", "kommune:0265"), "Min enhed", ROSKILDE),
        ("sammenlign", ("key", "kommune:0265"), "Min enhed", ROSKILDE),
        ("tragt", ("key", "kommune:0265"), "Min enhed", ROSKILDE),
        ("svarprocent", ("row", "kommune:0265"), "Min enhed", ROSKILDE),
        ("daekning", ("unit", "kommune:0265"), "Min enhed", ROSKILDE),
    ],
    ids=["cell", "bar", "dot", "small dot", "funnel", "response", "map"],
)
def test_a_click_on_a_mark_opens_the_view_it_stands_for(open_page: OpenPage, view, mark, title, choices):
    page = at(open_page, view)
    place = page.wait_for_function(PLACE_OF_MARK, arg=[CHART, *mark])
    page.mouse.click(*place.json_value())

    leads_to(page, title, choices)


def test_a_click_on_a_cell_of_the_coverage_matrix_opens_its_answers(open_page: OpenPage):
    page = at(open_page, "daekning")
    page.get_by_title("Gladsaxe Kommune: Pædagoguddannelsen").click()

    leads_to(page, "Resultater", CELL)


def test_a_click_on_a_cell_of_the_unit_s_cluster_opens_the_cluster_s_answers(open_page: OpenPage):
    page = at(open_page, "overblik")
    place = page.wait_for_function(PLACE_OF_MARK, arg=[CHART, "goes", "klynge:rh-midt"])
    page.mouse.click(*place.json_value())

    leads_to(page, "Resultater", {"enhed": "Sundhedsklynge Midt (Hovedstaden)", "fane": "Fordeling"})


def test_back_leads_to_the_page_before_in_one_step_with_its_filters(open_page: OpenPage):
    page = at(open_page, "overblik")
    page.get_by_role("button", name="Klart under").first.click()
    leads_to(page, "Resultater", {"fane": "Sammenlign"})
    choose(page, "tema", "Modtagelse")
    page.locator(PAGE_LINK, has_text="Datagrundlag").click()
    leads_to(page, "Datagrundlag", {"enhed": "Gladsaxe Kommune"})

    page.go_back()
    leads_to(page, "Resultater", {"fane": "Sammenlign", "tema": "Modtagelse", "enhed": "Gladsaxe Kommune"})
    assert [chosen(page, key) for key in ("enhed", "aar", "tema")] == [
        "Gladsaxe Kommune",
        "2024",
        "Modtagelse",
    ]
    page.go_back()
    leads_to(page, "Overblik", {"enhed": "Gladsaxe Kommune", "aar": "2024"})
    assert [chosen(page, key) for key in ("enhed", "aar")] == ["Gladsaxe Kommune", "2024"]


def test_the_shared_link_opens_the_same_view_in_a_new_browser(open_page: OpenPage, visiting):
    mine = at(open_page, "tragt", niveau="hospital", tema="vejledning", spoergsmaal="S05")
    link = shared_link(mine)
    with visiting(locale="da-DK") as somebody_else:
        theirs = somebody_else.new_page()
        theirs.goto(link)
        shown(theirs, "Resultater", SELECTION)
        assert theirs.locator("h1").inner_text() == mine.locator("h1").inner_text()
        assert tab_chosen(theirs, "form") == "Tragt"
        assert shared_link(theirs) == link


def shared_link(page: Page) -> str:
    page.get_by_role("button", name="Del link").click()
    return page.locator("[data-testid=stCode] code").inner_text()


def test_kbh_in_the_unit_box_finds_koebenhavn(open_page: OpenPage):
    page = at(open_page, "overblik")
    choose(page, "enhed", "Kbh")

    leads_to(page, "Overblik", {"enhed": "Københavns Kommune"})


def test_no_name_is_cut_off_in_a_filter_or_in_its_list(open_page: OpenPage):
    chosen_ones = {"enhed": "hospital:psyk-bornholm", "uddannelse": "sosu-assistent"}
    page = open_page(f"/resultater?{urlencode(chosen_ones)}")
    shown(page, "Resultater", "Psykiatrisk Center Bornholm")
    cut_off = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.value)"
    assert page.locator(".st-key-filtre input").evaluate_all(cut_off) == []

    page.locator(".st-key-sammenlign input").fill("Sjællands")
    expect(page.get_by_role("option")).not_to_have_count(0)
    assert page.locator("[role=option] > div").evaluate_all(cut_off) == []


def test_an_emptied_box_shows_everything_again(open_page: OpenPage):
    page = at(open_page, "overblik")
    page.locator(".st-key-enhed input").press("Escape")

    leads_to(page, "Overblik", {"enhed": "Alle enheder"})


@pytest.mark.parametrize(
    ("path", "title", "stale"),
    [
        ("/", "Overblik", {"aar": "1999"}),
        ("/resultater", "Resultater", {"enhed": "Andeby Kommune", "fane": "Kagediagram"}),
        ("/min-enhed", "Min enhed", {"uddannelse": "Alkymist"}),
        ("/datagrundlag", "Datagrundlag", {"grundlag": "Rygter", "sammenlign": "Ingen"}),
    ],
)
def test_a_stale_link_falls_back_and_says_so(open_page: OpenPage, path, title, stale):
    page = open_page(f"{path}?{urlencode({'enhed': 'kommune:0159', **stale})}")
    shown(page, title)

    for word in stale.values():
        expect(page.get_by_text(f"«{word}» findes ikke her")).to_be_visible()
        assert word not in address(page).values()


@every_view
def test_tab_reaches_every_control_in_order_and_a_view_unfolded_holds_no_english_word_nor_gives_a_complaint(
    open_page: OpenPage, overheard: Overheard, view: str
):
    page = at(open_page, view)
    controls, reached = page.evaluate(CONTROLS), []
    page.keyboard.press("Tab")
    while (place := page.evaluate("window.place()")) is not None:
        reached.append(place)
        page.keyboard.press("Tab")

    assert [place for place in reached if place >= 0] == controls

    for fold in page.locator("summary").all():
        fold.click()
    page.get_by_role("button", name="Del link").click()
    expect(page.locator("[data-testid=stCode]").last).to_be_visible()
    drawn(page)

    titles = page.locator("em").all_inner_texts()  # of works that the method is taken from
    assert [text for text in english_on(page) if text not in titles] == []
    assert overheard.complaints == []
    assert overheard.foreign_requests == []


def test_a_steering_group_goes_from_its_cluster_to_the_member_that_stands_out_its_initiative_and_back(
    open_page: OpenPage,
):
    cluster, page = "Sundhedsklynge Midt (Hovedstaden)", open_page("/min-enhed?enhed=klynge:rh-midt&aar=2025")
    expect(page.get_by_role("heading", name="Medlemmer", exact=True)).to_be_visible()
    page.goto(page.url.replace("min-enhed", "resultater") + "&fane=sammenlign&niveau=kommune&spoergsmaal=S05")
    leads_to(page, "Resultater", {"fane": "Sammenlign", "enhed": cluster})
    drawn(page)
    page.get_by_text("Vis kun dem i klyngen").click()
    leads_to(page, "Resultater", {"enhed": cluster, "raekker_vist": "Vis kun dem i klyngen"})
    drawn(page)

    place = page.wait_for_function(PLACE_OF_MARK, arg=[CHART, "key", "kommune:0159"])
    page.mouse.click(*place.json_value())
    leads_to(page, "Min enhed", {"enhed": "Gladsaxe Kommune"})
    page.locator(".st-key-enhedens-indsatser button[kind=tertiary]").first.click()
    expect(page).to_have_title("Indsatser")
    page.go_back()
    leads_to(page, "Min enhed", {"enhed": "Gladsaxe Kommune"})
    page.go_back()

    leads_to(page, "Resultater", {"enhed": cluster})


def test_units_that_are_added_up_stay_so_from_page_to_page_until_another_is_clicked_on(open_page: OpenPage):
    both_units = {"enhed": "Gladsaxe Kommune", "flere_enheder": "Ballerup Kommune"}
    page = open_page("/?enhed=kommune:0159&aar=2025")
    page.get_by_role("button", name="Flere filtre").click()
    page.get_by_label("Læg sammen med").fill("Ballerup")
    page.get_by_role("option", name="Ballerup Kommune").click()
    page.keyboard.press("Escape")
    leads_to(page, "Overblik", both_units)
    both = page.get_by_text("2025 · Gladsaxe Kommune og Ballerup Kommune").first
    expect(both).to_be_visible()

    page.locator(PAGE_LINK, has_text="Min enhed").click()
    leads_to(page, "Min enhed", both_units)
    expect(both).to_be_visible()
    page.get_by_text("Åbn et medlem").click()
    page.get_by_role("button", name="Ballerup Kommune (").click()

    expect(page.get_by_text("2025 · Ballerup Kommune · Alle").first).to_be_visible()
