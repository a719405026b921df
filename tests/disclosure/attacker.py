"""An attack on what is shown, by counting and by elimination of its own: nothing here decides what is shown.

The attacker knows who is behind every number and looks for groups of fewer than k persons in what the numbers
together say. A set of finest groups is a whole number with a bit for each, so that sets are quick to compare.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from itertools import combinations, product
from math import lcm
from operator import or_
from typing import NamedTuple

ALL = "alle"
ALL_BUT = "alle andre end "
INVITED, ANSWERS = "invited", "answers"
PRIME = 2**61 - 1

Groups = int
"""A set of finest groups, by their bits."""
Weights = tuple[tuple[int, int], ...]
"""A sum or contrast of finest groups: their numbers with 1 or -1."""


def with_dont_know(question: str) -> str:
    """The kind of number that counts every answer to the question, "ved ikke" too."""
    return f"{question} with don't know"


class CellKey(NamedTuple):
    """What a number is about, by the keys of the store."""

    unit: str
    education: str = ALL
    institution: str = ALL


class Sheet(NamedTuple):
    """One invited person's sheet; answers None: not answered. Nobody knows who fills in a sheet without person."""

    place: str
    education: str
    institution: str
    answers: tuple[tuple[str, int], ...] | None
    person: str | None = None


class Counting(NamedTuple):
    """The options of a question that count, those that are favourable, and whether educations are added up."""

    base: frozenset[int]
    favourable: frozenset[int]
    common: bool = True


class Shown(NamedTuple):
    """A number that a reader sees, with what stands beside the number of answers to a question."""

    kind: str
    cell: CellKey
    number: int
    release: int = 0
    favourable: int | None = None
    counts: tuple[int, ...] | None = None


class Answered(NamedTuple):
    """The sheets of a release by their ids, and the units that every place was in when it was made."""

    sheets: Mapping[Hashable, Sheet]
    units_of: Mapping[str, Collection[str]]


@dataclass
class _Counted:
    """One kind of number by finest group: sheets, those who are in one group only, and those who recur."""

    sheets: list[int]
    alone: list[int]
    recurring: dict[int, set[Hashable]]

    def persons(self, groups: Groups) -> int:
        who: set[Hashable] = set()
        alone = 0
        for group in bits(groups):
            alone += self.alone[group]
            if group in self.recurring:
                who |= self.recurring[group]
        return alone + len(who)


class Truth:
    """Who is behind the numbers of one or more releases of a round.

    Finest groups are place x education x institution, split by the releases that a sheet is in as it stands;
    a sheet that was corrected is one that went and one that came. Persons are counted once in a group.
    """

    def __init__(self, releases: Sequence[Answered], questions: Mapping[str, Counting]) -> None:
        self.releases, self.questions = releases, questions
        present: defaultdict[tuple[Hashable, Sheet], list[int]] = defaultdict(list)
        for number, release in enumerate(releases):
            for sheet_id, sheet in release.sheets.items():
                present[sheet_id, sheet].append(number)
        self.number: dict[tuple, int] = {}
        self.entries = [
            (self._group(sheet, where), sheet, sheet_id if sheet.person is None else sheet.person)
            for (sheet_id, sheet), where in present.items()
        ]
        """Finest group, sheet and person."""

    def _group(self, sheet: Sheet, releases: list[int]) -> int:
        return self.number.setdefault((*sheet[:3], tuple(releases)), len(self.number))

    @cached_property
    def _counted(self) -> Mapping[str, _Counted]:
        sheets_of = Counter(person for _, _, person in self.entries)
        kinds = [INVITED, ANSWERS, *self.questions, *map(with_dont_know, self.questions)]
        none = [0] * len(self.number)
        counted = {kind: _Counted(none.copy(), none.copy(), {}) for kind in kinds}
        for group, sheet, person in self.entries:
            for kind in self._kinds(sheet):
                counted[kind].sheets[group] += 1
                if sheets_of[person] > 1:
                    counted[kind].recurring.setdefault(group, set()).add(person)
                else:
                    counted[kind].alone[group] += 1
        return counted

    def _kinds(self, sheet: Sheet) -> Iterator[str]:
        yield INVITED
        if sheet.answers is None:
            return
        yield ANSWERS
        for question, value in sheet.answers:
            yield with_dont_know(question)
            if value in self.questions[question].base:
                yield question

    @cached_property
    def cells(self) -> Sequence[Mapping[CellKey, Groups]]:
        """Every cell of each release that somebody was invited in."""
        found: list[dict[CellKey, Groups]] = [defaultdict(int) for _ in self.releases]
        for (place, education, institution, releases), number in self.number.items():
            for release in releases:
                units = self.releases[release].units_of[place]
                for key in product(units, {education, ALL}, {institution or ALL, ALL}):
                    found[release][CellKey(*key)] |= 1 << number
        return found

    def whole(self, shown: Shown) -> Groups:
        """The finest groups of the number's cell."""
        cells, cell = self.cells[shown.release], shown.cell
        if cell.unit.startswith(ALL_BUT):
            own = cell._replace(unit=cell.unit.removeprefix(ALL_BUT))
            return cells[cell._replace(unit=ALL)] & ~cells.get(own, 0)
        return cells[cell]

    def groups(self, shown: Shown) -> Groups:
        """Those of them in which anybody is counted."""
        return self.whole(shown) & self.live[shown.kind]

    @cached_property
    def live(self) -> Mapping[str, Groups]:
        """The finest groups in which anybody is counted, by kind of number."""
        return {
            kind: sum(1 << group for group, sheets in enumerate(counted.sheets) if sheets)
            for kind, counted in self._counted.items()
        }

    def persons(self, kind: str, groups: Groups) -> int:
        """Distinct persons."""
        return self._counted[kind].persons(groups)

    def sheets(self, kind: str, groups: Groups) -> int:
        """Sheets, which is what the numbers say."""
        counted = self._counted[kind].sheets
        return sum(counted[group] for group in bits(groups))


