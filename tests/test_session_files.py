"""Files go to and come from the visitor of their session, tried by callers that are no browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
import requests
from openpyxl import load_workbook

from tests.conftest import SampleStores
from tests.raw_client import Tab, Visitor
from tests.running_server import ROOT, free_port, running_app, running_server
from views.chrome import session_files

MB = 1024 * 1024
BOX = "Ark med indsatser"
WORKBOOK = "Hent indsatser"
WITH_A_BOX = "indsatser"
ABOUT_THE_SHEET = "er som før"
"""What the page says of a sheet that nothing was changed in."""


@pytest.fixture(scope="module")
def server(sample_stores: SampleStores, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard with a sample of its own, for it is written in."""
    copy = tmp_path_factory.mktemp("own") / "dashboard.sqlite"
    shutil.copy(sample_stores.dashboard_url.removeprefix("sqlite:///"), copy)
    settings = SampleStores(f"sqlite:///{copy}", sample_stores.confidential_url).settings()
    with running_server(settings) as address:
        yield address


@pytest.fixture
def visitor(server) -> Visitor:
    return Visitor(server)


@pytest.fixture
def somebody_else(server) -> Visitor:
    return Visitor(server, address="127.0.0.2")


@pytest.fixture
def tab(visitor) -> Iterator[Tab]:
    """A page with a box for files."""
    with visitor.tab() as tab:
        yield tab.run(WITH_A_BOX)


def sent(tab: Tab, content: bytes = b"x", by: Visitor | None = None) -> requests.Response:
    """The answer to a file that is sent for the session of the page."""
    return (by or tab.visitor).put(tab.upload_urls("ark.xlsx").upload_url, "ark.xlsx", content)


def is_refused(answer: requests.Response, status: int, why: str) -> bool:
    return (answer.status_code, answer.text) == (status, why)


def test_a_sheet_comes_back_through_the_box_of_the_page(tab):
    assert tab.upload(BOX, "indsatser.xlsx", tab.download(WORKBOOK).content).status_code == 204
    assert tab.says(ABOUT_THE_SHEET)


def test_a_page_without_a_box_is_sent_no_file(visitor):
    with visitor.tab() as tab:
        tab.run("resultater")

        assert is_refused(sent(tab), 403, session_files.NO_BOX)


def test_a_page_with_a_box_that_has_been_left_is_sent_no_file(tab):
    tab.run("resultater")

    assert is_refused(sent(tab), 403, session_files.NO_BOX)


def test_somebody_elses_page_is_sent_no_file(tab, somebody_else):
    assert is_refused(sent(tab, by=somebody_else), 403, session_files.NOT_YOURS)


def test_a_page_that_nobody_has_open_is_sent_no_file(visitor):
    answer = visitor.put(f"{session_files.UPLOADS}no-session/no-file", "ark.xlsx", b"x")

    assert is_refused(answer, 403, session_files.NOT_YOURS)


def test_a_file_must_say_how_large_it_is(tab):
    answer = tab.visitor.put_unmeasured(tab.upload_urls("ark.xlsx").upload_url)

    assert is_refused(answer, 411, session_files.NO_LENGTH)


def test_a_file_of_five_megabytes_is_too_large(tab):
    assert sent(tab, b"x" * 5 * MB).status_code == 413


def test_a_visitor_has_a_few_files_with_the_server_on_all_pages_together(visitor, tab):
    with visitor.tab() as another:
        another.run(WITH_A_BOX)
        answers = [sent(page) for page in [tab, another] * session_files.MOST_FILES]

    taken = [answer for answer in answers if answer.status_code == 204]
    assert len(taken) == session_files.MOST_FILES
    assert is_refused(answers[-1], 429, session_files.TOO_MUCH)


def test_a_file_that_is_taken_back_makes_room(visitor, tab):
    addresses = [tab.upload_urls("ark.xlsx") for _ in range(session_files.MOST_FILES)]
    for address in addresses:
        visitor.put(address.upload_url, "ark.xlsx", b"x")
    assert sent(tab).status_code == 429

    visitor.delete(addresses[0].delete_url)

    assert sent(tab).status_code == 204


def test_nobody_else_takes_a_file_back(visitor, somebody_else, tab):
    urls = tab.upload_urls("ark.xlsx")
    visitor.put(urls.upload_url, "ark.xlsx", b"x")

    assert is_refused(somebody_else.delete(urls.delete_url), 403, session_files.NOT_YOURS)


def test_a_sheet_that_has_been_read_in_is_held_no_longer(tab):
    for _ in range(session_files.MOST_FILES - 1):
        sent(tab)
    tab.set("Du skriver som (rolle eller organisation)", "Sekretariatet")
    tab.upload(BOX, "indsatser.xlsx", with_another_title(tab.download(WORKBOOK).content))
    assert sent(tab).status_code == 429

    tab.click("Indlæs 1 række")

    assert tab.says("Arket er indlæst")
    assert sent(tab).status_code == 204


