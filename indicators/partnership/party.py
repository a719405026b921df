"""The parties of a partnership: organisations, never persons."""

from enum import StrEnum


class PartyKind(StrEnum):
    """What kind of organisation a party is; the values are the words the reader sees."""

    MUNICIPALITY = "Kommune"
    REGION = "Region"
    HOSPITAL = "Hospital"
    INSTITUTION = "Uddannelsesinstitution"
    ORGANISATION = "Organisation"
    GROUP = "Gruppe af parter"


class BodyKind(StrEnum):
    """What kind of body the parties meet in."""

    STEERING_GROUP = "Styregruppe"
    SECRETARIAT = "Sekretariat"
    NETWORK = "Netværk"
    FORUM = "Forum"