class Attack:
    """Everything that a reader can put side by side, held against k."""

    def __init__(self, truth: Truth, shown: Iterable[Shown], least_persons: int) -> None:
        self.truth, self.shown, self.k = truth, list(dict.fromkeys(shown)), least_persons
        self.numbers: defaultdict[str, dict[Groups, int]] = defaultdict(dict)
        """By kind: the numbers of whole cells."""
        for one in self.shown:
            if truth.sheets(one.kind, truth.groups(one)) != one.number:
                raise ValueError(f"{one} is not what was answered")
            self.numbers[one.kind][truth.whole(one)] = one.number

    @cached_property
    def rows(self) -> Mapping[str, set[Groups]]:
        """By kind: the groups that a number adds up, of those in which anybody is counted."""
        return self._counted_in(self.numbers)

    @cached_property
    def rows_known_alike(self) -> Mapping[str, set[Groups]]:
        """The rows of each kind, and those of a narrower kind where nobody can be between the two.

        Where as many have answered a question as have answered at all, everyone there has.
        """
        found = {kind: dict(numbers) for kind, numbers in self.numbers.items()}
        for question in self.truth.questions:
            chain = (question, with_dont_know(question), ANSWERS, INVITED)
            for narrow, wide in combinations(chain, 2):
                if narrow in found and wide in found:
                    _add_alike(found[narrow], found[wide])
        return self._counted_in(found)

    def _counted_in(self, numbers: Mapping[str, Mapping[Groups, int]]) -> Mapping[str, set[Groups]]:
        live = self.truth.live
        return {kind: {cell & live[kind] for cell in of_kind} for kind, of_kind in numbers.items()}

    def small_cells(self) -> list[Shown]:
        """Numbers of too few persons."""
        return [
            one
            for one in self.shown
            if one.number > 0 and self.truth.persons(one.kind, self.truth.groups(one)) < self.k
        ]

    def small_differences(self) -> list[tuple[str, Groups, Groups]]:
        """Two numbers of the same kind whose cells differ by a few persons."""
        return [
            (kind, *pair)
            for kind, rows in self.rows.items()
            for pair in close_pairs(rows, self._among(kind), self.k)
        ]

    def small_differences_across_kinds(self) -> list[tuple[Groups, Groups]]:
        """Two numbers of any kinds whose cells differ by a few of those who answered."""
        answered = self.truth.live[ANSWERS]
        cells = {self.truth.whole(one) & answered for one in self.shown}
        return list(close_pairs(cells, self._among(ANSWERS), self.k))

    def numbers_without_response(self) -> list[Shown]:
        """Answers to a question of a cell whose response is hidden."""
        known = {(one.cell, one.release) for one in self.shown if one.kind == ANSWERS}
        return [
            one
            for one in self.shown
            if (one.cell, one.release) not in known and not one.cell.unit.startswith(ALL_BUT)
        ]

    def small_sums(self) -> list[tuple[str, Weights]]:
        """Sums and contrasts of up to four finest groups with few persons together that follow from all rows."""
        return self._small_sums(self.rows)

    def small_sums_across_kinds(self) -> list[tuple[str, Weights]]:
        """The same when rows of other kinds are taken in, where they are known to be alike."""
        return self._small_sums(self.rows_known_alike)

    def every_small_sum(self) -> list[tuple[str, Weights]]:
        """The same of any number of groups, by trying them all: for very few groups."""
        return [
            (kind, weights)
            for kind, rows in self.rows_known_alike.items()
            for weights in every_contrast(rows, self.truth.live[kind], self._among(kind), self.k)
        ]

    def _small_sums(self, rows_of: Mapping[str, Collection[Groups]]) -> list[tuple[str, Weights]]:
        found = []
        for kind, rows in rows_of.items():
            values = null_vector(rows, self.truth.live[kind])
            found += [(kind, weights) for weights in contrasts(values, self._among(kind), self.k)]
        return found

    def faults(self) -> dict[str, int]:
        """How many there are of each; empty when nothing is given away."""
        found = {check.__name__: len(check(self)) for check in CHECKS}
        return {name: count for name, count in found.items() if count}

    def _among(self, kind: str) -> Callable[[Groups], int]:
        return lambda groups: self.truth.persons(kind, groups)


