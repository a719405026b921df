"""A view as an agenda keeps it, page and query string, read back as the page itself would read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from indicators.selection import Selection
from views.all_subjects.all_views import kept_view
from views.foundation import controls, figures, places
from views.foundation.controls import KeptChoices
from views.partnership import addresses
from views.partnership.board import board_filter
from views.subjects.view import View

OF_SELECTION = (controls.SURVEY, controls.YEAR, controls.EDUCATION, controls.UNIT, controls.COMPARISON)
OF_INITIATIVES = ("del", "indsats", "kort", "fra", addresses.PART, *board_filter.EVERYTHING)
"""What a kept view of Indsatser may set: anybody can have written it, so nothing else of the page's state."""


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
        asked, wanted = parse_qs(query), (*OF_SELECTION, *OF_INITIATIVES)
        keys = {key: asked[key][-1] for key in wanted if key in asked}
        return SavedView(place, controls.selection(choose, figures), keys, tuple(choose.notes))
    view = kept_view(place, choose)
    return SavedView(place, view.selection, view.query(), tuple(choose.notes), view)
