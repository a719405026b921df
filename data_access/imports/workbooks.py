"""Workbooks (.xlsx) to sheets of text. A hostile or damaged file is refused, never a hang."""

import io
import math
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import IO, Any
from xml.etree.ElementTree import Element

import openpyxl
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, MERGE_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data_access.imports.report import counted
from data_access.imports.tables import UNCALCULATED, UNKNOWN_ERROR, Sheet, error_text, folded
from data_access.imports.validation_errors import did_you_mean, nearest, shown
from data_access.problems import ImportProblem
from indicators.danish import number as written

MAX_PARTS = 500
MAX_RATIO = 120


@dataclass(frozen=True)
class WorkbookLimits:
    """The most that is read of a workbook: bytes and tags of all its parts, rows and columns of a sheet.

    A tag of four bytes takes three hundred when it is read. `remedy` is what to do with one that holds more.
    """

    unpacked: int
    rows: int
    columns: int
    remedy: str
    tags: int | None = None


OF_A_SURVEY = WorkbookLimits(
    250_000_000, 300_000, 5_000, "Slet rækker og kolonner uden for tabellen, eller gem arket som CSV."
)

_OTHER_KINDS = {
    "xl/workbook.bin": "en binær Excel-projektmappe (.xlsb). Gem den som .xlsx i Excel.",
    "content.xml": "et OpenDocument-regneark (.ods). Gem den som .xlsx i LibreOffice eller Excel.",
    "Index/Document.iwa": "et regneark fra Numbers. Eksportér den til Excel (.xlsx) i Numbers.",
    "word/document.xml": "et Word-dokument, ikke et regneark. Kopiér tabellen over i et regneark.",
    "ppt/presentation.xml": "en PowerPoint-præsentation, ikke et regneark.",
}
_TOO_LARGE = "Den er alt for stor, når den pakkes ud."
_CHUNK = 1_000_000
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


