"""From the keys that a file is written with to the ids of the store."""

from collections.abc import Iterator

from sqlalchemy import or_
from sqlmodel import Session, select

from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.base import Editable
from data_access.imports.validation_errors import did_you_mean, nearest
from data_access.partnerships.files.reading import FileEntry
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import KINDS, PARTY, Kind, ListOf, references_of
from data_access.partnerships.records.lines import live
from data_access.partnerships.records.records import filled
from data_access.problems import EditProblem
from data_access.reference import Institution, Unit, read_reference
from indicators.partnership.party import PartyKind
from indicators.unit_kinds import UNIT_KINDS

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
    references = dict(_references(entry.kind))
    faults = {
        field: f"kendes ikke. Skriv {name} med en nøgle"
        for name, field in references.items()
        if name != field and field in entry.values
    }
    typed = {name: value for name, value in entry.values.items() if name not in faults}
    written |= {references.get(name, name): value for name, value in typed.items()}
    values = {}
    for field, value in written.items():
        try:
            values[field] = _value(session, field, value, entry)
        except _UnknownKeyError as error:
            faults[field] = str(error)
    if faults:
        raise EditProblem("Nøglerne kan ikke findes.", faults)
    return values


def find(session: Session, kind: Kind, key: str) -> Editable | None:
    """The record that came from a file under this key, or the party that has this key in the reference data.

    A municipality, a hospital or an institution becomes a party when a file first names it.
    """
    found = session.exec(select(kind.table).where(kind.table.key == key)).first()
    if found is not None or kind is not PARTY:
        return found
    is_it = or_(PartyRecord.unit_key == key, PartyRecord.institution_id == key)
    found = session.exec(live(PartyRecord).where(is_it)).first()
    if found is None and (values := _reference_party(key)):
        made = editing.create(session, WHO, PARTY, filled(PARTY, values), key)
        return session.get(PartyRecord, made.id)
    return found


def _references(kind: Kind) -> Iterator[tuple[str, str]]:
    """The fields that refer to something, by their name in a file."""
    for field in kind.form.model_fields:
        if target := kind.target(field):
            yield name_in_file(field, target), field


def _value(session: Session, field: str, written: object, entry: FileEntry) -> object:
    for one in entry.kind.lists:
        if one.field == field and isinstance(written, list):
            return [_element(session, one, element, entry) for element in written]
    target = entry.kind.target(field)
    return _id(session, target, written, entry) if target else written


def _element(session: Session, one: ListOf, written: object, entry: FileEntry) -> object:
    targets = dict(references_of(one.table.__table__))
    if one.column:
        return _id(session, targets[one.column], written, entry) if one.column in targets else written
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
        raise _UnknownKeyError(f"«{key}» skal være en nøgle i anførselstegn")
    is_global = target in ("party", "partnership") or key.startswith(f"{entry.partnership}/")
    full = key if is_global else f"{entry.partnership}/{key}"
    found = find(session, KINDS[target], full)
    if found is None:
        raise _UnknownKeyError(f"«{key}» findes ikke.{_hint(session, KINDS[target], key)}")
    return found.id


def _hint(session: Session, kind: Kind, key: str) -> str:
    known = session.exec(select(kind.table.key).where(kind.table.key.is_not(None))).all()
    reference = (*read_reference().units, *read_reference().institutions) if kind is PARTY else ()
    names = [one.rpartition("/")[2] for one in known] + [_key(one) for one in reference]
    return did_you_mean(nearest(key, names))


def _key(one: Unit | Institution) -> str:
    return one.key if isinstance(one, Unit) else one.id


def _reference_party(key: str) -> dict | None:
    for unit in read_reference().units:
        if unit.key == key and (kind := UNIT_KINDS[unit.kind].party):
            return {"name": unit.name, "kind": kind, "unit_key": key}
    for one in read_reference().institutions:
        if one.id == key:
            names = {"name": one.name, "short_name": one.short_name}
            return {**names, "kind": PartyKind.INSTITUTION, "institution_id": key}
    return None
