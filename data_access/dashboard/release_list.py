"""The releases that there are, and the one that pages read."""

from sqlmodel import Session, select

from data_access.dashboard.models import PublishedRound, Release, ReleasedRound, ReleaseInForce
from data_access.problems import ReleaseProblem


def restore(dashboard: Session, number: int) -> Release:
    """Puts an earlier release in force again; ReleaseProblem when there is none of that number."""
    known = {release.number: release for release in releases(dashboard)}
    if number not in known:
        numbers = ", ".join(map(str, known)) or "ingen"
        raise ReleaseProblem(f"Udgivelse {number} findes ikke. Udgivelser: {numbers}.")
    put_in_force(dashboard, number)
    return known[number]


def releases(dashboard: Session) -> list[Release]:
    """All releases, the newest first."""
    return list(dashboard.exec(select(Release).order_by(Release.number.desc())))


def in_force(dashboard: Session) -> Release | None:
    """The release that pages read."""
    query = select(Release).join(ReleaseInForce, ReleaseInForce.release_number == Release.number)
    return dashboard.exec(query).first()


def rounds_of(dashboard: Session, number: int) -> list[PublishedRound]:
    """The published rounds of a release, by survey and year."""
    query = (
        select(PublishedRound)
        .join(ReleasedRound, ReleasedRound.published_round_id == PublishedRound.id)
        .where(ReleasedRound.release_number == number)
        .order_by(PublishedRound.survey_id, PublishedRound.year)
    )
    return list(dashboard.exec(query))


def put_in_force(dashboard: Session, number: int) -> None:
    """Makes it the release that pages read."""
    dashboard.merge(ReleaseInForce(release_number=number))
    dashboard.flush()
