"""How long it takes to decide what may be shown of a large round, and how much of it stays visible.

Run by itself: python -m benchmarks.disclosure_speed 10000
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated

import numpy as np
import typer
from loky import ProcessPoolExecutor

from benchmarks.measuring import MEGABYTE, most_held
from indicators.cells import CellTable, FinestGroup, cell_table
from indicators.disclosure import Audit, Persons, System, audit, choose
from indicators.promises import Promise, Promises
from indicators.selection import ALL

TOWNS, HOSPITALS, CLUSTERS, COUNCILS, REGIONS = 46, 29, 9, 5, 2
EDUCATIONS, INSTITUTIONS, HEALTH_EDUCATIONS = 12, 6, 5
UNANSWERED = 0.03
READABLE = 10
"""Persons from which a figure is more than a share."""


@dataclass(frozen=True)
class Decided:
    """One question: seconds, the audit, and by what was promised the cells of ten persons and those shown."""

    seconds: float
    audit: Audit
    eligible: tuple[int, ...]
    visible: tuple[int, ...]
    megabytes: float


@dataclass(frozen=True)
class Speed:
    """All questions of a round."""

    answers: int
    seconds: float
    megabytes: float
    visible_share: tuple[float, ...]
    offending: int


def measure_disclosure(
    answers: int, questions: int = 25, least_persons: int = 5, workers: int = 2, recurring: int = 0
) -> Speed:
    """Chooses and audits every question of a made-up round, as many at a time as there are workers."""
    systems = list(made_up_systems(answers, questions, recurring))
    start = perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        decided = list(pool.map(decide, systems, [least_persons] * questions))
    eligible, visible = (
        np.array([getattr(one, what) for one in decided]).sum(axis=0) for what in ("eligible", "visible")
    )
    return Speed(
        answers,
        perf_counter() - start,
        max(one.megabytes for one in decided),
        tuple((visible / np.maximum(eligible, 1)).tolist()),
        sum(len(one.audit.offending) for one in decided),
    )


def decide(system: System, least_persons: int) -> Decided:
    """Chooses the cells of one question and attacks the choice."""
    start = perf_counter()
    chosen = choose(system, least_persons)
    result = audit(system.rows(chosen), system.persons, least_persons)
    seconds = perf_counter() - start
    large = system.persons_by_cell >= READABLE
    eligible, visible = (
        tuple(np.bincount(system.promised[cells] // 2, minlength=len(Promise)).tolist())
        for cells in (large, chosen & large)
    )
    return Decided(seconds, result, eligible, visible, most_held() / MEGABYTE)


def made_up_systems(answers: int, questions: int, recurring: int = 0, seed: int = 1) -> Iterator[System]:
    """One round's questions; in each some have not answered. `recurring` persons have two sheets."""
    rng = np.random.default_rng(seed)
    table, group, groups = _made_up_round(answers, rng)
    coming = {f"raad:{number}" for number in range(COUNCILS)} | {"region:ny"}
    places = Promises(frozenset(coming)).places(table.cells)
    person = np.full(answers, -1)
    person[rng.choice(answers, 2 * recurring, replace=False)] = np.arange(2 * recurring) // 2
    for _ in range(questions):
        given = rng.random(answers) >= UNANSWERED
        one = np.ones(given.sum(), dtype=np.int64)
        persons = Persons.counted(groups, group[given], person[given], one)
        offered = np.ones(len(places), dtype=bool)
        yield System(table.cell_index, table.group_index, places, persons, offered)


def _made_up_round(answers: int, rng: np.random.Generator) -> tuple[CellTable, np.ndarray, int]:
    groups, group = made_up_groups(answers, rng)
    return cell_table(groups, made_up_units(groups)), group, len(groups)


def made_up_groups(answers: int, rng: np.random.Generator) -> tuple[list[FinestGroup], np.ndarray]:
    """The finest groups, and which of them each sheet is in.

    Places and educations are of unequal size, hospitals have health educations only.
    """
    places = [*(f"kommune:{i}" for i in range(TOWNS)), *(f"hospital:{i}" for i in range(HOSPITALS))]
    size = np.outer(rng.lognormal(0, 0.6, len(places)), rng.lognormal(0, 0.6, EDUCATIONS))
    size[TOWNS:, HEALTH_EDUCATIONS:] = 0
    size *= rng.random(size.shape) < 0.8  # not every place takes students of every education
    place, education = np.divmod(rng.choice(size.size, answers, p=(size / size.sum()).ravel()), EDUCATIONS)
    offering = [rng.choice(INSTITUTIONS, 2 + i % 2, replace=False) for i in range(EDUCATIONS)]
    shares = [(0.5, 0.5), (0.45, 0.35, 0.2)]
    institution = [rng.choice(offering[i], p=shares[i % 2]) for i in education]
    finest, group = np.unique(np.stack([place, education, institution]), axis=1, return_inverse=True)
    groups = [FinestGroup(places[a], f"education {b}", f"institution {c}") for a, b, c in finest.T]
    return groups, group.ravel()


def made_up_units(groups: Iterable[FinestGroup]) -> dict[str, tuple[str, ...]]:
    """The units of their places: many groups that overlap."""
    return {group.place: tuple(_units(group.place)) for group in groups}


def _units(place: str) -> Iterator[str]:
    kind, _, number = place.partition(":")
    cluster = int(number) % CLUSTERS
    council = cluster % COUNCILS
    region = council % REGIONS
    yield from (place, f"klynge:{cluster}", f"raad:{council}", f"region:{region}", "region:ny", ALL)
    if kind == "kommune":
        yield f"kkr:{region}"
        if int(number) % 7 == 0:
            yield "gruppe:egen"


def main(
    answers: Annotated[int, typer.Argument(help="Answered sheets.")] = 10_000,
    least_persons: Annotated[int, typer.Option(help="Least number of persons.")] = 5,
    recurring: Annotated[int, typer.Option(help="Persons with two sheets.")] = 0,
) -> None:
    """Measures how long the choice of cells takes for 25 questions, and what stays visible."""
    speed = measure_disclosure(answers, least_persons=least_persons, recurring=recurring)
    typer.echo(
        f"{speed.answers} answers: {speed.seconds:.1f} s, {speed.megabytes:.0f} MB a process, "
        f"{speed.offending} small groups derivable"
    )
    for promise, visible_share in zip(Promise, speed.visible_share, strict=True):
        share = f"{visible_share:.1%}"
        typer.echo(f"  {promise.name.lower()}: {share} shown of those with {READABLE} persons or more")


if __name__ == "__main__":
    typer.run(main)
