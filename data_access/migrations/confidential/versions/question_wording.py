"""What a question was called in the export, to hold against the next year's."""

import sqlalchemy as sa
from alembic import op

revision = "c959062d61756035"
down_revision = "229326f81312dff6"


def upgrade() -> None:
    """A column of rounds; those that are there have no words to compare with."""
    op.add_column("round", sa.Column("wording", sa.JSON(), nullable=False, server_default="{}"))
