"""The sheet Data: one line a figure, with the keys that join it to last year's file, and what they mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.data_quality import Coverage
from indicators.figure import Figure, Share, State
from indicators.groups import kind_key, kind_of
from indicators.judgement import Judgement
from indicators.report import Datum, Report
from indicators.selection import ALL, EVERYONE_ELSE, Option
from indicators.unit_kinds import MUNICIPALITY, UNIT_KINDS
from indicators.verdicts import Verdict
from views.foundation import readings


@dataclass(frozen=True)
class Explained:
    """A column of Data and its line of the sheet Kodebog."""

    heading: str
    meaning: str
    kind: str = "Tekst"
    values: str = ""
    unit: str = ""


SUM_GROUP = Explained(
    "Sumgruppe",
    "Linjer med samme Sumgruppe kan lægges sammen i kolonnerne «viste steder»; linjer med hver sin kan ikke. "
    "Tom: linjen overlapper andre eller er skjult og kan ikke lægges sammen med noget",
    values="spørgeskema|år|spørgsmål; kun for kommuner og hospitaler, alle uddannelser og institutioner "
    "lagt sammen",
)
VERDICTS = ", ".join(Verdict)
ONLY_TO_READ = "Læg den ikke sammen over linjer; se Sumgruppe"
UNITS = "fx kommune:0265; alle; andre = alle andre end den, som filen handler om"
COLUMNS = (
    Explained(
        "Nøgle",
        "Peger på det samme tal i alle år: slå op med den i en fil fra et andet år",
        values="spørgeskema|enhed|uddannelse|institution|spørgsmål; uden spørgsmål, hvor linjen er om svar; "
        "enhed er fx «andre end kommune:0265»",
    ),
    Explained("År", "Målingens år", "Helt tal", unit="år"),
    Explained("Spørgeskema-id", "Spørgeskemaets kode", values="student, supervisor"),
    Explained("Spørgeskema", "Spørgeskemaets navn det år"),
    Explained("Enhedstype", "Hvad enheden er", values="Kommune, Hospital, Sundhedsklynge …"),
    Explained("Enhed-id", "Enhedens kode", values=UNITS),
    Explained("Kommunekode", "Kommunens officielle kode, som tekst", values="fx 0265; tom for andre enheder"),
    Explained("Enhed", "Enhedens navn"),
    Explained("Uddannelse-id", "Uddannelsens kode", values="alle = alle uddannelser lagt sammen"),
    Explained("Uddannelse", "Uddannelsens navn"),
    Explained("Institution-id", "Uddannelsesstedets kode", values="alle = alle steder lagt sammen"),
    Explained("Institution", "Uddannelsesstedets navn"),
    Explained("Tema-id", "Temaets kode"),
    Explained("Tema", "Temaets navn"),
    Explained("Spørgsmål-id", "Spørgsmålets kode; den samme alle år"),
    Explained("Spørgsmål", "Spørgsmålet med det års ordlyd"),
    Explained(
        "Antal svar",
        f"Svar, der tæller med i andelen; «ved ikke» er udenfor. {ONLY_TO_READ}",
        "Helt tal",
        unit="svar",
    ),
    Explained(
        "Antal enige",
        f"Dem af svarene, der er de bedste på skalaen; tom ved mindst … % og højst … %. {ONLY_TO_READ}",
        "Helt tal",
        unit="svar",
    ),
    Explained("Andel enige", "Antal enige delt med Antal svar", "Decimaltal", "0 til 1", "andel, vist i %"),
    Explained("Andel, nedre grænse", "Andelens usikkerhed, 95 %", "Decimaltal", "0 til 1", "andel, vist i %"),
    Explained("Andel, øvre grænse", "Andelens usikkerhed, 95 %", "Decimaltal", "0 til 1", "andel, vist i %"),
    Explained(
        "Forskel til alle andre, procentpoint",
        "Andelen minus alle andres",
        "Decimaltal",
        "−100 til 100",
        "procentpoint",
    ),
    Explained(
        "Forskel, nedre grænse, procentpoint",
        "Forskellens usikkerhed, 95 %",
        "Decimaltal",
        unit="procentpoint",
    ),
    Explained(
        "Forskel, øvre grænse, procentpoint",
        "Forskellens usikkerhed, 95 %",
        "Decimaltal",
        unit="procentpoint",
    ),
    Explained(
        "Vurdering mod alle andre",
        "Om forskellen er større, end tilfældigheder plausibelt forklarer",
        values=VERDICTS,
    ),
    Explained(
        "Forventet andel",
        "Alle andres andel med enhedens egen blanding af uddannelser",
        "Decimaltal",
        "0 til 1",
        "andel, vist i %",
    ),
    Explained(
        "Vurdering mod forventet andel",
        f"Den samme vurdering, når andelen holdes op mod Forventet andel. {readings.MIX_VERDICT}",
        values=VERDICTS,
    ),
    Explained(
        "Status",
        "Hvorfor et tal er tomt, eller hvad der kan siges i stedet for en andel",
        values=f"{'; '.join(State)}; mindst … % eller højst … %; {Coverage.NOT_INVITED}",
    ),
    SUM_GROUP,
    Explained(
        "Svar, viste steder", "Antal svar, til at lægge sammen i en Sumgruppe", "Helt tal", unit="svar"
    ),
    Explained(
        "Enige, viste steder (mindst)",
        "Så mange er mindst enige, til at lægge sammen i en Sumgruppe",
        "Helt tal",
        unit="svar",
    ),
    Explained(
        "Enige, viste steder (højst)",
        "Så mange er højst enige; det samme tal, hvor andelen er vist",
        "Helt tal",
        unit="svar",
    ),
)
"""The headings stay the same from year to year: people join last year's file to this year's."""

HEADINGS = tuple(column.heading for column in COLUMNS)
CODEBOOK = "Kodebog"
CODEBOOK_HEADINGS = ("Kolonne", "Betydning", "Type", "Værdier", "Måles i")


def codebook(columns: Iterable[Explained] = COLUMNS) -> Iterator[tuple[str, ...]]:
    """The lines of Kodebog."""
    for column in columns:
        yield column.heading, column.meaning, column.kind, column.values, column.unit


def rows(reports: Iterable[Report]) -> Iterator[tuple]:
    """The figures of all the reports, each once."""
    seen = set()
    for report in reports:
        for datum in report.data():
            row = line(datum, datum.survey or report.selection.survey, report.selection.unit)
            if row[:2] not in seen:
                seen.add(row[:2])
                yield row


def line(datum: Datum, survey: Option, own: Option) -> tuple:
    """One figure; everyone else is everyone but the `own` unit, so that two units' files can be stacked."""
    unit, education, institution = datum.unit, datum.education, datum.institution
    who = f"{unit.key} end {own.key}" if unit.key == EVERYONE_ELSE else unit.key
    keys = survey.key, who, education.key, institution.key, datum.question.id
    return (
        *("|".join(keys), datum.year, survey.key, survey.name),
        *(kind_of(unit.key), unit.key, municipality_code(unit.key), unit.name),
        *(education.key, education.name, institution.key, institution.name),
        *(datum.theme.id, datum.theme.name, datum.question.id, datum.question.text),
        *numbers(datum.figure),
        *sums(datum, survey),
    )


