"""Large files in the making: one process a file, shared by all who ask for the same one."""

import logging
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from threading import Lock
from weakref import finalize

from data_access.dashboard import store
from data_access.problems import Problem

ROOT = Path(__file__).parents[3]
PREFIX = "praktikdata-"
MOST_RUNNING, MOST_KEPT = 2, 4
BUSY = "Serveren er i gang med andre store filer. Prøv igen om et øjeblik."
FAILED = "Filen kunne ikke dannes. Prøv igen, eller kontakt sekretariatet."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileRequest:
    """A file: the survey of a release, whole or of one education, as xlsx or csv.

    A store that is made anew begins with release 1 again, so it counts too when the release was made.
    """

    release: int
    survey: str
    education: str
    ending: str
    made_at: str = ""


@dataclass
class Job:
    """A file and the process that makes it; the folder goes when nobody knows the job any more."""

    wanted: FileRequest
    folder: Path = field(default_factory=lambda: Path(mkdtemp(prefix=PREFIX)))

    def __post_init__(self) -> None:
        finalize(self, os.close, _held(self.folder))
        finalize(self, rmtree, self.folder, ignore_errors=True)
        wanted = self.wanted
        about = ["--release", str(wanted.release), "--survey", wanted.survey, "--education", wanted.education]
        command = [sys.executable, "-m", "views.documents.everything.writing_process", str(self.file), *about]
        with self._said.open("wb") as said, self._complaints.open("wb") as complaints:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=complaints)  # noqa: S603

    @property
    def file(self) -> Path:
        """There when it is whole."""
        return self.folder / f"alt.{self.wanted.ending}"

    def content(self) -> bytes:
        """The file; who holds on to this keeps it from being removed."""
        return self.file.read_bytes()

    @property
    def is_running(self) -> bool:
        """Whether somebody still has to wait."""
        return self.process.poll() is None

    @property
    def progress(self) -> tuple[int, int]:
        """How many rows of how many."""
        lines = self._said.read_text().split("\n")
        numbers = lines[-2].split() if len(lines) > 1 else []
        return (int(numbers[0]), int(numbers[1])) if numbers else (0, 0)

    @property
    def problem(self) -> str:
        """What went wrong, in words for the reader; empty where nothing did."""
        return "" if self.is_running or self.file.exists() else self._why

    @cached_property
    def _why(self) -> str:
        """A problem is told in one line; a defect has its traceback in the log. No half file stays behind."""
        for half in self.folder.glob("*.unfinished.*"):
            half.unlink()
        said = self._complaints.read_text(errors="replace").strip()
        log.error("No file of %s: %s", self.wanted, said)
        return said if said and "\n" not in said else FAILED

    @property
    def _said(self) -> Path:
        return self.folder / "said"

    @property
    def _complaints(self) -> Path:
        return self.folder / "complaints"


_jobs: dict[tuple[str, FileRequest], Job] = {}
_lock = Lock()


def tidy() -> None:
    """Removes what servers have left behind that were stopped too hard to do it themselves."""
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or still held by its server
            held = _held(folder)
            rmtree(folder, ignore_errors=True)
            os.close(held)


def _held(folder: Path) -> int:
    """The folder opened and locked: as long as this process lives it is in use."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        flock(opened, LOCK_EX | LOCK_NB)
    except OSError:
        os.close(opened)
        raise
    return opened


def known(wanted: FileRequest) -> Job | None:
    """The job of that file, if somebody has asked for it."""
    return _jobs.get((store.url(), wanted))


def begin(wanted: FileRequest) -> Job:
    """A new job, or the one that is under way; Problem when there are too many."""
    key = store.url(), wanted
    with _lock:
        there = _jobs.get(key)
        if there and not there.problem:
            return there
        if sum(job.is_running for job in _jobs.values()) >= MOST_RUNNING:
            raise Problem(BUSY)
        _jobs.pop(key, None)
        for old in [old for old, job in _jobs.items() if not job.is_running][: len(_jobs) + 1 - MOST_KEPT]:
            del _jobs[old]
        try:
            return _jobs.setdefault(key, Job(wanted))
        except OSError as no_room:
            log.exception("No file of %s could be begun", wanted)
            raise Problem(FAILED) from no_room
