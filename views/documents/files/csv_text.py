"""Sections -> csv as Danish Excel opens it: semicolons, decimal commas, UTF-8 with its mark."""

from collections.abc import Iterable, Iterator

import pandas as pd

from views.documents import data_columns, response_rows
from views.documents.sections import Section
from views.documents.sheets import plain

MARK = "\N{BYTE ORDER MARK}"
FORMULA = tuple("=+-@|＝＋－＠")
"""A text that begins with one of these would be worked out by a spreadsheet, also after spaces and lines."""
CONTROL = ("\t", "\r", "\n")
"""These may be taken for the end of a field or a row."""


def csv(section: Section) -> bytes:
    """The sheet Data of a section: its figures, else its responses; its table where there are neither."""
    reports = [section.report] if section.report else []
    for headings, rows in (
        (data_columns.HEADINGS, data_columns.rows(reports)),
        (response_rows.HEADINGS, response_rows.rows(reports)),
    ):
        if found := list(rows):
            return "".join(lines(headings, found)).encode()
    frame = section.frame
    return "".join(lines(frame.columns, frame.itertuples(index=False, name=None))).encode()


def lines(headings: Iterable[str], rows: Iterable[tuple]) -> Iterator[str]:
    """The file, line by line."""
    yield f"{MARK}{line(headings)}"
    yield from map(line, rows)


def line(values: Iterable[object]) -> str:
    """Texts in quotes, numbers as numbers, nothing where nothing is known."""
    return ";".join(map(_field, values)) + "\r\n"


def _field(value: object) -> str:
    if isinstance(value, str):
        text = _harmless(value)
        return f'"{text}"' if text else ""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


def _harmless(text: str) -> str:
    """Without forbidden signs, with its quotes doubled, and no formula."""
    kept = plain(text).replace('"', '""')
    is_worked_out = kept.startswith(CONTROL) or kept.lstrip().startswith(FORMULA)
    return f"'{kept}" if is_worked_out else kept
