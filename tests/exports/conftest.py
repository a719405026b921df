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
from indicators.selection import ALL_EDUCATIONS, Option, Selection
from tests.conftest import SampleStores
from views.documents import csv_text, slides, workbook
from views.documents.everything import everything
from views.documents.excel_charts import bars
from views.documents.listings import workbook_of
from views.documents.pictures import html_drawing
from views.documents.sections import Section, of_report
from views.foundation.session import today
from views.subjects.comparison import chart as dots
from views.subjects.comparison import funnel, words
from views.subjects.comparison import table as ranking_table
from views.subjects.comparison import taken_home as ranking_taken_home
from views.subjects.comparison.report import ranking
from views.subjects.data_quality import chart as response_chart
from views.subjects.data_quality import matrix
from views.subjects.data_quality import table as grounds_table
from views.subjects.data_quality.country import ATTRIBUTION
from views.subjects.data_quality.country import participation as the_map
from views.subjects.data_quality.report import coverage, participation, responses
from views.subjects.data_quality.taken_home import legend_of_coverage, legend_of_responses
from views.subjects.trend.report import trend
from views.unit_file import unit_file

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


def figures_of(session: Session, chosen: Selection) -> Iterator[Section]:
    """The figures that are not a part of the unit's own file, each with its chart."""
    ranked, coverages = ranking(session, chosen, MUNICIPALITIES), coverage(session, chosen, MUNICIPALITIES)
    by_place, mapped = responses(session, chosen, MUNICIPALITIES), participation(session, chosen)
    beside = {
        "measure": words.against(ranked),
        "legend": ranking_taken_home.legend(ranked),
        "excel_chart": ranking_taken_home.excel_chart,
    }
    yield of_report(ranked, "Sammenlign", ranking_table.ranking(ranked), [dots.ranking(ranked)], **beside)
    yield of_report(ranked, "Tragt", ranking_table.ranking(ranked), [funnel.ranking(ranked)], **beside)
    yield unit_file.of_trend(trend(session, chosen))
    drawn = [response_chart.responses(by_place, chosen.unit.key)]
    of_responses = {"legend": legend_of_responses(by_place), "excel_chart": bars.shares}
    yield of_report(by_place, "Svarprocent", grounds_table.responses(by_place), drawn, **of_responses)
    drawn = [html_drawing.drawn(matrix.table(coverages, chosen))]
    fields = legend_of_coverage(coverages)
    yield of_report(coverages, "Dækning", grounds_table.coverage(coverages), drawn, legend=fields)
    table = grounds_table.participation(mapped)
    yield of_report(mapped, "Deltagelse", table, [the_map(mapped)], credit=ATTRIBUTION)


@pytest.fixture(scope="session")
def taken(sample_stores: SampleStores, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """One of each kind."""
    folder = tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", sample_stores.dashboard_url)
        of_unit = unit_file.sections(ROSKILDE)
        with store.reading() as session:
            figures = {one.sheet: one for one in figures_of(session, ROSKILDE)}
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
