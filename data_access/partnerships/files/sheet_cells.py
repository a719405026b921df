"""What a person has typed in an edited sheet: from the texts of the cells to the values of the form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.base import Form
from data_access.imports.cell_faults import error_text
from data_access.imports.tables import folded
from data_access.imports.validation_errors import did_you_mean, nearest, shown
from data_access.partnerships.files.sheet_export import EDITABLE, NO, YES, cell_value
from data_access.partnerships.records.lines import live
from indicators.partnership.initiative import SET_BY_HAND

_DANISH_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


class UnreadableCellError(Exception):
    """The text of a cell means nothing in its column; str() says what to write instead."""


@dataclass(frozen=True)
class Typed:
    """The fields that differ from what was exported, and what is wrong by column."""

    values: dict[str, object]
    faults: dict[str, str]


def typed(session: Session, texts: Mapping[str, str], base: Form) -> Typed:
    """What has been typed over what the form says; `texts` are by heading, and may lack columns."""
    values, faults = {}, {}
    for one in EDITABLE:
        text = texts.get(one.heading)
        if text is None or text == cell_text(session, one.field, getattr(base, one.field)):
            continue
        try:
            values[one.field] = _value(session, one.field, text)
        except UnreadableCellError as error:
            faults[one.heading] = str(error)
    return Typed(values, faults)


def cell_text(session: Session, field: str, value: object) -> str:
    """The text that a cell with the value is read as."""
    shown_value = cell_value(session, field, value)
    if shown_value is None:
        return ""
    return shown_value.isoformat() if isinstance(shown_value, date) else shown_value


def _value(session: Session, field: str, text: str) -> object:
    if error := error_text(text):
        raise UnreadableCellError(error)
    if field in ("starts", "ends", "closed_on"):
        return _date(text.strip())
    if field == "is_continuous":
        return _yes(text.strip())
    if field == "status":
        return _one_of({status.value: status for status in SET_BY_HAND}, text)
    if field == "responsible_id":
        return _one_of({party.name: party.id for party in session.exec(live(PartyRecord))}, text)
    return text


def _date(text: str) -> date | None:
    if not text:
        return None
    danish = _DANISH_DATE.fullmatch(text)
    try:
        return date(*map(int, reversed(danish.groups()))) if danish else date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableCellError(f"«{shown(text)}» er ikke en dato. Skriv fx 31.1.2027.") from error


def _yes(text: str) -> bool:
    answers = {YES: True, "sand": True, NO: False, "falsk": False, "": False}
    if folded(text) not in answers:
        raise UnreadableCellError(f"«{shown(text)}» skal være {YES} eller {NO}.")
    return answers[folded(text)]


def _one_of(known: Mapping[str, object], text: str) -> object:
    if not text.strip():
        return None
    for name, value in known.items():
        if folded(name) == folded(text):
            return value
    raise UnreadableCellError(f"«{shown(text)}» kendes ikke.{did_you_mean(nearest(text, known))}")
