"""Who a credential stands for: asked anew in every transaction, so that what was ended is over at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Date, bindparam
from sqlmodel import Session, and_, or_, select

from data_access.dashboard.access_tables import GrantRecord, ReadingLinkRecord, SignInRecord
from data_access.dashboard.models import PublishedRound, Release, ReleaseInForce
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord, PartyRecord
from data_access.mode import Mode, are_results_open, is_read_only, mode
from data_access.problems import AccessProblem, SignedOutProblem
from indicators.danish import local_day
from indicators.disclosure.rules import PUBLIC
from indicators.rights import EVERYTHING, READER, RESULTS_READER, Grant, Principal, Right, Role, signature

IDLE, LONGEST = timedelta(minutes=60), timedelta(hours=8)
"""A session is over when nobody has done anything for so long, and at the latest so long after sign-in."""

SIGNED_OUT = "Du er ikke logget ind. Genindlæs siden, og log ind."
NO_NAME = "Uden login"
"""What stands in the log for somebody on this machine who has typed no role."""
NO_ROLE = "Du har ikke adgang endnu. Bed sekretariatet om en invitation, og log så ud og ind igen."
REAL_ANSWERS = (
    "En demonstration viser kun eksempeldata, og dette lager rummer rigtige runder. "
    "Brug et lager med eksempeldata, eller vælg en anden måde i DASHBOARD_MODE."
)


@dataclass(frozen=True)
class Credential:
    """What a browser brings: the tokens of its cookies; and on this machine the role that was typed."""

    session: str = ""
    link: str = ""
    writes_as: str = ""


def token_hash(token: str) -> str:
    """What is kept of a token: it is long and random, so its hash needs no salt."""
    return sha256(token.encode()).hexdigest()


def admit(session: Session, credential: Credential) -> Principal:
    """Whom the credential stands for now; SignedOutProblem for nobody, AccessProblem without a role."""
    if mode() is Mode.OIDC:
        return _signed_in(session, credential)
    if mode() is Mode.DEMO:
        refuse_real_rounds(session)
    return READER if is_read_only() else Principal(EVERYTHING, credential.writes_as or NO_NAME)


def refuse_real_rounds(session: Session) -> None:
    """AccessProblem where anything published is not sample data."""
    real = select(PublishedRound.id).where(PublishedRound.is_sample.is_(False)).limit(1)
    if session.exec(real).first() is not None:
        raise AccessProblem(REAL_ANSWERS)


def _signed_in(session: Session, credential: Credential) -> Principal:
    now, held = datetime.now(UTC), []
    if credential.session:
        asked = {
            "token": token_hash(credential.session),
            "began_after": now - LONGEST,
            "seen_after": now - IDLE,
            "today": local_day(now),
        }
        held = session.execute(_ROLES_OF_SESSION, asked).all()
        if any(role for _, role, *_ in held):
            return _principal(held)
    if credential.link and is_lent(session, credential.link):
        return RESULTS_READER
    if are_results_open() and _is_public(session):
        return RESULTS_READER
    raise AccessProblem(NO_ROLE) if held else SignedOutProblem(SIGNED_OUT)


_PARTNERSHIPS = PartnershipRecord.__table__.columns
_THERE = select(_PARTNERSHIPS.id).where(_PARTNERSHIPS.deleted_at.is_(None))
_TODAY = bindparam("today", type_=Date)
_ROLES_OF_SESSION = (
    select(SignInRecord.account_id, GrantRecord.role, GrantRecord.partnership_id, GrantRecord.party_id)
    .add_columns(PartyRecord.name)
    .select_from(SignInRecord)
    .join(
        GrantRecord,
        and_(
            GrantRecord.account_id == SignInRecord.account_id,
            GrantRecord.holds(_TODAY),
            or_(GrantRecord.partnership_id.is_(None), GrantRecord.partnership_id.in_(_THERE)),
        ),
        isouter=True,
    )
    .join(PartyRecord, PartyRecord.id == GrantRecord.party_id, isouter=True)
    .where(SignInRecord.runs(bindparam("token"), bindparam("began_after"), bindparam("seen_after")))
    .order_by(GrantRecord.id)
)
"""A running session with the roles that its account has today; one row without a role where there is none.

Built once, for every look into the store asks it.
"""


def _principal(held: Sequence[tuple]) -> Principal:
    """The account with its roles."""
    grants = tuple(Grant(Role(role), *where) for _, role, *where, _ in held)
    names = {party: name for *_, party, name in held if name}
    return Principal(grants, signature(grants, names), held[0][0])


def is_lent(session: Session, token: str) -> bool:
    """Whether the token is that of a reading link that works today."""
    link = select(ReadingLinkRecord.id).where(
        ReadingLinkRecord.token_hash == token_hash(token),
        ReadingLinkRecord.works(local_day(datetime.now(UTC))),
    )
    return session.exec(link).first() is not None


def _is_public(session: Session) -> bool:
    """Whether the release in force was made to be shown to everyone."""
    profile = select(Release.profile).join(ReleaseInForce, ReleaseInForce.release_number == Release.number)
    return session.exec(profile).first() == PUBLIC


def refuse_without(principal: Principal, right: Right) -> None:
    """AccessProblem where the right is held nowhere."""
    if not principal.may(right):
        raise AccessProblem("Det har du ikke adgang til. Mangler du adgang, så bed sekretariatet om den.")
