"""What can be said of a published share: how uncertain it is, and how it stands beside others."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from indicators.intervals import Floats, mean, wilson, wilson_of_invited
from indicators.verdicts import Change, Counts, Verdict, compare, verdict


@dataclass(frozen=True)
class Judgement:
    """Made at release, of published figures only, and stored with the share it is about.

    Everything is a share from 0 to 1, except the mean, which is on the values of the scale. None:
    there is nothing to be said, e.g. no verdict on everything, which has no one else to stand beside.
    """

    low: float | None = None
    high: float | None = None
    invited_low: float | None = None
    invited_high: float | None = None
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    verdict: Verdict | None = None
    expected: float | None = None
    """What everyone else's shares give with the unit's own mix of educations."""
    verdict_on_mix: Verdict | None = None
    """The share held up against the expected one instead of everyone else's."""

    @property
    def is_clear(self) -> bool:
        """Whether the unit is clearly over or under everyone else."""
        return self.verdict in (Verdict.ABOVE, Verdict.BELOW)

    @property
    def explained_by_mix(self) -> bool:
        """Whether the difference to everyone else is gone once the unit's educations are allowed for."""
        return self.is_clear and self.verdict_on_mix is Verdict.ALIKE


@dataclass(frozen=True)
class YearChange:
    """A share held up against the one of an earlier round: difference with interval, 0 to 1."""

    earlier_year: int
    change: Change
    difference: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class JudgedSubject:
    """A share to be judged, beside everyone else's and the expected one (NaN where there is none).

    Subjects of one `family` are judged together; only a `detailed` one gets a verdict. `worth` is the
    size of a plain sample that would know the expected share as well.
    """

    family: Hashable
    favourable: float
    n: int
    detailed: bool
    is_compared: bool
    others_favourable: float = nan
    others: float = nan
    expected: float = nan
    worth: float = nan
    invited: float = nan
    counts: tuple[int, ...] | None = None
    values: tuple[int, ...] = ()
    high_is_bad: bool = False


def judge(subjects: Sequence[JudgedSubject]) -> Iterator[Judgement]:
    """A judgement for each subject, in their order."""
    if not subjects:
        return
    names = ("n", "favourable", "others", "others_favourable", "expected", "worth", "invited")
    columns = {name: np.array([getattr(subject, name) for subject in subjects], float) for name in names}
    n, favourable = columns["n"], columns["favourable"]
    others = np.nan_to_num(columns["others"])
    besides = Counts(np.nan_to_num(columns["others_favourable"]), others)
    numbers: dict[object, int] = {}
    family = np.array([numbers.setdefault(subject.family, len(numbers)) for subject in subjects])
    detailed = np.array([subject.detailed for subject in subjects])
    tested = compare(Counts(favourable, n), besides, family, detailed)
    worth = np.nan_to_num(columns["worth"])
    mixed = Counts(np.nan_to_num(columns["expected"]) * worth, worth)
    on_mix = compare(Counts(favourable, n), mixed, family, detailed)
    limits = [*wilson(favourable, n), *wilson_of_invited(favourable, n, columns["invited"])]
    beside = [tested.difference, *tested.interval]
    for at, subject in enumerate(subjects):
        low, high, invited_low, invited_high = (_number(limit[at]) for limit in limits)
        of_invited = (invited_low, invited_high) if np.isfinite(columns["invited"][at]) else (None, None)
        compared = subject.is_compared and others[at] > 0
        yield Judgement(
            *(low, high, *of_invited, *_mean(subject)),
            *(_number(value[at]) if compared else None for value in beside),
            verdict(tested.direction[at], subject.high_is_bad) if subject.is_compared else None,
            _number(columns["expected"][at]),
            verdict(on_mix.direction[at], subject.high_is_bad) if worth[at] else None,
        )


def _mean(subject: JudgedSubject) -> tuple[float | None, ...]:
    if subject.counts is None:
        return None, None, None
    average = mean(subject.counts, subject.values, subject.invited)
    return _number(average.value), *map(_number, average.interval)


def _number(value: float | Floats) -> float | None:
    """Six decimals are plenty, and the same on every machine."""
    return None if np.isnan(value) else round(float(value), 6)
