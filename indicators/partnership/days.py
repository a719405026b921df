"""Days that come back every year, and steps of whole months."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from indicators.danish import number


@dataclass(frozen=True)
class DayOfYear:
    """1 October of any year; 29 February is the 28th in a year that has none."""

    month: int
    day: int

    def __post_init__(self) -> None:
        date(2024, self.month, self.day)  # a leap year has every day there is

    def in_year(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def after(self, day: date) -> date:
        """The first such day later than that one."""
        this_year = self.in_year(day.year)
        return this_year if this_year > day else self.in_year(day.year + 1)

    def between(self, first: date, last: date) -> Iterator[date]:
        """Every such day from the first to the last, both included."""
        days = (self.in_year(year) for year in range(first.year, last.year + 1))
        return (day for day in days if first <= day <= last)

    def describe(self) -> str:
        """E.g. "1. oktober"."""
        return format_date(self.in_year(2024), "d. MMMM", locale="da_DK")


def day_of_year(text: str) -> DayOfYear:
    """The day written as "10-01" (month, day); ValueError for anything else."""
    parts = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", text)
    if parts is None:
        raise ValueError(text)
    return DayOfYear(*map(int, parts.groups()))


def days_of_a_year() -> Iterator[str]:
    """Every day there is in a year as `day_of_year` takes it: "01-01" to "12-31"."""
    for month in range(1, 13):
        for day in range(1, monthrange(2024, month)[1] + 1):
            yield f"{month:02}-{day:02}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later (negative: earlier), or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_days(count: int) -> str:
    """1 -> "1 dag", 1234 -> "1.234 dage"."""
    return f"{number(count)} {'dag' if count == 1 else 'dage'}"
