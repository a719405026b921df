"""A table as HTML, which prints whole and is a row of cards on a telephone; cells are HTML already."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WORDS, NUMBERS = "ord", "antal"


class Column(NamedTuple):
    """A heading and the cells under it, as HTML; numbers stand under each other."""

    heading: str
    cells: Sequence[str]
    holds: str = WORDS


def table(columns: Sequence[Column]) -> str:
    """The first cell of a row says what the row is about."""
    head = "".join(
        f'<th scope="col" class="{column.holds}">{escape(column.heading)}</th>' for column in columns
    )
    rows = zip(*(column.cells for column in columns), strict=True)
    body = "".join(_row(columns, cells) for cells in rows)
    return f'<table class="tal"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(columns: Sequence[Column], cells: Sequence[str]) -> str:
    """A cell carries its heading too, for on a narrow screen a row is a card."""
    about, *rest = cells
    found = "".join(
        f'<td class="{column.holds}" data-titel="{escape(column.heading)}">'
        f"{f'<div>{cell}</div>' if cell else ''}</td>"
        for column, cell in zip(columns[1:], rest, strict=True)
    )
    return f'<tr><th scope="row">{about}</th>{found}</tr>'
