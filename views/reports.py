"""What every report starts from: the release, the round, the questions, and who stands beside the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import Group, Rounds, group
from data_access.dashboard.models import Release
from indicators.comparison import everyone_else
from indicators.danish import day
from indicators.figure import NO_ANSWERS, Figure, QuestionRow
from indicators.questionnaire import Question, Questionnaire
from indicators.report import Asked, Origin
from indicators.selection import ALL, ALL_UNITS, EVERYONE_ELSE, Named, Selection


@dataclass(frozen=True)
class Source:
    """One selection's way into the store; every report is made from one."""

    session: Session
    release: Release
    selection: Selection

    @classmethod
    def of(cls, session: Session, selection: Selection, release: Release | None = None) -> "Source":
        """From the release in force unless one is named."""
        return cls(session, release or queries.release_in_force(session), selection)

    @cached_property
    def rounds(self) -> Rounds:
        """The selection's round, and the one before it."""
        chosen = self.selection
        return queries.rounds(self.session, self.release, chosen.survey.key, chosen.year)

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questions as they were worded that year."""
        return queries.questionnaire(self.rounds.now)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those that the selection can show: without an education only the common ones."""
        chosen = self.selection
        return tuple(
            question
            for question in self.questionnaire.questions
            if question.common or chosen.education.key != ALL
            if chosen.theme.key in (ALL, question.theme)
        )

    def asked(self, question_id: str) -> Asked:
        """The question with its theme and scale; KeyError when it was not asked that year."""
        question = self.questionnaire.question(question_id)
        theme = next(one for one in self.questionnaire.themes if one.id == question.theme)
        return Asked(question, theme, self.questionnaire.scale_of(question))

    def group(self, unit: Named) -> Group:
        """The unit's figures under the selection's education and institution."""
        chosen = self.selection
        return group(self.session, self.rounds, unit.key, chosen.education.key, chosen.institution.key)

    def rows(self, unit: Group) -> tuple[QuestionRow, ...]:
        """The questions with the unit's figures beside the ones it is compared with."""
        other = self.group(self.beside)
        return tuple(self._row(question, unit, other) for question in self.questions)

    def _row(self, question: Question, unit: Group, other: Group) -> QuestionRow:
        asked, figure = self.asked(question.id), unit.figure(question.id)
        return QuestionRow(
            asked.theme, question, asked.scale, figure, self.benchmark(figure, other.figure(question.id))
        )

    @property
    def beside(self) -> Named:
        """The unit whose figures the benchmark is made of: for everyone else that is everything."""
        other = self.selection.compared_with
        return ALL_UNITS if other.key == EVERYONE_ELSE else other

    def benchmark(self, own: Figure, other: Figure) -> Figure:
        """What the unit's figure is held up against."""
        if not self.selection.compares:
            return NO_ANSWERS
        if self.selection.compared_with.key != EVERYONE_ELSE:
            return other
        return everyone_else(other, own, self.release.least_persons)

    @property
    def origin(self) -> Origin:
        """Where the figures come from."""
        return queries.origin(self.release, self.rounds.now)

    @property
    def notes(self) -> tuple[str, ...]:
        """What to beware of: series breaks that year, and units outside their own time."""
        return (*self._series_breaks(), *self._unit_s_time())

    def _series_breaks(self) -> Iterator[str]:
        for one in self.questionnaire.series_breaks:
            if one.year == self.selection.year:
                about = f" for «{self.questionnaire.question(one.question).short}»" if one.question else ""
                yield f"Databrud fra {one.year}{about}: {one.reason}"

    def _unit_s_time(self) -> Iterator[str]:
        unit, year = queries.unit(self.session, self.selection.unit.key), self.selection.year
        added_up = "her er svarene lagt sammen efter den inddeling."
        if unit and unit.valid_from and unit.valid_from.year > year:
            yield f"{unit.name} findes fra {day(unit.valid_from)}; {added_up}"
        if unit and unit.valid_to and unit.valid_to.year < year:
            yield f"{unit.name} fandtes til {day(unit.valid_to)}; {added_up}"
