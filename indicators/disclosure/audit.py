"""Attacks what is shown: which groups of too few persons follow from it, whatever is added or subtracted?

Independent of how the cells were chosen: it takes any rows, eliminates in its own way modulo another prime,
and proves its answer with values by group that add up to zero over every row shown. A group of persons
that does not add up to zero under such values cannot be derived.
"""

from dataclasses import dataclass

import numpy as np

from indicators.disclosure.small_groups import Pieces, Weighted, vanishing
from indicators.disclosure.system import Integers, Persons, Rows

PRIME = 2**31 - 1
"""Products of two numbers below it fit in 63 bits."""

VECTORS = 3
SEED = 91


@dataclass(frozen=True)
class Audit:
    """What can be derived from everything shown.

    `derivable_groups_below_k` counts sums of fewer persons than allowed, `contrasts` differences between
    so few; `offending` lists both by finest group and weight.
    """

    rank: int
    derivable_groups_below_k: int
    smallest_derivable_group: int | None
    contrasts: int
    offending: tuple[Weighted, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing about too few persons can be derived."""
        return not self.offending


def audit(shown: Rows, persons: Persons, least_persons: int) -> Audit:
    """Every derivable sum or contrast of up to four groups (or pieces) with too few persons.

    `shown` are rows over finest groups with answers: cells, selections, workbook lines alike. The
    smallest derivable group counts the rows shown as well as what was found.
    """
    values, rank = null_vectors(shown, len(persons.alone))
    _prove(shown, values)
    found = vanishing(Pieces.below(least_persons, persons), values, PRIME, least_persons)
    sums = [weights for weights in found if len(set(weights.values())) == 1]
    rows = persons.by_set(np.repeat(np.arange(len(shown)), shown.lengths), shown.group, len(shown))
    sizes = [*rows.tolist(), *(persons.among(weights) for weights in sums)]
    return Audit(rank, len(sums), min(sizes, default=None), len(found) - len(sums), tuple(found))


def null_vectors(shown: Rows, groups: int) -> tuple[Integers, int]:
    """Random values by group that all rows add up to zero (columns), and the rank of the rows.

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
    free = np.random.default_rng(SEED).integers(0, PRIME, (groups, VECTORS))
    free[pivots] = 0
    columns = [(expressed * column % PRIME).sum(axis=1) % PRIME for column in free.T]
    return np.stack(columns, axis=1), len(pivots)


def _express(expressed: Integers, pivot: int, others: Integers, row: Integers) -> None:
    """Replaces the pivot group everywhere: the row says what it is by the others."""
    own = -row[others] * pow(int(row[pivot]), -1, PRIME) % PRIME
    users = np.flatnonzero(expressed[:, pivot])
    part = expressed[np.ix_(users, others)] + expressed[users, pivot][:, None] * own % PRIME
    expressed[np.ix_(users, others)] = part % PRIME
    expressed[users, pivot] = 0


def _prove(shown: Rows, values: Integers) -> None:
    """The audit rests on this alone; sums of the values are exact in 64 bits."""
    if (shown.sums(values) % PRIME).any():
        raise ArithmeticError("the audit's values do not add up to zero over the rows shown")
