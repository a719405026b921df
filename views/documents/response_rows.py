"""Who was invited and has answered, one line a group: the same columns in every file that has them."""

from collections.abc import Iterable, Iterator

from indicators.data_quality import Answered, Coverage, ResponseReport
from indicators.figure import Response, Share
from indicators.groups import kind_of
from indicators.report import Report
from indicators.selection import Option
from views.documents import data_columns
from views.documents.data_columns import Explained

SHEET = "Data om svar"
_OF_DATA = {column.heading: column for column in data_columns.COLUMNS}
SHARED = (
    *("Nøgle", "År", "Spørgeskema-id", "Spørgeskema", "Enhedstype", "Enhed-id", "Kommunekode", "Enhed"),
    *("Uddannelse-id", "Uddannelse", "Institution-id", "Institution"),
)
COLUMNS = (
    *(_OF_DATA[heading] for heading in SHARED),
    Explained("Besvarelser", "Hvor mange der har svaret", "Helt tal", unit="personer"),
    Explained("Inviterede", "Hvor mange der er inviteret; tom, hvis ukendt", "Helt tal", unit="personer"),
    Explained("Svarprocent", "Besvarelser delt med Inviterede", "Decimaltal", "0 til 1", "andel, vist i %"),
    Explained("Grundlag", "Hvor meget tallene kan bære", values="A, B eller C med ord"),
    _OF_DATA["Status"],
    data_columns.SUM_GROUP,
    Explained("Besvarelser, viste steder", "Til at lægge sammen i en Sumgruppe", "Helt tal", unit="personer"),
    Explained("Inviterede, viste steder", "Til at lægge sammen i en Sumgruppe", "Helt tal", unit="personer"),
)
HEADINGS = tuple(column.heading for column in COLUMNS)


def rows(reports: Iterable[Report | None]) -> Iterator[tuple]:
    """The groups of all the reports that are about responses, each once a year."""
    seen = set()
    for report in reports:
        for one in report.answered() if isinstance(report, ResponseReport) else ():
            row = line(one, report.selection.survey)
            if row[:2] not in seen:
                seen.add(row[:2])
                yield row


def line(one: Answered, survey: Option) -> tuple:
    """One group; nothing but its status where it is hidden."""
    unit, education, institution = one.unit, one.education, one.institution
    return (
        *(
            "|".join((survey.key, unit.key, education.key, institution.key)),
            one.year,
            survey.key,
            survey.name,
        ),
        *(kind_of(unit.key), unit.key, data_columns.municipality_code(unit.key), unit.name),
        *(education.key, education.name, institution.key, institution.name),
        *numbers(one.response),
        *sums(one, survey),
    )


def numbers(given: Response | None) -> tuple:
    """What is known; None was not invited."""
    if given is None:
        return None, None, None, "", Coverage.NOT_INVITED.value
    rate = None if given.rate is None else Share(given.rate)
    return given.answers, given.invited, rate, given.grounds, given.state.value


def sums(one: Answered, survey: Option) -> tuple:
    """What the group adds to a sum; nothing where a number is unknown, or the group overlaps with others."""
    given = one.response
    if (
        not given
        or given.rate is None
        or not data_columns.is_added_up(one.unit, one.education, one.institution)
    ):
        return None, None, None
    return f"{survey.key}|{one.year}", given.answers, given.invited
