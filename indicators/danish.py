"""Numbers, dates and alphabetical order the Danish way."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

_DENMARK = ZoneInfo("Europe/Copenhagen")
NO_BREAK = "\N{NO-BREAK SPACE}"

_ORDER = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})


def number(value: float, decimals: int = 0) -> str:
    """1234.5 -> "1.235"; with one decimal "1.234,5"."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(round_half_up(value, decimals), pattern, locale="da_DK")


def decimal(value: float) -> str:
    """1250.5 -> "1.250,5": with the decimals that it has, of three at most."""
    return format_decimal(value, "#,##0.###", locale="da_DK")


def percent(share: float) -> str:
    """0.617 -> "62 %" with a no-break space."""
    return f"{whole_percent(share)}{NO_BREAK}%"


def whole_percent(share: float) -> int:
    """0.617 -> 62; halves go up, as readers expect."""
    return int(round_half_up(share * 100))


def round_half_up(value: float, decimals: int = 0) -> float:
    """Python's own round() takes halves to the even number; nobody else does."""
    scale = 10**decimals
    # The small step keeps 0.285 * 100 = 28.499999999999996 from going down.
    return float(int(abs(value) * scale + 0.5 + 1e-9)) / scale * (-1 if value < 0 else 1)


def points(difference: float) -> str:
    """A difference of two shares: "+8 procentpoint"."""
    return f"{signed_points(difference)}{NO_BREAK}procentpoint"


def signed_points(difference: float) -> str:
    """The same where a heading says the unit: "+8"."""
    whole = int(round_half_up(difference * 100))
    sign = {True: "+", False: "\N{MINUS SIGN}"}[whole > 0] if whole else ""
    return f"{sign}{abs(whole)}"


def day(value: date) -> str:
    """8 December 2025 -> "8. december 2025"."""
    return format_date(value, "d. MMMM y", locale="da_DK")


def local_day(value: datetime) -> date:
    """The day in Denmark of a moment stored in UTC."""
    return _in_denmark(value).date()


def midnight(day: date) -> datetime:
    """The moment at which the day begins in Denmark, in UTC."""
    return datetime.combine(day, time(), _DENMARK).astimezone(UTC)


def clock(value: datetime) -> str:
    """22 November 2026 23:30 UTC -> "00.30.00"."""
    return f"{_in_denmark(value):%H.%M.%S}"


def moment(value: datetime) -> str:
    """22 November 2026 23:30 UTC -> "23. november 2026 kl. 00.30"."""
    return format_datetime(_in_denmark(value), "d. MMMM y 'kl.' HH.mm", locale="da_DK")


def _in_denmark(value: datetime) -> datetime:
    # SQLite gives moments back without their zone; they are kept in UTC.
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(_DENMARK)


def lower_first(text: str) -> str:
    """For the middle of a sentence; abbreviations such as IT keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """For the beginning of a sentence; the rest is left alone."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """["a", "b", "c"] -> "a, b og c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} og {words[-1]}"


def alphabetical(text: str) -> str:
    """Sort key: æ, ø, å last, and aa as å."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("aa", "å")
    return folded.translate(_ORDER)
