"""Roles: promised to an address, claimed at the first sign-in with it, ended by those who may give them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, func, select

from data_access.dashboard.access_tables import GrantFields, GrantRecord, InvitationRecord, SignInRecord
from data_access.dashboard.admission import token_hash
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord, PartyRecord
from data_access.dashboard.partnership_tables.changes import Action, Author, Event, lock, note
from data_access.dashboard.scope import author, principal_of
from data_access.problems import AccessProblem, EditProblem
from data_access.schema import in_utc
from indicators.danish import alphabetical, local_day
from indicators.rights import OF_A_PARTNERSHIP, OF_AN_ORGANISATION, Grant, Right, Role

OPEN_FOR = timedelta(days=30)
"""An invitation that nobody has claimed by then is over."""

_ADDRESS = re.compile(r"[^\s@]+@([^\s@]+\.[^\s@.]+)")
EVERY_PARTNERSHIP = "Alle partnerskaber"
NOT_AN_ADDRESS = "Skriv en mailadresse, fx navn@kommune.dk."
THE_LAST_ONE = "Det er den sidste administrator. Invitér en anden først, for ellers kan ingen give adgang."
NOT_YOURS = "Den rolle kan du ikke give eller tage tilbage. Bed en administrator om det."


@dataclass(frozen=True)
class Invitation:
    """Somebody is to have a role; `valid_to` is its last day, None for no end."""

    address: str
    grant: Grant
    valid_to: date | None = None


def invite(session: Session, invitation: Invitation) -> int:
    """Keeps the invitation, without its address; EditProblem or AccessProblem where that may not be."""
    grant = invitation.grant
    if not principal_of(session).may_give(grant):
        raise AccessProblem(NOT_YOURS)
    _refuse_where_it_cannot_hold(session, grant)
    address = _ADDRESS.fullmatch(_folded(invitation.address))
    if address is None:
        raise EditProblem(NOT_AN_ADDRESS)
    now = datetime.now(UTC)
    if invitation.valid_to and invitation.valid_to < local_day(now):
        raise EditProblem("Rollens sidste dag skal være i dag eller senere.")
    record = InvitationRecord(
        address_hash=token_hash(address.group()),
        domain=address[1],
        role=grant.role.value,
        partnership_id=grant.partnership,
        party_id=grant.party,
        made_at=now,
        expires_on=local_day(now + OPEN_FOR),
        valid_to=invitation.valid_to,
    )
    session.add(record)
    session.flush()
    _note(session, author(session), Action.CREATED, record)
    return record.id


def _note(session: Session, whose: Author, action: Action, record: GrantRecord | InvitationRecord) -> None:
    """A line in the log: which role, where and until when; never to whom it was promised."""
    is_grant = isinstance(record, GrantRecord)
    last_day = record.valid_to if is_grant else record.expires_on
    about = {"partnership": record.partnership_id, "party": record.party_id, "number": record.id}
    kind, until = Event.GRANT if is_grant else Event.INVITATION, last_day and last_day.isoformat()
    note(session, whose, action, kind, record.role, until=until, **about)


def _refuse_where_it_cannot_hold(session: Session, grant: Grant) -> None:
    if grant.role in OF_AN_ORGANISATION and grant.party is None:
        raise EditProblem("Vælg den organisation, som redaktøren skriver for.")
    if grant.role not in OF_A_PARTNERSHIP and grant.partnership is not None:
        raise EditProblem(f"Rollen «{grant.role}» gælder for det hele og ikke for ét partnerskab.")
    for table, key in ((PartnershipRecord, grant.partnership), (PartyRecord, grant.party)):
        if key is not None and not _name(session, table, key, table.__table__.columns.deleted_at.is_(None)):
            raise EditProblem("Partnerskabet eller organisationen findes ikke længere. Genindlæs siden.")


def _name(
    session: Session,
    table: type[PartnershipRecord | PartyRecord],
    key: int | None,
    *more: ColumnElement[bool],
) -> str:
    """What it is called, also for whoever may read nothing else of it: of the plain table."""
    columns = table.__table__.columns
    return session.execute(select(columns.name).where(columns.id == key, *more)).scalar() or ""


def _folded(address: str) -> str:
    """The address as it is compared: in small letters, the domain as the network has it; "" for none."""
    name, at, domain = unicodedata.normalize("NFC", address).strip().lower().rpartition("@")
    try:
        return f"{name}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return ""


def claim(session: Session, whose: Author, address: str) -> None:
    """Makes the roles that were promised to the address the account's; each invitation is claimed once."""
    lock(session)
    account_id = whose.account_id
    now = datetime.now(UTC)
    today = local_day(now)
    promised = (
        select(InvitationRecord)
        .where(InvitationRecord.address_hash == token_hash(_folded(address)), InvitationRecord.is_open(today))
        .with_for_update()
    )
    for invitation in session.exec(promised).all():
        invitation.claimed_by, invitation.ended_at = account_id, now
        session.add(invitation)
        role = {name: getattr(invitation, name) for name in GrantFields.model_fields}
        ends = invitation.valid_to
        grant = GrantRecord(account_id=account_id, valid_from=today, valid_to=ends, **role)
        session.add(grant)
        session.flush()
        _note(session, whose, Action.USED, invitation)
        _note(session, whose, Action.GRANTED, grant)


