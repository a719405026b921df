"""The answers to every question of a selection."""

from sqlmodel import Session

from data_access.dashboard.models import Release
from indicators.comparison import theme_rows
from indicators.report import FigureTable
from indicators.selection import Selection
from views.answers import headline
from views.reports import Source


def distribution(session: Session, selection: Selection, release: Release | None = None) -> FigureTable:
    """Every question of the theme beside the comparison, in the release in force unless one is named."""
    source = Source.of(session, selection, release)
    unit = source.group(selection.unit)
    rows = source.rows(unit)
    return FigureTable(
        title=headline.distribution(selection, rows),
        selection=selection,
        origin=source.origin,
        response=unit.response,
        rows=rows,
        themes=theme_rows(rows),
        notes=source.notes,
    )
