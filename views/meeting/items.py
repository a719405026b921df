"""What an item of an agenda is about: in words, the way to it, the view that it keeps, and its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qs

from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.records import is_gone
from indicators.partnership.meeting import SINCE_LAST
from indicators.selection import Selection
from views.all_subjects.all_views import kept_view
from views.foundation import controls, figures, frozen_figure, places
from views.foundation.controls import KeptChoices
from views.foundation.figures import query
from views.foundation.frozen_figure import Figure
from views.partnership import addresses
from views.partnership.board import board_filter
from views.subjects.view import View

DELETED = "Indsatsen er slettet. Gendan den under Indsatser, eller ret punktet."
OF_INITIATIVES = ("del", "indsats", "kort", "fra", addresses.PART, *board_filter.EVERYTHING)
"""What a kept view of Indsatser may set: anybody can have written it, so nothing else of the page's state."""


@dataclass(frozen=True)
class ItemDescription:
    """The headline of what an item shows, what to beware of, and the page that shows it."""

    headline: str = ""
    selection: str = ""
    notes: tuple[str, ...] = ()
    place: str = ""
    keys: dict = field(default_factory=dict)
    link: str = ""


def about(item: Item, meeting: Meeting) -> ItemDescription:
    """By what it points at; an item of words alone is about nothing but them."""
    if item.page == SINCE_LAST:
        return ItemDescription()
    if item.initiative:
        keys = {
            addresses.TAB: addresses.BOARD,
            addresses.OPENED: str(item.initiative.id),
            addresses.CARD_PART: addresses.CARD,
        }
        gone = (DELETED,) if query(is_gone, INITIATIVE, item.initiative.id) else ()
        return ItemDescription(
            f"Indsats: {item.initiative.name}", "", gone, places.INITIATIVES, keys, "Åbn indsatsen"
        )
    if item.agreement:
        keys = {
            addresses.TAB: addresses.AGREEMENTS,
            addresses.PARTNERSHIP: str(meeting.partnership.id),
            addresses.PART: addresses.READ,
        }
        return ItemDescription(
            f"Aftale: {item.agreement.name}", "", (), places.INITIATIVES, keys, "Åbn aftalen"
        )
    if not is_view(item):
        return ItemDescription()
    saved = saved_view(item.page, item.view)
    report = saved.view.report() if saved.view else None
    headline = report.title if report else places.NAMES[saved.place]
    selection = report.selection.describe() if report else ""
    return ItemDescription(headline, selection, saved.notes, saved.place, saved.keys, "Åbn visningen")


def lines(item: Item, shown: ItemDescription) -> tuple[str, ...]:
    """What stands under the title: the headline too, unless it is the title."""
    same = " ".join(shown.headline.split()) == item.title
    return (shown.selection,) if same else (shown.headline, shown.selection)


def is_view(item: Item) -> bool:
    """Whether the item shows a page of the dashboard; Overblik has no path, but then it has a view."""
    others = item.page == SINCE_LAST or item.initiative or item.agreement
    return not others and bool(item.page or item.view)


@dataclass(frozen=True)
class SavedView:
    """What an item of an agenda shows; `notes` say in Danish what is not as it was when it was kept."""

    place: str
    """The page by its file, as `filter_bar.choose` takes it."""
    selection: Selection
    keys: Mapping[str, str | Sequence[str]]
    """What `filter_bar.choose` takes to show it again."""
    notes: tuple[str, ...] = ()
    view: View | None = None
    """The results; None where it is the initiatives."""


def saved_view(page: str, query: str) -> SavedView:
    """The view of a page, by its path in the address and its query string."""
    place, choose = places.BY_ADDRESS.get(page, places.OVERVIEW), KeptChoices(query)
    if place == places.INITIATIVES:
        asked = parse_qs(query)
        keys = {key: asked[key][-1] for key in (*controls.OF_SELECTION, *OF_INITIATIVES) if key in asked}
        keys[controls.MORE_UNITS] = asked.get(controls.MORE_UNITS, [])
        return SavedView(place, controls.selection(choose, figures), keys, tuple(choose.notes))
    view = kept_view(place, choose)
    return SavedView(place, view.selection, view.query(), tuple(choose.notes), view)


class Numbered(NamedTuple):
    """A figure with the place of its item on the agenda, and whether it is kept or as it is now."""

    place: int
    figure: Figure
    is_kept: bool

    @property
    def called(self) -> str:
        return "Tal som vist" if self.is_kept else "Tallene, som de er nu"


def figures_of(agenda: tuple[Item, ...]) -> list[Numbered]:
    """Every figure once, also those that decisions were made on."""
    found: list[Numbered] = []
    for place, item in enumerate(agenda, start=1):
        then = kept_figures(item)
        found += [Numbered(place, one, True) for one in then]
        if not any(map(frozen_figure.is_shown, then)) and (now := current_figure(item)):
            found.append(Numbered(place, now, False))
    return found


def kept_figures(item: Item) -> list[Figure]:
    """The figure of the item and those that its decisions were made on, each once."""
    every = [one for one in (item.figure, *(made.figure for made in item.decisions)) if one]
    return [one for number, one in enumerate(every) if one not in every[:number]]


def current_figure(item: Item) -> dict | None:
    """What the item's view shows now; None where it shows no figures."""
    view = saved_view(item.page, item.view).view if is_view(item) else None
    sections = view.sections() if view else ()
    return frozen_figure.freeze(sections[0].report, sections[0].frame) if sections else None
