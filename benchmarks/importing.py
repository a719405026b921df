"""Import of a SurveyXact export, beside pandas putting the same file into SQLite unchecked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.comparison import Comparison
from benchmarks.measuring import fresh_copies, medians, peak_memory
from benchmarks.stage import Stage, import_export

AGAINST = "`read_csv` + `to_sql`"
BASELINE_STORE, BASELINE_TABLE = "plain.sqlite", "dataset"


def measure(stage: Stage) -> Iterator[Comparison]:
    """Time and peak memory of one round from its files to a store that did not exist."""
    ours, baseline = (partial(work, export=stage.export) for work in (import_export, load_with_pandas))
    with TemporaryDirectory() as empty:
        nothing = Path(empty)
        seconds = medians({"ours": ours, "baseline": baseline}, fresh_copies(nothing, stage.repeats))
        megabytes = [peak_memory(work, nothing) for work in (ours, baseline)]
    times = seconds["ours"], seconds["baseline"]
    yield Comparison("Import", AGAINST, stage.size, "s", *times, stage.rows, "rows")
    yield Comparison("Import, peak memory", AGAINST, stage.size, "MB", *megabytes)


def load_with_pandas(folder: Path, export: Path) -> None:
    """The plain way: every column of the data set into one table, nothing checked or translated."""
    with closing(sqlite3.connect(folder / BASELINE_STORE)) as connection:
        pd.read_csv(export / "dataset.csv", sep=";").to_sql(BASELINE_TABLE, connection, index=False)
        connection.commit()
