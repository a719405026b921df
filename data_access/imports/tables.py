"""Tables of text as the readers of files deliver them, before anybody has asked what they mean."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, zip_longest
from typing import Protocol, TypeVar

from data_access.imports.report import counted
from data_access.imports.validation_errors import RowNumbers, ValidationErrors, did_you_mean, nearest, shown
from data_access.problems import ImportProblem
from indicators.visible_text import tidy

UNCALCULATED = "(formel uden værdi)"
"""What a formula without a stored result is read as: blank it would be taken for no answer."""
UNKNOWN_ERROR = "#FEJL!"

# Spreadsheets write errors in their user's language, and new versions have new ones: known by their form.
_ERROR = re.compile(
    r"#[^\W\d_][\w/.]*[!?]|#{2,}|#(n/a|i/t|na|nv|ref|num|null|henter_data|getting_data)|(err|fejl):\d{3}"
)
_SCIENTIFIC = re.compile(r"-?\d([.,]\d+)?e[+-]\d+")
_FORMULA = re.compile(r"=[^\s=>)]")
_LOST_LETTERS = re.compile("\ufffd|[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â[€‚]")
_TOTAL = re.compile(r"(i alt|(sub)?total|sum|alle|samlet|hele landet|hele (riget|danmark))\b.*")
_UNKNOWN = re.compile(
    r"(uoplyst|ukendt|ikke oplyst|ikke angivet|ingen (data|svar|oplysning)|mangler|missing|n/?a|i/t)\b.*|"
    r"[<≤] ?\d+|(under|færre end) \d+|[\W_]+"
)
_NO_VALUE = {"nan", "<na>", "loading...", "indlæser..."}


def error_text(text: str) -> str:
    """What a person can do about a spreadsheet's error or a formula never calculated; "" for other text."""
    if text == UNCALCULATED:
        return "Formlen er ikke beregnet. Åbn filen i Excel, og gem den igen."
    if _ERROR.fullmatch(text.casefold()):
        return f"Cellen viser fejlen {shown(text)}. Ret den i Excel, og gem filen igen."
    return ""


def fault_text(text: str) -> str:
    """Why a text in a survey's file can be no value, with what to do about it; "" for all other text."""
    folded = text.casefold()
    if error := error_text(text):
        return error
    if _SCIENTIFIC.fullmatch(folded):
        return (
            f"Tallet står som {shown(text)}, så cifre kan være gået tabt. "
            "Hent filen igen fra kilden, og læs kolonnen ind som tekst."
        )
    if _FORMULA.match(text):
        return "Cellen har en formel som tekst. Indsæt formlens resultat som værdi."
    if _LOST_LETTERS.search(text):
        return "Bogstaver er gået tabt, da filen blev gemt i et andet tegnsæt. Hent filen igen fra kilden."
    if folded in _NO_VALUE:
        return f"Cellen siger {shown(text)}: Værdien mangler. Tøm cellen, eller skriv ordet i values.missing."
    return ""


def remedy(text: str) -> str:
    """What to write in the mapping where an unknown text is a total or hides a value; "" for others."""
    if _TOTAL.fullmatch(text.casefold()):
        return f' Er rækken en sum af andre rækker, så udelad den: Skriv "{shown(text)}" under [leave_out].'
    if _UNKNOWN.fullmatch(text.casefold()):
        return (
            f' Er værdien ukendt eller skjult, så skriv "{shown(text)}" under missing i [values], så cellen '
            "læses som tom, eller udelad rækken med [leave_out]."
        )
    return ""


Meaning_co = TypeVar("Meaning_co", covariant=True)

# The words of a yes-or-no cell: a workbook keeps the value, a text file the words of its user's language.
_TRUTH_VALUES = {"true": "SAND", "false": "FALSK"}
_WHOLE_NUMBER = re.compile(r"(\d+)[.,]0+")
_DANISH_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


@dataclass(frozen=True)
class Sheet:
    """Rows of text with their number in the file; the first need not be headings."""

    title: str
    name: str
    row_word: str
    numbers: list[int]
    rows: list[Sequence[str]]
    may_be_ragged: bool = False

    def place(self, number: int) -> str:
        """Where the row is, as a person finds it: "Ark 'Dataset', række 14"."""
        return f"{self.name}, {self.row_word} {number}"


