"""The real program on a free port: `streamlit run server.py`, as `make run` starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter, Retry

ROOT = Path(__file__).parent.parent
ANNOUNCEMENT = "Dashboardet er klar på "
OPTIONS = ["--server.port", "0", "--server.headless", "true", "--logger.hideWelcomeMessage", "true"]


@contextmanager
def running_server(settings: Mapping[str, str], folder: Path = ROOT) -> Iterator[str]:
    """The address of a server that runs with these environment variables, from this folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(folder / "server.py"), *OPTIONS],
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            address = _announced(program)
            _wait_for(address)
            yield address
        finally:
            program.terminate()


def _announced(program: subprocess.Popen[str]) -> str:
    for line in program.stdout:
        if line.startswith(ANNOUNCEMENT):
            return line.removeprefix(ANNOUNCEMENT).strip()
    raise RuntimeError("The server stopped before it was ready.")


def _wait_for(address: str) -> None:
    """The address is announced a moment before the server takes callers."""
    with requests.Session() as session:
        session.mount(address, HTTPAdapter(max_retries=Retry(connect=20, backoff_factor=0.05)))
        session.get(f"{address}/healthz", timeout=10).raise_for_status()
