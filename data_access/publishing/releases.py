"""Releases: confidential store -> published figures -> dashboard store; computed first, written briefly."""

from collections.abc import Sequence

from sqlmodel import Session, select

from data_access import engines
from data_access.confidential import store as confidential_store
from data_access.dashboard import reference_tables
from data_access.dashboard import store as dashboard_store
from data_access.dashboard.models import PublishedRound, Release, ReleasedRound
from data_access.dashboard.publication_rows import insert_all
from data_access.dashboard.queries import in_force, releases, rounds_of
from data_access.problems import ReleaseProblem
from data_access.publishing import withdrawals, year_changes
from data_access.publishing.audits import audit_round
from data_access.publishing.prepared_releases import (
    PreparedRelease,
    Progress,
    ReleaseRequest,
    Standing,
    prepare,
)
from data_access.publishing.published_rounds import Decide, decided
from data_access.publishing.release_list import lock, next_number, overview, put_in_force, restore, withdrawn
from data_access.publishing.rounds_to_publish import WhenTogether
from data_access.publishing.withdrawals import withdraw_stores
from indicators.method import AuditFigure

__all__ = [
    "ReleaseRequest",
    "WhenTogether",
    "audit",
    "in_force",
    "overview",
    "publish",
    "publish_stores",
    "releases",
    "restore",
    "rounds_of",
    "withdraw_stores",
    "withdrawn",
]


def _silent(_done: float, _all: int) -> None:
    """Nobody waits for news."""


def publish_stores(
    request: ReleaseRequest, progress: Progress = _silent, decide: Decide = decided
) -> Release:
    """Computes the rounds and puts them in force as a new numbered release; nobody waits meanwhile.

    The stores are locked while the rows are written and read back. ReleaseProblem, with nothing changed,
    when there is nothing to publish, the settings do not fit or are not safe beside earlier releases, or
    something that it was decided on has changed meanwhile.
    """
    engines.refuse_in_a_copy()  # before anything is computed
    with confidential_store.reading() as answers, dashboard_store.looking() as figures:
        prepared = prepare(answers, figures, request, progress, decide)
    # The answers that it was decided on are there before anything that refers to them.
    with dashboard_store.writing() as figures, confidential_store.writing() as answers:
        release = _write(answers, figures, prepared)
    withdrawals.forget_unused_contents()
    return release


def publish(  # noqa: PLR0913 - as publish_stores, with the caller's own sessions
    confidential: Session,
    dashboard: Session,
    round_ids: Sequence[str] = (),
    profile: str = "styregruppe",
    *,
    progress: Progress = _silent,
    decide: Decide = decided,
    **settings: object,
) -> Release:
    """The same in transactions that are the caller's; `settings` are those of ReleaseRequest."""
    request = ReleaseRequest(round_ids, profile, **settings)
    release = _write(confidential, dashboard, prepare(confidential, dashboard, request, progress, decide))
    withdrawals.forget_contents(confidential, dashboard)
    return release


def audit(confidential: Session, dashboard: Session) -> dict[str, AuditFigure]:
    """The audit of every round in force, by round; ReleaseProblem when nothing is in force."""
    release = in_force(dashboard)
    if release is None:
        raise ReleaseProblem("Der er endnu ikke udgivet noget. Kør «python manage.py publish».")
    return {
        published.round_id: audit_round(confidential, dashboard, published, release.least_persons)
        for published in rounds_of(dashboard, release.number)
    }


def _write(confidential: Session, dashboard: Session, prepared: PreparedRelease) -> Release:
    """Everything or nothing, once it is certain that nothing has changed since it was prepared."""
    lock(dashboard)
    prepared.standing.refuse_unless(Standing.now(confidential, dashboard, prepared.round_ids))
    replaced = _replaced(dashboard, prepared)
    settings = prepared.request.settings
    release = Release(
        number=next_number(dashboard),
        profile=settings.profile,
        least_persons=settings.least_persons,
        groups=reference_tables.as_json(prepared.groups),
    )
    dashboard.add(release)
    dashboard.flush()
    _write_rounds(confidential, dashboard, prepared, release.number)
    if prepared.request.is_put_in_force:
        put_in_force(dashboard, release)
    for number in replaced:
        withdrawals.withdraw(dashboard, number)
    return release


def _write_rounds(
    confidential: Session, dashboard: Session, prepared: PreparedRelease, release_number: int
) -> None:
    for ready in prepared.rounds:
        ready.write(confidential, dashboard)
    for compared in prepared.comparisons:
        year_changes.write(dashboard, compared)
    shown = [*prepared.carried, *(ready.published for ready in prepared.rounds)]
    columns = ("release_number", "published_round_id")
    insert_all(dashboard, ReleasedRound, columns, ((release_number, published.id) for published in shown))


def _replaced(dashboard: Session, prepared: PreparedRelease) -> list[int]:
    """The releases to withdraw: all that show anything of these rounds."""
    if prepared.request.when_together is not WhenTogether.REPLACE:
        return []
    query = (
        select(ReleasedRound.release_number)
        .join(PublishedRound, PublishedRound.id == ReleasedRound.published_round_id)
        .where(PublishedRound.round_id.in_(prepared.round_ids))
    )
    return sorted(set(dashboard.exec(query)))
