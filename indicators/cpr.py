"""Finds Danish personal identification numbers (CPR) in text, in every form that people write them."""

import re
import unicodedata
from calendar import monthrange

_LEAP_YEAR = 2000
# A lookahead consumes nothing, so a number may begin inside what turned out to be none.
# A date has separators in both places or in none: 2012-10-1234 is a journal number.
_WHOLE = re.compile(
    r"(?<!\d)(?=(?P<day>\d\d)(?P<separator>[ \t./_-]{1,3})?(?P<month>\d\d)(?(separator)[ \t./_-]{1,3})"
    r"(?P<year>(?:18|19|20)?\d\d)[\s./_-]{0,3}(?P<serial>\d{4})(?!\d))"
)
# Five pairs and no more: four are a telephone number, and longer rows are something else.
_IN_PAIRS = re.compile(
    r"(?<!\d)(?<!\d )(?=(?P<day>\d\d) (?P<month>\d\d) (?P<year>\d\d) (?P<serial>\d\d \d\d)(?! ?\d))"
)


def contains_cpr(text: str) -> bool:
    """Whether a date of birth, of six or eight digits, is followed by four more.

    Any kind of digit, dash and space counts, and invisible characters do not.
    """
    plain = text if text.isascii() else "".join(map(_plain, text))
    return any(_is_cpr(match) for form in (_WHOLE, _IN_PAIRS) for match in form.finditer(plain))


def _plain(sign: str) -> str:
    """The ASCII form of digits, dashes and blanks; nothing for what cannot be seen."""
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    match unicodedata.category(sign):
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Cf" | "Mn" | "Me":
            return ""
    return {"\N{MINUS SIGN}": "-", "\N{MIDDLE DOT}": ".", "\N{FRACTION SLASH}": "/"}.get(sign, sign)


def _is_cpr(match: re.Match[str]) -> bool:
    day, month = int(match["day"]), int(match["month"])
    if day > 60:  # a replacement number
        day -= 60
    # The serial numbers of those born since 2000 begin at 4000, so 01.08.2026-2028 is a period.
    is_period = len(match["year"]) == 4 and match["year"] >= "2000" and match["serial"].startswith("20")
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1] and not is_period
