"""A sheet's cells as text, as a person in Denmark sees them: 101, 12,5, 50 %, SAND and 2025-11-30.

openpyxl's values leave out what decides whether a cell may be counted: the percent sign of a number's format,
a formula that has no result yet, and whether somebody has hidden the row.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, MERGE_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from data_access.imports.cell_faults import UNCALCULATED, UNKNOWN_ERROR, error_text

PERCENT = "percent"
PERCENT_SIGN = "percent sign"
SCIENTIFIC = "scientific"
PLAIN = "plain"
_INEXACT_FROM = 1e15
"""A spreadsheet keeps 15 digits; of a longer number the last ones are not those that were typed."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class CellTexts(WorkSheetParser):
    """One sheet. After rows(), `hidden` are the hidden rows' numbers, `merged` is a merged range, if any, and
    `zeros` are the places of formulas that say 0, if no formula says anything else."""

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
