"""An edited sheet of initiatives back into the store: shown first, refused by row, applied all or nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord, UpdateRecord
from data_access.imports.cell_faults import error_text
from data_access.imports.files import SourceFile, read_sheets
from data_access.imports.tables import SurveyTable, as_table
from data_access.imports.validation_errors import shown
from data_access.partnerships.files.sheet_cells import typed
from data_access.partnerships.files.sheet_export import (
    LISTS,
    NEWS,
    NUMBER,
    SHEET,
    VERSION,
    initiative_listing,
)
from data_access.partnerships.records import deeds, editing
from data_access.partnerships.records.kinds import INITIATIVE, UPDATE
from data_access.partnerships.records.lines import live
from data_access.partnerships.records.records import Opened, filled, opened, snapshot
from data_access.partnerships.records.wording import different_fields, in_words
from data_access.problems import EditProblem, ImportProblem


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
    was: Opened
    form: Form
    cells: tuple[CellChange, ...]
    news: str

    @property
    def title(self) -> str:
        return self.was.form.title


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
    sheets, _warnings = read_sheets([SourceFile(name, content)], SHEET)
    table = as_table(sheets[0]) if sheets else None
    if table is None or not {NUMBER, VERSION} <= table.columns.keys():
        raise ImportProblem(
            f"Filen '{shown(name)}' er ikke et hentet ark med indsatser. Hent arket, og ret i det."
        )
    found = [_row(session, today, table, index) for index in range(len(table))]
    return Preview(
        changes=tuple(row for row in found if isinstance(row, RowChange)),
        refused=tuple(row for row in found if isinstance(row, RefusedRow)),
        unchanged=sum(row is None for row in found),
        notes=tuple(_notes(session, today, table)),
    )


def apply(session: Session, who: str, today: date, shown_changes: Preview) -> int:
    """Does what was shown, and returns how many rows; ConflictProblem when one has been changed since.

    The caller's transaction makes it all or nothing.
    """
    for row in shown_changes.changes:
        if row.cells:
            editing.edit(session, who, row.was, row.form)
        if row.news:
            deeds.post_update(session, who, row.was.id, row.news, today)
    return len(shown_changes.changes)


def _row(session: Session, today: date, table: SurveyTable, index: int) -> RowChange | RefusedRow | None:
    texts = {heading: cells[index] for heading, cells in table.columns.items()}
    place = f"{table.row_word} {table.numbers[index]}"
    try:
        if Counter(table.columns[NUMBER])[texts[NUMBER]] > 1:
            raise _RefusedError("Samme nummer står i flere rækker.")
        return _change(session, today, place, texts)
    except (_RefusedError, EditProblem) as reason:
        return RefusedRow(place, texts.get(INITIATIVE.label("title"), ""), str(reason))


def _change(session: Session, today: date, place: str, texts: Mapping[str, str]) -> RowChange | None:
    record = _record(session, texts[NUMBER])
    now = opened(session, INITIATIVE, record)
    base = _as_exported(session, now, texts[VERSION])
    edited = typed(session, texts, base)
    if edited.faults:
        raise _RefusedError(" ".join(f"{heading}: {fault}" for heading, fault in edited.faults.items()))
    form = filled(INITIATIVE, snapshot(base) | edited.values)
    fields = list(different_fields(base, form))
    news = _news(session, now.id, today, texts.get(NEWS, "").strip())
    if not fields and not news:
        return None
    if fields and base != now.form:
        raise _RefusedError(
            f"Indsatsen er ændret i dashboardet, siden arket blev hentet (version {now.version}, i arket "
            f"{texts[VERSION]}). Hent arket igen, og ret i det nye."
        )
    cells = (_cell(session, field, now.form, form) for field in fields)
    return RowChange(place, now, form, tuple(cells), news)


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
    return "" if any(one.text == new.text for one in session.exec(query)) else text


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
            return INITIATIVE.form.model_validate(change.after)
    raise _RefusedError(f"Version «{shown(version)}» kendes ikke. Hent arket igen, og ret i det nye.")


def _cell(session: Session, field: str, before: Form, after: Form) -> CellChange:
    words = (in_words(session, INITIATIVE, field, getattr(form, field)) for form in (before, after))
    return CellChange(INITIATIVE.label(field), *words)


def _notes(session: Session, today: date, table: SurveyTable) -> Iterator[str]:
    """What somebody has typed where it is not read must not get lost without a word."""
    listing = initiative_listing(session, today)
    headings = [column.heading for column in listing.columns]
    for heading in sorted(table.columns.keys() - set(headings)):
        yield f"Kolonnen «{shown(heading)}» kendes ikke og er ikke læst."
    ours = {(str(row[0]), str(row[1])): dict(zip(headings, row, strict=True)) for row in listing.rows}
    for index, version in enumerate(zip(table.columns[NUMBER], table.columns[VERSION], strict=True)):
        exported = ours.get(version, {})
        for heading in table.columns.keys() & exported.keys() & set(LISTS):
            if table.columns[heading][index] != exported[heading]:
                yield f"{table.rows([index], heading)}: kan kun rettes på siden og er ikke læst."
