"""The title of Sammenlign: how many are clearly apart, and where the chosen one is."""

from collections.abc import Sequence

from indicators.danish import lower_first
from indicators.figure import State
from indicators.ranking import BANDS, Line
from indicators.report import Asked
from indicators.selection import Named, Selection
from indicators.verdicts import Verdict
from views import headlines

CLEAR = (Verdict.BELOW, Verdict.ABOVE)
DEFINITE = {
    "kommune": "kommunerne",
    "hospital": "hospitalerne",
    "klynge": "sundhedsklyngerne",
    "raad": "sundhedsrådene",
    "uddannelse": "uddannelserne",
    "institution": "uddannelsesstederne",
}


def ranking(
    selection: Selection, asked: Asked, level: Named, lines: Sequence[Line], own: Named | None
) -> str:
    """What is said of the chosen one, else of them all."""
    about = asked.question.short
    mine = next((line for line in lines if line.about == own), None)
    said = _own(mine, selection.year) if mine else _all(level, lines, selection.year)
    return headlines.fitting(f"{said}: {about}", said)


def _own(line: Line, year: int) -> str:
    name, verdict = line.about.name, line.judgement.verdict
    if line.figure.state is State.NO_ANSWERS:
        return f"{name} har ingen svar i {year}"
    if line.figure.state is State.HIDDEN:
        return f"{name} er {lower_first(State.HIDDEN)}"
    if not line.is_ranked:
        return f"{name} har {lower_first(Verdict.TOO_FEW)}"
    return f"{name} er {lower_first(verdict)}{' fra' if verdict is Verdict.ALIKE else ''} alle andre"


def _all(level: Named, lines: Sequence[Line], year: int) -> str:
    verdicts = [line.judgement.verdict for line in lines if line.is_ranked]
    what = lower_first(level.name)
    if not verdicts:
        return f"Ingen {what} kan vurderes i {year}"
    found = [(verdict, verdicts.count(verdict)) for verdict in CLEAR if verdict in verdicts]
    if not found:
        return f"Ingen klare forskelle mellem {DEFINITE[level.key]} i {year}"
    (first, many), *more = found
    said = f"{many} af {len(verdicts)} {what} er {lower_first(first)}"
    return said + "".join(f" og {count} {lower_first(verdict)}" for verdict, count in more)
