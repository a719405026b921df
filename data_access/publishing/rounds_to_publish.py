"""What may be shown of a round so that it gives nothing away together with what other releases show."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from sqlmodel import Session, select

from data_access.confidential import released_contents
from data_access.confidential.released_contents import RoundBasis
from data_access.dashboard import publication_rows
from data_access.dashboard.models import PublishedRound, Release, ReleasedRound
from data_access.dashboard.publication_rows import PublicationRows
from data_access.problems import RefusedRelease, ReleaseProblem
from indicators.auditing import AuditAll, audit_publication, one_after_another
from indicators.cells import UNKNOWN_PERSON, FinestGroup, Tally
from indicators.danish import listed, number
from indicators.disclosure.history import NO_ENTRIES, Earlier, Systems
from indicators.disclosure.rules import FOR_THE_STEERING_GROUP, PUBLIC
from indicators.method import AuditFigure
from indicators.promises import Promises
from indicators.publication import ChooseAll, Publication, RoundContents, one_by_one, publication
from indicators.questionnaire import Questionnaire


@dataclass(frozen=True)
class EarlierRound:
    """A published round that can be read; `digest` says what it was decided on.

    `release` is None for one of the release that is being made.
    """

    round_id: str
    release: int | None
    profile: str
    least_persons: int
    digest: str
    basis: RoundBasis
    rows: PublicationRows

    def is_same(self, other: "EarlierRound") -> bool:
        """Whether it shows the same numbers of the same answers."""
        mine, others = (self.round_id, self.digest), (other.round_id, other.digest)
        return mine == others and self.rows.numbers == other.rows.numbers

    @property
    def shown(self) -> Earlier:
        """As the choice takes it."""
        return Earlier(
            self.basis.contents,
            self.basis.units_of,
            self.rows.publication,
            self.least_persons,
            self.profile,
        )


def opened_round(
    confidential: Session, dashboard: Session, published: PublishedRound, release: Release
) -> EarlierRound:
    """A round of a release; RefusedRelease when it is not known any more what it was decided on."""
    record = released_contents.kept(confidential, published.contents_id)
    if record is None:
        raise RefusedRelease(
            f"Udgivelse {release.number} viser {published.round_id}, men de svar, den blev lavet af, er ikke "
            "gemt. Så kan det ikke prøves, hvad den og en ny tilsammen røber. Kør kommandoen igen med "
            "«--replace», så trækkes den tilbage."
        )
    return EarlierRound(
        published.round_id,
        release.number,
        release.profile,
        release.least_persons,
        record.digest,
        released_contents.opened(record).in_year(published.year),
        publication_rows.read(dashboard, published.id),
    )


@dataclass(frozen=True)
class StillShown:
    """The published rounds of a survey that will be seen, each with its newest release, the newest first.

    Years that are shown together are linked: what is shown of one tells of the others.
    """

    rounds: Sequence[tuple[PublishedRound, Release]]

    @classmethod
    def of(
        cls,
        dashboard: Session,
        survey_id: str,
        without: Collection[int] = (),
        carried: Iterable[tuple[PublishedRound, Release]] = (),
    ) -> "StillShown":
        """All but what only the releases of those numbers show, and what is carried over."""
        query = (
            select(PublishedRound, Release)
            .join(ReleasedRound, ReleasedRound.published_round_id == PublishedRound.id)
            .join(Release, Release.number == ReleasedRound.release_number)
            .where(PublishedRound.survey_id == survey_id, Release.withdrawn_at.is_(None))
            .where(Release.number.not_in(without))
            .order_by(Release.number)
        )
        both = [
            *((one, release) for one, release in carried if one.survey_id == survey_id),
            *dashboard.exec(query),
        ]
        newest = {published.id: (published, release) for published, release in both}
        return cls(sorted(newest.values(), key=lambda pair: -pair[1].number))

    def linked(self, years: Iterable[int]) -> frozenset[int]:
        """Those years, and all that are shown together with one of them."""
        linked = set(years)
        pools = [{*published.years.covered} for published, _ in self.rounds if published.is_pooled]
        for _ in pools:
            linked.update(*(pool for pool in pools if linked & pool))
        return frozenset(linked)

    def of_years(self, years: Collection[int]) -> list[tuple[PublishedRound, Release]]:
        """What is shown of any of the years."""
        return [pair for pair in self.rounds if {*pair[0].years.covered} & {*years}]


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


class WhenTogether(Enum):
    """What to do when a round is not safe together with what other releases still show of it."""

    REFUSE = "refuse"
    HIDE = "hide"
    REPLACE = "replace"

    @classmethod
    def chosen(cls, *, hide: bool, replace: bool) -> "WhenTogether":
        """By the options of the command; ReleaseProblem when both are given."""
        if hide and replace:
            raise ReleaseProblem("Vælg enten --hide eller --replace.")
        return cls.HIDE if hide else cls.REPLACE if replace else cls.REFUSE


@dataclass(frozen=True)
class Cores:
    """How the systems of a round are decided on and attacked: one after another, or on all cores."""

    choose_all: ChooseAll = one_by_one
    audit_all: AuditAll = one_after_another


@dataclass(frozen=True)
class Settings:
    """For whom a release is, how many persons every figure takes, and what is done beside other releases."""

    profile: str
    least_persons: int
    when_together: WhenTogether = WhenTogether.REFUSE


@dataclass(frozen=True)
class RoundToPublish:
    """A round's answers and groups, the settings of the release, and what others still show of the round."""

    round_id: str
    questionnaire: Questionnaire
    basis: RoundBasis
    promises: Promises
    digest: str
    settings: Settings
    read_earlier: Callable[[], Sequence[EarlierRound]]
    cores: Cores
    single_years: Sequence[EarlierRound] = ()
    """Of several years together: the rounds of the release that they are added up from."""

    @cached_property
    def earlier(self) -> Sequence[EarlierRound]:
        """What else is shown of the round's years; read when it is asked for."""
        return self.read_earlier()

    def decided(self) -> Publication | None:
        """What may be shown; None of several years that are not safe together with what others show.

        RefusedRelease when a single year is not: several together are an extra, and refuse nothing.
        """
        return self._decided_together() if self.single_years else self._decided_alone()

    def _decided_together(self) -> Publication | None:
        published = self._published([*self.single_years, *self._seen_beside])
        return None if self._risk(published) else published

    def _decided_alone(self) -> Publication:
        alone = self._published()
        if not (risk := self._risk(alone)):
            return alone
        # Deciding beside others that show the same answers in the same groups costs little.
        same_round = [earlier for earlier in self._seen_beside if earlier.round_id == self.round_id]
        are_same_answers = all(map(self._has_same_answers, same_round))
        if self.settings.when_together is WhenTogether.HIDE or are_same_answers:
            beside = self._published(self._seen_beside)
            if not (risk := self._risk(beside)):
                return beside
        raise self._refusal(risk)

    def audit(self, published: Publication) -> AuditFigure:
        """What follows from all that would be shown; of several years from the single years too."""
        return self._audited(published, self.single_years, self.settings.least_persons)

    @property
    def _seen_beside(self) -> Sequence[EarlierRound]:
        """What its readers see beside it: the steering group everything, others what is open to them."""
        if self.settings.profile != PUBLIC:
            return self.earlier
        return [earlier for earlier in self.earlier if earlier.profile == PUBLIC]

    @cached_property
    def _within(self) -> Publication | None:
        """What is open to everyone is a part of what the steering group sees of the same answers."""
        same = (
            earlier.rows.publication
            for earlier in self.earlier
            if earlier.profile == FOR_THE_STEERING_GROUP and self._has_same_answers(earlier)
        )
        return next(same, None) if self.settings.profile == PUBLIC else None

    def _has_same_answers(self, earlier: EarlierRound) -> bool:
        return (earlier.round_id, earlier.digest) == (self.round_id, self.digest)

    def _published(self, beside: Sequence[EarlierRound] = ()) -> Publication:
        return publication(
            self.basis.contents,
            self.basis.units_of,
            self.questionnaire,
            self.settings.least_persons,
            self.cores.choose_all,
            earlier=[earlier.shown for earlier in beside],
            within=self._within,
            promises=self.promises,
        )

    def _risk(self, published: Publication) -> int:
        """How many groups its readers, or the steering group, can derive from all that they see."""
        unions = [(self._seen_beside, self.settings.least_persons)]
        if self.settings.profile == PUBLIC:
            protected = [
                earlier.least_persons for earlier in self.earlier if earlier.profile == FOR_THE_STEERING_GROUP
            ]
            unions += [(self.earlier, min(protected))] if protected else []
        return sum(self._follows(published, *union) for union in unions)

    def _follows(self, published: Publication, earlier: Sequence[EarlierRound], least_persons: int) -> int:
        numbers = PublicationRows.of(published).numbers
        others = [
            shown for shown in earlier if not self._has_same_answers(shown) or shown.rows.numbers != numbers
        ]
        if len(others) < len(earlier):
            # The very same numbers tell nothing more when they are shown again, not of other years either.
            others = [shown for shown in others if shown.round_id == self.round_id]
        if not others:
            return 0
        audit = self._audited(published, [*self.single_years, *others], least_persons)
        return audit.derivable_groups_below_k

    def _audited(
        self, published: Publication, beside: Sequence[EarlierRound], least_persons: int
    ) -> AuditFigure:
        systems = Systems.of(
            self.basis.contents, self.basis.units_of, [earlier.shown for earlier in beside], self.promises
        )
        return audit_publication(systems, published, self.questionnaire, least_persons, self.cores.audit_all)

    def _refusal(self, risk: int) -> RefusedRelease:
        """With what can be done about it."""
        least = self.settings.least_persons
        releases = {earlier.release for earlier in self.earlier if earlier.release is not None}
        numbers = listed([str(release) for release in sorted(releases)])
        return RefusedRelease(
            f"Sammen med det, som udgivelse {numbers} stadig viser af {self.round_id}, kan "
            f"{number(risk)} {'gruppe' if risk == 1 else 'grupper'} på under {least} personer udledes. Kør "
            "kommandoen igen med «--hide», så skjules flere af de nye tal, eller med «--replace», så "
            "trækkes de tidligere udgivelser af runden tilbage overalt, også i mødernes gemte tal."
            f"{self._late()}"
        )

    def _late(self) -> str:
        """When a few answers have come since: how many, and how many it takes."""
        least = self.settings.least_persons
        changed, release = min(
            (
                (changed_persons(earlier.basis.contents, self.basis.contents), earlier.release)
                for earlier in self.earlier
                if earlier.round_id == self.round_id
            ),
            default=(0, None),
        )
        if not 0 < changed < least:
            return ""
        return (
            f" Eller vent: {number(changed)} {'persons' if changed == 1 else 'personers'} svar er ændret "
            f"siden udgivelse {release}, og der skal være ændret mindst {least}."
        )
