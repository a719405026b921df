"""Rows that are there more than once: what can honestly be known of it, with and without a key.

A key tells: no respondent has two rows in an export, and no person two rows of the same place in a table.
Without one, two rows may be two people who answered alike. They are one when they also agree in a column
that tells people apart (a time of day, a mail address, a text); a file is there twice when each of its rows
is, and a part of it when its rows come again in the same order, where chance cannot have done that.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, pairwise
from math import log, prod

from data_access.imports.dropped_columns import personal_heading
from data_access.imports.persons import comparable_key
from data_access.imports.tables import SurveyTable, folded
from data_access.imports.validation_errors import numbered

_LOOKED_AT = 32
"""So many rows decide which places are compared; a run may be longer."""
_FEWEST_ROWS = 4
_ENOUGH_ROWS = 20
# How many such runs chance may be expected to give: of 20 rows or more, and of fewer.
_HARDLY_CHANCE = 0.01
_NO_CHANCE = 1e-6

Row = tuple[Hashable, ...]


@dataclass(frozen=True)
class Run:
    """Where the rows stand first, where they come again, and how many they are."""

    first: int
    second: int
    length: int


def repeated_run(rows: Sequence[Row], boundary: int | None = None) -> Run | None:
    """The repeated run that chance is least likely to have made; None where chance may have made them all.

    With a `boundary` the first copy is before that row and the second after it: two files in succession.
    """
    numbers: dict[Row, int] = {}
    text = "".join(chr(numbers.setdefault(row, len(numbers))) for row in rows)
    order = sorted(range(len(text)), key=lambda place: text[place : place + _LOOKED_AT])
    chances = list(accumulate(_log_chances(rows), initial=0.0))
    pairs = 2 * log(len(rows) or 1) - log(2)
    best = None
    least = 0.0
    for start, next_start in pairwise(order):
        run = _run_at(text, min(start, next_start), max(start, next_start), boundary)
        if run.length < _FEWEST_ROWS:
            continue
        expected = pairs + chances[run.first + run.length] - chances[run.first]
        most = _HARDLY_CHANCE if run.length >= _ENOUGH_ROWS else _NO_CHANCE
        if expected < min(least, log(most)) and not _is_pattern(text[run.first : run.first + run.length]):
            best = run
            least = expected
    return best


def _is_pattern(run: str) -> bool:
    """Whether the run goes on as it began, which rows do that somebody has put in order."""
    return run.find(run[: (len(run) + 1) // 2], 1) > 0


def _run_at(text: str, first: int, second: int, boundary: int | None) -> Run:
    """The run that begins at both places, if none begins a row earlier; a copy does not overlap itself."""
    is_apart = boundary is None or first < boundary <= second
    begins = not first or second == boundary or text[first - 1] != text[second - 1]
    most = min(second if boundary is None else boundary, first + len(text) - second) - first
    length = 0
    while is_apart and begins and length < most and text[first + length] == text[second + length]:
        length += 1
    return Run(first, second, length)


def _log_chances(rows: Sequence[Row]) -> list[float]:
    """How likely each row is at its place, as a logarithm: columns that the file is sorted by go on as they
    are, the others vary freely, but rows that are frequent as a whole are as likely as they are frequent."""
    logs = [0.0] * len(rows)
    free = []
    for column in zip(*rows, strict=True):
        shares = {value: number / len(rows) for value, number in Counter(column).items()}
        stays = sum(above == below for above, below in pairwise(column)) / len(rows)
        if stays > (1 + sum(share**2 for share in shares.values())) / 2:
            changes = ((1 - stays) * shares[value] for value in column)
            same = [False, *(above == below for above, below in pairwise(column))]
            likely = (stays if is_same else change for is_same, change in zip(same, changes, strict=True))
            logs = [known + log(chance) for known, chance in zip(logs, likely, strict=True)]
        else:
            free.append((column, {value: log(share) for value, share in shares.items()}))
    values = list(zip(*(column for column, _ in free), strict=True)) or [()] * len(rows)
    others = {value: number - 2 for value, number in Counter(values).items()}  # besides the run and its copy
    apart = {value: sum(logs[part] for part, (_, logs) in zip(value, free, strict=True)) for value in others}
    likely = {
        value: max(apart[value], log(number / len(rows))) if number > 0 else apart[value]
        for value, number in others.items()
    }
    return [known + likely[value] for known, value in zip(logs, values, strict=True)]


_RESPONDENT = re.compile(r"responde|respondent.?(id|nr|nummer)")
_NUMBERED = re.compile(
    r"respondent|(respondent|response|svar|besvarelses?)[ -]?(id|nr|nummer|no|number)|id|uuid|token|nr|nummer"
)
"""Headings of a sheet's number in other systems, which may also stand over something else."""
_KEYS = {"nøgle", "e-mail", "telefon", "navn"}
_DIGITS = 9
"""A number with so many is none of a row."""
_MOST_OPTIONS = 12
"""A column with no more different values than a scale may have tells nobody apart."""
_TIME_OF_DAY = re.compile(r"\d{4}-\d\d-\d\d.\d\d?[:.]\d\d.*|\d\d?[-./]\d\d?[-./]\d{4}.\d\d?[:.]\d\d.*")
_BY_CHANCE = 0.2
"""Fewer pairs of equal rows than this to be expected: chance has not made them."""
_OFTEN = 4
"""Rows that are there so many times each may all be repeated by chance."""


