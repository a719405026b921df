"""What an item of an agenda puts on the wall, whatever it points at."""

from html import escape

from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.problems import Problem
from indicators.partnership.meeting import SINCE_LAST
from views.foundation import figures
from views.meeting.items import is_view
from views.meeting.saved_view import SavedView, saved_view
from views.meeting.stage import of_agreed
from views.subjects.wall import Wall


def view_of(item: Item, query: str) -> SavedView | None:
    """The view of the dashboard that it points at; None where it points at something else, or at nothing."""
    if not is_view(item):
        return None
    return figures.kept(("view", item.page, query), lambda: saved_view(item.page, query))


def wall(item: Item, meeting: Meeting, query: str) -> Wall:
    """The picture; an item whose subject is gone says so, and the meeting goes on."""
    try:
        return _wall(item, meeting, query)
    except Problem as problem:
        return Wall(item.title, html=f'<p class="stor">{escape(str(problem))}</p>')


def _wall(item: Item, meeting: Meeting, query: str) -> Wall:
    if item.page == SINCE_LAST:
        return of_agreed.since_last(meeting)
    if item.initiative:
        return of_agreed.initiative(item.initiative.id)
    if item.agreement:
        return of_agreed.agreement(item.agreement.id, meeting)
    view = view_of(item, query)
    if view is None:
        return of_agreed.words(item)
    if view.view is None:
        return of_agreed.of_board(view.selection)
    return figures.kept(("wall", item.page, query), view.view.wall)


def fetch_ahead(item: Item, meeting: Meeting) -> None:
    """Has the picture of an item of figures ready in the cache before it is asked for."""
    if is_view(item):
        wall(item, meeting, item.view)
