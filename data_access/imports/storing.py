"""Replaces a round's rows in the confidential store, and tells what that changes."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, delete, insert, select

from data_access.confidential.models import AnswerSheet, CountedGroup, Round
from data_access.imports.files import Progress

Model = type[AnswerSheet] | type[CountedGroup]

_CHUNK = 5_000
_MODELS: tuple[Model, ...] = (AnswerSheet, CountedGroup)
_FIELDS = {model: sorted(set(model.model_fields) - {"id", "round_id"}) for model in _MODELS}


@dataclass(frozen=True)
class Changes:
    """How many rows come, go and stay, compared by content."""

    added: int
    removed: int
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def changes(session: Session, round_id: str, model: Model, rows: list[dict]) -> Changes:
    """What replacing the round's rows would change."""
    earlier = Counter(content(*row) for row in rows_of(session, round_id))
    if not earlier:
        return Changes(len(rows), 0, 0)
    now = Counter(content(model, row) for row in rows)
    unchanged = (earlier & now).total()
    return Changes(len(rows) - unchanged, earlier.total() - unchanged, unchanged)


def rows_of(session: Session, round_id: str) -> Iterator[tuple[Model, dict]]:
    """The round's stored rows with their table, in the order of its file."""
    for model in _MODELS:
        columns = (model.__table__.c[name] for name in _FIELDS[model])
        query = select(*columns).where(model.round_id == round_id).order_by(model.id)
        rows = session.connection().execute(query).mappings()
        yield from ((model, dict(row)) for row in rows)


def is_stored(session: Session, described: Round) -> bool:
    """True when the round is in the store with the same questionnaire, source and settings."""
    stored = session.get(Round, described.id)
    return stored is not None and stored.model_dump() == described.model_dump()


def replace(
    session: Session, described: Round, model: Model, rows: list[dict], progress: Progress | None
) -> None:
    """Puts the rows in the place of the round's earlier ones; the caller commits."""
    connection = session.connection()
    for earlier in _MODELS:
        connection.execute(delete(earlier).where(earlier.round_id == described.id))
    session.merge(described)
    session.flush()
    for start in range(0, len(rows), _CHUNK):
        chunk = [{**row, "round_id": described.id} for row in rows[start : start + _CHUNK]]
        connection.execute(insert(model), chunk)
        if progress:
            progress(start + len(chunk), len(rows))


def content(model: Model, row: dict) -> str:
    """All that the row says, in one text that is the same for the same."""
    return json.dumps([model.__name__, *(row[name] for name in _FIELDS[model])], sort_keys=True)