def repeated(table: SurveyTable, sheets: Sequence[dict], read: Collection[str]) -> Iterator[str]:
    """Rows that stand for the same sheet as another row, told in the surest way.

    `sheets` are those of the table's rows; a column that is `read` (folded) says nothing of who it is.
    """
    if heading := respondent_column(table):
        yield from _places(table, map(comparable_key, table.columns[heading]), "samme respondent")
        return
    rows = _rows(table)
    has_answers = [bool(sheet["answers"]) for sheet in sheets]
    answers = table.where(has_answers)
    answer_rows = list(compress(rows, has_answers))
    kinds = (
        _places(table, map(_same_person, sheets), "samme person, sted, uddannelse og institution"),
        _places(table, _telling_rows(table, rows, read), "ens i alle kolonner"),
        _whole_file(answers, answer_rows),
        _run(answers, answer_rows),
    )
    yield from next(filter(None, map(list, kinds)), ())


def respondent_column(table: SurveyTable) -> str | None:
    """The column that gives each answer sheet its number, where there is one and it is filled in."""
    columns = _without_row_numbers(table)
    named = (
        heading for heading in columns if _RESPONDENT.fullmatch(folded(heading)) and any(columns[heading])
    )
    rows = set(zip(*columns.values(), strict=True))
    numbered = (
        heading
        for heading, cells in zip(columns, zip(*rows, strict=True), strict=False)
        if _NUMBERED.fullmatch(folded(heading).rstrip(".")) and _is_number_of_each(cells)
    )
    return next(chain(named, numbered), None)


def _is_number_of_each(cells: Sequence[str]) -> bool:
    """Whether the rows that differ have a number each, but for a few of them."""
    filled = [cell for cell in cells if cell]
    values = set(filled)
    is_word = len(values) <= _MOST_OPTIONS and not all(any(map(str.isdigit, cell)) for cell in values)
    return not is_word and len(values) >= max(2, min(0.9 * len(filled), len(filled) - 1))


def _without_row_numbers(table: SurveyTable) -> dict[str, list[str]]:
    """The columns, but for those that count the file's rows and so are another in each copy."""
    return {
        heading: cells for heading, cells in table.columns.items() if not _counts_rows(cells, table.numbers)
    }


def _rows(table: SurveyTable) -> list[Row]:
    return list(zip(*_without_row_numbers(table).values(), strict=True))


def _counts_rows(cells: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether they go up from row to row and are nowhere greater than the row's own number in the file."""
    if len(cells) < 2 or not all(cell.isdecimal() and len(cell) < _DIGITS for cell in cells):
        return False
    counted = [int(cell) for cell in cells]
    goes_up = all(previous < following for previous, following in pairwise(counted))
    return goes_up and all(number <= row for number, row in zip(counted, numbers, strict=True))


def equal_sheets(table: SurveyTable, sheets: Sequence[dict]) -> int:
    """How many answered rows are equal to another in all that the file has, which may be as it should."""
    answered = [row for row, sheet in zip(_rows(table), sheets, strict=True) if sheet["answered"]]
    return sum(number for number in Counter(answered).values() if number > 1)


def _places(table: SurveyTable, keys: Iterable[Hashable], what: str) -> Iterator[str]:
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


def _telling_rows(table: SurveyTable, rows: Sequence[Row], read: Collection[str]) -> list[Row | None]:
    """The rows that hold something in a column that tells people apart; None for others."""
    columns = zip(_without_row_numbers(table), zip(*set(rows), strict=True), strict=True)
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


def _whole_file(table: SurveyTable, rows: Sequence[Row]) -> Iterator[str]:
    """Every row is repeated, though so many different ones would have some that stand alone, or though so few
    equal pairs were to be expected that it is no chance."""
    times = Counter(rows)
    repeats = min(times.values(), default=0)
    if repeats < 2 or len(times) < 3:
        return
    alike = prod(
        sum((number / len(rows)) ** 2 for number in Counter(column).values())
        for column in zip(*rows, strict=True)
    )
    if len(rows) < _OFTEN * len(times) or alike * len(times) * (len(times) - 1) / 2 < _BY_CHANCE:
        yield f"{table.name}: hver række står mindst {repeats} gange ({len(rows)} rækker i alt)"


def _run(table: SurveyTable, rows: Sequence[Row]) -> Iterator[str]:
    """A part of the file is there once more, in the same order."""
    if run := repeated_run(rows):
        first, second = (
            f"{table.numbers[start]}-{table.numbers[start + run.length - 1]}"
            for start in (run.first, run.second)
        )
        yield (
            f"{table.name}: {run.length} rækker kommer igen i samme orden: "
            f"{table.row_word} {first} og {second}"
        )
