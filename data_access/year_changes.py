"""What changed from one published round to the next: made once for two rounds, as both are frozen."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from sqlalchemy import Select, and_, exists, insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from data_access.dashboard.models import (
    PublishedCell,
    PublishedChange,
    PublishedFigure,
    PublishedRound,
    PublishedScore,
)
from data_access.dashboard.release_list import rounds_of
from indicators.groups import kind_key
from indicators.questionnaire import Questionnaire, about_theme
from indicators.selection import ALL
from indicators.years import YearPair, changes, comparable_questions, comparable_themes

CELL = ("unit_key", "education_id", "institution_id")


def compare_years(dashboard: Session, release_number: int) -> None:
    """Compares each round of the release with the survey's round before it, where that is not done yet."""
    for earlier, later in pairwise(rounds_of(dashboard, release_number)):
        if earlier.survey_id == later.survey_id and not _is_done(dashboard, earlier, later):
            _compare(dashboard, earlier, later)


def _is_done(dashboard: Session, earlier: PublishedRound, later: PublishedRound) -> bool:
    of_later = select(PublishedCell.id).where(PublishedCell.published_round_id == later.id)
    done = exists().where(
        PublishedChange.earlier_round_id == earlier.id, PublishedChange.cell_id.in_(of_later)
    )
    return bool(dashboard.exec(select(done)).one())


def _compare(dashboard: Session, earlier: PublishedRound, later: PublishedRound) -> None:
    asked = [Questionnaire.model_validate(one.questionnaire) for one in (later, earlier)]
    years = (earlier.year, later.year)
    questions = _in_both(PublishedFigure, "question_id", earlier, later)
    themes = _in_both(PublishedScore, "theme_id", earlier, later)
    found = [
        *_pairs(dashboard, questions, comparable_questions(*asked, years), str),
        *_pairs(dashboard, themes, comparable_themes(*asked, years), about_theme),
    ]
    judged = changes([pair for _, _, pair in found], earlier.year)
    rows = [
        {
            "cell_id": cell_id,
            "about": about,
            "earlier_round_id": earlier.id,
            "change": change.change,
            "difference": change.difference,
            "low": change.low,
            "high": change.high,
        }
        for (cell_id, about, _), change in zip(found, judged, strict=True)
    ]
    if rows:
        dashboard.connection().execute(insert(PublishedChange.__table__), rows)


def _pairs(
    dashboard: Session, query: Select, comparable: set[str], named: Callable[[str], str]
) -> Iterator[tuple[int, str, YearPair]]:
    """The later cell, what the shares are about, and both shares."""
    for cell_id, unit, education, institution, about, *shares, detailed in dashboard.exec(query):
        if about in comparable and None not in shares:
            family = (*_level(unit, education), institution, named(about))
            yield cell_id, named(about), YearPair(family, *shares, bool(detailed))


def _in_both(
    table: type[PublishedFigure | PublishedScore], about: str, earlier: PublishedRound, later: PublishedRound
) -> Select:
    """Every share of the later round that the earlier one has as well: its cell, about, and both shares."""
    now, before = aliased(table), aliased(table)
    cell, cell_before = aliased(PublishedCell), aliased(PublishedCell)
    same_cell = and_(*(getattr(cell, name) == getattr(cell_before, name) for name in CELL))
    return (
        select(cell.id, *(getattr(cell, name) for name in CELL), getattr(now, about))
        .add_columns(*table.counted(now), *table.counted(before))
        .add_columns(and_(table.is_detailed(now), table.is_detailed(before)))
        .join(now, now.cell_id == cell.id)
        .join(cell_before, same_cell)
        .join(before, and_(before.cell_id == cell_before.id, getattr(before, about) == getattr(now, about)))
        .where(cell.published_round_id == later.id, cell_before.published_round_id == earlier.id)
    )


def _level(unit: str, education: str) -> tuple[str, ...]:
    """Those whose changes are judged together: all units of the kind, or all educations."""
    return (kind_key(unit), education) if unit != ALL else (ALL,)
