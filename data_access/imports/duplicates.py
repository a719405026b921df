"""Rows that are there more than once: what can honestly be known of it, with and without a key.

A key tells: no respondent has two rows in an export, and no person two rows of the same place in a table.
Without one, two rows may be two people who answered alike. They are one when they also agree in a column
that tells people apart (a time of day, a mail address, a text), and a whole file is there twice when each
of its rows is and chance cannot have done that.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from math import gcd, prod

from data_access.imports.complaints import numbered
from data_access.imports.dropped_columns import personal_heading
from data_access.imports.persons import one_form
from data_access.imports.tables import Table, folded

_RESPONDENT = re.compile(r"responde|respondent.?(id|nr|nummer)")
_KEYS = {"nøgle", "e-mail", "telefon", "navn"}
_MOST_OPTIONS = 12
"""A column with no more different values than a scale may have tells nobody apart."""
_TIME_OF_DAY = re.compile(r"\d{4}-\d\d-\d\d.\d\d?[:.]\d\d.*|\d\d?[-./]\d\d?[-./]\d{4}.\d\d?[:.]\d\d.*")
_BY_CHANCE = 0.2
"""Fewer pairs of equal rows than this to be expected: chance has not made them."""
_ENOUGH_ROWS = 20
"""So many rows do not come in the same order twice."""

Row = tuple[str, ...]


def repeated(table: Table, sheets: Sequence[dict], read: Collection[str]) -> Iterator[str]:
    """Rows that stand for the same sheet as another row, a line for each kind.

    `sheets` are those of the table's rows; a column that is `read` (folded) says nothing of who it is.
    """
    if heading := respondent_column(table):
        yield from _places(table, map(one_form, table.columns[heading]), "samme respondent")
        return
    rows = list(zip(*table.columns.values(), strict=True))
    yield from _places(table, map(_same_person, sheets), "samme person, sted, uddannelse og institution")
    yield from _places(table, _telling_rows(table, rows, read), "ens i alle kolonner")
    yield from _whole_file(table, rows)


def respondent_column(table: Table) -> str | None:
    """The column that gives each answer sheet its number, where there is one and it is filled in."""
    named = (heading for heading in table.columns if _RESPONDENT.fullmatch(folded(heading)))
    return next((heading for heading in named if any(table.columns[heading])), None)


def equal_sheets(table: Table, sheets: Sequence[dict]) -> int:
    """How many answered rows are equal to another in all that the file has, which may be as it should."""
    answered = [
        row
        for row, sheet in zip(zip(*table.columns.values(), strict=True), sheets, strict=True)
        if sheet["answered"]
    ]
    return sum(number for number in Counter(answered).values() if number > 1)


def _places(table: Table, keys: Iterable[Hashable], what: str) -> Iterator[str]:
    """Where the rows with an equal key are, the first five of them."""
    rows: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, key in zip(table.numbers, keys, strict=True):
        if key:
            rows[key].append(number)
    twice = [numbers for numbers in rows.values() if len(numbers) > 1]
    if twice:
        first = "; ".join(f"{table.row_word} {numbered(numbers)}" for numbers in twice[:5])
        more = f" … ({len(twice)} i alt)" if len(twice) > 5 else ""
        yield f"{table.name}: {what} mere end én gang: {first}{more}"


def _same_person(sheet: dict) -> Hashable:
    place = (sheet["place"], sheet["education_id"], sheet["institution_id"])
    return (sheet["person"], *place) if sheet["person"] else None


def _telling_rows(table: Table, rows: Sequence[Row], read: Collection[str]) -> list[Row | None]:
    """The rows that hold something in a column that tells people apart; None for others."""
    columns = zip(table.columns, zip(*set(rows), strict=True), strict=True)
    telling = [
        position
        for position, (heading, cells) in enumerate(columns)
        if folded(heading) not in read and _tells_apart(heading, cells)
    ]
    return [row if any(row[position] for position in telling) else None for row in rows]


def _tells_apart(heading: str, cells: Sequence[str]) -> bool:
    """Whether nearly every row that differs has a value of its own, more of them than a scale has."""
    filled = [cell for cell in cells if cell]
    values = set(filled)
    is_personal = personal_heading(heading) in _KEYS or all(
        _TIME_OF_DAY.fullmatch(cell) or "@" in cell for cell in values
    )
    return len(values) > (1 if is_personal else _MOST_OPTIONS) and len(values) >= 0.9 * len(filled)


def _is_of_one_person(cell: str) -> bool:
    return "@" in cell or bool(_TIME_OF_DAY.fullmatch(cell))


def _whole_file(table: Table, rows: Sequence[Row]) -> Iterator[str]:
    """Every row is repeated, and so few equal pairs were to be expected that it is no chance; or the file is
    there once more under itself."""
    times = Counter(rows)
    repeats = gcd(*times.values())
    if repeats < 2 or len(times) < 3:
        return
    alike = prod(
        sum((number / len(rows)) ** 2 for number in Counter(column).values())
        for column in zip(*rows, strict=True)
    )
    if alike * len(times) * (len(times) - 1) / 2 < _BY_CHANCE or _is_under_itself(rows):
        yield f"{table.name}: hver række står mindst {repeats} gange ({len(rows)} rækker i alt)"


def _is_under_itself(rows: Sequence[Row]) -> bool:
    """Whether the second half is the first in the same order, and that half is no pattern of its own."""
    half, odd = divmod(len(rows), 2)
    shorter = (length for length in range(1, half) if half % length == 0)
    return (
        not odd
        and half >= _ENOUGH_ROWS
        and rows[:half] == rows[half:]
        and not any(rows[:-length] == rows[length:] for length in shorter)
    )
