"""The real program on a free port: `streamlit run server.py`, as `make run` starts it."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import requests
from requests.adapters import HTTPAdapter, Retry

Result = TypeVar("Result")
ROOT = Path(__file__).parent.parent
ANNOUNCEMENT = "Dashboardet er klar på "
OPTIONS = ["--server.headless", "true", "--logger.hideWelcomeMessage", "true"]


@contextmanager
def running_server(
    settings: Mapping[str, str], folder: Path = ROOT, port: int = 0, log: IO[str] | None = None
) -> Iterator[str]:
    """The address of a server that runs with these environment variables, from this folder."""
    with _running(folder / "server.py", port, settings, folder, log) as program:
        address = _announced(program)
        wait_for(f"{address}/healthz")
        yield address


@contextmanager
def running_app(script: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """The address of another app, run with the dashboard's own settings and these environment variables."""
    port = free_port()
    with _running(script, port, settings, ROOT):
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/_stcore/health")
        yield address


def run_apart(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What it gives, run in a thread of its own: a browser of the tests leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, coroutine).result()


def free_port() -> int:
    """One that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return free.getsockname()[1]


@contextmanager
def _running(
    script: Path, port: int, settings: Mapping[str, str], folder: Path, log: IO[str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *OPTIONS],
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.terminate()
            program.communicate()  # its last words must be heard, or it does not stop


def _announced(program: subprocess.Popen[str]) -> str:
    for line in program.stdout:
        if line.startswith(ANNOUNCEMENT):
            return line.removeprefix(ANNOUNCEMENT).strip()
    raise RuntimeError("The server stopped before it was ready.")


def wait_for(address: str) -> None:
    """Until a server that has just been started takes callers there."""
    with requests.Session() as session:
        session.mount(address, HTTPAdapter(max_retries=Retry(connect=20, backoff_factor=0.05)))
        session.get(address, timeout=10).raise_for_status()
