"""What the page asks the store. Nothing is kept: what somebody has just written is on the screen at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

from data_access.dashboard import store
from indicators.danish import local_day

Answer = TypeVar("Answer")


def today() -> date:
    """The day in Denmark."""
    return local_day(datetime.now(UTC))


def query(question: Callable[..., Answer], *about: object, **more: object) -> Answer:
    """The store's answer: `asked(agreements, today())` is `agreements(session, today())`."""
    with store.reading() as session:
        return question(session, *about, **more)
