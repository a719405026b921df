"""Municipalities, hospitals, dated groups, educations and institutions, read from the reference files."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from data_access.problems import ReferenceProblem
from data_access.texts import PERSONAL, is_personal
from indicators.groups import PRIVATE_SITES
from indicators.selection import ALL
from indicators.unit_kinds import (
    CLUSTER,
    COUNCIL,
    HOSPITAL,
    KKR,
    MUNICIPALITY,
    OWN_GROUP,
    PRIVATE,
    REGION,
    UNIT_KINDS,
)
from indicators.visible_text import tidy

REFERENCE = Path(__file__).parent.parent / "sample_data" / "reference"


@dataclass(frozen=True)
class Unit:
    """A place or a group of places that figures are published for."""

    key: str
    kind: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Membership:
    """A place belongs to a group, from one day to another (None: open)."""

    member: str
    group: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Education:
    id: str
    name: str
    short_name: str = ""
    level: str = ""
    field: str = ""
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Institution:
    id: str
    name: str
    short_name: str = ""
    kind: str = ""
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """All reference data; the files' order is kept."""

    units: tuple[Unit, ...]
    memberships: tuple[Membership, ...]
    educations: tuple[Education, ...]
    institutions: tuple[Institution, ...]
    hospital_municipalities: dict[str, str] = field(default_factory=dict, repr=False)
    """{hospital id: code of the municipality in which it lies}; no figure depends on it."""

    @cached_property
    def digest(self) -> str:
        """The same for the same data: how a store sees that its own are of yesterday."""
        return sha256(repr(self).encode()).hexdigest()


def normalised(text: str) -> str:
    """The form in which spellings are compared: "Roskilde  kommune" and "ROSKILDE" are the same."""
    return re.sub(r" kommunes?$", "", tidy(text).casefold())


@cache
def read_reference(folder: Path = REFERENCE) -> Reference:
    """Reads the CSV files of the folder (the columns are described in its README)."""
    files = {path.stem: _rows(path) for path in sorted(folder.glob("*.csv"))}
    return Reference(
        units=(Unit(ALL, ALL, "Alle"), *_units(files)),
        memberships=tuple(_memberships(files)),
        educations=tuple(_education(row) for row in files["educations"]),
        institutions=tuple(_institution(row) for row in files["institutions"]),
        hospital_municipalities={row["hospital_id"]: row["kommunekode"] for row in files["hospitals"]},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str | None, where: str = "") -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ReferenceProblem(f"{where}: '{text}' er ikke en dato. Skriv fx 2027-01-01.") from error


