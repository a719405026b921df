"""Everything that is wrong, told at once, so that a person corrects the file in one go."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from data_access.problems import ImportProblem
from indicators.cpr import contains_cpr

SHOWN = 20


class Complaints:
    """Collects what is wrong and stops the import when there is anything."""

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._texts: list[str] = []
        self._count = 0

    @property
    def has_room(self) -> bool:
        """False when further texts are only counted, so that nobody spends time on writing them."""
        return len(self._texts) < SHOWN

    def add(self, text: str) -> None:
        """Notes one thing that is wrong."""
        self._count += 1
        if self.has_room:
            self._texts.append(text)

    def stop_if_any(self) -> None:
        """Raises ImportProblem with the first 20 complaints and the number of the rest."""
        if not self._count:
            return
        rest = self._count - len(self._texts)
        more = [f"… og {rest} flere"] if rest else []
        raise ImportProblem("\n".join([self._heading, *(f"- {text}" for text in self._texts), *more]))


def shown(value: str) -> str:
    """The value as it may stand in a message: short, on one line and without anything personal."""
    if "@" in value or contains_cpr(value):
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
