"""The reader's choice: it conditions the query, fills the URL and says itself in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indicators.danish import listed, lower_first

ALL = "alle"
EVERYONE_ELSE = "andre"


@dataclass(frozen=True)
class Option:
    """A key of the store with the name a reader knows it by."""

    key: str
    name: str


ALL_EDUCATIONS = Option(ALL, "Alle uddannelser")
ALL_INSTITUTIONS = Option(ALL, "Alle uddannelsessteder")
ALL_UNITS = Option(ALL, "Alle enheder")
ALL_THEMES = Option(ALL, "Alle temaer")
NO_QUESTION = Option("", "")
COMPARED_WITH_EVERYONE_ELSE = Option(EVERYONE_ELSE, "Alle andre")


class Years(NamedTuple):
    """A year, or several that are added up."""

    last: int
    first: int | None = None
    """None where it is one year."""

    @classmethod
    def named(cls, text: str) -> "Years":
        """The way back of str: "2025" or "2023-2025"; ValueError where it is neither."""
        first, _, last = text.rpartition("-")
        return cls(int(last), int(first) if first else None)

    def __str__(self) -> str:
        return str(self.last) if self.first is None else f"{self.first}-{self.last}"

    @property
    def in_words(self) -> str:
        """As a reader chooses it."""
        return f"{self} samlet" if self.first else str(self)

    @property
    def covered(self) -> range:
        """Every year from the first to the last."""
        return range(self.first or self.last, self.last + 1)


PLUS = "+"
"""Between the keys of units that a reader adds up."""

MOST_NAMED = 3


def joined(units: Sequence[Option]) -> Option:
    """The units as one; one of them alone is itself."""
    keys = sorted({unit.key for unit in units})
    if len(keys) == 1:
        return units[0]
    names = [unit.name for unit in units]
    more = [f"{len(names) - MOST_NAMED} mere"] if len(names) > MOST_NAMED else []
    return Option(PLUS.join(keys), listed([*names[:MOST_NAMED], *more]))


def parts_of(unit_key: str) -> tuple[str, ...]:
    """The keys of the units that are added up; a unit that is not has itself."""
    return tuple(unit_key.split(PLUS))


def is_joined(unit_key: str) -> bool:
    """Whether it is several units."""
    return PLUS in unit_key


@dataclass(frozen=True)
class Selection:
    """What is shown: one round, one unit, and what it is held up against."""

    survey: Option
    year: int
    unit: Option = ALL_UNITS
    education: Option = ALL_EDUCATIONS
    institution: Option = ALL_INSTITUTIONS
    compared_with: Option = COMPARED_WITH_EVERYONE_ELSE
    theme: Option = ALL_THEMES
    question: Option = NO_QUESTION
    first_year: int | None = None
    """Where several years are added up: the first of them, `year` being the last."""

    @property
    def years(self) -> Years:
        """The year, or the years that are added up."""
        return Years(self.year, self.first_year)

    @property
    def last_alone(self) -> "Selection":
        """The same in the last of the years alone."""
        return replace(self, first_year=None)

    @property
    def compares(self) -> bool:
        """Everything has nothing else to be compared with, and nothing is compared with itself."""
        if self.unit.key == ALL:
            return self.compared_with.key not in (EVERYONE_ELSE, ALL)
        return self.compared_with.key != self.unit.key

    @property
    def stored_unit(self) -> str:
        """The key that a question is linked or measured with: several units have none, and stand for all."""
        return ALL if is_joined(self.unit.key) else self.unit.key

    def keys(self) -> dict[str, str]:
        """What is chosen, by its keys; what leaves nothing out is not named."""
        options = {name: getattr(self, name).key for name in ("unit", "education", "institution", "theme")}
        chosen = {name: key for name, key in options.items() if key != ALL}
        if self.compared_with.key != EVERYONE_ELSE:
            chosen["compared_with"] = self.compared_with.key
        if self.question.key:
            chosen["question"] = self.question.key
        return {"survey": self.survey.key, "years": str(self.years), **chosen}

    def describe(self) -> str:
        """One sentence for caption, alt text and file cover."""
        parts = [f"{self.survey.name} {self.years.in_words}", self.unit.name, self.education.name]
        if self.institution.key != ALL:
            parts.append(self.institution.name)
        if self.theme.key != ALL:
            parts.append(f"tema: {lower_first(self.theme.name)}")
        if self.question.key:
            parts.append(f"«{self.question.name}»")
        if self.compares:
            other = self.compared_with.name
            proper = self.compared_with.key not in (EVERYONE_ELSE, ALL)
            parts.append(f"sammenlignet med {other if proper else lower_first(other)}")
        return " · ".join(parts)
