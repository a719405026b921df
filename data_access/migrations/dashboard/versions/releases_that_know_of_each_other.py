"""Releases keep their groups and can be withdrawn; rounds keep what they stand on and a checksum."""

import sqlalchemy as sa
from alembic import op

revision = "5684bfcfaa620242"
down_revision = "75e8c3c7de08efc6"


def upgrade() -> None:
    """What earlier releases stood on was not kept, and stays unknown."""
    for table, column in (
        ("release", sa.Column("groups", sa.JSON())),
        ("release", sa.Column("withdrawn_at", sa.DateTime(timezone=True))),
        ("published_round", sa.Column("contents_id", sa.String())),
        ("published_round", sa.Column("checksum", sa.String())),
        ("membership", sa.Column("group_from", sa.Date())),
        ("membership", sa.Column("group_to", sa.Date())),
        ("published_figure", sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.false())),
    ):
        op.add_column(table, column)
    op.execute(
        'UPDATE membership SET group_from = (SELECT valid_from FROM unit WHERE key = membership."group"), '
        'group_to = (SELECT valid_to FROM unit WHERE key = membership."group")'
    )
    op.create_table(
        "round_comparison",
        sa.Column("earlier_round_id", sa.Integer(), sa.ForeignKey("published_round.id"), primary_key=True),
        sa.Column("later_round_id", sa.Integer(), sa.ForeignKey("published_round.id"), primary_key=True),
        sa.Column("checksum", sa.String()),
    )
    op.create_index("ix_round_comparison_later_round_id", "round_comparison", ["later_round_id"])
    op.execute(
        "INSERT INTO round_comparison (earlier_round_id, later_round_id) "
        "SELECT DISTINCT change.earlier_round_id, cell.published_round_id "
        "FROM published_change AS change JOIN published_cell AS cell ON cell.id = change.cell_id"
    )
