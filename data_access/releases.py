"""Releases: confidential store -> published figures -> dashboard store, in one transaction."""

from collections.abc import Callable, Sequence

from sqlalchemy import func
from sqlmodel import Session, select

from data_access.audits import audit_round
from data_access.confidential.models import Round
from data_access.dashboard.models import Release, ReleasedRound
from data_access.dashboard.release_list import in_force, put_in_force, releases, restore, rounds_of
from data_access.problems import ReleaseProblem
from data_access.published_rounds import on_all_cores, publish_round
from data_access.sample_apart import refuse_sample_partnerships_beside
from data_access.year_changes import compare_years
from indicators.disclosure import LEAST_PERSONS, PROFILES
from indicators.method import AuditFigure
from indicators.publication import ChooseAll

__all__ = ["audit", "in_force", "publish", "releases", "restore", "rounds_of"]

Progress = Callable[[float, int], None]
PublishOne = Callable[[Session, Session, Round, int, ChooseAll], int]
"""Writes one round and returns the id of the published round."""


def publish(  # noqa: PLR0913, PLR0917 - two stores, three settings, and the sample brings its own figures
    confidential: Session,
    dashboard: Session,
    round_ids: Sequence[str] = (),
    profile: str = "styregruppe",
    progress: Progress = lambda _done, _all: None,
    publish_one: PublishOne = publish_round,
) -> Release:
    """Computes the rounds (none named: all) and puts them in force as a new numbered release.

    Rounds that are not computed go over from the release in force. The caller's transaction decides
    whether it happens; ReleaseProblem when there is nothing to publish or the settings do not fit,
    StoreProblem when real rounds would stand beside the sample's partnerships.
    """
    rounds = _rounds(confidential, round_ids)
    refuse_sample_partnerships_beside((one.id for one in rounds if not one.is_sample), dashboard)
    earlier = in_force(dashboard)
    carried = _carried_over(dashboard, earlier, profile, {a_round.id for a_round in rounds})
    release = _numbered(dashboard, profile)
    published: list[int] = []
    with on_all_cores(lambda share: progress(len(published) + share, len(rounds))) as choose_all:
        for a_round in rounds:
            published.append(publish_one(confidential, dashboard, a_round, release.least_persons, choose_all))
            progress(len(published), len(rounds))
    for published_round_id in [*carried, *published]:
        dashboard.add(ReleasedRound(release_number=release.number, published_round_id=published_round_id))
    dashboard.flush()
    compare_years(dashboard, release.number)
    put_in_force(dashboard, release.number)
    return release


def _numbered(dashboard: Session, profile: str) -> Release:
    """A new release with the next number."""
    newest = dashboard.exec(select(func.max(Release.number))).one() or 0
    release = Release(number=newest + 1, profile=profile, least_persons=_least_persons(profile))
    dashboard.add(release)
    dashboard.flush()
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


def _least_persons(profile: str) -> int:
    if profile not in PROFILES:
        raise ReleaseProblem(f"Profilen {profile} findes ikke. Vælg en af: {', '.join(PROFILES)}.")
    least = PROFILES[profile]
    if least < LEAST_PERSONS:
        raise ReleaseProblem(f"Profilen {profile} kræver færre end {LEAST_PERSONS} personer og afvises.")
    return least


def _rounds(confidential: Session, round_ids: Sequence[str]) -> list[Round]:
    known = {a_round.id: a_round for a_round in confidential.exec(select(Round).order_by(Round.id))}
    unknown = [round_id for round_id in round_ids if round_id not in known]
    if unknown:
        raise ReleaseProblem(
            f"Der er ikke importeret noget for {', '.join(unknown)}. "
            f"Importerede runder: {', '.join(known) or 'ingen'}."
        )
    if not known:
        raise ReleaseProblem("Der er intet at udgive endnu. Importér først en runde med «manage.py import».")
    return [a_round for a_round in known.values() if not round_ids or a_round.id in round_ids]


def _carried_over(dashboard: Session, earlier: Release | None, profile: str, computed: set[str]) -> list[int]:
    if earlier is None:
        return []
    kept = [some for some in rounds_of(dashboard, earlier.number) if some.round_id not in computed]
    if kept and earlier.profile != profile:
        raise ReleaseProblem(
            f"Udgivelse {earlier.number} har profilen {earlier.profile}. Når profilen skifter til {profile}, "
            f"skal alle runder udgives på ny; {', '.join(some.round_id for some in kept)} mangler."
        )
    return [some.id for some in kept]
