"""Five people who save while a round of the sample is published: how long they wait, and whether they fail.

`python -m benchmarks.saving_while_publishing student-2025` imports the round into stores of its own,
publishes it as `manage.py publish` does, and lets each of five threads save an initiative's partnership
over and over meanwhile. The time that the store is locked is at most the one from the last figure decided.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter, sleep

from data_access.dashboard import store as dashboard
from data_access.dashboard.partnership_tables.agreements import PartnershipForm
from data_access.imports.importing import import_files
from data_access.operations.sample import SAMPLE
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import PARTNERSHIP
from data_access.problems import Problem
from data_access.publishing import releases
from data_access.publishing.releases import ReleaseRequest
from indicators.rights import OPERATOR

WRITERS = 5
PAUSE = 0.1
"""Seconds between two saves of one person, who is quick."""


def main(round_id: str) -> None:
    """Prints what was measured."""
    with TemporaryDirectory() as folder:
        for variable, name in (("DATABASE_URL", "dashboard"), ("CONFIDENTIAL_DATABASE_URL", "confidential")):
            os.environ[variable] = f"sqlite:///{folder}/{name}.sqlite"
        files = sorted((SAMPLE / "rounds" / round_id).glob("*.csv"))
        import_files(files, round_id, SAMPLE / "mappings" / f"{round_id.rpartition('-')[0]}.toml")
        with dashboard.writing(OPERATOR):
            pass
        published = Event()
        with ThreadPoolExecutor(WRITERS) as pool:
            saving = [pool.submit(_save_until, published, person) for person in range(WRITERS)]
            seconds, locked = _publish()
            published.set()
        _tell(Path(folder), seconds, locked, [writer.result() for writer in saving])


def _publish() -> tuple[float, float]:
    """Seconds that it took, and of these the ones after the last figure was decided."""
    began = decided = perf_counter()

    def progress(_done: float, _all: int) -> None:
        nonlocal decided
        decided = perf_counter()

    releases.publish_stores(ReleaseRequest(), progress)
    ended = perf_counter()
    return ended - began, ended - decided


def _save_until(published: Event, person: int) -> tuple[list[float], int]:
    """Seconds of each save, and how many failed."""
    seconds, failed = [], 0
    while not published.is_set():
        began = perf_counter()
        try:
            with dashboard.writing(OPERATOR) as session:
                name = f"Partnerskab {person}.{len(seconds)}"
                editing.create(session, "Sekretariatet", PARTNERSHIP, PartnershipForm(name=name))
        except Problem:
            failed += 1
        seconds.append(perf_counter() - began)
        sleep(PAUSE)
    return seconds, failed


def _tell(folder: Path, seconds: float, locked: float, saved: list[tuple[list[float], int]]) -> None:
    every = sorted(save for of_writer, _ in saved for save in of_writer)
    size = (folder / "dashboard.sqlite").stat().st_size / 1e6
    print(f"published in {seconds:.1f} s, {size:.0f} MB; locked for at most {locked:.2f} s")
    print(
        f"{len(every)} saves by {WRITERS} people, {sum(failed for _, failed in saved)} failed; "
        f"median {every[len(every) // 2]:.3f} s, longest {every[-1]:.2f} s"
    )


if __name__ == "__main__":
    main(*sys.argv[1:2] or ["student-2025"])
