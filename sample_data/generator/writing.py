"""The form of the sample files: encoding, line ends and the mark that says they are made up."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

MADE_UP = "EKSEMPELDATA"


@dataclass(frozen=True)
class FileForm:
    """How an export is written: the newer one, or the older "European" one."""

    encoding: str = "utf-8"
    line_end: str = "\n"


NEWER = FileForm()
EUROPEAN = FileForm("cp1252", "\r\n")


def write_rows(path: Path, rows: Iterable[Sequence[object]], form: FileForm) -> None:
    """Writes the rows with `;` between cells, quoted only where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=form.encoding, newline="") as file:
        csv.writer(file, delimiter=";", lineterminator=form.line_end).writerows(rows)


def write_frame(path: Path, frame: pd.DataFrame, form: FileForm) -> None:
    """Writes a table with its headings; what is missing becomes a blank cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, sep=";", index=False, encoding=form.encoding, lineterminator=form.line_end)
