"""Which units a place counts in: itself, the groups it belongs to, and everything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.selection import ALL, COMPARED_WITH_EVERYONE_ELSE, EVERYONE_ELSE

PRIVATE_SITES = "privat:alle"
PRIVATE_KIND = "privat"
UNKNOWN_MUNICIPALITY = "ukendt"
MUNICIPALITY_KIND = "kommune"
HOSPITAL_KIND = "hospital"
REGION_KIND = "region"

KINDS = {
    MUNICIPALITY_KIND: "Kommune",
    HOSPITAL_KIND: "Hospital",
    "klynge": "Sundhedsklynge",
    "raad": "Sundhedsråd",
    REGION_KIND: "Region",
    "kkr": "KKR",
    "gruppe": "Egen gruppe",
    PRIVATE_KIND: "Private og selvejende",
    ALL: "Alle",
    EVERYONE_ELSE: COMPARED_WITH_EVERYONE_ELSE.name,
}
"""What a reader calls the kinds of unit, in the order in which they are offered."""

SEPARATE_KINDS = frozenset({MUNICIPALITY_KIND, HOSPITAL_KIND})
"""No answer is of two of these, so they can be added up. All other units overlap with them: private
sites too, where a round counts them in their municipality."""


def private_place(municipality: str) -> str:
    """The place of private sites in a municipality; also of those where it is unknown ("")."""
    return f"{PRIVATE_KIND}:{municipality or UNKNOWN_MUNICIPALITY}"


def kind_key(unit_key: str) -> str:
    """The kind of a unit: kommune:0265 -> kommune."""
    return unit_key.partition(":")[0]


def kind_of(unit_key: str) -> str:
    """The kind of a unit in words: kommune:0265 -> Kommune."""
    return KINDS[kind_key(unit_key)]


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


def units_of_places(
    places: Iterable[str],
    memberships: Sequence[DatedMembership],
    day: date,
    private_in_municipality: bool = False,
) -> Mapping[str, tuple[str, ...]]:
    """The units of each place, e.g. kommune:0265 -> itself, its cluster, region ... and "alle".

    A private site is a kind of its own; it counts in its municipality only by that setting.
    """
    groups: dict[str, list[str]] = {}
    for membership in memberships:
        if membership.counts_on(day):
            groups.setdefault(membership.member, []).append(membership.group)

    def units(place: str) -> tuple[str, ...]:
        kind, _, code = place.partition(":")
        if kind != PRIVATE_KIND:
            return (place, *dict.fromkeys(groups.get(place, ())), ALL)
        is_within = private_in_municipality and code != UNKNOWN_MUNICIPALITY
        around = units(f"{MUNICIPALITY_KIND}:{code}")[:-1] if is_within else ()
        return (PRIVATE_SITES, *around, ALL)

    return {place: units(place) for place in places}
