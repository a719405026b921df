"""What SurveyXact's structure and labels say about the columns of a data set.

Names are cut to eight characters in most exports (`respondentid` -> `responde`), options get a suffix that
is their position and not their value (`stato_4`, `s_20_1`), and lines often end with one separator too many.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from data_access.imports.tables import Sheet, fault_text, folded, tidy, whole_number
from data_access.imports.validation_errors import shown

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
    def is_coded(self) -> bool:
        """True for a question with one answer, which the data set holds as a code."""
        return self.type == "Closed;Single"

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
    variables = tuple(_variable(dict(_cells(places, row))) for row in sheet.rows[1:])
    return Structure(variables, _by_name(variables))


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


def _cells(places: dict[str, int], row: list[str]) -> Iterator[tuple[str, str]]:
    for heading in (
        "questionname",
        "variablename",
        "questiontype",
        "subtype",
        "questiontext",
        "choicetext",
    ):
        index = places.get(heading, len(row))
        yield heading, row[index] if index < len(row) else ""


def _variable(cell: dict[str, str]) -> Variable:
    return Variable(
        question=tidy(cell["questionname"]),
        name=tidy(cell["variablename"]) or tidy(cell["questionname"]),
        type=f"{tidy(cell['questiontype'])};{tidy(cell['subtype'])}",
        text=clean(cell["questiontext"]),
        choice=clean(cell["choicetext"]),
    )


def _by_name(variables: tuple[Variable, ...]) -> dict[str, Variable]:
    """Exact names first; then the other forms, as far as a form means one variable only."""
    by_name = {variable.name.casefold(): variable for variable in variables}
    claims: dict[str, list[Variable]] = defaultdict(list)
    for variable in variables:
        for form in _other_forms(variable):
            claims[form.casefold()].append(variable)
    return {form: claim[0] for form, claim in claims.items() if len(claim) == 1} | by_name


def _other_forms(variable: Variable) -> set[str]:
    suffix = variable.name.rpartition("_")[2]
    if variable.is_option and suffix.isdecimal():
        return {f"{variable.question}_{suffix}", f"{variable.question[:5]}_{suffix}"}
    return {variable.question, variable.question[:8], variable.name[:8]}
