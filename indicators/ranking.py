"""One question, unit by unit: who is clearly over or under everyone else, or cannot be judged; the funnel."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from indicators.danish import alphabetical
from indicators.figure import Figure, State
from indicators.groups import PLACES
from indicators.intervals import CONFIDENCE, Interval, normal_quantile
from indicators.judgement import Beside, Judgement, Verdict, VisibleDifference, visible
from indicators.report import Asked, Datum, Report
from indicators.selection import ALL, ALL_EDUCATIONS, ALL_INSTITUTIONS, ALL_UNITS, Option, Selection
from indicators.unit_kinds import UNIT_KINDS

EDUCATIONS = Option("uddannelse", "Uddannelser")
INSTITUTIONS = Option("institution", "Uddannelsessteder")
BANDS = (Verdict.ABOVE, Verdict.ALIKE, Verdict.BELOW)
FEWEST_RANKED = 4
"""So many with a verdict before they are ranked."""
FEWEST_IN_FUNNEL = 10
"""So many before a funnel says much."""


class Others(StrEnum):
    """Whom each of the level is judged against."""

    UNITS = "alle andre"
    EDUCATIONS = "alle andre uddannelser"
    INSTITUTIONS = "alle andre uddannelsessteder"
    SAME_EDUCATION = "samme uddannelse hos alle andre"
    SAME_INSTITUTION = "samme uddannelsessted hos alle andre"
    OTHERS_OF_INSTITUTION = "uddannelsesstedets andre uddannelser"
    NOBODY = "ingen andre"


@dataclass(frozen=True)
class RankingLine:
    """A unit, education or institution with its figure."""

    about: Option
    figure: Figure

    @property
    def judgement(self) -> Judgement:
        """What is said of the figure; an empty one where nothing is."""
        return self.figure.judgement or Judgement()

    @property
    def is_ranked(self) -> bool:
        """Whether there are answers enough for a verdict, and so for a place among the others."""
        return self.figure.detailed and self.judgement.verdict in BANDS

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of one that is ranked."""
        return self.judgement.verdict if self.is_ranked else None

    @property
    def others(self) -> float | None:
        """The share that it is judged against."""
        difference = self.judgement.difference
        return None if difference is None else self.figure.share - difference


@dataclass(frozen=True, kw_only=True)
class Ranking(Report):
    """Every one of the level that somebody was invited in, by name, and what they are held up against."""

    level: Option
    asked: Asked
    lines: tuple[RankingLine, ...]
    common: Figure | None
    """The figure of all together; None where each line has others of its own."""
    own: tuple[Option, ...]
    """The chosen one, the groups of this level that it counts in, or its members where it is a group."""

    def explained_by_mix(self) -> Iterator[str]:
        """Those of the level."""
        return (line.about.name for line in self.lines if line.judgement.explained_by_mix)

    def data(self) -> Iterator[Datum]:
        """Every figure of the level, then the common one."""
        for line in self.lines:
            yield self._datum(line.figure, **{part_of(self.level): line.about})
        if self.common:
            everyone = {"unit": ALL_UNITS, "education": ALL_EDUCATIONS, "institution": ALL_INSTITUTIONS}
            yield self._datum(self.common, **{part_of(self.level): everyone[part_of(self.level)]})

    def _datum(self, figure: Figure, **who: Option) -> Datum:
        chosen = self.selection
        about = {"unit": chosen.unit, "education": chosen.education, "institution": chosen.institution} | who
        asked = {"theme": self.asked.theme, "question": self.asked.question}
        return Datum(chosen.years, **about, **asked, figure=figure)

    @property
    def others(self) -> Others:
        """Whom each of them is judged against."""
        return others(self.selection, self.level, self.asked.question.common)

    @cached_property
    def bands(self) -> Mapping[Verdict, tuple[RankingLine, ...]]:
        """Those with a verdict, the better before the worse: with a low share first where high is bad."""
        turn = 1 if self.asked.question.high_is_bad else -1
        ranked = sorted(self.ranked, key=lambda line: turn * line.figure.share)
        return {band: tuple(one for one in ranked if one.judgement.verdict is band) for band in BANDS}

    @property
    def ranked(self) -> tuple[RankingLine, ...]:
        """Those with a verdict, by name."""
        return tuple(line for line in self.lines if line.is_ranked)

    @property
    def small(self) -> tuple[RankingLine, ...]:
        """Those with a share, or the bound of one, but too little for a verdict; by name."""
        return tuple(line for line in self.lines if line.figure.state is State.SHOWN and not line.is_ranked)

    def being(self, state: State) -> tuple[RankingLine, ...]:
        """Those of that state, by name."""
        return tuple(line for line in self.lines if line.figure.state is state)

    @property
    def is_of_members(self) -> bool:
        """Whether the own ones are the places of the group that is chosen."""
        return is_of_members(self.selection, self.level, self.own)

    @property
    def own_lines(self) -> tuple[RankingLine, ...]:
        """Those of the chosen one, of its groups, or of its members."""
        return tuple(line for line in self.lines if line.about in self.own)

    def standing_out(self, also: Collection[Option] = ()) -> tuple[RankingLine, ...]:
        """Those clearly over or under, the own ones, and those in `also`."""
        kept = {*self.own, *also}
        return tuple(line for line in self.ranked if line.judgement.is_clear or line.about in kept)

    @property
    def is_worth_ranking(self) -> bool:
        """Whether there are so many that an order of them says something."""
        return len(self.ranked) >= FEWEST_RANKED

    @property
    def is_overdispersed(self) -> bool:
        """Whether they lie further apart than chance puts them."""
        figures = [line.figure for line in self.ranked]
        return spread([one.favourable for one in figures], [one.n for one in figures]).is_real