def workbook_archive(name: str, content: bytes, limits: WorkbookLimits) -> bytes:
    """The content of an .xlsx in the transitional form; ImportProblem when it is not one or may do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            reason = _refusal(archive.infolist(), limits)
            if not reason and limits.tags and _tags(archive) > limits.tags:
                reason = f"{_TOO_LARGE} {limits.remedy}"
            if reason:
                raise ImportProblem(f"Filen '{name}' kan ikke læses: {reason}")
            return _transitional(archive) if _is_strict(archive) else content
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise ImportProblem(f"Filen '{name}' er beskadiget. Hent eller gem den igen.") from error


def _refusal(parts: list[zipfile.ZipInfo], limits: WorkbookLimits) -> str:
    """zipfile never unpacks more of a part than the list says, so the list can be trusted."""
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    rules = {
        "Den har for mange dele.": len(parts) > MAX_PARTS,
        **{f"Den er {kind}": part in names for part, kind in _OTHER_KINDS.items()},
        "Den er en zip-fil, ikke et regneark. Pak den ud, og vælg filerne i den.": "[Content_Types].xml"
        not in names,
        "Den er låst med adgangskode.": any(part.flag_bits & 1 for part in parts),
        "Den samme del findes to gange.": len(set(names)) < len(names),
        "Den har en del med en ulovlig sti.": any(".." in n.split("/") or n.startswith("/") for n in names),
        "Den indeholder makroer. Gem den som .xlsx uden makroer.": any(
            "vbaproject" in n.casefold() for n in names
        ),
        "Den henter tal fra andre filer. Indsæt tallene som værdier, og gem den igen.": any(
            n.startswith("xl/externalLinks/") for n in names
        ),
        f"{_TOO_LARGE} {limits.remedy}": unpacked > limits.unpacked
        or (unpacked > 1_000_000 and unpacked / packed > MAX_RATIO),
    }
    return next((reason for reason, broken in rules.items() if broken), "")


def _tags(archive: zipfile.ZipFile) -> int:
    """How many there are at most in all parts together; nothing of them is kept."""
    tags = 0
    for name in archive.namelist():
        with archive.open(name) as part:
            tags += sum(chunk.count(b"<") for chunk in iter(partial(part.read, _CHUNK), b""))
    return tags


def _is_strict(archive: zipfile.ZipFile) -> bool:
    """True for "Strict Open XML": the same tables under other names."""
    parts = {"_rels/.rels", "xl/workbook.xml"} & set(archive.namelist())
    return any(_STRICT.search(archive.read(part)) for part in parts)


def _transitional(archive: zipfile.ZipFile) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part in archive.namelist():
            target.writestr(part, _STRICT.sub(_TRANSITIONAL, archive.read(part)))
    return changed.getvalue()


PERCENT = "percent"
PERCENT_SIGN = "percent sign"
SCIENTIFIC = "scientific"
PLAIN = "plain"
_INEXACT_FROM = 1e15
"""A spreadsheet keeps 15 digits; of a longer number the last ones are not those that were typed."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class CellTexts(WorkSheetParser):
    """One sheet's cells as a person in Denmark sees them: 101, 12,5, 50 %, SAND and 2025-11-30.

    openpyxl's values leave out what decides whether a cell may be counted: the percent sign of a number's
    format, a formula that has no result yet, and whether somebody has hidden the row. After rows(), `hidden`
    are the hidden rows' numbers, `merged` is a merged range, if any, and `zeros` are the places of formulas
    that say 0, if no formula says anything else.
    """

    def __init__(self, part: IO[bytes], strings: list[str], book: Workbook) -> None:
        super().__init__(
            part,
            strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.hidden: set[int] = set()
        self.merged = ""
        self._book = book
        self._zeros: list[tuple[int, int]] = []
        self._has_other_results = False
        self._kinds: dict[int, str] = {}

    @property
    def zeros(self) -> list[tuple[int, int]]:
        """Row number and column number."""
        return [] if self._has_other_results else self._zeros

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number and texts of each row that has any, up to its last; ValueError for rows out of order."""
        last = 0
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                number, cells = self.parse_row(element)
                if number <= last:
                    raise ValueError(f"row {number} after {last}")
                last = number
                if filled := {cell["column"]: cell["value"] for cell in cells if cell["value"].strip()}:
                    if element.get("hidden") in ("1", "true"):
                        self.hidden.add(number)
                    yield number, [filled.get(column, "") for column in range(1, max(filled) + 1)]
                element.clear()
            elif element.tag == MERGE_TAG and len(element):
                self.merged = element[0].get("ref", "")

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """openpyxl's cell, with the text as its value."""
        cell = super().parse_cell(element)
        if element.find(FORMULA_TAG) is not None:
            if cell["value"] is None and not _is_empty_text(element):
                return cell | {"value": UNCALCULATED}
            if cell["data_type"] == "n" and cell["value"] == 0:
                self._zeros.append((self.row_counter, cell["column"]))
            else:
                self._has_other_results = True
        if cell["data_type"] == "e":
            is_known = cell["value"] and error_text(cell["value"])
            return cell | {"value": cell["value"] if is_known else UNKNOWN_ERROR}
        return cell | {"value": _text(cell["value"], self._kind(cell["style_id"]))}

    def _kind(self, style_id: int) -> str:
        if style_id not in self._kinds:
            self._kinds[style_id] = _kind(_format_code(self._book, style_id))
        return self._kinds[style_id]


def unescaped(text: str) -> str:
    """A stored text with the characters that a workbook writes as a code: _x000D_ is a carriage return."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_empty_text(element: Element) -> bool:
    """True for the result of a formula that gives a text without letters."""
    return element.get("t") == "str" and element.find(VALUE_TAG) is not None


def _format_code(book: Workbook, style_id: int) -> str:
    if style_id >= len(book._cell_styles):
        return ""
    number = book._cell_styles[style_id].numFmtId
    own = number - 164
    return (
        book._number_formats[own] if 0 <= own < len(book._number_formats) else BUILTIN_FORMATS.get(number, "")
    )


def _kind(format_code: str) -> str:
    shown = _LITERAL.sub("", format_code)
    if "%" in shown:
        return PERCENT
    if re.search("E[+-]", shown, re.IGNORECASE):
        return SCIENTIFIC
    return PERCENT_SIGN if "%" in format_code else PLAIN


def _text(value: object, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", unescaped(value))
    if isinstance(value, bool):
        return "SAND" if value else "FALSK"
    if isinstance(value, int | float):
        return _number(value, kind)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _number(value: float, kind: str) -> str:
    """As it is shown. One that came as 2,02312E+11 from a text file has no more digits than these."""
    if not math.isfinite(value):
        return UNKNOWN_ERROR
    rounded = f"{value:.5E}"
    if abs(value) >= _INEXACT_FROM or (kind == SCIENTIFIC and float(rounded) == value):
        return rounded.replace(".", ",")
    exact = Decimal(repr(value)) * (100 if kind == PERCENT else 1)
    text = f"{exact:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text} %" if kind in (PERCENT, PERCENT_SIGN) else text


if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl must find defusedxml: without it a workbook can exhaust the memory")

# What openpyxl and the libraries under it raise on files that are damaged or made to harm.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
    SyntaxError, NotImplementedError, OverflowError, RuntimeError, OSError,
)  # fmt: skip
_STRING_TAG = f"{{{SHEET_MAIN_NS}}}si"
_CALCULATED_ON_LOAD = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=[\"'](?:1|true)")


def read_workbook(
    name: str, content: bytes, sheet_title: str | None, limits: WorkbookLimits = OF_A_SURVEY
) -> tuple[list[Sheet], list[str]]:
    """The sheet of that title, or every visible one with content; and warnings about what was not read."""
    content = workbook_archive(name, content, limits)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about drawings, validation and headers, none of which is read here
            warnings.simplefilter("ignore", UserWarning)
            return _read(name, content, sheet_title, limits)
    except _DAMAGE as error:
        raise ImportProblem(
            f"Filen '{name}' er beskadiget eller ikke et almindeligt regneark. Åbn den i Excel, "
            "og gem den igen som .xlsx."
        ) from error


def _read(
    name: str, content: bytes, sheet_title: str | None, limits: WorkbookLimits
) -> tuple[list[Sheet], list[str]]:
    reader = _Reader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    titles, remarks = _chosen(name, reader.wb, sheet_title)
    sheets = []
    for title in titles:
        sheet, hidden = _sheet(title, reader, limits)
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


def _sheet(title: str, reader: _Reader, limits: WorkbookLimits) -> tuple[Sheet, int]:
    """The sheet, and how many of its rows are hidden."""
    name = f"Ark '{shown(title)}'"
    numbers = []
    rows = []
    with reader.archive.open(reader.wb[title]._worksheet_path) as part:
        cells = CellTexts(part, reader.shared_strings, reader.wb)
        for number, row in cells.rows():
            if number > limits.rows or len(row) > limits.columns:
                raise ImportProblem(
                    f"{name} er for stort: Højst {written(limits.rows)} rækker og {written(limits.columns)} "
                    f"kolonner kan læses. {limits.remedy}"
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
