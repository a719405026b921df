"""The audit of a published round: read back what can be shown, and try to derive small groups from it."""

from dataclasses import replace
from datetime import date

import numpy as np
from sqlmodel import Session, select

from data_access.confidential.finest_groups import round_contents
from data_access.confidential.models import Round
from data_access.dashboard import reference_tables
from data_access.dashboard.models import PublishedCell, PublishedFigure, PublishedRound
from data_access.problems import ReleaseProblem
from indicators.cells import Cell, CellTable, cell_table
from indicators.disclosure import System, audit
from indicators.groups import units_of_places
from indicators.method import AuditFigure, together
from indicators.publication import ANSWERED, RoundContents, question_systems, response_systems
from indicators.questionnaire import Questionnaire

RESPONSE = ""


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
    table = cell_table(contents.groups, units_of_round(dashboard, a_round, contents))
    shown = _shown(dashboard, published, table)
    questionnaire = Questionnaire.model_validate(published.questionnaire)
    found = [_audited(response_systems(table, contents), shown[RESPONSE], least_persons)]
    for question in questionnaire.questions:
        if question.id in contents.answers:
            systems = question_systems(table, question, questionnaire, contents)
            found.append(_audited(systems, shown.get(question.id, _none(table)), least_persons))
    answered = contents.response.option == ANSWERED
    return replace(together(found), answers=int(contents.response.count[answered].sum()))


def units_of_round(dashboard: Session, a_round: Round, contents: RoundContents) -> dict[str, tuple[str, ...]]:
    """The units of every place of the round, as the groups were at its end."""
    return units_of_places(
        {group.place for group in contents.groups},
        reference_tables.memberships(dashboard),
        date(a_round.year, 12, 31),
        a_round.private_counts_in_municipality,
    )


Shown = tuple[np.ndarray, np.ndarray]
"""Two masks over cells: where the first system's numbers are shown, and where the second's are."""


def _none(table: CellTable) -> Shown:
    return np.zeros(len(table.cells), dtype=bool), np.zeros(len(table.cells), dtype=bool)


def _shown(dashboard: Session, published: PublishedRound, table: CellTable) -> dict[str, Shown]:
    """By question (RESPONSE: answers and invited), what the store shows and of which cells."""
    position = {cell: number for number, cell in enumerate(table.cells)}
    cells = {
        row.id: row
        for row in dashboard.exec(
            select(PublishedCell).where(PublishedCell.published_round_id == published.id)
        )
    }
    where = {row.id: _position(position, row, published) for row in cells.values()}
    shown = {RESPONSE: _none(table)}
    for row in cells.values():
        shown[RESPONSE][0][where[row.id]] = row.answers is not None
        shown[RESPONSE][1][where[row.id]] = row.invited is not None
    for figure in dashboard.exec(select(PublishedFigure).where(PublishedFigure.cell_id.in_(_ids(published)))):
        first, second = shown.setdefault(figure.question_id, _none(table))
        first[where[figure.cell_id]] = figure.n is not None
        second[where[figure.cell_id]] = figure.outside_base is not None
    return shown


def _ids(published: PublishedRound):
    return select(PublishedCell.id).where(PublishedCell.published_round_id == published.id)


def _position(position: dict[Cell, int], row: PublishedCell, published: PublishedRound) -> int:
    cell = Cell(row.unit_key, row.education_id, row.institution_id)
    if cell not in position:
        raise ReleaseProblem(
            f"{published.round_id} er importeret igen, siden den blev udgivet. Udgiv den igen først."
        )
    return position[cell]


def _audited(systems: tuple[System, System], shown: Shown, least_persons: int) -> AuditFigure:
    """Both systems attacked with what is shown, counted in cells of the first; sheets count once a round."""
    found = [
        audit(system.rows(mask), system.persons, least_persons)
        for system, mask in zip(systems, shown, strict=True)
    ]
    cells, published = int((systems[0].persons_by_cell > 0).sum()), int(shown[0].sum())
    smallest = [one.smallest_derivable_group for one in found if one.smallest_derivable_group is not None]
    return AuditFigure(
        answers=0,
        cells=cells,
        published=published,
        hidden=cells - published,
        derivable_groups_below_k=sum(len(one.offending) for one in found),
        smallest_derivable_group=min(smallest, default=None),
    )
