"""The annual cycle: what comes back every year and what is dated, month by month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from babel.dates import format_date

from indicators.danish import alphabetical
from indicators.danish import day as written
from indicators.partnership.days import DayOfYear, months_later

MONTHS = 12


class CycleKind(StrEnum):
    """What an entry is about; the values are the words the reader sees."""

    DATA_COLLECTION = "Dataindsamling"
    REPORT = "Rapport"
    MEETING = "Møde"
    FOLLOW_UP = "Opfølgning"
    NOTICE = "Opsigelsesfrist"
    EXPIRY = "Aftale udløber"


@dataclass(frozen=True)
class CycleEntry:
    """Something that happens on a day, or from one day until another."""

    first: date
    kind: CycleKind
    title: str
    partnership: str
    last: date | None = None

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and (self.last or self.first) >= first

    def when(self) -> str:
        """E.g. "1. oktober 2026" or "1. november 2026 – 31. december 2026"."""
        return f"{written(self.first)} – {written(self.last)}" if self.last else written(self.first)


@dataclass(frozen=True)
class Recurring:
    """Comes back every year: on a day, or from one day of the year until another."""

    first: DayOfYear
    kind: CycleKind
    title: str
    partnership: str
    last: DayOfYear | None = None

    def entries(self, first: date, last: date) -> Iterator[CycleEntry]:
        """Its entries that touch a stretch of days; one may have begun the year before."""
        for year in range(first.year - 1, last.year + 1):
            begins = self.first.in_year(year)
            # Until a day that lies earlier in the year means until that day of the next year.
            ends = self.last.after(begins - timedelta(days=1)) if self.last else None
            entry = CycleEntry(begins, self.kind, self.title, self.partnership, ends)
            if entry.touches(first, last):
                yield entry


@dataclass(frozen=True)
class Month:
    """One month of the cycle with what happens in it, by day."""

    first: date
    entries: tuple[CycleEntry, ...]

    @property
    def name(self) -> str:
        """E.g. "oktober 2026"."""
        return format_date(self.first, "MMMM y", locale="da_DK")


def last_day_of_cycle(first_month: date) -> date:
    """The last day of the twelve months that begin with that month."""
    return months_later(first_month.replace(day=1), MONTHS) - timedelta(days=1)


def twelve_months(entries: Iterable[CycleEntry], first_month: date) -> tuple[Month, ...]:
    """The months from that one on; what lasts several months stands in each of them."""
    kept = sorted(entries, key=lambda entry: (entry.first, entry.kind, alphabetical(entry.title)))
    starts = [months_later(first_month.replace(day=1), step) for step in range(MONTHS)]
    return tuple(Month(first, _in_month(kept, first)) for first in starts)


def _in_month(entries: Sequence[CycleEntry], first: date) -> tuple[CycleEntry, ...]:
    last = months_later(first, 1) - timedelta(days=1)
    return tuple(entry for entry in entries if entry.touches(first, last))
