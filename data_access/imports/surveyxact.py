"""SurveyXact's dataset, structure and labels to one plain table of answers in words."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain

from data_access.imports.mapping import CHOSEN, NOT_CHOSEN
from data_access.imports.report import counted
from data_access.imports.surveyxact_variables import (
    STATUS,
    SYSTEM_VARIABLES,
    Labels,
    Structure,
    Variable,
    read_labels,
    read_structure,
    system_variable,
)
from data_access.imports.tables import Sheet, SurveyTable, as_table, complain, folded, tidy, whole_number
from data_access.imports.validation_errors import ValidationErrors, shown
from data_access.problems import ImportProblem
from indicators.danish import listed

_CODE = re.compile(r"-?\d+")
_ROLES = ("dataset", "structure", "labels", "variables")
_NOT_CHOSEN = {NOT_CHOSEN.casefold(), "nej"}
_MARKS = {"1": CHOSEN, "0": NOT_CHOSEN, "": NOT_CHOSEN, CHOSEN: CHOSEN, NOT_CHOSEN: NOT_CHOSEN}


def read_surveyxact(sheets: list[Sheet], by_code: Collection[str] = ()) -> SurveyTable:
    """The plain table: headings are the questions' long names, answers are words, but the codes themselves
    under the headings `by_code` (folded). Free text, keys and e-mail are marked in `kinds`; what structure
    knows and the data set lacks is told in `warnings`."""
    by_role = by_role_in(sheets)
    structure = read_structure(by_role["structure"][0])
    labels = read_labels(by_role["labels"][0], structure)
    return _PlainTable(_joined(by_role["dataset"]), structure, labels, by_code).read()


def question_texts(sheets: list[Sheet]) -> dict[str, str]:
    """{heading of the plain table, folded: the question as the respondents read it}."""
    structure = read_structure(by_role_in(sheets)["structure"][0])
    return {folded(structure.heading(variable)): variable.text for variable in structure.variables}


def by_role_in(sheets: list[Sheet]) -> dict[str, list[Sheet]]:
    """The sheets under "dataset", "structure" and "labels"; ImportProblem when one is missing."""
    by_role: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_role[_role(sheet)].append(sheet)
    for role in _ROLES[:3]:
        if not by_role[role]:
            raise ImportProblem(
                f"SurveyXact-eksporten mangler '{role}'. Vælg alle tre filer (dataset, structure og labels), "
                "eller den projektmappe, der har dem som ark."
            )
        if role != "dataset" and len(by_role[role]) > 1:
            names = " og ".join(sheet.name for sheet in by_role[role])
            raise ImportProblem(
                f"Der er mere end én '{role}': {names}. Vælg filerne fra én eksport ad gangen."
            )
    return by_role


def is_surveyxact(sheets: list[Sheet]) -> bool:
    """True when one of the sheets is structure."""
    return any(_role(sheet) == "structure" for sheet in sheets)


def _role(sheet: Sheet) -> str:
    """By content where it cannot be mistaken, else by name: only structure has that first row."""
    if {"questionname", "variablename"} <= {tidy(cell).casefold() for cell in sheet.rows[0]}:
        return "structure"
    named = [role for role in _ROLES if role in sheet.title.casefold()]
    if len(named) == 1 and named != ["structure"]:
        return named[0]
    is_labels = all(
        len([*filter(None, row)]) <= 3 and row[1:2] and _CODE.fullmatch(whole_number(tidy(row[1])))
        for row in sheet.rows
    )
    return "labels" if is_labels else "dataset"


def _joined(parts: list[Sheet]) -> SurveyTable:
    """Dataset(1), Dataset(2) … side by side; a column they share must be the same in both."""
    tables = [as_table(part) for part in sorted(parts, key=_part_number)]
    first = tables[0]
    columns = dict(first.columns)
    for table in tables[1:]:
        if len(table) != len(first):
            raise ImportProblem(
                f"{first.name} har {len(first)} rækker, men {table.name} har {len(table)}. Delene hører ikke "
                "sammen. Eksportér dem igen på én gang."
            )
        for heading, cells in table.columns.items():
            if columns.setdefault(heading, cells) != cells:
                raise ImportProblem(
                    f"Kolonnen '{shown(heading)}' er forskellig i {first.name} og {table.name}. Delene hører "
                    "ikke sammen, eller rækkerne står i forskellig orden. Eksportér dem igen på én gang."
                )
    warnings = tuple(chain.from_iterable(table.warnings for table in tables))
    return replace(first, columns=columns, warnings=warnings)


def _part_number(sheet: Sheet) -> int:
    numbers = re.findall(r"\d+", sheet.title)
    return int(numbers[-1]) if numbers else 0


class _PlainTable:
    """Builds the plain table question by question."""

    def __init__(
        self, dataset: SurveyTable, structure: Structure, labels: dict[str, Labels], by_code: Collection[str]
    ) -> None:
        self._dataset = dataset
        self._structure = structure
        self._labels = labels
        self._by_code = by_code
        self._columns: dict[str, list[str]] = {}
        self._kinds: dict[str, str] = {}
        self._codes: dict[str, dict[str, tuple[str, ...]]] = {}
        self._unlabelled: dict[str, str] = {}
        self._complaints = ValidationErrors("SurveyXact-eksporten kan ikke læses:")

    def read(self) -> SurveyTable:
        options: dict[str, dict[Variable, str]] = defaultdict(dict)
        for heading in self._dataset.columns:
            variable = self._structure.find(heading)
            if variable and variable.is_option:
                options[variable.question][variable] = heading
            else:
                self._add_single(heading, variable)
        for question, headings in options.items():
            self._add_options(question, headings)
        self._complaints.stop_if_any()
        return replace(
            self._dataset,
            columns=self._columns,
            kinds=self._kinds,
            codes=self._codes,
            unlabelled=self._unlabelled,
            warnings=(*self._dataset.warnings, *self._missing(chain(*options.values()))),
        )

    def _add_single(self, own_heading: str, variable: Variable | None) -> None:
        system = system_variable(variable.question if variable else own_heading)
        heading = system[0] if system else self._structure.heading(variable) if variable else own_heading
        if heading in self._columns:
            heading = own_heading
        is_text = variable and variable.type == "Open;String"
        cells = self._dataset.columns[own_heading]
        self._columns[heading] = cells if is_text else _whole_numbers(cells)
        self._use_labels(heading, own_heading, variable)
        if system:
            self._kinds[heading] = system[1]
        elif is_text:
            self._kinds[heading] = "fritekst"

    def _use_labels(self, heading: str, own_heading: str, variable: Variable | None) -> None:
        """Codes become words; a code without a usable text is told when the column turns out to be read."""
        cells = self._columns[heading]
        labels = self._labels.get(variable.name if variable else own_heading, Labels())
        self._codes[heading] = labels.codes
        if folded(heading) in self._by_code or not (labels.texts or (variable and variable.is_coded)):
            return
        self._columns[heading] = _in_words(cells, labels.usable)
        rows = Counter(cells)
        codes: defaultdict[str, list[str]] = defaultdict(list)
        for code in rows:
            if fault := labels.fault(code):
                codes[fault].append(code)
        self._unlabelled[heading] = "; ".join(
            f"{'koderne' if len(several) > 1 else 'koden'} {listed([*map(shown, sorted(several))])} {fault} "
            f"({counted(sum(rows[code] for code in several), 'række', 'rækker')})"
            for fault, several in codes.items()
        )

    def _add_options(self, question: str, headings: dict[Variable, str]) -> None:
        if question in SYSTEM_VARIABLES:
            self._columns[question] = [""] * len(self._dataset)
            self._kinds[question] = SYSTEM_VARIABLES[question]
            return
        marks = [self._marks(heading) for heading in headings.values()]
        if question == STATUS:
            self._columns[STATUS] = self._chosen_text(list(headings), marks)
            if nameless := [shown(variable.name) for variable in headings if not variable.choice]:
                self._unlabelled[STATUS] = f"{listed(nameless)} har ingen tekst i structure"
            return
        for variable, column in zip(headings, _blank_where_none(marks), strict=True):
            heading = self._structure.heading(variable)
            if heading in self._columns:
                self._unlabelled[heading] = "flere svarmuligheder har den tekst i structure"
                heading = variable.name
            if self._labels.get(variable.name, Labels()).usable.get("1", CHOSEN).casefold() in _NOT_CHOSEN:
                self._unlabelled[heading] = f"koden 1 betyder ikke {CHOSEN} i labels"
            self._columns[heading] = column

    def _marks(self, heading: str) -> list[str]:
        cells = self._dataset.columns[heading]
        known = {text: _MARKS.get(whole_number(tidy(text))) for text in set(cells)}
        wrong = {text for text, mark in known.items() if mark is None}
        explain = "'{}' skal være 0, 1 eller blank.".format
        complain(self._dataset, heading, wrong, lambda text: explain(shown(text)), self._complaints)
        return [known[text] or "" for text in cells]

    def _chosen_text(self, variables: list[Variable], marks: list[list[str]]) -> list[str]:
        """One-hot columns to one column of words."""
        texts = {}
        rows = list(zip(*marks, strict=True))
        for row in dict.fromkeys(rows):
            chosen = [v.choice for v, mark in zip(variables, row, strict=True) if mark == CHOSEN]
            texts[row] = chosen[0] if chosen else ""
            if len(chosen) > 1:
                indexes = (index for index, other in enumerate(rows) if other == row)
                number = "to" if len(chosen) == 2 else "flere"
                self._complaints.add(
                    f"Rækken har {number} statusser på én gang: {listed([*map(shown, chosen)])}. Ret den i "
                    "SurveyXact, eller slet rækken, og eksportér igen.",
                    self._dataset.rows(indexes, STATUS),
                )
        return [texts[row] for row in rows]

    def _missing(self, options: Iterable[Variable]) -> list[str]:
        present = {self._structure.find(heading) for heading in self._dataset.columns} | set(options)
        absent = [variable.name for variable in self._structure.variables if variable not in present]
        if not absent:
            return []
        more = f" og {len(absent) - 10} flere" if len(absent) > 10 else ""
        return [f"Står i structure, men ikke i dataset: {', '.join(map(shown, absent[:10]))}{more}."]


def _whole_numbers(cells: list[str]) -> list[str]:
    return _in_words(cells, {text: whole_number(tidy(text)) for text in set(cells)})


def _in_words(cells: list[str], labels: dict[str, str]) -> list[str]:
    if not labels:
        return cells
    words = {text: labels.get(text, text) for text in set(cells)}
    return [words[text] for text in cells]


def _blank_where_none(marks: list[list[str]]) -> list[list[str]]:
    """A person who was never asked has 0 everywhere, as has one who chose nothing: both are no answer."""
    rows = list(zip(*marks, strict=True))
    kept = {row: row if CHOSEN in row else ("",) * len(row) for row in set(rows)}
    return [list(column) for column in zip(*(kept[row] for row in rows), strict=True)] or [[] for _ in marks]
