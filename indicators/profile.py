"""One unit on one page: its themes, what stands out, its parts, and two groups asked about the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indicators.figure import Figure, QuestionRow, Response, Score, State, ThemeRow
from indicators.intervals import difference
from indicators.judgement import Verdict, YearChange
from indicators.overview import clearly, explained_parts, verdict_on
from indicators.questionnaire import Question, Questionnaire, Theme, ThemeRole
from indicators.report import Datum, Report
from indicators.selection import ALL, EVERYONE_ELSE, Option, Selection
from indicators.years import comparable_themes

MOST_POINTS = 3
"""Strengths, and points of attention, that one page has room for."""
EVERYONE_ELSE_BY_PART = {
    "unit": "Alle andre",
    "education": "Alle andre uddannelser",
    "institution": "Alle andre uddannelsessteder",
}


@dataclass(frozen=True)
class ThemeLine:
    """A theme of the unit beside everyone else and the unit that the reader compares with, over the years."""

    row: ThemeRow
    beside: Score | None
    change: YearChange | None
    years: tuple[tuple[int, float | None], ...]
    breaks: frozenset[int]

    @property
    def verdict(self) -> Verdict | None:
        """How the theme stands beside everyone else."""
        return verdict_on(self.row)

    @property
    def is_broken(self) -> bool:
        """Whether a series break keeps this year from being held up against the one before."""
        return self.years[-1][0] in self.breaks


@dataclass(frozen=True)
class ProfilePart:
    """One education of the unit, one institution of its students, or a member: scores by theme."""

    about: Option
    scores: Mapping[str, Score]
    figures: tuple[Datum, ...]


@dataclass(frozen=True)
class Member(ProfilePart):
    """A place of the group, with who answered there."""

    response: Response

    @property
    def is_shown(self) -> bool:
        """Whether there is a number for any theme."""
        return any(score.share is not None for score in self.scores.values())


@dataclass(frozen=True)
class Side:
    """What one group of respondents answered."""

    survey: Option
    respondents: str
    theme: Theme
    question: Question
    figure: Figure


@dataclass(frozen=True)
class PairGap:
    """First share minus second, with its interval; 0 to 1."""

    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class SideBySide:
    """A matched pair: two groups asked about the same thing, each in its own words."""

    name: str
    sides: tuple[Side, Side]

    @property
    def gap(self) -> PairGap | None:
        """How far they are from each other: a number, for two populations give no verdict."""
        return gap(*(side.figure for side in self.sides))


@dataclass(frozen=True, kw_only=True)
class Profile(Report):
    """All that is said of one unit."""

    rows: tuple[QuestionRow, ...]
    """Every question beside everyone else."""
    themes: tuple[ThemeLine, ...]
    parts: tuple[ProfilePart, ...]
    pairs: tuple[SideBySide, ...]
    earlier_year: int | None
    earlier: Response | None
    """The response of the round before."""
    larger: tuple[Option, ...]
    """Groups that the unit counts in and that there are figures for."""
    members: tuple[Member, ...]
    """The places of a group; none where the unit is a place itself."""
    figures: tuple[Datum, ...]
    """Every question of the unit, of everyone else, and of the unit compared with."""

    def explained_by_mix(self) -> Iterator[str]:
        """Themes by name and questions by number."""
        return explained_parts([line.row for line in self.themes], self.rows)

    def data(self) -> Iterator[Datum]:
        """The unit's figures and those beside them, its parts', and what the other respondents answered."""
        chosen = self.selection
        yield from self.figures
        for part in (*self.parts, *self.members):
            yield from part.figures
        for side in (side for pair in self.pairs for side in pair.sides if side.survey != chosen.survey):
            who = chosen.unit, chosen.education, chosen.institution
            yield Datum(chosen.years, *who, side.theme, side.question, side.figure, side.survey)

    @property
    def states(self) -> list[State]:
        """Whether there is anything to show of any theme."""
        return [line.row.score.state for line in self.themes]

    @property
    def is_compared_with_a_unit(self) -> bool:
        """Whether another unit stands beside this one, besides everyone else."""
        return any(line.beside for line in self.themes)

    @property
    def has_expected(self) -> bool:
        """Whether an expected share is known: a unit's over all its educations."""
        judgements = (line.row.score.judgement for line in self.themes)
        return any(one and one.expected is not None for one in judgements)

    @property
    def is_by_education(self) -> bool:
        """Whether the parts are educations, which are judged; else they are institutions, which are not."""
        return self.selection.education.key == ALL

    @property
    def strengths(self) -> tuple[QuestionRow, ...]:
        """The questions clearly over everyone else, the largest certain difference first."""
        return clearly(self.rows, Verdict.ABOVE)[:MOST_POINTS]

    @property
    def attention(self) -> tuple[QuestionRow, ...]:
        """The questions clearly under everyone else, the largest certain difference first."""
        return clearly(self.rows, Verdict.BELOW)[:MOST_POINTS]


def theme_of_parts(report: Profile, chosen: Option) -> Theme:
    """The theme that the parts are shown by: the chosen one, else the overall one, else the last."""
    themes = [line.row.theme for line in report.themes]
    wanted = [theme for theme in themes if theme.id == chosen.key]
    overall = [theme for theme in themes if theme.role is ThemeRole.OVERALL]
    return (wanted or overall or themes[-1:])[0]


def subject(selection: Selection) -> Option | None:
    """Whom the page is about: the unit, else the education, else the institution; nobody where none is."""
    for chosen in (selection.unit, selection.education, selection.institution):
        if chosen.key != ALL:
            return chosen
    return None


def everyone_else_of(selection: Selection) -> Option:
    """Those whom the subject is judged against."""
    return Option(EVERYONE_ELSE, EVERYONE_ELSE_BY_PART[_judged_part(selection)])


def group_of_everyone_else(selection: Selection) -> dict[str, Option]:
    """The unit, education and institution of those whom the subject is judged against."""
    group = {"unit": selection.unit, "education": selection.education, "institution": selection.institution}
    return group | {_judged_part(selection): everyone_else_of(selection)}


def _judged_part(selection: Selection) -> str:
    """Which part of the choice the others differ in: the unit, else the education, else the institution."""
    if selection.unit.key != ALL:
        return "unit"
    is_of_institution = selection.education.key == ALL and selection.institution.key != ALL
    return "institution" if is_of_institution else "education"


def gap(first: Figure, second: Figure) -> PairGap | None:
    """The difference of two groups' shares; None unless both have answers enough for more than a share."""
    if not (first.detailed and second.detailed):
        return None
    found = difference(first.favourable, first.n, second.favourable, second.n)
    return PairGap(*(round(float(one), 6) for one in (found.value, *found.interval)))


def theme_breaks(rounds: Sequence[tuple[int, Questionnaire]], theme_id: str) -> frozenset[int]:
    """The years from which the theme is not comparable with the round before."""
    return frozenset(
        year
        for (earlier, before), (year, now) in pairwise(rounds)
        if theme_id not in comparable_themes(now, before, (earlier, year))
    )
