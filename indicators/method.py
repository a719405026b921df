"""How the figures of a release came about: what a reader needs in order to trust them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indicators.danish import number


@dataclass(frozen=True)
class AuditFigure:
    """What the audit found of everything that a published round can show.

    `answers` are sheets, `cells` the groups with answers counted once a question (and once for the
    response), of which `published` are shown and `hidden` are not. `complete`: every sum and contrast was
    tried, not only those of up to four of the smallest groups. `small` are the cells of fewer persons,
    counted once a question, of which the share is `known` because all in a shown cell answered alike.
    `following` are the numbers behind a bound, and the distributions that are not shown, that can be worked
    out of others. None where it is not known.
    """

    answers: int
    cells: int
    published: int
    hidden: int
    derivable_groups_below_k: int
    smallest_derivable_group: int | None
    complete: bool | None = None
    small: int | None = None
    known: int | None = None
    following: int | None = None

    def describe(self, least_persons: int) -> str:
        """The figure in a sentence."""
        groups = self.derivable_groups_below_k
        smallest = self.smallest_derivable_group
        persons = "person" if smallest == 1 else "personer"
        of_persons = (
            "" if smallest is None else f", og den mindste, der kan, er på {number(smallest)} {persons}"
        )
        return (
            f"{number(groups)} grupper på under {least_persons} personer kan udledes af de "
            f"{number(self.published)} viste felter{of_persons}"
        )

    def describe_whole(self, least_persons: int) -> str:
        """All of it in two sentences, for those who run the audit."""
        counts = f"{number(self.answers)} besvarelser i {number(self.cells)} felter"
        return f"{counts}, hvoraf {number(self.hidden)} er skjult. {self.describe(least_persons)}."


def together(audits: Iterable[AuditFigure]) -> AuditFigure | None:
    """The audits of several rounds as one; None when there are none."""
    found = list(audits)
    if not found:
        return None
    smallest = [one.smallest_derivable_group for one in found if one.smallest_derivable_group is not None]
    return AuditFigure(
        sum(one.answers for one in found),
        sum(one.cells for one in found),
        sum(one.published for one in found),
        sum(one.hidden for one in found),
        sum(one.derivable_groups_below_k for one in found),
        min(smallest, default=None),
        all(one.complete for one in found),
        *(
            None if None in parts else sum(parts)
            for parts in zip(*((one.small, one.known, one.following) for one in found), strict=True)
        ),
    )


@dataclass(frozen=True)
class RoundMethod:
    """One published round: where it is from, and what its audit found."""

    name: str
    source: str
    is_sample: bool
    series_breaks: tuple[str, ...]
    audit: AuditFigure | None


@dataclass(frozen=True)
class ReleaseLine:
    """One line of the list of releases."""

    number: int
    made_on: date
    profile: str
    in_force: bool


@dataclass(frozen=True)
class Method:
    """Everything that the page Metode says."""

    release: ReleaseLine
    least_persons: int
    rounds: tuple[RoundMethod, ...]
    releases: tuple[ReleaseLine, ...]
    promises: tuple[str, ...] = ()
    """What was decided on first, second ...; of releases from before that was kept nothing."""

    @property
    def audit(self) -> AuditFigure | None:
        """All rounds together; None when one of them has not been audited."""
        audits = [one.audit for one in self.rounds]
        return None if None in audits else together(audits)