def municipality_code(unit_key: str) -> str:
    """The official code: kommune:0265 -> 0265."""
    kind, _, code = unit_key.partition(":")
    return code if kind == MUNICIPALITY.key else ""


def is_added_up(unit: Option, education: Option, institution: Option) -> bool:
    """Whether a line shares no answer with any other such line of its round."""
    return UNIT_KINDS[kind_key(unit.key)].is_separate and education.key == institution.key == ALL


def sums(datum: Datum, survey: Option) -> tuple:
    """What the line adds to a sum; nothing where it is hidden, or overlaps with other lines."""
    limits = datum.figure.favourable_range
    if limits is None or not is_added_up(datum.unit, datum.education, datum.institution):
        return None, None, None, None
    return f"{survey.key}|{datum.year}|{datum.question.id}", datum.figure.n, *limits


def numbers(figure: Figure) -> tuple:
    """What is known of a figure; nothing but its status where it is hidden."""
    said = figure.judgement or Judgement()
    return (
        *(figure.n, figure.favourable, *map(_share, (figure.share, said.low, said.high))),
        *map(_points, (said.difference, said.difference_low, said.difference_high)),
        *(said.verdict and said.verdict.value, _share(said.expected)),
        *(said.verdict_on_mix and said.verdict_on_mix.value, figure.status),
    )


def _share(value: float | None) -> Share | None:
    return None if value is None else Share(value)


def _points(difference: float | None) -> float | None:
    return None if difference is None else 100 * difference
