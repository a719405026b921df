"""What there is to talk about: the themes of a unit beside the comparison."""

from dataclasses import replace

from sqlmodel import Session

from data_access.dashboard.models import Release
from indicators.comparison import theme_rows
from indicators.report import FigureTable
from indicators.selection import Selection
from views.overview import headline
from views.reports import Source


def overview(session: Session, selection: Selection, release: Release | None = None) -> FigureTable:
    """The themes of the chosen unit, in the release in force unless one is named."""
    source = Source.of(session, selection, release)
    unit = source.group(selection.unit)
    rows = source.rows(unit)
    themes = tuple(
        replace(row, score=replace(row.score, judgement=unit.score(row.theme.id).judgement))
        for row in theme_rows(rows)
    )
    return FigureTable(
        title=headline.overview(selection, rows),
        selection=selection,
        origin=source.origin,
        response=unit.response,
        rows=rows,
        themes=themes,
        notes=source.notes,
    )
