"""The sheet of initiatives read back and compared with the store, beside pandas that only reads the file."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from openpyxl import load_workbook
from sqlmodel import select

from benchmarks.comparison import Comparison
from benchmarks.measuring import medians, peak_memory
from benchmarks.stage import DASHBOARD_STORE, Stage, reading, writing
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord
from data_access.operations.sample import SAMPLE
from data_access.partnerships.files import initiative_sheet, loading
from data_access.partnerships.files.initiative_sheet import SHEET, Preview, initiative_listing
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.records import filled
from views.documents.files.listings import workbook_of

AGAINST = "`read_excel`"
INITIATIVES, TURNS = 500, 3
TODAY = date(2026, 11, 22)
EDITED = "Mål"


def measure(stage: Stage) -> Iterator[Comparison]:
    """Time and peak memory of the preview of a sheet in which every row has been edited."""
    with TemporaryDirectory() as folder:
        store = Path(shutil.copytree(stage.published, Path(folder) / "store")) / DASHBOARD_STORE
        fill(store)
        file = edited_sheet(store)
        works = {"ours": partial(previewed, store, file), "baseline": partial(read_with_pandas, file)}
        seconds = medians({name: lambda _, work=work: work() for name, work in works.items()}, range(TURNS))
        megabytes = {name: peak_memory(work) for name, work in works.items()}
    about = {"handled": INITIATIVES, "handled_name": "rows"}
    yield Comparison("Sheet of initiatives", AGAINST, stage.size, "s", **seconds, **about)
    yield Comparison("Sheet of initiatives, peak memory", AGAINST, stage.size, "MB", **megabytes)


def fill(store: Path, initiatives: int = INITIATIVES) -> None:
    """The sample's partnerships, and initiatives of one of them until there are so many."""
    with writing(store) as session:
        loading.load(session, sorted((SAMPLE / "partnerships").glob("*.toml")))
        partnership = session.exec(select(PartnershipRecord.id)).first()
        there = len(session.exec(select(INITIATIVE.table.id)).all())
        for number in range(there, initiatives):
            texts = {"title": f"Indsats {number}", "description": "Vejledning tæt på den studerende. " * 20}
            form = filled(INITIATIVE, {"partnership_id": partnership, **texts})
            editing.create(session, "Sekretariatet", INITIATIVE, form)


def edited_sheet(store: Path) -> bytes:
    """The sheet as it is taken home, with another text in one cell of every row."""
    with reading(store) as session:
        book = load_workbook(BytesIO(workbook_of(initiative_listing(session, TODAY))))
    headings = [cell.value for cell in book[SHEET][1]]
    for row in book[SHEET].iter_rows(min_row=2):
        row[headings.index(EDITED)].value = "Flere studerende får vejledning hver uge"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def previewed(store: Path, file: bytes) -> Preview:
    """What the sheet would change."""
    with reading(store) as session:
        return initiative_sheet.preview(session, TODAY, "indsatser.xlsx", file)


def read_with_pandas(file: bytes) -> pd.DataFrame:
    """The plain way: the cells, held up against nothing."""
    return pd.read_excel(BytesIO(file), sheet_name=SHEET)
