"""Which rows the mapping's [keep] and [leave_out] exclude, and what a person must know about the words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data_access.imports.dropped_columns import personal_heading
from data_access.imports.mapping import Mapping
from data_access.imports.report import tallied
from data_access.imports.tables import SurveyTable, folded
from data_access.imports.validation_errors import nearest, shown
from data_access.problems import ImportProblem

_MOST_VALUES = 12
"""A column with more of them holds names or the like, which have no place in a report."""
WITHOUT_PLACE = "hverken kommune, hospital eller privat"


@dataclass(frozen=True)
class KeptRows:
    """The rows that are left, how many each rule took, and words that met no row."""

    table: SurveyTable
    left_out: Counter[str]
    remarks: list[str]


def rows_kept(table: SurveyTable, mapping: Mapping) -> KeptRows:
    """The table without the rows that a rule excludes; each rule is named with its number, zero too.

    ImportProblem when no row is left.
    """
    left_out: Counter[str] = Counter()
    remarks: list[str] = []
    kept = table
    rules = [(heading, words, True) for heading, words in mapping.keep.items()]
    rules += [(heading, words, False) for heading, words in mapping.leave_out.items()]
    for heading, words, keeps in rules:
        chosen = [is_listed == keeps for is_listed in are_listed(kept.columns[heading], words)]
        verb = "er ikke" if keeps else "er"
        rule = f"{heading} {verb} {' eller '.join(word or '(tom)' for word in words)}"
        left_out[rule] += chosen.count(False)
        kept = kept.where(chosen)
        remarks += _remarks(heading, table.columns[heading], words)
    if mapping.leave_out_without_place:
        chosen = _with_a_place(kept, mapping)
        left_out[WITHOUT_PLACE] = chosen.count(False)
        kept = kept.where(chosen)
    if not len(kept):
        reasons = " ".join(
            f"{count} rækker er udeladt, fordi {rule}." for rule, count in left_out.items() if count
        )
        raise ImportProblem(f"{table.name} har ingen rækker at importere. {reasons}".strip())
    return KeptRows(kept, left_out, remarks)


def are_listed(cells: list[str], words: Iterable[str]) -> list[bool]:
    """Which cells hold one of the words, however they are spelt in capitals and blanks."""
    forms = {folded(word) for word in words}
    listed = {cell for cell in set(cells) if folded(cell) in forms}
    return [cell in listed for cell in cells]


def _with_a_place(table: SurveyTable, mapping: Mapping) -> list[bool]:
    columns = mapping.columns
    headings = [heading for heading in (columns.municipality, columns.hospital) if heading]
    private = [False] * len(table)
    if columns.private:
        private = are_listed(table.columns[columns.private], mapping.values.private)
    cells = zip(*(table.columns[heading] for heading in headings), private, strict=True)
    return [any(row) for row in cells]


def _remarks(heading: str, cells: list[str], words: Iterable[str]) -> Iterator[str]:
    """A word that no cell holds is misspelt here or there; so is one that is almost what a cell holds."""
    met = Counter(cells)
    known = {folded(cell) for cell in met}
    forms = {folded(word) for word in words}
    others = Counter({cell: number for cell, number in met.items() if folded(cell) not in forms})
    is_personal = personal_heading(heading) or len(others) > _MOST_VALUES
    for word in filter(None, words):
        if folded(word) not in known:
            values = "" if is_personal else f". Kolonnen har: {tallied(others)}"
            yield f"reglen for '{shown(heading)}' nævner '{shown(word)}', som ingen række har{values}"
        elif not is_personal and (similar := nearest(word, filter(None, others))):
            yield (
                f"reglen for '{shown(heading)}' nævner '{shown(word)}' og rammer ikke "
                f"{tallied(Counter({cell: met[cell] for cell in similar}))}"
            )
