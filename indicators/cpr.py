"""Finds Danish personal identification numbers (CPR) in text, in every form that people write them."""

import re
from calendar import monthrange

from indicators.visible_text import plain

_LEAP_YEAR = 2000
# A lookahead consumes nothing, so a number may begin inside what turned out to be none.
_FORMS = (
    # 010190-1234, 01.01.1990 1234. A date has separators in both places or in none: 2012-10-1234 is a journal
    # number. Any sign may join it to the last four but a decimal comma, and only a few do with blanks.
    r"(?<!\d)(?=(?P<day>\d\d)(?P<separator>[ ./\\|_-]{1,3})?(?P<month>\d\d)(?(separator)[ ./\\|_-]{1,3})"
    r"(?P<year>(?:18|19|20)?\d\d)(?:[\s./_-]{0,3}|\s{0,3}[./_-]{1,3}\s{0,3}|[^\w\s,]{1,3})"
    r"(?P<serial>\d{4})(?!\d))",
    # 1.1.90-1234, but without the dash 1.5.26 1200 is a day and a sum, and 1.8.26-2028 is a period.
    r"(?<!\d)(?<!\d[./-])(?=(?P<day>\d{1,2})(?:[./-]|\. )(?P<month>\d{1,2})(?:[./ -]|\. )"
    r"(?P<year>(?:18|19|20)?\d\d)-(?!19|20)(?P<serial>\d{4})(?!\d))",
    # 01.01.90.12.34. Five pairs and no more: four are a telephone number, longer rows are something else.
    r"(?<!\d)(?<!\d[.-])(?=(?P<day>\d\d)(?P<by>[.-])(?P<month>\d\d)(?P=by)(?P<year>\d\d)(?P=by)"
    r"(?P<serial>\d\d(?P=by)\d\d)(?!(?P=by)?\d))",
    # 01 01 90 12 34, 010190-12 34 and 0 1 0 1 9 0 - 1 2 3 4
    r"(?<!\d)(?<!\d )(?=(?P<day>\d\d) (?P<month>\d\d) (?P<year>\d\d)(?: - |[ -])"
    r"(?P<serial>\d\d \d\d)(?! ?\d))",
    r"(?<!\d)(?<!\d )(?=(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)(?: - |[ -])"
    r"(?P<serial>\d\d \d\d)(?! ?\d))",
    r"(?<!\d)(?<!\d )(?=(?P<day>\d \d) (?P<month>\d \d) (?P<year>\d \d)(?: - |[ -])"
    r"(?P<serial>\d \d \d \d)(?! ?\d))",
)
_PATTERNS = tuple(map(re.compile, _FORMS))


def contains_cpr(text: str) -> bool:
    """Whether a date of birth, of six or eight digits, is followed by four more.

    Any kind of digit, dash and space counts, and invisible characters do not.
    """
    searched = plain(text)
    return any(_is_cpr(match) for pattern in _PATTERNS for match in pattern.finditer(searched))


def _is_cpr(match: re.Match[str]) -> bool:
    day, month = (int(match[part].replace(" ", "")) for part in ("day", "month"))
    if day > 60:  # a replacement number
        day -= 60
    # The serial numbers of those born since 2000 begin at 4000, so 01.08.2026-2028 is a period.
    is_period = len(match["year"]) == 4 and match["year"] >= "2000" and match["serial"].startswith("20")
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1] and not is_period
