"""Rows that come again in the same order: a part of a file pasted twice, or last year's file and new rows."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log

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
