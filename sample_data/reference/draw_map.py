"""Makes the outlines that the browser draws, static/map/municipalities.json, from the reference files.

Run it again when they have changed:  python -m sample_data.reference.draw_map

The result is a TopoJSON in the plane, in whole units of about 300 m with north up: less than a pixel on a
screen. Each municipality has the key of its unit as id, and where it is largest the point where a mark upon
it belongs. Bornholm is moved nearer, and the capital is drawn once more at a larger scale; the frames around
these have ids that begin with "ramme".
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from math import cos, dist, radians
from pathlib import Path

REFERENCE = Path(__file__).parent
TARGET = REFERENCE.parent.parent / "static" / "map" / "municipalities.json"
ATTRIBUTION = "Indeholder data fra Klimadatastyrelsen (DAGI), CC BY 4.0, forenklet"
UNITS_A_DEGREE, MIDDLE = 370, radians(56.2)
SEEN = 1.0  # a bend smaller than this is not drawn
ROOM = 12  # between an inset and its frame
CAPITAL = {"DK011", "DK012"}

Point = tuple[int, int]
Place = Callable[[tuple[float, float]], Point]


@dataclass(frozen=True)
class View:
    """Some municipalities as they are drawn: which place in degrees lies where, and how much larger."""

    name: str
    codes: frozenset[str]
    east_north: tuple[float, float]
    at: Point
    zoom: float = 1

    def place(self, degrees: tuple[float, float]) -> Point:
        """Where a place is drawn; a degree of longitude is shorter than one of latitude."""
        east, north = (one - middle for one, middle in zip(degrees, self.east_north, strict=True))
        scale = self.zoom * UNITS_A_DEGREE
        return round(self.at[0] + east * cos(MIDDLE) * scale), round(self.at[1] - north * scale)


def views(municipalities: Mapping[str, dict]) -> tuple[View, ...]:
    """The country, and what is taken out of it."""
    capital = {code for code, one in municipalities.items() if one["landsdel_nuts3"] in CAPITAL}
    return (
        View("", frozenset(municipalities) - {"0400"}, (8.0, 57.8), (0, 0)),
        View("Bornholm", frozenset({"0400"}), (14.92, 55.13), (880, 110)),
        View("hovedstaden", frozenset(capital), (12.43, 55.70), (820, 460), zoom=2.6),
    )


def outlines() -> dict:
    """The municipalities and the frames as TopoJSON."""
    source = json.loads((REFERENCE / "denmark_municipalities.topojson").read_text(encoding="utf-8"))
    with (REFERENCE / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        municipalities = {row["kommunekode"]: row for row in csv.DictReader(file)}
    arcs: list[list[Point]] = []
    geometries: list[dict] = []
    every = views(municipalities)
    largest = {code: view for view in every for code in view.codes}
    for view in every:
        drawn = _Drawing(view, source, arcs)
        for code in sorted(view.codes):
            one = municipalities[code]
            x, y = view.place((float(one["label_lon"]), float(one["label_lat"])))
            mark = {"x": x, "y": y} if largest[code] is view else {}
            geometries.append(_geometry(f"kommune:{code}", drawn.polygons(code), mark))
        if view.name:
            geometries.append(_geometry(f"ramme {view.name}", [[[drawn.framed()]]], {}))
    return {
        "type": "Topology",
        "attribution": ATTRIBUTION,
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"municipalities": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [list(_steps(arc)) for arc in arcs],
    }


def written() -> str:
    """The outlines as the file holds them."""
    return json.dumps(outlines(), ensure_ascii=False, separators=(",", ":")) + "\n"


class _Drawing:
    """One view's lines, added to those that there are; a line between two municipalities is drawn once."""

    def __init__(self, view: View, source: dict, arcs: list[list[Point]]) -> None:
        self._shapes = {one["id"]: one for one in source["objects"]["municipalities"]["geometries"]}
        self._source, self._place, self._arcs = source, view.place, arcs
        self._numbers: dict[int, int] = {}
        self._first = len(arcs)

    def polygons(self, code: str) -> list:
        """The polygons that are more than a line at this size."""
        shape = self._shapes[code]
        every = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        drawn = [[[self._number(arc) for arc in ring] for ring in polygon] for polygon in every]
        return [polygon for polygon in drawn if len(set(self._points(polygon))) > 2]

    def framed(self) -> int:
        """The number of the frame around everything in the view."""
        across, down = zip(*(point for arc in self._arcs[self._first :] for point in arc), strict=True)
        left, right, top, bottom = min(across) - ROOM, max(across) + ROOM, min(down) - ROOM, max(down) + ROOM
        self._arcs.append([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
        return len(self._arcs) - 1

    def _number(self, arc: int) -> int:
        """The number of an arc here; ~1 is arc 1 backwards."""
        forwards = arc if arc >= 0 else ~arc
        if forwards not in self._numbers:
            self._numbers[forwards] = len(self._arcs)
            places = map(self._place, _degrees(self._source["transform"], self._source["arcs"][forwards]))
            self._arcs.append(_simplified(list(places)))
        number = self._numbers[forwards]
        return number if arc >= 0 else ~number

    def _points(self, polygon: list) -> Iterator[Point]:
        for ring in polygon:
            for arc in ring:
                yield from self._arcs[arc if arc >= 0 else ~arc]


def _degrees(transform: dict, arc: list) -> Iterator[tuple[float, float]]:
    axes = zip(zip(*arc, strict=True), transform["scale"], transform["translate"], strict=True)
    return zip(
        *([step * scale + start for step in accumulate(axis)] for axis, scale, start in axes), strict=True
    )


def _simplified(line: list[Point]) -> list[Point]:
    """Without the points that lie on the way between others, give or take (Douglas & Peucker 1973)."""
    away = [*map(partial(_distance, line[0], line[-1]), line)]
    furthest = max(range(len(line)), key=away.__getitem__)
    if away[furthest] <= SEEN:
        return [line[0], line[-1]]
    return [*_simplified(line[: furthest + 1]), *_simplified(line[furthest:])[1:]]


def _distance(start: Point, end: Point, point: Point) -> float:
    length = dist(start, end)
    if not length:
        return dist(point, start)
    across, down = end[0] - start[0], end[1] - start[1]
    return abs(across * (point[1] - start[1]) - down * (point[0] - start[0])) / length


def _geometry(key: str, polygons: list, mark: dict[str, int]) -> dict:
    return {"type": "MultiPolygon", "id": key, "properties": mark, "arcs": polygons}


def _steps(arc: list[Point]) -> Iterator[Point]:
    """From each point to the next, which is how TopoJSON holds them."""
    x = y = 0
    for point in arc:
        yield point[0] - x, point[1] - y
        x, y = point


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(written(), encoding="utf-8")
