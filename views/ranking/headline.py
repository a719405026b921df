"""The title of Sammenlign: how many are clearly apart, or how the chosen one stands."""

from collections.abc import Sequence

from indicators.danish import lower_first
from indicators.figure import State
from indicators.ranking import PLACES, Line, Others, others
from indicators.report import Asked
from indicators.selection import ALL, Named, Selection
from indicators.verdicts import Verdict
from views import headlines

CLEAR = (Verdict.BELOW, Verdict.ABOVE)
THE_PLACES = {
    "kommune": "kommunerne",
    "hospital": "hospitalerne",
    "klynge": "sundhedsklyngerne",
    "raad": "sundhedsrådene",
}


def ranking(
    selection: Selection, asked: Asked, level: Named, lines: Sequence[Line], own: Named | None
) -> str:
    """What is said of the chosen one, else of them all."""
    mine = next((line for line in lines if line.about == own), None)
    said = (
        _own(mine, others(selection, level), selection.year) if mine else _all(level, lines, selection.year)
    )
    within = selection.unit.name if level not in PLACES and selection.unit.key != ALL else ""
    found = f"{within}: {said if mine else lower_first(said)}" if within else said
    return headlines.fitting(f"{found}: {asked.question.short}", headlines.fitting(found, said))


def _own(line: Line, against: Others, year: int) -> str:
    name, verdict = line.about.name, line.judgement.verdict
    if line.figure.state is State.NO_ANSWERS:
        return f"{name} har ingen svar i {year}"
    if line.figure.state is State.HIDDEN:
        return f"{name} er {lower_first(State.HIDDEN)}"
    if not line.is_ranked:
        return f"{name} har {lower_first(Verdict.TOO_FEW)}"
    said = lower_first(verdict)
    beside = f"{name} er {said}{' fra' if verdict is Verdict.ALIKE else ''} {against}"
    return headlines.fitting(beside, f"{name}: {said}")


def _all(level: Named, lines: Sequence[Line], year: int) -> str:
    verdicts = [line.judgement.verdict for line in lines if line.is_ranked]
    what = lower_first(level.name)
    if not verdicts:
        return f"Ingen {what} kan vurderes i {year}"
    found = [(verdict, verdicts.count(verdict)) for verdict in CLEAR if verdict in verdicts]
    if not found:
        places = THE_PLACES.get(level.key)
        return (
            f"Ingen klare forskelle mellem {places} i {year}"
            if places
            else f"Ingen {what} skiller sig klart ud i {year}"
        )
    (first, many), *more = found
    said = f"{many} af {len(verdicts)} {what} er {lower_first(first)}"
    return said + "".join(f" og {count} {lower_first(verdict)}" for verdict, count in more)
