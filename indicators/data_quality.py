"""Whether the figures can be trusted: who answered, and what there is enough answers to show."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from indicators.disclosure import persons_for_detail
from indicators.figure import Response, State
from indicators.groups import PLACES
from indicators.report import Datum, Report
from indicators.response import ResponseGap
from indicators.selection import Option, Years

BY_EDUCATION = "uddannelse"

LEVELS = (*PLACES, Option(BY_EDUCATION, "Uddannelser"))
"""What the response can be seen by."""


@dataclass(frozen=True)
class Answered:
    """What was published of who answered in one group; None was not invited."""

    years: Years
    unit: Option
    education: Option
    institution: Option
    response: Response | None


@dataclass(frozen=True, kw_only=True)
class ResponseReport(Report):
    """A report of responses: it shows no answer to any question."""

    def data(self) -> Iterator[Datum]:
        """Nothing, for a figure is about a question."""
        yield from ()

    @abstractmethod
    def answered(self) -> Iterator[Answered]:
        """Every group that the report shows, or says to be hidden."""

    def _about(
        self,
        response: Response | None,
        unit: Option | None = None,
        education: Option | None = None,
        years: Years | None = None,
    ) -> Answered:
        chosen = self.selection
        where = unit or chosen.unit, education or chosen.education, chosen.institution
        return Answered(years or chosen.years, *where, response)


@dataclass(frozen=True)
class ResponseLine:
    """A unit or education of which the response is shown, last year's, and what more would give."""

    about: Option
    response: Response
    earlier: Response | None = None
    gap: ResponseGap | None = None


@dataclass(frozen=True, kw_only=True)
class ResponseTable(ResponseReport):
    """The responses of a level: the shown ones by their rate, the hidden ones by name."""

    level: Option
    lines: tuple[ResponseLine, ...]
    hidden: tuple[Option, ...]
    earlier_year: int | None = None

    def answered(self) -> Iterator[Answered]:
        """This year's and, where it is shown, that of the round before."""
        which = "education" if self.level.key == BY_EDUCATION else "unit"
        hidden = [ResponseLine(one, Response(State.HIDDEN)) for one in self.hidden]
        for line in (*self.lines, *hidden):
            yield self._about(line.response, **{which: line.about})
        for line in self.lines:
            if line.earlier:
                yield self._about(line.earlier, **{which: line.about}, years=Years(self.earlier_year))

    @property
    def invited(self) -> int:
        """How many of the level somebody was invited in."""
        return len(self.lines) + len(self.hidden)


class Coverage(StrEnum):
    """Whether there is something to show of a group; the values are the words the reader sees."""

    SHOWN = "Vist"
    UNCERTAIN = "Usikker"
    HIDDEN = State.HIDDEN.value
    NOT_INVITED = "Ikke inviteret"


def coverage_of(response: Response | None, certain_from: int = 0) -> Coverage:
    """What the response gives: uncertain where it is shown but too small for more than shares."""
    if response is None:
        return Coverage.NOT_INVITED
    if response.state is not State.SHOWN:
        return Coverage.HIDDEN
    return Coverage.UNCERTAIN if response.answers < certain_from else Coverage.SHOWN


@dataclass(frozen=True, kw_only=True)
class CoverageTable(ResponseReport):
    """Units by educations; a pair that is not in `responses` was not invited."""

    level: Option
    units: tuple[Option, ...]
    educations: tuple[Option, ...]
    responses: Mapping[tuple[str, str], Response]

    def answered(self) -> Iterator[Answered]:
        """Every pair that somebody was invited in."""
        for unit in self.units:
            for education in self.educations:
                if response := self.of(unit, education):
                    yield self._about(response, unit, education)

    @property
    def persons_for_detail(self) -> int:
        """From how many answers a pair is not uncertain."""
        return persons_for_detail(self.origin.least_persons)

    def of(self, unit: Option, education: Option) -> Response | None:
        """What was published of the pair."""
        return self.responses.get((unit.key, education.key))

    def coverage(self, unit: Option, education: Option) -> Coverage:
        """Whether the pair is shown."""
        return coverage_of(self.of(unit, education), self.persons_for_detail)

    def states(self) -> list[Coverage]:
        """Every pair that somebody was invited in."""
        return [coverage_of(value, self.persons_for_detail) for value in self.responses.values()]

    def shown_of_units(self, education: Option) -> tuple[int, int]:
        """How many of the units that were invited are shown for the education."""
        return _shown([self.of(unit, education) for unit in self.units])

    def shown_of_educations(self, unit: Option) -> tuple[int, int]:
        """How many of the educations that were invited are shown for the unit."""
        return _shown([self.of(unit, education) for education in self.educations])


def _shown(found: Sequence[Response | None]) -> tuple[int, int]:
    invited = [one for one in found if one is not None]
    return sum(one.state is State.SHOWN for one in invited), len(invited)


@dataclass(frozen=True, kw_only=True)
class NationalParticipation(ResponseReport):
    """Every municipality of the country, and whether it is shown."""

    places: tuple[tuple[Option, Coverage], ...]
    responses: Mapping[str, Response] = field(default_factory=dict)

    def answered(self) -> Iterator[Answered]:
        """Every municipality, invited or not."""
        for place, _ in self.places:
            yield self._about(self.responses.get(place.key), place)

    def being(self, state: Coverage) -> tuple[Option, ...]:
        """The municipalities of that state."""
        return tuple(place for place, found in self.places if found is state)
