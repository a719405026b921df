"""The share to expect of a unit with its own mix of educations (direct standardisation)."""

from collections.abc import Sequence
from typing import NamedTuple

from indicators.figure import Figure
from indicators.verdicts import LEAST_ANSWERS


class Stratum(NamedTuple):
    """One education: the unit's own answers, and how everyone else answered."""

    own: int
    others_favourable: int
    others: int


class Expected(NamedTuple):
    """The expected share, and the answers of a plain sample that would know it as well."""

    share: float
    worth: float


def expected(own: Figure, others: Figure, by_education: Sequence[tuple[Figure, Figure]]) -> Expected | None:
    """Sum over educations of the unit's own share of answers times everyone else's share.

    `by_education` pairs the unit's figure with everyone else's. Educations that are not published, or
    that fewer than ten others answered in, count together as one; None where they are too few for that.
    """
    if own.share is None or others.share is None:
        return None
    parts = [
        Stratum(figure.n, rest.favourable, rest.n)
        for figure, rest in by_education
        if figure.share is not None and rest.share is not None and rest.n >= LEAST_ANSWERS
    ]
    left = Stratum(
        own.n - sum(part.own for part in parts),
        others.favourable - sum(part.others_favourable for part in parts),
        others.n - sum(part.others for part in parts),
    )
    if left.own:
        parts.append(left)
    return None if any(part.others < LEAST_ANSWERS for part in parts) else _standardised(parts)


def _standardised(parts: Sequence[Stratum]) -> Expected:
    answers = sum(part.own for part in parts)
    share = variance = 0.0
    for part in parts:
        weight, theirs = part.own / answers, part.others_favourable / part.others
        share += weight * theirs
        variance += weight**2 * theirs * (1 - theirs) / part.others
    largest = sum(part.others for part in parts)
    return Expected(share, min(share * (1 - share) / variance, largest) if variance else largest)


def together(of_questions: Sequence[Expected | None]) -> Expected | None:
    """A theme's expected share: the mean of its questions'; None when one of them has none."""
    if not of_questions or None in of_questions:
        return None
    shares = [one.share for one in of_questions]
    return Expected(sum(shares) / len(shares), min(one.worth for one in of_questions))
