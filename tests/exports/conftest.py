"""Every kind of file that can be taken home, made once from the sample."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from sqlmodel import Session

from data_access.dashboard import queries, store
from data_access.partnerships.files.initiative_sheet import initiative_listing
from indicators.rights import OPERATOR
from indicators.selection import ALL_EDUCATIONS, Option, Selection
from tests.conftest import SampleStores
from views.all_subjects import unit_file
from views.documents.everything import everything
from views.documents.files import csv_text, slides, workbook
from views.documents.files.listings import workbook_of
from views.documents.sections import Section
from views.foundation.figures import today
from views.subjects.comparison.comparison import FUNNEL, RANKING, Comparison
from views.subjects.data_quality.coverage import CoverageMatrix
from views.subjects.data_quality.responses import Responses
from views.subjects.trend.trend import Development

STUDENTS = Option("student", "Studerendes praktikevaluering")
ROSKILDE = Selection(
    STUDENTS, 2025, Option("kommune:0265", "Roskilde Kommune"), question=Option("S05", "Tid")
)
NURSES = Option("sygeplejerske", "Sygeplejerskeuddannelsen")
MUNICIPALITIES = Option("kommune", "Kommuner")


@dataclass(frozen=True)
class Taken:
    """The files by name, and the figures they were made of."""

    figures: dict[str, Section]
    unit: list[Section]
    files: dict[str, bytes]

    @property
    def workbooks(self) -> dict[str, bytes]:
        return {name: content for name, content in self.files.items() if name.endswith(".xlsx")}


def parts_of(content: bytes) -> dict[str, bytes]:
    """All that is in a file, and in the files in it."""
    if not is_zipfile(BytesIO(content)):
        return {"": content}
    found = {}
    with ZipFile(BytesIO(content)) as file:
        for name in file.namelist():
            for inner, part in parts_of(file.read(name)).items():
                found[f"{name}/{inner}".rstrip("/")] = part
    return found


def figures_of(chosen: Selection) -> Iterator[Section]:
    """The figures that are not a part of the unit's own file, each with its chart."""
    for form in (RANKING, FUNNEL):
        yield from Comparison(chosen, MUNICIPALITIES, form).sections()
    yield from Development(chosen).sections()
    yield from Responses(chosen, MUNICIPALITIES).sections()
    yield from CoverageMatrix(chosen, MUNICIPALITIES).sections()


@pytest.fixture(scope="session")
def taken(sample_stores: SampleStores, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """One of each kind."""
    folder = tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", sample_stores.dashboard_url)
        of_unit = unit_file.sections(ROSKILDE)
        with store.reading(OPERATOR) as session:
            figures = {one.sheet: one for one in figures_of(ROSKILDE)}
            listing = workbook_of(initiative_listing(session, today()))
            nurses = everything_as(session, folder / "alt.xlsx", NURSES)
            whole = everything_as(session, folder / "alt.csv")
    every = [*of_unit, *figures.values()]
    return Taken(
        figures,
        of_unit,
        {
            **{f"{name}.xlsx": workbook.written([one]) for name, one in figures.items()},
            **{f"{one.sheet}.csv": csv_text.csv(one) for one in every},
            "enhed.xlsx": workbook.written(of_unit, "Roskilde Kommune 2025"),
            "enhed.pptx": slides.presentation([slides.Slide(one.title, one) for one in every]),
            "indsatser.xlsx": listing,
            "alt.xlsx": nurses,
            "alt.csv": whole,
        },
    )


def everything_as(session: Session, target: Path, education: Option = ALL_EDUCATIONS) -> bytes:
    """The survey's whole release in a file, or that of one education."""
    published = everything.Published(session, queries.release_in_force(session), STUDENTS, education)
    written = everything.excel if target.suffix == ".xlsx" else everything.csv
    written(target, published)
    return target.read_bytes()
