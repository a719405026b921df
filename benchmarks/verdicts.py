"""How often a verdict is false when all units are equal, and how often it is missed when one is not.

Run by itself: python -m benchmarks.verdicts
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from benchmarks.verdict_rules import (
    RULES,
    Directions,
    Drawn,
    beside_everyone_else,
    draw,
    false_discovery_rate_alone,
    ours,
    said,
)
from indicators.intervals import wilson
from indicators.judgement import LEAST_ANSWERS, Counts

SIZES = np.geomspace(5, 200, 30).round().astype(int)
"""Answers of the thirty units, from five to two hundred."""

COMMON = 0.80
"""The share that all units have, unless one is said to be different."""

SHARES, MIDDLING = (0.50, 0.65, 0.80, 0.90, 0.95), np.geomspace(100, 300, 30).round().astype(int)
"""Other shares that all units may have, and other sizes."""

QUESTIONS = 40
"""A questionnaire: false verdicts are counted for so many questions."""

LOWER, PLACES_OF_LOWER = 0.65, (9, 14, 19, 24)
"""The share of a unit that is to be found, and which of the units it is: 16, 30, 56 and 106 answers."""

HIGHER, PLACES_OF_HIGHER = 0.95, (10, 15, 20, 25)
"""Where eight units differ, the four next to those are as far above."""

LARGE, SPREAD_OF_LARGE = 1500, 0.02
"""Answers of large units, and how far their true shares are spread."""

CORRELATIONS, IN_THEME, UNANSWERED = (0.0, 0.5, 1.0), 3, 0.05
AT_A_TIME = 100
"""Themes drawn at a time, person by person."""


@dataclass(frozen=True)
class Measured:
    """A mean over independent repetitions with its standard error."""

    value: float
    error: float

    def say(self, decimals: int, times: float = 1) -> str:
        return f"{self.value * times:.{decimals}f} ± {self.error * times:.{decimals}f}"


def measured(repetitions: Sequence[float] | NDArray) -> Measured:
    """One number from each repetition."""
    numbers = np.asarray(repetitions, float)
    return Measured(numbers.mean(), numbers.std(ddof=1) / np.sqrt(len(numbers)))


def false_verdicts(chance: np.random.Generator, questions: int) -> dict[str, Measured]:
    """Verdicts a question by rule, when all units are equal and every verdict is false."""
    drawn = draw(chance, questions, SIZES, COMMON)
    return {name: measured(said(rule(drawn)).sum(axis=1)) for name, rule in RULES.items()}


def found_alone(chance: np.random.Generator, questions: int) -> dict[str, list[Measured]]:
    """How often each rule calls a lower unit lower when all the others are equal, by the unit's size."""
    by_size = [differing(chance, questions, (place,), ()) for place in PLACES_OF_LOWER]
    return {
        name: [called_lower(one[name], place) for one, place in zip(by_size, PLACES_OF_LOWER, strict=True)]
        for name in RULES
    }


def found_among_eight(chance: np.random.Generator, questions: int) -> dict[str, list[Measured]]:
    """The same when four are lower and four higher; last, the part of all that is called that is false."""
    found = differing(chance, questions, PLACES_OF_LOWER, PLACES_OF_HIGHER)
    differ = [*PLACES_OF_LOWER, *PLACES_OF_HIGHER]
    return {
        name: [*(called_lower(one, place) for place in PLACES_OF_LOWER), false_part(one, differ)]
        for name, one in found.items()
    }


def differing(
    chance: np.random.Generator, questions: int, lower: Sequence[int], higher: Sequence[int]
) -> dict[str, Directions]:
    """What each rule says when some units are lower and some higher than the others."""
    share = np.full(len(SIZES), COMMON)
    share[list(lower)], share[list(higher)] = LOWER, HIGHER
    drawn = draw(chance, questions, SIZES, share)
    return {name: rule(drawn) for name, rule in RULES.items()}


def called_lower(directions: Directions, place: int) -> Measured:
    """How often the unit is called lower."""
    return measured(directions[:, place] == -1)


def false_part(directions: Directions, differ: Sequence[int]) -> Measured:
    """The part of a question's verdicts that are of units like all others; none where nothing is said."""
    called = said(directions)
    false = called.sum(axis=1) - called[:, list(differ)].sum(axis=1)
    return measured(false / np.maximum(called.sum(axis=1), 1))


def false_elsewhere(chance: np.random.Generator, questions: int) -> dict[str, Measured]:
    """Our false verdicts a question when all units are equal, at other shares and sizes."""
    cases = {f"{share:.0%} agree": (SIZES, share) for share in SHARES}
    cases[f"{COMMON:.0%} agree, {MIDDLING.min()} to {MIDDLING.max()} answers"] = MIDDLING, COMMON
    return {
        name: measured(said(ours(draw(chance, questions, *case))).sum(axis=1)) for name, case in cases.items()
    }


def called_of_large(chance: np.random.Generator, questions: int) -> dict[str, Measured]:
    """Part of thirty large units that are called, when their true shares hardly differ."""
    share = chance.normal(COMMON, SPREAD_OF_LARGE, (questions, len(SIZES)))
    drawn = draw(chance, questions, np.full(len(SIZES), LARGE), share)
    rules = {"false discovery rate alone": false_discovery_rate_alone, "**ours**": ours}
    return {name: measured(said(rule(drawn)).mean(axis=1)) for name, rule in rules.items()}


