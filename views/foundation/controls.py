"""What a reader can choose, each choice declared once, and the one way from choices to a selection.

Whoever chooses is a function: the boxes of a page, the query string that an agenda keeps, the command line.
It is given a control with its options and gives the one that is chosen.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Protocol
from urllib.parse import parse_qs

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.models import Release
from data_access.dashboard.queries import Choices
from data_access.problems import SelectionProblem, StoreProblem
from indicators.danish import listed
from indicators.groups import kind_key, kind_of
from indicators.selection import (
    ALL,
    ALL_EDUCATIONS,
    ALL_INSTITUTIONS,
    ALL_THEMES,
    COMPARED_WITH_EVERYONE_ELSE,
    PLUS,
    Option,
    Selection,
    Years,
    joined,
    parts_of,
)
from indicators.unit_kinds import UNIT_KINDS

SURVEY = "spoergeskema"
YEAR = "aar"
EDUCATION = "uddannelse"
UNIT = "enhed"
INSTITUTION = "uddannelsessted"
COMPARISON = "sammenlign"
THEME = "tema"
QUESTION = "spoergsmaal"
TAB = "fane"
MORE_UNITS, MOST_ADDED = "flere_enheder", 9
OF_SELECTION = (SURVEY, YEAR, EDUCATION, INSTITUTION, UNIT, MORE_UNITS, COMPARISON)
"""What is chosen in the strip, as `keys_of` has it."""

NO_ROUNDS = "Udgivelsen indeholder ingen runder. Kør «python manage.py publish»."

_NUMBERED = re.compile(r"\(nr\. (\d+)\)$")
_ESCAPED = re.compile(r"^(amp;)+", re.IGNORECASE)
LONGEST, MOST_NAMED = 80, 5
"""Of what a link asked for in vain: characters that are told of each, and how many are told by name."""


def name_of(option: Option) -> str:
    """As it is called."""
    return option.name


def with_kind(unit: Option) -> str:
    """With the kind of the unit where its name does not say it, so that typing a kind finds them all."""
    kind = kind_of(unit.key)
    return unit.name if kind.casefold() in unit.name.casefold() else f"{kind}: {unit.name}"


def with_field(fields: dict[str, str], education: Option) -> str:
    """With the field, which the educations are listed by."""
    its_field = fields.get(education.key)
    return f"{education.name} ({its_field})" if its_field else education.name


class Vocabulary:
    """The options of a control by everything that they may be asked for by: label, name, key."""

    def __init__(self, options: Sequence[Option], label_of: Callable[[Option], str]) -> None:
        self._by_word = {
            word: one for one in reversed(options) for word in (label_of(one), one.name, one.key)
        }

    @cached_property
    def _by_normalized(self) -> dict[str, Option]:
        return {_normalized(word): one for word, one in self._by_word.items()}

    def option(self, asked: Option | str | None) -> Option | None:
        """The option meant, also by one that has been given another name since; None where there is none."""
        word = asked.key if isinstance(asked, Option) else asked or ""
        number = _NUMBERED.search(word)
        by_number = self._by_word.get(number[1]) if number else None
        return self._by_word.get(word) or self._by_normalized.get(_normalized(word)) or by_number

    def several(self, asked: Sequence[Option | str], most: int) -> tuple[list[Option], Iterator[str]]:
        """The options meant, each once and up to so many, and what a link that asked for others is told."""
        there = list(dict.fromkeys(filter(None, map(self.option, asked))))
        unknown = [word for word in asked if not self.option(word)]
        return there[:most], left_out(unknown, len(there), most)


def _normalized(word: str) -> str:
    """The same however it is written: å as a and a ring, in small letters, with signs that nobody sees."""
    seen = "".join(one for one in word if unicodedata.category(one) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def with_number(title: str, number: int) -> str:
    """What people name, and may name alike or anew, carries the number that it is found by."""
    return f"{title} (nr. {number})"


def absent(asked: str, shown: str) -> str:
    """That there is no such option, and which is shown instead."""
    return f"{_quoted(asked)} findes ikke her. Der vises «{shown}»."


def unescaped(link: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The parameters of a link that was copied out of HTML, where & is written &amp;."""
    return {_ESCAPED.sub("", name): values for name, values in link.items()}