CHECKS = (
    Attack.small_cells,
    Attack.small_differences,
    Attack.small_sums,
    Attack.small_differences_across_kinds,
    Attack.numbers_without_response,
    Attack.small_sums_across_kinds,
)


def _add_alike(narrow: Mapping[Groups, int], wide: dict[Groups, int]) -> None:
    """Numbers of the narrow kind inside cells where both kinds count the same are numbers of the wide kind."""
    alike = 0
    for cell, number in wide.items():
        if any(number == same and not inside & ~cell for inside, same in narrow.items()):
            alike |= cell  # nobody is outside the narrow cell, or between the kinds in it
    for cell, number in narrow.items():
        if not cell & ~alike:
            wide.setdefault(cell, number)


def bits(groups: Groups) -> Iterator[int]:
    """The numbers of the groups in the set."""
    while groups:
        last = groups & -groups
        yield last.bit_length() - 1
        groups ^= last


def close_pairs(
    cells: Iterable[Groups], persons: Callable[[Groups], int], least_persons: int
) -> Iterator[tuple[Groups, Groups]]:
    """Two sets with 1 to k - 1 persons in the one and not in the other."""
    for same in _by_large_groups(set(cells), persons, least_persons):
        sized = sorted((persons(cell), cell) for cell in same)
        for position, (size, cell) in enumerate(sized):
            for other_size, other in sized[position + 1 :]:
                if other_size - size >= least_persons:
                    break
                if 0 < persons(cell ^ other) < least_persons:
                    yield cell, other


def _by_large_groups(
    cells: Collection[Groups], persons: Callable[[Groups], int], least_persons: int
) -> Collection[list[Groups]]:
    """Sets that differ by few persons hold the same groups of many."""
    everything = reduce(or_, cells, 0)
    large = sum(1 << group for group in bits(everything) if persons(1 << group) >= least_persons)
    alike = defaultdict(list)
    for cell in cells:
        alike[cell & large].append(cell)
    return alike.values()


def null_vector(rows: Iterable[Groups], live: Groups) -> dict[int, int]:
    """A number for each group, random but for this: modulo the prime every row adds up to 0.

    What follows from the rows adds up to 0 too; anything else does so once in 10^18 times.
    """
    basis, drawn = echelon(rows), random.Random(1)
    values = {group: drawn.randrange(PRIME) for group in bits(live) if group not in basis}
    for first in sorted(basis, reverse=True):
        others = ((group, weight) for group, weight in basis[first].items() if group != first)
        values[first] = -sum(weight * values[group] for group, weight in others) % PRIME
    return values


