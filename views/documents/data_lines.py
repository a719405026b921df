"""What a line of a sheet for work is about, and what its columns ask of it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

from indicators.data_quality import Answered
from indicators.groups import kind_key
from indicators.judgement import Judgement
from indicators.report import Datum
from indicators.selection import ALL, EVERYONE_ELSE, Option
from indicators.unit_kinds import MUNICIPALITY, UNIT_KINDS


@dataclass(frozen=True)
class Line(ABC):
    """A line of a sheet for work: of which group it is, and what can be said of any of them."""

    about: Datum | Answered
    survey: Option

    @property
    @abstractmethod
    def status(self) -> str:
        """Whether there is a number, or why there is none."""

    @property
    @abstractmethod
    def is_known(self) -> bool:
        """Whether there are numbers that could be added to others."""

    @property
    def whose(self) -> str:
        """The unit in the key of the line."""
        return self.about.unit.key

    @property
    def question(self) -> tuple[str, ...]:
        """The question's id; none where the line is about responses."""
        return ()

    @property
    def key(self) -> str:
        """What is the same about the group in every year's file."""
        group = self.about.education.key, self.about.institution.key
        return "|".join((self.survey.key, self.whose, *group, *self.question))

    @property
    def municipality_code(self) -> str:
        """The official code: kommune:0265 -> 0265."""
        kind, _, code = self.about.unit.key.partition(":")
        return code if kind == MUNICIPALITY.key else ""

    @cached_property
    def adds_up(self) -> bool:
        """Whether it is known and shares no answer with any other such line of its round."""
        everybody = self.about.education.key == self.about.institution.key == ALL
        return everybody and UNIT_KINDS[kind_key(self.about.unit.key)].is_separate and self.is_known

    @property
    def sum_group(self) -> str | None:
        """What the lines have in common that it may be added to."""
        return "|".join((self.survey.key, str(self.about.year), *self.question)) if self.adds_up else None

    def added(self, number: int | None) -> int | None:
        """The number, if the line may be added to others."""
        return number if self.adds_up else None


@dataclass(frozen=True)
class FigureLine(Line):
    """A figure; everyone else is everyone but the `own` unit, so that two units' files can be stacked."""

    about: Datum
    own: Option

    @property
    def status(self) -> str:
        return self.about.figure.status

    @property
    def is_known(self) -> bool:
        return self.about.figure.favourable_range is not None

    @property
    def whose(self) -> str:
        unit = self.about.unit.key
        return f"{unit} end {self.own.key}" if unit == EVERYONE_ELSE else unit

    @property
    def question(self) -> tuple[str, ...]:
        return (self.about.question.id,)

    @cached_property
    def judgement(self) -> Judgement:
        """An empty one where nothing is said of the figure."""
        return self.about.figure.judgement or Judgement()

    @cached_property
    def favourable_range(self) -> tuple[int | None, int | None]:
        """At least and at most so many agree, where the line may be added to others."""
        return self.about.figure.favourable_range if self.adds_up else (None, None)
