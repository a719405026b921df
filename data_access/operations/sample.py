"""The sample stores: the made-up rounds go the same way as anyone's data, import and release.

Deciding what is safe takes minutes, so the sample's figures are shipped beside its answers. A test
proves that they are what import and release give.
"""

import csv
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from data_access import engines
from data_access.confidential import store as confidential
from data_access.confidential.models import Round
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import Release
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord
from data_access.imports.importing import import_files
from data_access.imports.sample_apart import OTHER_STORES, real_rounds
from data_access.partnerships.files.loading import load
from data_access.problems import StoreProblem
from data_access.publishing import releases
from data_access.publishing.deciding import Decide, decided
from data_access.publishing.ready_rounds import Decided
from data_access.publishing.rounds_to_publish import RoundToPublish
from indicators.cells import Cell
from indicators.danish import listed
from indicators.figure import HIDDEN, Bound, Figure, Response, State
from indicators.method import AuditFigure
from indicators.publication import Publication
from indicators.rights import OPERATOR

SAMPLE = Path(__file__).parents[2] / "sample_data"
PARTNERSHIPS = SAMPLE / "partnerships"
PUBLISHED = SAMPLE / "published"
AUDITS = PUBLISHED / "audits.json"

LATEST_ROUND = "supervisor-2025"
FIRST_RELEASED = datetime(2025, 9, 1, 8, tzinfo=UTC)
"""When everything but the latest round was published: held meetings keep the figures of that release."""


def build(progress: Callable[[str], None] = lambda _line: None, compute: bool = False) -> Release:
    """Imports every sample round, publishes them all and loads the partnerships; never over real data.

    The figures are the shipped ones, or computed anew and then written in their place. A new store has
    an earlier release too, so that a meeting can be seen with the figures that it was held with.
    """
    engines.refuse_in_a_copy()
    _refuse_real_data()
    for folder in sorted((SAMPLE / "rounds").glob("*/")):
        survey = folder.name.rpartition("-")[0]
        progress(f"Importerer {folder.name}")
        files = sorted(folder.glob("*.csv"))
        import_files(files, folder.name, SAMPLE / "mappings" / f"{survey}.toml")
    progress("Udgiver")
    with confidential.writing() as answers, dashboard.writing(OPERATOR) as figures:
        decide = _computed_and_kept if compute else shipped
        if releases.in_force(figures) is None:
            _publish_as_it_was(answers, figures, decide)
            release = releases.publish(answers, figures, [LATEST_ROUND], decide=decide)
        else:
            release = releases.publish(answers, figures, decide=decide)
        progress("Indlæser partnerskaber")
        load(figures, sorted(PARTNERSHIPS.glob("*.toml")))
    return release


def _publish_as_it_was(answers: Session, figures: Session, decide: Decide) -> None:
    """The release before the latest round, dated back to when it would have been made."""
    earlier = answers.exec(select(Round.id).where(Round.id != LATEST_ROUND)).all()
    release = releases.publish(answers, figures, earlier, decide=decide)
    release.made_at = FIRST_RELEASED
    figures.flush()


def shipped(to_publish: RoundToPublish) -> Decided | None:
    """What the sample shows of the round, as it was decided when the sample was made."""
    shown = read_published(PUBLISHED / f"{to_publish.round_id}.csv")
    audits = json.loads(AUDITS.read_text(encoding="utf-8"))
    return shown, AuditFigure(**audits[to_publish.round_id])


def _computed_and_kept(to_publish: RoundToPublish) -> Decided | None:
    made = decided(to_publish)
    if made is None:
        return None
    shown, audit = made
    PUBLISHED.mkdir(exist_ok=True)
    write_published(PUBLISHED / f"{to_publish.round_id}.csv", shown)
    audits = json.loads(AUDITS.read_text(encoding="utf-8")) if AUDITS.exists() else {}
    audits[to_publish.round_id] = asdict(audit)
    AUDITS.write_text(json.dumps(audits, indent=2) + "\n", encoding="utf-8")
    return shown, audit


def _refuse_real_data() -> None:
    with confidential.looking() as answers, dashboard.looking(OPERATOR) as figures:
        rounds = real_rounds(answers, figures)
        ours = select(PartnershipRecord.name).where(col(PartnershipRecord.is_sample).is_(False))
        partnerships = figures.exec(ours).all()
    kinds = (("runder", rounds), ("partnerskaber", sorted(partnerships)))
    if real := [f"rigtige {kind} ({', '.join(names)})" for kind, names in kinds if names]:
        raise StoreProblem(
            f"Lagrene har {listed(real)}, og dem må eksempeldata ikke blandes med. "
            f"Kør «python manage.py publish» for at vise jeres egne tal, eller {OTHER_STORES}."
        )


HEADINGS = ("unit", "education", "institution", "question", "answers", "invited")
FIGURE = ("n", "favourable", "persons", "counts", "outside_base", "bound", "withheld")


def write_published(path: Path, published: Publication) -> None:
    """One line a cell with its response, then one line a figure; empty numbers are hidden."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([*HEADINGS, *FIGURE])
        for cell, response in zip(published.cells, published.responses, strict=True):
            lines.writerow(
                [cell.unit, cell.education, cell.institution, "", response.answers, response.invited]
            )
        for position, question, figure in published.figures:
            counts = None if figure.counts is None else " ".join(map(str, figure.counts))
            numbers = [figure.n, figure.favourable, figure.persons, counts, figure.outside_base, figure.bound]
            numbers.append(1 if figure.withheld else None)
            cell = published.cells[position]
            lines.writerow([cell.unit, cell.education, cell.institution, question, "", "", *numbers])


def read_published(path: Path) -> Publication:
    """The published round of a file that `write_published` made."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    responses = {
        _cell(line): Response(State.SHOWN, int(line["answers"]), _number(line["invited"]))
        if line["answers"]
        else Response(State.HIDDEN)
        for line in lines
        if not line["question"]
    }
    position = {cell: number for number, cell in enumerate(responses)}
    figures = tuple(
        (position[_cell(line)], line["question"], _figure(line)) for line in lines if line["question"]
    )
    return Publication(tuple(responses), tuple(responses.values()), figures)


def _cell(line: dict[str, str]) -> Cell:
    return Cell(line["unit"], line["education"], line["institution"])


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
