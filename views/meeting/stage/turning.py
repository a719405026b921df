"""Which item is on the wall, and what has been changed on the spot about how it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from data_access.partnerships.lists.meetings import Item
from indicators.selection import Option
from views.foundation import filter_bar, problems
from views.meeting.addresses import AGENDA, PART

NUMBER, HELD = "punkt", "på skærmen"


@dataclass
class Moment:
    """How this screen shows its item; another item begins as the agenda has it."""

    item_id: int
    table: bool = False
    notes: bool = False
    changed: dict[str, str] = field(default_factory=dict)
    """Filters by their keys that are not as agreed."""
    times: int = 0
    """How often the agreed view was called back, so that its boxes begin anew."""

    def view(self, agreed: str) -> str:
        """The query string on the wall."""
        if not self.changed:
            return agreed
        return urlencode({**parse_qs(agreed), **self.changed}, doseq=True)


def moment(item: Item) -> Moment:
    """That of the item; what was changed about the one before is forgotten."""
    if filter_bar.held(HELD, lambda: Moment(item.id)).item_id != item.id:
        filter_bar.let_go(HELD)
    return filter_bar.held(HELD, lambda: Moment(item.id))


def numbers(items: Sequence[Item]) -> list[Option]:
    """The items as the address and the row of numbers name them."""
    return [Option(str(at), str(at)) for at, _ in enumerate(items, start=1)]


def to(number: int, **more: str) -> Mapping[str, object]:
    """What a button does that turns to the item of that number."""
    return {"on_click": filter_bar.choose, "kwargs": {NUMBER: str(number), **more}}


def out() -> Mapping[str, object]:
    """What the button does that leads back to the agenda."""
    return {"on_click": filter_bar.choose, "kwargs": {PART: AGENDA}}


@problems.bounded
def switch(now: Moment, what: str) -> None:
    """A callback: the table instead of the chart, or the talking points."""
    setattr(now, what, not getattr(now, what))


@problems.bounded
def change(now: Moment, key: str, box: str) -> None:
    """A callback: the filter is as the box says."""
    now.changed[key] = filter_bar.held(box, lambda: None).key


@problems.bounded
def back_to_agreed(now: Moment) -> None:
    """A callback: as the agenda has it."""
    now.changed.clear()
    now.times += 1
