"""The answers to every question of a selection."""

from sqlmodel import Session

from data_access.dashboard.models import Release
from indicators.comparison import theme_rows
from indicators.figure import QuestionRow, State
from indicators.report import FigureTable
from indicators.selection import Selection
from views.foundation.report_source import Source
from views.subjects.distribution import headline


def distribution(session: Session, selection: Selection, release: Release | None = None) -> FigureTable:
    """Every question of the theme beside the comparison, in the release in force unless one is named."""
    source = Source.of(session, selection, release)
    unit = source.group(selection.unit)
    rows = tuple(
        row for row in source.rows(unit) if _was_asked(row) or row.question.id == selection.question.key
    )
    return FigureTable(
        title=headline.distribution(selection, rows),
        selection=selection,
        origin=source.origin,
        response=unit.response,
        rows=rows,
        themes=theme_rows(rows),
        notes=source.notes,
    )


def _was_asked(row: QuestionRow) -> bool:
    """Whether it is for the chosen education: a question for others nobody here has answered."""
    answered = {row.figure.state, row.benchmark.state} != {State.NO_ANSWERS}
    return row.question.common or answered
