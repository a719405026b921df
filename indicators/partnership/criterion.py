"""Success criteria: what was agreed to be reached, held up against published figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indicators.danish import day as written
from indicators.danish import percent, whole_percent
from indicators.judgement import LEAST_ANSWERS
from indicators.questionnaire import SeriesBreak


class Direction(StrEnum):
    """Where a share is meant to go."""

    UP = "op"
    DOWN = "ned"

    def is_from_to(self, start: float, end: float) -> bool:
        """Whether the step from one share to another goes that way, in the whole percent a reader sees."""
        step = whole_percent(end) - whole_percent(start)
        return step > 0 if self is Direction.UP else step < 0


class Outcome(StrEnum):
    """How a criterion stands; the values are the words the reader sees."""

    MET = "Opfyldt"
    ON_THE_WAY = "På vej"
    NOT_MET = "Ikke opfyldt"
    UNKNOWN = "Kan ikke vurderes"


@dataclass(frozen=True)
class Measurement:
    """What a published round says of the criterion's question or theme.

    `share` is None where nothing can be read, and `why_not` says why. `low` and `high` are the
    interval of the share, where it has one.
    """

    year: int
    share: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    why_not: str = ""

    @property
    def interval(self) -> str:
        """E.g. "55-69 %"; nothing where there is none."""
        if self.share is None or self.low is None or self.high is None:
            return ""
        return f"{whole_percent(self.low)}\N{EN DASH}{percent(self.high)}"

    def describe(self) -> str:
        """E.g. "62 % i 2025"."""
        return f"{percent(self.share) if self.share is not None else self.why_not} i {self.year}"


@dataclass(frozen=True)
class Goal:
    """A share to be reached, in a direction, by a day (None: some day)."""

    direction: Direction
    target: float
    by: date | None = None

    def is_reached(self, share: float) -> bool:
        return not self.direction.is_from_to(share, self.target)

    def describe(self) -> str:
        """E.g. "mindst 70 % senest 31. december 2026"."""
        bound = "mindst" if self.direction is Direction.UP else "højst"
        by = f" senest {written(self.by)}" if self.by else ""
        return f"{bound} {percent(self.target)}{by}"


@dataclass(frozen=True)
class Evaluation:
    """How the criterion stands, why, and whether it has certainly moved from its baseline."""

    outcome: Outcome
    because: str
    is_certain: bool = False


def last_round_year(by: date) -> int:
    """The last round that counts for a day: a round is of the year that it ends with."""
    return by.year if (by.month, by.day) == (12, 31) else by.year - 1


def evaluate(
    goal: Goal,
    baseline: Measurement | None,
    current: Measurement | None,
    breaks: Iterable[SeriesBreak],
    today: date,
) -> Evaluation:
    """Met when the figure has reached the target, on the way when it has moved towards it before the day.

    `current` is the newest measurement that counts for the goal, `breaks` are those of its questions.
    """
    if reason := _why_not(baseline, current, breaks):
        return Evaluation(Outcome.UNKNOWN, reason)
    certain = _is_certain(goal.direction, baseline, current)
    stands = f"{current.describe()}; målet er {goal.describe()}"
    if goal.is_reached(current.share):
        return Evaluation(Outcome.MET, stands, certain)
    if goal.by and goal.by < today:
        return _after_the_day(goal.by, current, stands, certain)
    if baseline is None:
        return Evaluation(Outcome.NOT_MET, stands)
    return _under_way(goal, baseline, current, certain)


def judged_by_hand(outcome: Outcome | None, reason: str) -> Evaluation:
    """A criterion without a number stands as the partnership says."""
    if outcome is None:
        return Evaluation(
            Outcome.UNKNOWN, "Intet tal at måle på, og partnerskabet har ikke vurderet det endnu"
        )
    return Evaluation(outcome, f"Vurderet af partnerskabet: {reason}")


def _why_not(baseline: Measurement | None, current: Measurement | None, breaks: Iterable[SeriesBreak]) -> str:
    if current is None:
        return "Der er ikke udgivet tal, der kan vise det"
    if current.share is None:
        return f"Tallet for {current.year} kan ikke læses: {current.why_not}"
    if current.n is not None and current.n < LEAST_ANSWERS:
        return f"For få svar til at vurdere: {current.n} i {current.year}"
    for series_break in breaks if baseline else ():
        if baseline.year < series_break.year <= current.year:
            years = f"{current.year} kan ikke holdes op mod {baseline.year}"
            return f"Databrud i {series_break.year}, så {years}: {series_break.reason}"
    return ""


def _after_the_day(by: date, current: Measurement, stands: str, certain: bool) -> Evaluation:
    year = last_round_year(by)
    if current.year < year:
        return Evaluation(Outcome.UNKNOWN, f"Fristen er nået, men målingen for {year} er ikke udgivet endnu")
    return Evaluation(Outcome.NOT_MET, stands, certain)


def _under_way(goal: Goal, baseline: Measurement, current: Measurement, certain: bool) -> Evaluation:
    if current.year <= baseline.year:
        return Evaluation(Outcome.UNKNOWN, f"Der er ikke målt siden udgangspunktet i {baseline.year}")
    if baseline.share is None:
        return Evaluation(
            Outcome.UNKNOWN, f"Udgangspunktet i {baseline.year} kan ikke læses: {baseline.why_not}"
        )
    course = f"{baseline.describe()} og {current.describe()}; målet er {goal.describe()}"
    moved = goal.direction.is_from_to(baseline.share, current.share)
    return Evaluation(Outcome.ON_THE_WAY if moved else Outcome.NOT_MET, course, certain)


def _is_certain(direction: Direction, baseline: Measurement | None, current: Measurement) -> bool:
    """Whether the interval of the figure leaves the baseline behind on the wished side."""
    if baseline is None or baseline.share is None or current.low is None or current.high is None:
        return False
    return current.low > baseline.share if direction is Direction.UP else current.high < baseline.share
