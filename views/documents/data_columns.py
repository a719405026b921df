"""The sheet Data: one line a figure, with the keys that join it to last year's file, and what they mean.

A line says what it is about. A column says all of itself: heading, line of the codebook, width, and how its
value is taken of a line.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from indicators.data_quality import Answered, Coverage
from indicators.figure import Share, State
from indicators.groups import kind_key, kind_of
from indicators.judgement import Judgement, Verdict
from indicators.report import Datum, Report
from indicators.selection import ALL, EVERYONE_ELSE, Option, is_joined
from indicators.unit_kinds import MUNICIPALITY, UNIT_KINDS
from views.foundation import readings


@dataclass(frozen=True)
class Line(ABC):
    """A line of a sheet for work: of which group it is, and what can be said of any of them."""

    about: Datum | Answered
    survey: Option

    @property
    @abstractmethod
    def status(self) -> str:
        """Whether there is a number, or why there is none."""

    @property
    @abstractmethod
    def is_known(self) -> bool:
        """Whether there are numbers that could be added to others."""

    @property
    def whose(self) -> str:
        """The unit in the key of the line."""
        return self.about.unit.key

    @property
    def question(self) -> tuple[str, ...]:
        """The question's id; none where the line is about responses."""
        return ()

    @property
    def key(self) -> str:
        """What is the same about the group in every year's file."""
        group = self.about.education.key, self.about.institution.key
        return "|".join((self.survey.key, self.whose, *group, *self.question))

    @property
    def municipality_code(self) -> str:
        """The official code: kommune:0265 -> 0265."""
        kind, _, code = self.about.unit.key.partition(":")
        return code if kind == MUNICIPALITY.key and not is_joined(code) else ""

    @cached_property
    def adds_up(self) -> bool:
        """Whether it is known and shares no answer with any other such line of its round."""
        everybody = self.about.education.key == self.about.institution.key == ALL
        is_one = UNIT_KINDS[kind_key(self.about.unit.key)].is_separate and not is_joined(self.about.unit.key)
        return everybody and is_one and self.is_known

    @property
    def sum_group(self) -> str | None:
        """What the lines have in common that it may be added to."""
        return "|".join((self.survey.key, str(self.about.years), *self.question)) if self.adds_up else None

    def added(self, number: int | None) -> int | None:
        """The number, if the line may be added to others."""
        return number if self.adds_up else None


@dataclass(frozen=True)
class FigureLine(Line):
    """A figure; everyone else is everyone but the `own` unit, so that two units' files can be stacked."""

    about: Datum
    own: Option

    @property
    def status(self) -> str:
        return self.about.figure.status

    @property
    def is_known(self) -> bool:
        return self.about.figure.favourable_range is not None

    @property
    def whose(self) -> str:
        unit = self.about.unit.key
        return f"{unit} end {self.own.key}" if unit == EVERYONE_ELSE else unit

    @property
    def question(self) -> tuple[str, ...]:
        return (self.about.question.id,)

    @cached_property
    def judgement(self) -> Judgement:
        """An empty one where nothing is said of the figure."""
        return self.about.figure.judgement or Judgement()

    @cached_property
    def favourable_range(self) -> tuple[int | None, int | None]:
        """At least and at most so many agree, where the line may be added to others."""
        return self.about.figure.favourable_range if self.adds_up else (None, None)


TEXT = "Tekst"
WHOLE = "Helt tal"
DECIMAL = "Decimaltal"
SHARE_UNIT = "andel, vist i %"
EXAMPLES = {TEXT: "", WHOLE: 1, DECIMAL: 0.5}


@dataclass(frozen=True)
class DataColumn:
    """A column of a sheet for work, and its line of the sheet Kodebog."""

    heading: str
    meaning: str
    value: Callable[[Line], object]
    kind: str = TEXT
    values: str = ""
    unit: str = ""
    width: int = 14

    def of(self, line: Line) -> object:
        """Its value on the line; a share says that it is one."""
        value = self.value(line)
        return Share(value) if self.unit == SHARE_UNIT and value is not None else value

    @property
    def example(self) -> object:
        """A value of the kind that it holds."""
        return Share(0.5) if self.unit == SHARE_UNIT else EXAMPLES[self.kind]


def _points(difference: float | None) -> float | None:
    return None if difference is None else 100 * difference


