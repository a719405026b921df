"""Partnership files (TOML), one a partnership: read into entries that say where in the file they stand.

The names in a file are those of the forms; what a record refers to is written by its key
(`responsible = "kp"` for `responsible_id`). What is not understood is a complaint, never left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from data_access.imports.toml_text import parsed, text_of
from data_access.imports.validation_errors import ValidationErrors, did_you_mean, nearest, shown
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
    MEETING,
    MILESTONE,
    PARTNERSHIP,
    PARTY,
    POINT,
    UPDATE,
    Kind,
)


@dataclass(frozen=True)
class FileSection:
    """A list of tables in a file: what they are, the field that says whose, and the sections inside them."""

    name: str
    kind: Kind
    owner: str = "partnership_id"
    inside: tuple["FileSection", ...] = ()


_MILESTONES, _UPDATES = (
    FileSection("milestones", MILESTONE, "initiative_id"),
    FileSection("updates", UPDATE, "initiative_id"),
)
_POINTS, _DECISIONS = (
    FileSection("points", POINT, "agenda_item_id"),
    FileSection("decisions", DECISION, "agenda_item_id"),
)
SECTIONS = (
    FileSection("bodies", BODY),
    FileSection("agreements", AGREEMENT),
    FileSection("focus_areas", FOCUS_AREA),
    FileSection("focus_points", FOCUS_POINT),
    FileSection("initiatives", INITIATIVE, inside=(_MILESTONES, _UPDATES)),
    FileSection("criteria", CRITERION),
    FileSection("effects", EFFECT),
    FileSection(
        "meetings", MEETING, inside=(FileSection("items", ITEM, "meeting_id", (_POINTS, _DECISIONS)),)
    ),
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
    files = {path.name: _content(path) for path in paths}
    entries = [
        entry
        for name, content in files.items()
        for entry in _entries(_Place(name), PARTIES, content, complaints)
    ]
    for name, content in files.items():
        entries += _partnership(name, content, complaints)
    _refuse_twice(entries, complaints)
    return entries


def _content(path: Path) -> dict:
    return parsed(text_of(path, "Partnerskabsfilen"), f"Filen '{shown(path.name)}'")


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
    inside = {one.name for one in section.inside}
    for number, table in enumerate(tables, start=1):
        # Without a key of its own a record is known by its number among its siblings.
        name = str(table.get("key", number))
        key = f"{place.key}/{name}" if place.key else name
        where = f"{place.where}, {section.name} {number}" + (f" ({shown(name)})" if "key" in table else "")
        owners = place.owners | ({section.owner: place.key} if section.owner else {})
        values = {field: value for field, value in table.items() if field not in {"key", *inside}}
        if "position" in section.kind.form.model_fields:
            values.setdefault("position", number)
        yield FileEntry(where, section.kind, place.partnership, key, values, owners)
        for one in section.inside:
            yield from _entries(_Place(where, place.partnership, key, owners), one, table, complaints)


def _refuse_twice(entries: Iterable[FileEntry], complaints: ValidationErrors) -> None:
    seen: dict[tuple[str, str], str] = {}
    for entry in entries:
        where = seen.setdefault((entry.kind.name, entry.key), entry.where)
        if where != entry.where:
            complaints.add(f"{entry.where}: nøglen bruges allerede i {where}.")