def not_used(names: Iterable[str]) -> Iterator[str]:
    """That nothing on the page goes by these parameters of a link."""
    if names := list(names):
        yield f"En del af linket forstås ikke her og er sprunget over: {listed(_first(names))}."


def repeated(name: str) -> str:
    """That a link gives a parameter several values where there is room for one."""
    return f"Linket nævner {_quoted(name)} flere gange. Her gælder den sidste."


def left_out(unknown: Sequence[str], known: int, most: int) -> Iterator[str]:
    """That a link names options that there are not, or more of those there are than can be shown."""
    if unknown:
        yield f"{listed(_first(unknown))} findes ikke her."
    if known > most:
        yield f"Linket nævner {known} enheder. Her vises de første {most}."


def _first(words: Sequence[str]) -> list[str]:
    """As many as are told by name, and how many more there are."""
    more = [f"{len(words) - MOST_NAMED} mere"] if len(words) > MOST_NAMED else []
    return [*map(_quoted, words[:MOST_NAMED]), *more]


def _quoted(asked: str) -> str:
    return f"«{asked if len(asked) <= LONGEST else asked[:LONGEST] + '…'}»"


@dataclass(frozen=True)
class Control:
    """A choice: its key in the address, its label on the page, and how its options are called."""

    key: str
    label: str
    label_of: Callable[[Option], str] = name_of
    most: int = 1
    """More than one: several can be chosen, also none; else the first option is the one to fall back on."""
    side_by_side: bool = False
    """Few options that are all seen, instead of a box that opens."""
    width: int | str = "stretch"
    says_what_is_gone: bool = True
    """Whether a reader is told of a choice that another choice has taken away."""
    is_seldom_used: bool = False
    """Few need it, so the strip folds it up."""


class Choose(Protocol):
    """Gives the option that is chosen, or several where the control takes more than one."""

    def __call__(self, control: Control, options: Sequence[Option]) -> Any: ...


class PublishedChoices(Protocol):
    """What has been published, as far as a selection needs to know it."""

    def surveys(self) -> Sequence[Option]: ...

    def choices(self, survey: str) -> Choices: ...


def selection(choose: Choose, published: PublishedChoices) -> Selection:
    """Survey, year, education, unit and what it is compared with; StoreProblem where nothing is published."""
    surveys = published.surveys()
    if not surveys:
        raise StoreProblem(NO_ROUNDS)
    survey = choose(Control(SURVEY, "Spørgeskema"), surveys)
    choices = published.choices(survey.key)
    every_year = [Option(str(years), years.in_words) for years in choices.years]
    years = Years.named(choose(Control(YEAR, "År"), every_year).key)
    field_too = partial(with_field, choices.fields)
    education = choose(Control(EDUCATION, "Uddannelse", field_too), (ALL_EDUCATIONS, *choices.educations))
    of_institution = Control(INSTITUTION, "Uddannelsessted", is_seldom_used=True)
    institution = choose(of_institution, (ALL_INSTITUTIONS, *choices.institutions))
    unit = choose(Control(UNIT, "Enhed", with_kind), choices.units)
    if _is_place(unit.key):
        addable = [one for one in choices.units if _is_place(one.key) and one != unit]
        added = Control(MORE_UNITS, "Læg sammen med", with_kind, MOST_ADDED, is_seldom_used=True)
        unit = joined([unit, *choose(added, addable)])
    others = [other for other in choices.units if other.key not in (ALL, *parts_of(unit.key))]
    beside = choose(Control(COMPARISON, "Sammenlign med", with_kind), (COMPARED_WITH_EVERYONE_ELSE, *others))
    return Selection(survey, years.last, unit, education, institution, beside, first_year=years.first)


def keys_of(chosen: Selection) -> dict[str, str | list[str]]:
    """The selection as an address has it, each choice by its key: the way back of `selection`."""
    unit, *more_units = parts_of(chosen.unit.key)
    return {
        SURVEY: chosen.survey.key,
        YEAR: str(chosen.years),
        EDUCATION: chosen.education.key,
        INSTITUTION: chosen.institution.key,
        UNIT: unit,
        MORE_UNITS: more_units,
        COMPARISON: chosen.compared_with.key,
    }


