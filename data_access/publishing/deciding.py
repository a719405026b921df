"""Deciding on the rounds of a release one after the other: first the single years, then several together."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import repeat

from loky import ProcessPoolExecutor
from sqlmodel import Session

from data_access.confidential import released_contents
from data_access.confidential.models import ReleasedContents, Round
from data_access.confidential.released_contents import RoundBasis
from data_access.dashboard import publication_rows
from data_access.dashboard.models import PublishedRound, Release
from data_access.problems import RefusedRelease
from data_access.publishing.ready_rounds import Decided, ReadyRound, RoundDescription
from data_access.publishing.rounds_to_publish import (
    Cores,
    EarlierRound,
    RoundToPublish,
    Settings,
    StillShown,
    opened_round,
)
from indicators.auditing import Attacked, one_after_another
from indicators.disclosure import Audit, System, audit, choose
from indicators.groups import DatedMembership
from indicators.pooled_years import pooled_contents, pooled_questionnaire, years_to_pool
from indicators.promises import NOT_OF_SEVERAL_YEARS, Promises
from indicators.publication import Chosen, Publication, one_by_one
from indicators.questionnaire import Questionnaire
from indicators.selection import Years

WORTH_A_PROCESS = 500
"""Cells of a system from which deciding takes longer than starting another process."""

Decide = Callable[[RoundToPublish], Decided | None]
"""What a round shows and what its audit found: computed, or the sample's own that it brings along.

