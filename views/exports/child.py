"""Writes everything in a process of its own, after all who click: `python -m views.exports.child --help`.

Says on its output how far it has come. An expected problem becomes one Danish line and exit code 1.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from data_access.dashboard import queries, store
from data_access.problems import Problem
from indicators.selection import ALL, ALL_EDUCATIONS, Named
from views.exports import everything

POLITELY = 10
WRITERS = {"xlsx": everything.excel, "csv": everything.csv}


def _asked() -> Namespace:
    parser = ArgumentParser()
    parser.add_argument("target", type=Path)
    parser.add_argument("--release", type=int, required=True)
    parser.add_argument("--survey", required=True)
    parser.add_argument("--education", default=ALL)
    return parser.parse_args()


def main() -> None:
    """Writes the file that is asked for."""
    os.nice(POLITELY)
    asked = _asked()
    try:
        write(asked.target, asked.release, asked.survey, asked.education)
    except Problem as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)


def write(target: Path, release_number: int, survey: str, education: str = ALL) -> None:
    """The file, by its ending a workbook or csv; it gets its name when it is whole."""
    unfinished = target.with_suffix(f".unfinished{target.suffix}")
    with store.reading() as session:
        release = queries.release(session, release_number)
        named = {one.key: one for one in queries.surveys(session, release)}
        choices = {one.key: one for one in queries.choices(session, release, survey).educations}
        published = everything.Published(
            *(session, release, named.get(survey, Named(survey, survey))),
            *(choices.get(education, ALL_EDUCATIONS), _say),
        )
        WRITERS[target.suffix[1:]](unfinished, published)
    unfinished.rename(target)


def _say(done: int, total: int) -> None:
    print(done, total, flush=True)


if __name__ == "__main__":
    main()
