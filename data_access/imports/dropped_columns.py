"""Which columns of a file are not kept, and why: said so that nobody believes they are in the system."""

import re
from collections.abc import Collection
from itertools import islice

from data_access.imports.complaints import shown
from data_access.imports.surveyxact_variables import system_variable
from data_access.imports.tables import Table, folded
from indicators.cpr import contains_cpr

_LOOKED_AT = 300
_LONG_TEXT = 60
_HEADING_WORDS = {
    "cpr": r"cpr|personnum|fødselsdato",
    "e-mail": r"e-?mail|^mail|mailadresse",
    "telefon": r"telefon|^tlf|mobil(nr|nummer)?$",
    "navn": r"^navn|fornavn|efternavn|fulde navn|^name$|first.?name|last.?name",
    "nøgle": r"^id$|nøgle|^key$|^link$|respondent.?id|studienr|studienummer|brugernavn",
    "fritekst": r"kommentar|fritekst|bemærkning|uddyb|hvad:?$",
}


def dropped_columns(table: Table, kept: Collection[str]) -> dict[str, str]:
    """{heading: why it is not kept} for all columns that the mapping does not use."""
    used = {folded(heading) for heading in kept}
    return {
        shown(heading): _reason(table, heading) for heading in table.columns if folded(heading) not in used
    }


def warnings_about(dropped: dict[str, str]) -> list[str]:
    """What a person must know about the file itself."""
    cpr = [heading for heading, reason in dropped.items() if reason == "cpr"]
    if not cpr:
        return []
    return [
        f"Filen ser ud til at indeholde CPR-numre (kolonne {', '.join(cpr)}). De er ikke importeret. "
        "Slet filen, og bestil en uden."
    ]


def _reason(table: Table, heading: str) -> str:
    for reason, words in _HEADING_WORDS.items():
        if re.search(words, folded(heading)):
            return reason
    if heading in table.kinds:
        return table.kinds[heading]
    if system := system_variable(heading):
        return system[1]
    return _reason_in(list(islice(filter(None, table.columns[heading]), _LOOKED_AT)))


def _reason_in(cells: list[str]) -> str:
    # other ten-digit numbers may begin with a date by chance, but not most of a column
    if sum(contains_cpr(cell) for cell in cells) > len(cells) / 2:
        return "cpr"
    if any("@" in cell for cell in cells):
        return "e-mail"
    if any(len(cell) > _LONG_TEXT for cell in cells) and len(set(cells)) > len(cells) / 2:
        return "fritekst"
    return "ikke i mapping"
