"""The audit of a whole round: everything that is shown of it, beside what earlier releases show."""

from collections.abc import Iterator

import numpy as np

from indicators.disclosure import Audit, audit
from indicators.disclosure.history import ANSWERS, INVITED, Measure, Systems, of_question
from indicators.method import AuditFigure
from indicators.questionnaire import Questionnaire
from indicators.rounds import ANSWERED, Publication


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
    )


def _of_questions(questionnaire: Questionnaire, number: str) -> Iterator[Measure]:
    for question in questionnaire.questions:
        yield of_question(question, questionnaire, number)
