"""What published rounds were decided on."""

import sqlalchemy as sa
from alembic import op

revision = "229326f81312dff6"
down_revision = "f93303d243a5bdbf"


def upgrade() -> None:
    """A table beside the others."""
    op.create_table(
        "released_contents",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("round_id", sa.String(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("units_of", sa.JSON(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
    )
    for column in ("round_id", "digest"):
        op.create_index(f"ix_released_contents_{column}", "released_contents", [column])
