"""Who may do what: roles and where they hold, and the one rule that every read and every write asks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cached_property
from textwrap import shorten


class Role(StrEnum):
    """What somebody is in the partnership, the weakest first; the values are the words a reader sees."""

    RESULTS_READER = "Læser af resultater"
    READER = "Læser"
    PARTY_EDITOR = "Redaktør for en part"
    STEERING_GROUP = "Styregruppe"
    SECRETARIAT = "Sekretariat"
    ADMINISTRATOR = "Administrator"


class Right(StrEnum):
    """One thing that can be done; what it is done to is said where it is asked for."""

    READ_RESULTS = auto()
    """The published figures: Overblik, Resultater, Min enhed, Datagrundlag, and their files."""
    READ_PARTNERSHIPS = auto()
    """What a partnership has agreed, does and decides: Indsatser and Møde, and their files."""
    KEEP_INITIATIVES = auto()
    """Initiatives with milestones, status updates and effects; and that a decision is followed up."""
    START_INITIATIVES = auto()
    HOLD_MEETINGS = auto()
    """Meetings with agenda, points of information and decisions."""
    KEEP_AGREEMENTS = auto()
    """Partnerships with all that is neither done nor decided at a meeting."""
    KEEP_PARTIES = auto()
    PUBLISH = auto()
    """Import, publication and groups."""
    LEND_READING = auto()
    """Reading links for those who have no account."""
    READ_LOG = auto()
    INVITE = auto()
    """Give roles and end them."""


_READS = frozenset({Right.READ_RESULTS, Right.READ_PARTNERSHIPS})
_KEEPS = frozenset({Right.KEEP_INITIATIVES, Right.START_INITIATIVES})
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.RESULTS_READER: frozenset({Right.READ_RESULTS}),
    Role.READER: _READS,
    Role.PARTY_EDITOR: _READS | _KEEPS,
    Role.STEERING_GROUP: _READS | {Right.HOLD_MEETINGS, Right.START_INITIATIVES},
    Role.SECRETARIAT: frozenset(Right),
    Role.ADMINISTRATOR: frozenset({Right.READ_RESULTS, Right.READ_LOG, Right.INVITE}),
}
WRITING = (Right.KEEP_INITIATIVES, Right.HOLD_MEETINGS, Right.KEEP_AGREEMENTS, Right.KEEP_PARTIES)
OF_AN_ORGANISATION = frozenset({Role.PARTY_EDITOR})
"""Roles that hold for what their organisation answers for, and nothing else."""
OF_A_PARTNERSHIP = frozenset(Role) - {Role.RESULTS_READER, Role.ADMINISTRATOR}
"""Roles that may hold in one partnership alone."""

SIGNS_AS = {
    Role.RESULTS_READER: "En læser af resultater",
    Role.READER: "En læser",
    Role.STEERING_GROUP: "Styregruppen",
    Role.SECRETARIAT: "Sekretariatet",
    Role.ADMINISTRATOR: "Administrator",
}
"""What stands in the log and at what was written; an editor signs as the organisation alone."""
LONGEST_SIGNATURE = 80
SIGNING = (
    *(Role.SECRETARIAT, Role.STEERING_GROUP, Role.PARTY_EDITOR),
    *(Role.ADMINISTRATOR, Role.READER, Role.RESULTS_READER),
)
"""Of several roles somebody signs as the first of these."""


@dataclass(frozen=True)
class Grant:
    """A role in one partnership or in all, as an organisation or as none; both by their numbers."""

    role: Role
    partnership: int | None = None
    party: int | None = None

    def covers(self, right: Right, partnership: int | None, parties: Collection[int]) -> bool:
        """Whether it gives the right there; no partnership: in any."""
        is_there = partnership is None or self.partnership in (None, partnership)
        is_theirs = self.role not in OF_AN_ORGANISATION or self.party in parties
        return right in RIGHTS[self.role] and is_there and is_theirs


@dataclass(frozen=True)
class Principal:
    """Whoever reads or writes: what has been granted, and the name it signs with.

    An account signs with its own name alone; without one, on this machine, the role is typed.
    """

    grants: tuple[Grant, ...]
    name: str = ""
    account_id: int | None = None

    def may(
        self, right: Right, partnership: int | None = None, parties: Collection[int] | None = None
    ) -> bool:
        """Whether the right is held in that partnership (None: in any) for what these parties answer for.

        Without `parties` it is asked whether it is held for anybody's.
        """
        return any(
            grant.covers(right, partnership, (grant.party,) if parties is None else parties)
            for grant in self.grants
        )

    def may_everywhere(self, right: Right) -> bool:
        """Whether the right is held in every partnership, those to come included."""
        return any(grant.partnership is None and right in RIGHTS[grant.role] for grant in self.grants)

    @property
    def writes_everywhere(self) -> bool:
        """Whether nothing that people write is closed to it."""
        return all(self.may_everywhere(right) for right in WRITING)

    @cached_property
    def partnerships(self) -> frozenset[int] | None:
        """Those it may read; None: all of them, those to come included."""
        if self.may_everywhere(Right.READ_PARTNERSHIPS):
            return None
        readable = (grant for grant in self.grants if Right.READ_PARTNERSHIPS in RIGHTS[grant.role])
        return frozenset(grant.partnership for grant in readable)

    @cached_property
    def reads(self) -> str:
        """What it may read, in short: two that may read the same may be shown the same copy."""
        rights = [right for right in (Right.READ_RESULTS, Right.READ_LOG, Right.INVITE) if self.may(right)]
        where = "all" if self.partnerships is None else sorted(self.partnerships)
        return f"{rights} {where}"

    def may_give(self, grant: Grant) -> bool:
        """Whether it may invite somebody to that: an administrator to all, others where they may invite."""
        if any(held.role is Role.ADMINISTRATOR for held in self.grants):
            return True
        if grant.role not in OF_A_PARTNERSHIP:
            return False
        if grant.partnership is None:
            return self.may_everywhere(Right.INVITE)
        return self.may(Right.INVITE, grant.partnership)


def signature(grants: Iterable[Grant], organisations: dict[int, str]) -> str:
    """What somebody with these grants signs as: the role that writes most, and its organisation."""
    writes_most = min(grants, key=lambda grant: SIGNING.index(grant.role), default=None)
    if writes_most is None:
        return ""
    organisation = organisations.get(writes_most.party, "")
    signed = ", ".join(filter(None, (SIGNS_AS.get(writes_most.role, ""), organisation)))
    return shorten(signed, LONGEST_SIGNATURE, placeholder=" …")


EVERYTHING = tuple(Grant(role) for role in (Role.SECRETARIAT, Role.ADMINISTRATOR))
OPERATOR = Principal(EVERYTHING, "Kommandolinjen")
"""The command line: whoever may run it may read the files of the stores as well."""
READER, RESULTS_READER = (
    Principal((Grant(role),), SIGNS_AS[role]) for role in (Role.READER, Role.RESULTS_READER)
)
