"""Nothing of a partnership reaches somebody of another one, whatever their address or their widgets say."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from data_access.dashboard.access_tables import GrantRecord
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord
from data_access.partnerships.records import agendas, editing
from data_access.partnerships.records.kinds import AGREEMENT, DECISION, INITIATIVE, ITEM, MEETING, Kind
from data_access.partnerships.records.records import filled
from indicators.rights import Role
from tests.raw_client import Tab
from tests.signed_in import SignInServer

pytestmark = pytest.mark.slow

CANARY = "Kanariefugl"
ROLES = [Role.READER, Role.PARTY_EDITOR, Role.STEERING_GROUP, Role.SECRETARIAT]


@dataclass(frozen=True)
class Planted:
    """Records of another partnership, each of which says the word."""

    partnership: int
    initiative: int
    meeting: int
    agreement: int


@pytest.fixture(scope="module")
def planted(server: SignInServer) -> Planted:
    """In a partnership that nobody here has a role in."""
    own = server.grants[Role.SECRETARIAT].partnership
    with server.changing() as session:
        other = session.exec(select(PartnershipRecord.id).where(PartnershipRecord.id != own)).first()
        belongs = {"partnership_id": other}
        meeting = _made(session, MEETING, {**belongs, "title": f"{CANARY} møde", "held_on": "2027-01-15"})
        item = agendas.add_item(
            session, "Sekretariatet", filled(ITEM, {"meeting_id": meeting, "title": f"{CANARY} punkt"})
        ).id
        initiative = _made(session, INITIATIVE, {**belongs, "title": f"{CANARY} indsats"})
        decision = {"agenda_item_id": item, "decided_on": "2026-11-01", "text": f"{CANARY} beslutning"}
        _made(session, DECISION, {**belongs, **decision})
        agreement = _made(
            session, AGREEMENT, {**belongs, "title": f"{CANARY} aftale", "starts": "2026-01-01"}
        )
    return Planted(other, initiative, meeting, agreement)


def _made(session: Session, kind: Kind, values: dict) -> int:
    return editing.create(session, "Sekretariatet", kind, filled(kind, values)).id


def addresses(planted: Planted) -> Iterator[tuple[str, str]]:
    """Pages and query strings that name the planted records in every way that an address can."""
    yield from (("", ""), ("resultater", ""), ("min-enhed", ""), ("datagrundlag", ""))
    for part in ("kort", "ret", "aendringer"):
        yield "indsatser", f"del=indsatser&indsats={planted.initiative}&kort={part}"
    yield "indsatser", f"del=indsatser&indsats=ny&for={planted.partnership}"
    for tab in ("aftaler", "aarshjul"):
        for part in ("laes", "ret"):
            yield "indsatser", f"del={tab}&partnerskab={planted.partnership}&aftaledel={part}"
    for part in ("dagsorden", "skaerm", "referat"):
        yield "moede", f"moede={planted.meeting}&moededel={part}"


@pytest.mark.parametrize("role", ROLES, ids=[role.name.lower() for role in ROLES])
def test_no_address_shows_anything_of_it(server: SignInServer, planted: Planted, role: Role):
    visitor = server.visitor(role)
    for page, query in addresses(planted):
        with visitor.tab() as tab:
            tab.run(page, query=query)
            assert not tab.says(CANARY), (page, query)


def test_whoever_may_see_all_partnerships_sees_it(server: SignInServer, planted: Planted):
    """So that the word is where the others have looked."""
    visitor = server.visitor(Role.READER)
    with server.changing() as session:
        grant = session.exec(select(GrantRecord).where(GrantRecord.role == Role.READER.value)).one()
        was, grant.partnership_id = grant.partnership_id, None
        session.add(grant)
    try:
        shown = {page for page, query in addresses(planted) if _shows(visitor.tab, page, query)}
    finally:
        with server.changing() as session:
            grant = session.get(GrantRecord, grant.id)
            grant.partnership_id = was
            session.add(grant)

    assert shown == {"indsatser", "moede"}


def _shows(tabs, page: str, query: str) -> bool:
    tab: Tab
    with tabs() as tab:
        return tab.run(page, query=query).says(CANARY)
