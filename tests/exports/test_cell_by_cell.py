"""Every number on the screen is the workbook's, the sheet Data's and the csv's: page by page, cell by cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from indicators.danish import number, percent, signed_points
from tests.app import HIDDEN, opened
from views.documents.files import csv_text, workbook
from views.documents.pictures.html_parts import HtmlTable, read
from views.documents.sections import Section
from views.foundation import places

pytestmark = pytest.mark.usefixtures("sample_environment")

ROSKILDE = {"enhed": "kommune:0265", "aar": "2025"}
DRAGOER = {"spoergeskema": "supervisor", "enhed": "kommune:0155", "aar": "2025"}
NURSES = {"uddannelse": "sygeplejerske", "aar": "2025"}
Q = {"spoergsmaal": "S05"}
Cell = tuple[dict[str, str], str, str]
"""Which row of the sheet, by what stands in some of its columns; the column; and what the screen says."""


@dataclass(frozen=True)
class Taken:
    """A figure of the page, and its files read back."""

    section: Section
    sheet: pd.DataFrame
    data: pd.DataFrame
    csv: pd.DataFrame

    def row(self, which: dict[str, str]) -> pd.Series:
        found = self.sheet
        for column, value in which.items():
            found = found[found[column] == value]
        assert len(found) == 1, which
        return found.iloc[0]


def taken(app: AppTest) -> dict[str, Taken]:
    """What under each figure of the page can be taken home."""
    found = {}
    for name, section in app.session_state["viste figurer"].items():
        book = BytesIO(workbook.written([section]))
        sheet = pd.read_excel(book, sheet_name=name, skiprows=3)
        data = pd.read_excel(book, sheet_name="Data", dtype=CODES)
        csv = pd.read_csv(
            BytesIO(csv_text.csv(section)), sep=";", decimal=",", encoding="utf-8-sig", dtype=CODES
        )
        found[name] = Taken(section, sheet, data, csv)
    return found


CODES = {"Kommunekode": str}
NAMES = {
    "Kommune": "Enhed",
    "Hospital": "Enhed",
    "Enhed": "Enhed",
    "Tema": "Tema",
    "Uddannelse": "Uddannelse",
}
NUMBERS = ("Andel enige", "Antal svar", "Besvarelser", "Inviterede", "Svarprocent")
OF_THEMES = ("Fordelt", "Min enhed", "Overblik")
"""Which are averages of what stands in Data."""


def plotted(app: AppTest) -> Iterator[dict]:
    """The rows behind all layers of all charts."""
    for chart in app.get("vega_lite_chart"):
        for dataset in chart.proto.datasets:
            yield from pa.ipc.open_stream(dataset.data.data).read_pandas().to_dict("records")


def tables(app: AppTest) -> list[HtmlTable]:
    return [table for one in app.get("html") for table in read(one.proto.body).tables]


def shown(value: object, as_points: bool = False) -> str:
    """A cell of the workbook as the screen would have it."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    if as_points:
        return signed_points(value / 100)
    return percent(value) if 0 <= value <= 1 and isinstance(value, float) else number(int(value))


def overview(app: AppTest, _: Taken) -> Iterator[Cell]:
    for one in plotted(app):
        if "theme" in one and "weight" not in one:
            said = next(f"{word}: {one['unit']}" for word in ("Vurdering", "Status"))
            which = {"Tema": one["theme"]}
            yield which, one["unit"], one["text"] if one["short"] else ""
            if one["unit"] != "Alle andre":
                yield which, said, one["said"] or (one["text"] if not one["short"] else "Vist")


def distribution(app: AppTest, found: Taken) -> Iterator[Cell]:
    rows = {row.question.id: row.question.text for row in found.section.report.rows}
    share = next(column for column in found.sheet if column.startswith("Andel "))
    for one in plotted(app):
        which = {"Spørgsmål": rows.get(one.get("row"), "")}
        if "option" in one:
            yield which, one["option"], one["share"]
            yield which, "Antal svar", one["n"]
        elif one.get("text", "").endswith("%"):
            yield which, share, one["text"]


