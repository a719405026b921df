"""What may be published of a group: the one place that decides."""

from indicators.disclosure.audit import Audit, audit, following
from indicators.disclosure.choice import choose
from indicators.disclosure.rules import (
    LEAST_PERSONS,
    PERSONS_FOR_DETAIL,
    PROFILES,
    Detail,
    persons_for_detail,
    published_detail,
)
from indicators.disclosure.system import Persons, System, SystemRows

__all__ = [
    "LEAST_PERSONS",
    "PERSONS_FOR_DETAIL",
    "PROFILES",
    "Audit",
    "Detail",
    "Persons",
    "System",
    "SystemRows",
    "audit",
    "choose",
    "following",
    "persons_for_detail",
    "published_detail",
]
