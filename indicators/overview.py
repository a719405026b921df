"""What there is to talk about: the themes of a unit beside those around it, and what stands out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.danish import lower_first
from indicators.figure import QuestionRow, Response, Score, State, ThemeRow
from indicators.groups import kind_key
from indicators.judgement import Change, Judgement, Verdict, YearChange
from indicators.questionnaire import Theme
from indicators.report import Datum, Report
from indicators.selection import Option
from indicators.unit_kinds import UNIT_KINDS

DIVISIONS = tuple(key for key, kind in UNIT_KINDS.items() if kind.is_division)
"""Kinds of group that a place is seen beside."""

MOST_FINDINGS = 3


@dataclass(frozen=True)
class UnitColumn:
    """A unit, or everyone else: scores by theme, and the figures that they are made of."""

    unit: Option
    scores: Mapping[str, Score]
    figures: tuple[Datum, ...]
    note: str = ""
    """Set where the unit is outside its own time."""

    def verdict(self, theme: Theme) -> Verdict | None:
        """How the theme stands beside the column's own everyone else; nothing is said of everyone else."""
        judgement = self.judgement(theme)
        return judgement and judgement.verdict

    def judgement(self, theme: Theme) -> Judgement | None:
        """All that is said of the theme."""
        return self.scores[theme.id].judgement

    @property
    def is_shown(self) -> bool:
        """Whether there is any number in it."""
        return any(score.state is State.SHOWN for score in self.scores.values())


@dataclass(frozen=True)
class Finding:
    """A question to talk about: a clear difference to everyone else, a sure turn for the worse, or both."""

    row: QuestionRow
    turn: YearChange | None


@dataclass(frozen=True, kw_only=True)
class Overview(Report):
    """The themes of a unit beside those of its groups and of everyone else, and the questions behind them."""

    rows: tuple[QuestionRow, ...]
    """Every question beside everyone else."""
    themes: tuple[ThemeRow, ...]
    """Every theme beside everyone else, judged."""
    changes: Mapping[str, YearChange]
    """Questions since the round before."""
    own: UnitColumn
    groups: tuple[UnitColumn, ...]
    """The unit's cluster and council, whichever of them there are; the regions where no unit is chosen."""
    beside: tuple[UnitColumn, ...]
    """The unit that the reader compares with, and everyone else."""
    earlier_year: int | None
    earlier: Response | None
    last_answered: int | None = None
    """Where nobody answered: the latest year in which somebody did."""

    def explained_by_mix(self) -> Iterator[str]:
        """Themes by name and questions by number, then the themes of the groups around."""
        yield from explained_parts(self.themes, self.rows)
        for column in self.groups:
            for row in self.themes:
                judgement = column.judgement(row.theme)
                if judgement and judgement.explained_by_mix:
                    yield f"{lower_first(row.theme.name)} ({column.unit.name})"

    def data(self) -> Iterator[Datum]:
        """The figures of every column."""
        for column in (self.own, *self.groups, *self.beside):
            yield from column.figures

    @property
    def divisions(self) -> tuple[str, ...]:
        """Kinds of the unit's groups, those in force that year first."""
        in_force_first = sorted(self.groups, key=lambda column: bool(column.note))
        return tuple(dict.fromkeys(kind_key(column.unit.key) for column in in_force_first))

    def columns(self, division: str = "") -> tuple[UnitColumn, ...]:
        """The columns of the table, with the groups of that division."""
        groups = (column for column in self.groups if kind_key(column.unit.key) == division)
        return (self.own, *groups, *self.beside)

    @property
    def is_judged(self) -> bool:
        """Whether there are answers enough to say anything of any question."""
        return any(verdict_on(row) not in (None, Verdict.TOO_FEW) for row in self.rows)

    def clearly(self, verdict: Verdict) -> tuple[QuestionRow, ...]:
        """The questions with that verdict, the largest certain difference first."""
        return clearly(self.rows, verdict)

    def changed(self, change: Change) -> tuple[QuestionRow, ...]:
        """The questions of which that is said since the round before, the largest certain change first."""
        return self._turned(lambda _: change)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """At most three questions: clearly under, then clearly over, then surely turned for the worse."""
        worse = self._turned(lambda row: Change.RISEN if row.question.high_is_bad else Change.FALLEN)
        turns = {row.question.id: self.changes[row.question.id] for row in worse}
        rows = (*self.clearly(Verdict.BELOW), *self.clearly(Verdict.ABOVE), *worse)
        found = {row.question.id: Finding(row, turns.get(row.question.id)) for row in rows}
        return tuple(found.values())[:MOST_FINDINGS]

    def _turned(self, wanted: Callable[[QuestionRow], Change]) -> tuple[QuestionRow, ...]:
        changed = [row for row in self.rows if row.question.id in self.changes]
        found = [row for row in changed if self.changes[row.question.id].change is wanted(row)]
        return tuple(sorted(found, key=self._certain_change, reverse=True))

    def _certain_change(self, row: QuestionRow) -> float:
        change = self.changes[row.question.id]
        return _nearest_zero(change.low, change.high)


def nobody_answered(rows: Sequence[QuestionRow]) -> bool:
    """Whether there is no answer to any of the questions, hidden ones counted as answers."""
    return all(row.figure.state is State.NO_ANSWERS for row in rows)


def verdict_on(row: QuestionRow | ThemeRow) -> Verdict | None:
    """What the stored judgement says of the question or theme."""
    judgement = judgement_of(row)
    return judgement and judgement.verdict


def judgement_of(row: QuestionRow | ThemeRow) -> Judgement | None:
    """All that is said of the question or theme."""
    return (row.figure if isinstance(row, QuestionRow) else row.score).judgement


def clearly(rows: Iterable[QuestionRow], verdict: Verdict) -> tuple[QuestionRow, ...]:
    """The questions with that verdict, the largest certain difference first."""
    found = [row for row in rows if verdict_on(row) is verdict]
    return tuple(sorted(found, key=_certain_difference, reverse=True))


def _certain_difference(row: QuestionRow) -> float:
    judgement = row.figure.judgement
    return _nearest_zero(judgement.difference_low, judgement.difference_high)


def _nearest_zero(low: float, high: float) -> float:
    """How far the end of the interval that is nearest zero is from it: what of a difference is certain."""
    return max(low, -high)


def explained_parts(themes: Iterable[ThemeRow], rows: Iterable[QuestionRow]) -> Iterator[str]:
    """The themes by name, and how many questions, that are clear and can be explained by the mix."""
    yield from (lower_first(row.theme.name) for row in _of_mix(themes))
    if questions := len(_of_mix(rows)):
        yield f"{questions} spørgsmål"


def _of_mix(rows: Iterable[QuestionRow] | Iterable[ThemeRow]) -> list:
    return [row for row in rows if (judgement := judgement_of(row)) and judgement.explained_by_mix]
