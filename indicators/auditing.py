"""The audit of a whole round: everything that is shown of it, beside what earlier releases show."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indicators.disclosure import Audit, Persons, System, SystemRows, audit, following
from indicators.disclosure.differences import overlaps
from indicators.disclosure.history import ANSWERS, INVITED, Measure, Systems, of_question
from indicators.disclosure.system import Integers
from indicators.method import AuditFigure
from indicators.questionnaire import Questionnaire
from indicators.rounds import Publication
from indicators.selection import ALL

Attacked = tuple[SystemRows, Persons]
"""Everything that can be read of one number, and who is behind it."""

AuditAll = Callable[[Sequence[Attacked], int], Sequence[Audit]]
"""Attacks several numbers; a release does it on all cores."""


def one_after_another(attacked: Sequence[Attacked], least_persons: int) -> list[Audit]:
    """Attacks one number after another."""
    return [audit(*rows_and_persons, least_persons) for rows_and_persons in attacked]


def audit_publication(
    systems: Systems,
    shown: Publication,
    questionnaire: Questionnaire,
    least_persons: int,
    audit_all: AuditAll = one_after_another,
) -> AuditFigure:
    """What follows about fewer persons from all that is shown, and from all that the earlier releases show.

    Cells are counted once for the response and once for each question.
    """
    counted = [_shown(systems, number, shown) for number in (ANSWERS, *_numbers(questionnaire, "n"))]
    others = (INVITED, *_numbers(questionnaire, "outside_base"))
    everything = (*counted, *(_shown(systems, number, shown) for number in others))
    attacked = [(system.shown(chosen), system.persons) for system, chosen in everything]
    audits = audit_all(attacked, least_persons)
    smallest = [one.smallest_derivable_group for one in audits if one.smallest_derivable_group is not None]
    cells = sum(int((system.persons_by_cell > 0).sum()) for system, _ in counted)
    published = sum(int(chosen.sum()) for _, chosen in counted)
    return AuditFigure(
        answers=int(ANSWERS.tally(systems.contents).count.sum()),
        cells=cells,
        published=published,
        hidden=cells - published,
        derivable_groups_below_k=sum(len(one.offending) for one in audits),
        smallest_derivable_group=min(smallest, default=None),
        complete=all(one.complete for one in audits),
        **_known_of_small(systems, shown, questionnaire, least_persons),
        following=sum(_details_that_follow(systems, shown, questionnaire)),
    )


def _shown(systems: Systems, number: Measure, shown: Publication) -> tuple[System, NDArray[np.bool_]]:
    chosen = np.zeros(len(systems.table.cells), dtype=bool)
    chosen[list(number.shown(shown))] = True
    return systems.system(number, chosen), chosen


def _numbers(questionnaire: Questionnaire, number: str) -> Iterator[Measure]:
    for question in questionnaire.questions:
        yield of_question(question, questionnaire, number)


def _details_that_follow(systems: Systems, shown: Publication, questionnaire: Questionnaire) -> Iterator[int]:
    """Of each question the shares told as a bound, and the distributions not told, that others tell."""
    alone = Systems(systems.contents, systems.table)
    for question in questionnaire.questions:
        system, told = _shown(alone, of_question(question, questionnaire, "n"), shown)
        for number in ("favourable", "counts"):
            _, exact = _shown(alone, of_question(question, questionnaire, number), shown)
            yield following(system.rows(told & ~exact), system.rows(exact), systems.table.groups)


def _known_of_small(
    systems: Systems, shown: Publication, questionnaire: Questionnaire, least_persons: int
) -> dict[str, int]:
    """Cells of too few persons, once for each question, and those whose share is known where all agree."""
    alone = Systems(systems.contents, systems.table)
    small = known = 0
    for question in questionnaire.questions:
        number = of_question(question, questionnaire, "favourable")
        system, exact = _shown(alone, number, shown)
        tally, top = number.tally(systems.contents), questionnaire.scale_of(question).top
        answers = np.zeros((systems.table.groups, 2), dtype=np.int64)
        np.add.at(answers, (tally.group, (tally.option >= top).astype(np.int64)), tally.count)
        asked = np.array([question.common or cell.education != ALL for cell in systems.table.cells])
        found = known_shares(replace(system, offered=asked), answers, exact, least_persons)
        small, known = small + found[0], known + found[1]
    return {"small": small, "known": known}


def known_shares(
    system: System, answers: Integers, shown: NDArray[np.bool_], least_persons: int
) -> tuple[int, int]:
    """How many cells have too few persons, and of how many of them the share can be read off shown cells.

    `answers` has for each finest group its favourable and its other answers; `shown` are the cells whose
    exact share is shown. A share is known where all answers, or none, are favourable in a shown cell that
    holds the small one, or in one shown cell less another inside it.
    """
    rows = system.rows(shown)
    counts = rows.sums(answers)
    first, second, shared = overlaps(rows, answers.sum(axis=1))
    n = counts.sum(axis=1)
    inside = shared == np.minimum(n[first], n[second])
    first, second = first[inside], second[inside]
    whole, part = np.where(n[first] >= n[second], (first, second), (second, first))
    alike = np.zeros((len(answers), 2), dtype=bool)
    for favourable in (0, 1):
        for row in np.flatnonzero(counts[:, favourable] == 0):
            alike[rows.groups(row), favourable] = True
        for pair in np.flatnonzero(counts[whole, favourable] == counts[part, favourable]):
            alike[np.setdiff1d(rows.groups(whole[pair]), rows.groups(part[pair])), favourable] = True
    persons = system.persons_by_cell
    small = system.rows(system.offered & (persons > 0) & (persons < least_persons))
    return len(small), int((small.sums(1 - alike) == 0).any(axis=1).sum())
