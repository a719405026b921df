"""What options are called in the controls, and everything they may be asked for by."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from indicators.danish import listed
from indicators.groups import kind_of
from indicators.selection import Option

_NUMBERED = re.compile(r"\(nr\. (\d+)\)$")
_ESCAPED = re.compile(r"^(amp;)+", re.IGNORECASE)
LONGEST, MOST_NAMED = 80, 5
"""Of what a link asked for in vain: characters that are told of each, and how many are told by name."""


def name(option: Option) -> str:
    """As it is called."""
    return option.name


def with_kind(unit: Option) -> str:
    """With the kind of the unit where its name does not say it, so that typing a kind finds them all."""
    kind = kind_of(unit.key)
    return unit.name if kind.casefold() in unit.name.casefold() else f"{kind}: {unit.name}"


def with_field(fields: dict[str, str], education: Option) -> str:
    """With the field, which the educations are listed by."""
    field = fields.get(education.key)
    return f"{education.name} ({field})" if field else education.name


class Vocabulary:
    """The options of a control by everything that they may be asked for by: label, name, key."""

    def __init__(self, options: Sequence[Option], label_of: Callable[[Option], str]) -> None:
        self._by_word = {
            word: one for one in reversed(options) for word in (label_of(one), one.name, one.key)
        }

    @cached_property
    def _by_normalized(self) -> dict[str, Option]:
        return {_normalized(word): one for word, one in self._by_word.items()}

    def option(self, asked: Option | str | None) -> Option | None:
        """The option meant, also by one that has been given another name since; None where there is none."""
        word = asked.key if isinstance(asked, Option) else asked or ""
        return self._by_word.get(word) or self._by_normalized.get(_normalized(word)) or self._numbered(word)

    def _numbered(self, word: str) -> Option | None:
        number = _NUMBERED.search(word)
        return self._by_word.get(number[1]) if number else None


def _normalized(word: str) -> str:
    """The same however it is written: å as a and a ring, in small letters, with signs that nobody sees."""
    seen = "".join(one for one in word if unicodedata.category(one) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def with_number(title: str, number: int) -> str:
    """What people name, and may name alike or anew, carries the number that it is found by."""
    return f"{title} (nr. {number})"


def asked_for(
    options: Sequence[Option], label_of: Callable[[Option], str], asked: Option | str | None
) -> Option | None:
    """The option meant, where one only is asked for."""
    return Vocabulary(options, label_of).option(asked)


def absent(asked: str, shown: str) -> str:
    """That there is no such option, and which is shown instead."""
    return f"{_quoted(asked)} findes ikke her. Der vises «{shown}»."


def unescaped(link: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The parameters of a link that was copied out of HTML, where & is written &amp;."""
    return {_ESCAPED.sub("", name): values for name, values in link.items()}


def not_used(names: Iterable[str]) -> Iterator[str]:
    """That nothing on the page goes by these parameters of a link."""
    if names := list(names):
        yield f"En del af linket forstås ikke her og er sprunget over: {listed(_first(names))}."


def repeated(name: str) -> str:
    """That a link gives a parameter several values where there is room for one."""
    return f"Linket nævner {_quoted(name)} flere gange. Her gælder den sidste."


def left_out(unknown: Sequence[str], known: int, most: int) -> Iterator[str]:
    """That a link names options that there are not, or more of those there are than can be shown."""
    if unknown:
        yield f"{listed(_first(unknown))} findes ikke her."
    if known > most:
        yield f"Linket nævner {known} enheder. Her vises de første {most}."


def _first(words: Sequence[str]) -> list[str]:
    """As many as are told by name, and how many more there are."""
    more = [f"{len(words) - MOST_NAMED} mere"] if len(words) > MOST_NAMED else []
    return [*map(_quoted, words[:MOST_NAMED]), *more]


def _quoted(asked: str) -> str:
    return f"«{asked if len(asked) <= LONGEST else asked[:LONGEST] + '…'}»"
