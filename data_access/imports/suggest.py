"""A first mapping file for an unknown survey file: a draft that a person checks and completes."""

import re
from dataclasses import replace
from pathlib import Path

from data_access.imports.dropped_columns import dropped_columns
from data_access.imports.files import read_files, read_sheets
from data_access.imports.mapping_parts import CHOSEN, NOT_CHOSEN, TO_FILL_IN
from data_access.imports.names import education_names, institution_names
from data_access.imports.suggest_columns import (
    STATUS_WORDS,
    YES,
    background_columns,
    closed_columns,
    counted_families,
    not_known,
    status_column,
)
from data_access.imports.suggest_draft import Draft, Options, ProposedQuestion, ordered, remarks
from data_access.imports.surveyxact import by_role_in, is_surveyxact, read_surveyxact
from data_access.imports.surveyxact_variables import (
    STATUS,
    Labels,
    Variable,
    read_labels,
    read_structure,
    system_variable,
)
from data_access.imports.tables import Sheet, SurveyTable, as_table, folded, tidy
from data_access.problems import ImportProblem
from data_access.reference import read_reference

_CHOICE: Options = ((1, CHOSEN), (0, NOT_CHOSEN))
_NO = "Nej"
_RESPONSE = {
    "answers": r"besvarelser(_antal)?$|antal.?(svar|besvarelser)",
    "rate_percent": r"svarprocent|svarpct|besvarelser_pct",
    "invited": r"inviterede",
}
_PERSON = ("studienr|studienummer", "respondent.?id|nøgle|^key$|^id$")


def suggest_mapping(files: list[Path]) -> str:
    """The draft as TOML, with comments in Danish where a person must decide."""
    sheets, _warnings = read_sheets(read_files(files))
    if not sheets:
        raise ImportProblem("Projektmappen har ingen synlige ark med indhold.")
    if is_surveyxact(sheets):
        draft = _surveyxact(sheets)
    else:
        largest = max(sheets, key=lambda sheet: len(sheet.rows) * len(sheet.rows[0]))
        draft = _plain(_tidy(as_table(largest)), largest.title if len(sheets) > 1 else None)
    if not draft.questions:
        raise ImportProblem("Der er ikke fundet spørgsmål i filen: Ingen kolonne har få, faste svar.")
    return draft.toml()


def _surveyxact(sheets: list[Sheet]) -> Draft:
    table = _tidy(read_surveyxact(sheets))
    roles = by_role_in(sheets)
    structure = read_structure(roles["structure"][0])
    labels = read_labels(roles["labels"][0], structure)
    background = _background(table)
    questions = []
    for variable in structure.variables:
        heading = structure.heading(variable)
        if (
            heading in background["columns"].values()
            or variable.question == STATUS
            or heading not in table.columns
        ):
            continue
        if options := _options(variable, labels.get(variable.name, Labels())):
            by_code = any(text.startswith(TO_FILL_IN) for _, text in options)
            questions.append(replace(_proposed(variable, heading, options), by_code=by_code))
    return Draft("surveyxact", questions, **background)


def _options(variable: Variable, labels: Labels) -> Options:
    if system_variable(variable.question) or variable.type not in ("Closed;Single", "Closed;Multiple"):
        return ()
    if variable.is_option:
        return _CHOICE
    numbered = [
        (int(code), labels.usable.get(code, f"{TO_FILL_IN}: hvad betyder {code}"))
        for code in labels.texts
        if code.isdecimal()
    ]
    return tuple(numbered) if 2 <= len(numbered) <= 12 else ()


def _proposed(variable: Variable, heading: str, options: Options) -> ProposedQuestion:
    if variable.is_option:
        return ProposedQuestion(
            f"{variable.text} {variable.choice}", options, variable.question, variable.choice
        )
    return ProposedQuestion(variable.text or heading, options, heading)


def _plain(table: SurveyTable, sheet: str | None) -> Draft:
    background = _background(table)
    if families := counted_families(table):
        unit = families[0].unit
        questions = [
            ProposedQuestion(
                family.name,
                tuple(enumerate((h.rpartition("_")[2].capitalize() for h in family.options), start=1)),
                n=family.n,
                option_columns=family.options,
            )
            for family in families
            if family.unit == unit
        ]
        background |= {"status": {}, "person": None}
        return Draft("counts", questions, sheet, unit=unit, response=_response(table), **background)
    questions = [
        _closed(heading, answers)
        for heading, answers in closed_columns(
            table, {*background["columns"].values(), *background["dropped"]}
        )
    ]
    return Draft("answers", questions, sheet, **background)


def _closed(heading: str, answers: list[str]) -> ProposedQuestion:
    if len(answers) == 1:
        return ProposedQuestion(heading, ((1, answers[0]), (0, _NO)), heading, blank=_NO)
    return ProposedQuestion(heading, ordered(answers), heading)


def _background(table: SurveyTable) -> dict:
    """The draft's parts that do not depend on the format."""
    reference = read_reference()
    columns = background_columns(table, reference)
    names = {"education": education_names(reference), "institution": institution_names(reference)}
    unknown = {
        kind: not_known(table.columns[columns[kind]], known)
        for kind, known in names.items()
        if kind in columns
    }
    private = _heading(table, "privat")
    means_private = [word for word in _different(table, private) if folded(word) in YES]
    if means_private and private and "municipality" in columns:
        columns["private"] = private
    if status := status_column(table):
        columns["status"] = status
    return {
        "columns": columns,
        "status": _status(table, columns.get("status")),
        "private": means_private if "private" in columns else [],
        "person": next(filter(None, (_heading(table, words) for words in _PERSON)), None),
        "unknown": unknown,
        "dropped": remarks(dropped_columns(table, columns.values())),
    }


def _status(table: SurveyTable, heading: str | None) -> dict[str, list[str]]:
    """The column's words by what they mean; of words in a foreign language a person must say it."""
    words = _different(table, heading)
    listed = {
        state: [word for word in words if folded(word) in known] for state, known in STATUS_WORDS.items()
    }
    unknown = [word for word in words if not any(word in known for known in listed.values())]
    if unknown:
        listed["answered"].append(f"{TO_FILL_IN}: hvad betyder {', '.join(unknown)}")
    return {state: known for state, known in listed.items() if known}


def _different(table: SurveyTable, heading: str | None) -> list[str]:
    return list(filter(None, dict.fromkeys(table.columns[heading]))) if heading else []


def _heading(table: SurveyTable, words: str) -> str | None:
    return next((heading for heading in table.columns if re.search(words, folded(heading))), None)


def _response(table: SurveyTable) -> dict[str, str]:
    headings = {}
    for what, words in _RESPONSE.items():
        if heading := _heading(table, words):
            headings[what] = heading
    if "answers" not in headings:
        return {}
    if "invited" in headings:
        headings.pop("rate_percent", None)
    return headings


def _tidy(table: SurveyTable) -> SurveyTable:
    return table.only([tidy(heading) for heading in table.columns], frozenset({"ingen data"}))
