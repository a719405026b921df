"""A reader takes everything home: a picture, the unit, slides, and all that is published."""

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.end_to_end.test_results import drawn


def fetched(page: Page, button: str, folder: Path) -> bytes:
    with page.expect_download() as arriving:
        page.get_by_role("button", name=button).click()
    target = folder / arriving.value.suggested_filename
    arriving.value.save_as(target)
    return target.read_bytes()


def test_a_reader_takes_home_a_picture_the_unit_slides_and_everything(open_page, tmp_path):
    page = open_page("/resultater?enhed=kommune:0265&aar=2025&fane=fordeling")
    # A chart moves what stands below it, and the program that draws it may still be on its way.
    page.locator("svg.marks").first.wait_for()
    drawn(page)
    page.get_by_role("button", name="Flere formater").click()
    picture = fetched(page, "Tegning (SVG)", tmp_path).decode()
    assert page.get_by_role("heading", level=1).text_content() in picture.replace("</text>", " </text>")
    assert fetched(page, "Billede (PNG)", tmp_path)[:4] == b"\x89PNG"
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Hent visning, enhed eller alt").click()
    unit = pd.read_excel(BytesIO(fetched(page, "Hent min enhed", tmp_path)), sheet_name=None)
    assert {"Forside", "Overblik", "Fordeling", "Udvikling", "Svarprocent", "Figurer", "Data"} <= set(unit)
    deck = Presentation(BytesIO(fetched(page, "PowerPoint", tmp_path)))
    assert deck.slides[0].shapes.title.text_frame.text == "Roskilde Kommune 2025"
    titles = [one.shapes.title.text_frame.text for one in deck.slides]
    assert len(titles) >= 12
    assert all(one != other for one, other in pairwise(titles))

    page.get_by_role("button", name="Hent alt (CSV)").click()
    ready = page.get_by_test_id("stDownloadButton").filter(has_text="Hent alt (CSV)")
    expect(ready).to_be_visible(timeout=60_000)
    whole = pd.read_csv(
        BytesIO(fetched(page, "Hent alt (CSV)", tmp_path)), sep=";", decimal=",", encoding="utf-8-sig"
    )
    own = unit["Data"].set_index(["Nøgle", "År"])["Andel enige"].dropna()
    same = whole.set_index(["Nøgle", "År"])["Andel enige"]
    both = own.index.intersection(same.index)
    assert len(both) > 40
    pd.testing.assert_series_equal(own[both], same[both], atol=1e-6)


def test_what_is_behind_a_button_low_in_the_window_opens_where_all_of_it_is_seen(open_page):
    page = open_page("/?enhed=kommune:0265&aar=2025")
    page.set_viewport_size({"width": 1280, "height": 720})
    drawn(page)
    button = page.get_by_role("button", name="Se svarene på et tema")
    # Room for what is behind it before that has arrived, but not after.
    button.evaluate(
        "one => document.querySelector('[data-testid=stMain]')"
        ".scrollBy(0, one.getBoundingClientRect().bottom - innerHeight + 110)"
    )
    button.click()
    behind = page.get_by_test_id("stPopoverBody")
    expect(behind.get_by_role("button").last).to_be_in_viewport(ratio=1)
    assert behind.evaluate("all => all.scrollHeight - all.clientHeight") == 0