def is_of_members(selection: Selection, level: Option, own: Collection[Option]) -> bool:
    """Whether the own ones of the level are the places of a chosen group: places themselves hold nobody."""
    is_of_places = level in PLACES and UNIT_KINDS[level.key].is_separate
    return is_of_places and bool(own) and selection.unit not in own


def visible_among(lines: Iterable[RankingLine], common: Figure | None) -> tuple[VisibleDifference, ...]:
    """How large a difference could have been seen for the smallest and the largest that are not apart."""
    ranked = [line for line in lines if line.is_ranked]
    if common is None or common.n is None:
        return ()
    alike = [
        Beside(line.figure.n, line.others, common.n - line.figure.n)
        for line in ranked
        if line.judgement.verdict is Verdict.ALIKE
    ]
    return visible(alike, len(ranked))


def part_of(level: Option) -> str:
    """Which part of a group's place in the round a level goes through."""
    return {EDUCATIONS: "education", INSTITUTIONS: "institution"}.get(level, "unit")


def others(selection: Selection, level: Option, is_common: bool = True) -> Others:
    """As figures are judged: beside everyone else's by unit, else by education, else by institution."""
    if level in PLACES:
        return Others.UNITS
    if selection.unit.key != ALL:
        return Others.SAME_EDUCATION if level == EDUCATIONS else Others.SAME_INSTITUTION
    if not is_common:
        return Others.NOBODY
    if level == EDUCATIONS:
        return Others.EDUCATIONS
    return Others.INSTITUTIONS if selection.education.key == ALL else Others.OTHERS_OF_INSTITUTION


def by_name(lines: Iterator[RankingLine]) -> tuple[RankingLine, ...]:
    """In alphabetical order."""
    return tuple(sorted(lines, key=lambda line: alphabetical(line.about.name)))


FAR = 0.998
"""Confidence of the outer limits: two in a thousand lie outside by chance."""

_WINSORISED = 0.10
"""The part at each end that is pulled in before the spread is measured."""


class Spread(NamedTuple):
    """`phi` is the mean squared distance in standard errors: 1 when chance alone is at work."""

    phi: float
    is_real: bool


def limits(common_share: ArrayLike, n: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """Limits around the common share for units of that many answers, from 0 to 1.

    A unit is outside exactly when its Wilson interval at the same confidence leaves the share out.
    """
    share, n = np.asarray(common_share, float), np.asarray(n, float)
    half = normal_quantile(confidence) * np.sqrt(share * (1 - share) / n)
    return Interval(np.clip(share - half, 0, 1)[()], np.clip(share + half, 0, 1)[()])


def spread(favourable: ArrayLike, n: ArrayLike) -> Spread:
    """Whether the units lie further apart than chance puts them (over-dispersion, winsorised at 10 %)."""
    favourable, n = np.asarray(favourable, float), np.asarray(n, float)
    if not n.sum() or favourable.sum() in (0, n.sum()):
        return Spread(0.0, False)
    common = favourable.sum() / n.sum()
    distance = (favourable / n - common) / np.sqrt(common * (1 - common) / n)
    phi = float((winsorised(distance) ** 2).mean())
    return Spread(phi, bool(phi > 1 + 2 * np.sqrt(2 / len(n))))


def winsorised(values: ArrayLike) -> np.ndarray:
    """The values with everything beyond the 10 % and 90 % quantiles pulled in to them."""
    return np.clip(values, *np.quantile(values, [_WINSORISED, 1 - _WINSORISED]))
