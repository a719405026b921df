"""What published rounds were decided on, kept so that later figures can be held up against it."""

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, delete, select

from data_access.confidential.models import AnswerSheet, CountedGroup, ReleasedContents, Round
from indicators.cells import UNKNOWN_PERSON, FinestGroup, Tally
from indicators.groups import DatedMembership, units_of_places
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
    sheet = AnswerSheet
    where = (sheet.place, sheet.education_id, sheet.institution_id)
    sheets = (
        select(*where, sheet.answered, sheet.person, sheet.answers)
        .where(sheet.round_id == a_round.id)
        .order_by(sheet.id)
    )
    for place, education, institution, *rest in session.execute(sheets).yield_per(500):
        gathering.sheet(gathering.group(place, education, institution), *rest)
    for counted in session.exec(select(CountedGroup).where(CountedGroup.round_id == a_round.id)):
        group = gathering.group(counted.place, counted.education_id, counted.institution_id)
        gathering.counts(group, counted)
    groups = tuple(gathering.groups)
    unknown = gathering.invited_unknown if a_round.invited_known else range(len(groups))
    answers = {question: entries.tally() for question, entries in gathering.answers.items()}
    persons = tuple(gathering.persons)
    return RoundContents(groups, gathering.response.tally(), answers, frozenset(unknown), persons)


UnitsOf = Mapping[str, tuple[str, ...]]

HEAD = "head"
RESPONSE = "response"
ANSWERS = "answers"
TALLY = ("group", "option", "count", "person")


@dataclass(frozen=True)
class RoundBasis:
    """A round's answers by finest group, and the units of each place."""

    contents: RoundContents
    units_of: UnitsOf

    def in_year(self, year: int) -> "RoundBasis":
        """The same, of that year."""
        return RoundBasis(self.contents.in_year(year), self.units_of)


def basis_of(session: Session, a_round: Round, groups: Sequence[DatedMembership]) -> RoundBasis:
    """What a release of the round would stand on now, with these groups as they are at its year's end."""
    return in_groups(round_contents(session, a_round), a_round, groups)


def in_groups(contents: RoundContents, a_round: Round, groups: Sequence[DatedMembership]) -> RoundBasis:
    """The contents in these groups as they are at the end of the round's year."""
    places = {group.place for group in contents.groups}
    day = date(a_round.year, 12, 31)
    private = a_round.private_counts_in_municipality
    return RoundBasis(contents, units_of_places(sorted(places), groups, day, private))


def record_of(round_id: str, basis: RoundBasis) -> ReleasedContents:
    """Ready to be kept; its digest is the same for the same answers in the same groups."""
    arrays = _arrays(basis)
    digest = sha256(json.dumps(basis.units_of, sort_keys=True).encode())
    for name, array in arrays.items():
        digest.update(name.encode() + array.tobytes())
    packed = BytesIO()
    np.savez_compressed(packed, **arrays)
    return ReleasedContents(
        id=secrets.token_hex(8),
        round_id=round_id,
        digest=digest.hexdigest(),
        units_of=dict(basis.units_of),
        contents=packed.getvalue(),
    )


def keep(session: Session, record: ReleasedContents) -> str:
    """The id under which it is kept: the same answers in the same groups are kept once."""
    same = select(ReleasedContents.id).where(
        ReleasedContents.round_id == record.round_id, ReleasedContents.digest == record.digest
    )
    if known := session.exec(same).first():
        return known
    session.add(record)
    session.flush()
    return record.id


def kept(session: Session, contents_id: str | None) -> ReleasedContents | None:
    """What is kept under the id; None where there is nothing."""
    return session.get(ReleasedContents, contents_id) if contents_id else None


def opened(record: ReleasedContents) -> RoundBasis:
    """The basis that was kept."""
    units_of = {place: tuple(units) for place, units in record.units_of.items()}
    with np.load(BytesIO(record.contents), allow_pickle=False) as arrays:
        head = json.loads(arrays[HEAD].tobytes())
        answers = {
            about: Tally(*arrays[f"{ANSWERS}{number}"]) for number, about in enumerate(head["questions"])
        }
        response = Tally(*arrays[RESPONSE])
    groups = tuple(FinestGroup(*group) for group in head["groups"])
    unknown = frozenset(head["invited_unknown"])
    contents = RoundContents(groups, response, answers, unknown, tuple(head["persons"]))
    return RoundBasis(contents, units_of)


def units_kept(session: Session, contents_id: str | None) -> UnitsOf | None:
    """The units of each place alone; None where nothing is kept."""
    units_of = session.exec(
        select(ReleasedContents.units_of).where(ReleasedContents.id == contents_id)
    ).first()
    return None if units_of is None else {place: tuple(units) for place, units in units_of.items()}


def forget_all_but(session: Session, ids: Iterable[str]) -> None:
    """Deletes what no published round refers to any more."""
    session.execute(delete(ReleasedContents).where(col(ReleasedContents.id).not_in(list(ids))))


def _arrays(basis: RoundBasis) -> dict[str, NDArray]:
    contents = basis.contents
    head = {
        "groups": [
            [group.place, group.education, group.institution, *([group.year] if group.year else [])]
            for group in contents.groups
        ],
        "persons": contents.persons,
        "invited_unknown": sorted(contents.invited_unknown),
        "questions": list(contents.answers),
    }
    tallies = {RESPONSE: contents.response} | {
        f"{ANSWERS}{number}": tally for number, tally in enumerate(contents.answers.values())
    }
    packed = {name: np.array([getattr(tally, part) for part in TALLY]) for name, tally in tallies.items()}
    return {HEAD: np.frombuffer(json.dumps(head).encode(), dtype=np.uint8), **packed}
