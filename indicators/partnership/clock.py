"""Times of day as people write them in minutes: "13.30"."""


def minutes_between(starts_at: str, ends_at: str) -> int | None:
    """How long a meeting lasts; None where nobody has said."""
    if not (starts_at and ends_at):
        return None
    lasts = _minutes(ends_at) - _minutes(starts_at)
    return lasts if lasts > 0 else None


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(".")
    return int(hours) * 60 + int(minutes)
