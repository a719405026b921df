"""A year held up against the one before, never across a series break."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.judgement import Counts, YearChange, change, compare
from indicators.questionnaire import Questionnaire


@dataclass(frozen=True)
class YearPair:
    """One share in two rounds; those of one `family` are judged together."""

    family: Hashable
    favourable: float
    n: int
    earlier_favourable: float
    earlier_n: int
    detailed: bool


def changes(pairs: Sequence[YearPair], earlier_year: int) -> Iterator[YearChange]:
    """What may be said of each pair: the same test as for places, and Newcombe's interval."""
    if not pairs:
        return
    numbers: dict[Hashable, int] = {}
    family = np.array([numbers.setdefault(pair.family, len(numbers)) for pair in pairs])
    now = Counts(*(np.array([getattr(pair, name) for pair in pairs], float) for name in ("favourable", "n")))
    before = Counts(
        *(np.array([getattr(pair, f"earlier_{name}") for pair in pairs], float) for name in now._fields)
    )
    tested = compare(now, before, family, np.array([pair.detailed for pair in pairs]))
    for at, direction in enumerate(tested.direction):
        limits = (tested.difference[at], tested.interval.low[at], tested.interval.high[at])
        yield YearChange(earlier_year, change(direction), *(round(float(limit), 6) for limit in limits))


def comparable_questions(now: Questionnaire, before: Questionnaire, years: tuple[int, int]) -> set[str]:
    """Questions asked in both rounds and counted the same way, with no series break between them."""
    earlier = {question.id: question for question in before.questions}
    return {
        question.id
        for question in now.questions
        if question.id in earlier and not now.breaks_between(*years, {question.id})
        if now.scale_of(question).counts_like(before.scale_of(earlier[question.id]))
    }


def comparable_themes(now: Questionnaire, before: Questionnaire, years: tuple[int, int]) -> set[str]:
    """Themes whose common questions are the same in both rounds and all comparable."""
    questions = comparable_questions(now, before, years)
    return {
        theme.id
        for theme in now.themes
        if (asked := now.common_in(theme.id)) and asked == before.common_in(theme.id) and asked <= questions
    }
