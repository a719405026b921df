"""A dashboard that people sign in to: the sample, a provider on this machine, and somebody in every role."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from sqlmodel import Session, select

from data_access import mode
from data_access.access import invitations, reading_links
from data_access.access.invitations import Invitation
from data_access.dashboard.access_tables import ReadingLinkForm
from data_access.dashboard.partnership_tables.agreements import AgreementRecord
from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord
from data_access.dashboard.partnership_tables.meetings import MeetingRecord
from indicators.partnership.meeting import MeetingStatus
from indicators.rights import Grant, Role
from tests.conftest import SampleStores, writing
from tests.raw_client import Visitor
from tests.running_server import free_port, running_server, wait_for
from views.foundation.visitor import SESSION_COOKIE

SECRET = "a-secret-of-this-test-run-0123456789"  # noqa: S105 - signs cookies of a server that lives for seconds
PEOPLE = {
    Role.READER: "leser@kommune.example",
    Role.PARTY_EDITOR: "redaktoer@kommune.example",
    Role.STEERING_GROUP: "styregruppe@kommune.example",
    Role.SECRETARIAT: "sekretariat@kommune.example",
    Role.ADMINISTRATOR: "administrator@kommune.example",
}
STRANGER = "fremmed@kommune.example"


@dataclass(frozen=True)
class SignInServer:
    """A running dashboard with its provider and its store."""

    address: str
    provider: str
    store: str
    link: str
    """The path of a reading link."""
    grants: Mapping[Role, Grant]
    settings: Mapping[str, str] = field(default_factory=dict)

    def visitor(self, who: Role | str | None = None) -> Visitor:
        """A browser in which somebody has signed in, or nobody."""
        visitor = Visitor(self.address)
        if who is not None:
            answer = self.sign_in(visitor, PEOPLE.get(who, who))
            assert answer.status_code == 200, answer.text
        return visitor

    def sign_in(self, visitor: Visitor, subject: str, back: str = "/") -> requests.Response:
        """Go to the provider, say who one is there, and come back."""
        there = visitor.get("/log-ind", params={"tilbage": back})
        return visitor.http.post(there.url, data={"sub": subject}, timeout=30)

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """The store, as the operator changes it meanwhile."""
        with writing(self.store) as session:
            yield session


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """The address of a provider of sign-in that knows everybody here by a verified address."""
    port = free_port()
    # In a process of its own, where its many warnings are nobody's.
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield known_to(f"http://localhost:{port}")
        process.terminate()


def known_to(provider: str) -> str:
    """Tells a provider that is starting who everybody is; gives its address."""
    wait_for(f"{provider}/.well-known/openid-configuration")
    for subject in (*PEOPLE.values(), STRANGER):
        claims = {"email": subject, "email_verified": True}
        requests.put(f"{provider}/users/{subject}", json=claims, timeout=10).raise_for_status()
    return provider


def settings_of(provider: str, address: str, store: str, **more: str) -> dict[str, str]:
    """The environment variables of a dashboard that people sign in to at that address."""
    return {
        mode.MODE: "oidc",
        mode.ADDRESS: address,
        mode.ISSUER: provider,
        mode.CLIENT_ID: "praktik",
        mode.CLIENT_SECRET: "another-secret",
        mode.COOKIE_SECRET: SECRET,
        "DATABASE_URL": store,
        **more,
    }


@pytest.fixture
def store_of_own(sample_stores: SampleStores, tmp_path: Path) -> str:
    """A copy of the sample that a test may write in."""
    return copied(sample_stores, tmp_path)


def copied(sample_stores: SampleStores, folder: Path) -> str:
    """The address of a copy of the sample in that folder."""
    file = folder / "dashboard.sqlite"
    shutil.copy(sample_stores.dashboard_url.removeprefix("sqlite:///"), file)
    return f"sqlite:///{file}"


@contextmanager
def with_all_rights(provider: str, store: str) -> Iterator[tuple[str, str]]:
    """A dashboard where a secretariat of all partnerships has signed in: its address, and their token."""
    with writing(store) as session:
        for role in (Role.SECRETARIAT, Role.ADMINISTRATOR):
            invitations.invite(session, Invitation(PEOPLE[Role.SECRETARIAT], Grant(role)))
    port = free_port()
    settings = settings_of(provider, f"http://127.0.0.1:{port}", store)
    with running_server(settings, port=port) as address:
        visitor = SignInServer(address, provider, store, "", {}).visitor(Role.SECRETARIAT)
        yield address, visitor.http.cookies.get(SESSION_COOKIE)


def with_everybody(store: str) -> tuple[dict[Role, Grant], str]:
    """Invites somebody to every role in the first partnership, and lends a link: who may what, and its path."""
    with writing(store) as session:
        first, responsible = session.exec(
            select(InitiativeRecord.partnership_id, InitiativeRecord.responsible_id)
            .join(MeetingRecord, MeetingRecord.partnership_id == InitiativeRecord.partnership_id)
            .join(AgreementRecord, AgreementRecord.partnership_id == InitiativeRecord.partnership_id)
            .where(InitiativeRecord.responsible_id.is_not(None), MeetingRecord.status != MeetingStatus.CLOSED)
            .order_by(InitiativeRecord.id)
        ).first()
        grants = {
            role: Grant(
                role,
                None if role is Role.ADMINISTRATOR else first,
                responsible if role is Role.PARTY_EDITOR else None,
            )
            for role in PEOPLE
        }
        for role, address in PEOPLE.items():
            invitations.invite(session, Invitation(address, grants[role]))
        form = ReadingLinkForm.model_validate({"name": "Direktørerne", "ends_on": "2100-01-01"})
        link = f"/laes/{reading_links.lend(session, form)}"
    return grants, link


@pytest.fixture(scope="module")
def server(
    provider: str, sample_stores: SampleStores, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignInServer]:
    """A dashboard with somebody in every role; the tests of a file share it."""
    store = copied(sample_stores, tmp_path_factory.mktemp("signed-in"))
    grants, link = with_everybody(store)
    port = free_port()
    settings = settings_of(provider, f"http://127.0.0.1:{port}", store)
    with running_server(settings, port=port) as address:
        yield SignInServer(address, provider, store, link, grants, settings)
