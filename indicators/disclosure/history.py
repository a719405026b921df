"""What earlier releases still show of a round: stands in for the real thing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.publication import ANSWERED, Publication, RoundContents
from indicators.questionnaire import Questionnaire

UnitsOf = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Earlier:
    """A published round that can still be read, and what it was decided on."""

    contents: RoundContents
    units_of: UnitsOf
    shown: Publication
    least_persons: int
    profile: str


def union_risk(
    contents: RoundContents,
    units_of: UnitsOf,
    publication: Publication,
    questionnaire: Questionnaire,
    earlier: Sequence[Earlier],
    least_persons: int,
) -> int:
    """How many units differ by too few answers between what is shown now and earlier."""
    del questionnaire
    now = _answers(contents, units_of)
    shown = {
        cell.unit for cell, one in zip(publication.cells, publication.responses, strict=True) if one.answers
    }
    found = 0
    for one in earlier:
        before = _answers(one.contents, one.units_of)
        there = {c.unit for c, r in zip(one.shown.cells, one.shown.responses, strict=True) if r.answers}
        found += sum(0 < abs(now[unit] - before[unit]) < least_persons for unit in shown & there)
    return found


def _answers(contents: RoundContents, units_of: UnitsOf) -> Counter:
    found: Counter = Counter()
    response = contents.response
    for group, option, count in zip(response.group, response.option, response.count, strict=True):
        if option == ANSWERED:
            for unit in units_of[contents.groups[group].place]:
                found[unit] += int(count)
    return found
