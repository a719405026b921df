"""The shell around Streamlit, asked over HTTP by a caller that is no browser."""

import gzip
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import streamlit
from streamlit.testing.v1 import AppTest

from tests.conftest import SampleStores
from tests.running_server import ROOT, running_server

STREAMLIT = Path(streamlit.__file__).parent
DICTIONARY = json.loads((ROOT / "views/chrome/da.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def server(sample_stores: SampleStores) -> Iterator[str]:
    """The address of a dashboard with the sample data."""
    with running_server({"DATABASE_URL": sample_stores.dashboard_url}) as address:
        yield address


@pytest.mark.parametrize("path", ["/", "/fordeling", "/findes-ikke"])
def test_every_page_is_danish_from_its_first_byte(server, path):
    page = requests.get(server + path, timeout=5)
    assert '<html lang="da">' in page.text
    assert "JavaScript er slået til" in page.text
    assert "Streamlit</title>" not in page.text


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/manifest.json", "/_stcore/metrics", "/_stcore/health"])
def test_every_answer_carries_the_safe_headers(server, path):
    headers = requests.get(server + path, timeout=5).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
