"""The initiatives as a listing that can be edited in a spreadsheet and read back.

A column shows a field of the form; its text in a cell means the same value when it is read again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord
from data_access.partnerships.lists.board import initiatives
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.lines import live
from data_access.partnerships.records.wording import kept_ref
from indicators.danish import day
from indicators.listing import Listing, ListingColumn, Value
from indicators.partnership.board import EVERY_INITIATIVE, Choice, Initiative
from indicators.partnership.initiative import SET_BY_HAND

SHEET = "Indsatser"
NUMBER, VERSION, NEWS = "Nr.", "Version", "Ny statusopdatering"
YES, NO = "ja", "nej"


@dataclass(frozen=True)
class EditableColumn:
    """A field of the form that may be edited in the sheet."""

    field: str
    width: int = 18
    choices: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return INITIATIVE.label(self.field)


EDITABLE = (
    EditableColumn("title", 40),
    EditableColumn("description", 60),
    EditableColumn("goal", 50),
    EditableColumn("responsible_id", 30),
    EditableColumn("responsible_role", 24),
    EditableColumn("starts", 13),
    EditableColumn("ends", 13),
    EditableColumn("is_continuous", 10, (YES, NO)),
    EditableColumn("status", 16, SET_BY_HAND),
    EditableColumn("status_reason", 40),
    EditableColumn("closed_on", 13),
    EditableColumn("closing_note", 40),
)

_BEFORE = (
    ListingColumn(NUMBER, width=6),
    ListingColumn(VERSION, width=8),
    ListingColumn("Partnerskab", width=22),
)
_AFTER = (
    ListingColumn(NEWS, may_be_edited=True, width=50),
    ListingColumn("Status"),
    ListingColumn("Status, fordi", width=40),
    ListingColumn("Seneste opdatering", width=50),
    ListingColumn("Næste frist", width=13),
    *(
        ListingColumn(heading, width=30)
        for heading in ("Fokusområder", "Deltagere", "Uddannelser", "Enheder")
    ),
)
LISTS = ("Partnerskab", "Fokusområder", "Deltagere", "Uddannelser", "Enheder")
"""What is edited on the page only. The other columns that are not read change by themselves."""


def initiative_listing(session: Session, today: date, choice: Choice = EVERY_INITIATIVE) -> Listing:
    """The initiatives that fit the choice, for the workbook that people edit."""
    records = {one.id: one for one in session.exec(live(InitiativeRecord))}
    lines = initiatives(session, today, choice)
    columns = (ListingColumn(one.heading, True, one.width, one.choices) for one in EDITABLE)
    return Listing(
        title=SHEET,
        columns=(*_BEFORE, *columns, *_AFTER),
        rows=tuple(tuple(_row(session, line, records[line.id])) for line in lines),
        notes=(f"Udvalg: {choice.describe()}", f"Hentet {day(today)}"),
    )


def cell_value(session: Session, field: str, value: object) -> Value:
    """The value of a field as it stands in a cell."""
    if isinstance(value, bool):
        return YES if value else NO
    if field == "responsible_id":
        return "" if value is None else kept_ref(session, "party", value).name
    if value is None:
        return None if field in ("starts", "ends", "closed_on") else ""
    return value if isinstance(value, date) else str(value)


def _row(session: Session, line: Initiative, record: InitiativeRecord) -> Iterator[Value]:
    yield from (line.id, line.version, line.partnership.name)
    for one in EDITABLE:
        yield cell_value(session, one.field, getattr(record, one.field))
    yield ""
    yield line.status.value
    yield line.assessment.because
    yield (
        f"{line.freshness.describe()}: {line.last_update}" if line.last_update else line.freshness.describe()
    )
    yield line.next_deadline
    yield "; ".join(area.name for area in line.focus_areas)
    yield "; ".join(f"{one.party.name} ({one.part})" for one in line.participants)
    yield "; ".join(education.name for education in line.educations)
    yield "; ".join(unit.name for unit in line.units)
