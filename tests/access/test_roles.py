"""Roles and reading links in the store, on both engines: who may give them, and when they are over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlmodel import Session, select

from data_access import mode
from data_access.access import invitations, reading_links, sessions
from data_access.access.invitations import Invitation
from data_access.access.sessions import Identity
from data_access.dashboard import admission
from data_access.dashboard.access_tables import (
    AccountRecord,
    InvitationRecord,
    ReadingLinkForm,
    ReadingLinkRecord,
    SignInRecord,
)
from data_access.dashboard.admission import Credential
from data_access.dashboard.scope import bind
from data_access.partnerships.lists import agreements
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import PARTNERSHIP, PARTY
from data_access.partnerships.records.records import checked, filled
from data_access.problems import AccessProblem, EditProblem, SettingsProblem, SignedOutProblem
from data_access.schema import DashboardTable
from indicators.danish import local_day
from indicators.rights import OPERATOR, Grant, Principal, Right, Role
from tests.conftest import writing

ADDRESS, ISSUER = "Maria.Hansen@kommune.example", "https://login.example"
HOSTILE = "<script>alert(1)</script> **[x](http://evil.example)**"


class Places(NamedTuple):
    """Two partnerships and an organisation, by their numbers."""

    ours: int
    theirs: int
    party: int


@pytest.fixture(autouse=True)
def signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store admits by sessions and links."""
    monkeypatch.setenv(mode.MODE, "oidc")


@pytest.fixture
def places(dashboard: Session) -> Places:
    """What roles can hold in."""
    ours, theirs = (
        editing.create(dashboard, "Sekretariatet", PARTNERSHIP, filled(PARTNERSHIP, {"name": name})).id
        for name in ("Fjorden", "Havet")
    )
    party = editing.create(
        dashboard, "Sekretariatet", PARTY, filled(PARTY, {"name": HOSTILE, "kind": "Kommune"})
    )
    return Places(ours, theirs, party.id)


def as_one_with(session: Session, *grants: Grant) -> Session:
    """The session of somebody who holds that, with nothing in it that another has read."""
    session.flush()
    session.expunge_all()
    bind(session, Principal(grants, "Sekretariatet"))
    return session


def invited(session: Session, role: Role, place: int | None = None, party: int | None = None) -> int:
    return invitations.invite(session, Invitation(ADDRESS, Grant(role, place, party)))


def signed_in(session: Session, subject: str = "maria", address: str = ADDRESS) -> Credential:
    return Credential(session=sessions.sign_in(session, Identity(ISSUER, subject, address)))


def yesterday(session: Session, table: type[DashboardTable], record_id: int, column: str) -> None:
    """That day has passed."""
    record = session.get(table, record_id)
    setattr(record, column, local_day(datetime.now(UTC)) - timedelta(days=1))
    session.add(record)
    session.flush()


def test_a_secretariat_invites_to_its_own_partnership_alone(dashboard, places):
    secretariat = as_one_with(dashboard, Grant(Role.SECRETARIAT, places.ours))
    assert invitations.partnerships(secretariat) == {places.ours: "Fjorden"}

    for role in (Role.READER, Role.STEERING_GROUP, Role.SECRETARIAT):
        invited(secretariat, role, places.ours)
    invited(secretariat, Role.PARTY_EDITOR, places.ours, places.party)

    assert [held.grant.role for held in invitations.open_invitations(secretariat)] == [
        Role.READER,
        Role.STEERING_GROUP,
        Role.SECRETARIAT,
        Role.PARTY_EDITOR,
    ]


@pytest.mark.parametrize(
    "grant_of",
    [
        lambda places: Grant(Role.READER, places.theirs),
        lambda places: Grant(Role.PARTY_EDITOR, places.theirs, places.party),
        lambda _: Grant(Role.READER),
        lambda _: Grant(Role.SECRETARIAT),
        lambda _: Grant(Role.RESULTS_READER),
        lambda _: Grant(Role.ADMINISTRATOR),
        lambda places: Grant(Role.ADMINISTRATOR, places.ours),
    ],
    ids=["another's reader", "another's editor", "reader", "secretariat", "results", "administrator", "both"],
)
def test_a_secretariat_invites_to_no_other_partnership_and_makes_no_administrator(
    dashboard, places, grant_of: Callable[[Places], Grant]
):
    secretariat = as_one_with(dashboard, Grant(Role.SECRETARIAT, places.ours))

    with pytest.raises(AccessProblem, match="kan du ikke give"):
        invitations.invite(secretariat, Invitation(ADDRESS, grant_of(places)))


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.SECRETARIAT, Role.ADMINISTRATOR)]
)
def test_nobody_else_invites_or_ends_anything(dashboard, places, role):
    number = invited(dashboard, Role.READER, places.ours)
    reader = as_one_with(dashboard, Grant(role, places.ours, places.party))

    with pytest.raises(AccessProblem):
        invited(reader, Role.READER, places.ours)
    with pytest.raises(AccessProblem):
        invitations.take_back(reader, number)
    assert invitations.open_invitations(reader) == ()


