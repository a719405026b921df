"""Published figures, responses and scores, and the rows that set one beside another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indicators.danish import NO_BREAK
from indicators.disclosure import LEAST_PERSONS, PERSONS_FOR_DETAIL, Detail, published_detail
from indicators.judgement import Judgement
from indicators.questionnaire import AnswerOption, Question, Scale, Theme
from indicators.response import Badge


class State(StrEnum):
    """Whether there is a number to show; the values are the words the reader sees."""

    SHOWN = "Vist"
    HIDDEN = "Skjult af hensyn til anonymitet"
    NO_ANSWERS = "Ingen svar"


class Bound(StrEnum):
    """What is said instead of a share that would tell what nearly everyone of a few answered."""

    AT_LEAST = "mindst"
    AT_MOST = "højst"


class Share(float):
    """A part of a whole, 0 to 1: the one kind of fraction that a reader is shown in per cent."""


@dataclass(frozen=True)
class Figure:
    """A group's answers to one question: `favourable` of `n` sheets filled in by `persons`.

    `counts` has the best answer first and leaves out "ved ikke", which is `outside_base`.
    Near unanimity among fewer than ten persons there is a `bound` instead of `favourable`. `withheld`: there
    are persons enough for the distribution, but with it a smaller group's would follow.
    The `judgement` is made of published figures at release and stored with the figure.
    Only a shown figure holds numbers, and one with too few persons cannot be built (ValueError).
    """

    state: State
    n: int | None = None
    favourable: int | None = None
    persons: int | None = None
    counts: tuple[int, ...] | None = None
    outside_base: int | None = None
    bound: Bound | None = None
    judgement: Judgement | None = None
    withheld: bool = False

    def __post_init__(self) -> None:
        numbers = (
            *(self.n, self.favourable, self.persons, self.counts, self.outside_base),
            *(self.bound, self.judgement, self.withheld or None),
        )
        if self.state is State.SHOWN:
            self._refuse_what_tells_too_much()
        elif any(number is not None for number in numbers):
            raise ValueError("a figure that is not shown holds no numbers")

    def _refuse_what_tells_too_much(self) -> None:
        if None in (self.n, self.persons) or not LEAST_PERSONS <= self.persons <= self.n:
            raise ValueError("a shown figure needs answers from at least three persons")
        if (self.favourable is None) == (self.bound is None):
            raise ValueError("a shown figure needs either its favourable answers or a bound")
        if self.favourable is not None and not 0 <= self.favourable <= self.n:
            raise ValueError("the favourable answers are a part of all answers")
        if self.favourable is not None and tells_of_everyone(self.n, self.favourable, self.persons):
            raise ValueError("a share near unanimity needs ten persons")
        if self.detailed and self.persons < PERSONS_FOR_DETAIL:
            raise ValueError("more than the share needs ten persons")
        if self.counts is not None and (self.withheld or sum(self.counts) != self.n):
            raise ValueError("a distribution that is shown adds up to n")

    @property
    def detailed(self) -> bool:
        """Whether there are persons enough for more than the share: for a verdict, and a distribution."""
        return self.counts is not None or self.withheld

    @property
    def share(self) -> float | None:
        """Share of the favourable answers, 0 to 1; none where only a bound may be read."""
        return None if self.n is None or self.favourable is None else self.favourable / self.n

    @property
    def favourable_range(self) -> tuple[int, int] | None:
        """The fewest and the most favourable answers that there can be: the same number where it is known."""
        if self.n is None:
            return None
        if self.bound is None:
            return self.favourable, self.favourable
        return (self.n - 1, self.n) if self.bound is Bound.AT_LEAST else (0, 1)

    @property
    def status(self) -> str:
        """What a reader is told about the number, e.g. "Vist" or "mindst 87 %"."""
        if self.bound is None:
            return self.state.value
        percent = 100 * (self.n - 1) // self.n if self.bound is Bound.AT_LEAST else -(-100 // self.n)
        return f"{self.bound} {percent}{NO_BREAK}%"


def share_only(n: int, favourable: int, persons: int) -> Figure:
    """A figure without its distribution, with a bound where the share would tell of everyone."""
    if not tells_of_everyone(n, favourable, persons):
        return Figure(State.SHOWN, n, favourable, persons)
    bound = Bound.AT_LEAST if favourable >= n - 1 else Bound.AT_MOST
    return Figure(State.SHOWN, n, None, persons, bound=bound)


def tells_of_everyone(n: int, favourable: int, persons: int) -> bool:
    """All or all but one, none or but one, of fewer than ten persons (group attribute disclosure).

    Of numbers, or of arrays of them.
    """
    return (persons < PERSONS_FOR_DETAIL) & ((favourable >= n - 1) | (favourable <= 1))


HIDDEN = Figure(State.HIDDEN)
NO_ANSWERS = Figure(State.NO_ANSWERS)


@dataclass(frozen=True)
class Response:
    """Sheets invited and answered; `invited` is None where nobody knows it.

    `badge` and `skewed` are judged at release; `skewed` is None where it cannot be judged.
    """

    state: State
    answers: int | None = None
    invited: int | None = None
    badge: Badge | None = None
    skewed: bool | None = None

    @property
    def rate(self) -> float | None:
        """Answers as a share of the invited, 0 to 1."""
        return self.answers / self.invited if self.answers is not None and self.invited else None

    @property
    def grounds(self) -> str:
        """The badge's letter with its words, e.g. "A Godt grundlag"; empty where there is none."""
        return f"{self.badge.value} {self.badge.words}" if self.badge else ""


