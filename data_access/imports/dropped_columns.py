"""Which columns of a file are not kept, and why: said so that nobody believes they are in the system."""

import re
from collections.abc import Collection
from itertools import islice

from data_access.imports.surveyxact import system_variable
from data_access.imports.tables import SurveyTable, complain, folded
from data_access.imports.validation_errors import ValidationErrors, shown
from indicators.cpr import contains_cpr

_LOOKED_AT = 300
_DIGITS = 10
_NUMBERS = re.compile(r"\s*[\d,;]+\s*")
_CPR = "Filen er ikke importeret. Slet den, og bestil en uden; skal der læses af den, så fjern først numrene."
_LONG_TEXT = 60
_HEADING_WORDS = {
    "cpr": r"cpr|personnum|fødselsdato",
    "e-mail": r"e-?mail|^mail|mailadresse",
    "telefon": r"telefon|^tlf|mobil(nr|nummer)?$",
    "navn": r"^navn|fornavn|efternavn|fulde navn|^name$|first.?name|last.?name",
    "nøgle": r"^id$|nøgle|^key$|^link$|respondent.?id|studienr|studienummer|brugernavn",
    "fritekst": r"kommentar|fritekst|bemærkning|uddyb|hvad:?$",
}


def dropped_columns(table: SurveyTable, kept: Collection[str]) -> dict[str, str]:
    """{heading: why it is not kept} for all columns that the mapping does not use."""
    used = {folded(heading) for heading in kept}
    return {
        shown(heading): _reason(table, heading) for heading in table.columns if folded(heading) not in used
    }


def complain_of_cpr(table: SurveyTable, complaints: ValidationErrors) -> None:
    """Nobody may lend a file with CPR numbers a hand, in whichever column they stand.

    A number alone may begin with a date by chance: it counts where most long numbers of its column do.
    """
    for heading, cells in table.columns.items():
        if contains_cpr(heading):
            complaints.add(f"En overskrift i {table.name} er et CPR-nummer. {_CPR}")
        if table.kinds.get(heading) == "systemvariabel":
            continue
        numbers = {cell for cell in set(cells) if sum(map(str.isdecimal, cell)) >= _DIGITS}
        suspects = {cell for cell in numbers if contains_cpr(cell)}
        bare = {cell for cell in numbers if _NUMBERS.fullmatch(cell)}
        if len(bare & suspects) <= len(bare) / 2:
            suspects -= bare
        complain(table, heading, suspects, lambda _text: f"Der står et CPR-nummer. {_CPR}", complaints)


def personal_heading(heading: str) -> str:
    """What a column holds of a person, by its heading ("navn", "e-mail"); "" for any other."""
    reasons = (reason for reason, words in _HEADING_WORDS.items() if re.search(words, folded(heading)))
    return next(reasons, "")


def _reason(table: SurveyTable, heading: str) -> str:
    if reason := personal_heading(heading) or table.kinds.get(heading, ""):
        return reason
    if system := system_variable(heading):
        return system[1]
    cells = list(islice(filter(None, table.columns[heading]), _LOOKED_AT))
    if any("@" in cell for cell in cells):
        return "e-mail"
    if any(len(cell) > _LONG_TEXT for cell in cells) and len(set(cells)) > len(cells) / 2:
        return "fritekst"
    return "ikke i mapping"
