"""Responses in sentences and computed titles. Hidden is never called too few: it may protect a neighbour."""

from collections.abc import Iterator, Sequence

from indicators.danish import listed, lower_first, number, percent
from indicators.data_quality import Coverage, CoverageTable, ResponseLine, ResponseTable
from indicators.figure import Response, State
from indicators.groups import kind_of
from indicators.selection import ALL, Option, Selection
from views.foundation import readings

_DOTS = (
    "Den fyldte prik er svarprocenten, den åbne er året før, og den stiplede linje er 50 %. Til højre står "
    "besvarelser af inviterede, hvor godt et grundlag de giver, og hvad der mangler. På en smal skærm står "
    "svar og grundlagets bogstav under prikken og resten i tabellen."
)

MISSING = (
    "«Mangler»: hvor mange flere svar der skal til, før svarenes fordeling kan vises, eller usikkerheden er "
    "under 10 procentpoint."
)

SKEWNESS = (
    "«Skæv svarfordeling»: nogle uddannelser har svaret så meget mindre end andre, at tallet for alle hælder "
    "mod dem, der svarede. Det vurderes fra 100 inviterede, når ingen uddannelse har under 10."
)

CHOOSE = "Vælg en enhed eller en uddannelse ovenfor, så står de felter, der er tal for, her som links."

RESPONSE = "\n\n".join([_DOTS, readings.BADGES, SKEWNESS, readings.HIDDEN])

PARTICIPATION = (
    "Kortet viser kun, hvem der er med, aldrig hvad de svarede: en kommune med mange svar kan fylde lidt på "
    "et kort. "
    "Bornholm er flyttet nærmere, og hovedstadens kommuner er tegnet en gang til i større mål. "
    + readings.HIDDEN
)


def hidden(those: Sequence[Option]) -> str:
    """The hidden ones by name: no order among them but the alphabet's."""
    return f"{State.HIDDEN}: {listed([one.name for one in those])}."


def span(lines: Sequence[ResponseLine]) -> str:
    """How far apart the response rates are, for those who do not see them."""
    known = [line for line in lines if line.response.rate is not None]
    if not known:
        return "Antallet af inviterede er ukendt"
    highest, lowest = (f"{percent(line.response.rate)} ({line.about.name})" for line in (known[0], known[-1]))
    return (
        f"Svarprocenten er højest {highest} og lavest {lowest}"
        if len(known) > 1
        else f"Svarprocenten er {highest}"
    )


def coverage(report: CoverageTable, education: Option) -> str:
    """How many of what is shown is uncertain, and how it stands with the chosen education."""
    return " ".join(_coverage(report, education))


def _coverage(report: CoverageTable, education: Option) -> Iterator[str]:
    uncertain = report.states().count(Coverage.UNCERTAIN)
    least, certain = report.origin.least_persons, report.persons_for_detail
    if uncertain:
        yield f"{number(uncertain)} af dem hviler på {least}\N{EN DASH}{certain - 1} svar og er usikre."
    what, unit = lower_first(report.level.name), report.selection.unit
    if education in report.educations:
        shown, invited = report.shown_of_units(education)
        yield f"{education.name}: {shown} af {invited} {what} vises, altså har mindst {least} svar."
    if unit in report.units:
        shown, invited = report.shown_of_educations(unit)
        yield f"{unit.name}: {shown} af {invited} uddannelser vises."


IN_CELLS = "Tallet i et felt er antal besvarelser."


def reading_of_coverage(report: CoverageTable) -> str:
    """What the cells of the matrix say."""
    what = lower_first(report.level.name)
    return (
        f"{IN_CELLS} Et usikkert felt viser kun andele og får ingen vurdering. "
        f"«18 af 22» nederst: af 22 {what}, hvor nogen er inviteret, vises 18. De øvrige har for få svar "
        "eller er skjult for at beskytte andre; hvilket af de to siges ikke. Enkelte spørgsmål kan have "
        f"færre svar end feltet og være skjult for sig.\n\n{readings.HIDDEN}"
    )


def title_of_responses(
    selection: Selection, own: Response, level: Option, hidden_of_all: tuple[int, int]
) -> str:
    """How many of the selection answered, and how much of the level is hidden."""
    return _answered(selection, own, _hidden(level, *hidden_of_all))


def title_of_few(report: ResponseTable, shown: int) -> str:
    """The same over a picture of some of them."""
    of_all = f"her er {shown} af {report.invited} {lower_first(report.level.name)}"
    return _answered(report.selection, report.response, [of_all])


def _answered(selection: Selection, own: Response, more: Sequence[str]) -> str:
    unit = selection.unit.name
    if own.state is State.HIDDEN:
        return f"{unit}: {State.HIDDEN.lower()}"
    if own.state is State.NO_ANSWERS:
        return f"{unit}: ingen inviterede i {selection.years}"
    answered = "besvarelser" if own.rate is None else "svarede"
    many = f"{number(own.answers) if own.rate is None else percent(own.rate)} {answered}"
    finding = "; ".join([many, *more])
    return finding if selection.unit.key == ALL else readings.fitting(f"{unit}: {finding}", finding)


def _hidden(level: Option, hidden: int, invited: int) -> list[str]:
    what = lower_first(level.name)
    if not invited:
        return []
    if not hidden:
        return [f"alle {invited} {what} vises"] if invited > 1 else []
    return [f"{hidden} af {invited} {what} vises ikke af hensyn til anonymitet"]


def title_of_coverage(level: Option, responses: Sequence[Response]) -> str:
    """Of how many pairs of unit and education there is something to show."""
    what = f"{lower_first(kind_of(level.key))} og uddannelse"
    if not responses:
        return f"Ingen {lower_first(level.name)} er inviteret"
    shown = sum(response.state is State.SHOWN for response in responses)
    return f"Der er tal for {number(shown)} af {number(len(responses))} kombinationer af {what}"


def title_of_participation(states: Sequence[Coverage]) -> str:
    """How many of the invited municipalities are shown."""
    invited = len(states) - states.count(Coverage.NOT_INVITED)
    if not invited:
        return "Ingen kommuner er inviteret"
    shown = states.count(Coverage.SHOWN)
    many = f"Alle {invited}" if shown == invited > 1 else f"{shown} af {invited}"
    return f"{many} inviterede kommuner vises"