@dataclass(frozen=True)
class QuestionRow:
    """One question: the unit's figure beside the one it is compared with."""

    theme: Theme
    question: Question
    scale: Scale
    figure: Figure
    benchmark: Figure


@dataclass(frozen=True)
class Score:
    """Mean of shares, with the fewest and most answers behind any of them.

    `detailed`: there are persons enough behind every one of them for more than the share.
    """

    state: State
    share: float | None = None
    fewest: int | None = None
    most: int | None = None
    detailed: bool = False
    judgement: Judgement | None = None


@dataclass(frozen=True)
class ThemeRow:
    """A theme's score (mean of its questions' shares) beside the one it is compared with."""

    theme: Theme
    score: Score
    benchmark: Score
    questions: tuple[Question, ...] = ()
    """Those that the scores are the mean of."""


def everyone_else(total: Figure, unit: Figure, least_persons: int) -> Figure:
    """The total without the unit; shown only where both are, and where the rest is large enough itself."""
    if unit.state is State.NO_ANSWERS:
        return total
    if unit.favourable is None or total.favourable is None:
        return HIDDEN
    n, favourable = total.n - unit.n, total.favourable - unit.favourable
    if n == 0:
        return NO_ANSWERS
    # Somebody may have answered on both sides, so this is the least number of persons in the rest.
    persons = total.persons - unit.persons
    detail = published_detail(persons, least_persons)
    if detail is Detail.HIDDEN:
        return HIDDEN
    if detail is Detail.SHARE:
        return share_only(n, favourable, persons)
    known = total.outside_base is not None and unit.outside_base is not None
    outside = total.outside_base - unit.outside_base if known else None
    withheld = total.counts is None or unit.counts is None
    counts = None if withheld else tuple(a - b for a, b in zip(total.counts, unit.counts, strict=True))
    return Figure(State.SHOWN, n, favourable, persons, counts, outside, withheld=withheld)


def score(figures: Sequence[Figure]) -> Score:
    """Mean of the questions' shares, counting the same; hidden when one of them cannot be read."""
    answered = [figure for figure in figures if figure.state is not State.NO_ANSWERS]
    if not answered:
        return Score(State.NO_ANSWERS)
    if any(figure.share is None for figure in answered):
        return Score(State.HIDDEN)
    sizes = [figure.n for figure in answered]
    mean = sum(figure.share for figure in answered) / len(answered)
    detailed = all(figure.detailed for figure in answered)
    return Score(State.SHOWN, mean, min(sizes), max(sizes), detailed)


def theme_rows(rows: Iterable[QuestionRow]) -> tuple[ThemeRow, ...]:
    """Scores of the themes from their common questions, in the order of the questionnaire.

    Unit and comparison are scored over the same questions: those answered on both sides.
    """
    by_theme: dict[str, list[QuestionRow]] = {}
    for row in rows:
        if row.question.common:
            by_theme.setdefault(row.theme.id, []).append(row)
    return tuple(_theme_row(of_theme[0].theme, of_theme) for of_theme in by_theme.values())


def _theme_row(theme: Theme, rows: Sequence[QuestionRow]) -> ThemeRow:
    answered = [row for row in rows if row.figure.state is not State.NO_ANSWERS]
    both = [row for row in answered if row.benchmark.state is not State.NO_ANSWERS] or answered
    scores = score([row.figure for row in both]), score([row.benchmark for row in both])
    return ThemeRow(theme, *scores, tuple(row.question for row in both))


def in_groups(row: QuestionRow) -> QuestionRow:
    """The same row on a scale of at most three answers; the share and everything said of it stay."""
    # The answers that make up the share, as many from the other end, and any between; best first.
    options = row.scale.best_first
    bad_end = len(options) - min(row.scale.top, len(options) - row.scale.top)
    parts = options[: row.scale.top], options[row.scale.top : bad_end], options[bad_end:]
    groups = [part for part in parts if part]
    base = tuple(AnswerOption(value=group[0].value, text=_together(group)) for group in groups)
    outside = tuple(option for option in row.scale.options if not option.in_base)
    few = {"options": (*base, *outside), "good_end": base[0].value, "top": 1}
    figures = {"figure": _counted(row.figure, groups), "benchmark": _counted(row.benchmark, groups)}
    return replace(row, scale=row.scale.model_copy(update=few), **figures)


def _together(options: Sequence[AnswerOption]) -> str:
    """One text for them all: "Enig / Helt enig", and for more than two "3 til 8"."""
    texts = [option.text for option in options]
    return " / ".join(texts) if len(texts) < 3 else f"{texts[0]} til {texts[-1]}"


def _counted(figure: Figure, groups: Sequence[Sequence[AnswerOption]]) -> Figure:
    if figure.counts is None:
        return figure
    counts = iter(figure.counts)
    return replace(figure, counts=tuple(sum(next(counts) for _ in group) for group in groups))
