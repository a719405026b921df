"""The kinds of unit that there are figures of: one row a kind, and everything that lists kinds reads it.

A kind of group that is new, e.g. «Sygehusfællesskab», is a row here, and its groups are lines of
`own_groups.csv` with the kind's key.
"""

from dataclasses import dataclass

from indicators.partnership.agreement import PartyKind
from indicators.selection import ALL, EVERYONE_ELSE


@dataclass(frozen=True)
class UnitKind:
    """What a kind is called, and what its units are used for."""

    key: str
    """The first part of the units' keys: `kommune` of kommune:0265."""
    singular: str
    plural: str = ""
    definite_plural: str = ""
    """Within a sentence: «kommunerne»."""
    definite: str = ""
    """Of a group, within a sentence: «klyngen»."""
    is_compared: bool = False
    """Whether its units are ranked, and the response can be seen by them."""
    is_division: bool = False
    """Whether Overblik shows a place beside its group of this kind."""
    is_separate: bool = False
    """Whether no answer is of two units of such kinds, so that they can be added up. All other units overlap
    with them: private sites too, where a round counts them in their municipality."""
    party: PartyKind | None = None
    """What its units are as parties; None where they can be none."""

    def unit_key(self, code: str) -> str:
        """The key of a unit: 0265 -> kommune:0265."""
        return f"{self.key}:{code}"


MUNICIPALITY = UnitKind(
    "kommune",
    "Kommune",
    "Kommuner",
    "kommunerne",
    is_compared=True,
    is_separate=True,
    party=PartyKind.MUNICIPALITY,
)
HOSPITAL = UnitKind(
    "hospital",
    "Hospital",
    "Hospitaler",
    "hospitalerne",
    is_compared=True,
    is_separate=True,
    party=PartyKind.HOSPITAL,
)
CLUSTER = UnitKind(  # until 2026; the councils from 2027
    "klynge",
    "Sundhedsklynge",
    "Sundhedsklynger",
    "sundhedsklyngerne",
    "klyngen",
    is_compared=True,
    is_division=True,
    party=PartyKind.ORGANISATION,
)
COUNCIL = UnitKind(
    "raad",
    "Sundhedsråd",
    "Sundhedsråd",
    "sundhedsrådene",
    "rådet",
    is_compared=True,
    is_division=True,
    party=PartyKind.ORGANISATION,
)
REGION = UnitKind("region", "Region", definite="regionen", party=PartyKind.REGION)
KKR = UnitKind("kkr", "KKR", definite="KKR", party=PartyKind.ORGANISATION)
OWN_GROUP = UnitKind("gruppe", "Egen gruppe", definite="gruppen", party=PartyKind.GROUP)
PRIVATE = UnitKind("privat", "Private og selvejende")

UNIT_KINDS = {
    kind.key: kind
    for kind in (
        *(MUNICIPALITY, HOSPITAL, CLUSTER, COUNCIL, REGION, KKR, OWN_GROUP, PRIVATE),
        UnitKind(ALL, "Alle"),
        UnitKind(EVERYONE_ELSE, "Alle andre"),
    )
}
"""By key, in the order in which a reader is offered them."""
