"""The figures of a meeting item by item: those that were kept, else (or if these are not shown) as now."""

from typing import NamedTuple

from data_access.partnerships.lists.meetings import Item
from views.foundation import frozen_figure
from views.foundation.frozen_figure import Figure
from views.meeting import items
from views.meeting.saved_view import saved_view


class Numbered(NamedTuple):
    """A figure with the place of its item on the agenda, and whether it is kept or as it is now."""

    place: int
    figure: Figure
    is_kept: bool

    @property
    def called(self) -> str:
        return "Tal som vist" if self.is_kept else "Tallene, som de er nu"


def of(agenda: tuple[Item, ...]) -> list[Numbered]:
    """Every figure once, also those that decisions were made on."""
    found: list[Numbered] = []
    for place, item in enumerate(agenda, start=1):
        then = kept(item)
        found += [Numbered(place, one, True) for one in then]
        if not any(map(frozen_figure.is_shown, then)) and (now := current(item)):
            found.append(Numbered(place, now, False))
    return found


def kept(item: Item) -> list[Figure]:
    """The figure of the item and those that its decisions were made on, each once."""
    every = [one for one in (item.figure, *(made.figure for made in item.decisions)) if one]
    return [one for number, one in enumerate(every) if one not in every[:number]]


def current(item: Item) -> dict | None:
    """What the item's view shows now; None where it shows no figures."""
    view = saved_view(item.page, item.view).view if items.is_view(item) else None
    sections = view.sections() if view else ()
    return frozen_figure.freeze(sections[0].report, sections[0].frame) if sections else None
