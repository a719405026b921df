"""Who a row is about: person keys in one form, those that a spreadsheet has spoilt, and their hashes."""

import hmac
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from data_access.imports.tables import SurveyTable, complain, fault_text, whole_number
from data_access.imports.validation_errors import ValidationErrors, shown

_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+")
_EXACT_DIGITS = 15
"""A spreadsheet keeps no more digits of a number; the rest become zeros."""


_NOBODY = re.compile(
    "ukendt|anonym(t|iseret)?|ing(en|et)|intet|mangler|uoplyst|ikke(oplyst|angivet)|vedikke|nej|tom|unknown|"
    "anonymous|none|null|nil|missing|na|n/a|ia|i/t|test|person|student|studerende|praktikant"
)
_NO_KEY = re.compile(r"[\W_]*|0+|(x|-)+|9{3,}")
_ENOUGH_ROWS = 100
_MOST_SHARE = 0.05
_MOST_PLACES = 8
"""Nobody has so large a share of a survey's rows, or has been at so many places in one round."""


@dataclass(frozen=True)
class PersonKey:
    """Turns what identifies a person into a keyed hash that is the same in all rounds of one survey only."""

    key: bytes
    survey_id: str

    def hashed(self, value: str) -> str | None:
        """The hash in hex; None for a blank."""
        return hmac.digest(self.key, (self.survey_id + value).encode(), "sha256").hex() if value else None


def comparable_key(key: str) -> str:
    """The same for a key in capitals, with invisible signs, in full width or read as the number 123.0."""
    visible = key.casefold()
    if not (key.isascii() and key.isprintable() and " " not in key):  # most keys are, and it takes time
        plain = unicodedata.normalize("NFKC", visible)
        visible = "".join(sign for sign in plain if not unicodedata.category(sign).startswith(("C", "Z")))
    return whole_number(visible)


def complain_of_shared_keys(
    table: SurveyTable, heading: str, places: Sequence[str], complaints: ValidationErrors
) -> None:
    """Notes words that stand for a missing key, and keys that no single person can have."""
    cells = table.columns[heading]
    rows = Counter(map(comparable_key, cells))
    most = _MOST_SHARE * len(cells) if len(cells) >= _ENOUGH_ROWS else len(cells)
    been_at: defaultdict[str, set[str]] = defaultdict(set)
    for cell, place in zip(cells, places, strict=True):
        been_at[comparable_key(cell)].add(place)
    faults = {}
    for cell in filter(None, set(cells)):
        key = comparable_key(cell)
        if _NOBODY.fullmatch(key) or _NO_KEY.fullmatch(key):
            faults[cell] = _PLACEHOLDER.format(shown(cell))
        elif rows[key] > most or len(been_at[key]) > _MOST_PLACES:
            faults[cell] = _SHARED
    complain(table, heading, faults, faults.__getitem__, complaints)


def person_keys(table: SurveyTable, heading: str, complaints: ValidationErrors) -> list[str]:
    """The column's keys, each person in one form; keys that cannot be told apart become complaints."""
    forms = {cell: comparable_key(cell) for cell in set(table.columns[heading])}
    faults = {cell: fault_text(cell) for cell in forms if fault_text(cell)}
    faults |= dict.fromkeys(_rounded(forms), _ROUNDED) | dict.fromkeys(_short_of_zeros(forms), _ZEROS)
    # The key is nowhere in the text, so that all rows of the column are told together.
    complain(table, heading, faults, faults.__getitem__, complaints)
    return [forms[cell] for cell in table.columns[heading]]


_BLANK_INSTEAD = (
    "så tæller hver af rækkerne som en person for sig. Tøm cellerne i filen, eller skriv {} under missing i "
    "[values], hvis det heller ikke er et svar i de andre kolonner."
)
_PLACEHOLDER = (
    "'{0}' er ikke en nøgle: Alle med den ville være én person. Er cellen tom, "
    + _BLANK_INSTEAD.format('"{0}"')
)
_SHARED = (
    "Så mange rækker eller steder har én person ikke. Står nøglen for ukendte personer, så skal cellen være "
    "tom; " + _BLANK_INSTEAD.format("nøglen")
)
_ROUNDED = (
    "Nøglen er afrundet af et regneark (fx 8,25E+08 eller nuller efter 15. ciffer), så flere personer kan få "
    "samme nøgle. Eksportér filen igen, og læs den ind uden at åbne den i Excel."
)
_ZEROS = (
    "Nøglen står også med et andet antal nuller foran, så det kan ikke ses, om det er samme person. "
    "Skriv den ens alle steder."
)


def _rounded(forms: dict[str, str]) -> Iterator[str]:
    """Keys in scientific notation; and long numbers, where all of them end in zeros."""
    long = [cell for cell, form in forms.items() if form.isdecimal() and len(form) > _EXACT_DIGITS]
    yield from (cell for cell, form in forms.items() if _SCIENTIFIC.fullmatch(form))
    if all(set(forms[cell][_EXACT_DIGITS:]) == {"0"} for cell in long):
        yield from long


def _short_of_zeros(forms: dict[str, str]) -> Collection[str]:
    """Numbers that are the same but for zeros in front, which a spreadsheet takes away."""
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for form in filter(str.isdecimal, forms.values()):
        alike[form.lstrip("0")].add(form)
    return {cell for cell, form in forms.items() if len(alike.get(form.lstrip("0"), ())) > 1}
