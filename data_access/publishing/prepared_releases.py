"""A release as it will be written: everything that takes time is done while nothing is locked."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import pairwise, repeat

from loky import ProcessPoolExecutor
from sqlalchemy import func
from sqlmodel import Session, select

from data_access.confidential import released_contents
from data_access.confidential.models import ImportRun, ReleasedContents, Round
from data_access.dashboard import publication_rows, reference_tables
from data_access.dashboard.models import PublishedRound, Release
from data_access.dashboard.publication_rows import PublicationRows
from data_access.dashboard.queries import in_force, rounds_of
from data_access.imports.sample_apart import refuse_sample_partnerships_beside
from data_access.problems import UNREADABLE, RefusedRelease, ReleaseProblem
from data_access.publishing import year_changes
from data_access.publishing.rounds_to_publish import (
    Cores,
    RoundToPublish,
    Settings,
    WhenTogether,
    earlier_rounds,
)
from data_access.publishing.year_changes import ComparedRound, YearComparison
from data_access.reference import read_reference
from indicators.auditing import Attacked, one_after_another
from indicators.disclosure import LEAST_PERSONS, PROFILES, Audit, System, audit, choose
from indicators.groups import DatedMembership, units_of_places
from indicators.judging import judged
from indicators.method import AuditFigure
from indicators.promises import Promises
from indicators.publication import Chosen, Publication, one_by_one
from indicators.questionnaire import Questionnaire

WORTH_A_PROCESS = 500
"""Cells of a system from which deciding takes longer than starting another process."""

Decided = tuple[Publication, AuditFigure]
Decide = Callable[[RoundToPublish], Decided]
"""What a round shows and what its audit found: computed, or the sample's own that it brings along."""


@contextmanager
def on_all_cores(progress: Callable[[float], None] = lambda _share: None) -> Iterator[Cores]:
    """Decides on the questions of a round side by side, and attacks them; equal patterns are decided once.

    `progress` hears which share of the round is decided.
    """
    with ProcessPoolExecutor() as pool:  # the standard library's would run a page that is drawn once more

        def choose_all(systems: Sequence[System], least_persons: int) -> Sequence[Chosen]:
            if systems[0].cells < WORTH_A_PROCESS:
                return one_by_one(systems, least_persons)
            patterns = [system.pattern(least_persons) for system in systems]
            different = dict(zip(patterns, systems, strict=True))
            chosen = {}
            deciding = pool.map(choose, different.values(), repeat(least_persons))
            for pattern, cells in zip(different, deciding, strict=True):
                chosen[pattern] = cells
                progress(len(chosen) / len(different))
            return [chosen[pattern] for pattern in patterns]

        def audit_all(attacked: Sequence[Attacked], least_persons: int) -> Sequence[Audit]:
            if len(attacked[0][0]) < WORTH_A_PROCESS:
                return one_after_another(attacked, least_persons)
            return list(pool.map(audit, *zip(*attacked, strict=True), repeat(least_persons)))

        yield Cores(choose_all, audit_all)


def decided(to_publish: RoundToPublish) -> Decided:
    """What of the round may be shown; RefusedRelease when its audit finds a group of fewer persons."""
    published = to_publish.decided()
    least_persons = to_publish.settings.least_persons
    audit = to_publish.audit(published)
    if audit.derivable_groups_below_k:
        raise RefusedRelease(f"{audit.describe(least_persons)} ({to_publish.round_id}).")
    return published, audit


