"""The workbook of a selection and that of everything, beside plain writers of the same rows with no layout.

A large one by itself: python -m benchmarks.workbooks 330750
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated

import pandas as pd
import typer

from benchmarks.comparison import Comparison
from benchmarks.measuring import medians, peak_memory
from benchmarks.report import line
from benchmarks.selecting import selections
from benchmarks.stage import DASHBOARD_STORE, SURVEY, Stage, reading
from data_access.dashboard import queries
from indicators.report import FigureTable
from indicators.selection import Option
from views.documents import data_columns
from views.documents.everything import everything, streamed
from views.documents.files.workbook import written
from views.subjects.distribution.distribution import section
from views.subjects.distribution.report import distribution

AGAINST = "`to_excel` (openpyxl)"
XLSXWRITER = "XlsxWriter, constant memory"
WORKBOOKS, TURNS = 10, 3
STUDENTS = Option(SURVEY, "Studerendes praktikevaluering")
EDUCATIONS, QUESTIONS, YEARS = 27, 25, 5
ROWS = 98 * EDUCATIONS * QUESTIONS * YEARS
"""Every municipality of the country."""


@dataclass(frozen=True)
class Contents:
    """A figure table, and the sheets of its workbook as frames."""

    table: FigureTable
    frames: dict[str, pd.DataFrame]


def measure(stage: Stage) -> Iterator[Comparison]:
    """Time from figures to bytes."""
    with reading(stage.published / DASHBOARD_STORE) as session:
        tables = [distribution(session, chosen) for chosen in selections(session, WORKBOOKS)]
    contents = [Contents(table, frames_in(written([section(table)]))) for table in tables]
    works = {
        "ours": lambda some: written([section(some.table)]),
        "baseline": lambda some: write_with_pandas(some.frames),
    }
    seconds = medians(works, contents * TURNS)
    milliseconds = {name: 1000 * median for name, median in seconds.items()}
    yield Comparison("Workbook", AGAINST, stage.size, "ms", **milliseconds)
    yield from measure_everything(stage)


def measure_everything(stage: Stage) -> Iterator[Comparison]:
    """From the store to the file with everything; the baseline has its rows in memory already."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "alt.xlsx"
        write_everything(stage, target)
        frames = frames_in(target.read_bytes())
        works = {
            "ours": lambda _: write_everything(stage, target),
            "baseline": lambda _: write_with_pandas(frames),
        }
        seconds = medians(works, range(TURNS))
    rows = len(frames["Data"])
    about = {"handled": rows, "handled_name": "rows"}
    yield Comparison("Workbook of everything", AGAINST, stage.size, "s", **seconds, **about)


def write_everything(stage: Stage, target: Path) -> None:
    """Everything of the published round."""
    with reading(stage.published / DASHBOARD_STORE) as session:
        everything.excel(target, everything.Published(session, queries.release_in_force(session), STUDENTS))


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


def made_up_rows() -> Iterator[tuple]:
    """Municipality by municipality, as many as anybody wants; a third of them hidden."""
    for place in range(10_000):
        for education in range(EDUCATIONS):
            for question in range(QUESTIONS):
                for year in range(YEARS):
                    yield _row(place, education, question, 2021 + year)


def _row(place: int, education: int, question: int, year: int) -> tuple:
    unit, taught, asked = f"kommune:{place:04}", f"uddannelse-{education}", f"S{question:02}"
    n = 10 + (7 * place + 3 * education + question + year) % 300
    share = (n // 2) / n
    shown = (
        n,
        n // 2,
        share,
        share / 2,
        share,
        100 * share,
        -share,
        share,
        "Ikke til at skelne",
        share,
        "Vist",
    )
    hidden = (*[None] * 10, "Skjult af hensyn til anonymitet")
    return (
        *(f"student|{unit}|{taught}|alle|{asked}", year, SURVEY, STUDENTS.name),
        *("Kommune", unit, f"{place:04}", f"{place}. Kommune", taught, f"{education}. uddannelse"),
        *("alle", "Alle uddannelsessteder", "tema", "Tema", asked, f"I hvilken grad {question} spørgsmål?"),
        *(shown if n % 3 else hidden),
    )


def write_streamed(target: Path, rows: int) -> None:
    """Our way, without the store."""
    sheet = streamed.Long("Data", data_columns.COLUMNS, islice(made_up_rows(), rows))
    streamed.write(target, "Alt", [sheet], lambda _book, _done: None)


def write_frame(target: Path, rows: int) -> None:
    """With pandas: the frame has to be held."""
    frame = pd.DataFrame(islice(made_up_rows(), rows), columns=list(data_columns.HEADINGS))
    frame.to_excel(target, sheet_name="Data", index=False, engine="openpyxl")


def write_with_xlsxwriter(target: Path, rows: int) -> None:
    """A writer that lets go of each row."""
    import xlsxwriter

    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, data_columns.HEADINGS)
        for number, row in enumerate(islice(made_up_rows(), rows), start=1):
            sheet.write_row(number, 0, row)


def measure_large(rows: int) -> Iterator[Comparison]:
    """Seconds and megabytes of one large sheet, each writer in a process of its own."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "alt.xlsx"
        ours = weighed(write_streamed, target, rows)
        for against, work in ((AGAINST, write_frame), (XLSXWRITER, write_with_xlsxwriter)):
            theirs = weighed(work, target, rows)
            for unit, mine, other in zip(("s", "MB"), ours, theirs, strict=True):
                yield Comparison(f"{rows:,} rows", against, 1, unit, mine, other)


def weighed(work: Callable[[Path, int], None], target: Path, rows: int) -> tuple[float, float]:
    """Seconds, and most megabytes held."""
    begun = perf_counter()
    work(target, rows)
    return perf_counter() - begun, peak_memory(work, target, rows)


def main(rows: Annotated[int, typer.Argument(help="Of the sheet.")] = ROWS) -> None:
    """Measures one large sheet."""
    for comparison in measure_large(rows):
        typer.echo(line(comparison))


if __name__ == "__main__":
    typer.run(main)
