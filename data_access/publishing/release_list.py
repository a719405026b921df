"""The releases that there are, and which of them pages read."""

from collections.abc import Iterator

from sqlalchemy import func, text
from sqlmodel import Session, select

from data_access.dashboard import reference_tables
from data_access.dashboard.models import Release, ReleaseInForce
from data_access.dashboard.queries import in_force, releases, rounds_of
from data_access.problems import ReleaseProblem
from indicators.danish import moment


def restore(dashboard: Session, number: int) -> Release:
    """Puts an earlier release in force again; ReleaseProblem when there is none of that number."""
    lock(dashboard)
    release = available(dashboard, number)
    put_in_force(dashboard, release)
    return release


def available(dashboard: Session, number: int) -> Release:
    """The release of that number; ReleaseProblem when there is none, or it has been withdrawn."""
    known = {release.number: release for release in releases(dashboard)}
    if number not in known:
        numbers = ", ".join(map(str, known)) or "ingen"
        is_gone = number in [release.number for release in withdrawn(dashboard)]
        gone = "er trukket tilbage" if is_gone else "findes ikke"
        raise ReleaseProblem(f"Udgivelse {number} {gone}. Udgivelser: {numbers}.")
    return known[number]


def withdrawn(dashboard: Session) -> list[Release]:
    """Those that have been withdrawn, the newest first."""
    query = select(Release).where(Release.withdrawn_at.is_not(None)).order_by(Release.number.desc())
    return list(dashboard.exec(query))


def overview(dashboard: Session) -> Iterator[str]:
    """A line a release, the newest first; * is the one in force, and those withdrawn come last."""
    current = in_force(dashboard)
    for release in releases(dashboard):
        mark = "*" if current and release.number == current.number else " "
        rounds = ", ".join(published.round_id for published in rounds_of(dashboard, release.number))
        settings = f"{release.profile}, mindst {release.least_persons}"
        yield f"{mark} {release.number:>3}  {moment(release.made_at)}  {settings}  {rounds}"
    for release in withdrawn(dashboard):
        yield f"- {release.number:>3}  trukket tilbage {moment(release.withdrawn_at)}"


def lock(dashboard: Session) -> None:
    """Until the transaction ends nobody else makes, restores or withdraws a release."""
    if dashboard.get_bind().dialect.name == "postgresql":  # in SQLite one writes at a time anyway
        dashboard.execute(text("LOCK TABLE release IN EXCLUSIVE MODE"))


def next_number(dashboard: Session) -> int:
    """One that no release has had."""
    return (dashboard.exec(select(func.max(Release.number))).one() or 0) + 1


def put_in_force(dashboard: Session, release: Release) -> None:
    """Makes it the release that pages read, with its groups."""
    dashboard.merge(ReleaseInForce(release_number=release.number))
    if release.groups is not None:
        reference_tables.put_memberships(dashboard, reference_tables.from_json(release.groups))
    dashboard.flush()