def with_another_title(content: bytes) -> bytes:
    """The workbook, with the first initiative called something else."""
    book, changed = load_workbook(BytesIO(content)), BytesIO()
    book["Indsatser"]["D2"] = "En ny titel"
    book.save(changed)
    return changed.getvalue()


def test_a_page_that_is_left_leaves_no_file_behind(visitor):
    with visitor.tab() as tab:
        tab.run(WITH_A_BOX).upload(BOX, "indsatser.xlsx", tab.download(WORKBOOK).content)
        assert tab.says(ABOUT_THE_SHEET)
    with visitor.tab(session=tab.session) as come_back:
        come_back.run(WITH_A_BOX)

        assert come_back.session != tab.session
        assert not come_back.says(ABOUT_THE_SHEET)


def test_a_page_without_files_is_still_there_for_who_comes_back(visitor):
    with visitor.tab() as tab:
        tab.run("resultater")
    with visitor.tab(session=tab.session) as come_back:
        assert come_back.run("resultater").session == tab.session


def test_a_flood_of_files_is_not_kept(sample_stores):
    port = free_port()
    with running_server(sample_stores.settings(), port=port) as server:
        visitor = Visitor(server)
        with visitor.tab() as tab:
            tab.run(WITH_A_BOX)
            before = memory_of_server(port)
            for _ in range(40):
                with suppress(requests.ConnectionError):  # refused while it was still being sent
                    sent(tab, b"x" * (4 * MB))
            assert memory_of_server(port) - before < session_files.MOST_BYTES + 40 * MB


def memory_of_server(port: int) -> int:
    """What the process that serves the port has in memory, in bytes."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--server.port\0{port}\0" in (process / "cmdline").read_text():
                return int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    raise LookupError(port)


def test_a_made_file_is_given_to_its_visitor_and_kept_nowhere(tab):
    answer = tab.download(WORKBOOK)

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_somebody_elses_made_file_is_not_there(tab, somebody_else):
    address = tab.made(tab.deferred(WORKBOOK)).deferred_file.url

    assert is_refused(somebody_else.get(address), 404, session_files.NOT_THERE)
    assert somebody_else.get(address).headers["Cache-Control"] == "private, no-store"
    assert tab.visitor.get(address).status_code == 200


def test_a_made_file_is_not_given_out_under_a_foreign_name(tab):
    address = tab.made(tab.deferred(WORKBOOK)).deferred_file.url

    assert tab.visitor.get(address, headers={"Host": "evil.example.org"}).status_code == 403


def test_the_address_of_a_made_file_says_nothing_of_what_is_in_it(tab):
    button = tab.deferred(WORKBOOK)

    assert tab.made(button).deferred_file.url != tab.made(button).deferred_file.url


def test_somebody_elses_button_makes_nothing(tab, somebody_else):
    with somebody_else.tab() as theirs:
        theirs.run(WITH_A_BOX)

        assert theirs.made(tab.deferred(WORKBOOK)).error_msg
        assert theirs.made(tab.deferred(WORKBOOK), session=tab.session).error_msg
        assert theirs.made(theirs.deferred(WORKBOOK)).deferred_file.url


def test_a_button_of_another_page_of_ones_own_makes_nothing(visitor, tab):
    with visitor.tab() as another:
        another.run(WITH_A_BOX)

        assert another.made(tab.deferred(WORKBOOK)).error_msg


def test_only_the_last_files_of_a_visitor_are_kept(tab):
    button = tab.deferred(WORKBOOK)
    made = [tab.made(button).deferred_file.url for _ in range(session_files.MOST_KEPT + 1)]

    assert tab.visitor.get(made[0]).status_code == 404
    assert [tab.visitor.get(address).status_code for address in made[1:]] == [200] * session_files.MOST_KEPT


TWINS = """
import streamlit as st
from views.chrome import service

def page():
    for name in ["A", "B"]:
        content = b"x" * 2**20 + name.encode() * 2**17 + b"x" * 2**20
        st.download_button(name, lambda content=content: content, "tal.csv", "text/csv", on_click="ignore")

if __name__ == "__main__":
    page()
else:
    service.prepare()
    app = st.App(__file__, **service.settings())
"""
"""Two files that are alike in name, length, ends and middle, and nowhere else."""


def test_large_files_that_look_alike_are_not_mixed_up(tmp_path):
    script = tmp_path / "twins.py"
    script.write_text(TWINS, "utf-8")
    with running_app(script, {"PYTHONPATH": str(ROOT)}) as server, Visitor(server).tab() as tab:
        tab.run()
        first, second = tab.download("A").content, tab.download("B").content

    assert first.count(b"A") == second.count(b"B") == 2**17
