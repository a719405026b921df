"""What the measurements of one size start from: an export, and stores made of it the project's own way."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sqlmodel import Session

from benchmarks.measuring import peak_memory
from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import reference_tables
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.scope import bind
from data_access.imports.importing import import_round
from data_access.imports.report import ImportReport
from data_access.operations.sample import SAMPLE
from data_access.publishing import releases
from data_access.reference import read_reference
from indicators.rights import OPERATOR

ROUND_ID = "student-2025"
SURVEY, YEAR = "student", 2025
MAPPING = SAMPLE / "mappings" / "student.toml"
CONFIDENTIAL_STORE, DASHBOARD_STORE = "confidential.sqlite", "dashboard.sqlite"


@dataclass(frozen=True)
class Stage:
    """The export and the stores of a round that is `size` times the sample's; each in its own folder.

    A release takes long, so the one that fills `published` is weighed at once: its peak memory in megabytes.
    """

    size: float
    rows: int
    sheets: int
    export: Path
    imported: Path
    unpublished: Path
    published: Path
    release_memory: float

    @property
    def repeats(self) -> int:
        """How often something slow is measured: the larger, the steadier it is by itself."""
        return int(max(3, min(7, 50 / self.size)))

    @property
    def releases(self) -> int:
        """How often a release is measured: deciding what is safe takes half a minute by itself."""
        return 3 if self.size < 10 else 1


def prepare(folder: Path, size: float) -> Stage:
    """Writes the export and makes the stores in the folder."""
    parts = ("export", "imported", "unpublished", "published")
    export, imported, unpublished, published = (folder / part for part in parts)
    for part in (export, imported, unpublished):
        part.mkdir()
    rows = write_export(export, size)
    report = import_export(imported, export)
    with writing(unpublished / DASHBOARD_STORE) as session:
        reference_tables.load_reference(session, read_reference())
    shutil.copytree(unpublished, published)
    release_memory = peak_memory(publish, published, imported)
    return Stage(size, rows, report.added, export, imported, unpublished, published, release_memory)


def write_export(folder: Path, size: float) -> int:
    """The sample's round over and over until it is long enough; returns the number of rows.

    Each time round everyone is a new person. So places, educations, statuses, answers and how often a
    person recurs are spread as in the sample, whatever the size.
    """
    source = SAMPLE / "rounds" / ROUND_ID
    sample = pd.read_csv(source / "dataset.csv", sep=";", dtype=str)
    position = np.arange(round(size * len(sample)))
    rows = sample.iloc[position % len(sample)].reset_index(drop=True)
    turn = pd.Series(position // len(sample)).astype(str)
    rows["responde"] = (int(sample["responde"].iloc[0]) + position).astype(str)
    rows["studienr"] += "-" + turn
    rows["email"] = turn + "-" + rows["email"]
    rows.to_csv(folder / "dataset.csv", sep=";", index=False)
    for name in ("structure.csv", "labels.csv"):
        shutil.copy(source / name, folder)
    return len(rows)


def import_export(folder: Path, export: Path) -> ImportReport:
    """Imports the export into a confidential store of the folder, and closes it."""
    url = _url(folder / CONFIDENTIAL_STORE)
    with engines.writing(url, CONFIDENTIAL) as session:
        report = import_round(session, sorted(export.glob("*.csv")), ROUND_ID, MAPPING)
    engines.engine(url).dispose()
    return report


def publish(folder: Path, imported: Path) -> None:
    """Publishes the imported round in the dashboard store of the folder, and closes it."""
    answers_url = _url(imported / CONFIDENTIAL_STORE)
    with engines.writing(answers_url, CONFIDENTIAL) as answers, writing(folder / DASHBOARD_STORE) as figures:
        releases.publish(answers, figures)
    engines.engine(answers_url).dispose()


@contextmanager
def writing(path: Path) -> Iterator[Session]:
    """A session in one transaction on a dashboard store, closed afterwards."""
    with engines.writing(_url(path), DASHBOARD) as session:
        bind(session, OPERATOR)
        yield session
    engines.engine(_url(path)).dispose()


@contextmanager
def reading(path: Path) -> Iterator[Session]:
    """A session that reads a dashboard store, closed afterwards."""
    with engines.reading(_url(path), DASHBOARD) as session:
        yield session
    engines.engine(_url(path)).dispose()


def _url(path: Path) -> str:
    return f"sqlite:///{path}"
