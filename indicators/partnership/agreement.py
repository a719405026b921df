"""Agreements: how one stands on a day, and by when notice must be given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from indicators.danish import day as written
from indicators.partnership.days import DayOfYear, months_later

SOON_MONTHS = 6
"""How long before its end an agreement is said to expire soon."""


class AgreementStatus(StrEnum):
    """How an agreement stands; the values are the words the reader sees."""

    COMING = "Kommende"
    IN_FORCE = "Gældende"
    EXPIRES_SOON = "Udløber snart"
    EXPIRED = "Udløbet"
    TERMINATED = "Opsagt"


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included; no last day: until somebody gives notice."""

    starts: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.ends and self.ends < self.starts:
            raise ValueError("a period ends after it has started")

    def cut_before(self, day: date | None) -> "Period":
        """The period as it is when something else takes over from that day."""
        if day is None or (self.ends and self.ends < day):
            return self
        return Period(self.starts, max(self.starts, day - timedelta(days=1)))

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def describe(self) -> str:
        """E.g. "1. januar 2016 – 31. december 2020"."""
        return (
            f"{written(self.starts)} – {written(self.ends)}" if self.ends else f"fra {written(self.starts)}"
        )


@dataclass(frozen=True)
class NoticeDeadline:
    """Notice given no later than `by` ends the agreement on `effect`."""

    by: date
    effect: date

    def describe(self) -> str:
        """E.g. "senest 1. oktober 2019 til ophør 1. januar 2020"."""
        return f"senest {written(self.by)} til ophør {written(self.effect)}"


@dataclass(frozen=True)
class YearlyNotice:
    """Notice by one day of the year ends the agreement on the next of another (1 October, 1 January)."""

    by: DayOfYear
    effect: DayOfYear

    def deadlines(self, period: Period, first: date, last: date) -> Iterator[NoticeDeadline]:
        """The deadlines in a stretch of days that can still shorten the agreement."""
        for by in self.by.between(max(first, period.starts), last):
            effect = self.effect.after(by)
            if period.ends is None or effect <= period.ends:
                yield NoticeDeadline(by, effect)

    def describe(self) -> str:
        """E.g. "Senest 1. oktober til ophør 1. januar"."""
        return f"Senest {self.by.describe()} til ophør {self.effect.describe()}"


@dataclass(frozen=True)
class MonthsNotice:
    """Notice so many months ahead, on any day; the deadline is the last day that takes effect at the end."""

    months: int

    def deadlines(self, period: Period, first: date, last: date) -> Iterator[NoticeDeadline]:
        """The one deadline of an agreement with an end, when it lies in the stretch of days."""
        if period.ends is None:
            return
        effect = period.ends + timedelta(days=1)
        by = max(period.starts, months_later(effect, -self.months))
        if first <= by <= last:
            yield NoticeDeadline(by, effect)

    def describe(self) -> str:
        """E.g. "Med 3 måneders varsel"."""
        return f"Med {self.months} måneders varsel" if self.months != 1 else "Med 1 måneds varsel"


NoticeRule = YearlyNotice | MonthsNotice


def agreement_status(period: Period, today: date, terminated_from: date | None = None) -> AgreementStatus:
    """How the agreement stands; one that notice was given of is terminated, even while it still runs."""
    if terminated_from is not None:
        return AgreementStatus.TERMINATED
    if today < period.starts:
        return AgreementStatus.COMING
    if period.ends is None or today <= months_later(period.ends, -SOON_MONTHS):
        return AgreementStatus.IN_FORCE
    return AgreementStatus.EXPIRES_SOON if today <= period.ends else AgreementStatus.EXPIRED


def next_deadline(rule: NoticeRule | None, period: Period, today: date) -> NoticeDeadline | None:
    """The next day by which notice must be given, today included; none where notice changes nothing."""
    if rule is None or (period.ends and today > period.ends):
        return None
    return next(rule.deadlines(period, today, period.ends or date(today.year + 2, 1, 1)), None)


class PartyKind(StrEnum):
    """What kind of organisation a party is; the values are the words the reader sees."""

    MUNICIPALITY = "Kommune"
    REGION = "Region"
    HOSPITAL = "Hospital"
    INSTITUTION = "Uddannelsesinstitution"
    ORGANISATION = "Organisation"
    GROUP = "Gruppe af parter"


class BodyKind(StrEnum):
    """What kind of body the parties meet in."""

    STEERING_GROUP = "Styregruppe"
    SECRETARIAT = "Sekretariat"
    NETWORK = "Netværk"
    FORUM = "Forum"
