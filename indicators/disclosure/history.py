"""What a release is decided by: its own cells, and what earlier releases still show of the same round.

The answers of a round may have changed between two releases: some were kept, some removed, some added. Each
finest group is split accordingly, so that every row that any release shows is a sum of the same parts, and a
late answer is a small group like any other.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indicators.cells import UNKNOWN_PERSON, Cell, CellTable, FinestGroup, Tally, cell_table
from indicators.disclosure.system import Integers, Persons, System, SystemRows
from indicators.promises import Promises
from indicators.questionnaire import Question, Questionnaire
from indicators.rounds import ANSWERED, Publication, RoundContents

Mask = NDArray[np.bool_]
Key = tuple[FinestGroup, str | None, int]
"""Group, person (None: nobody known to recur) and option: entries alike in these are the same entry."""


NO_PROMISES = Promises()
NO_ENTRIES = Tally(*(np.zeros(0, dtype=np.int64) for _ in range(4)))


@dataclass(frozen=True)
class Earlier:
    """What a release that can still be seen shows of the round, and which answers and groups it stood on."""

    contents: RoundContents
    units_of: Mapping[str, tuple[str, ...]]
    shown: Publication
    least_persons: int
    profile: str


@dataclass(frozen=True)
class Measure:
    """One kind of number: the entries that it counts, and the cells where a publication shows it."""

    counted: str
    """The same for kinds that count the same entries."""
    tally: Callable[[RoundContents], Tally]
    shown: Callable[[Publication], Iterator[int]]


ANSWERS = Measure(
    "answers",
    lambda contents: contents.response.where(contents.response.option == ANSWERED),
    lambda shown: (cell for cell, one in enumerate(shown.responses) if one.answers is not None),
)
INVITED = Measure(
    "invited",
    lambda contents: contents.response,
    lambda shown: (cell for cell, one in enumerate(shown.responses) if one.invited is not None),
)


def of_question(question: Question, questionnaire: Questionnaire, number: str) -> Measure:
    """A number of the question's figure: n, favourable, counts (of the same answers) or outside_base.

    The last is told by n and all answers together, "ved ikke" too, so it is these that are counted.
    """
    base = len(questionnaire.scale_of(question).base)

    def tally(contents: RoundContents) -> Tally:
        every = contents.answers.get(question.id, NO_ENTRIES)
        return every if number == "outside_base" else every.where(every.option < base)

    def shown(publication: Publication) -> Iterator[int]:
        for cell, question_id, figure in publication.figures:
            if question_id == question.id and getattr(figure, number) is not None:
                yield cell

    counted = f"{question.id} {'with' if number == 'outside_base' else 'without'} those outside the base"
    return Measure(counted, tally, shown)


@dataclass(frozen=True)
class Systems:
    """The systems of a round, each with what earlier releases show of the same number."""

    contents: RoundContents
    table: CellTable
    earlier: tuple[Earlier, ...] = ()
    promises: Promises = NO_PROMISES

    @classmethod
    def of(
        cls,
        contents: RoundContents,
        units_of: Mapping[str, tuple[str, ...]],
        earlier: Sequence[Earlier] = (),
        promises: Promises = NO_PROMISES,
    ) -> "Systems":
        """Of a round with those units of each place, beside what earlier releases show."""
        return cls(contents, cell_table(contents.groups, units_of), tuple(earlier), promises)

    def system(self, measure: Measure, offered: Mask) -> System:
        """The cells to decide on for that number."""
        if self.earlier:
            return self._split(measure, offered)
        tally = measure.tally(self.contents)
        persons = Persons.counted(self.table.groups, tally.group, tally.person, tally.count)
        return System(self.table.cell_index, self.table.group_index, self._places, persons, offered)

    def _split(self, measure: Measure, offered: Mask) -> System:
        if measure.counted not in self._parts:
            self._parts[measure.counted] = self._parted(measure)
        persons, (own, *earlier) = self._parts[measure.counted]
        shown = [self._shown(version, measure) for version in range(len(self.earlier))]
        given = [
            SystemRows.of(cells[is_shown[cells]], parts[is_shown[cells]])
            for (cells, parts), is_shown in zip(earlier, shown, strict=True)
        ]
        return System(*own, self._places, persons, offered, SystemRows.together(given))

    def _parted(self, measure: Measure) -> tuple[Persons, list[tuple[Integers, Integers]]]:
        """The persons by part, and of each version which cells count which parts."""
        versions = [self.contents, *(release.contents for release in self.earlier)]
        parts = ReleaseParts.of([_entries(contents, measure) for contents in versions])
        tables = [self.table, *self._earlier_tables]
        members = [
            parts.members(version, contents.groups, table)
            for version, (contents, table) in enumerate(zip(versions, tables, strict=True))
        ]
        return parts.persons, members

    @cached_property
    def _parts(self) -> dict[str, tuple[Persons, list[tuple[Integers, Integers]]]]:
        """By what is counted: several numbers are of the same answers."""
        return {}

    @property
    def offered(self) -> Mask:
        """The cells that a release tries to show."""
        return self.promises.offered(self.table.cells)

    @cached_property
    def _places(self) -> Integers:
        """Where each cell is in the order in which they are promised."""
        return self.promises.places(self.table.cells)

    @cached_property
    def _earlier_tables(self) -> list[CellTable]:
        return [cell_table(release.contents.groups, release.units_of) for release in self.earlier]

    @cached_property
    def _earlier_positions(self) -> list[dict[Cell, int]]:
        return [{cell: at for at, cell in enumerate(table.cells)} for table in self._earlier_tables]

    def _shown(self, version: int, measure: Measure) -> Mask:
        """Which of the cells of an earlier release's table it shows."""
        shows, position = self.earlier[version].shown, self._earlier_positions[version]
        shown = np.zeros(len(position), dtype=bool)
        shown[[position[shows.cells[cell]] for cell in measure.shown(shows)]] = True
        return shown


