"""Everything that is published of a survey, all years: a workbook or a csv file, row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from data_access.dashboard import queries, streaming
from data_access.dashboard.models import PublishedRound, Release
from data_access.problems import Problem, SelectionProblem
from indicators.cells import Cell
from indicators.danish import number
from indicators.data_quality import Answered
from indicators.report import Datum, Report
from indicators.selection import ALL, ALL_EDUCATIONS, ALL_UNITS, Option, Selection
from views.documents import data_columns, response_rows
from views.documents.everything import streamed
from views.documents.files import csv_text, workbook
from views.documents.sheets import Workbook
from views.foundation.report_source import Source

Progress = Callable[[int, int], None]
RESPONSES = "Svarprocent"
TOGETHER = ", flere år"
"""After the names of the sheets of several years together."""
ABOUT = (
    "Svarprocent har en linje for hver gruppe, som nogen er inviteret i, og Data en for hvert tal om den. "
    "En gruppe uden tal i Data er skjult eller har ingen svar; det står i Svarprocent. Flere år samlet står "
    "i ark for sig og er ikke i CSV-filen, så ingen svar lægges sammen to gange."
)
CONTINUES = (
    f"Et ark kan rumme {number(streamed.MOST_ROWS)} linjer. Data fortsætter derfor i flere ark; "
    "CSV-filen har det hele i ét."
)
STEP = 1_000


@dataclass(frozen=True, kw_only=True)
class Everything(Report):
    """What the cover says; the figures are streamed past it."""

    def data(self) -> Iterator[Datum]:
        """Nothing: it would not fit."""
        yield from ()


@dataclass
class Published:
    """A survey's rounds in a release, single years and several together, and how far the writing has come."""

    session: Session
    release: Release
    survey: Option
    education: Option = ALL_EDUCATIONS
    progress: Progress = lambda _done, _total: None
    done: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        where = self.session, self.release, self.survey.key
        self.single_years = queries.rounds_of_survey(*where)
        if not self.single_years:
            raise SelectionProblem(f"Der er ikke udgivet noget for {self.survey.name}.")
        self.together = queries.pooled_rounds_of_survey(*where)
        self.names = streaming.names(self.session)
        self.total = sum(
            streaming.count_figures(self.session, published, self.education.key)
            for published in (*self.single_years, *self.together)
        )

    def figures(self, rounds: Sequence[PublishedRound]) -> Iterator[tuple]:
        """The lines of Data."""
        for published in rounds:
            asked = queries.questionnaire(published)
            survey = Option(self.survey.key, asked.name)
            themes = {theme.id: theme for theme in asked.themes}
            by_id = {question.id: (themes[question.theme], question) for question in asked.questions}
            found = streaming.figures(self.session, published, self.education.key)
            for cell, question_id, figure in found:
                datum = Datum(published.years, *self._who(cell), *by_id[question_id], figure)
                yield data_columns.line(datum, survey, datum.unit)
                self.done += 1
                if self.done % STEP == 0:
                    self.progress(self.done, self.total)

    def responses(self, rounds: Sequence[PublishedRound]) -> Iterator[tuple]:
        """The lines of Svarprocent."""
        for published in rounds:
            survey = Option(self.survey.key, published.questionnaire["name"])
            for cell, given in streaming.responses(self.session, published, self.education.key):
                yield response_rows.line(Answered(published.years, *self._who(cell), given), survey)

    @property
    def years(self) -> str:
        first, last = self.single_years[0].year, self.single_years[-1].year
        return str(last) if first == last else f"{first}\N{EN DASH}{last}"

    def cover(self) -> Everything:
        """What the first sheet says."""
        newest = Selection(self.survey, self.single_years[-1].year, ALL_UNITS, self.education)
        source = Source.of(self.session, newest, self.release)
        return Everything(
            title=f"{self.survey.name} {self.years}: alt, der er udgivet",
            selection=newest,
            origin=source.origin,
            response=source.group(ALL_UNITS).response,
            notes=(ABOUT, *source.notes),
        )

    def _who(self, cell: Cell) -> tuple[Option, Option, Option]:
        units, educations, institutions = self.names
        return (
            Option(cell.unit, units[cell.unit]),
            Option(cell.education, educations[cell.education]),
            Option(cell.institution, institutions[cell.institution]),
        )


def excel(target: Path, published: Published, most_rows: int = streamed.MOST_ROWS) -> None:
    """The workbook: Forside, Svarprocent, Data and Kodebog."""
    about = published.cover()
    what = published.education.name if published.education.key != ALL else "alle uddannelser"
    whose = f"alle enheder · {what} · alle uddannelsessteder"
    in_words = f"{published.survey.name} {published.years} · {whose}"
    # Apart from the years themselves, so that nobody who adds up a column counts an answer twice.
    kinds = ("", published.single_years), (TOGETHER, published.together)
    sheets = [
        streamed.Long(f"{name}{kind}", columns, lines(rounds))
        for kind, rounds in kinds
        if rounds
        for name, columns, lines in (
            (RESPONSES, response_rows.COLUMNS, published.responses),
            (workbook.DATA, data_columns.COLUMNS, published.figures),
        )
    ]

    def around(book: Workbook, done: Sequence[streamed.Written]) -> None:
        workbook.codebook(book, (*data_columns.COLUMNS, *response_rows.COLUMNS))
        contents = [(one.name, f"{number(one.rows)} linjer") for one in done]
        contents.append((data_columns.CODEBOOK, workbook.MORE[data_columns.CODEBOOK]))
        if len(done) > len(sheets):
            contents.append(("", CONTINUES))
        workbook.write_cover(book.worksheets[0], about.title, about, contents, in_words)

    streamed.write(target, about.title, sheets, around, most_rows)


def csv(target: Path, published: Published) -> None:
    """Data of the single years: a csv is one table, and several years together would be counted twice."""
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_text.lines(data_columns.HEADINGS, published.figures(published.single_years)))


def write(
    target: Path, session: Session, release: Release, keys: tuple[str, str], progress: Progress
) -> None:
    """The file, by its ending a workbook or csv, of a survey and an education by their keys.

    It gets its name when it is whole.
    """
    survey, education = keys
    if target.suffix not in WRITERS:
        raise Problem(f"Filen {target.name} skal ende på {' eller '.join(WRITERS)}.")
    surveys = {one.key: one for one in queries.surveys(session, release)}
    educations = {one.key: one for one in queries.choices(session, release, survey).educations}
    published = Published(
        session=session,
        release=release,
        survey=surveys.get(survey, Option(survey, survey)),
        education=educations.get(education, ALL_EDUCATIONS),
        progress=progress,
    )
    unfinished = target.with_suffix(f".unfinished{target.suffix}")
    WRITERS[target.suffix](unfinished, published)
    unfinished.replace(target)


WRITERS = {".xlsx": excel, ".csv": csv}
