"""Sessions of those who have signed in: begun, kept alive while somebody works, and ended at once."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, delete, select, update

from data_access.access import invitations
from data_access.dashboard.access_tables import AccountRecord, SignInRecord
from data_access.dashboard.admission import IDLE, LONGEST, token_hash
from data_access.dashboard.partnership_tables.changes import Action, Event, note
from data_access.dashboard.scope import account_author, author, principal_of
from data_access.engines import add_if_new
from data_access.problems import AccessProblem

KEPT_FOR = timedelta(days=30)
"""Sessions are no diary: older ones are deleted. What was done in them is in the log."""


class Identity(NamedTuple):
    """Somebody as the provider has vouched for them; an address only where it has been verified."""

    issuer: str
    subject: str
    verified_address: str = ""


def sign_in(session: Session, identity: Identity) -> str:
    """A new session of that account, which is made at its first visit; gives the session's token.

    What has been promised to the verified address becomes the account's, once.
    """
    now = datetime.now(UTC)
    account = _account(session, identity, now)
    whose = account_author(account.id)
    if identity.verified_address:
        invitations.claim(session, whose, identity.verified_address)
    session.exec(delete(SignInRecord).where(SignInRecord.began_at < now - KEPT_FOR))
    token = secrets.token_urlsafe(32)
    session.add(SignInRecord(token_hash=token_hash(token), account_id=account.id, began_at=now, seen_at=now))
    session.flush()
    note(session, whose, Action.SIGNED_IN, Event.SIGN_IN, "Login")
    return token


def _account(session: Session, identity: Identity, now: datetime) -> AccountRecord:
    known = select(AccountRecord).where(
        AccountRecord.issuer == identity.issuer, AccountRecord.subject == identity.subject
    )
    account = session.exec(known).first()
    if account is None:
        key = {"issuer": identity.issuer, "subject": identity.subject}
        add_if_new(session, AccountRecord, key, {"first_seen_at": now})
        account = session.exec(known).one()
    return account


def keep_alive(session: Session, token: str) -> bool:
    """Notes that somebody is working in the session; False when it is over."""
    now = datetime.now(UTC)
    running = (
        update(SignInRecord)
        .where(SignInRecord.runs(token_hash(token), now - LONGEST, now - IDLE))
        .values(seen_at=now)
    )
    return session.exec(running).rowcount == 1


def end(session: Session, token: str) -> int | None:
    """Ends the session; gives its account, None when it was over already."""
    record = session.get(SignInRecord, token_hash(token))
    if record is None or record.ended_at is not None:
        return None
    record.ended_at = datetime.now(UTC)
    session.add(record)
    note(session, account_author(record.account_id), Action.SIGNED_OUT, Event.SIGN_IN, "Login")
    return record.account_id


def end_all(session: Session, account_id: int) -> None:
    """Ends every session of the account; AccessProblem for whoever may not end all of its roles."""
    roles = [held.grant for held in invitations.in_force(session) if held.account_id == account_id]
    if not roles or not all(map(principal_of(session).may_give, roles)):
        raise AccessProblem(invitations.NOT_YOURS)
    running = SignInRecord.account_id == account_id, SignInRecord.ended_at.is_(None)
    session.exec(update(SignInRecord).where(*running).values(ended_at=datetime.now(UTC)))
    note(session, author(session), Action.SIGNED_OUT, Event.SIGN_IN, "Login", number=account_id)