VERDICTS = ", ".join(Verdict)
ONLY_TO_READ = "Læg den ikke sammen over linjer; se Sumgruppe"
UNITS = "fx kommune:0265; alle; andre = alle andre end den, som filen handler om"
SHARE, POINTS = {"kind": DECIMAL, "unit": SHARE_UNIT}, {"kind": DECIMAL, "unit": "procentpoint"}
ANSWERS = {"kind": WHOLE, "unit": "svar"}

GROUP = (
    DataColumn(
        "Nøgle",
        "Peger på det samme tal i alle år: slå op med den i en fil fra et andet år",
        lambda line: line.key,
        values="spørgeskema|enhed|uddannelse|institution|spørgsmål; uden spørgsmål, hvor linjen er om svar; "
        "enhed er fx «andre end kommune:0265»",
        width=40,
    ),
    DataColumn(
        "År",
        "Målingens år; tom, hvor flere år er lagt sammen",
        lambda line: None if line.about.years.first else line.about.years.last,
        WHOLE,
        unit="år",
    ),
    DataColumn(
        "Spørgeskema-id",
        "Spørgeskemaets kode",
        lambda line: line.survey.key,
        values="student, supervisor",
    ),
    DataColumn("Spørgeskema", "Spørgeskemaets navn det år", lambda line: line.survey.name, width=30),
    DataColumn(
        "Enhedstype",
        "Hvad enheden er",
        lambda line: kind_of(line.about.unit.key),
        values="Kommune, Hospital, Sundhedsklynge …",
    ),
    DataColumn("Enhed-id", "Enhedens kode", lambda line: line.about.unit.key, values=UNITS),
    DataColumn(
        "Kommunekode",
        "Kommunens officielle kode, som tekst",
        lambda line: line.municipality_code,
        values="fx 0265; tom for andre enheder",
    ),
    DataColumn("Enhed", "Enhedens navn", lambda line: line.about.unit.name, width=28),
    DataColumn(
        "Uddannelse-id",
        "Uddannelsens kode",
        lambda line: line.about.education.key,
        values="alle = alle uddannelser lagt sammen",
    ),
    DataColumn("Uddannelse", "Uddannelsens navn", lambda line: line.about.education.name, width=38),
    DataColumn(
        "Institution-id",
        "Uddannelsesstedets kode",
        lambda line: line.about.institution.key,
        values="alle = alle steder lagt sammen",
    ),
    DataColumn("Institution", "Uddannelsesstedets navn", lambda line: line.about.institution.name, width=28),
)
"""Of which group a line is."""

NOT_SEVERAL = "nej"
"""A word, for programs guess the kind of an empty column wrongly."""

SEVERAL_YEARS = DataColumn(
    "Flere år",
    "De år, som svarene er lagt sammen fra",
    lambda line: str(line.about.years) if line.about.years.first else NOT_SEVERAL,
    values=f"fx 2023-2025; {NOT_SEVERAL} = svarene er fra ét år",
)
"""The last column of its sheets: people count on where the others are."""

