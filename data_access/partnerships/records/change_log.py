"""The log as a person reads it: who did what, when, and from what to what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Select, func
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.changes import NO_RECORD, ChangeRecord, Event
from data_access.partnerships.records.kinds import COUNTED, KINDS, Kind
from data_access.partnerships.records.readable_values import (
    REFERENCE_TABLES,
    different_fields,
    in_words,
    name_of,
    plain_words,
)
from data_access.partnerships.records.records import line
from indicators.danish import clock, day, local_day, midnight, number, upper_first
from indicators.report import Listing, ListingColumn, Value
from indicators.selection import parts_of


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    before: str
    after: str

    @property
    def in_a_line(self) -> str:
        """What it was and what it became."""
        was = f"{self.before} → " if self.before else ""
        return f"{self.label}: {was}{self.after or '(tom)'}"


@dataclass(frozen=True)
class RecordChange:
    """One line of the log; of an event the fields are what it was about."""

    id: int
    at: datetime
    who: str
    account_id: int | None
    action: str
    kind: str
    record_id: int
    name: str
    chain: str
    fields: tuple[FieldChange, ...]


def changes_of(session: Session, kind: Kind, record_id: int) -> tuple[RecordChange, ...]:
    """The changes of one record, the newest first; the first one is what `editing.undo` takes back."""
    query = select(ChangeRecord).where(ChangeRecord.kind == kind.name, ChangeRecord.record_id == record_id)
    return _read(session, query.order_by(ChangeRecord.id.desc()))


def newest_change(session: Session) -> str | None:
    """The value of the newest line about a record: another one whenever a record has been written."""
    columns = ChangeRecord.__table__.columns  # of the whole log: a key, and nothing that is read
    about_records = select(columns.chain).where(columns.record_id != NO_RECORD)
    return session.exec(about_records.order_by(columns.id.desc()).limit(1)).first()


EVENTS = {
    Event.SIGN_IN: "Login",
    Event.PAGE: "Side",
    Event.EXPORT: "Udtræk",
    Event.IMPORT: "Import",
    Event.RELEASE: "Udgivelse",
    Event.GRANT: "Rettighed",
    Event.INVITATION: "Invitation",
    Event.READING_LINK: "Læselink",
    Event.LOG: "Log",
}
KIND_WORDS = {**{name: upper_first(one) for name, (one, _) in COUNTED.items()}, **EVENTS}
"""What a reader calls what a line is about."""


@dataclass(frozen=True)
class LogFilter:
    """Which lines are wanted; what is empty leaves nothing out."""

    first: date | None = None
    last: date | None = None
    action: str = ""
    kind: str = ""
    who: str = ""

    def describe(self) -> str:
        """The lines in words."""
        parts = (
            self.first and f"fra {day(self.first)}",
            self.last and f"til og med {day(self.last)}",
            self.action and f"handling: {self.action}",
            self.kind and f"om: {KIND_WORDS[self.kind].lower()}",
            self.who and f"af: {self.who}",
        )
        return upper_first(", ".join(filter(None, parts))) or "Hele loggen"

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """The same of the table; days are Danish ones."""
        if self.first:
            yield ChangeRecord.at >= midnight(self.first)
        if self.last:
            yield ChangeRecord.at < midnight(self.last + timedelta(days=1))
        for name in ("action", "kind", "who"):
            if value := getattr(self, name):
                yield getattr(ChangeRecord, name) == value


EVERY_LINE = LogFilter()
LINES_A_PAGE = 100


def log_lines(
    session: Session, wanted: LogFilter = EVERY_LINE, page: int = 1, most: int = LINES_A_PAGE
) -> tuple[RecordChange, ...]:
    """The lines of the log that are wanted, the newest first, of the page with that number."""
    query = select(ChangeRecord).where(*wanted.conditions()).order_by(ChangeRecord.id.desc())
    return _read(session, query.limit(most).offset((page - 1) * most))


def count_lines(session: Session, wanted: LogFilter = EVERY_LINE) -> int:
    """How many there are of them."""
    return session.exec(select(func.count(ChangeRecord.id)).where(*wanted.conditions())).one()


def writers(session: Session) -> tuple[str, ...]:
    """Everybody who has written a line."""
    return tuple(session.exec(select(ChangeRecord.who).distinct().order_by(ChangeRecord.who)))


MOST_LISTED = 5_000
COLUMNS = (
    ListingColumn("Linje", width=8),
    ListingColumn("Dag", width=12),
    ListingColumn("Kl.", width=10),
    ListingColumn("Hvem", width=26),
    ListingColumn("Konto", width=8),
    ListingColumn("Handling", width=16),
    ListingColumn("Om", width=20),
    ListingColumn("Nr.", width=8),
    ListingColumn("Navn", width=40),
    ListingColumn("Ændringer", width=80),
    ListingColumn("Kædeværdi", width=20),
)


def log_listing(session: Session, wanted: LogFilter = EVERY_LINE) -> Listing:
    """The same as a listing, of so many lines as a spreadsheet can be made of while somebody waits."""
    count = count_lines(session, wanted)
    some = f"Her er de nyeste {number(MOST_LISTED)} af {number(count)} linjer. Vælg en kortere periode."
    left_out = (some,) if count > MOST_LISTED else ()
    lines = log_lines(session, wanted, most=MOST_LISTED)
    notes = f"Udvalg: {wanted.describe()}", *left_out
    return Listing("Loggen", COLUMNS, tuple(map(_listed, lines)), notes)


def _listed(change: RecordChange) -> tuple[Value, ...]:
    told = "\n".join(field.in_a_line for field in change.fields)
    when = change.id, local_day(change.at), clock(change.at)
    about = KIND_WORDS.get(change.kind, change.kind), change.record_id or None, change.name
    return *when, change.who, change.account_id, change.action, *about, told, change.chain


def _read(session: Session, query: Select) -> tuple[RecordChange, ...]:
    return tuple(
        line(RecordChange, record, fields=tuple(_fields(session, record))) for record in session.exec(query)
    )


def _fields(session: Session, change: ChangeRecord) -> Iterator[FieldChange]:
    """Of a record only where there is something to compare: what was made or deleted is told by its name."""
    kind = KINDS.get(change.kind)
    if kind is None:
        yield from _details(session, change.after or {})
    elif change.before is not None and change.after is not None:
        yield from _differences(session, kind, change.before, change.after)


def _differences(session: Session, kind: Kind, before: dict, after: dict) -> Iterator[FieldChange]:
    try:
        forms = kind.form.kept(before), kind.form.kept(after)
    except ValidationError:  # an earlier version of the program had other fields, or let something else stand
        names = (name for name in before | after if before.get(name) != after.get(name))
        read = {name: (plain_words(before.get(name)), plain_words(after.get(name))) for name in names}
    else:
        read = {
            name: tuple(in_words(session, kind, name, getattr(form, name)) for form in forms)
            for name in different_fields(*forms)
        }
    for name, words in read.items():
        yield FieldChange(kind.label(name), *words)


DETAILS = {
    "release": "Udgivelse",
    "in_force": "Gælder",
    "profile": "Profil",
    "least_persons": "Mindst personer",
    "rounds": "Runder",
    "round": "Runde",
    "survey": "Spørgeskema",
    "years": "År",
    "unit": "Enhed",
    "education": "Uddannelse",
    "institution": "Uddannelsessted",
    "compared_with": "Sammenlignet med",
    "theme": "Tema",
    "question": "Spørgsmål",
    "files": "Filer",
    "added": "Nye",
    "changed": "Ændrede",
    "unchanged": "Uændrede",
    "lines": "Linjer",
    "partnership": "Partnerskab nr.",
    "party": "Organisation nr.",
    "number": "Nr.",
    "until": "Til og med",
    "file": "Fil",
}
"""What a reader calls what an event was about."""


def _details(session: Session, details: Mapping) -> Iterator[FieldChange]:
    for name, value in details.items():
        values = value if isinstance(value, list) else [value]
        words = [word for one in values for word in _detail(session, name, one)]
        yield FieldChange(DETAILS.get(name, name), "", ", ".join(words))


def _detail(session: Session, name: str, value: object) -> Iterator[str]:
    target = "unit" if name == "compared_with" else name
    if target in REFERENCE_TABLES:
        yield from (name_of(session, target, key) for key in parts_of(value))
    else:
        yield plain_words(value)
