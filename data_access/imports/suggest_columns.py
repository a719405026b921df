"""Guesses what the columns of an unknown file are, by what stands in them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from data_access.imports.names import (
    Names,
    education_names,
    hospital_names,
    institution_names,
    municipality_names,
)
from data_access.imports.tables import SurveyTable, UnreadableValueError, folded
from data_access.reference import Reference

_DANISH = {
    "answered": ("gennemført", "besvaret", "afsluttet", "udfyldt"),
    "partial": ("nogen svar", "delvist besvaret", "delvis besvaret", "påbegyndt"),
    "invited": ("distribueret", "inviteret", "frafaldet", "ikke besvaret"),
    "left_out": ("ny", "ikke inviteret"),
}
_FOREIGN = {
    "answered": ("gjennomført", "fullført", "genomförd", "slutförd", "completed", "complete", "answered"),
    "partial": ("noen svar", "påbegynt", "några svar", "påbörjad", "partial", "partially completed"),
    "invited": ("distribuert", "frafalt", "utsendt", "distribuerad", "utskickad", "distributed", "invited"),
    "left_out": ("new", "not invited"),
}
STATUS_WORDS = {state: (*words, *_FOREIGN[state]) for state, words in _DANISH.items()}
"""In Danish, and in the languages of other installations of the same tools."""
_HEADINGS = {
    "municipality": r"kommune",
    "hospital": r"hospital|sygehus",
    "education": r"uddannelse$|titel|uddannelsesnavn|education",
    "institution": r"institution|uddannelsessted|skole|inst(tx)?$",
}
_MOST_STATUSES = 8
_NOT_OPTIONS = re.compile(r"(n|ntotal|total|antal|i ?alt|likert|gns|gennemsnit|statusaar|aar|år)")


YES = {"ja", "valgt", "1", "sand", "x", "privat"}


@dataclass(frozen=True)
class CountedFamily:
    """Columns that share the beginning of their heading and add up: one counted question."""

    name: str
    n: str
    options: tuple[str, ...]
    unit: str


def background_columns(table: SurveyTable, reference: Reference) -> dict[str, str]:
    """{kind: heading} of the columns whose cells are best understood as such names."""
    known = {
        "municipality": municipality_names(reference),
        "hospital": hospital_names(reference),
        "education": education_names(reference),
        "institution": institution_names(reference),
    }
    columns: dict[str, str] = {}
    for kind, names in known.items():
        scores = {
            heading: _score(heading, kind, cells, names)
            for heading, cells in table.columns.items()
            if heading not in columns.values()
        }
        best = max(scores, key=lambda heading: scores[heading], default=None)
        if best and scores[best] > 0.5:
            columns[kind] = best
    return columns


def status_column(table: SurveyTable) -> str | None:
    """The column whose words are all those of a status, else one that is called so and has few words."""
    words = {word for known in STATUS_WORDS.values() for word in known}
    called_so = None
    for heading, cells in table.columns.items():
        seen = {folded(cell) for cell in set(cells) if cell}
        if len(seen) > 1 and seen <= words and seen & set(STATUS_WORDS["answered"]):
            return heading
        if 2 <= len(seen) <= _MOST_STATUSES and re.search(r"status\b|tilstand", folded(heading)):
            called_so = called_so or heading
    return called_so


def closed_columns(table: SurveyTable, taken: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Columns with few different answers, and these in the order seen: of a tick box only one."""
    for heading, cells in table.columns.items():
        answers = [answer for answer in dict.fromkeys(cells) if answer]
        is_tick_box = len(answers) == 1 and folded(answers[0]) in YES and "" in cells
        if heading in taken or heading in table.kinds or not (is_tick_box or 2 <= len(answers) <= 12):
            continue
        if all(len(answer) <= 60 for answer in answers) and len(table) > len(answers):
            yield heading, answers


def counted_families(table: SurveyTable) -> list[CountedFamily]:
    """Counted questions: a column for n, and others that add up to it or to 100."""
    by_beginning: dict[str, list[str]] = defaultdict(list)
    for heading in table.columns:
        by_beginning[heading.rpartition("_")[0]].append(heading)
    families = (_family(table, name, headings) for name, headings in by_beginning.items() if name)
    return [family for family in families if family]


def not_known(cells: Iterable[str], names: Names) -> list[str]:
    """The different cells that have no meaning, in the order seen."""
    return [text for text in dict.fromkeys(cells) if text and not _is_known(text, names)]


def _score(heading: str, kind: str, cells: list[str], names: Names) -> float:
    different = {cell for cell in cells if cell}
    if not different:
        return 0
    understood = sum(_is_known(text, names) for text in different) / len(different)
    if not understood:
        return 0
    named = 0.5 if re.search(_HEADINGS[kind], folded(heading)) else 0
    numbers = 0.3 if all(text.isdecimal() for text in different) else 0
    return understood + named - numbers


def _is_known(text: str, names: Names) -> bool:
    try:
        return bool(names.meaning(text))
    except UnreadableValueError:
        return False


def _family(table: SurveyTable, name: str, headings: list[str]) -> CountedFamily | None:
    endings = {heading: folded(heading.rpartition("_")[2]) for heading in headings}
    n = next((heading for heading, ending in endings.items() if ending in {"n", "antal"}), None)
    options = tuple(heading for heading, ending in endings.items() if not _NOT_OPTIONS.fullmatch(ending))
    if not n or len(options) < 2:
        return None
    rows = [
        row
        for row in zip(*(table.columns[h] for h in (n, *options)), strict=True)
        if all(map(_is_number, row))
    ]
    for unit in ("percent", "count"):
        fitting = sum(_adds_up(row, unit) for row in rows)
        if rows and fitting >= 0.9 * len(rows):
            return CountedFamily(name, n, options, unit)
    return None


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d+([.,]\d+)?", text))


def _adds_up(row: tuple[str, ...], unit: str) -> bool:
    n, *shares = (float(text.replace(",", ".")) for text in row)
    return abs(sum(shares) - 100) <= 3 if unit == "percent" else sum(shares) == n
