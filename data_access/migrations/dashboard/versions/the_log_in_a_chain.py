"""The log says whose account it was, and each line carries the hash of itself and of the line before."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from data_access import log_chain
from data_access.schema import in_utc

revision = "a5f10285ec0c0635"
down_revision = "350eb856f21a47ba"

LOG = sa.table(
    "change",
    sa.column("at", sa.DateTime(timezone=True)),
    *(sa.column(name, sa.Integer) for name in ("id", "record_id", "version", "undoes_id")),
    *(sa.column(name, sa.String) for name in ("who", "action", "kind", "name", "chain")),
    *(sa.column(name, sa.JSON(none_as_null=True)) for name in ("before", "after", "seals")),
)
LINES_AT_A_TIME = 1_000


def upgrade() -> None:
    """What is there is chained as it stands; one more line says how much of it is from before the chain."""
    op.add_column("change", sa.Column("account_id", sa.Integer()))
    op.add_column("change", sa.Column("seals", sa.JSON()))
    op.add_column("change", sa.Column("chain", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_change_kind_record_id", "change", ["kind", "record_id"])
    on = " ON change" if op.get_context().dialect.name == "postgresql" else ""
    for trigger in ("change_is_never_changed", "change_is_never_deleted", "change_is_never_replaced"):
        op.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")  # all are made anew after the last step
    connection, last = op.get_bind(), {"id": 0, "at": datetime.min, "chain": log_chain.FIRST}
    of_line = sa.update(LOG).where(LOG.c.id == sa.bindparam("line"))
    following = sa.select(LOG).order_by(LOG.c.id).limit(LINES_AT_A_TIME)
    while lines := connection.execute(following.where(LOG.c.id > last["id"])).mappings().all():
        chained = []
        for line in lines:
            last = _chained(last, line)
            chained.append({"line": last["id"], "seals": last["seals"], "chain": last["chain"]})
        connection.execute(of_line, chained)
    if last["id"]:
        at = max(datetime.now(UTC), in_utc(last["at"]))
        told = {"who": "Opgradering", "action": "kædet sammen", "kind": "log", "name": "Loggen"}
        line = {"id": last["id"] + 1, "at": at, **told, "record_id": 0, "version": 0}
        line |= {"before": None, "after": {"lines": last["id"]}}
        connection.execute(sa.insert(LOG), [_chained(last, line)])


def _chained(last: sa.RowMapping | dict, line: sa.RowMapping | dict) -> dict:
    """The line with its salts and its value after the last one."""
    sealed = {**line, "seals": log_chain.salts(line["before"], line["after"])}
    return {**sealed, "chain": log_chain.chained(last["chain"], sealed)}
