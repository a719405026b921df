"""The audit of a published round: what can be derived of small groups from whatever is shown of it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from sqlmodel import Session

from data_access.confidential import released_contents
from data_access.confidential.released_contents import RoundBasis
from data_access.dashboard import publication_rows
from data_access.dashboard.cells import FIGURE
from data_access.dashboard.models import PublishedRound
from data_access.dashboard.publication_rows import KEY, PublicationRows
from data_access.problems import ReleaseProblem
from indicators.cells import Cell, CellTable, cell_table
from indicators.disclosure import System, audit
from indicators.method import AuditFigure, together
from indicators.publication import ANSWERED, question_systems, response_systems
from indicators.questionnaire import Questionnaire

RESPONSE = ""
ANSWERS, INVITED = KEY, KEY + 1
N, OUTSIDE_BASE = ([column.key for column in FIGURE].index(name) for name in ("n", "outside_base"))


def audit_round(
    confidential: Session, dashboard: Session, published: PublishedRound, least_persons: int
) -> AuditFigure:
    """What can be derived from everything that the store would show of the round.

    ReleaseProblem when what it was decided on is not there any more.
    """
    record = released_contents.kept(confidential, published.contents_id)
    if record is None:
        raise ReleaseProblem(
            f"{published.round_id} kan ikke kontrolleres: Det fortrolige lager har ikke de svar, som den "
            "blev udgivet af. Udgiv den igen med «python manage.py publish --replace»."
        )
    rows = publication_rows.read(dashboard, published.id)
    basis = released_contents.opened(record)
    return audit_rows(basis, rows, Questionnaire.model_validate(published.questionnaire), least_persons)


def audit_rows(
    basis: RoundBasis, rows: PublicationRows, questionnaire: Questionnaire, least_persons: int
) -> AuditFigure:
    """The same of rows that may not be written yet; ReleaseProblem when they are not of these answers."""
    contents = basis.contents
    table = cell_table(contents.groups, basis.units_of)
    shown = _shown(rows, table)
    found = [_audited(response_systems(table, contents), shown[RESPONSE], least_persons)]
    for question in questionnaire.questions:
        if question.id in contents.answers:
            systems = question_systems(table, question, questionnaire, contents)
            found.append(_audited(systems, shown.get(question.id, _none(table)), least_persons))
    answered = contents.response.option == ANSWERED
    return replace(together(found), answers=int(contents.response.count[answered].sum()))


Shown = tuple[np.ndarray, np.ndarray]
"""Two masks over cells: where the first system's numbers are shown, and where the second's are."""


def _none(table: CellTable) -> Shown:
    return np.zeros(len(table.cells), dtype=bool), np.zeros(len(table.cells), dtype=bool)


def _shown(rows: PublicationRows, table: CellTable) -> Mapping[str, Shown]:
    """By question (RESPONSE: answers and invited), what is shown and of which cells."""
    position = {cell: number for number, cell in enumerate(table.cells)}
    cells = [Cell(*row[:KEY]) for row in rows.cells]
    if not position.keys() >= set(cells):
        raise ReleaseProblem(
            "Udgivelsen viser felter, som ikke er i de svar, den er lavet af. Udgiv runden igen."
        )
    where = [position[cell] for cell in cells]
    shown = {RESPONSE: _none(table)}
    for at, row in zip(where, rows.cells, strict=True):
        shown[RESPONSE][0][at] = row[ANSWERS] is not None
        shown[RESPONSE][1][at] = row[INVITED] is not None
    for row in rows.figures:
        at, question = row[:2]
        first, second = shown.setdefault(question, _none(table))
        first[where[at]] = row[N] is not None
        second[where[at]] = row[OUTSIDE_BASE] is not None
    return shown


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
