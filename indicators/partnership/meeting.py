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


def minutes_between(starts_at: str, ends_at: str) -> int | None:
    """How long a meeting lasts; None where nobody has said."""
    if not (starts_at and ends_at):
        return None
    lasts = _minutes(ends_at) - _minutes(starts_at)
    return lasts if lasts > 0 else None


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(".")
    return int(hours) * 60 + int(minutes)