def theme_scores(chance: np.random.Generator, themes: int, correlation: float) -> tuple[Measured, Measured]:
    """False verdicts a theme and coverage of the interval, judged as one question with the least answers."""
    false, coverage = [], []
    for drawn in _themes(chance, themes, correlation):
        low, high = wilson(*drawn.ours)
        false.append(said(ours(drawn)).sum(axis=1))
        coverage.append(((low <= COMMON) & (high >= COMMON)).mean(axis=1))
    return measured(np.concatenate(false)), measured(np.concatenate(coverage))


def _themes(chance: np.random.Generator, themes: int, correlation: float) -> Iterator[Drawn]:
    for done in range(0, themes, AT_A_TIME):
        favourable, n = _theme_answers(chance, min(AT_A_TIME, themes - done), correlation)
        questions = beside_everyone_else(favourable, n)
        yield Drawn(_as_one_question(questions.ours), _as_one_question(questions.others))


def _theme_answers(
    chance: np.random.Generator, themes: int, correlation: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Favourable and all answers, themes x units x questions; some skip a question.

    Everybody has a mood. An answer is the mood with the chance that gives two answers of the same person
    the wanted correlation, else it is drawn by itself.
    """
    shape = themes, SIZES.sum(), IN_THEME
    mood = chance.random((*shape[:2], 1)) < COMMON
    follows = chance.random(shape) < np.sqrt(correlation)
    agrees = np.where(follows, mood, chance.random(shape) < COMMON)
    given = chance.random(shape) >= UNANSWERED
    first = np.cumsum(SIZES) - SIZES
    favourable, n = (np.add.reduceat(one, first, axis=1, dtype=np.int64) for one in (agrees & given, given))
    return favourable, np.maximum(n, 1)


def _as_one_question(questions: Counts) -> Counts:
    """The mean of the shares, with as many answers as the least answered question."""
    fewest = questions.n.min(axis=2)
    return Counts((questions.favourable / questions.n).mean(axis=2) * fewest, fewest)


def rules_table(chance: np.random.Generator, questions: int) -> str:
    """False verdicts when all are equal, and how often the only unit that differs is found."""
    false, found = false_verdicts(chance, questions), found_alone(chance, questions // 4)
    rows = [
        (name, false[name].say(2, QUESTIONS), *(one.say(1, 100) for one in found[name])) for name in RULES
    ]
    return markdown(
        (f"Rule; one unit of {LOWER:.0%}", f"false per {QUESTIONS} questions", *_found_headings()), rows
    )


def eight_table(chance: np.random.Generator, questions: int) -> str:
    """How often a unit is found when eight differ, and how much of what is called is false."""
    rows = [
        (name, *(one.say(1, 100) for one in found), false.say(1, 100))
        for name, (*found, false) in found_among_eight(chance, questions // 4).items()
    ]
    return markdown(("Rule; eight units differ", *_found_headings(), "of those called, false, %"), rows)


def _found_headings() -> list[str]:
    return [f"found, n = {SIZES[place]}, %" for place in PLACES_OF_LOWER]


def elsewhere_table(chance: np.random.Generator, questions: int) -> str:
    """Whether our rule keeps its promise at other shares and sizes."""
    found = false_elsewhere(chance, questions // 4)
    rows = [(name, false.say(2, QUESTIONS)) for name, false in found.items()]
    return markdown(("All units equal, **ours**", f"false per {QUESTIONS} questions"), rows)


def large_table(chance: np.random.Generator, questions: int) -> str:
    """What the demand of five points does to large units."""
    called = called_of_large(chance, questions // 10)
    return markdown(
        (f"Rule; {len(SIZES)} units of {LARGE:,}", "units called, %"),
        [(name, one.say(1, 100)) for name, one in called.items()],
    )


def themes_table(chance: np.random.Generator, questions: int) -> str:
    """Theme scores by how much the answers of one person go together."""
    rows = []
    for correlation in CORRELATIONS:
        false, coverage = theme_scores(chance, questions // 10, correlation)
        rows.append((f"{correlation:g}", false.say(2, QUESTIONS), coverage.say(1, 100)))
    return markdown(("Correlation in a theme", f"false per {QUESTIONS} themes", "coverage, %"), rows)


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with its first column to the left."""
    dividers = ["---", *["---:"] * (len(headings) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, dividers, *rows))


def main(
    questions: Annotated[int, typer.Option(help="Questions of which all units are equal.")] = 40_000,
    seed: Annotated[int, typer.Option(help="Start of the random numbers.")] = 1,
) -> None:
    """Simulates thirty units and counts false and missed verdicts, rule by rule."""
    chance = np.random.default_rng(seed)
    for table in (rules_table, elsewhere_table, eight_table, large_table, themes_table):
        typer.echo(f"{table(chance, questions)}\n")
    typer.echo(conditions(questions, seed))


def conditions(questions: int, seed: int) -> str:
    """What the tables are of, and how often everything was repeated."""
    some, few = questions // 4, questions // 10
    return (
        f"{len(SIZES)} units with {SIZES.min()} to {SIZES.max()} answers, {COMMON:.0%} agree; at least "
        f"{LEAST_ANSWERS} answers to be judged by ours. Where eight differ, four have {LOWER:.0%} and four "
        f"{HIGHER:.0%}. Large units: true shares spread by {100 * SPREAD_OF_LARGE:g} points. "
        f"Themes of {IN_THEME} questions. ± is the standard error. Seed {seed}: {questions:,} questions of "
        f"equal units, {some:,} at each other share and where units differ, {few:,} of large units and of "
        f"each correlation."
    )


if __name__ == "__main__":
    typer.run(main)
