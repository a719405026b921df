"""Without sign-in the dashboard is for this machine alone, unless it is a copy to be read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from data_access import mode
from tests.conftest import SampleStores
from tests.running_server import ROOT, free_port, run_apart, running_server
from views.chrome import door
from views.chrome.shell import SafeShell

EVERY_NETWORK = "0.0.0.0"  # noqa: S104 - what must not happen
TWO_WAYS = ("DASHBOARD_READ_ONLY=1", "login")
PARTS = (".streamlit", "app.py", "server.py", "static", "pages", "views", "data_access", "indicators")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost"])
def test_this_machine_alone_is_served(address):
    assert door.refusal(address) is None


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        EVERY_NETWORK,
        "::",
        "[::]",
        "192.168.1.20",
        "fe80::1",
        "praktik.example.dk",
        "localhost.example.dk",
    ],
)
def test_every_other_address_is_refused_with_both_ways(address):
    said = door.refusal(address)

    assert all(way in said for way in TWO_WAYS)
    assert (address or "alle maskinens adresser") in said


@pytest.mark.parametrize(
    ("value", "is_served"), [("1", True), ("ja", False), ("false", False), ("0", False), ("", False)]
)
def test_a_copy_to_be_read_may_be_served_anywhere(monkeypatch, value, is_served):
    monkeypatch.setenv(mode.READ_ONLY, value)

    assert (door.refusal(EVERY_NETWORK) is None) is is_served


def started(script: str, *flags: str, folder: Path = ROOT, **settings: str) -> subprocess.CompletedProcess:
    """What becomes of a server that is started so."""
    port = ["--server.port", str(free_port()), "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(folder / script), *port, *flags]
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(server: subprocess.CompletedProcess) -> None:
    assert server.returncode != 0
    assert "Traceback" not in server.stdout + server.stderr
    assert "Dashboardet er ikke startet" in server.stderr
    assert all(way in server.stderr for way in TWO_WAYS)


@pytest.mark.slow
@pytest.mark.parametrize("script", ["server.py", "app.py"])
def test_a_flag_for_all_addresses_is_refused_before_anybody_is_answered(script):
    refused(started(script, "--server.address", EVERY_NETWORK))


@pytest.mark.slow
def test_an_environment_variable_for_all_addresses_is_refused():
    refused(started("app.py", STREAMLIT_SERVER_ADDRESS="::"))


@pytest.mark.slow
def test_a_configuration_that_names_no_address_is_refused(tmp_path):
    for part in PARTS:
        (tmp_path / part).symlink_to(ROOT / part)
    config = (ROOT / ".streamlit/config.toml").read_text("utf-8")
    (tmp_path / ".streamlit").unlink()
    (tmp_path / ".streamlit").mkdir()
    lines = [line for line in config.splitlines() if not line.startswith("address =")]
    (tmp_path / ".streamlit/config.toml").write_text("\n".join(lines), "utf-8")

    refused(started("server.py", folder=tmp_path))


def answer(scope_of_the_line: tuple[str, int] | None, host: bytes = b"localhost") -> tuple[int, str]:
    """What the shell answers on a line that ends there, over an app that greets everybody."""
    sent: list[dict] = []

    async def app(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"velkommen"})

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/media/tal.csv", "headers": [(b"host", host)]}
    run_apart(SafeShell(app)({**scope, "server": scope_of_the_line}, None, send))
    return sent[0]["status"], sent[1]["body"].decode()


def test_a_server_that_another_program_has_opened_to_the_network_answers_nobody_from_there():
    status, said = answer(("192.168.1.20", 8501))

    assert status == 403
    assert "DASHBOARD_READ_ONLY=1" in said
    assert answer(("127.0.0.1", 8501)) == (200, "velkommen")


def test_nothing_is_answered_under_a_name_that_somebody_else_has_pointed_here():
    status, said = answer(("127.0.0.1", 8501), b"evil.example.org")

    assert status == 403
    assert "STREAMLIT_SERVER_ALLOWED_HOSTS" in said


def test_a_copy_to_be_read_is_served_on_all_addresses_without_the_confidential_store(
    sample_stores: SampleStores, tmp_path
):
    settings = {
        "DATABASE_URL": sample_stores.dashboard_url,
        "CONFIDENTIAL_DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite",
        "STREAMLIT_SERVER_ADDRESS": EVERY_NETWORK,
        mode.READ_ONLY: "1",
    }
    with running_server(settings) as server:
        page = requests.get(server, headers={"Host": "localhost"}, timeout=5)

    assert page.status_code == 200
    assert '<html lang="da">' in page.text
