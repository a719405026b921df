"""From files to checked rows for the store, with an account of what was read. Touches no store."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data_access.confidential.models import AnswerSheet, CountedGroup
from data_access.imports.answers import PersonKey, read_answers
from data_access.imports.background import Background
from data_access.imports.complaints import Complaints, shown
from data_access.imports.counts import read_counts
from data_access.imports.dropped_columns import dropped_columns, warnings_about
from data_access.imports.files import Progress, SourceFile, read_sheets
from data_access.imports.mapping import Mapping
from data_access.imports.report import ImportReport, counted
from data_access.imports.surveyxact import read_surveyxact
from data_access.imports.tables import Sheet, Table, as_table, folded
from data_access.problems import ImportProblem
from data_access.reference import read_reference


@dataclass(frozen=True)
class Reading:
    """Rows for one table of the store; `told` is the report without what changes in the store."""

    model: type[AnswerSheet] | type[CountedGroup]
    rows: list[dict]
    told: dict[str, Any]

    def report(self, **changes: Any) -> ImportReport:
        """The report, with what changes in the store."""
        return ImportReport(**self.told, **changes)


def read_round(
    sources: Sequence[SourceFile],
    mapping: Mapping,
    person_key: PersonKey | None,
    progress: Progress | None = None,
) -> Reading:
    """All rows of the files, checked; ImportProblem names everything that is wrong."""
    sheets, warnings = read_sheets(sources, mapping.sheets.table, progress)
    table = read_surveyxact(sheets) if mapping.format == "surveyxact" else as_table(_only_sheet(sheets))
    dropped = dropped_columns(table, mapping.headings)
    complaints = Complaints("Filen kan ikke importeres, før dette er rettet:")
    background = Background(mapping, read_reference(), complaints)
    missing = frozenset(folded(word) for word in mapping.values.missing)
    background.check_added()
    wanted = table.only(mapping.headings, missing)
    wanted.refuse_faults((*mapping.keep, *mapping.leave_out))
    kept, left_out = background.rows_kept(wanted)
    kept.refuse_faults(mapping.headings)
    if not len(kept):
        raise ImportProblem(f"{table.name} har ingen rækker at importere. {_rules(left_out)}".strip())
    read = _read_groups(kept, background) if mapping.counts else _read_sheets(kept, background, person_key)
    complaints.stop_if_any()
    account = {
        "rows_read": len(table),
        "left_out": left_out + read.told["left_out"],
        "dropped_columns": dropped,
        "warnings": (*warnings, *table.warnings, *warnings_about(dropped), *_remarks(mapping, read.rows)),
    }
    return replace(read, told=read.told | account)


def _remarks(mapping: Mapping, rows: list[dict]) -> Iterator[str]:
    """What a person may take for granted and the files do not hold."""
    asked = set(mapping.asked)
    if absent := [question.id for question in mapping.questionnaire.questions if question not in asked]:
        yield f"spørgsmål uden kolonne: {', '.join(absent)}"
    if alone := sum(row.get("person", "counted") is None for row in rows):
        yield f"{counted(alone, 'række', 'rækker')} uden kendt person: hver tæller som en person for sig"


def _only_sheet(sheets: list[Sheet]) -> Sheet:
    if len(sheets) == 1:
        return sheets[0]
    if not sheets:
        raise ImportProblem("Projektmappen har ingen synlige ark med indhold.")
    names = ", ".join(sheet.name for sheet in sheets)
    raise ImportProblem(
        f"Der er mere end ét sted at læse fra: {names}. Vælg én fil, og skriv arkets navn i mappingfilen "
        f'under [sheets], fx table = "{shown(sheets[0].title)}".'
    )


def _read_sheets(table: Table, background: Background, person_key: PersonKey | None) -> Reading:
    rows, without_invitation = read_answers(table, background, person_key)
    told: dict[str, Any] = {
        "answers": sum(row["answered"] for row in rows),
        "invited": len(rows) if background.mapping.status else None,
        "left_out": Counter({"status er hverken inviteret eller besvaret": without_invitation}),
    }
    return Reading(AnswerSheet, rows, told)


def _read_groups(table: Table, background: Background) -> Reading:
    read = read_counts(table, background)
    invited = [group["invited"] for group in read.groups]
    told: dict[str, Any] = {
        "groups": len(read.groups),
        "answers": sum(group["answers"] or 0 for group in read.groups),
        "invited": None if None in invited else sum(invited),
        "left_out": Counter({"ingen tal": read.without_figures}),
        "duplicates": tuple(read.duplicates),
    }
    return Reading(CountedGroup, read.groups, told)


def _rules(left_out: Counter[str]) -> str:
    return " ".join(f"{count} rækker er udeladt, fordi {rule}." for rule, count in left_out.items() if count)