def comparison(app: AppTest, found: Taken) -> Iterator[Cell]:
    name, share, *_ = found.sheet.columns
    for one in plotted(app):
        if "limits" in one:
            which = {name: one["name"]}
            low, high = one["limits"].split(" til ")
            yield from ((which, share, one["text"]), (which, "Antal svar", one["answers"]))
            yield from ((which, "Nedre grænse", low), (which, "Øvre grænse", high))
            yield which, "Vurdering", one["said"]


def comparison_in_a_table(app: AppTest, found: Taken) -> Iterator[Cell]:
    (table,) = tables(app)
    own_names = {"Andel": found.sheet.columns[1], "Svar": "Antal svar"}
    yield from _same_headings(table, found, own_names)


def years(app: AppTest, found: Taken) -> Iterator[Cell]:
    about = found.sheet.columns[0]
    for one in plotted(app):
        if "when" in one:
            which = {about: one["name"], "År": int(one["when"])}
            yield which, "Andel", one["text"]
            yield which, "Antal svar", one["n"]
    for table in tables(app):
        for name, *cells in table.rows:
            for heading, cell in zip(table.headings[1:], cells, strict=True):
                if cell.lines and cell.lines[0][0].bold:
                    yield {about: name.text, "År": int(heading.text)}, "Andel", cell.lines[0][0].text


def responses(app: AppTest, found: Taken) -> Iterator[Cell]:
    about = found.sheet.columns[0]
    for one in plotted(app):
        if "answered" in one and "name" in one:
            answers, invited = one["answered"].split(" af ")
            which = {about: one["name"]}
            yield from ((which, "Svarprocent", one["text"]), (which, "Grundlag", one["badge"]))
            yield from ((which, "Besvarelser", answers), (which, "Inviterede", invited))


def coverage(app: AppTest, found: Taken) -> Iterator[Cell]:
    (table,) = tables(app)
    words = {"S": HIDDEN, "\N{EN DASH}": "Ikke inviteret"}
    for unit, *cells in table.rows[:-1]:
        for heading, cell in zip(table.headings[1:], cells, strict=True):
            said = cell.text
            answers = f"{'Usikker' if said.endswith('?') else 'Vist'}: {said.rstrip('?')} svar"
            yield {found.sheet.columns[0]: unit.text}, heading.text, words.get(said, answers)


def profile(app: AppTest, found: Taken) -> Iterator[Cell]:
    themes = next(table for table in tables(app) if table.headings[0].text == "Tema")
    yield from _same_headings(themes, found, {})


def parts(app: AppTest, found: Taken) -> Iterator[Cell]:
    table = next(table for table in tables(app) if table.headings[0].text == found.sheet.columns[0])
    yield from _same_headings(table, found, {"Svar": "Flest svar"})


def _same_headings(table: HtmlTable, found: Taken, own_names: dict[str, str]) -> Iterator[Cell]:
    """The numbers of an HTML table whose headings are the sheet's, or have another name there."""
    for name, *cells in table.rows:
        for heading, cell in zip(table.headings[1:], cells, strict=True):
            column = own_names.get(heading.text, heading.text)
            words = "".join(piece.text for piece in (cell.lines or ((),))[0]).strip()
            if column == "Vurdering" and len(cell.lines) > 1:  # the reason stands under the chip
                words = f"{words} ({cell.lines[1][0].text})"
            said = words.rpartition("\N{EN DASH}")[2] if column == "Flest svar" else words
            if column in found.sheet and (said != "" or not cell.lines) and not said.startswith("få svar"):
                is_state = column != "Vurdering" and said in (HIDDEN, "Ingen svar")
                yield {found.sheet.columns[0]: name.text}, column, "" if is_state else said


