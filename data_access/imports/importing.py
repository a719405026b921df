"""Imports a survey's files into the confidential store: everything or nothing."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session, col, select

from data_access.confidential.models import ImportRun, Round
from data_access.confidential.person_key import person_key
from data_access.imports.answers import PersonKey
from data_access.imports.complaints import shown
from data_access.imports.files import SourceFile, read_files
from data_access.imports.mapping import Mapping
from data_access.imports.mapping_file import read_mapping
from data_access.imports.reading import Reading, read_round
from data_access.imports.report import ImportReport
from data_access.imports.storing import Changes, Progress, changes, is_stored, replace
from data_access.problems import ImportProblem


def import_round(  # noqa: PLR0913 - the command line's own six choices, and nothing else
    session: Session,
    files: list[Path],
    round_id: str,
    mapping_path: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Reads, checks and stores a round; a dry run only tells what would change.

    Everything is checked before the first row is written, in the caller's one transaction.
    """
    mapping = read_mapping(Path(mapping_path))
    year = _year(round_id, mapping)
    sources = read_files(files)
    files_read = tuple(shown(source.name) for source in sources)
    named = {"round_id": round_id, "files": files_read, "dry_run": dry_run}
    fingerprint = _fingerprint(sources, mapping)
    if fingerprint == _last_fingerprint(session, round_id):
        return ImportReport(**named, unchanged_file=True)
    with _collector_resting():
        reading = read_round(sources, mapping, _key(session, mapping, round_id, may_create=not dry_run))
        found = changes(session, round_id, reading.model, reading.rows)
        report = reading.report(**named, added=found.added, removed=found.removed, unchanged=found.unchanged)
        if not dry_run:
            _store(session, _described(mapping, round_id, year, report), reading, found, progress)
            _note_run(session, report, fingerprint)
    return report


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Half the time of a large import went to looking for cycles among rows that have none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _year(round_id: str, mapping: Mapping) -> int:
    survey = mapping.questionnaire.survey
    found = re.fullmatch(rf"{survey}-((?:19|20)\d\d)", round_id)
    if not found:
        raise ImportProblem(
            f"Runden '{shown(round_id)}' passer ikke til spørgeskemaet '{survey}'. Skriv {survey}-<årstal>, "
            f"fx {survey}-2025."
        )
    return int(found.group(1))


def _fingerprint(sources: tuple[SourceFile, ...], mapping: Mapping) -> str:
    """The same for the same contents in any order; the mapping includes the questionnaire."""
    parts = [*sorted(source.fingerprint for source in sources), mapping.model_dump_json()]
    return sha256("\n".join(parts).encode()).hexdigest()


def _last_fingerprint(session: Session, round_id: str) -> str | None:
    runs = (
        select(ImportRun.fingerprint).where(ImportRun.round_id == round_id).order_by(col(ImportRun.id).desc())
    )
    return session.exec(runs.limit(1)).first()


def _key(session: Session, mapping: Mapping, round_id: str, may_create: bool) -> PersonKey | None:
    if not mapping.columns.person:
        return None
    return PersonKey(person_key(session.get_bind().engine.url, may_create), round_id)


def _described(mapping: Mapping, round_id: str, year: int, report: ImportReport) -> Round:
    added = {
        kind: {new.id: new.model_dump(exclude={"id"}) for new in getattr(mapping.add, kind)}
        for kind in ("education", "institution")
    }
    return Round(
        id=round_id,
        survey_id=mapping.questionnaire.survey,
        year=year,
        questionnaire=mapping.questionnaire.model_dump(mode="json"),
        added_names={kind: names for kind, names in added.items() if names},
        source=mapping.source,
        is_sample=mapping.sample,
        invited_known=report.invited is not None,
        private_counts_in_municipality=mapping.private_counts_in_municipality,
    )


def _store(
    session: Session, described: Round, reading: Reading, found: Changes, progress: Progress | None
) -> None:
    if found or not is_stored(session, described):
        replace(session, described, reading.model, reading.rows, progress)


def _note_run(session: Session, report: ImportReport, fingerprint: str) -> None:
    session.add(
        ImportRun(
            round_id=report.round_id,
            fingerprint=fingerprint,
            files=list(report.files),
            added=report.added,
            removed=report.removed,
            unchanged=report.unchanged,
            dropped_columns=report.dropped_columns,
        )
    )
