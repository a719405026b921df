"""What several years of the sample together show that none of the years does, and what deciding takes.

Run by itself: python -m benchmarks.pooled_years
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

import typer

from data_access.confidential import store as confidential
from data_access.dashboard import store as dashboard
from data_access.operations import sample
from data_access.publishing.deciding import decided
from data_access.publishing.prepared_releases import PreparedRelease, ReleaseRequest, prepare
from data_access.publishing.ready_rounds import Decided, ReadyRound
from data_access.publishing.rounds_to_publish import RoundToPublish
from indicators.cells import Cell
from indicators.promises import Promise, Promises
from indicators.rights import OPERATOR

READABLE = 10
"""Answers from which a figure is judged."""
SURVEYS = ("student", "supervisor")

Numbers = set[tuple[Cell, str]]


@dataclass(frozen=True)
class Gain:
    """Figures with answers enough to be judged, by what was promised."""

    newest: Counter[Promise]
    together: Counter[Promise]
    in_no_year: Counter[Promise]
    seconds: float


def measure(survey: str) -> Gain:
    """Publishes the sample's rounds of the survey without writing them; the single years are as shipped."""
    seconds = 0.0

    def decide(to_publish: RoundToPublish) -> Decided:
        nonlocal seconds
        if not to_publish.single_years:
            return sample.shipped(to_publish)
        start = perf_counter()
        made = decided(to_publish)
        seconds = perf_counter() - start
        return made

    with confidential.reading() as answers, dashboard.looking(OPERATOR) as figures:
        request = ReleaseRequest([f"{survey}-{year}" for year in range(2022, 2026)])
        prepared = prepare(answers, figures, request, lambda _done, _all: None, decide)
    return _gain(prepared, seconds)


def _gain(prepared: PreparedRelease, seconds: float) -> Gain:
    [together] = [ready for ready in prepared.rounds if ready.published.is_pooled]
    covered = together.published.years.covered
    years = [
        ready
        for ready in prepared.rounds
        if not ready.published.is_pooled and ready.published.year in covered
    ]
    promises = Promises.of(prepared.groups, date(covered[-1], 12, 31))
    newest, *earlier = (_readable(ready) for ready in sorted(years, key=_year, reverse=True))
    pooled = _readable(together)
    return Gain(
        _by_promise(promises, newest),
        _by_promise(promises, pooled),
        _by_promise(promises, pooled.difference(newest, *earlier)),
        seconds,
    )


def _year(ready: ReadyRound) -> int:
    return ready.published.year


def _readable(ready: ReadyRound) -> Numbers:
    """Cells and questions with an exact share of answers enough."""
    return {
        (ready.shows.cells[at], question)
        for at, question, figure in ready.shows.figures
        if figure.favourable is not None and figure.n >= READABLE
    }


def _by_promise(promises: Promises, numbers: Numbers) -> Counter[Promise]:
    return Counter(promises.promise(cell) for cell, _ in numbers)


def main(surveys: list[str] = SURVEYS) -> None:
    """Measures both of the sample's surveys."""
    for survey in surveys:
        gain = measure(survey)
        typer.echo(f"{survey}: decided and audited in {gain.seconds:.0f} s")
        for line in _lines(gain, list(Promise)):
            typer.echo(line)


def _lines(gain: Gain, promised: Sequence[Promise]) -> Iterable[str]:
    for promise in promised:
        yield (
            f"  {promise.name.lower()}: {gain.newest[promise]} in the newest year, "
            f"{gain.together[promise]} together, {gain.in_no_year[promise]} of them in no single year"
        )


if __name__ == "__main__":
    typer.run(main)
