"""Partnership files into the store: all or nothing, and never over what people have written there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from data_access.dashboard.partnership_tables.changes import Action
from data_access.imports.sample_apart import refuse_sample_partnerships_beside
from data_access.imports.validation_errors import ValidationErrors
from data_access.partnerships.files.reading import FileEntry, read
from data_access.partnerships.files.resolving import WHO, find, name_in_file, values_of
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import PARTNERSHIP
from data_access.partnerships.records.logged import last_change
from data_access.partnerships.records.records import filled, opened
from data_access.problems import EditProblem
from indicators.danish import listed, number


@dataclass
class LoadReport:
    """What became of the records of the files."""

    partnerships: list[str] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    """Names of records that differ from the files, but have been written in the dashboard since."""

    def lines(self) -> Iterator[str]:
        """The report in Danish, line by line."""
        yield f"Partnerskaber: {listed(self.partnerships)}"
        counts = ((self.added, "nye"), (self.changed, "ændrede"), (self.unchanged, "uændrede"))
        yield ", ".join(f"{number(count)} {word}" for count, word in counts)
        for name in self.kept:
            yield f"Beholdt, som det er skrevet i dashboardet: «{name}»"


def load(session: Session, paths: Iterable[Path], real_rounds: Iterable[str] = ()) -> LoadReport:
    """Adds and updates what the files hold; ImportProblem names everything that is wrong in them.

    StoreProblem where the sample's partnerships would stand beside the `real_rounds`. What has been
    changed or deleted in the dashboard stays so, and what is gone from a file stays too.
    The caller's transaction decides whether it happens.
    """
    complaints = ValidationErrors("Partnerskaberne er ikke indlæst, og intet er ændret:")
    report = LoadReport()
    failed: set[str] = set()
    for entry in read(paths, complaints):
        # What belongs to a record that failed is not complained about as well.
        if failed.isdisjoint(entry.owners.values()) and not _load(session, entry, complaints, report):
            failed.add(entry.key)
    complaints.stop_if_any()
    refuse_sample_partnerships_beside(real_rounds, session)
    return report


def _load(session: Session, entry: FileEntry, complaints: ValidationErrors, report: LoadReport) -> bool:
    try:
        form = filled(entry.kind, values_of(session, entry))
        _put(session, entry, form, report)
    except EditProblem as problem:
        for name, fault in problem.faults.items():
            written = f", {name_in_file(name, entry.kind.target(name))}" if name else ""
            complaints.add(f"{entry.where}{written}: {fault.removesuffix('.')}.")
        return False
    return True


def _put(session: Session, entry: FileEntry, form: object, report: LoadReport) -> None:
    record = find(session, entry.kind, entry.key)
    if entry.kind is PARTNERSHIP:
        report.partnerships.append(form.name)
    if record is None:
        editing.create(session, WHO, entry.kind, form, entry.key)
        report.added += 1
        return
    was = opened(session, entry.kind, record)
    if was.form == form and record.deleted_at is None:
        report.unchanged += 1
    elif last_change(session, entry.kind, record.id).action == Action.LOADED:
        editing.edit(session, WHO, was, form, Action.LOADED)
        report.changed += 1
    else:
        report.kept.append(getattr(was.form, entry.kind.title))