def _is_place(unit_key: str) -> bool:
    """Whether its answers are no other such unit's, and can be added to them: groups overlap with members."""
    kind = UNIT_KINDS.get(kind_key(unit_key))
    return kind is not None and kind.is_separate


def with_theme(chosen: Selection, choose: Choose, published: PublishedChoices) -> Selection:
    """The selection with one of its themes, or all."""
    themes = published.choices(chosen.survey.key).themes
    return replace(chosen, theme=choose(Control(THEME, "Tema", width=260), (ALL_THEMES, *themes)))


def with_question(chosen: Selection, choose: Choose, published: PublishedChoices) -> Selection:
    """The selection with one question of its theme in focus."""
    questions = published.choices(chosen.survey.key).questions_of(chosen.theme, chosen.education)
    control = Control(QUESTION, "Spørgsmål", says_what_is_gone=False)
    return replace(chosen, question=choose(control, questions))


@dataclass
class KeptChoices:
    """A query string as an agenda keeps it, read as the boxes of its page would read it.

    `notes` say in Danish what is not as it was when the view was kept.
    """

    query: str
    notes: list[str] = field(default_factory=list)

    def __call__(self, control: Control, options: Sequence[Option]) -> Any:
        """The options that are named; of one that is gone the first, with a note."""
        words = parse_qs(self.query).get(control.key, ())
        known = Vocabulary(options, control.label_of)
        if control.most > 1:
            chosen, notes = known.several(words, control.most)
            self.notes += notes
            return tuple(chosen)
        option = known.option(words[-1]) if words else options[0]
        if option is None:
            option = options[0]
            self.notes.append(absent(words[-1], control.label_of(option)))
        return option


@dataclass(frozen=True)
class NamedChoices:
    """Choices by keys, as the command line and tests name them; SelectionProblem where one does not exist."""

    keys: Mapping[str, str | None]

    def __call__(self, control: Control, options: Sequence[Option]) -> Any:
        """The option of that key, the first where none is named; of several all that are, by «+»."""
        key = self.keys.get(control.key)
        if control.most > 1:
            return tuple(self._named(control, options, one) for one in parts_of(key)) if key else ()
        return self._named(control, options, key)

    @staticmethod
    def _named(control: Control, options: Sequence[Option], key: str | None) -> Option:
        for option in options:
            if not key or option.key == key:
                return option
        known = ", ".join(option.key for option in options[:8])
        raise SelectionProblem(f"{control.label} «{key}» findes ikke i udgivelsen. Fx: {known} …")


@dataclass(frozen=True)
class PublishedIn:
    """What a release holds, read from the store each time: nothing is cached on the command line."""

    session: Session
    release: Release

    def surveys(self) -> Sequence[Option]:
        """The surveys of the release."""
        return queries.surveys(self.session, self.release)

    def choices(self, survey: str) -> Choices:
        """What can be chosen for the survey."""
        return queries.choices(self.session, self.release, survey)


def selection_of_keys(
    session: Session, survey: str, years: int | str, keys: Mapping[str, str | None]
) -> Selection:
    """A selection from keys as the command line takes them; SelectionProblem names what does not exist.

    `keys` may hold unit, education, institution, compared_with and theme.
    """
    unit, *more_units = parts_of(keys.get("unit") or "")
    named = (unit, *more_units)
    cannot_be_added = not all(named) or len({*named}) < len(named) or not all(map(_is_place, named))
    if more_units and cannot_be_added:
        raise SelectionProblem(
            f"«{PLUS.join(named)}» kan ikke lægges sammen. Kun forskellige kommuner og hospitaler kan."
        )
    choose = NamedChoices(
        {
            SURVEY: survey,
            YEAR: str(years),
            UNIT: unit,
            MORE_UNITS: PLUS.join(more_units),
            EDUCATION: keys.get("education"),
            INSTITUTION: keys.get("institution"),
            COMPARISON: keys.get("compared_with"),
            THEME: keys.get("theme"),
        }
    )
    published = PublishedIn(session, queries.release_in_force(session))
    return with_theme(selection(choose, published), choose, published)
