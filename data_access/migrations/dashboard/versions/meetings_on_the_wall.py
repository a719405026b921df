"""What a meeting shows now, and decisions that somebody has begun to write."""

import sqlalchemy as sa
from alembic import op

revision = "75e8c3c7de08efc6"
down_revision = "e46318ebcd743606"


def upgrade() -> None:
    """Two tables beside the others."""
    op.create_table(
        "showing",
        sa.Column("meeting_id", sa.Integer(), sa.ForeignKey("meeting.id"), primary_key=True),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("agenda_item.id"), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item_since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "decision_draft",
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("agenda_item.id"), primary_key=True),
        sa.Column("typed", sa.JSON(), nullable=False),
    )
