"""The guide is about the dashboard as it is: every page and tab has its chapter and its picture."""

import re

import pytest
from PIL import Image
from playwright.sync_api import Page

from docs.guide.__main__ import FOLDER, PICTURES, WINDOW
from tests.end_to_end.test_chrome import PAGE_LINK
from tests.end_to_end.test_results import shown

GUIDE = (FOLDER / "README.md").read_text(encoding="utf-8")
CHAPTERS = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
LINKS = re.findall(r"(!?)\[([^\]]+)\]\(([^)]+)\)", GUIDE)
TABS = ":is(.st-key-fane, .st-key-grundlag, .st-key-del) [role=radio]"


@pytest.fixture(scope="module")
def seen(visiting, server) -> dict[str, list[str]]:
    """The pages by name, each with its tabs."""
    with visiting(locale="da-DK") as reader:
        page = reader.new_page()
        page.goto(f"{server}/?enhed=kommune:0159")
        page.locator(PAGE_LINK).first.wait_for()
        return {name: tabs_of(page, name) for name in page.locator(PAGE_LINK).all_inner_texts()}


def tabs_of(page: Page, name: str) -> list[str]:
    page.locator(PAGE_LINK, has_text=name).click()
    shown(page, name)
    return page.locator(TABS).all_inner_texts()


def test_every_page_and_every_tab_has_a_chapter(seen):
    assert [name for page, tabs in seen.items() for name in (page, *tabs) if name not in CHAPTERS] == []
    assert seen["Resultater"] == ["Fordeling", "Sammenlign", "Udvikling"]


def test_every_page_and_every_tab_has_a_picture(seen):
    pictured = {
        (path, link.get("fane") or link.get("grundlag") or link.get("del", ""))
        for path, link, _top in PICTURES.values()
    }

    assert {(slug(page), slug(tab)) for page, tabs in seen.items() for tab in tabs or [""]} == {
        (path.removeprefix("/") or "overblik", tab) for path, tab in pictured
    }


def slug(name: str) -> str:
    """As it is written in an address."""
    return name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa").replace(" ", "-")


def test_every_picture_is_there_said_in_words_small_and_of_one_size():
    assert [target for sign, _words, target in LINKS if sign] == [f"{name}.png" for name in PICTURES]
    for sign, words, target in LINKS:
        if sign:
            picture = FOLDER / target
            assert len(words) > 20
            assert picture.stat().st_size < 150_000
            with Image.open(picture) as opened:
                assert opened.size == tuple(WINDOW.values())
    assert {file.stem for file in FOLDER.glob("*.png")} == set(PICTURES)


def test_every_link_of_the_guide_leads_somewhere():
    anchors = {re.sub(r"[^\w -]", "", chapter.lower()).replace(" ", "-") for chapter in CHAPTERS}

    for _sign, _words, target in LINKS:
        assert target.removeprefix("#") in anchors if target.startswith("#") else (FOLDER / target).exists()
