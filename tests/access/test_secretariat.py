"""The page Sekretariat and the reader's own corner, over the page's own channel."""

import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
import requests
from sqlmodel import select
from websockets.exceptions import ConnectionClosed

from data_access.dashboard.access_tables import GrantRecord, InvitationRecord
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord, PartyRecord
from indicators.rights import Role
from tests.conftest import SampleStores
from tests.raw_client import Tab, Visitor
from tests.running_server import free_port, running_server
from tests.signed_in import SignInServer, copied, settings_of, with_everybody
from views.foundation.visitor import SESSION_COOKIE

HOSTILE = "<img src=x onerror=alert(1)> **[her](http://evil.example)**"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt; **[her](http://evil.example)**"
NEWCOMER = "ny.medarbejder@kommune.example"
READING = "Tag et læselink tilbage"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server of these tests writes in its log."""
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="module")
def server(
    provider: str, sample_stores: SampleStores, tmp_path_factory: pytest.TempPathFactory, log: Path
) -> Iterator[SignInServer]:
    """A dashboard with somebody in every role and an organisation of a hostile name, whose log is kept."""
    store = copied(sample_stores, tmp_path_factory.mktemp("signed-in"))
    grants, link = with_everybody(store)
    port = free_port()
    settings = settings_of(provider, f"http://127.0.0.1:{port}", store)
    with log.open("w") as lines, running_server(settings, port=port, log=lines) as address:
        server = SignInServer(address, provider, store, link, grants, settings)
        with server.changing() as session:
            party = session.get(PartyRecord, grants[Role.PARTY_EDITOR].party)
            party.name = HOSTILE
            session.add(party)
        yield server


def desk(tab: Tab, part: str = "adgang") -> Tab:
    return tab.run("sekretariat", query=f"sekretariatdel={part}")


def html(tab: Tab) -> str:
    """All that the page shows as HTML."""
    return " ".join(delta.new_element.html.body for delta in tab.shown.values())


def codes(tab: Tab) -> list[str]:
    return [
        delta.new_element.code.code_text
        for delta in tab.shown.values()
        if delta.new_element.WhichOneof("type") == "code"
    ]


def newcomer(server: SignInServer, address: str) -> str:
    """The provider knows somebody more, by a name that says nothing."""
    subject = sha256(address.encode()).hexdigest()
    claims = {"email": address, "email_verified": True}
    requests.put(f"{server.provider}/users/{subject}", json=claims, timeout=10).raise_for_status()
    return subject


def end(tab: Tab, way: str, box: str, chosen: str, does: str) -> None:
    """Chosen in the box behind the way to it, and confirmed."""
    tab.set(way, True).set(box, chosen).set(f"Ja, {does}", True)
    tab.click(does[0].upper() + does[1:])


def role_of(tab: Tab, words: str) -> str:
    """The option that says so, in the box that is open."""
    options = [list(delta.new_element.selectbox.options) for delta in tab.shown.values()]
    [option] = [one for several in options for one in several if words in one and "Bruger" in one]
    return option


@pytest.mark.parametrize("role", [Role.READER, Role.PARTY_EDITOR, Role.STEERING_GROUP])
def test_whoever_gives_no_access_has_no_such_page(server: SignInServer, role: Role):
    with server.visitor(role).tab() as tab:
        desk(tab)

        assert "sekretariat" not in tab.pages
        assert not tab.says("Ny invitation")


def test_whoever_is_invited_on_the_page_has_the_role_after_signing_in(server: SignInServer):
    subject = newcomer(server, NEWCOMER)
    with server.visitor(Role.SECRETARIAT).tab() as tab:
        desk(tab).set("Ny invitation", True).set("Rolle", "Redaktør for en part")
        tab.set("Organisation", HOSTILE)
        tab.set("Mailadresse", NEWCOMER)
        tab.click("Inviter")

        assert tab.says("Invitationen er gemt")
        assert ESCAPED in html(tab)
        assert "<img" not in html(tab)
        assert NEWCOMER not in html(tab)
        assert "…@kommune.example" in html(tab)

    with server.visitor(subject).tab() as tab:
        tab.run("indsatser")
        assert tab.says("Opret indsats")
        tab.set("min konto", True)
        assert f"<li>Redaktør for en part · {partnership(server)} · {ESCAPED}</li>" in html(tab)


def partnership(server: SignInServer) -> str:
    with server.changing() as session:
        return session.get(PartnershipRecord, server.grants[Role.SECRETARIAT].partnership).name


def invitations_of(server: SignInServer) -> int:
    with server.changing() as session:
        return len(session.exec(select(InvitationRecord)).all())


def test_a_secretariat_is_offered_its_own_partnership_alone_and_another_s_is_not_taken(server: SignInServer):
    before = invitations_of(server)
    with server.changing() as session:
        own = server.grants[Role.SECRETARIAT].partnership
        other = session.exec(select(PartnershipRecord.name).where(PartnershipRecord.id != own)).first()
    with server.visitor(Role.SECRETARIAT).tab() as tab:
        desk(tab).set("Ny invitation", True)
        assert list(tab.find("Rolle").new_element.selectbox.options) == [
            "Læser",
            "Redaktør for en part",
            "Styregruppe",
            "Sekretariat",
        ]
        tab.set("Rolle", "Læser")
        assert list(tab.find("Partnerskab").new_element.selectbox.options) == [partnership(server)]
        tab.set("Partnerskab", other).set("Mailadresse", NEWCOMER)
        tab.click("Inviter")
        tab.set("Ny invitation", True).set("Rolle", "Administrator")
        assert "Mailadresse" not in tab.names()
    with server.changing() as session:
        made = session.exec(select(InvitationRecord).order_by(InvitationRecord.id)).all()[before:]
        assert all(one.partnership_id == own and one.role == Role.READER for one in made)


def test_an_administrator_gives_roles_anywhere_and_has_nothing_to_do_with_reading_links(server: SignInServer):
    with server.visitor(Role.ADMINISTRATOR).tab() as tab:
        desk(tab).set("Ny invitation", True).set("Rolle", "Sekretariat")

        assert tab.find("Partnerskab").new_element.selectbox.options[0] == "Alle partnerskaber"
        assert len(tab.find("Partnerskab").new_element.selectbox.options) > 2
        desk(tab, "laeselinks")
        assert not tab.says("Lav læselink")


def test_an_ended_role_is_refused_at_the_next_click(server: SignInServer):
    with server.visitor(Role.STEERING_GROUP).tab() as reader, server.visitor(Role.SECRETARIAT).tab() as tab:
        reader.run("moede")
        desk(tab).set("Afslut en rolle", True)
        end(tab, "Afslut en rolle", "Rolle", role_of(tab, "Styregruppe"), "afslut rollen")
        assert tab.says("Rollen er afsluttet")

        reader.run("moede")
        assert reader.says("Du har ikke adgang endnu")
    with server.changing() as session:
        ended = session.exec(select(GrantRecord).where(GrantRecord.role == Role.STEERING_GROUP.value)).one()
        assert ended.ended_at is not None


def test_signing_somebody_out_everywhere_is_felt_at_their_next_click(server: SignInServer):
    with server.visitor(Role.READER).tab() as reader, server.visitor(Role.SECRETARIAT).tab() as tab:
        reader.run("")
        desk(tab).set("Afslut en rolle", True)
        account = role_of(tab, "· Læser ·").partition(" · ")[0]
        end(tab, "Log en bruger ud overalt", "Bruger", account, "log ud overalt")

        reader.run("resultater")
        assert reader.says("Du er ikke logget ind")


def test_a_role_is_not_ended_without_the_confirmation(server: SignInServer):
    with server.visitor(Role.SECRETARIAT).tab() as tab:
        desk(tab).set("Afslut en rolle", True)
        tab.set("Rolle", role_of(tab, "Sekretariat"))
        tab.click("Afslut rollen")

        assert not tab.says("Rollen er afsluttet")


def test_an_invitation_is_taken_back_on_the_page_and_never_claimed(server: SignInServer):
    regretted = "fortrudt@kommune.example"
    subject = newcomer(server, regretted)
    with server.visitor(Role.ADMINISTRATOR).tab() as tab:
        desk(tab).set("Ny invitation", True).set("Rolle", "Administrator")
        tab.set("Mailadresse", regretted)
        tab.click("Inviter")
        end(
            tab,
            "Tag en invitation tilbage",
            "Invitation",
            "…@kommune.example · Administrator",
            "tag invitationen tilbage",
        )
        assert tab.says("Invitationen er taget tilbage")

    assert server.sign_in(server.visitor(), subject).status_code == 403


def test_the_address_of_a_reading_link_is_shown_once_and_works_until_it_is_taken_back(server: SignInServer):
    with server.visitor(Role.SECRETARIAT).tab() as tab:
        desk(tab, "laeselinks").set("Nyt læselink", True).set("Hvem linket er til", HOSTILE)
        tab.click("Lav læselink")
        [address] = codes(tab)
        assert re.fullmatch(rf"{re.escape(server.address)}/laes/[\w-]{{43}}", address)
        assert ESCAPED in html(tab)
        assert "<img" not in html(tab)
        tab.run()
        assert codes(tab) == []
        assert not tab.says(address.rpartition("/")[2])

        reader = server.visitor()
        assert reader.http.get(address, timeout=30).url == f"{server.address}/"
        with reader.tab() as page:
            page.run("resultater")
            assert '<a href="/log-ind">Log ind</a>' in html(page)
            assert "min konto" not in " ".join(page.names())
            tab.set(READING, True)
            options = tab.find("Læselink").new_element.selectbox.options
            end(
                tab, READING, "Læselink", next(one for one in options if HOSTILE in one), "tag linket tilbage"
            )
            page.run("resultater")
            assert page.says("Du er ikke logget ind")
    assert reader.get("/").status_code == 401


def test_signing_out_ends_the_session_and_takes_the_cookie_back(server: SignInServer):
    visitor = server.visitor(Role.SECRETARIAT)
    copy = server.visitor()
    copy.http.cookies.set(SESSION_COOKIE, visitor.http.cookies[SESSION_COOKIE])
    with visitor.tab() as tab:
        tab.run("").set("min konto", True)
        assert '<form class="log-ud" method="post" action="/log-ud"><button>Log ud</button></form>' in html(
            tab
        )

    answer = signed_out(visitor)

    assert answer.status_code == 200
    assert "Du er logget ud" in unescape(answer.text)
    assert SESSION_COOKIE not in visitor.http.cookies
    assert copy.get("/").status_code == 401
    with copy.tab() as tab, pytest.raises(ConnectionClosed):
        tab.run("")


def signed_out(visitor: Visitor, origin: str = "") -> requests.Response:
    """What the button does in a browser."""
    headers = {"Origin": origin or visitor.server}
    return visitor.http.post(f"{visitor.server}/log-ud", headers=headers, timeout=30)


def test_another_site_cannot_sign_anybody_out_and_an_address_neither(server: SignInServer):
    visitor = server.visitor(Role.SECRETARIAT)

    assert signed_out(visitor, "https://evil.example").status_code == 403
    assert visitor.get("/log-ud").url == f"{server.address}/"
    assert visitor.get("/").status_code == 200


def test_no_address_is_stored_or_logged_whatever_becomes_of_it(server: SignInServer, log: Path):
    refused = "hemmelig.person@kommune.example"
    with server.visitor(Role.ADMINISTRATOR).tab() as tab:
        desk(tab).set("Ny invitation", True).set("Rolle", "Læser")
        tab.set("Partnerskab", "Alle partnerskaber")
        tab.set("Mailadresse", f"{refused}, {NEWCOMER}")
        tab.click("Inviter")
        assert tab.says("Skriv en mailadresse")
        tab.set("Mailadresse", refused)
        tab.click("Inviter")
        assert tab.says("Invitationen er gemt")

    file = Path(server.store.removeprefix("sqlite:///"))
    kept = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    for secret in ("hemmelig.person", NEWCOMER.partition("@")[0]):
        assert secret.encode() not in kept
        assert secret not in log.read_text(encoding="utf-8")
