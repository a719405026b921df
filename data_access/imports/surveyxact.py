"""SurveyXact's dataset, structure and labels to one plain table of answers in words.

Names are cut to eight characters in most exports (`respondentid` -> `responde`), options get a suffix that
is their position and not their value (`stato_4`, `s_20_1`), and lines often end with one separator too many.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from data_access.imports.mapping import CHOSEN, NOT_CHOSEN
from data_access.imports.report import counted
from data_access.imports.tables import (
    Sheet,
    SurveyTable,
    as_table,
    complain,
    fault_text,
    folded,
    tidy,
    whole_number,
)
from data_access.imports.validation_errors import ValidationErrors, shown
from data_access.problems import ImportProblem
from indicators.danish import listed

STATUS = "statoverall"
_SYSTEM = """
    survey organization statinternal created modified closeTime startTime diffTime responseCollectSessions
    numberOfReturnedmail importgroup distributionschedule digitalDistributionStatus
    digitalDistributionErrorMessage
    lang statcompletion statcreation statdistribution statsource statcollect
"""
SYSTEM_VARIABLES = dict.fromkeys(_SYSTEM.split(), "systemvariabel") | {
    "email": "e-mail",
    "respondentid": "nøgle",
}
"""Variables that SurveyXact adds by itself, with the reason why they are not kept."""
_NUMBERED_SYSTEM = re.compile(r"(stat[a-z]*|digit)_\d+")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


@dataclass(frozen=True)
class Variable:
    """One column of the data set as structure describes it."""

    question: str
    name: str
    type: str
    text: str
    choice: str

    @property
    def is_option(self) -> bool:
        """True for one option of a multi-choice question."""
        return self.type == "Closed;Multiple"


@dataclass(frozen=True)
class Structure:
    """All variables, found by any of the names an export may use for them."""

    variables: tuple[Variable, ...]
    _by_name: dict[str, Variable]

    def find(self, name: str) -> Variable | None:
        """The variable behind a heading, long or cut."""
        return self._by_name.get(tidy(name).casefold())

    def heading(self, variable: Variable) -> str:
        """The heading of a variable in the plain table: the long name, when it means one variable only."""
        if variable.is_option:
            return f"{variable.question}: {variable.choice}"
        alone = sum(other.question == variable.question for other in self.variables) == 1
        return variable.question if alone else variable.name


def clean(text: str) -> str:
    """A text without HTML, line breaks and blanks at the ends."""
    return tidy(html.unescape(_TAG.sub(" ", text)))


def read_structure(sheet: Sheet) -> Structure:
    """Reads structure; an eighth column without a heading is cut."""
    places = {tidy(heading).casefold(): index for index, heading in enumerate(sheet.rows[0])}
    variables = []
    for row in sheet.rows[1:]:
        filled = {heading: row[index] for heading, index in places.items() if index < len(row)}
        cell = defaultdict(str, filled)
        variables.append(
            Variable(
                question=tidy(cell["questionname"]),
                name=tidy(cell["variablename"]) or tidy(cell["questionname"]),
                type=f"{tidy(cell['questiontype'])};{tidy(cell['subtype'])}",
                text=clean(cell["questiontext"]),
                choice=clean(cell["choicetext"]),
            )
        )
    return Structure(tuple(variables), _by_name(variables))


@dataclass(frozen=True)
class Labels:
    """The texts of one variable's codes, in the file's order: none where there is no text, several where
    they differ."""

    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def usable(self) -> dict[str, str]:
        """{code: text} of the codes that have exactly one text, and one that can be read."""
        return {
            code: texts[0]
            for code, texts in self.texts.items()
            if len(texts) == 1 and not fault_text(texts[0])
        }

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """{text: the codes that it stands for}."""
        behind: defaultdict[str, list[str]] = defaultdict(list)
        for code, text in self.usable.items():
            behind[text].append(code)
        return {text: tuple(codes) for text, codes in behind.items()}

    def fault(self, code: str) -> str:
        """Why a code or text of the data set has no meaning; "" when it has one, or the cell is at fault."""
        usable = self.usable
        if code in usable or code in usable.values() or not code or fault_text(code):
            return ""
        if code not in self.texts:
            return "mangler i labels"
        if len(texts := self.texts[code]) == 1:
            return f"har en tekst i labels, som ikke kan læses ('{shown(texts[0])}': {fault_text(texts[0])})"
        if texts:
            return f"har flere tekster i labels ({' / '.join(map(shown, texts))})"
        return "har ingen tekst i labels (blank eller kun et billede)"


def read_labels(sheet: Sheet, structure: Structure) -> dict[str, Labels]:
    """The labels of each variable, by its name. Labels has no headings: its first line is data."""
    by_name: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in sheet.rows:
        name, value, label = [*row, "", "", ""][:3]
        variable = structure.find(name)
        texts = by_name[variable.name if variable else tidy(name)]
        code = whole_number(tidy(value))
        text = clean(label)
        known = texts.setdefault(code, ())
        if text and folded(text) not in map(folded, known):
            texts[code] = (*known, text)
    return {name: Labels(texts) for name, texts in by_name.items()}


def system_variable(heading: str) -> tuple[str, str] | None:
    """The long name of a system variable and why it is not kept; None for any other heading."""
    key = tidy(heading).casefold()
    for name, reason in SYSTEM_VARIABLES.items():
        if key in (name.casefold(), name.casefold()[:8]):
            return name, reason
    return (tidy(heading), "systemvariabel") if _NUMBERED_SYSTEM.fullmatch(key) else None


def _by_name(variables: Iterable[Variable]) -> dict[str, Variable]:
    """Exact names first; then the other forms, as far as a form means one variable only."""
    by_name = {variable.name.casefold(): variable for variable in variables}
    claims: dict[str, list[Variable]] = defaultdict(list)
    for variable in variables:
        suffix = variable.name.rpartition("_")[2]
        forms = {variable.question, variable.question[:8], variable.name[:8]}
        if variable.is_option and suffix.isdecimal():
            forms = {f"{variable.question}_{suffix}", f"{variable.question[:5]}_{suffix}"}
        for form in forms:
            claims[form.casefold()].append(variable)
    return {form: claim[0] for form, claim in claims.items() if len(claim) == 1} | by_name


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
    in_order = sorted(parts, key=lambda part: int((re.findall(r"\d+", part.title) or [0])[-1]))
    first, *others = map(as_table, in_order)
    columns = dict(first.columns)
    for table in others:
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
    warnings = tuple(chain(first.warnings, *(table.warnings for table in others)))
    return replace(first, columns=columns, warnings=warnings)


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
        self._columns[heading] = (
            cells if is_text else _in_words(cells, {text: whole_number(tidy(text)) for text in set(cells)})
        )
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
        if folded(heading) in self._by_code or not (
            labels.texts or (variable and variable.type == "Closed;Single")
        ):
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
        absent = [shown(variable.name) for variable in self._structure.variables if variable not in present]
        more = f" og {len(absent) - 10} flere" if len(absent) > 10 else ""
        return [f"Står i structure, men ikke i dataset: {', '.join(absent[:10])}{more}."] if absent else []


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
