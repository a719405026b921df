"""What changed from one published round to the next: made once for two rounds, as both are frozen."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_
from sqlmodel import Session, select

from data_access.dashboard.models import PublishedChange, PublishedRound, RoundComparison
from data_access.dashboard.publication_rows import as_stored, cell_ids, digest, insert_all
from data_access.problems import UNREADABLE, RefusedRelease
from indicators.cells import Cell
from indicators.groups import kind_key
from indicators.publication import Publication
from indicators.questionnaire import Questionnaire, about_theme
from indicators.selection import ALL
from indicators.years import YearPair, changes, comparable_questions, comparable_themes

COLUMNS = ("about", "change", "difference", "low", "high")

Row = tuple
Share = tuple[Cell, str, tuple[float, int, bool]]
"""A cell, what its share is about, and the favourable answers, all answers, and whether more is shown."""


@dataclass(frozen=True)
class ComparedRound:
    """A published round, in the store already or not, and what it shows."""

    published: PublishedRound
    shows: Publication


@dataclass(frozen=True)
class YearComparison:
    """Two rounds of a survey that follow each other.

    A row a share that both show: the position of the later one's cell, and COLUMNS.
    """

    earlier: PublishedRound
    later: PublishedRound
    rows: Sequence[Row]

    def __str__(self) -> str:
        return f"Ændringerne mellem {self.earlier.round_id} og {self.later.round_id}"


def is_compared(dashboard: Session, earlier_id: int, later_id: int) -> bool:
    """Whether the two published rounds have been held up against each other."""
    return dashboard.get(RoundComparison, (earlier_id, later_id)) is not None


def compare(earlier: ComparedRound, later: ComparedRound) -> YearComparison:
    """Every share of the later round that the earlier one shows too."""
    both = later.published, earlier.published
    questionnaires = [Questionnaire.model_validate(published.questionnaire) for published in both]
    years = earlier.published.year, later.published.year
    questions = comparable_questions(*questionnaires, years)
    themes = comparable_themes(*questionnaires, years)
    pairs = [
        *_pairs(_of_questions(earlier.shows), _of_questions(later.shows), questions, str),
        *_pairs(_of_themes(earlier.shows), _of_themes(later.shows), themes, about_theme),
    ]
    positions = {cell: at for at, cell in enumerate(later.shows.cells)}
    judged = changes([pair for _, _, pair in pairs], earlier.published.year)
    rows = (
        (
            positions[cell],
            about,
            str(change.change),
            *map(as_stored, (change.difference, change.low, change.high)),
        )
        for (cell, about, _), change in zip(pairs, judged, strict=True)
    )
    return YearComparison(earlier.published, later.published, sorted(rows))


def write(dashboard: Session, compared: YearComparison) -> None:
    """Both rounds have been written; RefusedRelease when the rows cannot be read back as they were."""
    earlier_id = compared.earlier.id
    later_id = compared.later.id
    cells = dashboard.exec(cell_ids(later_id)).all()
    rows = ((cells[at], *rest, earlier_id) for at, *rest in compared.rows)
    insert_all(dashboard, PublishedChange, ("cell_id", *COLUMNS, "earlier_round_id"), rows)
    record = RoundComparison(
        earlier_round_id=earlier_id, later_round_id=later_id, checksum=digest(compared.rows)
    )
    dashboard.add(record)
    dashboard.flush()
    if not is_as_compared(dashboard, record):
        raise RefusedRelease(UNREADABLE.format(compared))


def is_as_compared(dashboard: Session, compared: RoundComparison) -> bool:
    """Whether the store shows the changes that were written."""
    of_later = cell_ids(compared.later_round_id)
    position = {cell_id: at for at, cell_id in enumerate(dashboard.exec(of_later))}
    columns = (getattr(PublishedChange, name) for name in COLUMNS)
    query = select(PublishedChange.cell_id, *columns).where(
        PublishedChange.earlier_round_id == compared.earlier_round_id,
        PublishedChange.cell_id.in_(of_later.order_by(None)),
    )
    rows = sorted((position[cell_id], *rest) for cell_id, *rest in dashboard.execute(query))
    return digest(rows) == compared.checksum


def remove(dashboard: Session, published_round_id: int) -> None:
    """Takes out of the store every change from or to the round."""
    of_round = PublishedChange.cell_id.in_(cell_ids(published_round_id).order_by(None))
    dashboard.execute(
        delete(PublishedChange).where(or_(of_round, PublishedChange.earlier_round_id == published_round_id))
    )
    dashboard.execute(
        delete(RoundComparison).where(
            or_(
                RoundComparison.earlier_round_id == published_round_id,
                RoundComparison.later_round_id == published_round_id,
            )
        )
    )


def _of_questions(shown: Publication) -> Iterator[Share]:
    for at, about, figure in shown.figures:
        if figure.favourable is not None:
            yield shown.cells[at], about, (figure.favourable, figure.n, figure.detailed)


def _of_themes(shown: Publication) -> Iterator[Share]:
    """A score counts as the favourable answers and all answers of one question."""
    for at, about, score in shown.scores:
        if score.share is not None:
            yield shown.cells[at], about, (score.share * score.fewest, score.fewest, score.detailed)


def _pairs(
    before: Iterable[Share], now: Iterable[Share], comparable: set[str], named: Callable[[str], str]
) -> Iterator[tuple[Cell, str, YearPair]]:
    """The cell, what the shares are about, and both shares."""
    known = {(cell, about): share for cell, about, share in before if about in comparable}
    for cell, about, (favourable, n, detailed) in now:
        if (cell, about) in known:
            earlier_favourable, earlier_n, earlier_detailed = known[cell, about]
            family = (*_level(cell), cell.institution, named(about))
            pair = YearPair(
                family, favourable, n, earlier_favourable, earlier_n, detailed and earlier_detailed
            )
            yield cell, named(about), pair


def _level(cell: Cell) -> tuple[str, ...]:
    """Those whose changes are judged together: all units of the kind, or all educations."""
    return (kind_key(cell.unit), cell.education) if cell.unit != ALL else (ALL,)
