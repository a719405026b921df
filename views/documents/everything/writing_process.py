"""Writes everything in a process of its own, after all who click; `--help` says how it is called.

Says on its output how far it has come. An expected problem becomes one Danish line and exit code 1.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqlmodel import Session

from data_access.dashboard import queries, store
from data_access.dashboard.models import Release
from data_access.problems import Problem
from indicators.rights import RESULTS_READER
from indicators.selection import ALL
from views.documents.everything import everything

POLITELY = 10
NO_ROOM = "Filen kunne ikke skrives, måske fordi serverens disk er fuld. Kontakt sekretariatet."
SERVER = os.getppid()


def main() -> None:
    """Writes the file that is asked for."""
    parser = ArgumentParser()
    parser.add_argument("target", type=Path)
    parser.add_argument("--release", type=int, required=True)
    parser.add_argument("--survey", required=True)
    parser.add_argument("--education", default=ALL)
    os.nice(POLITELY)
    asked = parser.parse_args()
    try:
        with store.reading(RESULTS_READER) as session:
            release = queries.release(session, asked.release)
            _write(asked, session, release)
    except Problem as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def _write(asked: Namespace, session: Session, release: Release) -> None:
    try:
        everything.write(asked.target, session, release, (asked.survey, asked.education), _say)
    except OSError as error:
        raise Problem(NO_ROOM) from error


def _say(done: int, total: int) -> None:
    if os.getppid() != SERVER:
        sys.exit("the server that wanted the file has stopped")
    print(done, total, flush=True)


if __name__ == "__main__":
    main()
