"""What a page says: figures with their title, selection and source, which no report can be built without."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indicators.danish import day
from indicators.figure import Figure, QuestionRow, Response, State, ThemeRow
from indicators.judgement import VisibleDifference
from indicators.method import AuditFigure
from indicators.questionnaire import Question, Scale, Theme
from indicators.selection import Option, Selection, Years


@dataclass(frozen=True)
class Origin:
    """Where figures come from: said on every page and every file."""

    source: str
    release: int
    released_on: date
    profile: str
    least_persons: int
    is_sample: bool
    audit: AuditFigure | None = None

    def describe(self) -> str:
        """Source, release and date in one line."""
        return f"{self.source} · Udgivelse {self.release} af {day(self.released_on)}"


@dataclass(frozen=True)
class Datum:
    """One figure with everything that says what it is about: a line of the workbook's data sheet."""

    years: Years
    unit: Option
    education: Option
    institution: Option
    theme: Theme
    question: Question
    figure: Figure
    survey: Option | None = None
    """None: the selection's."""


@dataclass(frozen=True, kw_only=True)
class Report(ABC):
    """What chart, table, alternative text and workbook all take."""

    title: str
    selection: Selection
    origin: Origin
    response: Response
    notes: tuple[str, ...] = ()
    visible: tuple[VisibleDifference, ...] = ()
    """Where nothing was found: how large a difference would have been, with fewest and with most answers."""

    def __post_init__(self) -> None:
        if not self.title or not self.origin.source:
            raise ValueError("a report needs a title and a source")

    @property
    def is_all_hidden(self) -> bool:
        """Whether so many answered that it may be told, and yet no share may be."""
        states = {datum.figure.state for datum in self.data() if datum.unit == self.selection.unit}
        return self.response.state is State.SHOWN and State.SHOWN not in states and State.HIDDEN in states

    def explained_by_mix(self) -> Iterator[str]:
        """What is clear and can be explained by the mix of educations, as it is named in a sentence."""
        yield from ()

    @abstractmethod
    def data(self) -> Iterator[Datum]:
        """Every figure that the report shows or compares with."""


@dataclass(frozen=True, kw_only=True)
class FigureTable(Report):
    """All questions of a selection, and the themes they make up."""

    rows: tuple[QuestionRow, ...]
    themes: tuple[ThemeRow, ...] = ()

    @property
    def has_counts(self) -> bool:
        """Whether any question has counts, and so a bar: of few answers there are shares alone."""
        return any(row.figure.counts for row in self.rows)

    def explained_by_mix(self) -> Iterator[str]:
        """The questions."""
        for row in self.rows:
            if row.figure.judgement and row.figure.judgement.explained_by_mix:
                yield f"«{row.question.short}»"

    def data(self) -> Iterator[Datum]:
        """The unit's figures, then those it is compared with."""
        chosen = self.selection
        filters = chosen.education, chosen.institution
        for row in self.rows:
            yield Datum(chosen.years, chosen.unit, *filters, row.theme, row.question, row.figure)
        for row in self.rows if chosen.compares else ():
            yield Datum(chosen.years, chosen.compared_with, *filters, row.theme, row.question, row.benchmark)


@dataclass(frozen=True)
class Asked:
    """The question in focus, with its theme and scale."""

    question: Question
    theme: Theme
    scale: Scale


Value = str | int | date | None


@dataclass(frozen=True)
class ListingColumn:
    """A column; only one that `may_be_edited` is read when the workbook comes back."""

    heading: str
    may_be_edited: bool = False
    width: int = 18
    choices: tuple[str, ...] = ()
    """What may be chosen, where it is not free text."""


@dataclass(frozen=True)
class Listing:
    """It cannot be built without its title, or with a row that does not fit the columns."""

    title: str
    columns: tuple[ListingColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.title:
            raise ValueError("a listing needs a title")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row of a listing has a value for each column")
