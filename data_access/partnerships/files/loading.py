"""Partnership files into the store: all or nothing, and never over what people have written there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import or_
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.base import Editable, Form
from data_access.dashboard.partnership_tables.changes import Action, Event, note
from data_access.dashboard.scope import author
from data_access.imports.toml_text import parsed, text_of
from data_access.imports.validation_errors import ValidationErrors, did_you_mean, nearest, shown
from data_access.partnerships.records import editing
from data_access.partnerships.records.editing import last_change
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    BODY,
    CRITERION,
    CYCLE,
    DECISION,
    EFFECT,
    FOCUS_AREA,
    FOCUS_POINT,
    INITIATIVE,
    ITEM,
    KINDS,
    MEETING,
    MILESTONE,
    PARTNERSHIP,
    PARTY,
    POINT,
    UPDATE,
    Kind,
    ListOf,
    references_of,
)
from data_access.partnerships.records.records import checked, filled, live, opened
from data_access.problems import EditProblem
from data_access.reference import Unit, read_reference
from data_access.texts import Line
from indicators.danish import listed, number
from indicators.partnership.agreement import PartyKind
from indicators.unit_kinds import UNIT_KINDS


@dataclass(frozen=True)
class FileSection:
    """A list of tables in a file: what they are, the field that says whose, and the sections inside them."""

    name: str
    kind: Kind
    owner: str = "partnership_id"
    inside: tuple["FileSection", ...] = ()


_OF_INITIATIVES = (
    FileSection("milestones", MILESTONE, "initiative_id"),
    FileSection("updates", UPDATE, "initiative_id"),
)
_OF_ITEMS = (
    FileSection("points", POINT, "agenda_item_id"),
    FileSection("decisions", DECISION, "agenda_item_id"),
)
SECTIONS = (
    FileSection("bodies", BODY),
    FileSection("agreements", AGREEMENT),
    FileSection("focus_areas", FOCUS_AREA),
    FileSection("focus_points", FOCUS_POINT),
    FileSection("initiatives", INITIATIVE, inside=_OF_INITIATIVES),
    FileSection("criteria", CRITERION),
    FileSection("effects", EFFECT),
    FileSection("meetings", MEETING, inside=(FileSection("items", ITEM, "meeting_id", _OF_ITEMS),)),
    FileSection("decisions", DECISION),
    FileSection("cycle", CYCLE),
)
PARTIES = FileSection("parties", PARTY, "")


@dataclass(frozen=True)
class FileEntry:
    """One record as a file has it; `owners` are the keys of what it belongs to, by the form's field."""

    where: str
    kind: Kind
    partnership: str
    key: str
    values: dict
    owners: dict[str, str]


@dataclass(frozen=True)
class _Place:
    """Where in a file the reading is, and whose what comes next will be."""

    where: str
    partnership: str = ""
    key: str = ""
    owners: dict[str, str] = field(default_factory=dict)


def read(paths: Iterable[Path], complaints: ValidationErrors) -> list[FileEntry]:
    """The records of all files: the parties first, for any file may refer to them."""
    files = {
        path.name: parsed(text_of(path, "Partnerskabsfilen"), f"Filen '{shown(path.name)}'") for path in paths
    }
    entries = [
        entry
        for name, content in files.items()
        for entry in _entries(_Place(name), PARTIES, content, complaints)
    ]
    for name, content in files.items():
        entries += _partnership(name, content, complaints)
    seen: dict[tuple[str, str], str] = {}
    for entry in entries:
        where = seen.setdefault((entry.kind.name, entry.key), entry.where)
        if where != entry.where:
            complaints.add(f"{entry.where}: nøglen bruges allerede i {where}.")
        if fault := _key_fault(entry.key):
            complaints.add(f"{entry.where}, key: {fault}.")
    return entries


class _Keyed(Form):
    key: Line


def _key_fault(key: str) -> str:
    """Why the record cannot be kept under this key; nothing where it can."""
    try:
        kept = checked(_Keyed, {"key": key}).key
    except EditProblem as problem:
        return problem.faults["key"]
    return "" if kept == key else "må ikke have tegn, der ikke kan ses"


