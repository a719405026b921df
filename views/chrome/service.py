"""The server around the pages: what it answers itself, what it says when it starts, and when it may not."""

import asyncio
import logging
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from data_access.dashboard import store
from views.chrome import defects, door, entrance, limits, session_files
from views.chrome.gate import Gate
from views.chrome.limits import Limits
from views.chrome.session_files import SessionFiles
from views.chrome.shell import CompressedAssets, DanishPage, SafeShell
from views.documents.everything import jobs


def is_alive(_request: Request) -> PlainTextResponse:
    """Say that the process answers; nothing more is looked at."""
    return PlainTextResponse("ok")


def is_ready(_request: Request) -> PlainTextResponse:
    """Say whether readers can be served: the dashboard store answers and is of this version."""
    return PlainTextResponse("klar") if store.ready() else PlainTextResponse("ikke klar", status_code=503)


@asynccontextmanager
async def announced(_app: st.App) -> AsyncIterator[None]:
    """Say where the dashboard is and, where there is a screen, open it; Streamlit leaves that to us here.

    What a server that was killed has left behind is removed first.
    """
    jobs.tidy()
    host = st.get_option("server.address")
    address = f"http://{f'[{host}]' if ':' in host else host}:{st.get_option('server.port')}"
    print(f"Dashboardet er klar på {address}", flush=True)
    if not st.get_option("server.headless"):
        asyncio.get_running_loop().call_later(1, webbrowser.open, address)
    yield


def prepare() -> None:
    """Before anything is served; ends the process where the address may not be served."""
    if refusal := door.refusal(st.get_option("server.address"), st.get_option("server.allowedHosts")):
        sys.exit(refusal)
    defects.keep_messages_out_of_the_log()
    # Addresses hold what the provider answers and the tokens of reading links.
    logging.getLogger("uvicorn.access").disabled = True
    limits.allow_descriptors()
    session_files.bind()
    # A folder named pages/ makes Streamlit run a page alone, without app.py and its filters,
    # when the first visitor of a new server comes by a link to that page. app.py decides the pages here.
    PagesManager.uses_pages_directory = False


LAYERS = (SafeShell, Gate, Limits, SessionFiles, DanishPage, CompressedAssets)
"""What a request comes through before Streamlit, the outermost first."""


def settings() -> dict[str, object]:
    """What makes a `st.App` the dashboard's; asked for when it has been found that it may be started."""
    return {
        "lifespan": announced,
        "middleware": [Middleware(layer) for layer in LAYERS],
        "on_script_error": defects.tell_the_reader,
        "routes": [Route("/healthz", is_alive), Route("/readyz", is_ready), *entrance.routes()],
    }
