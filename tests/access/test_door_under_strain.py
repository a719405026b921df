"""The door when the store is busy or gone, and when callers say more of themselves than is true."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlmodel import select
from websockets.exceptions import ConnectionClosed

from data_access import mode
from data_access.access import sessions
from data_access.access.sessions import Identity
from data_access.dashboard import store
from data_access.dashboard.access_tables import GrantRecord
from data_access.dashboard.admission import Credential
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import PARTNERSHIP
from data_access.partnerships.records.records import open_record
from data_access.problems import AccessProblem
from indicators.rights import LONGEST_SIGNATURE, OPERATOR, Grant, Role, signature
from tests.raw_client import Visitor
from tests.running_server import free_port, running_server
from tests.signed_in import PEOPLE, STRANGER, SignInServer, copied, settings_of, with_everybody
from views.chrome import door, gate
from views.foundation import visitor
from views.foundation.visitor import LINK_COOKIE, SESSION_COOKIE

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def strained(provider, sample_stores, tmp_path_factory) -> Iterator[SignInServer]:
    """A dashboard whose store is moved about."""
    store = copied(sample_stores, tmp_path_factory.mktemp("strained"))
    grants, link = with_everybody(store)
    port = free_port()
    settings = settings_of(provider, f"http://127.0.0.1:{port}", store)
    with running_server(settings, port=port) as address:
        yield SignInServer(address, provider, store, link, grants, settings)


def file_of(server: SignInServer) -> Path:
    return Path(server.store.removeprefix("sqlite:///"))


@contextmanager
def moved_away(file: Path) -> Iterator[None]:
    aside = file.with_suffix(".aside")
    shutil.move(file, aside)
    yield
    shutil.move(aside, file)


def sign_out(browser: Visitor) -> int:
    headers = {"Origin": browser.server}
    return browser.http.post(f"{browser.server}/log-ud", headers=headers, timeout=30).status_code


@slow
def test_whoever_has_no_session_signs_out_without_waiting_for_those_who_write(strained: SignInServer):
    with closing(sqlite3.connect(file_of(strained), isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        stranger = strained.visitor()
        stranger.http.cookies.set(SESSION_COOKIE, "made up")

        assert sign_out(strained.visitor()) == 200
        assert sign_out(stranger) == 200


@slow
def test_a_store_that_is_gone_lets_nobody_in_and_none_is_made_in_its_place(strained: SignInServer):
    signed_in = strained.visitor(Role.READER)
    with moved_away(file_of(strained)):
        assert strained.visitor().get("/").status_code == 401
        answer = signed_in.get("/")
        assert answer.status_code == 503
        assert "<script" not in answer.text
        sign_out(signed_in)
        assert not file_of(strained).exists()
        with signed_in.tab() as tab, pytest.raises(ConnectionClosed):
            tab.run("")


@slow
def test_going_to_the_provider_leaves_one_cookie_that_lasts_minutes(strained: SignInServer):
    answer = strained.visitor().http.get(f"{strained.address}/log-ind", allow_redirects=False, timeout=30)

    cookies = answer.raw.headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies if "session" in cookie] == []
    [kept] = [cookie for cookie in cookies if cookie.startswith("praktik-login=")]
    assert "Max-Age=600" in kept


@slow
def test_somebody_without_a_role_reads_by_a_link_and_is_shown_the_way_out(strained: SignInServer):
    stranger = strained.visitor()
    answer = strained.sign_in(stranger, STRANGER)
    assert answer.status_code == 403
    assert "Log ud" in answer.text

    assert stranger.get(strained.link).status_code == 200


@slow
@pytest.mark.parametrize("origin", ["http://[x", "null", "https://evil.example"])
def test_an_origin_that_is_none_is_a_foreign_one(strained: SignInServer, origin: str):
    answer = strained.visitor().http.post(
        f"{strained.address}/log-ud", headers={"Origin": origin}, timeout=30
    )

    assert answer.status_code == 403


@pytest.fixture
def at_the_gate(monkeypatch, store_of_own) -> tuple[str, str]:
    """Where people sign in: a link's token, and one of somebody who has."""
    for name, value in settings_of("https://login.example.dk", "https://p.example.dk", store_of_own).items():
        monkeypatch.setenv(name, value)
    _, link = with_everybody(store_of_own)
    with store.writing(OPERATOR) as session:
        token = sessions.sign_in(session, Identity("https://login.example.dk", "1", PEOPLE[Role.READER]))
    return link.rpartition("/")[2], token


@slow
def test_an_account_is_one_visitor_and_readers_of_a_link_are_told_apart_by_where_they_come_from(at_the_gate):
    link, token = at_the_gate

    assert gate.admitted(Credential(session=token))
    assert gate.admitted(Credential(link=link)) == ""
    assert gate.admitted(Credential(session="made up", link=link)) == ""


@slow
def test_a_partnership_that_is_deleted_gives_no_role(at_the_gate):
    _, token = at_the_gate
    with store.writing(OPERATOR) as session:
        partnership = session.exec(select(GrantRecord.partnership_id)).first()
        editing.delete(session, "Sekretariatet", open_record(session, PARTNERSHIP, partnership))

    with pytest.raises(AccessProblem, match="ikke adgang endnu"), store.reading(Credential(session=token)):
        pass


@pytest.mark.parametrize(
    ("address", "counts"), [("https://p.example.dk", False), ("http://localhost:1", True)]
)
def test_over_https_a_cookie_that_another_host_could_set_does_not_count(monkeypatch, address, counts):
    monkeypatch.setenv(mode.ADDRESS, address)
    cookies = {SESSION_COOKIE: "bare", LINK_COOKIE: "bare"}

    assert (visitor.of_cookies(cookies).session == "bare") is counts
    own = {visitor.SECURE + SESSION_COOKIE: "own"}
    assert (visitor.of_cookies(own).session == "own") is not counts


def test_the_longest_name_of_an_organisation_fits_in_a_signature():
    signed = signature([Grant(Role.SECRETARIAT, 1, 2)], {2: "Region " * 28})

    assert signed.startswith("Sekretariatet, Region")
    assert len(signed) <= LONGEST_SIGNATURE


@pytest.mark.parametrize(
    "header",
    [b"x-forwarded-port", b"x-forwarded-for", b"cf-connecting-ip", b"true-client-ip", b"via", b"forwarded"],
)
def test_what_a_proxy_says_is_known_as_that(header):
    assert door.PROXY_HEADER.fullmatch(header)
    assert not door.PROXY_HEADER.fullmatch(b"accept")
