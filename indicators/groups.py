"""Which units a place counts in: itself, the groups it belongs to, and everything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from indicators.selection import ALL, Option, is_joined, parts_of
from indicators.unit_kinds import MUNICIPALITY, PRIVATE, UNIT_KINDS

PRIVATE_SITES = PRIVATE.unit_key(ALL)
UNKNOWN_MUNICIPALITY = "ukendt"
SEVERAL = "Flere enheder"

PLACES = tuple(Option(kind.key, kind.plural) for kind in UNIT_KINDS.values() if kind.is_compared)
"""Kinds of unit; with educations and institutions they are what a question can be compared over."""


def private_place(municipality: str) -> str:
    """The place of private sites in a municipality; also of those where it is unknown ("")."""
    return PRIVATE.unit_key(municipality or UNKNOWN_MUNICIPALITY)


def kind_key(unit_key: str) -> str:
    """The kind of a unit: kommune:0265 -> kommune."""
    return unit_key.partition(":")[0]


def kind_of(unit_key: str) -> str:
    """The kind of a unit in words, also by the kind alone: kommune:0265 and kommune -> Kommune."""
    if is_joined(unit_key):
        return SEVERAL
    return UNIT_KINDS[kind_key(unit_key)].singular


@dataclass(frozen=True)
class DatedMembership:
    """A place belongs to a group; the group itself exists from one day to another (None: open)."""

    member: str
    group: str
    valid_from: date | None
    valid_to: date | None
    group_from: date | None
    group_to: date | None

    def counts_on(self, day: date) -> bool:
        """Whether the place is in the group on that day.

        A group that has ended counts its last members, one yet to come its first, so that earlier
        rounds can be seen in tomorrow's structure and later ones in yesterday's.
        """
        if self.group_to and day > self.group_to:
            day = self.group_to
        if self.group_from and day < self.group_from:
            day = self.group_from
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Groups:
    """Who belongs where on one day: figures, initiatives, pages and files all ask here."""

    around: Mapping[str, tuple[str, ...]]
    """The groups of each place, in their order."""

    @classmethod
    def on(cls, day: date, memberships: Iterable[DatedMembership]) -> "Groups":
        """As they are that day; a place that has left a group and come back is in it once."""
        around: dict[str, dict[str, None]] = {}
        for membership in memberships:
            if membership.counts_on(day):
                around.setdefault(membership.member, {})[membership.group] = None
        return cls({member: tuple(groups) for member, groups in around.items()})

    def of(self, unit: str) -> tuple[str, ...]:
        """The groups that the unit is in; København may be in two clusters."""
        return self.around.get(unit, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[str, ...]]:
        members: dict[str, list[str]] = {}
        for member, groups in self.around.items():
            for group in groups:
                members.setdefault(group, []).append(member)
        return {group: tuple(some) for group, some in members.items()}

    def members(self, group: str) -> tuple[str, ...]:
        """The places in the group, or those that a reader adds up; none where the unit is a place."""
        return parts_of(group) if is_joined(group) else self._members.get(group, ())


def units_of_places(
    places: Iterable[str],
    memberships: Iterable[DatedMembership],
    day: date,
    private_in_municipality: bool = False,
) -> Mapping[str, tuple[str, ...]]:
    """The units of each place, e.g. kommune:0265 -> itself, its cluster, region ... and "alle".

    A private site is a kind of its own; it counts in its municipality only by that setting.
    """
    groups = Groups.on(day, memberships)

    def units(place: str) -> tuple[str, ...]:
        kind, _, code = place.partition(":")
        if kind != PRIVATE.key:
            return (place, *groups.of(place), ALL)
        is_within = private_in_municipality and code != UNKNOWN_MUNICIPALITY
        around = units(MUNICIPALITY.unit_key(code))[:-1] if is_within else ()
        return (PRIVATE_SITES, *around, ALL)

    return {place: units(place) for place in places}
