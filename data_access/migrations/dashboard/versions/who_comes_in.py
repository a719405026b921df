"""Accounts with roles, sessions, invitations and reading links; a draft of a decision is somebody's own."""

import sqlalchemy as sa
from alembic import op

revision = "b0fc5494df01bdea"
down_revision = "a5f10285ec0c0635"


def _moment(name: str, *, may_be_none: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=may_be_none)


def _role() -> list[sa.Column]:
    """The columns of a role, wherever it is."""
    return [
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), sa.ForeignKey("partnership.id")),
        sa.Column("party_id", sa.Integer(), sa.ForeignKey("party.id")),
    ]


def _of_account(name: str = "account_id", *, may_be_none: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("account.id"), nullable=may_be_none)


def upgrade() -> None:
    """Nobody has signed in so far. Drafts were everybody's, and are now whose machine it is."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        _moment("first_seen_at"),
        sa.UniqueConstraint("issuer", "subject"),
    )
    _who_has_which_role()
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(), primary_key=True),
        _of_account(),
        _moment("began_at"),
        _moment("seen_at"),
        _moment("ended_at", may_be_none=True),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"])
    op.create_table(
        "reading_link",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False, unique=True),
        _moment("made_at"),
        _moment("ended_at", may_be_none=True),
    )
    _drafts()


def _who_has_which_role() -> None:
    op.create_table(
        "role_grant",
        *_role(),
        _of_account(),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        _moment("ended_at", may_be_none=True),
    )
    op.create_index("ix_role_grant_account_id", "role_grant", ["account_id"])
    op.create_table(
        "invitation",
        *_role(),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        _moment("made_at"),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        _of_account("claimed_by", may_be_none=True),
        _moment("ended_at", may_be_none=True),
    )
    op.create_index("ix_invitation_address_hash", "invitation", ["address_hash"])


def _drafts() -> None:
    """The table is made anew, for SQLite has no way to give one another key."""
    op.rename_table("decision_draft", "decision_draft_before")
    op.create_table(
        "decision_draft",
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("agenda_item.id"), primary_key=True),
        sa.Column("account_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("typed", sa.JSON(), nullable=False),
    )
    op.execute(
        "INSERT INTO decision_draft (item_id, account_id, typed) "
        "SELECT item_id, 0, typed FROM decision_draft_before"
    )
    op.drop_table("decision_draft_before")
