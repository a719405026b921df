"""Small tables by name, and an oracle that tries everything in exact fractions."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from indicators.disclosure import Persons, System, SystemRows


def named_system(
    sizes: Mapping[str, int], cells: Mapping[str, str], promised: Mapping[str, int] | None = None
) -> System:
    """Groups with so many persons each; cells are strings of one-letter groups."""
    groups = list(sizes)
    pairs = [(i, groups.index(g)) for i, members in enumerate(cells.values()) for g in members]
    cell_index, group_index = np.array(pairs).T
    none = np.zeros(0, dtype=np.int64)
    persons = Persons(np.array(list(sizes.values())), none, none)
    depth = np.array(
        [(promised or {}).get(name, 0 if len(members) > 1 else 1) for name, members in cells.items()]
    )
    return System(cell_index, group_index, depth, persons, np.ones(len(cells), dtype=bool))


def names(cells: Mapping[str, str], chosen: np.ndarray) -> set[str]:
    return {name for name, is_chosen in zip(cells, chosen, strict=True) if is_chosen}


def small_round(seed: int, recurring: int = 6) -> System:
    """80-160 sheets: 5 municipalities in 2 overlapping groupings x 3 educations x 2 institutions."""
    rng = np.random.default_rng(seed)
    sheets = int(rng.integers(80, 161))
    shape = (5, 3, 2)
    weights = rng.lognormal(0, 1, shape).ravel()
    group = rng.choice(30, sheets, p=weights / weights.sum())
    person = np.full(sheets, -1)
    person[: 2 * recurring] = np.arange(2 * recurring) // 2
    persons = Persons.counted(30, group, person, np.ones(sheets, dtype=np.int64))
    return crossed_system(shape, [{0, 1}, {2, 3, 4}, {0, 2}, {1, 3, 4}], persons)


def crossed_system(shape: Sequence[int], groupings: Sequence[set[int]], persons: Persons) -> System:
    places, educations, institutions = shape
    units = [set(range(places)), *groupings, *({place} for place in range(places))]
    cell_index, group_index, crossed = [], [], []
    for unit, education, institution in product(units, range(-1, educations), range(-1, institutions)):
        chosen_educations = range(educations) if education < 0 else (education,)
        chosen_institutions = range(institutions) if institution < 0 else (institution,)
        inside = list(product(sorted(unit), chosen_educations, chosen_institutions))
        cell_index += [len(crossed)] * len(inside)
        group_index += np.ravel_multi_index(np.array(inside).T, shape).tolist()
        crossed.append((unit != units[0]) + (education >= 0) + (institution >= 0))
    return System(
        np.array(cell_index),
        np.array(group_index),
        np.array(crossed),
        persons,
        np.ones(len(crossed), dtype=bool),
    )


def brute_force(
    shown: SystemRows, persons: Persons, least_persons: int
) -> dict[tuple[tuple[int, int], ...], int]:
    """Every sum or contrast of too few persons in the span of the rows, with its number of persons."""
    groups = len(persons.alone)
    reduced, pivots = _echelon([shown.groups(i).tolist() for i in range(len(shown))], groups)
    scale = int(np.lcm.reduce([entry.denominator for row in reduced for entry in row] or [1]))
    basis = np.array([[int(entry * scale) for entry in row] for row in reduced]).reshape(-1, groups)
    found = {}
    for weights in _small_sums(persons, least_persons):
        line = np.zeros(groups, dtype=np.int64)
        line[list(weights)] = list(weights.values())
        if (line * scale == line[pivots] @ basis).all():
            found[tuple(sorted(weights.items()))] = persons.among(weights)
    return found


def _small_sums(
    persons: Persons, least_persons: int, first: int = 0, chosen: tuple = ()
) -> Iterator[dict[int, int]]:
    """All sets of groups with too few persons, with all signs (the first is plus)."""
    for group in range(first, len(persons.alone)):
        larger = (*chosen, group)
        if persons.by_group[group] and persons.among(larger) < least_persons:
            for signs in product((1, -1), repeat=len(chosen)):
                yield dict(zip(larger, (1, *signs), strict=True))
            yield from _small_sums(persons, least_persons, group + 1, larger)


def _echelon(rows: list[list[int]], groups: int) -> tuple[list[list[Fraction]], list[int]]:
    basis: list[list[Fraction]] = []
    pivots: list[int] = []
    for members in rows:
        row = [Fraction(int(group in members)) for group in range(groups)]
        for pivot, known in zip(pivots, basis, strict=True):
            row = _less(row, row[pivot], known)
        pivot = next((i for i, entry in enumerate(row) if entry), None)
        if pivot is not None:
            row = [entry / row[pivot] for entry in row]
            basis = [_less(known, known[pivot], row) for known in basis]
            basis.append(row)
            pivots.append(pivot)
    return basis, pivots


def _less(row: list[Fraction], times: Fraction, other: list[Fraction]) -> list[Fraction]:
    return [a - times * b if b else a for a, b in zip(row, other, strict=True)] if times else row
