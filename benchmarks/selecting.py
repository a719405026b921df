"""From a selection to its figures, beside one bare query for the rows of the unit's cell."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial

from sqlmodel import Session, select

from benchmarks.comparison import Comparison
from benchmarks.measuring import medians
from benchmarks.stage import DASHBOARD_STORE, SURVEY, YEAR, Stage, reading
from data_access.dashboard.models import PublishedCell
from indicators.selection import ALL, Selection
from views.foundation.controls import selection_of_keys
from views.subjects.distribution.report import distribution

AGAINST = "one SQL query"
SELECTIONS, TURNS = 50, 5
# The store holds a single published round, so its id is 1.
ONE_CELL = """
    SELECT cell.answers, cell.invited, figure.question_id, figure.n, figure.*
    FROM published_cell AS cell JOIN published_figure AS figure ON figure.cell_id = cell.id
    WHERE cell.published_round_id = 1
      AND cell.unit_key = ? AND cell.education_id = ? AND cell.institution_id = ?
"""


def measure(stage: Stage) -> Iterator[Comparison]:
    """Time from a selection to the figure table, its comparison with everyone else included."""
    path = stage.published / DASHBOARD_STORE
    with reading(path) as session, closing(sqlite3.connect(path)) as connection:
        works = {
            "ours": partial(distribution, session),
            "baseline": partial(bare_query, connection),
        }
        seconds = medians(works, selections(session) * TURNS)
    milliseconds = {name: 1000 * median for name, median in seconds.items()}
    yield Comparison("Selection to figures", AGAINST, stage.size, "ms", **milliseconds)


def selections(session: Session, count: int = SELECTIONS) -> list[Selection]:
    """At most that many different ones with figures to show: units of every kind, one education or all."""
    shown = (
        select(PublishedCell.unit_key, PublishedCell.education_id)
        .where(PublishedCell.institution_id == ALL, PublishedCell.answers.is_not(None))
        .order_by(PublishedCell.unit_key, PublishedCell.education_id)
    )
    cells = session.exec(shown).all()
    count = min(count, len(cells))
    chosen = [cells[number * len(cells) // count] for number in range(count)]
    return [
        selection_of_keys(session, SURVEY, YEAR, {"unit": unit, "education": education})
        for unit, education in chosen
    ]


def bare_query(connection: sqlite3.Connection, selection: Selection) -> list[tuple]:
    """The cell of the selection joined with its figures."""
    keys = selection.unit.key, selection.education.key, selection.institution.key
    return connection.execute(ONE_CELL, keys).fetchall()
