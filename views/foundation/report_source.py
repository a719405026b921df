"""What every report starts from: the release, the round, the questions, and who stands beside the unit."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import NOBODY, GroupFigures, Rounds, Which, group, groups, judged_together
from data_access.dashboard.models import PublishedRound, Release
from indicators.cells import Cell
from indicators.danish import day, listed, number
from indicators.figure import (
    NO_ANSWERS,
    Figure,
    QuestionRow,
    Response,
    State,
    ThemeRow,
    everyone_else,
    theme_rows,
)
from indicators.groups import kind_key
from indicators.judgement import Beside, Verdict, VisibleDifference, visible
from indicators.judging import compared_within
from indicators.questionnaire import Question, Questionnaire
from indicators.ranking import INSTITUTIONS
from indicators.report import Asked, Origin
from indicators.selection import ALL, ALL_UNITS, EVERYONE_ELSE, Option, Selection, Years, is_joined

NOT_BY_INSTITUTION = (
    "Flere år samlet udgives ikke for en enhed og et uddannelsessted på én gang, så de tal er ikke skjult; "
    "de findes ikke. Vælg alle uddannelsessteder, eller ét år."
)


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
        return queries.rounds(self.session, self.release, chosen.survey.key, chosen.years)

    @cached_property
    def survey_rounds(self) -> list[PublishedRound]:
        """Every round of the survey in the release, by year."""
        return queries.rounds_of_survey(self.session, self.release, self.selection.survey.key)

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

    def group(self, unit: Option) -> GroupFigures:
        """The unit's figures under the selection's education and institution."""
        chosen = self.selection
        return group(self.session, self.rounds, unit.key, chosen.education.key, chosen.institution.key)

    def groups(self, units: Iterable[Option]) -> dict[str, GroupFigures]:
        """The figures of several units by their keys, under the selection's education and institution."""
        chosen, keys = self.selection, [unit.key for unit in units]
        which = Which(tuple(keys), education=chosen.education.key, institution=chosen.institution.key)
        found = {cell.unit: one for cell, one in groups(self.session, self.rounds, which).items()}
        return {key: found.get(key, NOBODY) for key in keys}

    def rows(self, unit: GroupFigures) -> tuple[QuestionRow, ...]:
        """The questions with the unit's figures beside the ones it is compared with."""
        return self._rows(unit, self.group(self.beside), self.benchmark)

    def rows_beside_everyone_else(self, unit: GroupFigures) -> tuple[QuestionRow, ...]:
        """The same as verdicts are made: beside everyone else, whatever the reader compares with."""
        chosen = self.selection
        total = compared_within(Cell(chosen.unit.key, chosen.education.key, chosen.institution.key))
        where = total and (total.unit, total.education, total.institution)
        everyone = group(self.session, self.rounds, *where) if where else NOBODY
        return self._rows(unit, everyone, self._everyone_else)

    def _rows(
        self, unit: GroupFigures, other: GroupFigures, benchmark: Callable[[Figure, Figure], Figure]
    ) -> tuple[QuestionRow, ...]:
        found = []
        for question in self.questions:
            asked, figure = self.asked(question.id), unit.figure(question.id)
            held_up_against = benchmark(figure, other.figure(question.id))
            found.append(QuestionRow(asked.theme, question, asked.scale, figure, held_up_against))
        return tuple(found)

    def judged_themes(self, rows: Iterable[QuestionRow], unit: GroupFigures) -> tuple[ThemeRow, ...]:
        """The themes of the rows, with what was said of the unit's at release."""
        return tuple(
            replace(row, score=replace(row.score, judgement=unit.score(row.theme.id).judgement))
            for row in theme_rows(rows)
        )

    def visible(self, rows: Iterable[QuestionRow]) -> tuple[VisibleDifference, ...]:
        """Where none of a unit's questions is clear: how large a difference one of them could have shown."""
        chosen, rows = self.selection, [row for row in rows if row.figure.judgement]
        if chosen.unit.key == ALL or any(row.figure.judgement.is_clear for row in rows):
            return ()
        compared = [
            Beside(row.figure.n, row.benchmark.share, row.benchmark.n)
            for row in rows
            if row.figure.judgement.verdict is Verdict.ALIKE and row.benchmark.share is not None
        ]
        parts = {"education": chosen.education.key, "institution": chosen.institution.key}
        among = Which(kind=kind_key(chosen.unit.key), **parts)
        typical = sorted(compared)[len(compared) // 2 :][:1]
        return visible(typical, judged_together(self.session, self.rounds.now, among))

    def _everyone_else(self, own: Figure, total: Figure) -> Figure:
        if total.state is State.NO_ANSWERS:  # a question of one education, which nobody else was asked
            return NO_ANSWERS
        return everyone_else(total, own, self.release.least_persons)

    @property
    def beside(self) -> Option:
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
        return (*self.notes_on_time, *self._added_up(self.selection.unit))

    @property
    def notes_on_time(self) -> tuple[str, ...]:
        """The same of the figures' years alone."""
        unit = self.selection.unit
        return (*self._added_up_years(), *self._series_breaks(), *self.outside_its_time(unit))

    def notes_on(self, level: Option, those: Iterable[Option]) -> tuple[str, ...]:
        """The notes, and once for all groups of a level that they were not yet, or no longer, there."""
        if level.key == kind_key(self.selection.unit.key):
            return self.notes
        if level == INSTITUTIONS and self.selection.first_year and self.selection.unit.key != ALL:
            return (*self.notes, NOT_BY_INSTITUTION)
        found = (note for one in those for note in self.outside_its_time(one, level.name))
        return (*self.notes, *dict.fromkeys(found))

    def _added_up(self, unit: Option) -> Iterator[str]:
        """That several units are added up, and of which nothing can be."""
        if not is_joined(unit.key):
            return
        parts = queries.members_of(self.session, unit.key, self.selection.year)
        found = self.groups(parts)
        hidden = [part.name for part in parts if found[part.key].response.state is State.HIDDEN]
        silent = [part.name for part in parts if found[part.key].response.state is State.NO_ANSWERS]
        names = listed([part.name for part in parts])
        yield (
            f"{number(len(parts))} enheder er lagt sammen: {names}. En sum vises kun, hvor tallet er vist "
            "for hver af dem, der har svar, og den får ingen vurdering."
        )
        years = self.selection.years
        if hidden:
            yield f"Summen kan ikke vises, for svarene fra {listed(hidden)} er skjult. Tag dem ud af summen."
        if silent:
            yield f"Fra {listed(silent)} er der ingen svar i {years}, så de tæller ikke med i summen."

    def _added_up_years(self) -> Iterator[str]:
        """That several years are added up, and what is left out of that."""
        chosen = self.selection
        if not chosen.years.first:
            return
        rounds = [one for one in self.survey_rounds if one.year in chosen.years.covered]
        there = {question.id for question in self.questionnaire.questions}
        asked = queries.questionnaire(rounds[-1]).questions
        left_out = [f"«{question.short}»" for question in asked if question.id not in there]
        missing = f" Ikke stillet ens alle årene og derfor ikke med: {listed(left_out)}." if left_out else ""
        yield (
            f"Svarene fra {listed([str(one.year) for one in rounds])} er lagt sammen, og den, der har svaret "
            f"i flere år, er talt med hver gang. Grupper er, som de er ved udgangen af {chosen.year}. "
            f"Tallene holdes ikke op mod tidligere år.{missing}"
        )
        if chosen.institution.key != ALL:
            yield NOT_BY_INSTITUTION

    def _series_breaks(self) -> Iterator[str]:
        for one in self.questionnaire.series_breaks:
            if one.year == self.selection.year and not self.selection.first_year:
                about = f" for «{self.questionnaire.question(one.question).short}»" if one.question else ""
                yield f"Databrud fra {one.year}{about}: {one.reason}"

    def outside_its_time(self, named: Option, called: str = "") -> Iterator[str]:
        """That the unit was not yet, or no longer, there that year; `called` names all of its kind."""
        unit, year = queries.unit(self.session, named.key), self.selection.year
        added_up = "her er svarene lagt sammen efter den inddeling."
        name = called or (unit and unit.name)
        if unit and unit.valid_from and unit.valid_from.year > year:
            yield f"{name} findes fra {day(unit.valid_from)}; {added_up}"
        if unit and unit.valid_to and unit.valid_to.year < year:
            yield f"{name} fandtes til {day(unit.valid_to)}; {added_up}"


def years_together(
    session: Session, selection: Selection, release: Release | None = None
) -> tuple[Years, Response] | None:
    """The years that are added up with the selection's, and who answered; None where it is no more."""
    source = Source.of(session, selection, release)
    own = source.group(selection.unit).response
    for pooled in queries.pooled_rounds_of_survey(session, source.release, selection.survey.key):
        together = replace(selection, year=pooled.year, first_year=pooled.first_year)
        given = replace(source, selection=together).group(selection.unit).response
        if selection.year in pooled.years.covered and (given.answers or 0) > (own.answers or 0):
            return pooled.years, given
    return None
