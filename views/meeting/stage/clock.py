"""The line over the sentence: which item of which meeting, and the time gone beside the time planned."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.lists.showing import Showing

NOT_BEGUN = " · ingen viser mødet endnu; siden følger selv med"


def line(meeting: Meeting, items: Sequence[Item], at: int, now: Showing | None, follows: bool) -> str:
    """E.g. "Punkt 2 af 4 · Status på praktik", and under it "Styregruppemøde · 4 af 15 min."."""
    item = items[at - 1]
    said = NOT_BEGUN if follows and now is None else _times(items, item, now)
    return (
        f'<div class="hvor"><b>Punkt {at} af {len(items)} · {escape(item.title)}</b>'
        f"<span>{escape(meeting.title)}{said}</span></div>"
    )


def _times(items: Sequence[Item], item: Item, now: Showing | None) -> str:
    planned = sum(one.minutes_planned or 0 for one in items)
    of_item = _time("punktet", now and now.item_since, item.minutes_planned)
    return of_item + _time("mødet", now and now.began_at, planned or None)


def _time(what: str, since: datetime | None, planned: int | None) -> str:
    if since is None:
        return f" · {what}: {planned} min." if planned else ""
    gone = int((datetime.now(UTC) - since).total_seconds() // 60)
    if planned is None:
        return f" · {what}: {gone} min."
    late = ' class="over-tiden"' if gone > planned else ""
    over = f" ({gone - planned} over)" if late else ""
    return f" · <span{late}>{what}: {gone} af {planned} min.{over}</span>"