def test_an_administrator_who_reads_no_partnership_invites_to_any_and_sees_what_it_is_called(
    dashboard, places
):
    administrator = as_one_with(dashboard, Grant(Role.ADMINISTRATOR))

    assert agreements.partnerships(administrator) == ()
    assert invitations.partnerships(administrator) == {places.ours: "Fjorden", places.theirs: "Havet"}
    invited(administrator, Role.SECRETARIAT, places.theirs)
    invited(administrator, Role.PARTY_EDITOR, None, places.party)

    assert [held.describe() for held in invitations.open_invitations(administrator)] == [
        "Sekretariat · Havet",
        f"Redaktør for en part · Alle partnerskaber · {HOSTILE}",
    ]


@pytest.mark.parametrize(
    ("grant_of", "says"),
    [
        (lambda places: Grant(Role.PARTY_EDITOR, places.ours), "Vælg den organisation"),
        (lambda places: Grant(Role.ADMINISTRATOR, places.ours), "ikke for ét partnerskab"),
        (lambda _: Grant(Role.READER, 999_999), "findes ikke længere"),
    ],
    ids=["no organisation", "an administrator of one", "nowhere"],
)
def test_a_role_that_cannot_hold_there_is_refused(dashboard, places, grant_of, says):
    with pytest.raises(EditProblem, match=says):
        invitations.invite(dashboard, Invitation(ADDRESS, grant_of(places)))


@pytest.mark.parametrize("address", ["", "maria", "maria@kommune", "m@a.dk, n@b.dk", "Maria <m@a.dk>"])
def test_what_is_no_address_is_refused_and_not_repeated(dashboard, address):
    with pytest.raises(EditProblem, match="Skriv en mailadresse") as refused:
        invitations.invite(dashboard, Invitation(address, Grant(Role.READER)))

    assert not address or address not in str(refused.value)


def test_an_invitation_is_claimed_once_whichever_way_the_address_is_written(dashboard, places):
    invited(dashboard, Role.READER, places.ours)

    first = signed_in(dashboard, "maria", f" {ADDRESS.upper()} ")
    second = signed_in(dashboard, "another")

    assert admission.admit(dashboard, first).grants == (Grant(Role.READER, places.ours),)
    with pytest.raises(AccessProblem, match="ikke adgang endnu"):
        admission.admit(dashboard, second)


@pytest.mark.parametrize("is_taken_back", [True, False], ids=["taken back", "expired"])
def test_an_invitation_that_is_over_is_never_claimed(dashboard, places, is_taken_back):
    number = invited(dashboard, Role.READER, places.ours)
    if is_taken_back:
        invitations.take_back(dashboard, number)
    else:
        yesterday(dashboard, InvitationRecord, number, "expires_on")

    with pytest.raises(AccessProblem, match="ikke adgang endnu"):
        admission.admit(dashboard, signed_in(dashboard))
    assert invitations.open_invitations(dashboard) == ()


def test_an_ended_role_is_refused_in_a_session_that_is_open_and_cannot_be_ended_again(dashboard, places):
    invited(dashboard, Role.READER, places.ours)
    credential = signed_in(dashboard)
    admission.admit(dashboard, credential)
    [held] = invitations.roles(dashboard)

    invitations.end_role(dashboard, held.id)

    with pytest.raises(AccessProblem, match="ikke adgang endnu"):
        admission.admit(dashboard, credential)
    with pytest.raises(EditProblem, match="allerede ophørt"):
        invitations.end_role(dashboard, held.id)
    assert invitations.roles(dashboard) == ()


def test_a_secretariat_ends_no_role_and_no_session_of_another_partnership(dashboard, places):
    invited(dashboard, Role.READER, places.theirs)
    credential = signed_in(dashboard)
    [held] = invitations.roles(dashboard)
    secretariat = as_one_with(dashboard, Grant(Role.SECRETARIAT, places.ours))

    assert invitations.roles(secretariat) == ()
    with pytest.raises(AccessProblem):
        invitations.end_role(secretariat, held.id)
    with pytest.raises(AccessProblem):
        sessions.end_all(secretariat, held.account_id)
    assert admission.admit(dashboard, credential).grants == (held.grant,)