def echelon(rows: Iterable[Groups]) -> dict[int, dict[int, int]]:
    """Independent rows by their first group, which has the weight 1 (modulo the prime)."""
    basis: dict[int, dict[int, int]] = {}
    for row in sorted(set(rows), key=int.bit_count):
        line = dict.fromkeys(bits(row), 1)
        while line:
            first = min(line)
            if first not in basis:
                inverse = pow(line[first], -1, PRIME)
                basis[first] = {group: weight * inverse % PRIME for group, weight in line.items()}
                break
            times = line[first]
            for group, weight in basis[first].items():
                left = (line.get(group, 0) - times * weight) % PRIME
                if left:
                    line[group] = left
                else:
                    del line[group]
    return basis


def contrasts(
    values: Mapping[int, int], persons: Callable[[Groups], int], least_persons: int
) -> set[Weights]:
    """Up to four groups with weights 1 and -1 and few persons, whose values add up to 0."""
    by_value = _singles_and_pairs(values, persons, least_persons)
    found = {_normal(whole) for whole in by_value.get(0, ())}
    for value, same in by_value.items():
        for (half, other), sign in product(combinations(same, 2), (-1, 1) if value == 0 else (-1,)):
            whole = (*half, *((group, sign * weight) for group, weight in other))
            groups = reduce(or_, (1 << group for group, _ in whole))
            if groups.bit_count() == len(whole) and persons(groups) < least_persons:
                found.add(_normal(whole))
    return found


def _singles_and_pairs(
    values: Mapping[int, int], persons: Callable[[Groups], int], least_persons: int
) -> Mapping[int, list[Weights]]:
    """One and two groups of few persons, by the value they add up to when they are turned to the lower half."""
    small = sorted(group for group in values if persons(1 << group) < least_persons)
    chosen = [((group, 1),) for group in small]
    for one, other in combinations(small, 2):
        if persons(1 << one | 1 << other) < least_persons:
            chosen += [((one, 1), (other, 1)), ((one, 1), (other, -1))]
    by_value = defaultdict(list)
    for weights in chosen:
        value = sum(values[group] * weight for group, weight in weights) % PRIME
        turned = 1 if value <= PRIME // 2 else -1
        by_value[turned * value % PRIME].append(tuple((group, turned * weight) for group, weight in weights))
    return by_value


def _normal(weights: Weights) -> Weights:
    """By group, and the first one with plus."""
    ordered = sorted(weights)
    return tuple((group, weight * ordered[0][1]) for group, weight in ordered)


def every_contrast(
    rows: Iterable[Groups], live: Groups, persons: Callable[[Groups], int], least_persons: int
) -> Iterator[Weights]:
    """All groups with few persons, all signs (the first is plus), in exact fractions."""
    left = remainders(rows, list(bits(live)))

    def search(chosen: Weights, groups: Groups, sums: tuple[int, ...]) -> Iterator[Weights]:
        if chosen and not any(sums):
            yield chosen
        for group in left:
            larger = groups | 1 << group
            if (not chosen or group > chosen[-1][0]) and persons(larger) < least_persons:
                for sign in (1, -1) if chosen else (1,):
                    added = tuple(a + sign * b for a, b in zip(sums, left[group], strict=True))
                    yield from search((*chosen, (group, sign)), larger, added)

    yield from search((), 0, (0,) * len(next(iter(left.values()), ())))


def remainders(rows: Iterable[Groups], groups: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """For each group what is left of it when the rows have been taken out: nothing is left of what follows."""
    basis: dict[int, list[Fraction]] = {}
    for row in set(rows):
        line = [Fraction(row >> group & 1) for group in groups]
        for pivot, known in basis.items():
            line = _without(line, line[pivot], known)
        pivot = next((position for position, weight in enumerate(line) if weight), None)
        if pivot is not None:
            line = [weight / line[pivot] for weight in line]
            basis = {other: _without(known, known[pivot], line) for other, known in basis.items()}
            basis[pivot] = line
    free = [position for position in range(len(groups)) if position not in basis]
    scale = lcm(*(weight.denominator for line in basis.values() for weight in line))
    return {
        group: tuple(
            int(-basis[position][other] * scale) if position in basis else scale * (position == other)
            for other in free
        )
        for position, group in enumerate(groups)
    }


def _without(line: list[Fraction], times: Fraction, known: list[Fraction]) -> list[Fraction]:
    return [a - times * b for a, b in zip(line, known, strict=True)] if times else line
