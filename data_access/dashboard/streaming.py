"""Everything that a published round shows, row by row: nothing but the row in hand is held."""

from collections.abc import Iterator

from sqlalchemy import Select, func
from sqlmodel import Session, select

from data_access.dashboard.cells import CELL, FIGURE, figure_of, response_of
from data_access.dashboard.models import (
    EducationRecord,
    InstitutionRecord,
    PublishedCell,
    PublishedFigure,
    PublishedRound,
    UnitRecord,
)
from indicators.cells import Cell
from indicators.figure import Figure, Response
from indicators.selection import ALL, ALL_EDUCATIONS, ALL_INSTITUTIONS, ALL_UNITS

ROWS_AT_A_TIME = 2_000
_WHERE = (PublishedCell.unit_key, PublishedCell.education_id, PublishedCell.institution_id)

Names = dict[str, str]


def figures(
    session: Session, published: PublishedRound, education: str = ALL
) -> Iterator[tuple[Cell, str, Figure]]:
    """Every figure with its cell and question, those of a cell together."""
    columns = (*_WHERE, *FIGURE[1:])
    query = select(*columns).join(PublishedFigure, PublishedFigure.cell_id == PublishedCell.id)
    ordered = _of(query, published, education).order_by(PublishedCell.id, PublishedFigure.question_id)
    for unit, of_education, institution, question, *rest in _streamed(session, ordered):
        yield Cell(unit, of_education, institution), question, figure_of(*rest)


def responses(
    session: Session, published: PublishedRound, education: str = ALL
) -> Iterator[tuple[Cell, Response]]:
    """The response of every cell that somebody was invited in."""
    ordered = _of(select(*CELL[1:]), published, education).order_by(PublishedCell.id)
    for unit, of_education, institution, *rest in _streamed(session, ordered):
        yield Cell(unit, of_education, institution), response_of(*rest)


def count_figures(session: Session, published: PublishedRound, education: str = ALL) -> int:
    """How many figures there will be."""
    query = select(func.count()).select_from(PublishedCell)
    joined = query.join(PublishedFigure, PublishedFigure.cell_id == PublishedCell.id)
    return session.exec(_of(joined, published, education)).one()


def names(session: Session) -> tuple[Names, Names, Names]:
    """What units, educations and institutions are called, by their keys."""
    tables = (
        (UnitRecord.key, UnitRecord.name, ALL_UNITS),
        (EducationRecord.id, EducationRecord.name, ALL_EDUCATIONS),
        (InstitutionRecord.id, InstitutionRecord.name, ALL_INSTITUTIONS),
    )
    return tuple(
        dict(session.exec(select(key, name)).all()) | {ALL: every.name} for key, name, every in tables
    )


def _of(query: Select, published: PublishedRound, education: str) -> Select:
    of_round = query.where(PublishedCell.published_round_id == published.id)
    return of_round if education == ALL else of_round.where(PublishedCell.education_id == education)


def _streamed(session: Session, query: Select) -> Iterator[tuple]:
    return iter(session.connection().execute(query.execution_options(yield_per=ROWS_AT_A_TIME)))
