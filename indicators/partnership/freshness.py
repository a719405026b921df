"""How old the last news of an initiative is, against what its own partnership has agreed."""

from dataclasses import dataclass
from datetime import date

from indicators.partnership.days import in_days


@dataclass(frozen=True)
class Freshness:
    """Days since the last update; `days` is None where there never was one and nothing has begun."""

    days: int | None
    interval_days: int
    was_updated: bool = True
    is_expected: bool = True
    """Nobody waits for news of what is closed."""

    @property
    def is_stale(self) -> bool:
        return self.is_expected and self.is_older_than(self.interval_days)

    def is_older_than(self, days: int) -> bool:
        """Whether the last news is more than so many days old."""
        return self.days is not None and self.days > days

    def describe(self) -> str:
        """E.g. "Opdateret for 12 dage siden" or, when that is too long, "Ikke opdateret i 134 dage"."""
        if self.days is None:
            return "Ingen opdatering endnu"
        days = in_days(self.days)
        if not self.was_updated and not self.is_expected:
            return "Ingen opdateringer"
        if not self.was_updated:
            return f"Aldrig opdateret, begyndt for {days} siden" if self.days else "Begyndt i dag"
        if self.is_stale:
            return f"Ikke opdateret i {days}"
        return f"Opdateret for {days} siden" if self.days else "Opdateret i dag"


def freshness(
    last_update: date | None,
    began: date | None,
    today: date,
    interval_days: int,
    is_expected: bool = True,
) -> Freshness:
    """The age of the last update, or of the beginning where there was none; what lies ahead has no age."""
    since = last_update or began
    days = None if since is None or since > today else (today - since).days
    return Freshness(days, interval_days, last_update is not None, is_expected)
