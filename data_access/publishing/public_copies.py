"""A store to be shown to everyone: one release and the names in it, and nothing that people have written."""

from pathlib import Path

from sqlmodel import Session, select

from data_access import engines
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import (
    DASHBOARD,
    DashboardTable,
    EducationRecord,
    InstitutionRecord,
    PublishedCell,
    PublishedChange,
    PublishedFigure,
    PublishedRound,
    PublishedScore,
    Release,
    ReleasedRound,
    RoundComparison,
    UnitRecord,
)
from data_access.dashboard.publication_rows import insert_all
from data_access.problems import StoreProblem
from data_access.publishing.releases import available, put_in_force
from indicators.rights import OPERATOR

ROWS_AT_A_TIME = 5_000

NAMES = (UnitRecord, EducationRecord, InstitutionRecord)


def refuse_if_there(path: Path) -> None:
    """StoreProblem when something would be written over."""
    if path.exists():
        raise StoreProblem(f"Filen {path.name} findes allerede. Slet den, eller vælg et andet navn.")


def write(path: Path, release_number: int) -> None:
    """A new store with that release alone, in force; StoreProblem when the file is there already."""
    refuse_if_there(path)
    url = f"sqlite:///{path.absolute()}"
    try:
        with dashboard.reading(OPERATOR) as source, engines.writing(url, DASHBOARD) as target:
            _copy_release(source, target, release_number)
    except BaseException:
        path.unlink(missing_ok=True)  # half a copy is none
        raise
    finally:
        engines.engine(url).dispose()


def _copy_release(source: Session, target: Session, release_number: int) -> None:
    rounds = select(ReleasedRound.published_round_id).where(ReleasedRound.release_number == release_number)
    cells = select(PublishedCell.id).where(PublishedCell.published_round_id.in_(rounds))
    for table in NAMES:
        _copy(source, target, table)
    _copy(source, target, Release, Release.number == release_number)
    _copy(source, target, PublishedRound, PublishedRound.id.in_(rounds))
    _copy(source, target, ReleasedRound, ReleasedRound.release_number == release_number)
    _copy(source, target, PublishedCell, PublishedCell.published_round_id.in_(rounds))
    for table in (PublishedFigure, PublishedScore):
        _copy(source, target, table, table.cell_id.in_(cells))
    both = RoundComparison.earlier_round_id.in_(rounds), RoundComparison.later_round_id.in_(rounds)
    _copy(source, target, RoundComparison, *both)
    in_both = PublishedChange.earlier_round_id.in_(rounds), PublishedChange.cell_id.in_(cells)
    _copy(source, target, PublishedChange, *in_both)
    put_in_force(target, available(target, release_number))


def _copy(source: Session, target: Session, table: type[DashboardTable], *which: object) -> None:
    """The rows of the table, all or some, never many at a time."""
    columns = list(table.__table__.columns)
    query = select(*columns).where(*which).execution_options(yield_per=ROWS_AT_A_TIME)
    for rows in source.connection().execute(query).partitions():
        insert_all(target, table, [column.name for column in columns], map(tuple, rows))
