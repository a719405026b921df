"""The chain of the log: what each line's value is made of, and how a figure may leave without breaking it.

A step of an upgrade makes the values of lines that are there already, so this stands below all tables. It is
added to and never changed: lines that were written with it would no longer verify.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_hex

from data_access.schema import in_utc

FIRST = ""
"""What the first line comes after."""
SIDES = ("before", "after")
FIGURE = "figure"
STAYS = ("selection", "release")
"""What may still be told of a figure whose numbers may not."""
OUTSIDE = ("chain", "seals")
"""The columns of a line that its value is not made of: itself, and what the figures are sealed with."""

Seals = dict[str, dict[str, str]]


def chained(previous: str, line: Mapping) -> str:
    """The value of a line, given by its columns, after the line of that value.

    What is empty does not count, so a column that comes later leaves the values of earlier lines as they are.
    """
    content = {name: value for name, value in line.items() if value is not None and name not in OUTSIDE}
    content["at"] = in_utc(line["at"]).isoformat(timespec="microseconds")
    for side, seal in (line["seals"] or {}).items():
        figure = line[side][FIGURE]
        kept = {name: figure[name] for name in STAYS if name in figure}
        content[side] = {**line[side], FIGURE: kept}
        content[f"{side} sealed"] = sealed(figure, seal)
    return _digest([previous, content])


def salts(before: Mapping | None, after: Mapping | None) -> Seals | None:
    """A salt for each figure that a line holds: without it nobody can try numbers out against the seal."""
    sides = zip(SIDES, (before, after), strict=True)
    return {
        side: {"salt": token_hex(16)} for side, content in sides if content and content.get(FIGURE)
    } or None


def sealed(figure: Mapping, seal: Mapping[str, str]) -> str:
    """What stands for a figure in its line's value: made of it with its salt, or left when both have gone."""
    return seal["seal"] if "seal" in seal else _digest([seal["salt"], figure])


def _digest(content: list) -> str:
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
