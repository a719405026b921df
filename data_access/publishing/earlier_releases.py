"""What releases still show of a round, and the answers that they were made of."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, select

from data_access.confidential import released_contents
from data_access.confidential.released_contents import RoundBasis
from data_access.dashboard import publication_rows
from data_access.dashboard.models import PublishedRound, Release, ReleasedRound
from data_access.dashboard.publication_rows import PublicationRows
from data_access.problems import RefusedRelease
from indicators.cells import UNKNOWN_PERSON, FinestGroup, Tally
from indicators.disclosure.history import NO_ENTRIES, Earlier
from indicators.publication import RoundContents


@dataclass(frozen=True)
class EarlierRound:
    """A published round that can still be read; `digest` says what it was decided on."""

    release: Release
    digest: str
    basis: RoundBasis
    rows: PublicationRows

    @property
    def shown(self) -> Earlier:
        """As the choice takes it."""
        return Earlier(
            self.basis.contents,
            self.basis.units_of,
            self.rows.publication,
            self.release.least_persons,
            self.release.profile,
        )


def earlier_rounds(confidential: Session, dashboard: Session, round_id: str) -> list[EarlierRound]:
    """All that releases still show of the round, the newest first.

    RefusedRelease when it is not known any more what one of them was decided on.
    """
    earlier = []
    for published, release in still_shown(dashboard, round_id):
        record = released_contents.kept(confidential, published.contents_id)
        if record is None:
            raise RefusedRelease(
                f"Udgivelse {release.number} viser {round_id}, men de svar, den blev lavet af, er ikke gemt. "
                "Så kan det ikke prøves, hvad den og en ny tilsammen røber. Kør kommandoen igen med "
                "«--replace», så trækkes den tilbage."
            )
        rows = publication_rows.read(dashboard, published.id)
        basis = released_contents.opened(record)
        earlier.append(EarlierRound(release, record.digest, basis, rows))
    return earlier


def still_shown(dashboard: Session, round_id: str) -> list[tuple[PublishedRound, Release]]:
    """The published rounds of that survey and year, each with the newest release of it, the newest first."""
    query = (
        select(PublishedRound, Release)
        .join(ReleasedRound, ReleasedRound.published_round_id == PublishedRound.id)
        .join(Release, Release.number == ReleasedRound.release_number)
        .where(PublishedRound.round_id == round_id, Release.withdrawn_at.is_(None))
        .order_by(Release.number)
    )
    newest = {published.id: (published, release) for published, release in dashboard.exec(query)}
    return sorted(newest.values(), key=lambda pair: -pair[1].number)


def changed_persons(before: RoundContents, now: RoundContents) -> int:
    """At least how many persons' answers have come, gone or changed."""
    known: set[str] = set()
    unknown = 0
    tallies = [(before.response, now.response)] + [
        (before.answers.get(about, NO_ENTRIES), now.answers.get(about, NO_ENTRIES))
        for about in before.answers.keys() | now.answers.keys()
    ]
    for then, today in tallies:
        was = _entries(before, then)
        is_now = _entries(now, today)
        for changed in (was - is_now, is_now - was):
            known |= {person for _, person, _ in changed if person}
            unknown = max(unknown, sum(count for (_, person, _), count in changed.items() if not person))
    return len(known) + unknown


def _entries(contents: RoundContents, tally: Tally) -> Counter[tuple[FinestGroup, str, int]]:
    """Sheets by finest group, person (none: nobody known to recur) and option."""
    entries: Counter = Counter()
    columns = (tally.group.tolist(), tally.person.tolist(), tally.option.tolist(), tally.count.tolist())
    for group, person, option, count in zip(*columns, strict=True):
        who = "" if person == UNKNOWN_PERSON else contents.persons[person]
        entries[contents.groups[group], who, option] += count
    return entries
