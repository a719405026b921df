"""The way in and out, over HTTP and over the page's own channel."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlmodel import select
from websockets.exceptions import ConnectionClosed

from data_access import mode
from data_access.access import sessions
from data_access.dashboard.access_tables import GrantRecord, InvitationRecord, ReadingLinkRecord, SignInRecord
from data_access.dashboard.admission import IDLE, LONGEST, token_hash
from indicators.rights import Role
from tests.raw_client import Tab, Visitor
from tests.running_server import free_port, running_server
from tests.signed_in import PEOPLE, STRANGER, SignInServer, copied, settings_of, with_everybody
from views.foundation.visitor import LINK_COOKIE, SESSION_COOKIE

pytestmark = pytest.mark.slow

SECRETARIAT = PEOPLE[Role.SECRETARIAT]


def test_whoever_is_not_signed_in_is_shown_the_way_in_and_nothing_else(server: SignInServer):
    answer = server.visitor().get("/resultater?spoergeskema=student")

    assert answer.status_code == 401
    assert "Log ind" in answer.text
    assert "<script" not in answer.text
    assert "/log-ind?tilbage=%2Fresultater%3Fspoergeskema%3Dstudent" in answer.text


def test_whoever_signs_in_comes_to_the_address_that_they_wanted(server: SignInServer):
    visitor = server.visitor()

    answer = server.sign_in(visitor, SECRETARIAT, "/resultater?aar=2025")

    assert answer.url == f"{server.address}/resultater?aar=2025"
    with visitor.tab() as tab:
        tab.run("resultater")
        assert "indsatser" in tab.pages


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\nb"])
def test_nobody_is_sent_on_to_another_site(server: SignInServer, elsewhere: str):
    answer = server.sign_in(server.visitor(), SECRETARIAT, elsewhere)

    assert answer.url == f"{server.address}/"


def test_the_browser_keeps_a_token_that_scripts_cannot_read_and_nothing_from_the_provider(
    server: SignInServer,
):
    visitor = server.visitor(Role.SECRETARIAT)

    kept = {cookie.name: cookie for cookie in visitor.http.cookies if cookie.domain == "127.0.0.1"}
    session = kept[SESSION_COOKIE]
    assert session.has_nonstandard_attr("HttpOnly")
    assert session.get_nonstandard_attr("SameSite").lower() == "lax"
    assert not [name for name in kept if name.startswith("_streamlit_user")]
    with server.changing() as store:
        assert store.get(SignInRecord, session.value) is None
        assert store.get(SignInRecord, token_hash(session.value)) is not None


def test_somebody_whom_nobody_has_invited_sees_a_polite_page_and_no_figures(server: SignInServer):
    visitor = server.visitor()

    answer = server.sign_in(visitor, STRANGER)

    assert answer.status_code == 403
    assert "Du har ikke adgang endnu" in answer.text
    assert is_turned_away(visitor)


def test_an_answer_from_the_provider_counts_once_and_for_the_browser_that_asked(server: SignInServer):
    visitor, other = server.visitor(), server.visitor()
    there = visitor.get("/log-ind")
    back = visitor.http.post(there.url, data={"sub": SECRETARIAT}, allow_redirects=False, timeout=30).headers[
        "Location"
    ]

    assert other.http.get(back, timeout=30).status_code == 403
    assert visitor.http.get(back, timeout=30).status_code == 200
    visitor.http.cookies.clear()
    assert visitor.http.get(back, timeout=30).status_code == 403


def test_the_provider_is_asked_with_a_proof_that_only_this_browser_has(server: SignInServer):
    asked = parse_qs(urlsplit(server.visitor().get("/log-ind").url).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)


def test_somebody_that_another_issuer_vouches_for_is_not_signed_in(provider, sample_stores, tmp_path):
    store = copied(sample_stores, tmp_path)
    with_everybody(store)
    port = free_port()
    settings = settings_of("https://login.example.org", f"http://127.0.0.1:{port}", store)
    settings[mode.METADATA] = f"{provider}/.well-known/openid-configuration"
    with running_server(settings, port=port) as address:
        server = SignInServer(address, provider, store, "", {})
        answer = server.sign_in(server.visitor(), SECRETARIAT)

    assert answer.status_code == 403
    assert "Login lykkedes ikke" in answer.text


def test_an_address_that_the_provider_has_not_verified_claims_nothing(server: SignInServer):
    subject = "uverificeret@kommune.example"
    claims = {"email": PEOPLE[Role.ADMINISTRATOR], "email_verified": False}
    requests.put(f"{server.provider}/users/{subject}", json=claims, timeout=10).raise_for_status()

    assert server.sign_in(server.visitor(), subject).status_code == 403


def test_an_invitation_is_claimed_once(server: SignInServer):
    server.visitor(Role.READER)
    with server.changing() as store:
        claimed = store.exec(select(InvitationRecord).where(InvitationRecord.role == Role.READER.value)).one()
        assert claimed.claimed_by is not None
    second = "leser-igen@kommune.example"
    claims = {"email": PEOPLE[Role.READER], "email_verified": True}
    requests.put(f"{server.provider}/users/{second}", json=claims, timeout=10).raise_for_status()

    assert server.sign_in(server.visitor(), second).status_code == 403


def is_turned_away(visitor: Visitor) -> bool:
    """Whether neither a page nor the channel behind it is for this browser."""
    if visitor.get("/").status_code == 200:
        return False
    with visitor.tab() as tab, pytest.raises(ConnectionClosed) as closed:
        tab.run("")
    return closed.value.rcvd.code == 1008 and not tab.received


def session_of(visitor: Visitor) -> str:
    return visitor.http.cookies.get(SESSION_COOKIE)


def test_a_reading_link_shows_results_and_nothing_of_the_partnerships(server: SignInServer):
    visitor = server.visitor()

    answer = visitor.get(server.link)

    assert answer.url == f"{server.address}/"
    with visitor.tab() as tab:
        tab.run("")
        assert {"", "resultater", "min-enhed", "datagrundlag"} <= set(tab.pages)
        assert not {"indsatser", "moede", "sekretariat"} & set(tab.pages)
        tab.run("resultater")
        assert not tab.says("Indsatser om")


def test_a_reading_link_that_is_over_or_taken_back_lets_nobody_in(server: SignInServer):
    visitor = server.visitor()
    visitor.get(server.link)
    token_of_link = visitor.http.cookies.get(LINK_COOKIE)
    with server.changing() as store:
        link = store.exec(
            select(ReadingLinkRecord).where(ReadingLinkRecord.token_hash == token_hash(token_of_link))
        ).one()
        was, link.ends_on = link.ends_on, datetime.now(UTC).date() - timedelta(days=2)
        store.add(link)
    try:
        assert is_turned_away(visitor)
        assert "Linket gælder ikke længere" in server.visitor().get(server.link).text
    finally:
        with server.changing() as store:
            link = store.get(ReadingLinkRecord, link.id)
            link.ends_on = was
            store.add(link)
    assert not is_turned_away(visitor)


@pytest.mark.parametrize(
    ("column", "age"), [("seen_at", IDLE), ("began_at", LONGEST)], ids=["idle for long", "begun long ago"]
)
def test_a_session_is_over_when_nobody_has_worked_in_it_and_when_it_is_old(
    server: SignInServer, column: str, age: timedelta
):
    visitor = server.visitor(Role.SECRETARIAT)
    assert not is_turned_away(visitor)
    with server.changing() as store:
        record = store.get(SignInRecord, token_hash(session_of(visitor)))
        setattr(record, column, datetime.now(UTC) - age - timedelta(seconds=1))
        store.add(record)

    assert is_turned_away(visitor)


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(server: SignInServer):
    visitor = server.visitor(Role.SECRETARIAT)
    copy = server.visitor()
    copy.http.cookies.set(SESSION_COOKIE, session_of(visitor))
    assert not is_turned_away(copy)

    end(server, visitor)

    assert is_turned_away(copy)


def end(server: SignInServer, visitor: Visitor) -> None:
    """What «Log ud», and whoever ends a session from outside, does."""
    with server.changing() as store:
        sessions.end(store, session_of(visitor))


def test_an_open_page_says_nothing_more_when_its_session_has_been_ended(server: SignInServer):
    visitor = server.visitor(Role.SECRETARIAT)
    with visitor.tab() as tab:
        tab.run("indsatser")
        assert tab.says("Indsats")

        end(server, visitor)
        tab.run("moede")

        assert tab.says("Du er ikke logget ind")
        assert not tab.says("Referat")


def test_an_open_page_is_cut_off_soon_after_its_session_has_been_ended(server: SignInServer):
    visitor = server.visitor(Role.READER)
    with visitor.tab() as tab:
        tab.run("")
        end(server, visitor)

        assert closing_code(tab) == 1008


def closing_code(tab: Tab) -> int:
    """What the connection is closed with, after whatever was still on its way."""
    try:
        while True:
            tab.message(timeout=60)
    except ConnectionClosed as closed:
        return closed.rcvd.code


def test_an_ended_role_is_over_at_the_next_click_of_an_open_page(server: SignInServer):
    visitor = server.visitor(Role.STEERING_GROUP)
    with visitor.tab() as tab:
        tab.run("moede")
        with server.changing() as store:
            role = store.exec(select(GrantRecord).where(GrantRecord.role == Role.STEERING_GROUP.value)).one()
            role.ended_at = datetime.now(UTC)
            store.add(role)
        try:
            tab.run("moede")
            assert tab.says("Du har ikke adgang endnu")
        finally:
            with server.changing() as store:
                role = store.get(GrantRecord, role.id)
                role.ended_at = None
                store.add(role)
