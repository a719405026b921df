"""An empty confidential store in memory, and a desk where a person imports files into it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, create_engine, select

from data_access.confidential.models import AnswerSheet, ConfidentialTable, CountedGroup
from data_access.imports.importing import import_round
from data_access.imports.report import ImportReport
from tests.imports.made_files import written


@pytest.fixture
def store() -> Iterator[Session]:
    """An empty confidential store."""
    engine = create_engine("sqlite://")
    ConfidentialTable.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


class Desk:
    """Where files and mapping are laid out and imported."""

    def __init__(self, store: Session, folder: Path) -> None:
        self.store = store
        self.folder = folder

    def run(self, mapping: str, *files: Path, round_id: str = "student-2025", **choices) -> ImportReport:
        """Imports the files with the mapping's text, in one transaction as the command line does."""
        path = written(self.folder / "mapping.toml", mapping)
        self.store.rollback()  # what the test has read so far
        with self.store.begin():
            return import_round(self.store, list(files), round_id, path, **choices)

    def csv(self, text: str, name: str = "svar.csv") -> Path:
        """A CSV file with the text."""
        return written(self.folder / name, text)

    def sheets(self) -> list[AnswerSheet]:
        """The answer sheets in the store."""
        return list(self.store.exec(select(AnswerSheet).order_by(AnswerSheet.id)))

    def groups(self) -> list[CountedGroup]:
        """The counted groups in the store."""
        return list(self.store.exec(select(CountedGroup).order_by(CountedGroup.id)))


@pytest.fixture
def desk(store: Session, tmp_path: Path) -> Desk:
    """A desk with an empty store."""
    return Desk(store, tmp_path)


@pytest.fixture
def sheet(tmp_path: Path) -> Callable:
    """Reads a file's only sheet."""
    from data_access.imports.files import read_files, read_sheets

    def read(name: str, content: bytes | str, wanted: str | None = None):
        sheets, _warnings = read_sheets(read_files([written(tmp_path / name, content)]), wanted)
        assert len(sheets) == 1
        return sheets[0]

    return read
