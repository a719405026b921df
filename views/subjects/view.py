"""A view of the results: a selection with the choices of one page, and all that is made of it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any, ClassVar, Self

from indicators.report import Report
from indicators.selection import Option, Selection
from views.documents.sections import Section
from views.foundation import controls
from views.foundation.controls import Choose, Control
from views.subjects.wall import Wall

NOT_CHOSEN = Option("", "")
CONTROL, OPTIONS = "control", "options"


@dataclass(frozen=True)
class View(ABC):
    """The fields after the selection are its controls: being here, they are in address, agenda and files."""

    selection: Selection

    place: ClassVar[str]
    """The page by its file."""
    tab: ClassVar[Option | None] = None
    """Which of the page's tabs, and how the address names that."""
    tab_key: ClassVar[str] = controls.TAB
    has_question: ClassVar[bool] = False
    """Whether it is about a theme and one question in focus."""

    @classmethod
    def chosen(cls, selection: Selection, choose: Choose) -> Self:
        """The view of the selection with what is chosen for each of its controls."""
        view = cls(selection)
        for name, control, options in cls._controls():
            if offered := options(view):
                view = replace(view, **{name: choose(control(view), offered)})
        return view

    @classmethod
    def _controls(cls) -> Iterator[tuple[str, Callable[[Self], Control], Callable[[Self], Sequence[Option]]]]:
        for one in fields(cls):
            if CONTROL in one.metadata:
                yield one.name, one.metadata[CONTROL], one.metadata[OPTIONS]

    def query(self) -> dict[str, str | list[str]]:
        """The view as its address has it, each choice by its key; a list where several can be chosen."""
        about = self.selection
        keys = controls.keys_of(about)
        if self.has_question:
            keys |= {controls.THEME: about.theme.key, controls.QUESTION: about.question.key}
        if self.tab:
            keys[self.tab_key] = self.tab.key
        for name, control, _ in self._controls():
            value = getattr(self, name)
            if isinstance(value, tuple):
                keys[control(self).key] = [option.key for option in value]
            elif value != NOT_CHOSEN:
                keys[control(self).key] = value.key
        return keys

    def report(self) -> Report | None:
        """The figures that it shows; None where it shows none."""
        return None

    def sections(self) -> Sequence[Section]:
        """Its figures with tables and pictures, as files take them."""
        return ()

    @abstractmethod
    def wall(self) -> Wall:
        """As much of it as can be read from the back of a room."""

    @classmethod
    @abstractmethod
    def page(cls, selection: Selection) -> None:
        """Draws the page or tab of the selection with its controls."""


def choice(
    control: Control | Callable[[Any], Control],
    options: Sequence[Option] | Callable[[Any], Sequence[Option]],
) -> Field:
    """A field that a reader chooses; both may depend on the fields before it. No options: no control.

    A control that depends on them takes one option: how many, a class has to know from the beginning.
    """
    control_of = control if callable(control) else lambda _: control
    options_of = options if callable(options) else lambda _: options
    several = isinstance(control, Control) and control.most > 1
    return field(default=() if several else NOT_CHOSEN, metadata={CONTROL: control_of, OPTIONS: options_of})
