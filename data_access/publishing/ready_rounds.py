"""Rounds that only have to be written: what they show, and what they were decided on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlmodel import Session

from data_access.confidential import released_contents
from data_access.confidential.models import ReleasedContents, Round
from data_access.confidential.released_contents import RoundBasis
from data_access.dashboard import publication_rows, reference_tables
from data_access.dashboard.models import PublishedRound
from data_access.dashboard.publication_rows import PublicationRows
from data_access.problems import UNREADABLE, RefusedRelease
from data_access.publishing.rounds_to_publish import EarlierRound, Settings
from indicators.judging import judged
from indicators.method import AuditFigure
from indicators.publication import Publication
from indicators.questionnaire import Questionnaire
from indicators.selection import Years

Decided = tuple[Publication, AuditFigure]


@dataclass(frozen=True)
class RoundDescription:
    """What is said of a round, whether it was imported or is several years added up."""

    round_id: str
    survey_id: str
    year: int
    first_year: int | None
    questionnaire: dict
    source: str
    is_sample: bool
    added_names: dict

    @classmethod
    def of(cls, a_round: Round) -> "RoundDescription":
        """Of a round of one year."""
        return cls(
            a_round.id,
            a_round.survey_id,
            a_round.year,
            None,
            a_round.questionnaire,
            a_round.source,
            a_round.is_sample,
            a_round.added_names,
        )

    @classmethod
    def pooled(cls, rounds: Sequence[PublishedRound], questionnaire: Questionnaire) -> "RoundDescription":
        """Of rounds of a survey, the oldest first; their names are those of the rounds themselves."""
        first, newest = rounds[0], rounds[-1]
        return cls(
            f"{newest.survey_id}-{Years(newest.year, first.year)}",
            newest.survey_id,
            newest.year,
            first.year,
            questionnaire.model_dump(mode="json"),
            "; ".join(dict.fromkeys(published.source for published in rounds)),
            any(published.is_sample for published in rounds),
            added_names={},
        )


@dataclass(frozen=True)
class ReadyRound:
    """A round that only has to be written."""

    published: PublishedRound
    added_names: dict
    basis: RoundBasis
    contents: ReleasedContents
    shows: Publication
    rows: PublicationRows

    @classmethod
    def of(
        cls,
        about: RoundDescription,
        basis: RoundBasis,
        contents: ReleasedContents,
        made: Decided,
        least: int,
    ) -> "ReadyRound":
        """Judged by what is shown of it all, of at least so many persons."""
        decided, audit = made
        shows = judged(decided, Questionnaire.model_validate(about.questionnaire), least)
        rows = PublicationRows.of(shows)
        columns = {name: value for name, value in vars(about).items() if name != "added_names"}
        published = PublishedRound(**columns, audit=asdict(audit))
        published.checksum = publication_rows.checksum(published, rows)
        return cls(published, about.added_names, basis, contents, shows, rows)

    def beside(self, settings: Settings) -> EarlierRound:
        """As others of its release are decided beside it."""
        return EarlierRound(
            self.published.round_id,
            None,
            settings.profile,
            settings.least_persons,
            self.contents.digest,
            self.basis,
            self.rows,
        )

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
