"""What options are called in the controls, and everything they may be asked for by."""

import re
from collections.abc import Callable, Iterator, Sequence

from indicators.danish import listed
from indicators.groups import kind_of
from indicators.selection import Named

_NUMBERED = re.compile(r"\(nr\. (\d+)\)$")
LONGEST, MOST_NAMED = 80, 5
"""Of what a link asked for in vain: characters that are told of each, and how many are told by name."""


def name(option: Named) -> str:
    """As it is called."""
    return option.name


def with_kind(unit: Named) -> str:
    """With the kind of the unit where its name does not say it, so that typing a kind finds them all."""
    kind = kind_of(unit.key)
    return unit.name if kind.casefold() in unit.name.casefold() else f"{kind}: {unit.name}"


def with_field(fields: dict[str, str], education: Named) -> str:
    """With the field, which the educations are listed by."""
    field = fields.get(education.key)
    return f"{education.name} ({field})" if field else education.name


def known_as(options: Sequence[Named], label_of: Callable[[Named], str]) -> dict[str, Named]:
    """Everything that an option may be asked for by: its label, its name, its key."""
    return {word: one for one in reversed(options) for word in (label_of(one), one.name, one.key)}


def with_number(title: str, number: int) -> str:
    """What people name, and may name alike or anew, carries the number that it is found by."""
    return f"{title} (nr. {number})"


def asked_for(
    options: Sequence[Named], label_of: Callable[[Named], str], asked: Named | str | None
) -> Named | None:
    """The option meant, also by one that has been given another name since."""
    word = asked.key if isinstance(asked, Named) else asked or ""
    known, numbered = known_as(options, label_of), _NUMBERED.search(word)
    return known.get(word) or (known.get(numbered[1]) if numbered else None)


def absent(asked: str, shown: str) -> str:
    """That there is no such option, and which is shown instead."""
    return f"{_quoted(asked)} findes ikke her. Der vises «{shown}»."


def left_out(unknown: Sequence[str], known: int, most: int) -> Iterator[str]:
    """That a link names options that there are not, or more of those there are than can be shown."""
    if unknown:
        more = [f"{len(unknown) - MOST_NAMED} mere"] if len(unknown) > MOST_NAMED else []
        yield f"{listed([*map(_quoted, unknown[:MOST_NAMED]), *more])} findes ikke her."
    if known > most:
        yield f"Linket nævner {known} enheder. Her vises de første {most}."


def _quoted(asked: str) -> str:
    return f"«{asked if len(asked) <= LONGEST else asked[:LONGEST] + '…'}»"