def _partnership(name: str, content: dict, complaints: ValidationErrors) -> Iterator[FileEntry]:
    table = content.get("partnership")
    if not isinstance(table, dict) or not isinstance(table.get("key"), str):
        complaints.add(f'{shown(name)}: Tabellen [partnership] med key = "…" mangler.')
        return
    known = ["partnership", PARTIES.name, *(section.name for section in SECTIONS)]
    for unknown in content.keys() - set(known):
        complaints.add(
            f"{shown(name)}, {shown(unknown)}: kendes ikke.{did_you_mean(nearest(unknown, known))}"
        )
    key = table["key"]
    values = {field: value for field, value in table.items() if field != "key"}
    yield FileEntry(f"{name}, partnership", PARTNERSHIP, key, key, values, {})
    for section in SECTIONS:
        yield from _entries(_Place(name, key, key), section, content, complaints)


def _entries(
    place: _Place, section: FileSection, content: dict, complaints: ValidationErrors
) -> Iterator[FileEntry]:
    tables = content.get(section.name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        complaints.add(f"{shown(place.where)}, {section.name}: skal skrives som [[{section.name}]].")
        return
    inside = {nested.name for nested in section.inside}
    for position, table in enumerate(tables, start=1):
        # Without a key of its own a record is known by its number among its siblings.
        name = str(table.get("key", position))
        key = f"{place.key}/{name}" if place.key else name
        where = f"{place.where}, {section.name} {position}" + (f" ({shown(name)})" if "key" in table else "")
        owners = place.owners | ({section.owner: place.key} if section.owner else {})
        values = {field: value for field, value in table.items() if field not in {"key", *inside}}
        if "position" in section.kind.form.model_fields:
            values.setdefault("position", position)
        yield FileEntry(where, section.kind, place.partnership, key, values, owners)
        for nested in section.inside:
            yield from _entries(_Place(where, place.partnership, key, owners), nested, table, complaints)


WHO = "Indlæsning"


class _UnknownKeyError(Exception):
    """A key refers to nothing; str() says so in Danish."""


def name_in_file(field: str, target: str | None) -> str:
    """What a form's field is called in a file: responsible_id -> responsible, unit_key -> unit."""
    return field.removesuffix("_id").removesuffix("_key") if target else field


def values_of(session: Session, entry: FileEntry) -> dict:
    """The values of the form, with ids for keys; EditProblem names the fields whose keys are not there."""
    written = {field: key for field, key in entry.owners.items() if field in entry.kind.form.model_fields}
    if "partnership_id" in entry.kind.form.model_fields:
        written["partnership_id"] = entry.partnership
    references = {
        name_in_file(name, target): name
        for name in entry.kind.form.model_fields
        if (target := entry.kind.target(name))
    }
    faults = {
        field: f"kendes ikke. Skriv {name} med en nøgle"
        for name, field in references.items()
        if name != field and field in entry.values
    }
    typed = {name: value for name, value in entry.values.items() if name not in faults}
    written |= {references.get(name, name): value for name, value in typed.items()}
    values = {}
    for name, value in written.items():
        try:
            values[name] = _value(session, name, value, entry)
        except _UnknownKeyError as error:
            faults[name] = str(error)
    if faults:
        raise EditProblem("Nøglerne kan ikke findes.", faults)
    return values


def find(session: Session, kind: Kind, key: str) -> Editable | None:
    """The record that came from a file under this key, or the party that has this key in the reference data.

    A municipality, a hospital or an institution becomes a party when a file first names it.
    """
    record = session.exec(select(kind.table).where(kind.table.key == key)).first()
    if record is not None or kind is not PARTY:
        return record
    is_it = or_(PartyRecord.unit_key == key, PartyRecord.institution_id == key)
    record = session.exec(live(PartyRecord).where(is_it)).first()
    if record is None and (values := _reference_party(key)):
        party = editing.create(session, WHO, PARTY, filled(PARTY, values), key)
        return session.get(PartyRecord, party.id)
    return record


def _value(session: Session, field: str, written: object, entry: FileEntry) -> object:
    for list_of in entry.kind.lists:
        if list_of.field == field and isinstance(written, list):
            return [_element(session, list_of, element, entry) for element in written]
    target = entry.kind.target(field)
    return _id(session, target, written, entry) if target else written


def _element(session: Session, list_of: ListOf, written: object, entry: FileEntry) -> object:
    targets = dict(references_of(list_of.table.__table__))
    if list_of.column:
        return _id(session, targets[list_of.column], written, entry) if list_of.column in targets else written
    if not isinstance(written, dict):
        return written
    names = {name_in_file(column, target): column for column, target in targets.items()}
    return {
        names.get(name, name): _id(session, targets[names[name]], value, entry) if name in names else value
        for name, value in written.items()
    }


def _id(session: Session, target: str, key: object, entry: FileEntry) -> object:
    if target not in KINDS or key is None:
        return key
    if not isinstance(key, str):
        raise _UnknownKeyError(f"«{shown(str(key))}» skal være en nøgle i anførselstegn")
    is_global = target in ("party", "partnership") or key.startswith(f"{entry.partnership}/")
    full = key if is_global else f"{entry.partnership}/{key}"
    record = find(session, KINDS[target], full)
    if record is None:
        raise _UnknownKeyError(f"«{shown(key)}» findes ikke.{_hint(session, KINDS[target], key)}")
    return record.id


def _hint(session: Session, kind: Kind, key: str) -> str:
    known = session.exec(select(kind.table.key).where(kind.table.key.is_not(None))).all()
    reference = (*read_reference().units, *read_reference().institutions) if kind is PARTY else ()
    names = [name.rpartition("/")[2] for name in known]
    names += [one.key if isinstance(one, Unit) else one.id for one in reference]
    return did_you_mean(nearest(key, names))


def _reference_party(key: str) -> dict | None:
    for unit in read_reference().units:
        if unit.key == key and (kind := UNIT_KINDS[unit.kind].party):
            return {"name": unit.name, "kind": kind, "unit_key": key}
    for institution in read_reference().institutions:
        if institution.id == key:
            names = {"name": institution.name, "short_name": institution.short_name}
            return {**names, "kind": PartyKind.INSTITUTION, "institution_id": key}
    return None


@dataclass
class LoadReport:
    """What became of the records of the files."""

    partnerships: list[str] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    """Names of records that differ from the files, but have been written in the dashboard since."""

    def lines(self) -> Iterator[str]:
        """The report in Danish, line by line."""
        yield f"Partnerskaber: {listed(self.partnerships)}"
        counts = ((self.added, "nye"), (self.changed, "ændrede"), (self.unchanged, "uændrede"))
        yield ", ".join(f"{number(count)} {word}" for count, word in counts)
        for name in self.kept:
            yield f"Beholdt, som det er skrevet i dashboardet: «{name}»"


def load(session: Session, paths: Iterable[Path]) -> LoadReport:
    """Adds and updates what the files hold; ImportProblem names everything that is wrong in them.

    What has been changed or deleted in the dashboard stays so, and what is gone from a file stays too.
    The caller's transaction decides whether it happens.
    """
    complaints = ValidationErrors("Partnerskaberne er ikke indlæst, og intet er ændret:")
    report = LoadReport()
    failed: set[str] = set()
    for entry in read(paths, complaints):
        # What belongs to a record that failed is not complained about as well.
        if failed.isdisjoint(entry.owners.values()) and not _load(session, entry, complaints, report):
            failed.add(entry.key)
    complaints.stop_if_any()
    counted = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    if report.added or report.changed:
        note(session, author(session), Action.LOADED, Event.IMPORT, "Partnerskaber", **counted)
    return report


def _load(session: Session, entry: FileEntry, complaints: ValidationErrors, report: LoadReport) -> bool:
    try:
        form = filled(entry.kind, values_of(session, entry))
        _put(session, entry, form, report)
    except EditProblem as problem:
        for name, fault in problem.faults.items():
            written = f", {name_in_file(name, entry.kind.target(name))}" if name else ""
            complaints.add(f"{entry.where}{written}: {fault.removesuffix('.')}.")
        return False
    return True


def _put(session: Session, entry: FileEntry, form: object, report: LoadReport) -> None:
    record = find(session, entry.kind, entry.key)
    if entry.kind is PARTNERSHIP:
        report.partnerships.append(form.name)
    if record is None:
        editing.create(session, WHO, entry.kind, form, entry.key)
        report.added += 1
        return
    stored = opened(session, entry.kind, record)
    if stored.form == form and record.deleted_at is None:
        report.unchanged += 1
    elif last_change(session, entry.kind, record.id).action == Action.LOADED:
        editing.edit(session, WHO, stored, form, Action.LOADED)
        report.changed += 1
    else:
        report.kept.append(getattr(stored.form, entry.kind.title))
