"""How both sides are timed and weighed."""

import resource
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")

MEGABYTE = 1_000_000
# Linux counts in kilobytes, macOS in bytes.
BYTES_PER_COUNT = 1 if sys.platform == "darwin" else 1024


def medians(works: Mapping[str, Callable[[T], object]], subjects: Iterable[T]) -> dict[str, float]:
    """Median seconds of each work. All take turns on each subject, so that a slow moment hits them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for subject in subjects:
        for name, work in works.items():
            start = perf_counter()
            work(subject)
            seconds[name].append(perf_counter() - start)
    return {name: median(some) for name, some in seconds.items()}


def fresh_copies(folder: Path, times: int) -> Iterator[Path]:
    """The folder's copies, one after the other: nothing that a work writes meets the next turn."""
    for _ in range(times):
        with TemporaryDirectory() as parent:
            yield shutil.copytree(folder, Path(parent) / folder.name)


def peak_memory(work: Callable[..., object], *arguments: object) -> float:
    """Most megabytes that the work holds beyond the loaded program.

    A process of its own does the work, forked off a small one: memory that an earlier turn has needed
    would count in this one's peak. Processes that the work starts itself do not count.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as child:
        return child.submit(_growth, work, *arguments).result() / MEGABYTE


def most_held() -> int:
    """Most bytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_COUNT


def _growth(work: Callable[..., object], *arguments: object) -> int:
    loaded = most_held()
    work(*arguments)
    return most_held() - loaded
