"""A first mapping file for an unknown survey file: a draft that a person checks and completes."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from data_access.imports.background import (
    Names,
    education_names,
    hospital_names,
    institution_names,
    municipality_names,
)
from data_access.imports.dropped_columns import dropped_columns
from data_access.imports.files import read_files, read_sheets
from data_access.imports.mapping import CHOSEN, NOT_CHOSEN, TO_FILL_IN
from data_access.imports.suggest_draft import Draft, Options, ProposedQuestion, ordered, remarks
from data_access.imports.surveyxact import (
    STATUS,
    Labels,
    Variable,
    by_role_in,
    is_surveyxact,
    read_labels,
    read_structure,
    read_surveyxact,
    system_variable,
)
from data_access.imports.tables import Sheet, SurveyTable, UnreadableValueError, as_table, folded, tidy
from data_access.problems import ImportProblem
from data_access.reference import Reference, read_reference

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
        if all(re.fullmatch(r"\d+([.,]\d+)?", text) for text in row)
    ]
    for unit in ("percent", "count"):
        fitting = sum(_adds_up(row, unit) for row in rows)
        if rows and fitting >= 0.9 * len(rows):
            return CountedFamily(name, n, options, unit)
    return None


def _adds_up(row: tuple[str, ...], unit: str) -> bool:
    n, *shares = (float(text.replace(",", ".")) for text in row)
    return abs(sum(shares) - 100) <= 3 if unit == "percent" else sum(shares) == n


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
            place = (variable.question, variable.choice) if variable.is_option else (heading,)
            text = f"{variable.text} {variable.choice}" if variable.is_option else variable.text or heading
            questions.append(ProposedQuestion(text, options, *place, by_code=by_code))
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
        kind: [text for text in _different(table, columns[kind]) if not _is_known(text, known)]
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
