"""Who a row is about: person keys in one form, those that a spreadsheet has spoilt, and their hashes."""

import hmac
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from data_access.imports.complaints import Complaints
from data_access.imports.tables import Table, complain, fault_text

_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+")
_EXACT_DIGITS = 15
"""A spreadsheet keeps no more digits of a number; the rest become zeros."""


@dataclass(frozen=True)
class PersonKey:
    """Turns what identifies a person into a keyed hash that is the same within one round only."""

    key: bytes
    round_id: str

    def hashed(self, value: str) -> str | None:
        """The hash in hex; None for a blank."""
        return hmac.digest(self.key, (self.round_id + value).encode(), "sha256").hex() if value else None


def one_form(key: str) -> str:
    """The same for a key in capitals, with invisible signs, in full width or read as the number 123.0."""
    visible = key.casefold()
    if not (key.isascii() and key.isprintable() and " " not in key):  # most keys are, and it takes time
        plain = unicodedata.normalize("NFKC", visible)
        visible = "".join(sign for sign in plain if not unicodedata.category(sign).startswith(("C", "Z")))
    return re.sub(r"(?<=\d)[.,]0+$", "", visible) if re.fullmatch(r"\d+[.,]0+", visible) else visible


def person_keys(table: Table, heading: str, complaints: Complaints) -> list[str]:
    """The column's keys, each person in one form; keys that cannot be told apart become complaints."""
    forms = {cell: one_form(cell) for cell in set(table.columns[heading])}
    faults = {cell: fault_text(cell) for cell in forms if fault_text(cell)}
    faults |= dict.fromkeys(_rounded(forms), _ROUNDED) | dict.fromkeys(_short_of_zeros(forms), _ZEROS)
    # The key is nowhere in the text, so that all rows of the column are told together.
    complain(table, heading, faults, faults.__getitem__, complaints)
    return [forms[cell] for cell in table.columns[heading]]


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
