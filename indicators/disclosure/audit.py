"""Attacks what is shown: which groups of too few persons follow from it, whatever is added or subtracted?

Shares no code with the choice: it takes any rows, eliminates in its own way modulo another prime, and proves
its answer with values by group that add up to zero over every row shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indicators.disclosure.small_sums import PRIME, ROUNDING, SmallSums, Weighted
from indicators.disclosure.system import Integers, Persons, SystemRows


@dataclass(frozen=True)
class Audit:
    """What can be derived from everything shown.

    `derivable_groups_below_k` counts sums of fewer persons than allowed, `contrasts` differences between
    so few; `offending` lists both by finest group and weight, without those that hold a smaller one.
    `complete`: every sum and contrast of any number of groups was tried.
    """

    rank: int
    derivable_groups_below_k: int
    smallest_derivable_group: int | None
    contrasts: int
    offending: tuple[Weighted, ...]
    complete: bool

    @property
    def clean(self) -> bool:
        """Whether nothing about too few persons can be derived."""
        return not self.offending


def audit(shown: SystemRows, persons: Persons, least_persons: int) -> Audit:
    """Every derivable sum or contrast of groups with too few persons, however many groups it has.

    `shown` are rows over finest groups with answers: cells, selections, workbook lines alike. The
    smallest derivable group counts the rows shown as well as what was found.
    """
    values, rank = null_values(shown, len(persons.alone))
    _prove(shown, values)
    search = SmallSums.among(values, persons, least_persons)
    tables, complete = search.sets()
    found = list(_differences(shown, persons, least_persons))
    found += [weights for sets in tables for weights in search.few(sets)]
    offending = _smallest(found, persons)
    sums = [weights for weights in offending if len(set(weights.values())) == 1]
    rows = persons.by_set(np.repeat(np.arange(len(shown)), shown.lengths), shown.group, len(shown))
    sizes = [*rows.tolist(), *(persons.among(weights) for weights in sums)]
    contrasts = len(offending) - len(sums)
    return Audit(rank, len(sums), min(sizes, default=None), contrasts, tuple(offending), complete)


def following(others: SystemRows, shown: SystemRows, groups: int) -> int:
    """How many of the other rows follow from those shown."""
    values, _ = null_values(shown, groups)
    return int((~(others.sums(values) % PRIME).any(axis=1)).sum())


def null_values(shown: SystemRows, groups: int) -> tuple[Integers, int]:
    """A basis (columns) of the values by group that all rows add up to zero, and the rank of the rows.

    Gauss-Jordan: each pivot group is expressed by groups that are no pivots, small rows first.
    """
    expressed = np.zeros((groups, groups), dtype=np.int64)
    np.fill_diagonal(expressed, 1)
    pivots = []
    for position in np.argsort(shown.lengths, kind="stable"):
        rest = expressed[shown.groups(position)].sum(axis=0) % PRIME
        within = np.flatnonzero(rest)
        if len(within):
            pivots.append(within[0])
            _express(expressed, within[0], within[1:], rest)
    return np.delete(expressed, pivots, axis=1), len(pivots)


def _express(expressed: Integers, pivot: int, others: Integers, row: Integers) -> None:
    """Replaces the pivot group everywhere: the row says what it is by the others."""
    own = -row[others] * pow(int(row[pivot]), -1, PRIME) % PRIME
    users = np.flatnonzero(expressed[:, pivot])
    part = expressed[np.ix_(users, others)] + expressed[users, pivot][:, None] * own % PRIME
    expressed[np.ix_(users, others)] = part % PRIME
    expressed[users, pivot] = 0


def _prove(shown: SystemRows, values: Integers) -> None:
    """The audit rests on this alone; sums of the values are exact in 64 bits."""
    if (shown.sums(values) % PRIME).any():
        raise ArithmeticError("the audit's values do not add up to zero over the rows shown")


def _differences(shown: SystemRows, persons: Persons, least_persons: int) -> Iterator[Weighted]:
    """Every difference of two rows shown that is about too few persons, by comparing them all."""
    weight, row_of = persons.at_least, np.repeat(np.arange(len(shown)), shown.lengths)
    by_group = np.argsort(shown.group, kind="stable")
    with_group = np.split(row_of[by_group], np.searchsorted(shown.group[by_group], np.arange(1, len(weight))))
    total = np.bincount(row_of, weights=weight[shown.group], minlength=len(shown))
    for row in range(len(shown)):
        groups = shown.groups(row)
        shared = np.zeros(len(shown))
        for group in groups:
            shared[with_group[group]] += weight[group]
        apart = total[row] + total[:row] - 2 * shared[:row]
        for other in np.flatnonzero((apart > ROUNDING) & (apart < least_persons - ROUNDING)):
            plus, minus = np.setdiff1d(groups, shown.groups(other)), np.setdiff1d(shown.groups(other), groups)
            weights = dict.fromkeys(plus.tolist(), 1) | dict.fromkeys(minus.tolist(), -1)
            if persons.among(weights) < least_persons:
                yield weights


def _smallest(found: list[Weighted], persons: Persons) -> list[Weighted]:
    """Each once, fewest persons first, without those whose groups include another's."""
    kept: dict[frozenset[int], Weighted] = {}
    for weights in sorted(found, key=lambda weights: (persons.among(weights), len(weights), sorted(weights))):
        if not any(groups <= weights.keys() for groups in kept):
            ordered = sorted(weights.items())
            sign = 1 if ordered[0][1] > 0 else -1
            kept[frozenset(weights)] = {group: sign * weight for group, weight in ordered}
    return list(kept.values())
