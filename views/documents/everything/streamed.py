"""Workbooks too long to hold: openpyxl makes all but the rows, which are streamed into the file.

A library that writes a cell at a time needs a minute where this needs seconds, and a reader is waiting.
Every text is an inline string here, so none can become a formula.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from views.documents.data_columns import DataColumn, example
from views.documents.sheets import LONGEST_TEXT, Workbook, clean, new_book, saved, sheet_name, work_sheet

MOST_ROWS = 1_048_575
"""Below the heading: what a sheet can hold."""
AT_ONCE = 500
_DIMENSION = re.compile(rb"<dimension[^>]*/>")
"""How far a sheet reaches, which may be left out, and is not known when it begins."""
QUICK = 3
"""Hardly larger files than with the best compression, in half the time."""


@dataclass(frozen=True)
class Long:
    """A sheet of many rows."""

    name: str
    columns: Sequence[DataColumn]
    rows: Iterable[tuple]


@dataclass(frozen=True)
class Written:
    """A sheet as it came out."""

    name: str
    source: Long
    rows: int


@dataclass(frozen=True)
class Frame:
    """The parts of a sheet around its rows, and each column's letter and style."""

    head: bytes
    tail: bytes
    columns: Sequence[tuple[str, int]]


Around = Callable[[Workbook, Sequence[Written]], None]


def write(
    target: Path, title: str, sheets: Sequence[Long], around: Around, most_rows: int = MOST_ROWS
) -> None:
    """The workbook: the first sheet, the long ones, and what else `around` adds, told how they came out.

    A sheet that is full goes on in another one.
    """
    frames = _frames(title, sheets)
    done: list[Written] = []
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=QUICK) as file:
        for source, frame in zip(sheets, frames, strict=True):
            for part in _parts(source, most_rows):
                name = sheet_name(source.name, [one.name for one in done])
                with file.open(_path(len(done)), "w", force_zip64=True) as sheet:
                    done.append(Written(name, source, _write_rows(sheet, frame, part)))
        book = _book(title, done)
        around(book, done)
        with ZipFile(BytesIO(saved(book))) as other:
            for part in set(other.namelist()) - {_path(number) for number in range(len(done))}:
                file.writestr(part, other.read(part))


def _book(title: str, sheets: Sequence[Written]) -> Workbook:
    """The tables as they will be but for their rows; made first, so that their styles are always the same."""
    book = new_book(title)
    for one in sheets:
        sheet = book.create_sheet(one.name)
        work_sheet(sheet, one.name, one.source.columns, [example(one.source.columns)])
        (table,) = sheet.tables.values()
        table.ref = table.autoFilter.ref = (
            f"A1:{sheet.cell(max(one.rows, 1) + 1, sheet.max_column).coordinate}"
        )
    return book


def _frames(title: str, sheets: Sequence[Long]) -> Iterator[Frame]:
    """What stands before and after the rows of each sheet, as openpyxl has it."""
    book = _book(title, [Written(one.name, one, 1) for one in sheets])
    styles = [[cell.style_id for cell in sheet[2]] for sheet in book.worksheets[1:]]
    with ZipFile(BytesIO(saved(book))) as file:
        for number, of_columns in enumerate(styles):
            xml = _DIMENSION.sub(b"", file.read(_path(number)))
            head, rest = xml.split(b"</row>", 1)
            columns = [(get_column_letter(at), style) for at, style in enumerate(of_columns, start=1)]
            yield Frame(head + b"</row>", rest[rest.index(b"</sheetData>") :], columns)


def _parts(source: Long, most_rows: int) -> Iterator[Iterable[tuple]]:
    """The rows, as many at a time as a sheet holds; at least one sheet, if an empty one."""
    rows = iter(source.rows)
    yield islice(rows, most_rows)
    while (first := next(rows, None)) is not None:
        yield islice(chain([first], rows), most_rows)


def _write_rows(sheet: BinaryIO, frame: Frame, rows: Iterable[tuple]) -> int:
    sheet.write(frame.head)
    done, rows = 0, iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        lines = (_row(number, values, frame.columns) for number, values in enumerate(some, start=done + 2))
        sheet.write("".join(lines).encode())
        done += len(some)
    sheet.write(frame.tail)
    return done


def _row(number: int, values: Sequence[object], columns: Sequence[tuple[str, int]]) -> str:
    cells = [
        _cell(f"{letter}{number}", style, value)
        for value, (letter, style) in zip(values, columns, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, style: int, value: object) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"><is>{_text(value)}</is></c>'
    return f'<c r="{place}" s="{style}"><v>{round(value, 6)}</v></c>'


@lru_cache(maxsize=10_000)
def _text(value: str) -> str:
    return f'<t xml:space="preserve">{escape(clean(value)[:LONGEST_TEXT])}</t>'


def _path(number: int) -> str:
    """The long sheets come after the first one; both are counted from 0."""
    return f"xl/worksheets/sheet{number + 2}.xml"
