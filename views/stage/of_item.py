"""What an item of an agenda puts on the wall, whatever it points at."""

from html import escape

from data_access.partnerships.meetings import Item, Meeting
from data_access.problems import Problem
from indicators.partnership.meeting import SINCE_LAST
from views import places
from views.meeting.items import is_view
from views.meeting.seen import Seen, seen
from views.meeting.shown import shown
from views.stage import of_agreed, of_view
from views.stage.wall import Wall


def view_of(item: Item, view: str) -> Seen | None:
    """The view of the dashboard that it points at; None where it points at something else, or at nothing."""
    return seen(item.page, view) if is_view(item) else None


def wall(item: Item, meeting: Meeting, view: Seen | None) -> Wall:
    """The picture; an item whose subject is gone says so, and the meeting goes on."""
    try:
        return _wall(item, meeting, view)
    except Problem as problem:
        return Wall(item.title, html=f'<p class="stor">{escape(str(problem))}</p>')


def _wall(item: Item, meeting: Meeting, view: Seen | None) -> Wall:
    if item.page == SINCE_LAST:
        return of_agreed.since_last(meeting)
    if item.initiative:
        return of_agreed.initiative(item.initiative.id)
    if item.agreement:
        return of_agreed.agreement(item.agreement.id, meeting)
    if view is None:
        return of_agreed.words(item)
    return of_agreed.of_board() if view.place == places.INITIATIVES else of_view.wall(view)


def fetch_ahead(item: Item) -> None:
    """Has the figures of an item ready in the cache before it is asked for."""
    try:
        if view := view_of(item, item.view):
            shown(view)
    except Problem:
        return  # it is told when the item is on the wall
