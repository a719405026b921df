"""The workbook of a selection, beside pandas writing the same rows with no layout."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pandas as pd

from benchmarks.comparison import Comparison
from benchmarks.measuring import medians
from benchmarks.selecting import selections
from benchmarks.stage import DASHBOARD_STORE, Stage, reading
from indicators.report import FigureTable
from views.answers.file import written
from views.answers.report import distribution

AGAINST = "`to_excel` (openpyxl)"
WORKBOOKS, TURNS = 10, 3


@dataclass(frozen=True)
class Contents:
    """A figure table, and the sheets of its workbook as frames."""

    table: FigureTable
    frames: dict[str, pd.DataFrame]


def measure(stage: Stage) -> Iterator[Comparison]:
    """Time from figures to bytes."""
    with reading(stage.published / DASHBOARD_STORE) as session:
        tables = [distribution(session, chosen) for chosen in selections(session, WORKBOOKS)]
    contents = [Contents(table, frames_in(written(table))) for table in tables]
    works = {
        "ours": lambda some: written(some.table),
        "baseline": lambda some: write_with_pandas(some.frames),
    }
    seconds = medians(works, contents * TURNS)
    milliseconds = {name: 1000 * median for name, median in seconds.items()}
    yield Comparison("Workbook", AGAINST, stage.size, "ms", **milliseconds)


def frames_in(content: bytes) -> dict[str, pd.DataFrame]:
    """All sheets of a workbook."""
    return pd.read_excel(BytesIO(content), sheet_name=None)


def write_with_pandas(frames: dict[str, pd.DataFrame]) -> bytes:
    """The plain way: one sheet a frame."""
    target = BytesIO()
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return target.getvalue()