def _distinct(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _units(files: dict[str, list[dict[str, str]]]) -> Iterator[Unit]:
    for row in files["municipalities"]:
        yield Unit(
            MUNICIPALITY.unit_key(row["kommunekode"]),
            MUNICIPALITY.key,
            row["name_official"],
            spellings=_distinct(
                row["name"],
                row["name_official"],
                *row["name_variants"].split(";"),
                row["kommunekode"],
                row["kommunekode_num"],
            ),
        )
    for row in files["hospitals"]:
        spellings = _distinct(row["name"], row["short_name"], row["hospital_id"])
        yield Unit(HOSPITAL.unit_key(row["hospital_id"]), HOSPITAL.key, row["name"], spellings=spellings)
    yield Unit(PRIVATE_SITES, PRIVATE.key, "Private og selvejende praktiksteder")
    for row in files["hospital_clusters"]:
        validity = _day(row["valid_from"]), _day(row["valid_to"])
        yield Unit(CLUSTER.unit_key(row["cluster_id"]), CLUSTER.key, row["name_display"], *validity)
    for row in files["health_councils"]:
        yield Unit(
            COUNCIL.unit_key(row["health_council_id"]), COUNCIL.key, row["name"], _day(row["valid_from"])
        )
    yield from dict.fromkeys(_regions(files).values())
    for name in dict.fromkeys(row["kkr"] for row in files["municipalities"]):
        yield Unit(_kkr_key(name), KKR.key, name)
    yield from _own_groups(files).values()


def _own_groups(files: dict[str, list[dict[str, str]]]) -> dict[str, Unit]:
    """By the id used in the files. A line may name the kind of its group, where the file has that column."""
    groups: dict[str, Unit] = {}
    for line, row in enumerate(files["own_groups"], start=2):
        where = f"own_groups.csv, linje {line}"
        kind = row.get("kind") or OWN_GROUP.key
        if kind not in UNIT_KINDS:
            raise ReferenceProblem(f"{where}: slagsen '{kind}' kendes ikke. Kendte: {', '.join(UNIT_KINDS)}.")
        if is_personal(row["name"]):
            raise ReferenceProblem(f"{where}: navnet {PERSONAL}.")
        starts, ends = _day(row["valid_from"], where), _day(row["valid_to"], where)
        key = UNIT_KINDS[kind].unit_key(row["group_id"])
        groups[row["group_id"]] = Unit(key, kind, row["name"], starts, ends)
    return groups


def _kkr_key(name: str) -> str:
    return KKR.unit_key(name.removeprefix("KKR ").casefold().replace("æ", "ae"))


def _regions(files: dict[str, list[dict[str, str]]]) -> dict[str, Unit]:
    """By the id used in the files. A region of 2027 that keeps its code is the same region as before."""
    regions: dict[str, Unit] = {}
    for row in files["regions"]:
        unit = Unit(
            REGION.unit_key(row["code"] or row["region_id"]),
            REGION.key,
            row["name"],
            _day(row["valid_from"]),
            _day(row["valid_to"]),
        )
        regions[row["region_id"]] = next((seen for seen in regions.values() if seen.key == unit.key), unit)
    return regions


def _memberships(files: dict[str, list[dict[str, str]]]) -> Iterator[Membership]:
    """Each place in the groups it belongs to; a group's own validity dates the membership."""
    units = {unit.key: unit for unit in _units(files)}
    for member, group in dict.fromkeys(_pairs(files)):
        yield Membership(member, group, units[group].valid_from, units[group].valid_to)
    own_groups = _own_groups(files)
    for line, row in enumerate(files["own_group_members"], start=2):
        named = own_groups.get(row["group_id"])
        member, group = row["member"], named.key if named else OWN_GROUP.unit_key(row["group_id"])
        where = f"own_group_members.csv, linje {line}"
        for key in (member, group):
            if key not in units:
                raise ReferenceProblem(f"{where}: '{key}' kendes ikke.")
        # A place may be in a group for a part of the group's own time, and come back on another line.
        starts, ends = _day(row["valid_from"], where), _day(row["valid_to"], where)
        yield Membership(member, group, starts or units[group].valid_from, ends or units[group].valid_to)


def _pairs(files: dict[str, list[dict[str, str]]]) -> Iterator[tuple[str, str]]:
    regions = _regions(files)
    for row in files["municipalities"]:
        member = MUNICIPALITY.unit_key(row["kommunekode"])
        yield member, REGION.unit_key(row["region_code"])
        yield member, regions[row["region_2027_id"]].key
        yield member, CLUSTER.unit_key(row["cluster_id"])
        yield member, COUNCIL.unit_key(row["health_council_id"])
        yield member, _kkr_key(row["kkr"])
    for row in files["hospitals"]:
        member = HOSPITAL.unit_key(row["hospital_id"])
        yield member, REGION.unit_key(row["owner_region_code"])
        yield member, regions[row["region_2027_id"]].key
        yield member, COUNCIL.unit_key(row["health_council_id_by_location"])
        if row["cluster_id_served"]:
            yield member, CLUSTER.unit_key(row["cluster_id_served"])


def _education(row: dict[str, str]) -> Education:
    names = row["education_id"], row["name"], row["short_name"]
    return Education(*names, row["level"], row["field"], _distinct(*names, row["title"]))


def _institution(row: dict[str, str]) -> Institution:
    names = row["institution_id"], row["name"], row["short_name"]
    return Institution(*names, row["type"], _distinct(*names, row["institution_number"]))
