"""One round on its way into the dashboard store: decided, audited and judged in memory, then written."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import repeat
from multiprocessing import get_context

from sqlmodel import Session

from data_access.confidential import released_contents
from data_access.confidential.models import ReleasedContents, Round
from data_access.dashboard import publication_rows, reference_tables
from data_access.dashboard.models import PublishedRound
from data_access.dashboard.publication_rows import PublicationRows
from data_access.problems import UNREADABLE, RefusedRelease
from data_access.publishing.rounds_to_publish import Cores, RoundToPublish
from indicators.auditing import Attacked, one_after_another
from indicators.disclosure import Audit, System, audit, choose
from indicators.judging import judged
from indicators.method import AuditFigure
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
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processes share the cores already
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:

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
