"""How many persons it takes, and how much is then said."""

from enum import StrEnum

LEAST_PERSONS = 3
"""No release may ask for fewer persons than this."""

PERSONS_FOR_DETAIL = 10
"""No release shows a distribution of fewer persons than this; below it only the share."""

FOR_THE_STEERING_GROUP, PUBLIC = "styregruppe", "offentlig"
PROFILES = {FOR_THE_STEERING_GROUP: 5, PUBLIC: 10}
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
    return Detail.FULL if persons >= persons_for_detail(least_persons) else Detail.SHARE


def persons_for_detail(least_persons: int) -> int:
    """From how many persons on the distribution is published: ten for the steering group, twenty openly."""
    return max(PERSONS_FOR_DETAIL, 2 * least_persons)
