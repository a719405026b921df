"""Everything that is wrong, told at once, so that a person corrects the file in one go."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from data_access.problems import ImportProblem
from data_access.texts import is_personal

SHOWN = 20
_ROWS_NAMED = 5


@dataclass(frozen=True)
class RowNumbers:
    """Rows of a sheet by their numbers in the file, or one column's cells in them; str() is where a person
    finds them: "Ark 'Dataset', række 14, kolonne 'kommune'"."""

    sheet: str
    word: str
    numbers: tuple[int, ...]
    heading: str = ""

    def __str__(self) -> str:
        column = f", kolonne '{shown(self.heading)}'" if self.heading else ""
        return f"{self.sheet}, {self.word} {numbered(self.numbers)}{column}"


class ValidationErrors:
    """Collects what is wrong and stops the import when there is anything.

    The same thing wrong in several rows of a column is one complaint with the rows and their number.
    """

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._texts: dict[tuple[str, str, str], list[int]] = {}
        self._words: dict[str, str] = {}
        self._rest = 0

    @property
    def has_room(self) -> bool:
        """False when further texts are only counted, so that nobody spends time on writing them."""
        return len(self._texts) < SHOWN

    def add(self, text: str, rows: RowNumbers | None = None) -> None:
        """Notes one thing that is wrong, and in which rows."""
        key = (text, rows.sheet, rows.heading) if rows else (text, "", "")
        if key not in self._texts and not self.has_room:
            self._rest += 1
            return
        numbers = self._texts.setdefault(key, [])
        if rows:
            self._words[rows.sheet] = rows.word
            numbers.extend(rows.numbers)

    def stop_if_any(self) -> None:
        """Raises ImportProblem with the first 20 complaints and the number of the rest."""
        if not self._texts:
            return
        more = [f"… og {self._rest} flere"] if self._rest else []
        lines = (f"- {self._line(*key, tuple(numbers))}" for key, numbers in self._texts.items())
        raise ImportProblem("\n".join([self._heading, *lines, *more]))

    def _line(self, text: str, sheet: str, heading: str, numbers: tuple[int, ...]) -> str:
        return f"{RowNumbers(sheet, self._words[sheet], numbers, heading)}: {text}" if sheet else text


def numbered(numbers: Iterable[int]) -> str:
    """ "3, 7", or the first five and how many there are in all."""
    different = sorted(set(numbers))
    rest = f" … (i alt {len(different)})" if len(different) > _ROWS_NAMED else ""
    return ", ".join(map(str, different[:_ROWS_NAMED])) + rest


def shown(value: str) -> str:
    """The value as it may stand in a message: short, on one line and without anything personal."""
    if "@" in value or is_personal(value):
        return "(personoplysning, vises ikke)"
    line = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in value)
    line = " ".join(line.split())
    return line if len(line) <= 60 else line[:59] + "…"


def nearest(text: str, candidates: Iterable[str]) -> list[str]:
    """The candidates most like the text, best first."""
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    return [by_folded[match] for match in get_close_matches(text.casefold(), by_folded, n=3, cutoff=0.7)]


def did_you_mean(candidates: list[str]) -> str:
    """ " Mente du A, B eller C?", or nothing."""
    if not candidates:
        return ""
    *first, last = candidates
    return f" Mente du {', '.join(first)} eller {last}?" if first else f" Mente du {last}?"
