"""The shell around Streamlit, asked over HTTP by callers that are no browser; and its dictionary."""

import json
import logging
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import streamlit
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.conftest import SampleStores
from tests.running_server import ROOT, running_server
from views.chrome import defects

PACKAGE = Path(streamlit.__file__).parent
DICTIONARY = json.loads((ROOT / "views/chrome/da.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def server(sample_stores: SampleStores) -> Iterator[str]:
    """The address of a dashboard with the sample data."""
    with running_server({"DATABASE_URL": sample_stores.dashboard_url}) as address:
        yield address


@pytest.mark.parametrize("path", ["/", "/resultater", "/findes-ikke"])
def test_every_page_is_danish_from_its_first_byte(server, path):
    page = requests.get(server + path, timeout=5)
    assert '<html lang="da">' in page.text
    assert "<title>Praktikdata</title>" in page.text
    assert "Siden kræver, at JavaScript er slået til." in page.text
    assert "Streamlit app" not in page.text


def test_a_browser_that_has_kept_the_english_page_is_sent_the_danish_one(server):
    kept = {"Accept": "text/html", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    page = requests.get(server, headers=kept, timeout=5)
    assert page.status_code == 200
    assert '<html lang="da">' in page.text


def test_a_reader_who_comes_by_an_unknown_name_is_told_what_is_missing(server):
    page = requests.get(server, headers={"Host": "praktik.example.dk"}, timeout=5)
    assert page.status_code == 403
    assert "STREAMLIT_SERVER_ALLOWED_HOSTS" in page.text


@pytest.mark.parametrize("path", ["/", "/healthz", "/favicon.png", "/_stcore/metrics", "/_stcore/health"])
def test_every_answer_carries_the_safe_headers(server, path):
    headers = requests.get(server + path, timeout=5).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_is_for_the_operator_is_not_shown_to_a_caller(server, path):
    assert requests.get(server + path, timeout=5).status_code == 404


def test_a_script_travels_compressed_and_arrives_whole(server):
    script = _first_script(server)
    answer = requests.get(f"{server}/{script}", timeout=5)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < len(answer.content) / 2
    assert answer.content == (PACKAGE / "static" / script).read_bytes()


def test_a_caller_that_takes_no_compression_gets_the_script_as_it_is(server):
    script = _first_script(server)
    answer = requests.get(f"{server}/{script}", headers={"Accept-Encoding": "identity"}, timeout=5)
    assert "Content-Encoding" not in answer.headers
    assert answer.content == (PACKAGE / "static" / script).read_bytes()


def _first_script(server: str) -> str:
    return re.search(r"static/js/index\.\S+?\.js", requests.get(server, timeout=5).text)[0]


def test_a_server_with_a_store_is_alive_and_ready(server):
    assert requests.get(f"{server}/healthz", timeout=5).status_code == 200
    assert requests.get(f"{server}/readyz", timeout=5).status_code == 200


@pytest.mark.slow
def test_a_server_without_a_store_is_alive_and_not_ready(tmp_path):
    with running_server({"DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite"}) as server:
        assert requests.get(f"{server}/healthz", timeout=5).status_code == 200
        assert requests.get(f"{server}/readyz", timeout=5).status_code == 503


def test_a_deployment_names_itself_with_an_environment_variable(sample_stores):
    settings = {
        "DATABASE_URL": sample_stores.dashboard_url,
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "praktik.example.dk localhost",
    }
    with running_server(settings) as server:
        page = requests.get(server, headers={"Host": "praktik.example.dk"}, timeout=5)
        _connect_as(server, "praktik.example.dk", "https://praktik.example.dk")
    assert '<html lang="da">' in page.text


def _connect_as(server: str, host: str, origin: str) -> None:
    """Open the channel that the figures travel by, under this name for the server and from this site."""
    address = urlsplit(server)
    line = socket.create_connection((address.hostname, address.port))
    with connect(f"ws://{host}/_stcore/stream", sock=line, origin=origin, subprotocols=["streamlit"]):
        pass


def test_the_dashboards_own_page_may_open_the_channel(server):
    host = urlsplit(server).netloc
    _connect_as(server, host, f"http://{host}")


def test_a_page_of_another_site_may_not_open_the_channel(server):
    with pytest.raises(InvalidStatus, match="403"):
        _connect_as(server, urlsplit(server).netloc, "https://example.org")


def test_a_foreign_name_that_points_at_this_machine_may_not_open_the_channel(server):
    with pytest.raises(InvalidStatus, match="403"):
        _connect_as(server, "example.org", "http://example.org")


def test_the_log_and_the_reader_get_the_same_id_of_a_defect(caplog, monkeypatch):
    def page():
        from views.chrome.defects import tell_the_reader

        tell_the_reader(RuntimeError("secret"))

    monkeypatch.setattr(logging.getLogger(defects.__name__), "propagate", True)
    told = AppTest.from_function(page).run().error[0].value
    number = re.search(r"fejl-id \*\*([0-9a-f]{6})\*\*", told)[1]
    assert "secret" not in told
    assert number in caplog.text
    assert "builtins.RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_every_english_string_of_the_dictionary_is_still_said_by_streamlit():
    unsaid = set(DICTIONARY["exact"])
    scripts = sorted(
        (PACKAGE / "static" / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size
    )
    for file in [PACKAGE / "runtime" / "backend_operation_handler.py", *scripts]:
        text = file.read_text("utf-8")
        unsaid = {english for english in unsaid if english not in text}
    assert unsaid == set()


def test_no_danish_string_is_itself_translated():
    danish = [*DICTIONARY["exact"].values(), *DICTIONARY["parts"].values()]
    again = [text for text in danish if DICTIONARY["exact"].get(text, text) != text]
    assert again == []


def test_every_pattern_puts_back_only_what_it_caught():
    for pattern, danish in DICTIONARY["patterns"].items():
        numbers = {int(number) for number in re.findall(r"\$(\d)", danish)}
        assert numbers <= set(range(1, re.compile(pattern).groups + 1)), pattern
