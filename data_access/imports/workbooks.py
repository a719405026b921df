"""Workbooks (.xlsx) to sheets of text. A hostile or damaged file is refused, never a hang."""

import io
import re
import warnings
import zipfile
import zlib

import openpyxl
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data_access.imports.archives import workbook_archive
from data_access.imports.cell_faults import UNCALCULATED
from data_access.imports.report import counted
from data_access.imports.tables import Sheet, folded
from data_access.imports.validation_errors import did_you_mean, nearest, shown
from data_access.imports.workbook_cells import CellTexts
from data_access.problems import ImportProblem

if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl must find defusedxml: without it a workbook can exhaust the memory")

MAX_ROWS = 300_000
MAX_COLUMNS = 5_000

# What openpyxl and the libraries under it raise on files that are damaged or made to harm.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
    SyntaxError, NotImplementedError, OverflowError, RuntimeError, OSError,
)  # fmt: skip
_STRING_TAG = f"{{{SHEET_MAIN_NS}}}si"
_CALCULATED_ON_LOAD = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=[\"'](?:1|true)")


def read_workbook(name: str, content: bytes, sheet_title: str | None) -> tuple[list[Sheet], list[str]]:
    """The sheet of that title, or every visible one with content; and warnings about what was not read."""
    content = workbook_archive(name, content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about drawings, validation and headers, none of which is read here
            warnings.simplefilter("ignore", UserWarning)
            return _read(name, content, sheet_title)
    except _DAMAGE as error:
        raise ImportProblem(
            f"Filen '{name}' er beskadiget eller ikke et almindeligt regneark. Åbn den i Excel, "
            "og gem den igen som .xlsx."
        ) from error


def _read(name: str, content: bytes, sheet_title: str | None) -> tuple[list[Sheet], list[str]]:
    reader = _Reader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    titles, remarks = _chosen(name, reader.wb, sheet_title)
    sheets = []
    for title in titles:
        sheet, hidden = _sheet(title, reader)
        sheets += [sheet] if sheet.rows else []
        if hidden:
            rows = counted(hidden, "skjult række", "skjulte rækker")
            delete = "Slet den, hvis den" if hidden == 1 else "Slet dem, hvis de"
            remarks.append(f"{rows} er læst i arket '{shown(title)}'. {delete} ikke skal med.")
    return sheets, remarks


class _Reader(ExcelReader):
    """openpyxl's reader with texts as they are stored: it drops the mark of an underscore that is no code."""

    def read_strings(self) -> None:
        """Fills `shared_strings`."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, element in iterparse(source):
                if element.tag == _STRING_TAG:
                    self.shared_strings.append(Text.from_tree(element).content)
                    element.clear()

    @property
    def is_calculated_on_load(self) -> bool:
        """True when the program that wrote the file leaves formulas for Excel to calculate: some write 0."""
        return bool(_CALCULATED_ON_LOAD.search(self.archive.read(self.parser.workbook_part_name)))


def _chosen(name: str, book: Workbook, sheet_title: str | None) -> tuple[list[str], list[str]]:
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    if not states:
        raise ImportProblem(f"Filen '{name}' har ingen ark med celler.")
    hidden = [title for title, state in states.items() if state != "visible"]
    if sheet_title is None:
        remarks = [f"Det skjulte ark '{shown(title)}' i '{name}' er ikke læst." for title in hidden]
        return [title for title in states if title not in hidden], remarks
    alike = [title for title in states if folded(title) == folded(sheet_title)]
    if len(alike) == 1:
        (sheet_title,) = alike
    if sheet_title not in states:
        hint = did_you_mean(nearest(sheet_title, states))
        listed = ", ".join(f"'{shown(title)}'" for title in states)
        raise ImportProblem(
            f"Arket '{shown(sheet_title)}' findes ikke i '{name}'.{hint} Filen har arkene {listed}."
        )
    remarks = [
        f"Arket '{shown(sheet_title)}' i '{name}' er skjult, men er læst, fordi mappingfilen nævner det."
    ]
    return [sheet_title], remarks if sheet_title in hidden else []


def _sheet(title: str, reader: _Reader) -> tuple[Sheet, int]:
    """The sheet, and how many of its rows are hidden."""
    name = f"Ark '{shown(title)}'"
    numbers = []
    rows = []
    with reader.archive.open(reader.wb[title]._worksheet_path) as part:
        cells = CellTexts(part, reader.shared_strings, reader.wb)
        for number, row in cells.rows():
            if number > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise ImportProblem(
                    f"{name} er for stort: Højst {MAX_ROWS} rækker og {MAX_COLUMNS} kolonner kan læses. "
                    "Slet rækker og kolonner uden for tabellen, eller gem arket som CSV."
                )
            numbers.append(number)
            rows.append(row)
    if cells.merged:
        raise ImportProblem(
            f"{name} har flettede celler ({shown(cells.merged)}). Ophæv fletningen i Excel, og gem filen "
            "igen."
        )
    if cells.zeros and reader.is_calculated_on_load:
        by_number = dict(zip(numbers, rows, strict=True))
        for number, column in cells.zeros:
            by_number[number][column - 1] = UNCALCULATED
    return Sheet(title, name, "række", numbers, rows, may_be_ragged=True), len(cells.hidden)
