"""Texts from people: what is taken out of them and what is refused, wherever they come in.

A text that is in the store already is read as it is: only what is written is held to this.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any
from urllib.parse import unquote_plus

from annotated_types import Interval
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from indicators.cpr import contains_cpr
from indicators.mail_address import contains_mail_address
from indicators.partnership.days import day_of_year
from indicators.rights import LONGEST_SIGNATURE
from indicators.visible_text import cleaned

# The most characters of a line, a longer text, an address and the role that somebody writes as.
LINE = 200
TEXT = 4_000
ADDRESS = 1_000
ROLE = LONGEST_SIGNATURE
LIST = 100
"""The most texts of a list."""

PERSONAL = "må ikke rumme cpr-numre eller mailadresser"
KEPT = {"is kept": True}
"""The context of pydantic's in which a form is read from the store."""


def is_personal(text: str) -> bool:
    """Whether it holds a CPR number or a mail address, also in the way that web addresses write signs."""
    return any(contains_cpr(form) or contains_mail_address(form) for form in {text, unquote_plus(text)})


def impersonal(text: str, instead: str = "") -> str:
    """The text; ValueError where it says who somebody is."""
    if is_personal(text):
        raise ValueError(PERSONAL + instead)
    return text


def without_cpr(text: str) -> str:
    """The text of somebody who may be written to; ValueError where it holds a CPR number."""
    if contains_cpr(text):
        raise ValueError("må ikke rumme cpr-numre")
    return text


def _visible(value: object) -> object:
    return cleaned(value) if isinstance(value, str) else value


def _on_one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _figure(value: Any) -> Any:
    """A kept figure: a file may bring one too."""
    match value:
        case str() if len(value) > TEXT:
            raise ValueError(f"må højst have {TEXT} tegn i en tekst")
        case str():
            return impersonal(cleaned(value))
        case dict():
            return {_figure(name): _figure(part) for name, part in value.items()}
        case list():
            return [_figure(part) for part in value]
    return value


def _short_list(texts: tuple[str, ...]) -> tuple[str, ...]:
    if len(texts) > LIST:
        raise ValueError(f"må højst have {LIST} punkter")
    return texts


def _web_address(text: str) -> str:
    if text and not re.match(r"https?://[^\s/]", text):
        raise ValueError("skal begynde med https:// eller http://")
    return text


def _yearly_day(text: str) -> str:
    try:
        if text:
            day_of_year(text)
    except ValueError as error:
        raise ValueError('skal være måned og dag, fx "10-01" for 1. oktober') from error
    return text


def _key(text: str) -> str:
    if not re.fullmatch(r"[\w:./-]{1,80}", text):
        raise ValueError('skal være en nøgle uden mellemrum, fx "kommune:0265"')
    return text


def _clock(text: str) -> str:
    if text and not re.fullmatch(r"([01][0-9]|2[0-3])\.[0-5][0-9]", text):
        raise ValueError('skal være et klokkeslæt, fx "13.30"')
    return text


def _when_written(change: Callable[[Any], Any]) -> Callable[[Any, ValidationInfo], Any]:
    return lambda value, info: value if info.context is KEPT else change(value)


def _cleans(change: Callable[[Any], Any]) -> BeforeValidator:
    return BeforeValidator(_when_written(change))


def _refuses(check: Callable[[Any], Any]) -> AfterValidator:
    return AfterValidator(_when_written(check))


_Visible, _OneLine = _cleans(_visible), _cleans(_on_one_line)
_Impersonal = _refuses(impersonal)
_OfARole = _refuses(partial(impersonal, instead=". Skriv organisation og rolle i stedet"))

# Validators before the check of the length run from the right: cleaned first, then put on one line.
Line = Annotated[str, StringConstraints(min_length=1, max_length=LINE), _OneLine, _Visible, _OfARole]
MayBeLine = Annotated[str, StringConstraints(max_length=LINE), _OneLine, _Visible, _OfARole]
Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT), _Visible, _OfARole]
MayBeText = Annotated[str, StringConstraints(max_length=TEXT), _Visible, _OfARole]
_ItemText = Annotated[str, StringConstraints(min_length=1, max_length=TEXT), _OneLine, _Visible, _OfARole]
TextList = Annotated[tuple[_ItemText, ...], _refuses(_short_list)]
"""Texts that each stand on a line of their own."""
Role = Annotated[str, StringConstraints(min_length=1, max_length=ROLE), _OneLine, _Visible, _OfARole]
"""On whose behalf somebody writes."""
WhomToAsk = Annotated[str, StringConstraints(max_length=LINE), _OneLine, _Visible, _refuses(without_cpr)]
"""The name, mail address or telephone number of somebody whose task it is to answer."""
WebAddress = Annotated[
    str, StringConstraints(max_length=ADDRESS), _OneLine, _Visible, _Impersonal, _refuses(_web_address)
]
View = Annotated[str, StringConstraints(max_length=ADDRESS), _OneLine, _Visible, _Impersonal]
"""A page's query string, without the question mark: the filters of a view."""
Key = Annotated[str, _Visible, _refuses(_key), _Impersonal]
"""A key of the reference data, of a survey or of a question."""
YearlyDay = Annotated[str, _Visible, _refuses(_yearly_day)]
Clock = Annotated[str, _Visible, _refuses(_clock)]
Figure = Annotated[dict, _refuses(_figure)]
"""What was on the wall, with its numbers."""
Share = Annotated[float, Interval(ge=0, le=1)]
"""The one kind of number that is typed and shown in per cent."""
