"""Rounds of several years together, and releases that carry the order in which cells were promised."""

import sqlalchemy as sa
from alembic import op

revision = "350eb856f21a47ba"
down_revision = "5684bfcfaa620242"


def upgrade() -> None:
    """Every round so far is of one year, and the order of earlier releases was not kept."""
    op.add_column("release", sa.Column("promises", sa.JSON()))
    op.add_column("published_round", sa.Column("first_year", sa.Integer()))