@dataclass(frozen=True)
class SurveyTable:
    """Columns of text under unique headings.

    `kinds` say why a column may not be kept (free text, key), `codes` which codes of an export stand behind a
    label, `unlabelled` what is wrong with a column's labels.
    """

    name: str
    row_word: str
    numbers: list[int]
    columns: dict[str, list[str]]
    kinds: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    unlabelled: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self, indexes: Iterable[int], heading: str = "") -> RowNumbers:
        """Where these rows are, or their cells under the heading."""
        return RowNumbers(self.name, self.row_word, tuple(self.numbers[index] for index in indexes), heading)

    def only(self, headings: Iterable[str], missing: frozenset[str]) -> "SurveyTable":
        """The columns under the headings, spelt as these, with tidy text, blank for `missing` words."""
        own_headings = {folded(heading): heading for heading in self.columns}
        complaints = ValidationErrors(f"Kolonner, som mappingfilen nævner, findes ikke i {self.name}:")
        columns = {}
        for heading in dict.fromkeys(headings):
            if (own := own_headings.get(folded(heading))) is None:
                hint = did_you_mean(nearest(heading, self.columns)) or " Står overskrifterne i første række?"
                complaints.add(f"Kolonnen '{shown(heading)}' mangler.{hint}")
                continue
            cells = self.columns[own]
            tidied = {
                text: "" if folded(text) in missing else _with_danish_truth(tidy(text)) for text in set(cells)
            }
            columns[heading] = [tidied[text] for text in cells]
        complaints.stop_if_any()
        codes = {heading: self.codes.get(own_headings[folded(heading)], {}) for heading in columns}
        return replace(self, columns=columns, codes=codes)

    def refuse_faults(self, headings: Iterable[str]) -> None:
        """ImportProblem with every cell under the headings that holds an error or the like and no value."""
        complaints = ValidationErrors("Filen kan ikke importeres, før dette er rettet:")
        for heading in headings:
            faults = {text for text in set(self.columns[heading]) if fault_text(text)}
            complain(self, heading, faults, fault_text, complaints)
        complaints.stop_if_any()

    def where(self, chosen: Sequence[bool]) -> "SurveyTable":
        """The chosen rows."""
        columns = {heading: list(compress(cells, chosen)) for heading, cells in self.columns.items()}
        return replace(self, numbers=list(compress(self.numbers, chosen)), columns=columns)


class UnreadableValueError(Exception):
    """A cell's text has no meaning for the reader of that column."""


class Meanings(Protocol[Meaning_co]):
    """What the texts of one column mean."""

    def meaning(self, text: str) -> Meaning_co:
        """The meaning; NotUnderstoodError when there is none."""

    def explain(self, text: str) -> str:
        """What is wrong with a text that has no meaning, in Danish."""


def read_column(
    table: SurveyTable, heading: str, meanings: Meanings[Meaning_co], complaints: ValidationErrors
) -> list[Meaning_co]:
    """The meaning of each cell. Different texts are few, so each is looked up once."""
    cells = table.columns[heading]
    known = {}
    unknown = set()
    for text in set(cells):
        try:
            known[text] = meanings.meaning(text)
        except UnreadableValueError:
            unknown.add(text)
    complain(table, heading, unknown, meanings.explain, complaints)
    return [known.get(text) for text in cells]


def complain(
    table: SurveyTable,
    heading: str,
    texts: Collection[str],
    explain: Callable[[str], str],
    complaints: ValidationErrors,
) -> None:
    """Notes each of the texts once, with every cell of the column that holds it."""
    if not texts:
        return
    indexes: dict[str, list[int]] = {}
    for index, text in enumerate(table.columns[heading]):
        if text in texts:
            indexes.setdefault(text, []).append(index)
    for text, rows in indexes.items():
        why = "" if not complaints.has_room else fault_text(text) or explain(text)
        complaints.add(why, table.rows(rows, heading))