FIGURES: list[tuple[str, dict, str, Callable]] = [
    (places.OVERVIEW, ROSKILDE, "Overblik", overview),
    (places.RESULTS, ROSKILDE | {"fane": "fordeling"}, "Fordeling", distribution),
    (places.RESULTS, ROSKILDE | Q | {"fane": "sammenlign"}, "Sammenlign", comparison),
    (places.RESULTS, NURSES | Q | {"fane": "sammenlign", "form": "tragt"}, "Sammenlign", comparison),
    (
        places.RESULTS,
        ROSKILDE | Q | {"fane": "sammenlign", "form": "tabel"},
        "Sammenlign",
        comparison_in_a_table,
    ),
    (places.RESULTS, ROSKILDE | Q | {"fane": "udvikling"}, "Udvikling", years),
    (places.RESULTS, ROSKILDE | Q | {"fane": "udvikling", "opdel": "uddannelser"}, "Udvikling", years),
    (places.GROUNDS, ROSKILDE | {"grundlag": "svarprocent"}, "Svarprocent", responses),
    (places.GROUNDS, NURSES | {"grundlag": "svarprocent", "opdelt": "hospital"}, "Svarprocent", responses),
    (places.GROUNDS, ROSKILDE | {"grundlag": "daekning"}, "Dækning", coverage),
    (places.UNIT, ROSKILDE, "Min enhed", profile),
    (places.UNIT, ROSKILDE, "Fordelt", parts),
    (places.OVERVIEW, DRAGOER, "Overblik", overview),
    (places.RESULTS, DRAGOER | {"fane": "sammenlign"}, "Sammenlign", comparison),
]


@pytest.mark.parametrize(("page", "link", "name", "cells"), FIGURES)
def test_every_number_of_the_screen_is_the_workbook_s_and_the_csv_s(page, link, name, cells):
    app = opened(page, **link)
    found = taken(app)[name]

    compared = 0
    for which, column, said in cells(app, found):
        value = found.row(which)[column]
        assert shown(value, "procentpoint" in column).split() == said.split(), (which, column)
        compared += said != ""
    assert compared >= 6
    pd.testing.assert_frame_equal(found.csv, found.data, check_dtype=False, atol=1e-6)
    alike = averages_of_data_s if name in OF_THEMES else numbers_that_are_data_s
    assert alike(found) >= 6


def numbers_that_are_data_s(found: Taken) -> int:
    """The sheet and Data, joined by what stands in both, have the same numbers; how many they are."""
    chosen, data = found.section.report.selection, found.data
    sheet = found.sheet.rename(columns={found.sheet.columns[0]: NAMES.get(found.sheet.columns[0])})
    if found.section.sheet == "Dækning":
        sheet = sheet.melt("Enhed", var_name="Uddannelse", value_name="Tal")
        sheet["Besvarelser"] = pd.to_numeric(sheet.pop("Tal").str.extract(r"(\d+) svar")[0])
    for column, value in (("År", chosen.year), ("Enhed", chosen.unit), ("Uddannelse", chosen.education)):
        if column not in sheet:
            kept = data[column] == value if column == "År" else data[f"{column}-id"] == value.key
            data = data[kept]
    keys = [column for column in ("Enhed", "Uddannelse", "Spørgsmål", "År") if column in sheet]
    both = sheet.merge(data, on=keys, suffixes=("", " i Data"))
    compared = 0
    for column in set(sheet) - set(keys):
        other = "Andel enige" if column.startswith("Andel") else column
        same = f"{other} i Data" if other in sheet else other
        if same in both and other in NUMBERS:
            pd.testing.assert_series_equal(
                both[column], both[same], atol=1e-6, check_names=False, check_dtype=False
            )
            compared += int(both[column].notna().sum())
    return compared


def averages_of_data_s(found: Taken) -> int:
    """A theme's share is the average of its questions' in Data, and hidden where one of them is."""
    chosen, data = found.section.report.selection, found.data
    now = data[(data["År"] == chosen.year) & (data["Spørgeskema-id"] == chosen.survey.key)]
    by = now.groupby(["Enhed", "Uddannelse", "Tema"])["Andel enige"]
    shares = by.agg(lambda some: some.mean(skipna=False)).to_dict()
    called = {"Egen": chosen.unit.name, "Andel": chosen.unit.name}
    compared = 0
    for row in found.sheet.to_dict("records"):
        for column, value in row.items():
            which = called.get(column, column), row.get("Uddannelse", chosen.education.name), row["Tema"]
            if which in shares:
                assert value == pytest.approx(shares[which], abs=1e-6, nan_ok=True), which
                compared += 1
    return compared
