"""What goes wrong in a dialog, behind a button or in a fragment is told in Danish, in a real browser."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.chromium import FINISHED
from tests.conftest import SampleStores
from tests.partnerships.coming_meeting import COMING
from tests.running_server import ROOT, running_server

BUSY = "Dashboardlageret er optaget af et andet program. Vent et øjeblik, og prøv igen."
DECIDED = "Vi begynder hos de tre kommuner"
PARTS = (".streamlit", "server.py", "static", "views", "data_access", "indicators")
FAILING_APP = """
import streamlit as st
from views.foundation import problems

TYPED = "Anna 010190-1234"

@problems.bounded
def fails() -> None:
    raise RuntimeError(TYPED)

@problems.dialog("Dialogen")
def dialog() -> None:
    st.text_input("Skriv")
    if st.button("Gem i dialogen"):
        raise RuntimeError(TYPED)

st.button("Gem", on_click=fails)
if st.button("Dialog"):
    dialog()
"""


def kept_in_browser(page: Page) -> str:
    return page.evaluate("JSON.stringify(localStorage)")


def test_a_busy_store_is_told_in_the_dialog_of_a_decision_which_is_saved_at_the_next_try(
    browser: Browser, sample_stores: SampleStores, tmp_path: Path
):
    store = tmp_path / "dashboard.sqlite"
    store.write_bytes(Path(sample_stores.dashboard_url.removeprefix("sqlite:///")).read_bytes())
    with (
        running_server({"DATABASE_URL": f"sqlite:///{store}"}) as server,
        browser.new_context(locale="da-DK") as someone,
        closing(sqlite3.connect(store)) as other,
    ):
        [meeting] = other.execute("SELECT id FROM meeting WHERE held_on = ?", [COMING.isoformat()]).fetchone()
        page = someone.new_page()
        page.goto(f"{server}/moede?moede={meeting}&moededel=skaerm&rolle=selv&punkt=1")
        page.wait_for_selector(FINISHED)
        page.get_by_role("button", name="Beslutning").click()
        dialog = page.get_by_role("dialog")
        text, role = (
            dialog.get_by_label("Hvad blev besluttet?"),
            dialog.get_by_role("textbox", name="Du skriver som"),
        )
        text.fill("Ring til 010190\u20111234")
        expect(text).to_have_value("Ring til 010190\u20111234")
        assert "010190" not in kept_in_browser(page)
        text.fill(DECIDED)
        role.fill("Sekretariatet")
        role.blur()
        page.wait_for_selector(FINISHED)
        assert DECIDED in kept_in_browser(page)

        other.execute("BEGIN IMMEDIATE")
        dialog.get_by_role("button", name="Gem beslutning").click()
        expect(dialog.get_by_text(BUSY)).to_be_visible(timeout=30_000)
        expect(text).to_have_value(DECIDED)
        other.rollback()

        dialog.get_by_role("button", name="Gem beslutning").click()
        expect(page.get_by_text(f"Besluttet: {DECIDED}")).to_be_visible()
        assert other.execute("SELECT count(*) FROM decision WHERE text = ?", [DECIDED]).fetchone() == (1,)


def test_a_defect_behind_a_button_or_in_a_dialog_is_an_id_on_the_page_and_says_nothing_in_the_log(
    browser: Browser, sample_stores: SampleStores, tmp_path: Path
):
    for name in PARTS:
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "app.py").write_text(FAILING_APP)
    told = re.compile("fejl-id [0-9a-f]{6} til sekretariatet")
    with (
        (tmp_path / "log").open("w+") as log,
        running_server(sample_stores.settings(), tmp_path, log=log) as server,
        browser.new_context(locale="da-DK") as someone,
    ):
        page = someone.new_page()
        page.goto(server)
        page.get_by_role("button", name="Gem").click()
        expect(page.get_by_text(told)).to_be_visible()

        page.reload()
        page.get_by_role("button", name="Dialog").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Skriv").fill("Noget, der tager tid at skrive")
        dialog.get_by_role("button", name="Gem i dialogen").click()
        expect(dialog.get_by_text(told)).to_be_visible()
        expect(dialog.get_by_label("Skriv")).to_have_value("Noget, der tager tid at skrive")

        log.flush()
        said = (tmp_path / "log").read_text()
    assert said.count("builtins.RuntimeError") >= 2
    assert "010190" not in said
