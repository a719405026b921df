"""The files in another program: LibreOffice opens them and shows the numbers of the screen."""

import csv
import os
import shutil
import subprocess
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from indicators.report import FigureTable
from tests.exports.conftest import Taken

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice is not installed"
)
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"


@pytest.fixture(scope="module")
def opened(taken: Taken, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sheets of two workbooks as LibreOffice gives them out again; its settings stay in the folder."""
    folder = tmp_path_factory.mktemp("libreoffice")
    workbooks = [folder / name for name in ("enhed.xlsx", "alt.xlsx")]
    for workbook in workbooks:
        workbook.write_bytes(taken.files[workbook.name])
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", EVERY_SHEET, "--outdir", folder / "out"]
    subprocess.run([*convert, *workbooks], check=True, capture_output=True, timeout=120)
    return {path.stem: path for path in (folder / "out").iterdir()}


def read_csv(path: Path, rows_above: int = 0) -> pd.DataFrame:
    lines = path.read_text(encoding="utf-8-sig").split("\n")[rows_above:]
    return pd.read_csv(StringIO("\n".join(lines)), sep=";", dtype=str)


def share(said: str) -> float:
    """LibreOffice gives all decimals of a cell that is formatted as a percentage."""
    return float(said.replace("%", "")) / 100


def same_cells(book: Workbook, opened: dict[str, Path]) -> None:
    """Every cell of every sheet of the unit's workbook is what LibreOffice reads there."""
    for sheet in book:
        text = opened[f"enhed-{sheet.title}"].read_text("utf-8-sig")
        lines = list(csv.reader(StringIO(text), delimiter=";"))
        for row in sheet.iter_rows():
            for cell in row:
                line = lines[cell.row - 1] if cell.row <= len(lines) else []
                said = line[cell.column - 1] if cell.column <= len(line) else ""
                assert is_said(cell.value, said), (sheet.title, cell.coordinate, cell.value, said)


def is_said(value: object, said: str) -> bool:
    if isinstance(value, int | float):
        found = float(said.rstrip("% ").replace(",", "").replace("+", ""))
        return value == pytest.approx(found / (100 if said.endswith("%") else 1), abs=1e-6)
    if isinstance(value, datetime):
        return said == f"{value:%m/%d/%Y}"
    return said == ("" if value is None else value)


def test_every_number_of_the_unit_s_workbook_is_the_screen_s(taken: Taken, opened: dict[str, Path]):
    same_cells(load_workbook(BytesIO(taken.files["enhed.xlsx"])), opened)
    told = next(one for one in taken.unit if one.sheet == "Fordeling")
    assert isinstance(told.report, FigureTable)

    seen = read_csv(opened["enhed-Fordeling"], rows_above=3)
    data = read_csv(opened["enhed-Data"])
    own = data[
        (data["Enhed-id"] == "kommune:0265") & (data["Uddannelse-id"] == "alle") & (data["År"] == "2025")
    ]
    own = own[own["Spørgeskema-id"] == "student"].set_index("Spørgsmål-id")
    assert len(seen) == len(told.report.rows) == len(own)
    for row, line in zip(told.report.rows, seen.to_dict("records"), strict=True):
        assert line["Spørgsmål"] == row.question.text
        assert share(line["Andel enige"]) == pytest.approx(row.figure.share, abs=1e-6)
        assert line["Antal svar"] == str(row.figure.n)
        assert line["Status"] == row.figure.status
        for option, count in zip(row.scale.best_first, row.figure.counts, strict=True):
            assert share(line[option.text]) == pytest.approx(count / row.figure.n, abs=1e-6)
        assert own.loc[row.question.id, ["Antal svar", "Antal enige"]].tolist() == [
            str(row.figure.n), str(row.figure.favourable),
        ]  # fmt: skip


def test_the_streamed_workbook_opens_and_holds_every_row(taken: Taken, opened: dict[str, Path]):
    whole = pd.read_excel(BytesIO(taken.files["alt.xlsx"]), sheet_name="Data")

    data = read_csv(opened["alt-Data"])
    assert data["Nøgle"].tolist() == whole["Nøgle"].tolist()
    assert data["Status"].tolist() == whole["Status"].tolist()
    shown = data["Antal svar"].fillna("").str.replace(",", "")
    assert [int(one) for one in shown if one] == whole["Antal svar"].dropna().astype(int).tolist()
