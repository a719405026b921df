"""All that are ranked as small dots over the rows, where rows show only some of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from indicators.danish import lower_first, number, round_half_up
from indicators.ranking import Ranking, RankingLine

DOT = 10
NAME = 17
BELOW = 14
"""Pixels of a dot, of the line that a name takes, and between the strip and the rows."""

MOST_NAMED = 4
NAMED = ["share", "text", "at", "from", "to"]


def column(line: RankingLine) -> int:
    """The whole per cent that the dot stands at."""
    return int(round_half_up(100 * line.figure.share))


@dataclass(frozen=True)
class Strip:
    """Dots of the same whole per cent stand on each other; over them the names of those that are marked."""

    report: Ranking
    marked: Sequence[RankingLine]
    top: int

    @cached_property
    def levels(self) -> dict[RankingLine, int]:
        """How many dots each dot stands on."""
        stacked: Counter[int] = Counter()
        found = {}
        for line in sorted(self.report.ranked, key=lambda line: line.figure.share):
            found[line] = stacked[column(line)]
            stacked[column(line)] += 1
        return found

    @property
    def named(self) -> Sequence[RankingLine]:
        """Those marked, as many as there is room for."""
        return self.marked if len(self.marked) <= MOST_NAMED else ()

    @property
    def height(self) -> int:
        """With the room under it."""
        return NAME * len(self.named) + DOT * (max(self.levels.values()) + 1) + BELOW

    def middle(self, line: RankingLine) -> float:
        """Where the dot is, in pixels from the top of the picture."""
        return self.top + self.height - BELOW - DOT * (self.levels[line] + 0.5)

    @property
    def names(self) -> pd.DataFrame:
        """A line each, from the name down to the dot."""
        found = []
        for at, line in enumerate(self.named):
            top, to = self.top + NAME * at, self.middle(line) - DOT / 2
            found.append((column(line), line.about.name, top + NAME / 2, top + NAME, to))
        return pd.DataFrame(found, columns=NAMED)

    @property
    def heading(self) -> str:
        """How many there are."""
        judged = "" if len(self.levels) == len(self.report.lines) else "vurderede "
        return f"Alle {number(len(self.levels))} {judged}{lower_first(self.report.level.name)}"

    def dots(self) -> Iterator[tuple[RankingLine, float]]:
        """Each with its middle."""
        for line in self.levels:
            yield line, self.middle(line)