STATUS = DataColumn(
    "Status",
    "Hvorfor et tal er tomt, eller hvad der kan siges i stedet for en andel",
    lambda line: line.status,
    values=f"{'; '.join(State)}; mindst … % eller højst … %; {Coverage.NOT_INVITED}",
    width=32,
)
SUM_GROUP = DataColumn(
    "Sumgruppe",
    "Linjer med samme Sumgruppe kan lægges sammen i kolonnerne «viste steder»; linjer med hver sin kan ikke. "
    "Tom: linjen overlapper andre eller er skjult og kan ikke lægges sammen med noget",
    lambda line: line.sum_group,
    values="spørgeskema|år|spørgsmål; kun for kommuner og hospitaler, alle uddannelser og institutioner "
    "lagt sammen. År kan være flere, fx 2023-2025",
)
COLUMNS = (
    *GROUP,
    DataColumn("Tema-id", "Temaets kode", lambda line: line.about.theme.id),
    DataColumn("Tema", "Temaets navn", lambda line: line.about.theme.name, width=18),
    DataColumn("Spørgsmål-id", "Spørgsmålets kode; den samme alle år", lambda line: line.about.question.id),
    DataColumn(
        "Spørgsmål", "Spørgsmålet med det års ordlyd", lambda line: line.about.question.text, width=60
    ),
    DataColumn(
        "Antal svar",
        f"Svar, der tæller med i andelen; «ved ikke» er udenfor. {ONLY_TO_READ}",
        lambda line: line.about.figure.n,
        **ANSWERS,
    ),
    DataColumn(
        "Antal enige",
        f"Dem af svarene, der er de bedste på skalaen; tom ved mindst … % og højst … %. {ONLY_TO_READ}",
        lambda line: line.about.figure.favourable,
        **ANSWERS,
    ),
    DataColumn(
        "Andel enige",
        "Antal enige delt med Antal svar",
        lambda line: line.about.figure.share,
        values="0 til 1",
        **SHARE,
    ),
    DataColumn(
        "Andel, nedre grænse",
        "Andelens usikkerhed, 95 %",
        lambda line: line.judgement.low,
        values="0 til 1",
        **SHARE,
    ),
    DataColumn(
        "Andel, øvre grænse",
        "Andelens usikkerhed, 95 %",
        lambda line: line.judgement.high,
        values="0 til 1",
        **SHARE,
    ),
    DataColumn(
        "Forskel til alle andre, procentpoint",
        "Andelen minus alle andres",
        lambda line: _points(line.judgement.difference),
        values="−100 til 100",
        **POINTS,
    ),
    DataColumn(
        "Forskel, nedre grænse, procentpoint",
        "Forskellens usikkerhed, 95 %",
        lambda line: _points(line.judgement.difference_low),
        **POINTS,
    ),
    DataColumn(
        "Forskel, øvre grænse, procentpoint",
        "Forskellens usikkerhed, 95 %",
        lambda line: _points(line.judgement.difference_high),
        **POINTS,
    ),
    DataColumn(
        "Vurdering mod alle andre",
        "Om forskellen er større, end tilfældigheder plausibelt forklarer",
        lambda line: line.judgement.verdict and line.judgement.verdict.value,
        values=VERDICTS,
        width=24,
    ),
    DataColumn(
        "Forventet andel",
        "Alle andres andel med enhedens egen blanding af uddannelser",
        lambda line: line.judgement.expected,
        values="0 til 1",
        **SHARE,
    ),
    DataColumn(
        "Vurdering mod forventet andel",
        f"Den samme vurdering, når andelen holdes op mod Forventet andel. {readings.MIX_VERDICT}",
        lambda line: line.judgement.verdict_on_mix and line.judgement.verdict_on_mix.value,
        values=VERDICTS,
    ),
    STATUS,
    SUM_GROUP,
    DataColumn(
        "Svar, viste steder",
        "Antal svar, til at lægge sammen i en Sumgruppe",
        lambda line: line.added(line.about.figure.n),
        **ANSWERS,
    ),
    DataColumn(
        "Enige, viste steder (mindst)",
        "Så mange er mindst enige, til at lægge sammen i en Sumgruppe",
        lambda line: line.favourable_range[0],
        **ANSWERS,
    ),
    DataColumn(
        "Enige, viste steder (højst)",
        "Så mange er højst enige; det samme tal, hvor andelen er vist",
        lambda line: line.favourable_range[1],
        **ANSWERS,
    ),
    SEVERAL_YEARS,
)
"""The headings stay the same from year to year: people join last year's file to this year's."""

HEADINGS = tuple(column.heading for column in COLUMNS)
CODEBOOK = "Kodebog"
CODEBOOK_HEADINGS = ("Kolonne", "Betydning", "Type", "Værdier", "Måles i")


def codebook(columns: Iterable[DataColumn] = COLUMNS) -> Iterator[tuple[str, ...]]:
    """The lines of Kodebog."""
    for column in columns:
        yield column.heading, column.meaning, column.kind, column.values, column.unit


def example(columns: Iterable[DataColumn]) -> tuple:
    """A row of the kinds of value that the columns hold."""
    return tuple(column.example for column in columns)


def values(columns: Sequence[DataColumn], line: Line) -> tuple:
    """What the line says in each of the columns."""
    return tuple(column.of(line) for column in columns)


def rows(reports: Iterable[Report]) -> Iterator[tuple]:
    """The figures of all the reports, each once."""
    yield from each_once(
        COLUMNS,
        (
            FigureLine(datum, datum.survey or report.selection.survey, report.selection.unit)
            for report in reports
            for datum in report.data()
        ),
    )


def each_once(columns: Sequence[DataColumn], lines: Iterable[Line]) -> Iterator[tuple]:
    """The values of the lines; of those with the same key and years the first."""
    seen = set()
    for one in lines:
        if (one.key, one.about.years) not in seen:
            seen.add((one.key, one.about.years))
            yield values(columns, one)


def line(datum: Datum, survey: Option, own: Option) -> tuple:
    """One figure; nothing but its status where it is hidden."""
    return values(COLUMNS, FigureLine(datum, survey, own))