@dataclass(frozen=True)
class ReadyRound:
    """A round that only has to be written: what it shows, and what it was decided on."""

    published: PublishedRound
    added_names: dict
    contents: ReleasedContents
    shows: Publication
    rows: PublicationRows

    @classmethod
    def of(
        cls, a_round: Round, contents: ReleasedContents, shown_and_audit: Decided, least_persons: int
    ) -> "ReadyRound":
        """Judged by what is shown of it all."""
        decided, audit = shown_and_audit
        questionnaire = Questionnaire.model_validate(a_round.questionnaire)
        shows = judged(decided, questionnaire, least_persons)
        rows = PublicationRows.of(shows)
        published = PublishedRound(
            round_id=a_round.id,
            survey_id=a_round.survey_id,
            year=a_round.year,
            questionnaire=a_round.questionnaire,
            source=a_round.source,
            is_sample=a_round.is_sample,
            audit=asdict(audit),
        )
        published.checksum = publication_rows.checksum(published, rows)
        return cls(published, a_round.added_names, contents, shows, rows)

    def write(self, confidential: Session, dashboard: Session) -> None:
        """A new published round, read back and held up against what was decided."""
        reference_tables.add_names(dashboard, self.added_names)
        self.published.contents_id = released_contents.keep(confidential, self.contents)
        dashboard.add(self.published)
        dashboard.flush()
        publication_rows.write(dashboard, self.published.id, self.rows)
        dashboard.refresh(self.published)
        if not is_as_published(dashboard, self.published):
            raise RefusedRelease(UNREADABLE.format(self.published.round_id))


def is_as_published(dashboard: Session, published: PublishedRound) -> bool:
    """Whether the store shows of the round what was written at its release."""
    rows = publication_rows.read(dashboard, published.id)
    return publication_rows.checksum(published, rows) == published.checksum


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

    @property
    def round_ids(self) -> list[str]:
        """The rounds that are published anew."""
        return [ready.published.round_id for ready in self.rounds]


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
    carried = _carried_over(confidential, dashboard, request, groups, set(round_ids))
    ready: list[ReadyRound] = []
    with on_all_cores(lambda share: progress(len(ready) + share, len(rounds))) as cores:
        for a_round in rounds:
            basis = released_contents.basis_of(confidential, a_round, groups)
            contents = released_contents.record_of(a_round.id, basis)
            questionnaire = Questionnaire.model_validate(a_round.questionnaire)
            # Nothing will still be shown of the round when it is all replaced.
            is_replaced = settings.when_together is WhenTogether.REPLACE
            earlier = tuple if is_replaced else partial(earlier_rounds, confidential, dashboard, a_round.id)
            before = _year_before(dashboard, a_round, carried, ready)
            promises = Promises.of(groups, date(a_round.year, 12, 31), before)
            to_publish = RoundToPublish(
                a_round.id, questionnaire, basis, promises, contents.digest, settings, earlier, cores
            )
            shown_and_audit = decide(to_publish)
            ready.append(ReadyRound.of(a_round, contents, shown_and_audit, settings.least_persons))
            progress(len(ready), len(rounds))
    comparisons = tuple(_comparisons(dashboard, carried, ready))
    return PreparedRelease(request, groups, standing, carried, ready, comparisons)


def _year_before(
    dashboard: Session, a_round: Round, carried: Sequence[PublishedRound], ready: Sequence[ReadyRound]
) -> Publication | None:
    """What the survey's last round before this one shows in the release."""
    shows = {new.published.round_id: new.shows for new in ready}
    every = [*carried, *(new.published for new in ready)]
    earlier = [one for one in every if one.survey_id == a_round.survey_id and one.year < a_round.year]
    if not earlier:
        return None
    last = max(earlier, key=lambda one: one.year)
    return shows.get(last.round_id) or publication_rows.read(dashboard, last.id).publication


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
    computed: set[str],
) -> list[PublishedRound]:
    """The rounds of the release in force that are not computed; all of a release has the same settings."""
    current = in_force(dashboard)
    if current is None:
        return []
    kept = [
        published for published in rounds_of(dashboard, current.number) if published.round_id not in computed
    ]
    settings = request.settings
    missing = ", ".join(published.round_id for published in kept)
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

    every = sorted(
        [*carried, *(new.published for new in ready)],
        key=lambda published: (published.survey_id, published.year),
    )
    for earlier, later in pairwise(every):
        in_store = None not in (earlier.id, later.id)
        is_done = in_store and year_changes.is_compared(dashboard, earlier.id, later.id)
        if earlier.survey_id == later.survey_id and not is_done:
            yield year_changes.compare(compared(earlier), compared(later))
