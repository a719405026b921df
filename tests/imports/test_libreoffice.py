"""A workbook that LibreOffice has calculated and saved, in the forms that people choose by mistake too."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

from data_access.imports.files import read_files, read_sheets
from data_access.problems import ImportProblem

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice is not installed"
    ),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same workbook by ending, saved by LibreOffice; its settings stay in the folder."""
    folder = tmp_path_factory.mktemp("libreoffice")
    book = Workbook()
    book.active.title = "Svar"
    book.active.append(["Kommune", "Svar", "Procent", "Fejl", "Ja"])
    for row in (2, 3, 4):
        book.active.append(["Køge", f'=IF({row}=3,"",{row})', 0.25, "=1/0" if row == 4 else 1, f"={row}=2"])
        book.active.cell(row, 3).number_format = "0%"
    book.active.row_dimensions[3].hidden = True
    book.save(folder / "svar.xlsx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for ending in ("xlsx", "ods", "xls"):
        command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", folder / "out"]
        subprocess.run([*command, folder / "svar.xlsx"], check=True, capture_output=True, timeout=120)
    return {path.suffix: path for path in (folder / "out").iterdir()}


def test_results_formats_errors_and_hidden_rows_are_read_as_libreoffice_shows_them(saved):
    sheets, remarks = read_sheets(read_files([saved[".xlsx"]]))
    assert sheets[0].rows == [
        ["Kommune", "Svar", "Procent", "Fejl", "Ja"],
        ["Køge", "2", "25 %", "1", "SAND"],
        ["Køge", "", "25 %", "1", "FALSK"],
        ["Køge", "4", "25 %", "#DIV/0!", "FALSK"],
    ]
    assert remarks == ["1 skjult række er læst i arket 'Svar'. Slet den, hvis den ikke skal med."]


@pytest.mark.parametrize(
    ("ending", "said"),
    [(".ods", r"Gem den som \.xlsx i LibreOffice"), (".xls", r"gamle Excel-format \(\.xls\)")],
)
def test_other_forms_are_refused_with_what_they_are(saved, ending, said):
    with pytest.raises(ImportProblem, match=said):
        read_sheets(read_files([saved[ending]]))
