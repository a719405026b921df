"""The words of a meeting: what an item is for, and how far the meeting is."""

from enum import StrEnum

SINCE_LAST = "siden-sidst"
"""The page of an item that shows the decisions nobody has followed up yet."""


class ItemKind(StrEnum):
    """What a meeting is to do with an item."""

    INFORMATION = "Orientering"
    DISCUSSION = "Drøftelse"
    DECISION = "Beslutning"


class MeetingStatus(StrEnum):
    """How far a meeting is; a closed one is changed only after it has been opened again."""

    PLANNED = "Planlagt"
    UNDER_WAY = "I gang"
    CLOSED = "Afsluttet"
