"""The status of an initiative: computed from its milestones, unless somebody says why it is another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indicators.danish import day as written
from indicators.partnership.days import in_days


class InitiativeStatus(StrEnum):
    """How an initiative stands; the values are the words the reader sees."""

    LATE = "Forsinket"
    UNDER_WAY = "I gang"
    PLANNED = "Planlagt"
    PAUSED = "Sat i bero"
    DONE = "Afsluttet"
    DROPPED = "Opgivet"
    REPLACED = "Afløst"

    @property
    def is_open(self) -> bool:
        """Whether anybody still works on it or means to."""
        return self in OPEN


OPEN = (InitiativeStatus.LATE, InitiativeStatus.UNDER_WAY, InitiativeStatus.PLANNED, InitiativeStatus.PAUSED)
SET_BY_HAND = (*OPEN, InitiativeStatus.DROPPED)
"""What a person may say against the computed status; done and replaced are facts."""


class Participation(StrEnum):
    """What a party does in one initiative."""

    TAKES_PART = "deltager"
    RESPONSIBLE = "ansvarlig"
    IS_INFORMED = "orienteres"


ANSWERING = frozenset({Participation.RESPONSIBLE})
TELLING = ANSWERING | {Participation.TAKES_PART}
"""Who answers for an initiative beside its responsible party, and who may say how it goes."""


@dataclass(frozen=True)
class Milestone:
    """Something that must be done by a day."""

    title: str
    due: date
    done_on: date | None = None

    def is_late(self, today: date) -> bool:
        return self.done_on is None and self.due < today


@dataclass(frozen=True)
class Override:
    """A person's own status; without a reason it cannot be built."""

    status: InitiativeStatus
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("a status set by hand needs a reason")
        if self.status not in SET_BY_HAND:
            raise ValueError(f"{self.status} is not set by hand")


@dataclass(frozen=True)
class Course:
    """What the status is computed from."""

    starts: date | None = None
    ends: date | None = None
    closed_on: date | None = None
    replaced_by: str = ""
    milestones: Sequence[Milestone] = field(default=())


@dataclass(frozen=True)
class Assessment:
    """A status with the reason for it in words."""

    status: InitiativeStatus
    because: str
    computed: InitiativeStatus
    """What the milestones say; differs where a person has said otherwise."""


def assess(course: Course, today: date, override: Override | None = None) -> Assessment:
    """The status on that day. What is closed or replaced is so, whatever anybody said before."""
    status, because = _computed(course, today)
    if override is None or status in (InitiativeStatus.DONE, InitiativeStatus.REPLACED):
        return Assessment(status, because, status)
    return Assessment(override.status, f"Sat manuelt: {override.reason}", status)


def _computed(course: Course, today: date) -> tuple[InitiativeStatus, str]:
    if course.replaced_by:
        return InitiativeStatus.REPLACED, f"Afløst af {course.replaced_by}"
    if course.closed_on:
        return InitiativeStatus.DONE, f"Afsluttet {written(course.closed_on)}"
    if late := [milestone for milestone in course.milestones if milestone.is_late(today)]:
        worst = min(late, key=lambda milestone: milestone.due)
        ago = in_days((today - worst.due).days)
        over = f"«{worst.title}» skulle være nået {written(worst.due)} ({ago} siden)"
        return InitiativeStatus.LATE, (
            over if len(late) == 1 else f"{len(late)} milepæle er over fristen; {over}"
        )
    if course.ends and course.ends < today:
        return InitiativeStatus.LATE, f"Skulle være afsluttet {written(course.ends)}"
    if _has_begun(course, today):
        return InitiativeStatus.UNDER_WAY, _next_step(course.milestones)
    begins = f"Begynder {written(course.starts)}" if course.starts else "Ingen startdato endnu"
    return InitiativeStatus.PLANNED, begins


def _has_begun(course: Course, today: date) -> bool:
    if course.starts:
        return course.starts <= today
    return any(milestone.done_on for milestone in course.milestones)


def _next_step(milestones: Sequence[Milestone]) -> str:
    ahead = [milestone for milestone in milestones if milestone.done_on is None]
    if not ahead:
        return "Alle milepæle er nået" if milestones else "Ingen milepæle"
    nearest = min(ahead, key=lambda milestone: milestone.due)
    return f"Næste milepæl: «{nearest.title}» {written(nearest.due)}"


@dataclass(frozen=True)
class Freshness:
    """Days since the last update; `days` is None where there never was one and nothing has begun."""

    days: int | None
    interval_days: int
    was_updated: bool = True
    is_expected: bool = True
    """Nobody waits for news of what is closed."""

    @property
    def is_stale(self) -> bool:
        return self.is_expected and self.is_older_than(self.interval_days)

    def is_older_than(self, days: int) -> bool:
        """Whether the last news is more than so many days old."""
        return self.days is not None and self.days > days

    def describe(self) -> str:
        """E.g. "Opdateret for 12 dage siden" or, when that is too long, "Ikke opdateret i 134 dage"."""
        if self.days is None:
            return "Ingen opdatering endnu"
        days = in_days(self.days)
        if not self.was_updated and not self.is_expected:
            return "Ingen opdateringer"
        if not self.was_updated:
            return f"Aldrig opdateret, begyndt for {days} siden" if self.days else "Begyndt i dag"
        if self.is_stale:
            return f"Ikke opdateret i {days}"
        return f"Opdateret for {days} siden" if self.days else "Opdateret i dag"


def freshness(
    last_update: date | None,
    began: date | None,
    today: date,
    interval_days: int,
    is_expected: bool = True,
) -> Freshness:
    """The age of the last update, or of the beginning where there was none; what lies ahead has no age."""
    since = last_update or began
    days = None if since is None or since > today else (today - since).days
    return Freshness(days, interval_days, last_update is not None, is_expected)
