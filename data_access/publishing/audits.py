"""The audit of a published round: read back what can be shown, and try to derive small groups from it."""

from collections import namedtuple

from sqlmodel import Session

from data_access.confidential import released_contents
from data_access.dashboard import publication_rows
from data_access.dashboard.cells import CELL, FIGURE
from data_access.dashboard.models import PublishedRound
from data_access.dashboard.publication_rows import KEY, PublicationRows
from data_access.problems import ReleaseProblem
from indicators.auditing import audit_publication
from indicators.cells import Cell, CellTable
from indicators.disclosure.history import Systems
from indicators.method import AuditFigure
from indicators.publication import Publication
from indicators.questionnaire import Questionnaire

CellRow = namedtuple("CellRow", [column.key for column in CELL[1:]])
FigureRow = namedtuple("FigureRow", [column.key for column in FIGURE[2:]])


def audit_round(
    confidential: Session, dashboard: Session, published: PublishedRound, least_persons: int
) -> AuditFigure:
    """What can be derived from everything that the store would show of the round.

    ReleaseProblem when what it was decided on is not there any more.
    """
    record = released_contents.kept(confidential, published.contents_id)
    if record is None:
        raise ReleaseProblem(
            f"{published.round_id} kan ikke kontrolleres: De svar, den blev lavet af, er ikke gemt med "
            "udgivelsen. Udgiv den igen med «python manage.py publish --replace»."
        )
    basis = released_contents.opened(record)
    systems = Systems.of(basis.contents, basis.units_of)
    shown = _shown(publication_rows.read(dashboard, published.id), systems.table)
    questionnaire = Questionnaire.model_validate(published.questionnaire)
    return audit_publication(systems, shown, questionnaire, least_persons)


def _shown(rows: PublicationRows, table: CellTable) -> Publication:
    """What the store shows of the round, by the cells of the table.

    The rows themselves stand for responses and figures: what may not be shown could not be built as one.
    """
    position = {cell: number for number, cell in enumerate(table.cells)}
    cells = [Cell(*row[:KEY]) for row in rows.cells]
    if not position.keys() >= set(cells):
        raise ReleaseProblem(
            "Udgivelsen viser felter, som ikke er i de svar, den er lavet af. Udgiv runden igen."
        )
    responses = [CellRow(*[None] * (len(CELL) - 1))] * len(table.cells)
    for cell, row in zip(cells, rows.cells, strict=True):
        responses[position[cell]] = CellRow(*row)
    figures = ((position[cells[at]], about, FigureRow(*rest)) for at, about, *rest in rows.figures)
    return Publication(table.cells, tuple(responses), tuple(figures))
