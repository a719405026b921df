"""A published round as a file a person can read: the sample brings its figures along, ready made."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from indicators.cells import Cell
from indicators.figure import HIDDEN, Bound, Figure, Response, State
from indicators.method import AuditFigure
from indicators.publication import Publication

HEADINGS = ("unit", "education", "institution", "question", "answers", "invited")
FIGURE = ("n", "favourable", "persons", "counts", "outside_base", "bound", "withheld")


def write_published(path: Path, published: Publication) -> None:
    """One line a cell with its response, then one line a figure; empty numbers are hidden."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([*HEADINGS, *FIGURE])
        for cell, response in zip(published.cells, published.responses, strict=True):
            lines.writerow([*_key(cell), "", response.answers, response.invited])
        for position, question, figure in published.figures:
            counts = None if figure.counts is None else " ".join(map(str, figure.counts))
            numbers = [figure.n, figure.favourable, figure.persons, counts, figure.outside_base, figure.bound]
            numbers.append(1 if figure.withheld else None)
            lines.writerow([*_key(published.cells[position]), question, "", "", *numbers])


def read_published(path: Path) -> Publication:
    """The published round of a file that `write_published` made."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    responses = {_cell(line): _response(line) for line in lines if not line["question"]}
    position = {cell: number for number, cell in enumerate(responses)}
    figures = tuple(
        (position[_cell(line)], line["question"], _figure(line)) for line in lines if line["question"]
    )
    return Publication(tuple(responses), tuple(responses.values()), figures)


def write_audits(path: Path, audits: dict[str, AuditFigure]) -> None:
    """What the audits of the rounds found, by round."""
    records = {round_id: asdict(audit) for round_id, audit in audits.items()}
    path.write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")


def read_audits(path: Path) -> dict[str, AuditFigure]:
    """The audits by round."""
    records = json.loads(path.read_text(encoding="utf-8"))
    return {round_id: AuditFigure(**audit) for round_id, audit in records.items()}


def _key(cell: Cell) -> Iterator[str]:
    yield from (cell.unit, cell.education, cell.institution)


def _cell(line: dict[str, str]) -> Cell:
    return Cell(line["unit"], line["education"], line["institution"])


def _response(line: dict[str, str]) -> Response:
    if not line["answers"]:
        return Response(State.HIDDEN)
    return Response(State.SHOWN, int(line["answers"]), _number(line["invited"]))


def _figure(line: dict[str, str]) -> Figure:
    if not line["n"]:
        return HIDDEN
    counts = tuple(map(int, line["counts"].split())) if line["counts"] else None
    n, favourable, persons, outside = (
        _number(line[name]) for name in ("n", "favourable", "persons", "outside_base")
    )
    bound = Bound(line["bound"]) if line["bound"] else None
    return Figure(
        State.SHOWN, n, favourable, persons, counts, outside, bound, withheld=bool(line["withheld"])
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
