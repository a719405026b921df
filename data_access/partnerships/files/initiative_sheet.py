"""The initiatives as a listing that can be edited in a spreadsheet and read back.

A column shows a field of the form; its text in a cell means the same value when it is read again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord, UpdateRecord
from data_access.imports.files import SourceFile, read_sheets
from data_access.imports.tables import SurveyTable, as_table, error_text, folded
from data_access.imports.validation_errors import did_you_mean, nearest, shown
from data_access.imports.workbooks import WorkbookLimits
from data_access.partnerships.lists.initiatives import initiatives
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.kinds import INITIATIVE, UPDATE
from data_access.partnerships.records.readable_values import different_fields, in_words, kept_ref
from data_access.partnerships.records.records import Opened, filled, live, opened, snapshot
from data_access.problems import EditProblem, ImportProblem
from indicators.danish import day
from indicators.partnership.board import EVERY_INITIATIVE, Choice, Initiative
from indicators.partnership.initiative import SET_BY_HAND
from indicators.report import Listing, ListingColumn, Value

SHEET = "Indsatser"
NUMBER = "Nr."
VERSION = "Version"
NEWS = "Ny statusopdatering"
MEGABYTES = 5
"""The most of a file; the sheet itself is smaller, but Excel puts its own things beside it."""
_LIMITS = WorkbookLimits(
    unpacked=10_000_000,
    tags=300_000,
    rows=1_000,
    columns=50,
    remedy="Slet rækker og kolonner uden for tabellen, eller hent arket igen, og ret i det.",
)
_READING = Lock()
YES = "ja"
NO = "nej"


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
    records = {record.id: record for record in session.exec(live(InitiativeRecord))}
    lines = initiatives(session, today, choice)
    columns = (ListingColumn(column.heading, True, column.width, column.choices) for column in EDITABLE)
    return Listing(
        title=SHEET,
        columns=(*_BEFORE, *columns, *_AFTER),
        rows=tuple(tuple(_exported_row(session, line, records[line.id])) for line in lines),
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


def _exported_row(session: Session, line: Initiative, record: InitiativeRecord) -> Iterator[Value]:
    yield from (line.id, line.version, line.partnership.name)
    for column in EDITABLE:
        yield cell_value(session, column.field, getattr(record, column.field))
    yield ""
    yield line.status.value
    yield line.assessment.because
    yield (
        f"{line.freshness.describe()}: {line.last_update}" if line.last_update else line.freshness.describe()
    )
    yield line.next_deadline
    yield "; ".join(area.name for area in line.focus_areas)
    yield "; ".join(f"{participant.party.name} ({participant.part})" for participant in line.participants)
    yield "; ".join(education.name for education in line.educations)
    yield "; ".join(unit.name for unit in line.units)


_DANISH_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


class _UnreadableCellError(Exception):
    """The text of a cell means nothing in its column; str() says what to write instead."""


def _typed_over(session: Session, texts: Mapping[str, str], base: Form) -> dict[str, object]:
    """The fields that differ from what was exported; `texts` are by heading, and may lack columns."""
    values: dict[str, object] = {}
    faults = []
    for column in EDITABLE:
        text = texts.get(column.heading)
        if text is None or text == _cell_text(session, column.field, getattr(base, column.field)):
            continue
        try:
            values[column.field] = _value(session, column.field, text)
        except _UnreadableCellError as error:
            faults.append(f"{column.heading}: {error}")
    if faults:
        raise _RefusedError(" ".join(faults))
    return values


def _cell_text(session: Session, field: str, value: object) -> str:
    """The text that a cell with the value is read as."""
    shown_value = cell_value(session, field, value)
    if shown_value is None:
        return ""
    return shown_value.isoformat() if isinstance(shown_value, date) else shown_value


def _value(session: Session, field: str, text: str) -> object:
    if error := error_text(text):
        raise _UnreadableCellError(error)
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
        raise _UnreadableCellError(f"«{shown(text)}» er ikke en dato. Skriv fx 31.1.2027.") from error


def _yes(text: str) -> bool:
    answers = {YES: True, "sand": True, NO: False, "falsk": False, "": False}
    if folded(text) not in answers:
        raise _UnreadableCellError(f"«{shown(text)}» skal være {YES} eller {NO}.")
    return answers[folded(text)]


def _one_of(known: Mapping[str, object], text: str) -> object:
    if not text.strip():
        return None
    for name, value in known.items():
        if folded(name) == folded(text):
            return value
    raise _UnreadableCellError(f"«{shown(text)}» kendes ikke.{did_you_mean(nearest(text, known))}")


@dataclass(frozen=True)
class CellChange:
    """A cell that has been edited, before and after in words."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """A row that would change its initiative, or add to its log."""

    place: str
    stored: Opened
    form: Form
    cells: tuple[CellChange, ...]
    news: str

    @property
    def title(self) -> str:
        return self.stored.form.title


@dataclass(frozen=True)
class RefusedRow:
    """A row that is not applied, and why."""

    place: str
    title: str
    reason: str


@dataclass(frozen=True)
class Preview:
    """What applying the sheet would do."""

    changes: tuple[RowChange, ...]
    refused: tuple[RefusedRow, ...]
    unchanged: int
    notes: tuple[str, ...]


class _RefusedError(Exception):
    """The row cannot be applied; str() says why."""


def preview(session: Session, today: date, name: str, content: bytes) -> Preview:
    """What the edited workbook says, held up against the store; ImportProblem when it is another file."""
    table = _read(name, content)
    times = Counter(table.columns[NUMBER])
    rows = [_row_change(session, today, table, index, times) for index in range(len(table))]
    return Preview(
        changes=tuple(row for row in rows if isinstance(row, RowChange)),
        refused=tuple(row for row in rows if isinstance(row, RefusedRow)),
        unchanged=sum(row is None for row in rows),
        notes=tuple(_notes(session, today, table)),
    )


def _read(name: str, content: bytes) -> SurveyTable:
    """The sheet as it was typed, one file at a time: four at once took a gigabyte."""
    if len(content) > MEGABYTES * 2**20:
        raise ImportProblem(f"Filen '{shown(name)}' er for stor: Højst {MEGABYTES} MB kan læses.")
    with _READING:
        is_workbook = name.casefold().endswith(".xlsx")
        sheets = read_sheets([SourceFile(name, content)], SHEET, limits=_LIMITS)[0] if is_workbook else []
        table = as_table(sheets[0]) if sheets else None
    if table is None or not {NUMBER, VERSION} <= table.columns.keys():
        raise ImportProblem(
            f"Filen '{shown(name)}' er ikke et hentet ark med indsatser. Hent arket, og ret i det."
        )
    return table


def apply(session: Session, who: str, today: date, shown_changes: Preview) -> int:
    """Does what was shown, and returns how many rows; ConflictProblem when one has been changed since.

    The caller's transaction makes it all or nothing.
    """
    for row in shown_changes.changes:
        if row.cells:
            editing.edit(session, who, row.stored, row.form)
        if row.news:
            initiative_commands.post_update(session, who, row.stored.id, row.news, today)
    return len(shown_changes.changes)


def _row_change(
    session: Session, today: date, table: SurveyTable, index: int, times: Mapping[str, int]
) -> RowChange | RefusedRow | None:
    texts = {heading: cells[index] for heading, cells in table.columns.items()}
    place = f"{table.row_word} {table.numbers[index]}"
    try:
        if times[texts[NUMBER]] > 1:
            raise _RefusedError("Samme nummer står i flere rækker.")
        return _change(session, today, place, texts)
    except (_RefusedError, EditProblem) as reason:
        return RefusedRow(place, shown(texts.get(INITIATIVE.label("title"), "")), str(reason))


def _change(session: Session, today: date, place: str, texts: Mapping[str, str]) -> RowChange | None:
    record = _record(session, texts[NUMBER])
    now = opened(session, INITIATIVE, record)
    base = _as_exported(session, now, texts[VERSION])
    typed = _typed_over(session, texts, base)
    form = filled(INITIATIVE, snapshot(base) | typed) if typed else base
    fields = list(different_fields(base, form))
    news = _news(session, now.id, today, texts.get(NEWS, "").strip())
    if not fields and not news:
        return None
    if fields and base != now.form:
        raise _RefusedError(
            f"Indsatsen er ændret i dashboardet, siden arket blev hentet (version {now.version}, i arket "
            f"{texts[VERSION]}). Hent arket igen, og ret i det nye."
        )
    cells = tuple(
        CellChange(
            INITIATIVE.label(field),
            *(in_words(session, INITIATIVE, field, getattr(side, field)) for side in (now.form, form)),
        )
        for field in fields
    )
    return RowChange(place, now, form, cells, news)


def _news(session: Session, initiative_id: int, today: date, text: str) -> str:
    """What is to be added to the log; not what it has of the same day, for a sheet may be read in twice."""
    if not text:
        return ""
    if error := error_text(text):
        raise _RefusedError(f"{NEWS}: {error}")
    new = filled(UPDATE, {"initiative_id": initiative_id, "written_on": today, "text": text})
    query = live(UpdateRecord).where(
        UpdateRecord.initiative_id == initiative_id, UpdateRecord.written_on == today
    )
    return "" if any(record.text == new.text for record in session.exec(query)) else text


def _record(session: Session, number: str) -> InitiativeRecord:
    if not number.strip():
        raise _RefusedError("Rækken har intet nummer. Nye indsatser oprettes på siden.")
    record = session.get(InitiativeRecord, int(number)) if number.isdecimal() and len(number) < 10 else None
    if record is None:
        raise _RefusedError(f"Der er ingen indsats med nummer «{shown(number)}».")
    if record.deleted_at is not None:
        raise _RefusedError("Indsatsen er slettet i dashboardet. Gendan den dér, før den rettes.")
    return record


def _as_exported(session: Session, now: Opened, version: str) -> Form:
    """The initiative as it was in the version of the sheet: the log knows it."""
    if version == str(now.version):
        return now.form
    query = select(ChangeRecord).where(
        ChangeRecord.kind == INITIATIVE.name,
        ChangeRecord.record_id == now.id,
        ChangeRecord.after.is_not(None),
    )
    for change in session.exec(query):
        if str(change.version) == version:
            return INITIATIVE.form.kept(change.after)
    raise _RefusedError(f"Version «{shown(version)}» kendes ikke. Hent arket igen, og ret i det nye.")


def _notes(session: Session, today: date, table: SurveyTable) -> Iterator[str]:
    """What somebody has typed where it is not read must not get lost without a word."""
    listing = initiative_listing(session, today)
    headings = [column.heading for column in listing.columns]
    for heading in sorted(table.columns.keys() - set(headings)):
        yield f"Kolonnen «{shown(heading)}» kendes ikke og er ikke læst."
    ours = {(str(row[0]), str(row[1])): dict(zip(headings, row, strict=True)) for row in listing.rows}
    versions = list(zip(table.columns[NUMBER], table.columns[VERSION], strict=True))
    for heading in filter(table.columns.__contains__, LISTS):
        cells = enumerate(zip(versions, table.columns[heading], strict=True))
        edited = [at for at, (version, cell) in cells if version in ours and cell != ours[version][heading]]
        if edited:
            yield f"{table.rows(edited, heading)}: kan kun rettes på siden og er ikke læst."
