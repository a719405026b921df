"""Cells that hold no value although something stands in them: errors, uncalculated formulas, lost digits."""

import re

from data_access.imports.validation_errors import shown

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
