"""Chooses the cells to publish so that no group of fewer persons than allowed can be derived.

Greedy as in Langsrud's GaussSuppression (2024): a cell is published unless what has been published
together with it would give away something small. Beyond single small cells the test knows every sum and
contrast of small finest groups (Handbook on Statistical Disclosure Control, 2nd ed., 5.2: differencing).
What is chosen is attacked, and chosen again until nothing about too few follows.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.audit import audit
from indicators.disclosure.differences import small_differences
from indicators.disclosure.null_space import PRIME, NullSpace, Numbers, inverses
from indicators.disclosure.reduction import Reduced
from indicators.disclosure.small_groups import Pieces, Weighted, vanishing
from indicators.disclosure.system import System, SystemRows

Chosen = NDArray[np.bool_]
Progress = Callable[[int, int], None]

SEED = 20_240_601
BLOCK = 64
"""Rows published between two searches for sums of several groups."""


def choose(system: System, least_persons: int, progress: Progress | None = None) -> Chosen:
    """Which cells are published, so that nothing about fewer persons follows from them and what is given.

    Where too much follows from the given rows alone, only cells that follow from them are chosen.
    """
    if system.protected is not None and not len(system.protected):
        return system.offered & (system.persons_by_cell >= least_persons)
    reduced = Reduced.of(system, least_persons) if len(system.given) else None
    smaller = reduced.system if reduced else system
    watched: list[Weighted] = []
    while True:
        chosen = greedy_choice(smaller, least_persons, progress, watched)
        if reduced:
            chosen |= reduced.follows
        if system.protected is not None:
            return chosen
        # All groups are attacked, for that is what the release will be audited on.
        found = audit(system.shown(chosen), system.persons, least_persons).offending
        by_group = map(reduced.weights, found) if reduced else found
        missed = [weights for weights in by_group if weights and weights not in watched]
        if not missed:
            return chosen
        watched += missed


def greedy_choice(
    system: System, least_persons: int, progress: Progress | None = None, watched: Sequence[Weighted] = ()
) -> Chosen:
    """Which cells are published: as they are promised, then the largest first, then as they come.

    Cells without answers and cells that are not offered are never chosen. `watched` are sums that must not
    become derivable either. Where what is given tells too much already, only what follows from it is chosen.
    """
    return _Choice(system, least_persons, watched).made(progress)


class _Choice:
    def __init__(self, system: System, least_persons: int, watched: Sequence[Weighted]) -> None:
        persons = system.persons_by_cell
        self._candidates = system.rows(system.offered & (persons >= least_persons))
        order = np.lexsort((-persons, system.promised))
        self._order = np.searchsorted(self._candidates.key, order[np.isin(order, self._candidates.key)])
        self._chosen = np.zeros(system.cells, dtype=bool)
        self._guard = Guard(system, least_persons, self._candidates, watched)
        self._space = NullSpace(len(system.persons.alone), SEED)
        for position in range(len(system.given)):
            if not self._space.follows(groups := system.given.groups(position)):
                self._space.publish(groups)
        tests = self._space.tests
        self._too_late = len(system.given) > 0 and (
            self._guard.unsafe(tests) or bool(self._guard.given_away(tests))
        )

    def made(self, progress: Progress | None) -> Chosen:
        done = 0
        while done < len(self._order):
            before = self._space.copy()
            reached = self._block(done)
            found = [] if self._too_late else self._guard.given_away(self._space.tests)
            if found:
                self._guard.watch(found)
                self._space = before
            else:
                done = reached
                if progress:
                    progress(done, len(self._order))
        return self._chosen

    def _block(self, begin: int) -> int:
        """Decides on cells until a block of new rows is published; returns how far it came."""
        new = 0
        for place in range(begin, len(self._order)):
            if new == BLOCK:
                return place
            position = self._order[place]
            groups = self._candidates.groups(position)
            follows = self._space.follows(groups)
            is_new = (
                not follows and not self._too_late and not self._guard.unsafe(self._space.tests_after(groups))
            )
            if is_new:
                self._space.publish(groups)
                new += 1
            self._chosen[self._candidates.key[position]] = follows or is_new
        return len(self._order)


class Guard:
    """What must never become derivable: what is protected, or else all about too few persons."""

    def __init__(
        self, system: System, least_persons: int, candidates: SystemRows, watched: Sequence[Weighted]
    ) -> None:
        self._least_persons = least_persons if system.protected is None else 0
        size, persons = system.persons.by_group, system.persons
        self._pieces = Pieces.below(self._least_persons, persons)
        if system.protected is None:
            rows = SystemRows.together([candidates, system.given])
            small_cells = _distinct(system.rows(system.persons_by_cell < least_persons))
            protected = SystemRows.together([small_cells, small_differences(rows, persons, least_persons)])
        else:
            protected = system.protected
        self._targets = SystemRows.together([SystemRows.weighted(watched), self._pieces.sums, protected])
        self._small = np.flatnonzero((size > 0) & (size < self._least_persons))
        self._small_together = persons.by_pair(self._small) < self._least_persons

    def watch(self, found: list[Weighted]) -> None:
        """Adds groups that were found to be given away."""
        self._targets = SystemRows.together([self._targets, SystemRows.weighted(found)])

    def unsafe(self, tests: Numbers) -> bool:
        """Whether these test vectors give away a watched group, or any weighted pair of small groups."""
        # The first vector alone clears nearly every row; only where it does not, the others are asked.
        cleared = (self._targets.sums(tests[:, :1]) % PRIME).all()
        if not cleared and not (self._targets.sums(tests) % PRIME).any(axis=1).all():
            return True
        return self._pair_given_away(tests[self._small])

    def _pair_given_away(self, lines: Numbers) -> bool:
        """Two small groups give each other away when their lines are multiples of each other."""
        ratios = lines[:, 1:] * inverses(lines[:, 0])[:, None] % PRIME
        keys = ratios[:, 0] * PRIME + ratios[:, 1]
        order = np.argsort(keys)
        for lag in range(1, len(order)):
            same = np.flatnonzero(keys[order[lag:]] == keys[order[:-lag]])
            if not len(same):
                return False
            if self._small_together[order[same], order[same + lag]].any():
                return True
        return False

    def given_away(self, tests: Numbers) -> list[Weighted]:
        """Small groups beyond pairs that the test vectors give away."""
        return vanishing(self._pieces, tests, PRIME, self._least_persons)


def _distinct(rows: SystemRows) -> SystemRows:
    """Each sum once: many small cells hold the same groups."""
    sums = {tuple(rows.groups(position).tolist()) for position in range(len(rows))}
    return SystemRows.weighted(dict.fromkeys(groups, 1) for groups in sorted(sums))
