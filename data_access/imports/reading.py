"""From files to checked rows for the store, with an account of what was read. Touches no store."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data_access.confidential.models import AnswerSheet, CountedGroup
from data_access.imports.answers import INVITED, LEFT_OUT, PARTIAL, read_answers
from data_access.imports.background import Background
from data_access.imports.counts import read_counts
from data_access.imports.dropped_columns import dropped_columns, personal_heading
from data_access.imports.file_checks import (
    check_file,
    check_sheets,
    numbers_for_other_codes,
    question_tallies,
)
from data_access.imports.files import Progress, SourceFile, read_sheets
from data_access.imports.mapping import Mapping
from data_access.imports.persons import PersonKey
from data_access.imports.report import ImportReport, counted, tallied
from data_access.imports.surveyxact import question_texts, read_surveyxact
from data_access.imports.tables import Sheet, SurveyTable, are_listed, as_table, folded
from data_access.imports.validation_errors import ValidationErrors, nearest, shown
from data_access.problems import ImportProblem
from data_access.reference import read_reference

_MOST_VALUES = 12
"""A column with more of them holds names or the like, which have no place in a report."""
WITHOUT_PLACE = "hverken kommune, hospital eller privat"


def rows_kept(table: SurveyTable, mapping: Mapping) -> tuple[SurveyTable, Counter[str], list[str]]:
    """The rows that are left, how many each rule took, zero too, and words that met no row.

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
        remarks += _rule_remarks(heading, table.columns[heading], words)
    if mapping.leave_out_without_place:
        chosen = _with_a_place(kept, mapping)
        left_out[WITHOUT_PLACE] = chosen.count(False)
        kept = kept.where(chosen)
    if not len(kept):
        reasons = " ".join(
            f"{count} rækker er udeladt, fordi {rule}." for rule, count in left_out.items() if count
        )
        raise ImportProblem(f"{table.name} har ingen rækker at importere. {reasons}".strip())
    return kept, left_out, remarks


def _with_a_place(table: SurveyTable, mapping: Mapping) -> list[bool]:
    columns = mapping.columns
    headings = [heading for heading in (columns.municipality, columns.hospital) if heading]
    private = [False] * len(table)
    if columns.private:
        private = are_listed(table.columns[columns.private], mapping.values.private)
    cells = zip(*(table.columns[heading] for heading in headings), private, strict=True)
    return [any(row) for row in cells]


def _rule_remarks(heading: str, cells: list[str], words: Iterable[str]) -> Iterator[str]:
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


_REFUSAL = "Filen kan ikke importeres, før dette er rettet:"
_STATES = {
    INVITED: "med status inviteret",
    PARTIAL: "med delvise besvarelser",
    LEFT_OUT: "med en status under left_out",
}

RowsAndReport = tuple[list[dict], dict[str, Any]]
"""Rows for the store, and what the report tells of them."""


@dataclass(frozen=True)
class Reading:
    """Rows for one table of the store; `reported` is the report without what changes in the store, `wording`
    each question as the file itself words it, where it does."""

    model: type[AnswerSheet] | type[CountedGroup]
    rows: list[dict]
    reported: dict[str, Any]
    wording: dict[str, str]

    def report(self, **changes: Any) -> ImportReport:
        """The report, with what changes in the store."""
        return ImportReport(**self.reported, **changes)


def read_round(
    sources: Sequence[SourceFile],
    mapping: Mapping,
    person_key: PersonKey | None,
    progress: Progress | None = None,
) -> Reading:
    """All rows of the files, checked; ImportProblem names everything that is wrong."""
    sheets, warnings = read_sheets(sources, mapping.sheets.table, progress)
    table = _table(sheets, mapping)
    background = Background(mapping, read_reference(), ValidationErrors(_REFUSAL))
    background.check_added()
    check_file(table, mapping, background.complaints)
    chosen = table.only(mapping.headings, frozenset(folded(word) for word in mapping.values.missing))
    chosen.refuse_faults((*mapping.keep, *mapping.leave_out))
    kept, left_out, rule_remarks = rows_kept(chosen, mapping)
    kept.refuse_faults(mapping.headings)
    if mapping.counts:
        rows, reported = _read_groups(kept, background)
    else:
        rows, reported = _read_sheets(table, kept, background, person_key)
    remarks = (*rule_remarks, *reported.get("warnings", ()), *_remarks(mapping, rows))
    reported |= {
        "rows_read": len(table),
        "left_out": Counter({**left_out, **reported["left_out"]}),
        "rules": tuple(_rule_lines(chosen, kept, mapping)),
        "questions": question_tallies(mapping, rows),
        "dropped_columns": dropped_columns(table, mapping.headings),
        "warnings": (*warnings, *table.warnings, *remarks),
    }
    return Reading(CountedGroup if mapping.counts else AnswerSheet, rows, reported, _wording(sheets, mapping))


