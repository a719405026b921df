"""The audit of a published round: read back what can be shown, and try to derive small groups from it."""

from datetime import date

from sqlmodel import Session, select

from data_access.confidential.finest_groups import round_contents
from data_access.confidential.models import Round
from data_access.dashboard import reference_tables
from data_access.dashboard.models import PublishedCell, PublishedFigure, PublishedRound
from data_access.problems import ReleaseProblem
from indicators.auditing import audit_publication
from indicators.cells import Cell, CellTable
from indicators.disclosure.history import Systems
from indicators.groups import units_of_places
from indicators.method import AuditFigure
from indicators.publication import Publication, RoundContents
from indicators.questionnaire import Questionnaire


def audit_round(
    confidential: Session, dashboard: Session, published: PublishedRound, least_persons: int
) -> AuditFigure:
    """What can be derived from everything that the store would show of the round.

    ReleaseProblem when the round has been imported anew since and no longer fits.
    """
    a_round = confidential.get(Round, published.round_id)
    if a_round is None:
        raise ReleaseProblem(f"{published.round_id} er ikke i det fortrolige lager og kan ikke kontrolleres.")
    contents = round_contents(confidential, a_round)
    systems = Systems.of(contents, units_of_round(dashboard, a_round, contents))
    questionnaire = Questionnaire.model_validate(published.questionnaire)
    shown = _shown(dashboard, published, systems.table)
    return audit_publication(systems, shown, questionnaire, least_persons)


def units_of_round(dashboard: Session, a_round: Round, contents: RoundContents) -> dict[str, tuple[str, ...]]:
    """The units of every place of the round, as the groups were at its end."""
    return units_of_places(
        {group.place for group in contents.groups},
        reference_tables.memberships(dashboard),
        date(a_round.year, 12, 31),
        a_round.private_counts_in_municipality,
    )


def _shown(dashboard: Session, published: PublishedRound, table: CellTable) -> Publication:
    """What the store shows of the round, by the cells of the table.

    The rows themselves stand for responses and figures: what may not be shown could not be built as one.
    """
    position = {cell: number for number, cell in enumerate(table.cells)}
    rows = dashboard.exec(select(PublishedCell).where(PublishedCell.published_round_id == published.id)).all()
    where = {row.id: _position(position, row, published) for row in rows}
    figures = dashboard.exec(select(PublishedFigure).where(PublishedFigure.cell_id.in_(_ids(published))))
    responses = [PublishedCell()] * len(table.cells)
    for row in rows:
        responses[where[row.id]] = row
    return Publication(
        table.cells, tuple(responses), tuple((where[row.cell_id], row.question_id, row) for row in figures)
    )


def _ids(published: PublishedRound):
    return select(PublishedCell.id).where(PublishedCell.published_round_id == published.id)


def _position(position: dict[Cell, int], row: PublishedCell, published: PublishedRound) -> int:
    cell = Cell(row.unit_key, row.education_id, row.institution_id)
    if cell not in position:
        raise ReleaseProblem(
            f"{published.round_id} er importeret igen, siden den blev udgivet. Udgiv den igen først."
        )
    return position[cell]
