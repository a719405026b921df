"""What may be published of a group: the one place that decides."""

from enum import StrEnum

LEAST_PERSONS = 3
"""No release may ask for fewer persons than this."""

PERSONS_FOR_DETAIL = 10
"""From here on the distribution is shown; below it only the share (statistics: the category guard)."""

PROFILES = {"styregruppe": 5, "offentlig": 10}
"""Least number of persons behind a published figure, by who is to see the release."""


class Detail(StrEnum):
    """How much of a group's answers is published."""

    HIDDEN = "skjult"
    SHARE = "andel"
    FULL = "fordeling"


def published_detail(persons: int, least_persons: int) -> Detail:
    """What is published of a group in which that many distinct persons answered.

    Raises ValueError when the least number of persons is set below three.
    """
    if least_persons < LEAST_PERSONS:
        raise ValueError(f"least_persons must be at least {LEAST_PERSONS}, not {least_persons}")
    if persons < least_persons:
        return Detail.HIDDEN
    return Detail.FULL if persons >= PERSONS_FOR_DETAIL else Detail.SHARE