def take_back(session: Session, invitation_id: int) -> None:
    """The invitation can no longer be claimed."""
    _end(session, InvitationRecord, invitation_id)


def end_role(session: Session, grant_id: int) -> None:
    """The role is over at once, also in the sessions that are open."""
    _end(session, GrantRecord, grant_id)


def _end(session: Session, table: type[InvitationRecord] | type[GrantRecord], record_id: int) -> None:
    lock(session)  # the log first, as whoever claims does
    query = select(table).where(table.id == record_id).with_for_update()
    record = session.exec(query, execution_options={"populate_existing": True}).first()
    if record is None or record.ended_at is not None:
        raise EditProblem("Rollen eller invitationen er allerede ophørt. Genindlæs siden.")
    if not principal_of(session).may_give(record.grant()):
        raise AccessProblem(NOT_YOURS)
    record.ended_at = datetime.now(UTC)
    session.add(record)
    session.flush()
    if record.role == Role.ADMINISTRATOR and not has_administrator(session):
        raise EditProblem(THE_LAST_ONE)
    _note(session, author(session), Action.REVOKED, record)


def partnerships(session: Session) -> dict[int, str]:
    """The names of those in which the session's principal may give roles, be they theirs to read or not."""
    columns = PartnershipRecord.__table__.columns
    there = session.execute(select(columns.id, columns.name).where(columns.deleted_at.is_(None))).all()
    may = principal_of(session).may
    names = {number: name for number, name in there if may(Right.INVITE, number)}
    return dict(sorted(names.items(), key=lambda one: alphabetical(one[1])))


def has_administrator(session: Session) -> bool:
    """Whether somebody administers the users, or has been invited to."""
    today = local_day(datetime.now(UTC))
    counts = {GrantRecord: GrantRecord.holds(today), InvitationRecord: InvitationRecord.is_open(today)}
    queries = (
        select(table.id).where(table.role == Role.ADMINISTRATOR.value, condition)
        for table, condition in counts.items()
    )
    return any(session.exec(query).first() is not None for query in queries)


@dataclass(frozen=True)
class Held:
    """A role that somebody has or has been promised, in words; `who` is an account's number and a domain."""

    id: int
    grant: Grant
    partnership: str
    organisation: str
    who: str
    last_day: date | None
    account_id: int | None = None
    seen_at: datetime | None = None

    @property
    def place(self) -> str:
        """Where it holds; nothing for a role that holds in no partnership."""
        is_everywhere = self.grant.role in OF_A_PARTNERSHIP and self.grant.partnership is None
        return EVERY_PARTNERSHIP if is_everywhere else self.partnership

    def describe(self) -> str:
        """Role, place and organisation."""
        return " · ".join(filter(None, (self.grant.role, self.place, self.organisation)))


def roles(session: Session) -> tuple[Held, ...]:
    """The roles in force that the session's principal may end, by account."""
    may_end = principal_of(session).may_give
    return tuple(held for held in in_force(session) if may_end(held.grant))


def own_roles(session: Session) -> tuple[Held, ...]:
    """The roles in force of the account that the session is of."""
    account_id = principal_of(session).account_id
    return tuple(held for held in in_force(session) if held.account_id == account_id)


def in_force(session: Session) -> Iterator[Held]:
    """Every role that is held today, by account."""
    last = select(SignInRecord.account_id, func.max(SignInRecord.seen_at)).group_by(SignInRecord.account_id)
    seen = dict(session.exec(last).all())
    domains = dict(session.exec(select(InvitationRecord.claimed_by, InvitationRecord.domain)).all())
    held = select(GrantRecord).where(GrantRecord.holds(local_day(datetime.now(UTC))))
    for record in session.exec(held.order_by(GrantRecord.account_id, GrantRecord.id)):
        account_id = record.account_id
        domain, seen_at = domains.get(account_id), seen.get(account_id)
        who = f"Bruger {account_id}, {domain}" if domain else f"Bruger {account_id}"
        seen_at = seen_at and in_utc(seen_at)
        yield _held(session, record, who, record.valid_to, account_id=account_id, seen_at=seen_at)


def open_invitations(session: Session) -> tuple[Held, ...]:
    """The invitations that can still be claimed and that the session's principal may take back."""
    today = local_day(datetime.now(UTC))
    promised = select(InvitationRecord).where(InvitationRecord.is_open(today)).order_by(InvitationRecord.id)
    return tuple(
        _held(session, record, f"…@{record.domain}", record.expires_on)
        for record in session.exec(promised)
        if principal_of(session).may_give(record.grant())
    )


def _held(
    session: Session,
    record: GrantRecord | InvitationRecord,
    who: str,
    last_day: date | None,
    **more: object,
) -> Held:
    return Held(
        id=record.id,
        grant=record.grant(),
        partnership=_name(session, PartnershipRecord, record.partnership_id),
        organisation=_name(session, PartyRecord, record.party_id),
        who=who,
        last_day=last_day,
        **more,
    )