def _table(sheets: list[Sheet], mapping: Mapping) -> SurveyTable:
    if mapping.format == "surveyxact":
        return read_surveyxact(sheets, mapping.by_code())
    if len(sheets) == 1:
        return as_table(sheets[0])
    if not sheets:
        raise ImportProblem("Projektmappen har ingen synlige ark med indhold.")
    names = ", ".join(sheet.name for sheet in sheets)
    raise ImportProblem(
        f"Der er mere end ét sted at læse fra: {names}. Vælg én fil, og skriv arkets navn i mappingfilen "
        f'under [sheets], fx table = "{shown(sheets[0].title)}".'
    )


def _read_sheets(
    table: SurveyTable, kept: SurveyTable, background: Background, person_key: PersonKey | None
) -> RowsAndReport:
    """Answer sheets; `table` is all that the file has, `kept` the columns and rows to read."""
    mapping = background.mapping
    complaints = background.complaints
    read = read_answers(kept, background, person_key)
    complaints.stop_if_any()
    numbers = set(read.numbers)
    own_rows = table.where([number in numbers for number in table.numbers])
    duplicates, remarks = check_sheets(own_rows, read, mapping, complaints)
    not_counted = (
        f"{counted(rows, 'række', 'rækker')} {_STATES[state]} har svar, som ikke tæller"
        for state, rows in read.not_counted.items()
    )
    by_status = {"status er hverken inviteret eller besvaret": read.left_out} if mapping.status else {}
    return read.sheets, {
        "answers": sum(sheet["answered"] for sheet in read.sheets),
        "invited": len(read.sheets) if mapping.status else None,
        "persons": _persons(read.sheets) if mapping.columns.person else None,
        "left_out": by_status,
        "duplicates": duplicates,
        "warnings": (*numbers_for_other_codes(kept, mapping), *not_counted, *remarks),
    }


def _read_groups(table: SurveyTable, background: Background) -> RowsAndReport:
    mapping = background.mapping
    read = read_counts(table, background)
    background.complaints.stop_if_any()
    invited = [group["invited"] for group in read.groups]
    return read.groups, {
        "groups": len(read.groups),
        "answers": sum(group["answers"] or 0 for group in read.groups) if mapping.counts.response else None,
        "invited": None if None in invited else sum(invited),
        "left_out": {"ingen tal": read.without_figures},
        "duplicates": tuple(read.duplicates),
        "warnings": read.remarks,
    }


def _persons(sheets: list[dict]) -> tuple[int, int]:
    """How many known persons have answered, and how many of them of several places."""
    answered = {
        (sheet["person"], sheet["place"]) for sheet in sheets if sheet["answered"] and sheet["person"]
    }
    places = Counter(person for person, _place in answered)
    return len(places), sum(number > 1 for number in places.values())


def _remarks(mapping: Mapping, rows: list[dict]) -> Iterator[str]:
    """What a person may take for granted and the files do not hold."""
    asked_questions = set(mapping.asked_questions)
    if absent := [
        question.id for question in mapping.questionnaire.questions if question not in asked_questions
    ]:
        yield f"spørgsmål uden kolonne: {', '.join(absent)}"
    if alone := sum(row.get("person", "counted") is None for row in rows):
        yield f"{counted(alone, 'række', 'rækker')} uden kendt person: hver tæller som en person for sig"


def _rule_lines(table: SurveyTable, kept: SurveyTable, mapping: Mapping) -> Iterator[str]:
    """The words of status and private as they stand in the file, with zero for those that nobody has."""
    columns = mapping.columns
    status = mapping.status
    if status and columns.status:
        words = [*status.left_out, *status.invited, *status.partial, *status.answered]
        spelt = {folded(word): word for word in words}
        met = Counter(spelt.get(folded(cell), cell) for cell in table.columns[columns.status])
        yield f"Status i filen, alle rækker: {tallied(dict.fromkeys(words, 0) | met)}"
    if columns.private:
        cells = kept.columns[columns.private]
        private = sum(are_listed(cells, mapping.values.private))
        yield (
            f"Private og selvejende: {counted(private, 'række', 'rækker')} "
            f"(kolonnen {shown(columns.private)} har {tallied(Counter(cells))})"
        )


def _wording(sheets: list[Sheet], mapping: Mapping) -> dict[str, str]:
    wording = question_texts(sheets) if mapping.format == "surveyxact" else {}
    texts = {name: wording.get(folded(column.heading), "") for name, column in mapping.questions.items()}
    return {name: text for name, text in texts.items() if text}
