"""Imports a survey's files into the confidential store: everything or nothing."""

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session, col, select

from data_access.confidential import store as confidential
from data_access.confidential.models import AnswerSheet, ImportRun, Round
from data_access.confidential.person_key import person_key
from data_access.dashboard import store as dashboard
from data_access.dashboard.partnership_tables.changes import Action, Event, note
from data_access.dashboard.scope import author
from data_access.imports.files import Progress, SourceFile, read_files
from data_access.imports.mapping import Mapping, read_mapping
from data_access.imports.persons import PersonKey
from data_access.imports.reading import Reading, read_round
from data_access.imports.report import ImportReport
from data_access.imports.sample_apart import refuse_sample_partnerships_beside
from data_access.imports.stored_rounds import changes, check_against_other_rounds, is_stored, replace
from data_access.imports.validation_errors import shown
from data_access.problems import ImportProblem, MissingStoreProblem
from indicators.rights import OPERATOR

Opened = Callable[[], AbstractContextManager[Session]]

HOW_PERSONS_ARE_HASHED = "by survey"
"""Files that were imported when it was by round are worth importing again."""


@dataclass(frozen=True)
class Delivery:
    """The files of a round as they were given, with the mapping that explains them."""

    round_id: str
    year: int
    mapping: Mapping
    sources: tuple[SourceFile, ...]

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same contents in any order, read in the same way."""
        sources = sorted(source.fingerprint for source in self.sources)
        parts = [*sources, self.mapping.model_dump_json(), HOW_PERSONS_ARE_HASHED]
        return sha256("\n".join(parts).encode()).hexdigest()


def import_files(
    files: list[Path],
    round_id: str,
    mapping_path: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Imports a round into the confidential store; a dry run only tells what would change.

    The files are read and checked before the store is opened for writing, so nobody waits meanwhile.
    StoreProblem when a real round would stand beside the sample's partnerships.
    """
    delivery = _delivered(files, round_id, mapping_path)
    with dashboard.looking(OPERATOR) as figures:
        refuse_sample_partnerships_beside(() if delivery.mapping.sample else (round_id,), figures)
    report = _imported(delivery, confidential.looking, None if dry_run else confidential.writing, progress)
    if not dry_run and not report.unchanged_file:
        _note(report)
    return report


def _note(report: ImportReport) -> None:
    """In the log, where there is one: a store of answers may well be filled before anything is published.

    How many answers came stays in the confidential store: a late one is a small group.
    """
    about = {"round": report.round_id, "files": len(report.files)}
    try:
        with dashboard.changing(OPERATOR) as figures:
            note(figures, author(figures), Action.LOADED, Event.IMPORT, report.round_id, **about)
    except MissingStoreProblem:
        return


def import_round(  # noqa: PLR0913 - as import_files, with the caller's own session
    session: Session,
    files: list[Path],
    round_id: str,
    mapping_path: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """The same in one transaction, which is the caller's."""
    delivery = _delivered(files, round_id, mapping_path)
    opened = partial(nullcontext, session)
    return _imported(delivery, opened, None if dry_run else opened, progress)


def _delivered(files: list[Path], round_id: str, mapping_path: Path) -> Delivery:
    mapping = read_mapping(Path(mapping_path))
    return Delivery(round_id, _year(round_id, mapping), mapping, read_files(files))


def _imported(
    delivery: Delivery, looking: Opened, writing: Opened | None, progress: Progress | None
) -> ImportReport:
    """Without `writing` it is a dry run: it has nothing to write with."""
    files_read = tuple(shown(source.name) for source in delivery.sources)
    named = {"round_id": delivery.round_id, "files": files_read, "dry_run": writing is None}
    with looking() as session:
        if delivery.fingerprint == _last_fingerprint(session, delivery.round_id):
            return ImportReport(**named, unchanged_file=True)
        key = _key(session, delivery, may_create=writing is not None)
    with _collector_resting():
        reading = read_round(delivery.sources, delivery.mapping, key, progress)
        with (writing or looking)() as session:
            _refuse_sample_over_real(session, delivery)
            row_changes = changes(session, delivery.round_id, reading.model, reading.rows)
            described = _described(delivery, reading)
            allowed = check_against_other_rounds(session, described, reading, delivery.mapping)
            report = reading.report(**named, **asdict(row_changes), allowed=allowed)
            if writing:
                if row_changes or not is_stored(session, described):
                    replace(session, described, reading.model, reading.rows, progress)
                _note_run(session, report, delivery.fingerprint)
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
    match = re.fullmatch(rf"{survey}-((?:19|20)\d\d)", round_id)
    if not match:
        raise ImportProblem(
            f"Runden '{shown(round_id)}' passer ikke til spørgeskemaet '{survey}'. Skriv {survey}-<årstal>, "
            f"fx {survey}-2025."
        )
    return int(match.group(1))


def _last_fingerprint(session: Session, round_id: str) -> str | None:
    runs = (
        select(ImportRun.fingerprint).where(ImportRun.round_id == round_id).order_by(col(ImportRun.id).desc())
    )
    return session.exec(runs.limit(1)).first()


def _key(session: Session, delivery: Delivery, may_create: bool) -> PersonKey | None:
    if not delivery.mapping.columns.person:
        return None
    hashed = select(AnswerSheet.id).where(col(AnswerSheet.person).is_not(None)).limit(1)
    has_persons = session.exec(hashed).first() is not None
    address = session.get_bind().engine.url
    key = person_key(address, may_create=may_create, has_persons=has_persons)
    return PersonKey(key, delivery.mapping.questionnaire.survey)


def _refuse_sample_over_real(session: Session, delivery: Delivery) -> None:
    stored = session.get(Round, delivery.round_id)
    if stored and not stored.is_sample and delivery.mapping.sample:
        raise ImportProblem(
            f"Runden '{delivery.round_id}' har rigtige svar, og mappingfilen siger, at filen er en prøve "
            "(sample = true). Ret mappingfilen, eller kald prøven noget andet."
        )


def _described(delivery: Delivery, reading: Reading) -> Round:
    mapping = delivery.mapping
    added = {
        kind: {new.id: new.model_dump(exclude={"id"}) for new in getattr(mapping.add, kind)}
        for kind in ("education", "institution")
    }
    return Round(
        id=delivery.round_id,
        survey_id=mapping.questionnaire.survey,
        year=delivery.year,
        questionnaire=mapping.questionnaire_as_read.model_dump(mode="json"),
        added_names={kind: names for kind, names in added.items() if names},
        source=mapping.source,
        is_sample=mapping.sample,
        invited_known=reading.reported["invited"] is not None,
        wording=reading.wording,
        private_counts_in_municipality=mapping.private_counts_in_municipality,
    )


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
