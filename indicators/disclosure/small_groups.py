"""Finds every small group of persons about whom a published table says something.

Given values by finest group that every published row adds up to zero, a sum of groups that does *not*
add up to zero cannot follow from the published rows. So the sums that may follow are those that vanish,
and they are found by hashing: of pieces that vanish alone, as a pair, a triple or a quadruple.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.system import Integers, Persons, SystemRows

MOST_GROUPS = 4
"""A piece holds at most so many finest groups, and a group of persons at most so many pieces."""

Weighted = Mapping[int, int]


@dataclass(frozen=True)
class Pieces:
    """What small groups are made of: single finest groups, and several (+ or -) that share persons.

    Any group of few persons falls into pieces that have no person in common.
    """

    sums: SystemRows
    persons: Integers

    @classmethod
    def below(cls, least_persons: int, persons: Persons) -> "Pieces":
        """All pieces of fewer persons than that, smallest first."""
        size = persons.by_group
        single = np.flatnonzero((size > 0) & (size < least_persons))
        sums = [{group: 1} for group in single.tolist()]
        sums += [
            dict(zip(groups, (1, *signs), strict=True))
            for groups in _linked(persons, set(single.tolist()), least_persons)
            for signs in product((1, -1), repeat=len(groups) - 1)
        ]
        sizes = np.array([persons.among(piece) for piece in sums], dtype=np.int64)
        order = np.argsort(sizes, kind="stable")
        return cls(SystemRows.weighted([sums[position] for position in order]), sizes[order])

    def weights(self, position: int) -> dict[int, int]:
        """Weight by finest group of the piece at this position."""
        start = self.sums.start[position]
        groups = self.sums.groups(position)
        return dict(zip(groups.tolist(), self.sums.weight[start : start + len(groups)].tolist(), strict=True))


def _linked(persons: Persons, small: set[int], least_persons: int) -> Iterator[tuple[int, ...]]:
    """Sets of two to four small groups, linked by persons they share, that are small together."""
    members: dict[int, set[int]] = {}
    for group in small & persons.named.keys():
        for person in persons.named[group]:
            members.setdefault(person, set()).add(group)
    level = {frozenset([group]) for group in small & persons.named.keys()}
    for _ in range(MOST_GROUPS - 1):
        level = {
            groups | {other}
            for groups in level
            for other in _neighbours(groups, persons, members)
            if persons.among(groups | {other}) < least_persons
        }
        yield from (tuple(sorted(groups)) for groups in sorted(level, key=sorted))


def _neighbours(groups: frozenset[int], persons: Persons, members: Mapping[int, set[int]]) -> set[int]:
    return set().union(*(members[person] for group in groups for person in persons.named[group])) - groups


def vanishing(pieces: Pieces, values: Integers, prime: int, least_persons: int) -> list[Weighted]:
    """Sums of up to four pieces, plus or minus, that vanish in all columns and have too few persons.

    `values` has a line by finest group and two or more columns of numbers modulo the prime. Of sums that
    follow from each other the smallest are listed: a piece that vanishes, or is the same as a smaller one,
    is not tried again in larger sums.
    """
    lines = pieces.sums.sums(values) % prime
    gone = ~lines.any(axis=1)
    found = [pieces.weights(piece) for piece in np.flatnonzero(gone)]
    singles = _Terms.of(pieces, lines, np.flatnonzero(~gone), 0, prime)
    for one, other, weights in _matches(singles, values, prime, least_persons):
        if not gone[[singles.first[one], singles.first[other]]].any():
            gone[singles.first[other]] = True
            found.append(weights)
    most = max(least_persons - 3, 2 * (least_persons - 1) // 3)
    terms = _Terms.of(pieces, lines, np.flatnonzero(~gone), most, prime)
    found += [weights for _, _, weights in _matches(terms, values, prime, least_persons)]
    return [dict(weights) for weights in dict.fromkeys(map(unsigned, found))]


@dataclass(frozen=True)
class _Terms:
    """Signed sums of one or two pieces: `first` + `sign` x `second` (sign 0: none), folded into one key."""

    pieces: Pieces
    first: Integers
    second: Integers
    sign: Integers
    persons: Integers
    key: Integers
    flipped: NDArray[np.bool_]

    @classmethod
    def of(cls, pieces: Pieces, lines: Integers, chosen: Integers, most: int, prime: int) -> "_Terms":
        """The chosen pieces, and their pairs with at most so many persons: half a triple or quadruple."""
        one, other = (chosen[positions] for positions in _pairs(pieces.persons[chosen], most))
        first, second = np.concatenate([chosen, one, one]), np.concatenate([chosen, other, other])
        sign = np.repeat([0, 1, -1], [len(chosen), len(one), len(one)])
        persons = pieces.persons[first] + pieces.persons[second] * (sign != 0)
        key, flipped = _folded((lines[first, :2] + sign[:, None] * lines[second, :2]) % prime, prime)
        return cls(pieces, first, second, sign, persons, key, flipped)

    def difference(self, one: int, other: int) -> dict[int, int]:
        """Weights by finest group of two terms with the same key, so taken that they cancel out."""
        turned = 1 if self.flipped[one] != self.flipped[other] else -1
        total: dict[int, int] = {}
        for term, sign in ((one, 1), (other, turned)):
            for piece, weight in ((self.first[term], sign), (self.second[term], sign * int(self.sign[term]))):
                for group, own in self.pieces.weights(piece).items():
                    total[group] = total.get(group, 0) + weight * own
        return {group: weight for group, weight in total.items() if weight}


def _pairs(persons: Integers, most: int) -> tuple[Integers, Integers]:
    """Positions of all pairs with at most so many persons; `persons` is in rising order."""
    last = np.searchsorted(persons, most - persons, "right")
    partners = np.maximum(last - np.arange(len(persons)) - 1, 0)
    first = np.repeat(np.arange(len(persons)), partners)
    begin = np.repeat(np.cumsum(partners) - partners, partners)
    return first, first + 1 + np.arange(len(first)) - begin


def _folded(lines: Integers, prime: int) -> tuple[Integers, NDArray[np.bool_]]:
    """One number for a line and its negative, and which of the two it was."""
    half = prime // 2
    flipped = (lines[:, 0] > half) | ((lines[:, 0] == 0) & (lines[:, 1] > half))
    lines = np.where(flipped[:, None], -lines % prime, lines)
    return lines[:, 0] * prime + lines[:, 1], flipped


def _matches(
    terms: _Terms, values: Integers, prime: int, least_persons: int
) -> Iterator[tuple[int, int, dict[int, int]]]:
    """Pairs of terms that cancel out and have too few persons together, with what they say."""
    ordered = np.sort(terms.key)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    among = np.flatnonzero(np.isin(terms.key, twice)) if len(twice) else twice
    among = among[np.lexsort((terms.persons[among], terms.key[among]))]
    for lag in range(1, len(among)):
        same = terms.key[among[lag:]] == terms.key[among[:-lag]]
        if not same.any():
            return
        small = terms.persons[among[lag:]] + terms.persons[among[:-lag]] < least_persons
        for position in np.flatnonzero(same & small):
            one, other = among[position], among[position + lag]
            weights = terms.difference(one, other)
            if weights and not (np.array(list(weights.values())) @ values[list(weights)] % prime).any():
                yield one, other, weights


def unsigned(weights: Weighted) -> tuple[tuple[int, int], ...]:
    """A sum and its negative say the same: the first group counts plus."""
    pairs = sorted(weights.items())
    sign = 1 if pairs[0][1] > 0 else -1
    return tuple((group, sign * weight) for group, weight in pairs)
