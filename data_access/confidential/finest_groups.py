"""One view of a round's finest groups, whether they came as answer sheets or as counts."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Select
from sqlmodel import Session, select

from data_access.confidential.models import AnswerSheet, CountedGroup, Round
from indicators.cells import UNKNOWN_PERSON, FinestGroup, Tally
from indicators.publication import ANSWERED, NOT_ANSWERED, RoundContents
from indicators.questionnaire import Questionnaire


@dataclass
class _Entries:
    """Lists that grow into one Tally."""

    group: list[int] = field(default_factory=list)
    option: list[int] = field(default_factory=list)
    count: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)

    def add(self, group: int, option: int, count: int = 1, person: int = UNKNOWN_PERSON) -> None:
        self.group.append(group)
        self.option.append(option)
        self.count.append(count)
        self.person.append(person)

    def tally(self) -> Tally:
        columns = (self.group, self.option, self.count, self.person)
        return Tally(*(np.array(column, dtype=np.int64) for column in columns))


class _Gathering:
    """Reads sheets and counts one by one and numbers groups and persons as they turn up."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.position = {q.id: option_positions(questionnaire, q.id) for q in questionnaire.questions}
        self.groups: dict[FinestGroup, int] = {}
        self.persons: dict[str, int] = {}
        self.response = _Entries()
        self.answers: defaultdict[str, _Entries] = defaultdict(_Entries)
        self.invited_unknown: set[int] = set()

    def group(self, place: str, education: str, institution: str) -> int:
        return self.groups.setdefault(FinestGroup(place, education, institution), len(self.groups))

    def sheet(self, group: int, answered: bool, person: str | None, answers: dict[str, int]) -> None:
        who = UNKNOWN_PERSON if person is None else self.persons.setdefault(person, len(self.persons))
        self.response.add(group, ANSWERED if answered else NOT_ANSWERED, 1, who)
        for question_id, value in answers.items():
            self.answers[question_id].add(group, self.position[question_id][value], 1, who)

    def counts(self, group: int, counted: CountedGroup) -> None:
        most = max((sum(tally.values()) for tally in counted.tallies.values()), default=0)
        answers = counted.answers if counted.answers is not None else most
        self.response.add(group, ANSWERED, answers)
        if counted.invited is None:
            self.invited_unknown.add(group)
        else:
            self.response.add(group, NOT_ANSWERED, max(counted.invited - answers, 0))
        for question_id, tally in counted.tallies.items():
            for value, count in tally.items():  # JSON keeps keys as text
                self.answers[question_id].add(group, self.position[question_id][int(value)], count)


def option_positions(questionnaire: Questionnaire, question_id: str) -> dict[int, int]:
    """Where each option value is counted: the best answer at 0, all outside the base last."""
    scale = questionnaire.scale_of(questionnaire.question(question_id))
    best_first = {option.value: position for position, option in enumerate(scale.best_first)}
    return {option.value: best_first.get(option.value, len(best_first)) for option in scale.options}


def round_contents(session: Session, a_round: Round) -> RoundContents:
    """All sheets and counts of the round, added up no further than its finest groups."""
    gathering = _Gathering(Questionnaire.model_validate(a_round.questionnaire))
    for place, education, institution, *rest in session.execute(_sheets_of(a_round)).yield_per(500):
        gathering.sheet(gathering.group(place, education, institution), *rest)
    for counted in session.exec(select(CountedGroup).where(CountedGroup.round_id == a_round.id)):
        place = counted.place
        education = counted.education_id
        institution = counted.institution_id
        gathering.counts(gathering.group(place, education, institution), counted)
    groups = tuple(gathering.groups)
    unknown = gathering.invited_unknown if a_round.invited_known else range(len(groups))
    answers = {question: entries.tally() for question, entries in gathering.answers.items()}
    persons = tuple(gathering.persons)
    return RoundContents(groups, gathering.response.tally(), answers, frozenset(unknown), persons)


def _sheets_of(a_round: Round) -> Select:
    sheet = AnswerSheet
    where = (sheet.place, sheet.education_id, sheet.institution_id)
    return (
        select(*where, sheet.answered, sheet.person, sheet.answers)
        .where(sheet.round_id == a_round.id)
        .order_by(sheet.id)
    )
