"""A release as it will be written: everything that takes time is done while nothing is locked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import func
from sqlmodel import Session, select

from data_access.confidential import released_contents
from data_access.confidential.models import ImportRun, Round
from data_access.dashboard import publication_rows, reference_tables
from data_access.dashboard.models import PublishedRound, Release, ReleasedRound
from data_access.dashboard.queries import in_force, rounds_of
from data_access.imports.sample_apart import refuse_sample_partnerships_beside
from data_access.problems import RefusedRelease, ReleaseProblem
from data_access.publishing import year_changes
from data_access.publishing.deciding import Decide, Pool, RoundsInTheMaking, on_all_cores
from data_access.publishing.ready_rounds import ReadyRound
from data_access.publishing.rounds_to_publish import Settings, WhenTogether
from data_access.publishing.year_changes import ComparedRound, YearComparison
from data_access.reference import read_reference
from indicators.danish import listed
from indicators.disclosure import LEAST_PERSONS, PROFILES
from indicators.groups import DatedMembership, units_of_places

Progress = Callable[[float, int], None]


@dataclass(frozen=True)
class ReleaseRequest:
    """What is to be released: these rounds (none: all that are imported), for whom, and how carefully."""

    round_ids: Sequence[str] = ()
    profile: str = "styregruppe"
    least_persons: int | None = None
    """None: as many as the profile says."""
    when_together: WhenTogether = WhenTogether.REFUSE
    is_put_in_force: bool = True
    adds_up_years: bool = True
    """Whether the newest years of a survey are published together as well."""

    @property
    def settings(self) -> Settings:
        """Those of the release; ReleaseProblem when they are not allowed."""
        if self.profile not in PROFILES:
            raise ReleaseProblem(f"Profilen {self.profile} findes ikke. Vælg en af: {', '.join(PROFILES)}.")
        least = PROFILES[self.profile] if self.least_persons is None else self.least_persons
        if least < LEAST_PERSONS:
            raise ReleaseProblem(
                f"Et tal kan ikke hvile på færre end {LEAST_PERSONS} personer. Skriv mindst {LEAST_PERSONS}."
            )
        return Settings(self.profile, least, self.when_together)

    @property
    def command(self) -> str:
        """What to type for all rounds with these settings."""
        options = [f"--profile {self.profile}"]
        if self.least_persons is not None:
            options.append(f"--least-persons {self.least_persons}")
        return f"«python manage.py publish {' '.join(options)}»"


@dataclass(frozen=True)
class Standing:
    """What a release was decided on the strength of: nothing of it may change before it is written."""

    releases: tuple[tuple[int, bool], ...]
    in_force: int | None
    imports: tuple[tuple[str, int | None], ...]

    @classmethod
    def now(cls, confidential: Session, dashboard: Session, round_ids: Sequence[str]) -> "Standing":
        """As it is in the stores."""
        known = dashboard.exec(select(Release.number, Release.withdrawn_at).order_by(Release.number))
        current = in_force(dashboard)
        last_run = (
            select(ImportRun.round_id, func.max(ImportRun.id))
            .where(ImportRun.round_id.in_(round_ids))
            .group_by(ImportRun.round_id)
            .order_by(ImportRun.round_id)
        )
        return cls(
            tuple((number, withdrawn_at is not None) for number, withdrawn_at in known),
            current and current.number,
            tuple(map(tuple, confidential.exec(last_run))),
        )

    def refuse_unless(self, now: "Standing") -> None:
        """RefusedRelease when something has happened since."""
        if self == now:
            return
        what = (
            "er der importeret svar" if self.imports != now.imports else "er udgivelserne ændret af en anden"
        )
        raise RefusedRelease(f"Mens tallene blev beregnet, {what}. Kør kommandoen igen.")


@dataclass(frozen=True)
class PreparedRelease:
    """Decided, audited and compared; `carried` are in the store already."""

    request: ReleaseRequest
    groups: Sequence[DatedMembership]
    standing: Standing
    carried: Sequence[PublishedRound]
    rounds: Sequence[ReadyRound]
    comparisons: Sequence[YearComparison]
    replaced: Sequence[int]
    """The numbers of the releases to withdraw."""
    note: str
    """What is not in the release that might be."""

    @property
    def round_ids(self) -> list[str]:
        """The imported rounds that are published anew."""
        return [ready.published.round_id for ready in self.rounds if not ready.published.is_pooled]


def prepare(
    confidential: Session, dashboard: Session, request: ReleaseRequest, progress: Progress, decide: Decide
) -> PreparedRelease:
    """Reads both stores and writes in neither; ReleaseProblem when the release may not be made."""
    settings = request.settings
    rounds = _rounds(confidential, request.round_ids)
    refuse_sample_partnerships_beside((a_round.id for a_round in rounds if not a_round.is_sample), dashboard)
    round_ids = [a_round.id for a_round in rounds]
    standing = Standing.now(confidential, dashboard, round_ids)
    groups = reference_tables.dated(read_reference())
    carried = _carried_over(confidential, dashboard, request, groups, rounds)
    replaced = _replaced(dashboard, round_ids) if settings.when_together is WhenTogether.REPLACE else []
    ready: list[ReadyRound] = []
    with on_all_cores(lambda share: progress(len(ready) + share, steps)) as cores:
        made = RoundsInTheMaking(
            confidential=confidential,
            dashboard=dashboard,
            groups=groups,
            settings=settings,
            decide=decide,
            cores=cores,
            current=in_force(dashboard),
            carried=carried,
            replaced=replaced,
            ready=ready,
        )
        pools = made.pools(rounds) if request.adds_up_years else []
        steps = len(rounds) + len(pools)
        for a_round in rounds:
            made.decide_on(a_round)
            progress(len(ready), steps)
        for pool in pools:
            made.decide_on_pool(pool)
            progress(len(ready), steps)
    comparisons = tuple(_comparisons(dashboard, carried, ready))
    return PreparedRelease(
        request, groups, standing, carried, ready, comparisons, replaced, _note(made.not_together)
    )


def _note(not_together: Sequence[Pool]) -> str:
    if not not_together:
        return ""
    return (
        f"Flere år samlet er ikke med: {listed(list(map(str, not_together)))}. De kunne ikke vises, uden at "
        "små grupper kunne regnes ud."
    )


def _rounds(confidential: Session, round_ids: Sequence[str]) -> list[Round]:
    in_order = select(Round).order_by(Round.survey_id, Round.year)
    known = {a_round.id: a_round for a_round in confidential.exec(in_order)}
    unknown = [round_id for round_id in round_ids if round_id not in known]
    if unknown:
        raise ReleaseProblem(
            f"Der er ikke importeret noget for {', '.join(unknown)}. "
            f"Importerede runder: {', '.join(known) or 'ingen'}."
        )
    if not known:
        raise ReleaseProblem("Der er intet at udgive endnu. Importér først en runde med «manage.py import».")
    return [a_round for a_round in known.values() if not round_ids or a_round.id in round_ids]


def _carried_over(
    confidential: Session,
    dashboard: Session,
    request: ReleaseRequest,
    groups: Sequence[DatedMembership],
    rounds: Sequence[Round],
) -> list[PublishedRound]:
    """The rounds of the release in force that are not computed; all of a release has the same settings.

    Several years together are computed with any round of their survey.
    """
    current = in_force(dashboard)
    if current is None:
        return []
    computed = {a_round.id for a_round in rounds}
    surveys = {a_round.survey_id for a_round in rounds}
    kept = [
        published
        for published in rounds_of(dashboard, current.number)
        if published.round_id not in computed and not (published.is_pooled and published.survey_id in surveys)
    ]
    settings = request.settings
    missing = ", ".join(published.round_id for published in kept if not published.is_pooled)
    was = f"mindst {current.least_persons} personer bag hvert tal i profilen {current.profile}"
    if kept and (current.profile, current.least_persons) != (settings.profile, settings.least_persons):
        because = f"Udgivelse {current.number} har {was}."
    elif any(not _has_these_groups(confidential, published, groups) for published in kept):
        because = f"Grupperne i referencefilerne er ikke dem, som udgivelse {current.number} er lavet med."
    else:
        return kept
    raise ReleaseProblem(
        f"{because} Derfor skal alle runder udgives på ny; {missing} mangler. Kør {request.command}."
    )


def _replaced(dashboard: Session, round_ids: Sequence[str]) -> list[int]:
    """The numbers of all releases that show anything of these rounds."""
    query = (
        select(ReleasedRound.release_number)
        .join(PublishedRound, PublishedRound.id == ReleasedRound.published_round_id)
        .where(PublishedRound.round_id.in_(round_ids))
    )
    return sorted(set(dashboard.exec(query)))


def _has_these_groups(
    confidential: Session, published: PublishedRound, groups: Sequence[DatedMembership]
) -> bool:
    """Whether the round was decided with these groups, with private sites in municipalities or without."""
    units = released_contents.units_kept(confidential, published.contents_id)
    day = date(published.year, 12, 31)
    return units is not None and units in [
        units_of_places(units, groups, day, private) for private in (False, True)
    ]


def _comparisons(
    dashboard: Session, carried: Sequence[PublishedRound], ready: Sequence[ReadyRound]
) -> Iterator[YearComparison]:
    """Of each round with the survey's round before it, where the store has none yet."""
    shows = {new.published.round_id: new.shows for new in ready}

    def compared(published: PublishedRound) -> ComparedRound:
        if published.round_id not in shows:
            shows[published.round_id] = publication_rows.read(dashboard, published.id).publication
        return ComparedRound(published, shows[published.round_id])

    single_years = (
        published for published in (*carried, *(new.published for new in ready)) if not published.is_pooled
    )
    every = sorted(single_years, key=lambda published: (published.survey_id, published.year))
    for earlier, later in pairwise(every):
        in_store = None not in (earlier.id, later.id)
        is_done = in_store and year_changes.is_compared(dashboard, earlier.id, later.id)
        if earlier.survey_id == later.survey_id and not is_done:
            yield year_changes.compare(compared(earlier), compared(later))
