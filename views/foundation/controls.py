"""What a reader can choose, each choice declared once, and the one way from choices to a selection.

Whoever chooses is a function: the boxes of a page, the query string that an agenda keeps, the command line.
It is given a control with its options and gives the one that is chosen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol
from urllib.parse import parse_qs

from data_access.dashboard.queries import Choices
from data_access.problems import SelectionProblem, StoreProblem
from indicators.selection import (
    ALL_EDUCATIONS,
    ALL_INSTITUTIONS,
    ALL_THEMES,
    ALL_UNITS,
    COMPARED_WITH_EVERYONE_ELSE,
    Option,
    Selection,
)
from views.foundation import vocabulary

SURVEY, YEAR, EDUCATION, UNIT, INSTITUTION = "spoergeskema", "aar", "uddannelse", "enhed", "uddannelsessted"
COMPARISON, THEME, QUESTION, TAB = "sammenlign", "tema", "spoergsmaal", "fane"
NO_ROUNDS = "Udgivelsen indeholder ingen runder. Kør «python manage.py publish»."


@dataclass(frozen=True)
class Control:
    """A choice: its key in the address, its label on the page, and how its options are called."""

    key: str
    label: str
    label_of: Callable[[Option], str] = vocabulary.name
    most: int = 1
    """More than one: several can be chosen, also none; else the first option is the one to fall back on."""
    side_by_side: bool = False
    """Few options that are all seen, instead of a box that opens."""
    width: int | str = "stretch"
    says_what_is_gone: bool = True
    """Whether a reader is told of a choice that another choice has taken away."""


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
    year = choose(Control(YEAR, "År"), [Option(str(year), str(year)) for year in choices.years])
    with_field = partial(vocabulary.with_field, choices.fields)
    education = choose(Control(EDUCATION, "Uddannelse", with_field), (ALL_EDUCATIONS, *choices.educations))
    institution = choose(Control(INSTITUTION, "Uddannelsessted"), (ALL_INSTITUTIONS, *choices.institutions))
    unit = choose(Control(UNIT, "Enhed", vocabulary.with_kind), choices.units)
    others = [other for other in choices.units if other not in (unit, ALL_UNITS)]
    beside = choose(
        Control(COMPARISON, "Sammenlign med", vocabulary.with_kind), (COMPARED_WITH_EVERYONE_ELSE, *others)
    )
    return Selection(survey, int(year.key), unit, education, institution, beside)


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
        known = vocabulary.Vocabulary(options, control.label_of)
        if control.most > 1:
            there = list(dict.fromkeys(filter(None, map(known.option, words))))
            unknown = [word for word in words if not known.option(word)]
            self.notes += vocabulary.left_out(unknown, len(there), control.most)
            return tuple(there[: control.most])
        option = known.option(words[-1]) if words else options[0]
        if option is None:
            option = options[0]
            self.notes.append(vocabulary.absent(words[-1], control.label_of(option)))
        return option


@dataclass(frozen=True)
class NamedChoices:
    """Choices by keys, as the command line and tests name them; SelectionProblem where one does not exist."""

    keys: Mapping[str, str | None]

    def __call__(self, control: Control, options: Sequence[Option]) -> Option:
        """The option of that key; the first where none is named."""
        key = self.keys.get(control.key)
        for option in options:
            if not key or option.key == key:
                return option
        known = ", ".join(option.key for option in options[:8])
        raise SelectionProblem(f"{control.label} «{key}» findes ikke i udgivelsen. Fx: {known} …")
