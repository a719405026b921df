"""Tables of who may come in: accounts with their roles, their sessions, invitations and reading links.

A token is never kept, only its hash; an address that somebody was invited at neither.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, DateTime, UniqueConstraint
from sqlmodel import Field, and_, or_

from data_access.dashboard.partnership_tables.base import Form
from data_access.schema import DashboardTable
from data_access.texts import Line
from indicators.rights import Grant, Role

Expression = str | date | datetime | ColumnElement
"""A value to compare with, or the parameter that stands for it in a query built once."""


def _moment(**more: object) -> datetime:
    return Field(sa_type=DateTime(timezone=True), **more)


class AccountRecord(DashboardTable, table=True):
    """Somebody as the provider of sign-in knows them: an address can change hands, a subject cannot."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    issuer: str
    subject: str
    first_seen_at: datetime = _moment()


class GrantFields(DashboardTable):
    """A role, where it holds, and as whom; the columns of a grant and of an invitation to one."""

    role: str
    partnership_id: int | None = Field(default=None, foreign_key="partnership.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")

    def grant(self) -> Grant:
        """As the rules of rights take it."""
        return Grant(Role(self.role), self.partnership_id, self.party_id)


class GrantRecord(GrantFields, table=True):
    """A role of an account, from a day on and perhaps to one; ended rather than deleted."""

    __tablename__ = "role_grant"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    valid_from: date
    valid_to: date | None = None
    ended_at: datetime | None = _moment(default=None)

    @classmethod
    def holds(cls, today: Expression) -> ColumnElement[bool]:
        """Condition: the role is held that day."""
        not_over = or_(cls.valid_to.is_(None), cls.valid_to >= today)
        return and_(cls.ended_at.is_(None), cls.valid_from <= today, not_over)


class SignInRecord(DashboardTable, table=True):
    """A session of an account: over when it has been idle, when it is old, or when somebody ends it."""

    __tablename__ = "sign_in"

    token_hash: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    began_at: datetime = _moment()
    seen_at: datetime = _moment()
    ended_at: datetime | None = _moment(default=None)

    @classmethod
    def runs(cls, hashed: Expression, began_after: Expression, seen_after: Expression) -> ColumnElement[bool]:
        """Condition: the session of that token's hash, neither ended nor too old nor idle for too long."""
        is_fresh = and_(cls.began_at > began_after, cls.seen_at > seen_after)
        return and_(cls.token_hash == hashed, cls.ended_at.is_(None), is_fresh)


class InvitationRecord(GrantFields, table=True):
    """A role for whoever first signs in with an address that the provider has verified; claimed once."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    address_hash: str = Field(index=True)
    domain: str
    """What stands after the @, for those who look through the invitations."""
    made_at: datetime = _moment()
    expires_on: date
    valid_to: date | None = None
    """The last day of the role, once it has been claimed."""
    claimed_by: int | None = Field(default=None, foreign_key="account.id")
    ended_at: datetime | None = _moment(default=None)
    """When it was claimed or taken back."""

    @classmethod
    def is_open(cls, today: Expression) -> ColumnElement[bool]:
        """Condition: the invitation can be claimed that day."""
        return and_(cls.ended_at.is_(None), cls.expires_on >= today)


class ReadingLinkForm(Form):
    """Whom a link is for, and how long."""

    name: Line = Field(title="Hvem linket er til")
    ends_on: date = Field(title="Gælder til og med")


class ReadingLinkRecord(ReadingLinkForm, DashboardTable, table=True):
    """A way to the published results without an account."""

    __tablename__ = "reading_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    made_at: datetime = _moment()
    ended_at: datetime | None = _moment(default=None)

    @classmethod
    def works(cls, today: Expression) -> ColumnElement[bool]:
        """Condition: the link can be read with that day."""
        return and_(cls.ended_at.is_(None), cls.ends_on >= today)
