"""What all that people edit has in common: what may be typed, what a form says of it, a table's version."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated
from urllib.parse import unquote_plus

from annotated_types import Interval
from pydantic import AfterValidator, BeforeValidator, ConfigDict, StringConstraints
from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

from data_access.schema import DashboardTable
from indicators.cpr import contains_cpr
from indicators.partnership.days import day_of_year

# The most characters of a line, a longer text, an address and the role that somebody writes as.
LINE = 200
TEXT = 4_000
ADDRESS = 1_000
ROLE = 80

_MAIL = re.compile(r"\S@\S+\.\S")
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Signs that turn the order of writing round, and two that are none."""


def _cleaned(value: object) -> object:
    """Composed letters, plain line ends, no control characters and no blanks at the ends."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return _INVISIBLE.sub("", "".join(kept)).strip()


def _on_one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _impersonal(text: str) -> str:
    if contains_cpr(text) or _MAIL.search(text):
        raise ValueError("må ikke rumme cpr-numre eller mailadresser. Skriv organisation og rolle i stedet")
    return text


def _without_cpr(text: str) -> str:
    """Addresses may well have an @, and write what they hold in a way of their own."""
    if contains_cpr(unquote_plus(text)):
        raise ValueError("må ikke rumme cpr-numre")
    return text


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
    if text and not re.fullmatch(r"([01]\d|2[0-3])\.[0-5]\d", text):
        raise ValueError('skal være et klokkeslæt, fx "13.30"')
    return text


_Typed = BeforeValidator(_cleaned)
_OneLine = BeforeValidator(_on_one_line)
_Impersonal = AfterValidator(_impersonal)
_WithoutCpr = AfterValidator(_without_cpr)

# Validators before the check of the length run from the right: cleaned first, then put on one line.
Line = Annotated[str, StringConstraints(min_length=1, max_length=LINE), _OneLine, _Typed, _Impersonal]
MayBeLine = Annotated[str, StringConstraints(max_length=LINE), _OneLine, _Typed, _Impersonal]
Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT), _Typed, _Impersonal]
ItemText = Annotated[str, StringConstraints(min_length=1, max_length=TEXT), _OneLine, _Typed, _Impersonal]
"""One of a list of texts, each on a line of its own."""
MayBeText = Annotated[str, StringConstraints(max_length=TEXT), _Typed, _Impersonal]
Role = Annotated[str, StringConstraints(min_length=1, max_length=ROLE), _OneLine, _Typed, _Impersonal]
"""On whose behalf somebody writes."""
WebAddress = Annotated[
    str, StringConstraints(max_length=ADDRESS), _OneLine, _Typed, _WithoutCpr, AfterValidator(_web_address)
]
View = Annotated[str, StringConstraints(max_length=ADDRESS), _OneLine, _Typed, _WithoutCpr]
"""A page's query string, without the question mark: the filters of a view."""
Key = Annotated[str, _Typed, AfterValidator(_key), _WithoutCpr]
"""A key of the reference data, of a survey or of a question."""
YearlyDay = Annotated[str, _Typed, AfterValidator(_yearly_day)]
Clock = Annotated[str, _Typed, AfterValidator(_clock)]
Share = Annotated[float, Interval(ge=0, le=1)]
"""The one kind of number that is typed and shown in per cent."""


class Form(SQLModel):
    """The fields of a record, checked when it is built; each field's title is what a reader calls it."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def label(cls, field: str) -> str:
        """What a reader calls a field."""
        info = cls.model_fields.get(field)
        return info.title if info and info.title else field


class Editable(DashboardTable):
    """A record that people edit: who saves must know its version, and deleting only hides it."""

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True)
    """Its name in the file it came from; none for what was made on a page."""
    version: int = 1
    deleted_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


class Element(DashboardTable):
    """One of several in a list of a record, in order; it belongs to its owner and has its version."""

    position: int = Field(primary_key=True)


def owner(table: str) -> int:
    """The column that says whose element it is."""
    return Field(primary_key=True, foreign_key=f"{table}.id")
