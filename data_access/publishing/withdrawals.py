"""Withdrawing a release: its numbers leave the store, also where meetings have kept them."""

from datetime import UTC, datetime

from sqlmodel import Session, delete, select

from data_access.confidential import released_contents
from data_access.confidential import store as confidential_store
from data_access.dashboard import publication_rows
from data_access.dashboard import store as dashboard_store
from data_access.dashboard.models import PublishedRound, Release, ReleasedRound
from data_access.dashboard.queries import in_force
from data_access.partnerships.records import kept_figures
from data_access.problems import MissingStoreProblem, ReleaseProblem
from data_access.publishing import year_changes
from data_access.publishing.release_list import available, lock


def withdraw_stores(number: int) -> None:
    """The release can no longer be read or restored, in both stores; ReleaseProblem when it is in force."""
    with dashboard_store.changing() as dashboard:
        withdraw(dashboard, number)
    forget_unused_contents()


def forget_unused_contents() -> None:
    """In the confidential store, where there is one: a public copy is shown and withdrawn without."""
    try:
        with confidential_store.reading():
            pass
    except MissingStoreProblem:
        return
    # While no release can be made, for its answers are written before what refers to them.
    with dashboard_store.writing() as dashboard, confidential_store.writing() as confidential:
        lock(dashboard)
        forget_contents(confidential, dashboard)


def withdraw(dashboard: Session, number: int) -> Release:
    """Deletes the rounds that no other release shows, and the figures that meetings have kept of it.

    The release stays on the list as withdrawn, so that its number is never used again.
    """
    lock(dashboard)
    release = available(dashboard, number)
    current = in_force(dashboard)
    if current and current.number == number:
        raise ReleaseProblem(
            f"Udgivelse {number} gælder og kan ikke trækkes tilbage. Udgiv, eller gendan en anden først."
        )
    release.withdrawn_at = datetime.now(UTC)
    dashboard.add(release)
    dashboard.flush()
    dashboard.execute(delete(ReleasedRound).where(ReleasedRound.release_number == number))
    shown = select(ReleasedRound.published_round_id)
    for published_id in dashboard.exec(
        select(PublishedRound.id).where(PublishedRound.id.not_in(shown))
    ).all():
        year_changes.remove(dashboard, published_id)
        publication_rows.remove(dashboard, published_id)
        dashboard.execute(delete(PublishedRound).where(PublishedRound.id == published_id))
    kept_figures.take_back(dashboard, number, release.withdrawn_at)
    return release


def forget_contents(confidential: Session, dashboard: Session) -> None:
    """Deletes the answers that no published round refers to any more."""
    ids = dashboard.exec(select(PublishedRound.contents_id).where(PublishedRound.contents_id.is_not(None)))
    released_contents.forget_all_but(confidential, ids)