@dataclass(frozen=True)
class Identities:
    """Who may be the same person, as numbers.

    Of one year a known person is whom the key says, and where nobody is known the first that was removed of a
    group may be the same as the first that was added. Of several years the nth of a group may be the same in
    each of them, known or not, unless keys are seen to be kept from year to year.
    """

    keys_are_kept: bool
    numbers: dict[Hashable, int] = field(default_factory=dict)
    same_as: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, versions: Iterable[Iterable[Key]]) -> "Identities":
        """Keys are kept where there is one year, or each that has any shares one with another year."""
        seen: dict[int, set[str]] = {}
        for version in versions:
            for group, person, _option in version:
                if person is not None:
                    seen.setdefault(group.year, set()).add(person)
        years = Counter(person for persons in seen.values() for person in persons)
        again = {person for person, times in years.items() if times > 1}
        return cls(len(seen) < 2 or all(again & persons for persons in seen.values()))

    def number(self, group: FinestGroup, person: str | None, place: int) -> int:
        """Of the entry at that place of its group."""
        if person is not None and self.keys_are_kept:
            return self._number(person)
        nth = self._number((group.place, group.education, group.institution, place))
        if person is not None:
            one, other = self._root(self._number((group.year, person))), self._root(nth)
            self.same_as[max(one, other)] = min(one, other)
        return nth

    def resolved(self, numbers: Integers) -> Integers:
        """The same number for all that may be the same person."""
        return np.array(
            [number if number < 0 else self._root(number) for number in numbers.tolist()], np.int64
        )

    def _number(self, who: Hashable) -> int:
        return self.numbers.setdefault(who, len(self.numbers))

    def _root(self, number: int) -> int:
        while self.same_as.get(number, number) != number:
            number = self.same_as[number]
        return number


@dataclass(frozen=True)
class ReleaseParts:
    """The finest groups, each split by the versions of the round that its entries are in."""

    keys: tuple[tuple[FinestGroup, tuple[bool, ...]], ...]
    persons: Persons

    @classmethod
    def of(cls, versions: Sequence[Counter[Key]]) -> "ReleaseParts":
        """From the entries of each version.

        An entry of nobody known that was changed is a removed and an added one.
        """
        numbers: dict[tuple[FinestGroup, tuple[bool, ...]], int] = {}
        identities = Identities.of(versions)
        entered: Counter[tuple[FinestGroup, tuple[bool, ...]]] = Counter()
        lines = []
        for key in dict.fromkeys(key for version in versions for key in version):
            group, person, _option = key
            for members, count in _layers([version[key] for version in versions]):
                part = numbers.setdefault((group, members), len(numbers))
                if person is None and all(members):
                    lines.append((part, UNKNOWN_PERSON, count))
                    continue
                first = entered[group, members]
                entered[group, members] += count
                places = range(first, first + count)
                lines += [(part, identities.number(group, person, place), 1) for place in places]
        part, person, count = np.array(lines, dtype=np.int64).reshape(-1, 3).T
        return cls(tuple(numbers), Persons.counted(len(numbers), part, identities.resolved(person), count))

    def members(
        self, version: int, groups: Sequence[FinestGroup], table: CellTable
    ) -> tuple[Integers, Integers]:
        """Which cells of a version's table count which parts (parallel arrays)."""
        position = {group: at for at, group in enumerate(groups)}
        there = [
            (position[group], part) for part, (group, members) in enumerate(self.keys) if members[version]
        ]
        group, part = np.array(sorted(there), dtype=np.int64).reshape(-1, 2).T
        first, last = (np.searchsorted(group, table.group_index, side) for side in ("left", "right"))
        times = last - first
        nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        return np.repeat(table.cell_index, times), part[np.repeat(first, times) + nth]


def _entries(contents: RoundContents, measure: Measure) -> Counter[Key]:
    tally = measure.tally(contents)
    entries: Counter[Key] = Counter()
    columns = (tally.group.tolist(), tally.person.tolist(), tally.option.tolist(), tally.count.tolist())
    for group, person, option, count in zip(*columns, strict=True):
        who = None if person == UNKNOWN_PERSON else contents.persons[person]
        entries[contents.groups[group], who, option] += count
    return entries


def _layers(counts: Sequence[int]) -> Iterator[tuple[tuple[bool, ...], int]]:
    """So many in these versions, and so many more in fewer of them: 3, 5 are 3 in both and 2 in one."""
    below = 0
    for level in sorted({count for count in counts if count}):
        yield tuple(count >= level for count in counts), level - below
        below = level
