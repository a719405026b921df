"""A release of one round, beside pandas counting the same answers out of the same store.

Two baselines. The plain one counts place x education x question x option, one level. The fairer one counts
every cell that the release counts: places added up to all their units, each with and without education and
institution. Both write their counts to SQLite, as the release does. Neither knows persons, response or what
must be hidden, which is what a release spends its time on.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.comparison import Comparison
from benchmarks.measuring import fresh_copies, medians, peak_memory
from benchmarks.stage import CONFIDENTIAL_STORE, DASHBOARD_STORE, YEAR, Stage, publish, reading
from data_access.dashboard.queries import memberships
from indicators.groups import units_of_places
from indicators.selection import ALL

RELEASES = 1
"""Deciding what is safe together takes most of a minute, so it is done once a size."""

PLAIN, SAME_CELLS = "one `groupby`", "`groupby` of the same cells"
BASELINE_STORE, GROUPS_TABLE, CELLS_TABLE = "plain.sqlite", "group_counts", "cell_counts"
GROUP = ["place", "education_id", "institution_id"]
CELL = ["unit", "education_id", "institution_id"]
ANSWER = ["question", "option"]
ANSWERED_SHEETS = "SELECT place, education_id, institution_id, answers FROM answer_sheet WHERE answered"


def measure(stage: Stage) -> Iterator[Comparison]:
    """Time against both baselines, and peak memory against the fairer one."""
    units = units_by_place(stage)
    works = {
        "ours": partial(publish, imported=stage.imported),
        PLAIN: partial(count_groups, imported=stage.imported),
        SAME_CELLS: partial(count_cells, imported=stage.imported, units=units),
    }
    seconds = medians(works, fresh_copies(stage.unpublished, RELEASES))
    for against in (PLAIN, SAME_CELLS):
        times = seconds["ours"], seconds[against]
        yield Comparison("Release", against, stage.size, "s", *times, stage.sheets, "sheets")
    with TemporaryDirectory() as empty:
        baseline = peak_memory(works[SAME_CELLS], Path(empty))
    megabytes = stage.release_memory, baseline
    yield Comparison("Release, peak memory", SAME_CELLS, stage.size, "MB", *megabytes)


def count_groups(folder: Path, imported: Path) -> None:
    """Counts place x education x question x option."""
    answers = _long(imported)
    counts = answers.groupby(["place", "education_id", *ANSWER]).size()
    _write(folder, GROUPS_TABLE, counts.reset_index(name="count"))


def count_cells(folder: Path, imported: Path, units: pd.DataFrame) -> None:
    """Counts unit x education x institution x question x option, each also added up to "alle"."""
    finest = _long(imported).groupby([*GROUP, *ANSWER]).size().reset_index(name="count")
    by_unit = finest.merge(units, on="place")
    added_up = [[], ["education_id"], ["institution_id"], ["education_id", "institution_id"]]
    parts = [
        by_unit.assign(**dict.fromkeys(columns, ALL)).groupby([*CELL, *ANSWER], as_index=False)["count"].sum()
        for columns in added_up
    ]
    _write(folder, CELLS_TABLE, pd.concat(parts))


def units_by_place(stage: Stage) -> pd.DataFrame:
    """Pairs of place and unit, as the release adds places up to units."""
    with closing(sqlite3.connect(stage.imported / CONFIDENTIAL_STORE)) as connection:
        places = [place for (place,) in connection.execute("SELECT DISTINCT place FROM answer_sheet")]
    with reading(stage.unpublished / DASHBOARD_STORE) as session:
        units = units_of_places(places, memberships(session), date(YEAR, 12, 31))
    return pd.DataFrame(
        [(place, unit) for place in places for unit in units[place]], columns=["place", "unit"]
    )


def _long(imported: Path) -> pd.DataFrame:
    """One row an answer."""
    with closing(sqlite3.connect(imported / CONFIDENTIAL_STORE)) as connection:
        sheets = pd.read_sql_query(ANSWERED_SHEETS, connection)
    answers = pd.DataFrame([json.loads(given) for given in sheets.pop("answers")])
    wide = pd.concat([sheets, answers], axis=1)
    return wide.melt(GROUP, var_name="question", value_name="option").dropna()


def _write(folder: Path, table: str, counts: pd.DataFrame) -> None:
    with closing(sqlite3.connect(folder / BASELINE_STORE)) as connection:
        counts.to_sql(table, connection, index=False)
        connection.commit()
