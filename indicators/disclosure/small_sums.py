"""All that follows about small groups, found by trying every set of the largest of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure.system import Integers, Persons

PRIME = 2**31 - 1
"""Products of two numbers below it fit in 63 bits."""

MOST_SETS = 4_000_000
"""Where there are more sets of one size, the audit stops and is not complete."""
MOST_SUMS = 400_000_000
"""The same of the sums to be made."""

SIFTED = 3
"""Sets that leave room for fewer persons than this are sifted quickly."""

SEED = 91
MOST_WEIGHT = 1_000
AT_A_TIME = 1_000
"""Sets tried together."""
SIFTED_AT_A_TIME = 100_000
"""Sets sifted together."""

ROUNDING = 1e-9
"""Persons in several groups count as fractions in each."""

Weighted = Mapping[int, int]


@dataclass(frozen=True)
class SmallSums:
    """All that follows about the small groups: each of the `large` ones is expressed by the `independent`.

    What follows is a sum of these expressions, and its large groups say which. The large ones are as large
    as can be, so that few of them are fewer persons than allowed: that makes it feasible to try all sets.
    `factors`, by large group and independent one: large + factors x independent follows, modulo the prime.
    """

    persons: Persons
    least_persons: int
    large: Integers
    independent: Integers
    factors: Integers

    @classmethod
    def among(cls, values: Integers, persons: Persons, least_persons: int) -> "SmallSums":
        """From values by group that all rows shown add up to zero."""
        size = persons.by_group
        small = np.flatnonzero((size > 0) & (size < least_persons))
        small = small[np.argsort(persons.at_least[small], kind="stable")]
        lines, pivots = values[small].T.copy(), []
        for column in range(len(small)):
            candidates = np.flatnonzero(lines[len(pivots) :, column])
            if len(candidates):
                _eliminate(lines, len(pivots), len(pivots) + candidates[0], column)
                pivots.append(column)
        dependent = np.setdiff1d(np.arange(len(small)), pivots)
        factors = -lines[: len(pivots), dependent].T % PRIME
        return cls(persons, least_persons, small[dependent], small[pivots], factors)

    def sets(self) -> tuple[list[Integers], bool]:
        """Sets of large groups of few enough persons (a table for each size), and whether these are all."""
        weight = self.persons.at_least[self.large]
        sets, tables = np.arange(len(weight), dtype=np.int32)[:, None], []
        while len(sets):
            unsifted = np.count_nonzero(self._room(sets) >= SIFTED) * 2 ** (sets.shape[1] - 1)
            if unsifted * len(self.independent) > MOST_SUMS:
                return tables, False
            tables.append(sets)
            partners = np.maximum(np.searchsorted(weight, self._room(sets)) - sets[:, -1] - 1, 0)
            if partners.sum() > MOST_SETS:
                return tables, False
            first = np.repeat(np.arange(len(sets)), partners)
            step = np.arange(len(first)) - np.repeat(np.cumsum(partners) - partners, partners)
            last = (sets[first, -1] + 1 + step).astype(np.int32)
            sets = np.concatenate([sets[first], last[:, None]], axis=1)
        return tables, True

    def few(self, sets: Integers) -> Iterator[Weighted]:
        """What follows about fewer persons than allowed from these sets, with all signs."""
        room = np.floor(self._room(sets)).astype(np.int64)
        syndromes = self._syndromes()
        for groups in range(self.least_persons):
            chosen, is_sifted = sets[room == groups], groups < SIFTED
            at_a_time = SIFTED_AT_A_TIME if is_sifted else AT_A_TIME
            for start, signs in product(
                range(0, len(chosen), at_a_time), product((1, -1), repeat=sets.shape[1] - 1)
            ):
                some, signed = chosen[start : start + at_a_time], np.array((1, *signs))
                if is_sifted:
                    sums = signed @ syndromes[some, : 2 * groups + 1] % PRIME
                    some = some[_has_at_most(sums.T, groups)]
                yield from self._few(some, signed)

    def _syndromes(self) -> Integers:
        """Sums of each large group's factors times powers of a number that is each independent group's own.

        Only of whole persons. Of what remains of a sum they tell how many groups it has, as in decoding.
        """
        whole = self.persons.at_least[self.independent] > 1 - ROUNDING
        own, power = np.random.default_rng(SEED).integers(1, PRIME, (2, np.count_nonzero(whole)))
        columns = []
        for _ in range(2 * SIFTED - 1):
            columns.append(_times(self.factors[:, whole], power))
            power = power * own % PRIME
        return np.stack(columns, axis=1)

    def _room(self, sets: Integers) -> NDArray[np.float64]:
        """Persons that each set leaves room for."""
        return self.least_persons - ROUNDING - self.persons.at_least[self.large][sets].sum(axis=1)

    def _few(self, sets: Integers, signs: Integers) -> Iterator[Weighted]:
        independent = np.einsum("j,ijk->ik", signs, self.factors[sets]) % PRIME
        weight = (independent != 0) @ self.persons.at_least[self.independent]
        weight += self.persons.at_least[self.large[sets]].sum(axis=1)
        for position in np.flatnonzero(weight < self.least_persons - ROUNDING):
            columns = np.flatnonzero(independent[position])
            weights = dict(zip(self.large[sets[position]].tolist(), signs.tolist(), strict=True))
            for column, factor in zip(columns, independent[position, columns].tolist(), strict=True):
                weights[int(self.independent[column])] = factor
            weights = _whole(weights)
            if self.persons.among(weights) < self.least_persons:
                yield weights


def _times(factors: Integers, values: Integers) -> Integers:
    """The product modulo the prime, added up so that nothing overflows."""
    return (factors * values % PRIME).sum(axis=1) % PRIME


def _has_at_most(sums: Integers, groups: int) -> NDArray[np.bool_]:
    """Whether so few groups (0, 1 or 2) can be behind sums of 1, 3 or 5 powers: their determinant is zero."""
    if groups == 0:
        return sums[0] == 0
    if groups == 1:
        return _minor(sums[0], sums[1], sums[1], sums[2]) == 0
    minors = (
        _minor(sums[2], sums[3], sums[3], sums[4]),
        _minor(sums[1], sums[2], sums[3], sums[4]),
        _minor(sums[1], sums[2], sums[2], sums[3]),
    )
    one, other, third = (power * minor % PRIME for power, minor in zip(sums[:3], minors, strict=True))
    return (one - other + third) % PRIME == 0


def _minor(a: Integers, b: Integers, c: Integers, d: Integers) -> Integers:
    return (a * d % PRIME - b * c % PRIME) % PRIME


def _eliminate(lines: Integers, place: int, pivot: int, column: int) -> None:
    lines[[place, pivot]] = lines[[pivot, place]]
    lines[place] = lines[place] * pow(int(lines[place, column]), -1, PRIME) % PRIME
    users = np.flatnonzero(lines[:, column])
    users = users[users != place]
    lines[users] = (lines[users] - lines[users, column][:, None] * lines[place]) % PRIME


def _whole(weights: Weighted) -> Weighted:
    """The same sum in small whole numbers, where there are any: residues stand for fractions too."""
    for factor in range(1, 61):
        scaled = {group: weight * factor % PRIME for group, weight in weights.items()}
        scaled = {group: min(weight, weight - PRIME, key=abs) for group, weight in scaled.items()}
        if max(map(abs, scaled.values())) < MOST_WEIGHT:
            return scaled
    return weights
