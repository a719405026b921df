"""The initiatives as a board: one line each, what a reader may choose among, the order and the counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indicators.danish import alphabetical, listed, number
from indicators.partnership.criterion import Direction
from indicators.partnership.initiative import (
    TELLING,
    Assessment,
    Freshness,
    InitiativeStatus,
    Milestone,
    Participation,
)
from indicators.selection import Option, parts_of

COUNTED_AS = {
    InitiativeStatus.LATE: ("forsinket", "forsinkede"),
    InitiativeStatus.UNDER_WAY: ("i gang", "i gang"),
    InitiativeStatus.PLANNED: ("planlagt", "planlagte"),
    InitiativeStatus.PAUSED: ("sat i bero", "sat i bero"),
    InitiativeStatus.DONE: ("afsluttet", "afsluttede"),
    InitiativeStatus.DROPPED: ("opgivet", "opgivne"),
    InitiativeStatus.REPLACED: ("afløst", "afløste"),
}
"""One and several, in the order in which they are said."""

MOST_WAYS = 3
"""Of what an initiative reaches a unit by way of: as many are named."""


@dataclass(frozen=True)
class Ref:
    """Something else in the store, with the name a reader knows it by."""

    id: int
    name: str


@dataclass(frozen=True)
class Participant:
    """A party and what it does in the initiative."""

    party: Ref
    part: Participation


@dataclass(frozen=True)
class LinkedQuestion:
    """A question that the initiative is meant to move, and the group whose answers are meant."""

    survey: str
    question: str
    direction: Direction
    unit: str
    education: str
    institution: str
    view: str = ""
    """The query string of the view it was found on, to go back to exactly that."""


@dataclass(frozen=True)
class Initiative:
    """One line of the board."""

    id: int
    version: int
    partnership: Ref
    title: str
    goal: str
    responsible: Ref | None
    responsible_role: str
    participants: tuple[Participant, ...]
    focus_areas: tuple[Ref, ...]
    educations: tuple[Option, ...]
    units: tuple[Option, ...]
    starts: date | None
    ends: date | None
    is_continuous: bool
    milestones: tuple[Milestone, ...]
    questions: tuple[LinkedQuestion, ...]
    assessment: Assessment
    freshness: Freshness
    last_update: str
    reached_parties: frozenset[int]
    """The responsible and the participants, and the members of those that are groups."""
    reached_units: Mapping[str, tuple[str, ...]] = field(hash=False)
    """Each unit that it is about, by key, with the units and parties that it is so by way of, if not itself.

    Those named, the parties, the members of either, and every group that one of these is in.
    """

    @property
    def status(self) -> InitiativeStatus:
        return self.assessment.status

    @property
    def telling_parties(self) -> frozenset[int]:
        """Those that may say how it goes: whoever answers for it or takes part."""
        told = {one.party.id for one in self.participants if one.part in TELLING}
        return frozenset(told | ({self.responsible.id} if self.responsible else set()))

    def way_to(self, unit: Option | None) -> str:
        """E.g. "via Helsingør Kommune"; nothing where it is about the unit itself, or none is meant."""
        ways = min(self._ways(unit), key=len, default=()) if unit else ()
        more = [f"{len(ways) - MOST_WAYS} mere"] if len(ways) > MOST_WAYS else []
        return f"via {listed([*ways[:MOST_WAYS], *more])}" if ways else ""

    def is_about(self, unit: Option) -> bool:
        """Whether it reaches the unit, or one of those that a reader adds up."""
        return bool(self._ways(unit))

    def _ways(self, unit: Option) -> list[tuple[str, ...]]:
        return [self.reached_units[one] for one in parts_of(unit.key) if one in self.reached_units]

    @property
    def next_deadline(self) -> date | None:
        """The first day that something not yet done is due; none for what nobody works on any more."""
        if not self.status.is_open:
            return None
        return min(
            (milestone.due for milestone in self.milestones if milestone.done_on is None), default=self.ends
        )


@dataclass(frozen=True)
class Choice:
    """What the reader wants to see; empty means all of it. It filters, and says itself in words."""

    partnership: Ref | None = None
    focus_area: Ref | None = None
    responsible: Ref | None = None
    party: Ref | None = None
    education: Option | None = None
    unit: Option | None = None
    statuses: tuple[InitiativeStatus, ...] = ()
    not_updated_for: int | None = None

    def matches(self, initiative: Initiative) -> bool:
        wanted = (
            (self.partnership, {initiative.partnership.id}),
            (self.focus_area, {area.id for area in initiative.focus_areas}),
            (self.responsible, {initiative.responsible.id} if initiative.responsible else set()),
            (self.party, initiative.reached_parties),
        )
        if any(ref is not None and ref.id not in found for ref, found in wanted):
            return False
        return self._matches_keys(initiative) and self._matches_state(initiative)

    def _matches_keys(self, initiative: Initiative) -> bool:
        educations = {education.key for education in initiative.educations}
        # An initiative that names no education is for all of them.
        fits = self.education is None or not educations or self.education.key in educations
        return fits and (self.unit is None or initiative.is_about(self.unit))

    def _matches_state(self, initiative: Initiative) -> bool:
        if self.statuses and initiative.status not in self.statuses:
            return False
        if self.not_updated_for is None:
            return True
        age = initiative.freshness
        return age.is_expected and age.is_older_than(self.not_updated_for)

    def describe(self) -> str:
        """One sentence for caption and file cover."""
        named = [self.partnership, self.focus_area, self.education, self.unit]
        parts = [one.name for one in named if one]
        parts += [f"ansvarlig: {self.responsible.name}"] if self.responsible else []
        parts += [f"part: {self.party.name}"] if self.party else []
        parts += [f"status: {', '.join(self.statuses).lower()}"] if self.statuses else []
        parts += [f"ikke opdateret i {self.not_updated_for} dage"] if self.not_updated_for is not None else []
        return " · ".join(parts) or "Alle indsatser"


EVERY_INITIATIVE = Choice()


def in_order(initiatives: Iterable[Initiative]) -> tuple[Initiative, ...]:
    """Open ones first, the overdue foremost; then by the next deadline and the title."""
    statuses = list(InitiativeStatus)
    return tuple(
        sorted(
            initiatives,
            key=lambda one: (
                statuses.index(one.status),
                one.next_deadline or date.max,
                alphabetical(one.title),
            ),
        )
    )


def counted(initiatives: Iterable[Initiative]) -> str:
    """E.g. "11 indsatser · 2 forsinkede · 6 i gang · 3 afsluttede"."""
    statuses = [initiative.status for initiative in initiatives]
    if not statuses:
        return "Ingen indsatser"
    words = [f"{number(len(statuses))} {'indsats' if len(statuses) == 1 else 'indsatser'}"]
    for status, (one, several) in COUNTED_AS.items():
        if count := statuses.count(status):
            words.append(f"{number(count)} {one if count == 1 else several}")
    return " · ".join(words)


@dataclass(frozen=True)
class Offered:
    """What there is to choose among, so that no choice finds nothing."""

    partnerships: tuple[Ref, ...]
    focus_areas: tuple[Ref, ...]
    responsibles: tuple[Ref, ...]
    parties: tuple[Ref, ...]


def offered(initiatives: Sequence[Initiative]) -> Offered:
    """The choices that these initiatives give, by name."""
    responsibles = [initiative.responsible for initiative in initiatives if initiative.responsible]
    taking_part = [participant.party for initiative in initiatives for participant in initiative.participants]
    return Offered(
        partnerships=_by_name(initiative.partnership for initiative in initiatives),
        focus_areas=_by_name(area for initiative in initiatives for area in initiative.focus_areas),
        responsibles=_by_name(responsibles),
        parties=_by_name([*responsibles, *taking_part]),
    )


def _by_name(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(sorted(set(refs), key=lambda ref: alphabetical(ref.name)))
