"""Cells that are numbers: counts of persons, and per cents of them."""

import re
from dataclasses import dataclass
from fractions import Fraction

from data_access.imports.cell_faults import remedy
from data_access.imports.tables import UnreadableValueError
from data_access.imports.validation_errors import shown

MOST = 10_000_000
"""No survey asks more people than live in the country; such a number is in the wrong column."""
_NUMBER = re.compile(r"(-?\d+)(?:[.,](\d{1,30}))?")
_PERCENT_SIGN = re.compile(r"\s?%$")
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d{1,3}([,\s'’]\d{3})+(\.\d+)?")
_THREE_DECIMALS = re.compile(r"-?\d{1,3},\d{3}")


@dataclass(frozen=True)
class Numbers:
    """Numbers in Danish or English form. What may be read in two ways is refused: "1.234", and "1,000" and
    "40 %" where a count is wanted."""

    is_percent: bool

    def meaning(self, text: str) -> Fraction | None:
        """The number, per cents as 0-100; None for a blank. NotUnderstoodError when there is doubt."""
        if not text:
            return None
        number = _PERCENT_SIGN.sub("", text) if self.is_percent else text
        parts = _NUMBER.fullmatch(number)
        if not parts or not number.isascii() or self._has_thousands(number) or _is_absurd(parts.group(1)):
            raise UnreadableValueError(text)
        return Fraction(f"{parts.group(1)}.{parts.group(2) or 0}")

    def explain(self, text: str) -> str:
        """Why the text is not a number."""
        number = _PERCENT_SIGN.sub("", text)
        if self._has_thousands(number):
            return f"'{shown(text)}' kan læses på to måder. Skriv tallet uden tusindtalsskilletegn."
        if not self.is_percent and number != text and _NUMBER.fullmatch(number):
            return f"'{shown(text)}' er en procent, ikke et antal."
        if (parts := _NUMBER.fullmatch(number)) and _is_absurd(parts.group(1)):
            return f"'{shown(text)}' er for stort: Højst {MOST // 1_000_000} millioner kan passe."
        return f"'{shown(text)}' er ikke et tal.{remedy(text)}"

    def _has_thousands(self, number: str) -> bool:
        """A share has no thousands, so a comma before three digits is a decimal comma there."""
        has_decimals = self.is_percent and _THREE_DECIMALS.fullmatch(number)
        return bool(_THOUSANDS.fullmatch(number)) and not has_decimals


def _is_absurd(whole: str) -> bool:
    """Told from the text, for Python refuses to read thousands of digits."""
    return float(whole) > MOST
