"""Published figures, and the tables that chart, screen and workbook all take."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indicators.danish import day
from indicators.disclosure import LEAST_PERSONS, PERSONS_FOR_DETAIL
from indicators.questionnaire import Question, Scale, Theme
from indicators.selection import Selection


class State(StrEnum):
    """Whether there is a number to show; the values are the words the reader sees."""

    SHOWN = "Vist"
    HIDDEN = "Skjult af hensyn til anonymitet"
    NO_ANSWERS = "Ingen svar"


@dataclass(frozen=True)
class Figure:
    """A group's answers to one question: `favourable` of `n` sheets filled in by `persons`.

    `counts` has the best answer first and leaves out "ved ikke", which is `outside_base`.
    Only a shown figure holds numbers, and one with too few persons cannot be built (ValueError).
    """

    state: State
    n: int | None = None
    favourable: int | None = None
    persons: int | None = None
    counts: tuple[int, ...] | None = None
    outside_base: int | None = None

    def __post_init__(self) -> None:
        numbers = (self.n, self.favourable, self.persons, self.counts, self.outside_base)
        if self.state is not State.SHOWN:
            if any(number is not None for number in numbers):
                raise ValueError("a figure that is not shown holds no numbers")
            return
        if None in (self.n, self.favourable, self.persons) or not LEAST_PERSONS <= self.persons <= self.n:
            raise ValueError("a shown figure needs answers from at least three persons")
        if not 0 <= self.favourable <= self.n:
            raise ValueError("the favourable answers are a part of all answers")
        if self.counts is not None and (self.persons < PERSONS_FOR_DETAIL or sum(self.counts) != self.n):
            raise ValueError("a distribution adds up to n and needs ten persons")

    @property
    def share(self) -> float | None:
        """Share of the favourable answers, 0 to 1."""
        return None if self.n is None or self.favourable is None else self.favourable / self.n


HIDDEN = Figure(State.HIDDEN)
NO_ANSWERS = Figure(State.NO_ANSWERS)


@dataclass(frozen=True)
class Response:
    """Sheets invited and answered; `invited` is None where nobody knows it."""

    state: State
    answers: int | None = None
    invited: int | None = None

    @property
    def rate(self) -> float | None:
        """Answers as a share of the invited, 0 to 1."""
        return self.answers / self.invited if self.answers is not None and self.invited else None


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
    """Mean of shares, with the fewest and most answers behind any of them."""

    state: State
    share: float | None = None
    fewest: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class ThemeRow:
    """A theme's score (mean of its questions' shares) beside the one it is compared with."""

    theme: Theme
    score: Score
    benchmark: Score


@dataclass(frozen=True)
class Origin:
    """Where figures come from: said on every page and every file."""

    source: str
    release: int
    released_on: date
    profile: str
    least_persons: int
    is_sample: bool

    def describe(self) -> str:
        """Source, release and date in one line."""
        return f"{self.source} · Udgivelse {self.release} af {day(self.released_on)}"


@dataclass(frozen=True)
class FigureTable:
    """All questions of a selection; it cannot be built without title, selection and origin."""

    title: str
    selection: Selection
    origin: Origin
    response: Response
    rows: tuple[QuestionRow, ...]
    themes: tuple[ThemeRow, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.title or not self.origin.source:
            raise ValueError("a table of figures needs a title and a source")