def test_signing_out_everywhere_ends_all_sessions_of_the_account_and_of_no_other(dashboard, places):
    invited(dashboard, Role.READER, places.ours)
    several = [signed_in(dashboard), signed_in(dashboard)]
    invited(dashboard, Role.STEERING_GROUP, places.ours)
    other = signed_in(dashboard, "another")
    secretariat = as_one_with(dashboard, Grant(Role.SECRETARIAT, places.ours))
    account = next(
        held.account_id for held in invitations.roles(secretariat) if held.grant.role is Role.READER
    )

    sessions.end_all(secretariat, account)

    for credential in several:
        with pytest.raises(SignedOutProblem):
            admission.admit(dashboard, credential)
    assert admission.admit(dashboard, other).may(Right.HOLD_MEETINGS, places.ours)


def test_an_account_sees_its_own_roles_and_nobody_elses(dashboard, places):
    invited(dashboard, Role.READER, places.ours)
    credential = signed_in(dashboard)
    invited(dashboard, Role.STEERING_GROUP, places.theirs)
    signed_in(dashboard, "another")
    bind(dashboard, admission.admit(dashboard, credential))

    assert [held.describe() for held in invitations.own_roles(dashboard)] == ["Læser · Fjorden"]


def lent(session: Session, until: str = "2100-01-01") -> str:
    return reading_links.lend(session, checked(ReadingLinkForm, {"name": HOSTILE, "ends_on": until}))


@pytest.mark.parametrize("is_taken_back", [True, False], ids=["taken back", "past its day"])
def test_a_reading_link_that_is_over_is_refused(dashboard, is_taken_back):
    credential = Credential(link=lent(dashboard))
    assert not admission.admit(dashboard, credential).may(Right.READ_PARTNERSHIPS)
    bind(dashboard, OPERATOR)
    [link] = reading_links.links(dashboard)
    if is_taken_back:
        reading_links.take_back(dashboard, link.id)
    else:
        yesterday(dashboard, ReadingLinkRecord, link.id, "ends_on")

    with pytest.raises(SignedOutProblem):
        admission.admit(dashboard, credential)
    assert reading_links.links(dashboard) == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_a_secretariat_has_to_do_with_reading_links(dashboard, role):
    lent(dashboard)
    [link] = reading_links.links(dashboard)
    other = as_one_with(dashboard, Grant(role))

    for attempt in (lent, reading_links.links, lambda session: reading_links.take_back(session, link.id)):
        with pytest.raises(AccessProblem):
            attempt(other)


@pytest.mark.parametrize("fields", [{"name": "010190-1234"}, {"name": "a@b.dk"}, {"ends_on": None}])
def test_a_reading_link_says_nobody_s_name_or_number_and_has_a_last_day(fields):
    with pytest.raises(EditProblem, match="ikke kan gemmes"):
        checked(ReadingLinkForm, {"name": "Direktørerne", "ends_on": "2100-01-01", **fields})


def test_a_reading_link_whose_last_day_has_passed_is_not_made(dashboard):
    with pytest.raises(EditProblem, match="i dag eller senere"):
        lent(dashboard, "2020-01-01")


def test_there_is_no_address_of_a_link_where_nobody_signs_in(monkeypatch):
    monkeypatch.delenv(mode.ADDRESS, raising=False)

    with pytest.raises(SettingsProblem, match=mode.ADDRESS):
        reading_links.address("token")


def test_neither_addresses_nor_tokens_are_kept(dashboard, places):
    invited(dashboard, Role.READER, places.ours)
    tokens = [lent(dashboard), signed_in(dashboard).session]

    kept = "".join(
        str(row)
        for table in DashboardTable.metadata.sorted_tables
        for row in dashboard.execute(table.select())
    )
    assert "kommune.example" in kept
    for secret in (ADDRESS, ADDRESS.casefold(), "maria.hansen", *tokens):
        assert secret not in kept


def test_the_last_administrator_stays_until_there_is_another(dashboard, places):  # noqa: ARG001
    first = invited(dashboard, Role.ADMINISTRATOR)

    with pytest.raises(EditProblem, match="den sidste administrator"), dashboard.begin_nested():
        invitations.take_back(dashboard, first)

    invited(dashboard, Role.ADMINISTRATOR)
    invitations.take_back(dashboard, first)


def test_several_first_sign_ins_of_somebody_at_once_make_one_account(store_url):
    with writing(store_url):
        pass

    def first(_turn: int) -> str:
        with writing(store_url) as session:
            return sessions.sign_in(session, Identity("https://login.example.dk", "maria"))

    with ThreadPoolExecutor(4) as several:
        tokens = list(several.map(first, range(4)))

    with writing(store_url) as session:
        assert len(session.exec(select(AccountRecord)).all()) == 1
        assert len(session.exec(select(SignInRecord)).all()) == len(set(tokens)) == 4
