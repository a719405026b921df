"""What a reader can still put together of a large round: what is visible, and what an attack finds in it.

Run by itself: python -m benchmarks.disclosure_risk 10000
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import typer

from benchmarks.disclosure_speed import UNANSWERED, made_up_groups, made_up_units
from data_access.publishing.deciding import on_all_cores
from indicators.cells import UNKNOWN_PERSON, Tally
from indicators.publication import ANSWERED, RoundContents, publication
from indicators.questionnaire import Questionnaire
from tests.disclosure.attacker import ALL, ANSWERS, Answered, Attack, CellKey, Counting, Sheet, Truth
from tests.disclosure.known_details import Details, known_details
from tests.disclosure.shown_numbers import of_publication

LEAST_PERSONS = (5, 10)
GRADES, DONT_KNOW, NO_ANSWER = (0, 1, 2, 3, 4), 5, -1
FAVOURABLE = frozenset(GRADES[:2])
SHARES = (0.42, 0.35, 0.1, 0.06, 0.03, 0.04)
"""Of the five grades, the best one first, and of "don't know": four of five agree."""


@dataclass(frozen=True)
class Risk:
    """Shares visible by crossed dimensions (none to three) of responses and of answers, and what is found."""

    answers: int
    least_persons: int
    visible_responses: tuple[float, ...]
    visible_answers: tuple[float, ...]
    small_differences: int
    small_differences_of_responses: int
    small_differences_across_kinds: int
    numbers_without_response: int
    details: Details

    def lines(self) -> Iterator[str]:
        """The figures in words."""
        known = self.details
        yield f"{self.answers} answers, at least {self.least_persons} persons:"
        yield f"  visible responses by crossed dimensions, 0 to 3: {_percents(self.visible_responses)}"
        yield f"  visible answers by crossed dimensions, 0 to 3: {_percents(self.visible_answers)}"
        yield f"  pairs of numbers of a kind that differ by fewer persons: {self.small_differences}"
        yield f"  of them responses: {self.small_differences_of_responses}"
        yield f"  pairs of cells, across kinds, that differ by fewer: {self.small_differences_across_kinds}"
        yield f"  answers to a question shown where the response is hidden: {self.numbers_without_response}"
        yield f"  bounds of which the exact number follows: {known.exact_bounds} of {known.bounds}"
        yield f"  distributions not shown that follow: {known.known_distributions} of {known.undistributed}"
        yield f"  hidden groups of 1 to 4 persons with a known share: {known.known_few} of {known.hidden_few}"


def _percents(shares: Iterable[float]) -> str:
    return " / ".join(f"{share:.1%}" for share in shares)


@dataclass(frozen=True)
class MadeUpRound:
    """The round as a release sees it and as the attacker knows it."""

    contents: RoundContents
    questionnaire: Questionnaire
    truth: Truth


def made_up_round(answers: int, questions: int, seed: int = 1) -> MadeUpRound:
    """The round of the other benchmark, with answers and a response that is everybody's."""
    rng = np.random.default_rng(seed)
    groups, group = made_up_groups(answers, rng)
    names = [f"Q{number:02}" for number in range(questions)]
    chosen = rng.choice(len(SHARES), (answers, questions), p=SHARES)
    chosen[rng.random(chosen.shape) < UNANSWERED] = NO_ANSWER
    by_question = zip(names, chosen.T, strict=True)
    contents = RoundContents(
        tuple(groups),
        _tally(group, np.full(answers, ANSWERED)),
        {name: _tally(group[given != NO_ANSWER], given[given != NO_ANSWER]) for name, given in by_question},
        frozenset(range(len(groups))),
    )
    sheets = {}
    for number, (where, values) in enumerate(zip(group.tolist(), chosen.tolist(), strict=True)):
        given = tuple(one for one in zip(names, values, strict=True) if one[1] != NO_ANSWER)
        who = groups[where]
        sheets[number] = Sheet(who.place, who.education, who.institution, given)
    counting = Counting(frozenset(GRADES), FAVOURABLE)
    truth = Truth([Answered(sheets, made_up_units(groups))], dict.fromkeys(names, counting))
    return MadeUpRound(contents, _questionnaire(names), truth)


def _tally(group: np.ndarray, option: np.ndarray) -> Tally:
    return Tally(group, option, np.ones_like(group), np.full_like(group, UNKNOWN_PERSON))


def _questionnaire(names: list[str]) -> Questionnaire:
    options = [{"value": value, "text": f"grade {value}"} for value in GRADES]
    options.append({"value": DONT_KNOW, "text": "don't know", "in_base": False})
    asked = [{"id": name, "theme": "t", "text": name, "short": name, "scale": "s"} for name in names]
    return Questionnaire.model_validate(
        {
            "survey": "madeup",
            "name": "made up",
            "respondents": "nobody",
            "themes": [{"id": "t", "name": "theme"}],
            "scales": [{"id": "s", "good_end": GRADES[0], "options": options}],
            "questions": asked,
        }
    )


def measure_risk(made_up: MadeUpRound, least_persons: int) -> Risk:
    """Decides on the round as a release does, and attacks what it would show."""
    units = made_up_units(made_up.contents.groups)
    with on_all_cores() as cores:
        published = publication(
            made_up.contents, units, made_up.questionnaire, least_persons, cores.choose_all
        )
    attack = Attack(made_up.truth, of_publication(published), least_persons)
    differences = Counter(kind for kind, *_ in attack.small_differences())
    return Risk(
        answers=int(made_up.contents.response.count.sum()),
        least_persons=least_persons,
        visible_responses=_visible(attack, [ANSWERS]),
        visible_answers=_visible(attack, made_up.truth.questions),
        small_differences=differences.total(),
        small_differences_of_responses=differences[ANSWERS],
        small_differences_across_kinds=len(attack.small_differences_across_kinds()),
        numbers_without_response=len(attack.numbers_without_response()),
        details=known_details(made_up.truth, attack.shown),
    )


def _visible(attack: Attack, kinds: Iterable[str]) -> tuple[float, ...]:
    """Share shown of the cells of at least k persons, by how many dimensions they cross."""
    shown = {(one.kind, one.cell) for one in attack.shown}
    eligible, visible = Counter(), Counter()
    for kind in kinds:
        for cell, groups in attack.truth.cells[0].items():
            if attack.truth.persons(kind, groups & attack.truth.live[kind]) >= attack.k:
                crossed = sum(part != ALL for part in cell)
                eligible[crossed] += 1
                visible[crossed] += (kind, CellKey(*cell)) in shown
    return tuple(visible[crossed] / max(eligible[crossed], 1) for crossed in range(4))


def main(
    answers: Annotated[int, typer.Argument(help="Answered sheets.")] = 10_000,
    questions: Annotated[int, typer.Option(help="Questions.")] = 25,
    least_persons: Annotated[int | None, typer.Option(help="Least number of persons; else 5 and 10.")] = None,
) -> None:
    """Measures what is visible of a made-up round, and what can be worked out from it."""
    made_up = made_up_round(answers, questions)
    for one in [least_persons] if least_persons else LEAST_PERSONS:
        for line in measure_risk(made_up, one).lines():
            typer.echo(line)


if __name__ == "__main__":
    typer.run(main)
