"""One question over the years: shares of a few units or educations, broken where years cannot be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indicators.figure import Figure
from indicators.intervals import Interval, wilson
from indicators.judgement import YearChange
from indicators.questionnaire import SeriesBreak
from indicators.report import Asked, Datum, Report
from indicators.selection import Named


class Role(StrEnum):
    """What a line is in the picture."""

    OWN = "egen"
    BENCHMARK = "sammenligning"
    SECOND = "anden"
    THIRD = "tredje"


@dataclass(frozen=True)
class Point:
    """A year's figure, and what has changed since the round before."""

    year: int
    figure: Figure
    change: YearChange | None = None

    @property
    def limits(self) -> Interval | None:
        """The 95 % interval; none of few answers, whose line would be as long as the picture."""
        if self.figure.counts is None:
            return None
        return Interval(*map(float, wilson(self.figure.favourable, self.figure.n)))


@dataclass(frozen=True)
class Series:
    """A unit or an education over the years, the earliest first."""

    about: Named
    role: Role
    points: tuple[Point, ...]

    def at(self, year: int) -> Point | None:
        """The point of that year."""
        return next((point for point in self.points if point.year == year), None)

    @property
    def shown(self) -> tuple[Point, ...]:
        """The years with a share to show."""
        return tuple(point for point in self.points if point.figure.share is not None)


@dataclass(frozen=True, kw_only=True)
class Trend(Report):
    """The question's series, and the breaks that no line may cross."""

    asked: Asked
    series: tuple[Series, ...]
    breaks: tuple[SeriesBreak, ...]
    by_education: bool = False

    @property
    def own(self) -> Series:
        """The chosen unit's."""
        return self.series[0]

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that somebody has a share in."""
        return tuple(sorted({point.year for one in self.series for point in one.shown}))

    def segment(self, year: int) -> int:
        """Years of the same segment may be compared."""
        return sum(one.year <= year for one in self.breaks)

    def data(self) -> Iterator[Datum]:
        """Every series and year."""
        chosen, asked = self.selection, self.asked
        for one in self.series:
            unit, education = (chosen.unit, one.about) if self.by_education else (one.about, chosen.education)
            for point in one.points:
                about = unit, education, chosen.institution, asked.theme, asked.question
                yield Datum(point.year, *about, point.figure)
