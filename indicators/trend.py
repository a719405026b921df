"""One question over the years: shares of a few units or educations, broken where years cannot be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indicators.figure import Figure, State
from indicators.intervals import Interval, wilson
from indicators.judgement import Change, YearChange
from indicators.questionnaire import SeriesBreak
from indicators.report import Asked, Datum, Report
from indicators.selection import Option, Years


class LineRole(StrEnum):
    """What a line is in the picture."""

    OWN = "egen"
    BENCHMARK = "sammenligning"
    SECOND = "anden"
    THIRD = "tredje"


@dataclass(frozen=True)
class TrendPoint:
    """A year's figure, and what has changed since the round before.

    `is_uncertain`: so few answered that the interval would be as long as the picture.
    """

    year: int
    figure: Figure
    change: YearChange | None = None
    is_uncertain: bool = False

    @property
    def limits(self) -> Interval | None:
        """The 95 % interval; none of few answers."""
        if self.figure.share is None or self.is_uncertain:
            return None
        return Interval(*map(float, wilson(self.figure.favourable, self.figure.n)))


@dataclass(frozen=True)
class TrendSeries:
    """A unit or an education over the years, the earliest first."""

    about: Option
    role: LineRole
    points: tuple[TrendPoint, ...]

    def at(self, year: int) -> TrendPoint | None:
        """The point of that year."""
        return next((point for point in self.points if point.year == year), None)

    def before(self, year: int) -> TrendPoint | None:
        """The point of the round before."""
        return next((point for point in reversed(self.points) if point.year < year), None)

    @property
    def states(self) -> set[State]:
        """Whether there is a figure in any year."""
        return {point.figure.state for point in self.points}

    @property
    def shown(self) -> tuple[TrendPoint, ...]:
        """The years with a share to show."""
        return tuple(point for point in self.points if point.figure.share is not None)


@dataclass(frozen=True)
class Split:
    """What a unit is split by, each part a series of its own: what the parts are called."""

    singular: str
    plural: str
    definite_plural: str
    of_the_one: str


BY_EDUCATION = Split("Uddannelse", "uddannelser", "uddannelserne", "Uddannelsens")
BY_MEMBER = Split("Enhed", "enheder", "enhederne", "Enhedens")


@dataclass(frozen=True, kw_only=True)
class Trend(Report):
    """The question's series, and the breaks that no line may cross."""

    asked: Asked
    series: tuple[TrendSeries, ...]
    breaks: tuple[SeriesBreak, ...]
    split: Split | None = None

    @property
    def parts(self) -> tuple[TrendSeries, ...]:
        """The educations' or members'; none where the unit is not split."""
        return tuple(curve for curve in self.series if self.split and curve.role is not LineRole.OWN)

    @property
    def named(self) -> str:
        """What a series is of, as a heading."""
        return (self.split or BY_MEMBER).singular

    @property
    def rounds(self) -> tuple[int, ...]:
        """Every year that the question was asked in."""
        return tuple(sorted({point.year for one in self.series for point in one.points}))

    @property
    def years(self) -> tuple[int, ...]:
        """Every year that somebody has a share in."""
        return tuple(sorted({point.year for one in self.series for point in one.shown}))

    @property
    def with_figures(self) -> tuple[TrendSeries, ...]:
        """Those with something to say in some year: a share, or the bound of one."""
        return tuple(curve for curve in self.series if State.SHOWN in curve.states)

    def runs(self, series: TrendSeries) -> tuple[tuple[TrendPoint, ...], ...]:
        """The points that lines may join: a year without a share is a gap, and so is a break."""
        runs: list[list[TrendPoint]] = [[]]
        for point in series.points:
            if point.figure.share is None or self.is_broken(series, point):
                runs.append([])
            if point.figure.share is not None:
                runs[-1].append(point)
        return tuple(tuple(run) for run in runs if run)

    def is_broken(self, series: TrendSeries, point: TrendPoint) -> bool:
        """Whether a break keeps the year from being held up against the round before."""
        before = series.before(point.year)
        return before is not None and any(before.year < found.year <= point.year for found in self.breaks)

    def change(self, series: TrendSeries, point: TrendPoint) -> Change | None:
        """What may be said of the year against the round before; nothing where either has no share."""
        before = series.before(point.year)
        if before is None or before.figure.share is None or point.figure.share is None:
            return None
        if self.is_broken(series, point):
            return Change.SERIES_BREAK
        return point.change and point.change.change

    def data(self) -> Iterator[Datum]:
        """Every series and year."""
        chosen, asked = self.selection, self.asked
        for one in self.series:
            is_education = self.split == BY_EDUCATION and one in self.parts
            unit, education = (chosen.unit, one.about) if is_education else (one.about, chosen.education)
            for point in one.points:
                about = unit, education, chosen.institution, asked.theme, asked.question
                yield Datum(Years(point.year), *about, point.figure)


@dataclass(frozen=True, kw_only=True)
class TrendOfEveryQuestion(Report):
    """Every question over the years."""

    trends: tuple[Trend, ...]

    def data(self) -> Iterator[Datum]:
        """The figures of all of them."""
        for trend in self.trends:
            yield from trend.data()
