"""What an item of an agenda is about, in words, and the way to it."""

from dataclasses import dataclass, field

from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.records import is_deleted
from indicators.partnership.meeting import SINCE_LAST
from views.foundation import places
from views.foundation.figures import query
from views.meeting.saved_view import saved_view
from views.partnership import addresses

DELETED = "Indsatsen er slettet. Gendan den under Indsatser, eller ret punktet."


@dataclass(frozen=True)
class ItemDescription:
    """The headline of what an item shows, what to beware of, and the page that shows it."""

    headline: str = ""
    selection: str = ""
    notes: tuple[str, ...] = ()
    place: str = ""
    keys: dict = field(default_factory=dict)
    link: str = ""


def about(one: Item, meeting: Meeting) -> ItemDescription:
    """By what it points at; an item of words alone is about nothing but them."""
    if one.page == SINCE_LAST:
        return ItemDescription()
    if one.initiative:
        keys = {
            addresses.TAB: addresses.BOARD,
            addresses.OPENED: str(one.initiative.id),
            addresses.CARD_PART: addresses.CARD,
        }
        gone = (DELETED,) if query(is_deleted, INITIATIVE, one.initiative.id) else ()
        return ItemDescription(
            f"Indsats: {one.initiative.name}", "", gone, places.INITIATIVES, keys, "Åbn indsatsen"
        )
    if one.agreement:
        keys = {
            addresses.TAB: addresses.AGREEMENTS,
            addresses.PARTNERSHIP: str(meeting.partnership.id),
            addresses.PART: addresses.READ,
        }
        return ItemDescription(
            f"Aftale: {one.agreement.name}", "", (), places.INITIATIVES, keys, "Åbn aftalen"
        )
    return _view(one) if is_view(one) else ItemDescription()


def lines(one: Item, shown: ItemDescription) -> tuple[str, ...]:
    """What stands under the title: the headline too, unless it is the title."""
    same = " ".join(shown.headline.split()) == one.title
    return (shown.selection,) if same else (shown.headline, shown.selection)


def is_view(one: Item) -> bool:
    """Whether the item shows a page of the dashboard; Overblik has no path, but then it has a view."""
    others = one.page == SINCE_LAST or one.initiative or one.agreement
    return not others and bool(one.page or one.view)


def _view(one: Item) -> ItemDescription:
    saved = saved_view(one.page, one.view)
    report = saved.view.report() if saved.view else None
    headline = report.title if report else places.NAMES[saved.place]
    selection = report.selection.describe() if report else ""
    return ItemDescription(headline, selection, saved.notes, saved.place, saved.keys, "Åbn visningen")