def as_table(sheet: Sheet) -> SurveyTable:
    """The sheet with its first row as headings."""
    if not sheet.rows:
        raise ImportProblem(f"{sheet.name} er tomt: Der er hverken overskrifter eller rækker.")
    headings = [tidy(text) for text in sheet.rows[0]]
    while headings and not headings[-1]:
        headings.pop()
    rows = sheet.rows[1:]
    _check_widths(sheet, len(headings))
    columns = [list(cells) for cells in zip_longest(*rows, fillvalue="")] if rows else [[] for _ in headings]
    columns += [[""] * len(rows) for _ in range(len(headings) - len(columns))]
    return SurveyTable(
        sheet.name,
        sheet.row_word,
        sheet.numbers[1:],
        _under_headings(sheet, headings, columns),
        warnings=tuple(_short_rows(sheet, len(headings))),
    )


def folded(text: str) -> str:
    """The form in which headings, and words with the cells they stand for, are compared: 30-11-2025 in a text
    is the day that a workbook keeps as 2025-11-30."""
    text = _with_danish_truth(tidy(text)).casefold()
    return "{2}-{1:0>2}-{0:0>2}".format(*day.groups()) if (day := _DANISH_DAY.fullmatch(text)) else text


def are_listed(cells: list[str], words: Iterable[str]) -> list[bool]:
    """Which cells hold one of the words, however they are spelt in capitals and blanks."""
    forms = {folded(word) for word in words}
    listed = {cell for cell in set(cells) if folded(cell) in forms}
    return [cell in listed for cell in cells]


def whole_number(text: str) -> str:
    """ "1" for "1.0" and "1,00", as programs save a whole number; any other text as it is."""
    return number.group(1) if (number := _WHOLE_NUMBER.fullmatch(text)) else text


def _with_danish_truth(text: str) -> str:
    return _TRUTH_VALUES.get(text.casefold(), text)


def _check_widths(sheet: Sheet, width: int) -> None:
    """A row with more cells than headings would shift the columns."""
    complaints = ValidationErrors(
        "Rækker passer ikke til overskrifterne. Står overskrifterne i første række uden titel over sig? "
        "Bruges skilletegnet inde i felterne, fx som decimalkomma?"
    )
    wide = {
        number: len(row) for number, row in zip(sheet.numbers, sheet.rows, strict=True) if any(row[width:])
    }
    if wide:
        fewest = min(wide.values())
        most = max(wide.values())
        fields = f"{fewest}-{most} felter" if fewest < most else counted(most, "felt", "felter")
        headings = counted(width, "overskrift", "overskrifter")
        complaints.add(f"{fields}, men {headings}.", RowNumbers(sheet.name, sheet.row_word, tuple(wide)))
    complaints.stop_if_any()


def _short_rows(sheet: Sheet, width: int) -> Iterator[str]:
    """Excel leaves out the last separators of a row that ends with empty cells; so does a file cut short."""
    if sheet.may_be_ragged:
        return
    short = [str(number) for number, row in zip(sheet.numbers, sheet.rows, strict=True) if len(row) < width]
    if short:
        more = ", …" if len(short) > 10 else ""
        yield (
            f"{sheet.name}: {counted(len(short), 'række', 'rækker')} med færre felter end overskrifter; de "
            f"sidste felter er læst som tomme ({sheet.row_word} {', '.join(short[:10])}{more})."
        )


def _under_headings(sheet: Sheet, headings: list[str], columns: list[list[str]]) -> dict[str, list[str]]:
    complaints = ValidationErrors(f"Overskrifterne i {sheet.name} kan ikke bruges:")
    named: dict[str, list[str]] = {}
    seen: set[str] = set()
    for position, (heading, cells) in enumerate(zip(headings, columns, strict=False), start=1):
        if fault := fault_text(heading):
            complaints.add(f"Overskriften i kolonne nr. {position}: {fault}")
        elif not heading and any(cells):
            complaints.add(f"Kolonne nr. {position} har indhold, men ingen overskrift.")
        elif folded(heading) in seen and heading:
            complaints.add(f"Overskriften '{shown(heading)}' bruges mere end én gang.")
        elif heading:
            named[heading] = cells
        seen.add(folded(heading))
    complaints.stop_if_any()
    return named
