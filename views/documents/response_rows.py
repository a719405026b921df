"""Who was invited and has answered, one line a group: the same columns in every file that has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.data_quality import Answered, Coverage, ResponseReport
from indicators.figure import Response
from indicators.report import Report
from indicators.selection import Option
from views.documents.data_columns import (
    GROUP,
    SEVERAL_YEARS,
    SHARE,
    STATUS,
    SUM_GROUP,
    WHOLE,
    DataColumn,
    Line,
    each_once,
    values,
)

SHEET = "Data om svar"
NOT_INVITED = Response(None)
"""Of a group in which nobody was invited nothing is known."""
PERSONS = {"kind": WHOLE, "unit": "personer"}


@dataclass(frozen=True)
class AnsweredLine(Line):
    """The response of a group."""

    about: Answered

    @property
    def given(self) -> Response:
        """The response, without any number where nobody was invited."""
        return self.about.response or NOT_INVITED

    @property
    def status(self) -> str:
        return self.given.state.value if self.about.response else Coverage.NOT_INVITED.value

    @property
    def is_known(self) -> bool:
        return self.given.rate is not None


COLUMNS = (
    *GROUP,
    DataColumn("Besvarelser", "Hvor mange der har svaret", lambda line: line.given.answers, **PERSONS),
    DataColumn(
        "Inviterede",
        "Hvor mange der er inviteret; tom, hvis ukendt",
        lambda line: line.given.invited,
        **PERSONS,
    ),
    DataColumn(
        "Svarprocent",
        "Besvarelser delt med Inviterede",
        lambda line: line.given.rate,
        values="0 til 1",
        **SHARE,
    ),
    DataColumn(
        "Grundlag",
        "Hvor meget tallene kan bære",
        lambda line: line.given.grounds,
        values="A, B eller C med ord",
        width=20,
    ),
    STATUS,
    SUM_GROUP,
    DataColumn(
        "Besvarelser, viste steder",
        "Til at lægge sammen i en Sumgruppe",
        lambda line: line.added(line.given.answers),
        **PERSONS,
    ),
    DataColumn(
        "Inviterede, viste steder",
        "Til at lægge sammen i en Sumgruppe",
        lambda line: line.added(line.given.invited),
        **PERSONS,
    ),
    SEVERAL_YEARS,
)
HEADINGS = tuple(column.heading for column in COLUMNS)


def rows(reports: Iterable[Report | None]) -> Iterator[tuple]:
    """The groups of all the reports that are about responses, each once a year."""
    yield from each_once(
        COLUMNS,
        (
            AnsweredLine(answered, report.selection.survey)
            for report in reports
            if isinstance(report, ResponseReport)
            for answered in report.answered()
        ),
    )


def line(answered: Answered, survey: Option) -> tuple:
    """One group; nothing but its status where it is hidden."""
    return values(COLUMNS, AnsweredLine(answered, survey))
