"""The audit of a whole round: everything that is shown of it, beside what earlier releases show."""

from collections.abc import Iterator

import numpy as np

from indicators.disclosure import Audit, audit
from indicators.disclosure.history import ANSWERS, INVITED, Measure, Systems, of_question
from indicators.disclosure.unanimity import known_shares
from indicators.method import AuditFigure
from indicators.questionnaire import Question, Questionnaire
from indicators.rounds import ANSWERED, Publication
from indicators.selection import ALL


def audit_publication(
    systems: Systems, shown: Publication, questionnaire: Questionnaire, least_persons: int
) -> AuditFigure:
    """What follows about fewer persons from all that is shown, and from all that the earlier releases show.

    Cells are counted once for the response and once for each question.
    """
    counted = [ANSWERS, *_of_questions(questionnaire, "n")]
    beside = [INVITED, *_of_questions(questionnaire, "outside_base")]
    audits: list[Audit] = []
    cells = published = 0
    for measure in (*counted, *beside):
        chosen = np.zeros(len(systems.table.cells), dtype=bool)
        chosen[list(measure.shown(shown))] = True
        system = systems.system(measure, chosen)
        audits.append(audit(system.shown(chosen), system.persons, least_persons))
        if measure in counted:
            cells += int((system.persons_by_cell > 0).sum())
            published += int(chosen.sum())
    small, known = known_of_small(
        Systems(systems.contents, systems.table), shown, questionnaire, least_persons
    )
    smallest = [one.smallest_derivable_group for one in audits if one.smallest_derivable_group is not None]
    response = systems.contents.response
    return AuditFigure(
        answers=int(response.count[response.option == ANSWERED].sum()),
        cells=cells,
        published=published,
        hidden=cells - published,
        derivable_groups_below_k=sum(len(one.offending) for one in audits),
        smallest_derivable_group=min(smallest, default=None),
        complete=all(one.complete for one in audits),
        small=small,
        known=known,
    )


def known_of_small(
    systems: Systems, shown: Publication, questionnaire: Questionnaire, least_persons: int
) -> tuple[int, int]:
    """Cells of too few persons, once for each question, and those whose share is known where all agree."""
    found = [
        _known_of_small(systems, shown, question, questionnaire, least_persons)
        for question in questionnaire.questions
        if question.id in systems.contents.answers
    ]
    return sum(small for small, _ in found), sum(known for _, known in found)


def _known_of_small(
    systems: Systems,
    shown: Publication,
    question: Question,
    questionnaire: Questionnaire,
    least_persons: int,
) -> tuple[int, int]:
    number = of_question(question, questionnaire, "favourable")
    exact = np.zeros(len(systems.table.cells), dtype=bool)
    exact[list(number.shown(shown))] = True
    tally, top = number.tally(systems.contents), questionnaire.scale_of(question).top
    answers = np.zeros((systems.table.groups, 2), dtype=np.int64)
    np.add.at(answers, (tally.group, (tally.option >= top).astype(np.int64)), tally.count)
    asked = np.array([question.common or cell.education != ALL for cell in systems.table.cells])
    return known_shares(systems.system(number, asked), answers, exact, least_persons)


def _of_questions(questionnaire: Questionnaire, number: str) -> Iterator[Measure]:
    for question in questionnaire.questions:
        yield of_question(question, questionnaire, number)
