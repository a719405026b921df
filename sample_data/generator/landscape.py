"""Where students can be placed and who sends them, read from the reference files."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generator import truths

KM_PER_DEGREE = 111.2
LONGITUDE_SHRINKS_BY = 0.566  # cosine of 55.5 degrees north
NEARNESS_KM = 12.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A finest place: a municipality's own sites, a hospital, or private sites in a municipality."""

    key: str
    municipality: str
    hospital: str
    kind: str
    size: float
    point: Point


@dataclass(frozen=True)
class Landscape:
    """Places, each education's campuses by institution and its sectors, and names by kind and id."""

    places: tuple[Place, ...]
    campuses: dict[str, dict[str, tuple[Point, ...]]]
    sectors: dict[str, tuple[str, ...]]
    names: dict[str, dict[str, str]]

    def place_shares(self, education: str) -> np.ndarray:
        """How the education's placements are spread over the places."""
        wanted = truths.EDUCATIONS[education]
        of_sector = {"region": wanted.hospital, "privat": wanted.private}
        of_sector["kommune"] = round(1 - wanted.hospital - wanted.private, 6)
        shares = np.zeros(len(self.places))
        for sector, share in of_sector.items():
            if share > 0:
                sizes = self._sizes(education, sector)
                shares += share * sizes / sizes.sum()
        return shares / shares.sum()

    def institution_shares(self, education: str) -> np.ndarray:
        """For each place, the shares of the education's institutions: the nearest campus counts most."""
        campuses = self.campuses[education].values()
        distances = [
            [min(_km(place.point, campus) for campus in points) for points in campuses]
            for place in self.places
        ]
        nearness = np.exp(-np.array(distances) / NEARNESS_KM)
        return nearness / nearness.sum(axis=1, keepdims=True)

    def _sizes(self, education: str, sector: str) -> np.ndarray:
        if sector not in self.sectors[education]:
            raise ValueError(f"{education} has no placements in the sector {sector}")
        return np.array([_size(place, education) * (_sector(place) == sector) for place in self.places])


def read_landscape(reference: Path) -> Landscape:
    """The two regions' municipalities and public hospitals, and the educations offered there."""
    municipalities = [m for m in _rows(reference, "municipalities") if m["region_code"] in truths.REGIONS]
    points = {m["kommunekode"]: (float(m["label_lon"]), float(m["label_lat"])) for m in municipalities}
    hospitals = [hospital for hospital in _rows(reference, "hospitals") if _is_public(hospital)]
    educations = [e for e in _rows(reference, "educations") if e["education_id"] in truths.EDUCATIONS]
    campuses = _campuses(_rows(reference, "education_offers"), points)
    sending = {institution for institutions in campuses.values() for institution in institutions}
    institutions = [i for i in _rows(reference, "institutions") if i["institution_id"] in sending]
    return Landscape(
        places=(*_municipal_places(municipalities, points), *_hospital_places(hospitals, points)),
        campuses=campuses,
        sectors={row["education_id"]: tuple(row["placement_sectors"].split(";")) for row in educations},
        names={
            "municipality": {row["kommunekode"]: row["name"] for row in municipalities},
            "hospital": {row["hospital_id"]: row["name"] for row in hospitals},
            "education": {row["education_id"]: row["title"] for row in educations},
            "institution": {row["institution_id"]: row["name"] for row in institutions},
        },
    )


def _rows(reference: Path, name: str) -> list[dict[str, str]]:
    with (reference / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _is_public(row: dict[str, str]) -> bool:
    return row["owner_region_code"] in truths.REGIONS and row["type"] in truths.HOSPITAL_SIZES


def _municipal_places(rows: list[dict[str, str]], points: dict[str, Point]) -> list[Place]:
    places = []
    for kind in ("kommune", "privat"):
        for row in rows:
            code, size = row["kommunekode"], float(row["population_2026"])
            places.append(Place(f"{kind}:{code}", code, "", kind, size, points[code]))
    return places


def _hospital_places(rows: list[dict[str, str]], points: dict[str, Point]) -> list[Place]:
    places = []
    for row in rows:
        hospital, code = row["hospital_id"], row["kommunekode"]
        kind = "akut" if row["type"] == "somatik" and row["acute_24h"] == "1" else row["type"]
        size = truths.OWN_HOSPITAL_SIZES.get(hospital, truths.HOSPITAL_SIZES[kind])
        places.append(Place(f"hospital:{hospital}", code, hospital, kind, size, points[code]))
    return places


def _campuses(
    offers: list[dict[str, str]], points: dict[str, Point]
) -> dict[str, dict[str, tuple[Point, ...]]]:
    campuses: dict[str, dict[str, tuple[Point, ...]]] = {}
    for offer in offers:
        if offer["education_id"] in truths.EDUCATIONS and offer["kommunekode"] in points:
            institutions = campuses.setdefault(offer["education_id"], {})
            seen = institutions.get(offer["institution_id"], ())
            institutions[offer["institution_id"]] = (*seen, points[offer["kommunekode"]])
    return campuses


def _sector(place: Place) -> str:
    return place.kind if place.kind in ("kommune", "privat") else "region"


def _size(place: Place, education: str) -> float:
    not_here = (
        (education in truths.ONLY_PSYCHIATRY and place.kind in ("akut", "somatik"))
        or (education in truths.ONLY_SOMATIC and place.kind == "psykiatri")
        or (education in truths.ONLY_ACUTE and place.kind != "akut")
    )
    return 0.0 if not_here else place.size * truths.EDUCATION_MIX.get((place.key, education), 1.0)


def _km(one: Point, other: Point) -> float:
    east = (one[0] - other[0]) * KM_PER_DEGREE * LONGITUDE_SHRINKS_BY
    north = (one[1] - other[1]) * KM_PER_DEGREE
    return float(np.hypot(east, north))
