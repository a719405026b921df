"""Reading links: the published results for those who have no account, until a day or until taken back."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session, select

from data_access.dashboard.access_tables import ReadingLinkForm, ReadingLinkRecord
from data_access.dashboard.admission import refuse_without, token_hash
from data_access.dashboard.partnership_tables.changes import Action, Event, note
from data_access.dashboard.scope import author, principal_of
from data_access.mode import sign_in_settings
from data_access.problems import EditProblem
from indicators.danish import local_day
from indicators.rights import Right

PATH = "/laes/"
"""What the path of a link begins with."""


@dataclass(frozen=True)
class ReadingLink:
    """A link that still works; what it is for, and until when."""

    id: int
    name: str
    ends_on: date


def lend(session: Session, form: ReadingLinkForm) -> str:
    """A new link; gives its token, which is never shown again."""
    refuse_without(principal_of(session), Right.LEND_READING)
    if form.ends_on < local_day(datetime.now(UTC)):
        raise EditProblem("Linkets sidste dag skal være i dag eller senere.")
    token = secrets.token_urlsafe(32)
    record = ReadingLinkRecord(**form.model_dump(), token_hash=token_hash(token), made_at=datetime.now(UTC))
    session.add(record)
    session.flush()
    _note(session, Action.CREATED, record)
    return token


def _note(session: Session, action: Action, record: ReadingLinkRecord) -> None:
    """A line in the log, without what somebody has called the link."""
    about = {"number": record.id, "until": record.ends_on.isoformat()}
    note(session, author(session), action, Event.READING_LINK, "Læselink", **about)


def address(token: str) -> str:
    """The whole address of a link; SettingsProblem where sign-in has not been set up."""
    return f"{sign_in_settings().address}{PATH}{token}"


def links(session: Session) -> tuple[ReadingLink, ...]:
    """Those that still work, the newest first."""
    refuse_without(principal_of(session), Right.LEND_READING)
    working = (
        select(ReadingLinkRecord)
        .where(ReadingLinkRecord.works(local_day(datetime.now(UTC))))
        .order_by(ReadingLinkRecord.id.desc())
    )
    return tuple(ReadingLink(link.id, link.name, link.ends_on) for link in session.exec(working))


def take_back(session: Session, link_id: int) -> None:
    """The link works no more, also for those who are reading."""
    refuse_without(principal_of(session), Right.LEND_READING)
    record = session.get(ReadingLinkRecord, link_id)
    if record is None or record.ended_at is not None:
        raise EditProblem("Linket er allerede taget tilbage. Genindlæs siden.")
    record.ended_at = datetime.now(UTC)
    session.add(record)
    session.flush()
    _note(session, Action.REVOKED, record)
