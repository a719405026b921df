"""A publication as rows of the dashboard store: written all at once, read back whole, and their checksum."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, func, insert
from sqlmodel import Session, select

from data_access.dashboard.cells import CELL, FIGURE, JUDGEMENT, SCORE, figure_of, response_of, score_of
from data_access.dashboard.models import (
    DashboardTable,
    PublishedCell,
    PublishedFigure,
    PublishedRound,
    PublishedScore,
)
from indicators.cells import Cell
from indicators.figure import Figure, Score
from indicators.judgement import Judgement
from indicators.publication import Publication

KEY = len(("unit", "education", "institution"))
NUMBERS_OF_CELL = KEY + len(("answers", "invited"))
NUMBERS_OF_FIGURE = len(FIGURE) - len(JUDGEMENT)

FROZEN = ("round_id", "survey_id", "year", "questionnaire", "source", "is_sample", "audit")
"""What a published round itself shows."""

Table = type[DashboardTable]
Row = tuple


@dataclass(frozen=True)
class PublicationRows:
    """Rows without ids: a figure and a score begin with the position of their cell, and are in its order."""

    cells: Sequence[Row]
    figures: Sequence[Row]
    scores: Sequence[Row]

    @classmethod
    def of(cls, published: Publication) -> "PublicationRows":
        """The rows of a publication that has been judged."""
        responses = zip(published.cells, published.responses, strict=True)
        cells = [
            (cell.unit, cell.education, cell.institution, *_values(response, CELL[1 + KEY :]))
            for cell, response in responses
        ]
        shown = [score for score in published.scores if score[-1].share is not None]
        return cls(cells, _ordered(_judged(published.figures, FIGURE)), _ordered(_judged(shown, SCORE)))

    @property
    def publication(self) -> Publication:
        """What they show."""
        return Publication(
            cells=tuple(Cell(*row[:KEY]) for row in self.cells),
            responses=tuple(response_of(*row[KEY:]) for row in self.cells),
            figures=tuple((at, about, figure_of(*rest)) for at, about, *rest in self.figures),
            scores=tuple((at, about, score_of(*rest)) for at, about, *rest in self.scores),
        )

    @property
    def numbers(self) -> str:
        """A digest of what they tell of answers, whatever is judged by it."""
        cells = [row[:NUMBERS_OF_CELL] for row in self.cells]
        return digest([cells, [row[:NUMBERS_OF_FIGURE] for row in self.figures]])


def checksum(published: PublishedRound, rows: PublicationRows) -> str:
    """Another one when anything is different that a reader could see of the round."""
    frozen = [getattr(published, name) for name in FROZEN]
    if published.is_pooled:  # rounds of one year had their checksums before there were others
        frozen.append(published.first_year)
    return digest([frozen, rows.cells, rows.figures, rows.scores])


def digest(content: object) -> str:
    """Of anything that JSON can hold."""
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def as_stored(value: object) -> object:
    """The value as it is read back: zero has no sign in the store."""
    return value + 0.0 if isinstance(value, float) else value


def write(session: Session, published_round_id: int, rows: PublicationRows) -> None:
    """Fills a published round that has no rows yet."""
    first = (session.exec(select(func.max(PublishedCell.id))).one() or 0) + 1
    cells = ((first + at, published_round_id, *row) for at, row in enumerate(rows.cells))
    columns = [column.key for column in CELL]
    insert_all(session, PublishedCell, ["id", "published_round_id", *columns[1:]], cells)
    for table, of_table, rows_of_table in (
        (PublishedFigure, FIGURE, rows.figures),
        (PublishedScore, SCORE, rows.scores),
    ):
        keyed = ((first + at, *rest) for at, *rest in rows_of_table)
        insert_all(session, table, [column.key for column in of_table], keyed)


def insert_all(session: Session, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows all at once."""
    # The table, not the model: the model's insert would go row by row wherever a value is missing.
    if values := [dict(zip(columns, row, strict=True)) for row in rows]:
        session.connection().execute(insert(table.__table__), values)


def read(session: Session, published_round_id: int) -> PublicationRows:
    """The rows of a published round in the order in which they were written."""
    cells = session.execute(
        select(*CELL).where(PublishedCell.published_round_id == published_round_id).order_by(PublishedCell.id)
    ).all()
    position = {row[0]: at for at, row in enumerate(cells)}

    def of(columns: tuple) -> list[Row]:
        of_round = columns[0].in_(cell_ids(published_round_id).order_by(None))
        stored = session.execute(select(*columns).where(of_round))
        return _ordered((position[cell_id], *rest) for cell_id, *rest in stored)

    return PublicationRows([tuple(row[1:]) for row in cells], of(FIGURE), of(SCORE))


def remove(session: Session, published_round_id: int) -> None:
    """Takes the rows out of the store."""
    for table in (PublishedFigure, PublishedScore):
        session.execute(delete(table).where(table.cell_id.in_(cell_ids(published_round_id).order_by(None))))
    session.execute(delete(PublishedCell).where(PublishedCell.published_round_id == published_round_id))


def cell_ids(published_round_id: int):
    """The query for the ids of the cells of a published round, in the order in which they were written."""
    of_round = PublishedCell.published_round_id == published_round_id
    return select(PublishedCell.id).where(of_round).order_by(PublishedCell.id)


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row[:2])


def _judged(shown: Iterable[tuple[int, str, Figure | Score]], columns: tuple) -> Iterator[Row]:
    """Position, about, the values and the judgement of each."""
    own = [column for column in columns[2:] if column.key not in JUDGEMENT]
    for at, about, value in shown:
        judgement = value.judgement or Judgement()
        judged = (as_stored(getattr(judgement, name)) for name in JUDGEMENT)
        yield (at, about, *_values(value, own), *judged)


def _values(source: object, columns: Iterable) -> list:
    return [getattr(source, column.key) for column in columns]