None of several years that cannot be shown together."""


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


def decided(to_publish: RoundToPublish) -> Decided | None:
    """What of the round may be shown; None of several years that cannot be shown together.

    RefusedRelease when the audit of a single year finds a group of fewer persons.
    """
    published = to_publish.decided()
    if published is None:
        return None
    least_persons = to_publish.settings.least_persons
    audit = to_publish.audit(published)
    if audit.derivable_groups_below_k:
        if to_publish.single_years:
            return None
        raise RefusedRelease(f"{audit.describe(least_persons)} ({to_publish.round_id}).")
    return published, audit


@dataclass(frozen=True)
class Pool:
    """Years of a survey that a release adds up."""

    survey_id: str
    years: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.survey_id} {Years(self.years[-1], self.years[0])}"


@dataclass
class RoundsInTheMaking:
    """The rounds of a release: those carried over from `current`, and those decided on so far.

    `replaced` are the numbers of releases of which nothing will be shown any more.
    """

    confidential: Session
    dashboard: Session
    groups: Sequence[DatedMembership]
    settings: Settings
    decide: Decide
    cores: Cores
    current: Release | None
    carried: Sequence[PublishedRound]
    replaced: Sequence[int] = ()
    ready: list[ReadyRound] = field(default_factory=list)
    not_together: list[Pool] = field(default_factory=list)
    """Several years that cannot be shown together."""

    def decide_on(self, a_round: Round) -> None:
        """Decides on a round of one year."""
        basis = released_contents.basis_of(self.confidential, a_round, self.groups)
        contents = released_contents.record_of(a_round.id, basis)
        day = date(a_round.year, 12, 31)
        promises = Promises.of(self.groups, day, self._shown_before(a_round))
        about = RoundDescription.of(a_round)
        self._decide(about, basis.in_year(a_round.year), contents, promises)

    def pools(self, computed: Sequence[Round]) -> list[Pool]:
        """The newest years of each survey that has a round to decide on."""
        asked: defaultdict[str, dict[int, Questionnaire]] = defaultdict(dict)
        surveys = {a_round.survey_id for a_round in computed}
        for a_round in (*self._single_years(), *computed):
            if a_round.survey_id in surveys:
                questionnaire = Questionnaire.model_validate(a_round.questionnaire)
                asked[a_round.survey_id][a_round.year] = questionnaire
        pools = (Pool(survey, years_to_pool(of_survey)) for survey, of_survey in asked.items())
        return [pool for pool in pools if pool.years]

    def decide_on_pool(self, pool: Pool) -> None:
        """Decides on several years together, beside what each of them shows; groups are as in the last.

        There are none where a release shows a year of which it is not known any more what it was decided on.
        """
        seen = self._still_shown(pool.survey_id)
        shown = [published for published, _ in seen.of_years(seen.linked(pool.years))]
        if any(published.contents_id is None for published in shown):
            self.not_together.append(pool)
            return
        rounds = sorted(
            (
                published
                for published in self._single_years()
                if published.survey_id == pool.survey_id and published.year in pool.years
            ),
            key=lambda published: published.year,
        )
        single_years = [self._beside(published) for published in rounds]
        asked = {a_round.year: Questionnaire.model_validate(a_round.questionnaire) for a_round in rounds}
        questionnaire = pooled_questionnaire(asked)
        contents_of = (single.basis.contents for single in single_years)
        by_year = dict(zip(asked, contents_of, strict=True))
        newest = self.confidential.get(Round, rounds[-1].round_id)
        basis = released_contents.in_groups(pooled_contents(by_year, questionnaire), newest, self.groups)
        contents = released_contents.record_of(newest.id, basis)
        of_newest = single_years[-1].rows.publication
        promises = Promises.of(self.groups, date(newest.year, 12, 31), of_newest, NOT_OF_SEVERAL_YEARS)
        about = RoundDescription.pooled(rounds, questionnaire)
        if not self._decide(about, basis, contents, promises, single_years):
            self.not_together.append(pool)

    def _decide(
        self,
        about: RoundDescription,
        basis: RoundBasis,
        contents: ReleasedContents,
        promises: Promises,
        single_years: Sequence[EarlierRound] = (),
    ) -> bool:
        """Whether there is anything to show."""
        to_publish = RoundToPublish(
            about.round_id,
            Questionnaire.model_validate(about.questionnaire),
            basis,
            promises,
            contents.digest,
            self.settings,
            partial(self._earlier, about, single_years),
            self.cores,
            single_years,
        )
        if decided := self.decide(to_publish):
            self.ready.append(ReadyRound.of(about, basis, contents, decided, self.settings.least_persons))
        return decided is not None

    def _earlier(self, about: RoundDescription, single_years: Sequence[EarlierRound]) -> list[EarlierRound]:
        """All else that will be seen of its years, and of years that are shown together with them."""
        seen = self._still_shown(about.survey_id)
        linked = seen.linked(Years(about.year, about.first_year).covered)
        stored = [
            opened_round(self.confidential, self.dashboard, published, release)
            for published, release in seen.of_years(linked)
        ]
        decided_on = [
            ready.beside(self.settings)
            for ready in self.ready
            if ready.published.survey_id == about.survey_id and linked & {*ready.published.years.covered}
        ]
        return [
            earlier
            for earlier in (*stored, *decided_on)
            if not any(earlier.is_same(single) for single in single_years)
        ]

    def _still_shown(self, survey_id: str) -> StillShown:
        carried = [(published, self.current) for published in self.carried]
        return StillShown.of(self.dashboard, survey_id, self.replaced, carried)

    def _single_years(self) -> list[PublishedRound]:
        every = (*self.carried, *(new.published for new in self.ready))
        return [one for one in every if not one.is_pooled]

    def _beside(self, published: PublishedRound) -> EarlierRound:
        for new in self.ready:
            if new.published is published:
                return new.beside(self.settings)
        return opened_round(self.confidential, self.dashboard, published, self.current)

    def _shown_before(self, a_round: Round) -> Publication | None:
        """What the survey's last round before this one shows in the release."""
        of_survey = (one for one in self._single_years() if one.survey_id == a_round.survey_id)
        earlier = [one for one in of_survey if one.year < a_round.year]
        if not earlier:
            return None
        last = max(earlier, key=lambda one: one.year)
        shows = {new.published.round_id: new.shows for new in self.ready}
        return shows.get(last.round_id) or publication_rows.read(self.dashboard, last.id).publication
