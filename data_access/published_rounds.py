"""One round on its way into the dashboard store: computed, written, and audited as it was written."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from itertools import repeat
from multiprocessing import get_context

from sqlalchemy import func, insert
from sqlmodel import Session, SQLModel, select

from data_access.audits import audit_round, units_of_round
from data_access.confidential.finest_groups import round_contents
from data_access.confidential.models import Round
from data_access.dashboard import reference_tables
from data_access.dashboard.models import PublishedCell, PublishedFigure, PublishedRound, PublishedScore
from data_access.problems import ReleaseProblem
from indicators.cells import Cell
from indicators.disclosure import System, choose
from indicators.figure import Figure, Response, Score
from indicators.judgement import Judgement
from indicators.judging import judged
from indicators.method import AuditFigure
from indicators.publication import ChooseAll, Chosen, Publication, one_by_one, publication
from indicators.questionnaire import Questionnaire

FIGURE_COLUMNS = ("n", "favourable", "persons", "counts", "outside_base", "bound", "withheld")
SCORE_COLUMNS = ("share", "fewest", "most", "detailed")
RESPONSE_COLUMNS = ("answers", "invited", "badge", "skewed")
NOT_JUDGED = asdict(Judgement())
WORTH_A_PROCESS = 500
"""Cells of a system from which deciding takes longer than starting another process."""


@contextmanager
def on_all_cores(told: Callable[[float], None] = lambda _share: None) -> Iterator[ChooseAll]:
    """Decides on the questions of a round side by side; equal patterns are decided once.

    `told` hears which share of the round is decided.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processes share the cores already
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:

        def choose_all(systems: Sequence[System], least_persons: int) -> Sequence[Chosen]:
            if systems[0].cells < WORTH_A_PROCESS:
                return one_by_one(systems, least_persons)
            patterns = [system.pattern(least_persons) for system in systems]
            different = dict(zip(patterns, systems, strict=True))
            chosen = {}
            deciding = pool.map(choose, different.values(), repeat(least_persons))
            for pattern, decided in zip(different, deciding, strict=True):
                chosen[pattern] = decided
                told(len(chosen) / len(different))
            return [chosen[pattern] for pattern in patterns]

        yield choose_all


def publish_round(
    confidential: Session, dashboard: Session, a_round: Round, least_persons: int, choose_all: ChooseAll
) -> int:
    """Computes the round, writes it as a new published round and returns its id.

    ReleaseProblem when the audit of what was written finds a group of fewer persons.
    """
    published = start(dashboard, a_round)
    decided = computed(confidential, dashboard, a_round, least_persons, choose_all)
    write(dashboard, published, decided, least_persons)
    published.audit = asdict(audited(confidential, dashboard, published, least_persons))
    dashboard.flush()
    return published.id


def audited(
    confidential: Session, dashboard: Session, published: PublishedRound, least_persons: int
) -> AuditFigure:
    """The audit of the round as it was written; ReleaseProblem when a group of fewer persons is found."""
    audit = audit_round(confidential, dashboard, published, least_persons)
    if audit.derivable_groups_below_k:
        found = f"{audit.describe(least_persons)} ({published.round_id})"
        raise ReleaseProblem(f"Udgivelsen er afvist, og intet er ændret: {found}.")
    return audit


def computed(
    confidential: Session,
    dashboard: Session,
    a_round: Round,
    least_persons: int,
    choose_all: ChooseAll = one_by_one,
) -> Publication:
    """What of the round may be published together."""
    contents = round_contents(confidential, a_round)
    units = units_of_round(dashboard, a_round, contents)
    questionnaire = Questionnaire.model_validate(a_round.questionnaire)
    return publication(contents, units, questionnaire, least_persons, choose_all)


def start(dashboard: Session, a_round: Round) -> PublishedRound:
    """A published round without figures yet."""
    reference_tables.add_names(dashboard, a_round.added_names)
    published = PublishedRound(
        round_id=a_round.id,
        survey_id=a_round.survey_id,
        year=a_round.year,
        questionnaire=a_round.questionnaire,
        source=a_round.source,
        is_sample=a_round.is_sample,
    )
    dashboard.add(published)
    dashboard.flush()
    return published


def write(
    dashboard: Session, published_round: PublishedRound, published: Publication, least_persons: int
) -> None:
    """Judges the figures by what is published of them all, and fills the published round with them."""
    questionnaire = Questionnaire.model_validate(published_round.questionnaire)
    first = (dashboard.exec(select(func.max(PublishedCell.id))).one() or 0) + 1
    for model, rows in _rows(judged(published, questionnaire, least_persons), published_round.id, first):
        if rows:
            # The table, not the model: the model's insert would go row by row wherever a value is missing.
            dashboard.connection().execute(insert(model.__table__), rows)


def _rows(published: Publication, round_id: int, first: int) -> Iterator[tuple[type[SQLModel], list[dict]]]:
    """The rows of each table; the cells are numbered from the first on."""
    yield (
        PublishedCell,
        [
            {"id": first + position, "published_round_id": round_id, **_cell_columns(cell, response)}
            for position, (cell, response) in enumerate(
                zip(published.cells, published.responses, strict=True)
            )
        ],
    )
    yield (
        PublishedFigure,
        [
            {"cell_id": first + position, "question_id": question_id, **_columns(figure, FIGURE_COLUMNS)}
            for position, question_id, figure in published.figures
        ],
    )
    yield (
        PublishedScore,
        [
            {"cell_id": first + position, "theme_id": theme_id, **_columns(score, SCORE_COLUMNS)}
            for position, theme_id, score in published.scores
            if score.share is not None
        ],
    )


def _cell_columns(cell: Cell, response: Response) -> dict:
    key = {"unit_key": cell.unit, "education_id": cell.education, "institution_id": cell.institution}
    return key | {column: getattr(response, column) for column in RESPONSE_COLUMNS}


def _columns(shown: Figure | Score, names: Sequence[str]) -> dict:
    judgement = vars(shown.judgement) if shown.judgement else NOT_JUDGED
    return {name: getattr(shown, name) for name in names} | judgement
