"""The first sheet: what the file is and is about, where it is from, what is in it, and how to read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from data_access.contact import Contact, contact
from indicators.danish import day, local_day
from indicators.figure import State
from indicators.report import Origin, Report
from indicators.verdicts import Verdict
from views.foundation import readings

PURPOSE = (
    "Formål: at bruge de udgivne tal om praktik lokalt. Arkene med tabeller er til at læse og vise, Data "
    "er til at regne videre på, og Kodebog forklarer hver kolonne."
)
ADDING_UP = (
    "Skal steder lægges sammen i en pivottabel, så brug kolonnerne «viste steder» for linjer med samme "
    "Sumgruppe, altså ét spørgsmål i ét år: andelen ligger mellem «Enige, viste steder (mindst)» og "
    "«Enige, viste steder (højst)», begge delt med «Svar, viste steder». De er udfyldt for kommuner og "
    "hospitaler, alle uddannelser lagt sammen; alle andre linjer kan overlappe dem og lægges ikke sammen. "
    "Skjulte steder er ikke med: for hele landet, en region eller en gruppe læses dens egen linje. "
    "Et gennemsnit af procenter bliver forkert, når stederne er forskellig store."
)
NO_CONTACT = "Kontakt: ikke udfyldt"


@dataclass(frozen=True)
class CoverLine:
    """A line of the cover: plain, or one of the others; a link leads to the sheet of that name."""

    text: str
    style: str = ""
    link: str = ""


TITLE, STRONG, WARNING = "title", "strong", "warning"


def lines(title: str, about: str, report: Report, contents: Iterable[tuple[str, str]]) -> Iterator[CoverLine]:
    """All of the cover; `contents` are the sheets with what is in them."""
    origin = report.origin
    yield CoverLine(title, TITLE)
    yield CoverLine(PURPOSE)
    if origin.is_sample:
        yield CoverLine("EKSEMPELDATA: svarene er opdigtede og lavet af et program.", WARNING)
    yield CoverLine(f"Udvalg: {about}")
    yield CoverLine(f"Svar: {readings.answered(report.response)}")
    yield from _source(origin)
    for note in (*report.notes, *readings.explained(report)):
        yield CoverLine(f"Bemærk: {note}")
    yield CoverLine("Indhold", STRONG)
    for sheet, said in contents:
        yield CoverLine(f"{sheet}: {said}" if sheet else said, link=sheet)
    yield CoverLine("Sådan læses tallene", STRONG)
    yield from map(CoverLine, _advice(origin))
    yield CoverLine("Ord og forkortelser", STRONG)
    yield from map(CoverLine, _words())


def _source(origin: Origin) -> Iterator[CoverLine]:
    yield CoverLine(f"Kilde: {origin.source}")
    yield CoverLine(f"Udgivelse {origin.release} af {day(origin.released_on)}, profil {origin.profile}")
    if origin.audit:
        yield CoverLine(f"Kontrol af udgivelsen: {origin.audit.describe(origin.least_persons)}.")
    yield CoverLine(f"Hentet {day(local_day(datetime.now(UTC)))}")
    yield CoverLine(_whom_to_ask(contact()))


def _whom_to_ask(owner: Contact) -> str:
    known = [part for part in (owner.name, owner.email, owner.phone) if part]
    return f"Kontakt: {', '.join(known)}" if known else NO_CONTACT


def _advice(origin: Origin) -> Iterator[str]:
    yield (
        f"Et tal vises, når mindst {origin.least_persons} personer har svaret, og ingen mindre gruppe kan "
        f"regnes ud af tallene. Ellers er feltet tomt, og kolonnen Status siger «{State.HIDDEN}». "
        "«Ved ikke» tæller ikke med i andelene."
    )
    yield ADDING_UP
    yield readings.HIDDEN


def _words() -> Iterator[str]:
    yield "n = antal svar. Andel = de bedste svar på skalaen delt med alle svar uden «ved ikke»."
    yield readings.OTHERS
    yield f"{Verdict.ABOVE} og {Verdict.BELOW}: {readings.VERDICTS[Verdict.ABOVE]}"
    yield f"{Verdict.ALIKE}: {readings.VERDICTS[Verdict.ALIKE]}"
    yield f"{Verdict.TOO_FEW}: {readings.VERDICTS[Verdict.TOO_FEW]}"
    yield "Nedre og øvre grænse: usikkerheden; med 95 % sikkerhed ligger andelen imellem dem."
