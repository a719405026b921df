"""The title of Sammenlign: how many are clearly apart, or how the chosen one stands among them."""

from collections import Counter
from collections.abc import Sequence

from indicators.danish import listed, lower_first, percent
from indicators.figure import State
from indicators.ranking import PLACES, Others, RankingLine, others
from indicators.report import Asked
from indicators.selection import ALL, Option, Selection
from indicators.unit_kinds import UNIT_KINDS
from indicators.verdicts import Verdict
from views.foundation import judged
from views.foundation.readings import CLEAR, LONGEST


def ranking(
    selection: Selection, asked: Asked, level: Option, lines: Sequence[RankingLine], own: Sequence[Option]
) -> str:
    """How the chosen one stands and how many are clearly apart; what has no room is left out."""
    mine = [line for line in lines if line.about in own]
    short = f": {asked.question.short}"
    within = f"{selection.unit.name}: " if level not in PLACES and selection.unit.key != ALL else ""
    if not mine:
        said = _all(level, lines, selection.year)
        found = within + (lower_first(said) if within else said)
        return _fitting(found + short, found, said)
    against = others(selection, level, asked.question.common)
    full, brief = _groups(selection.unit, level, mine) if len(mine) > 1 else _own(mine[0], against, selection)
    wholes, count = (within + full, full, brief), _count(lines)
    counted = [one + count for one in wholes] if count else []
    return _fitting(*counted, within + full + short, *wholes)


def _fitting(*titles: str) -> str:
    """The first that is no longer than a line."""
    return next((one for one in titles if len(one) <= LONGEST), titles[-1])


def _own(line: RankingLine, against: Others, selection: Selection) -> tuple[str, str]:
    """What is said of the one, in full and in short."""
    name, said = line.about.name, _said(line)
    if line.figure.state is State.NO_ANSWERS:
        return f"{name} har ingen svar i {selection.year}", f"{name}: {said}"
    if line.figure.state is State.HIDDEN:
        return f"{name} er {said}", f"{name}: {said}"
    if against is Others.NOBODY:
        return f"{name}: {said}, og ingen andre har fået spørgsmålet", f"{name}: {said}"
    if not line.is_ranked:
        return f"{name} har {said}", f"{name}: {said}"
    verdict = lower_first(line.judgement.verdict)
    beside = " fra" if line.judgement.verdict is Verdict.ALIKE else ""
    by_mix = judged.of_counted([line.judgement])
    return f"{name} er {verdict}{beside} {against}{by_mix}", f"{name}: {said}"


def _groups(unit: Option, level: Option, mine: Sequence[RankingLine]) -> tuple[str, str]:
    """What is said of the several that the unit counts in."""
    counts = [f"{count} {said}" for said, count in Counter(map(_said, mine)).items()]
    many, clear = f"{len(mine)} {lower_first(level.name)}", Counter(_verdicts(mine))
    apart = [f"{clear[one]} {lower_first(one)}" for one in CLEAR if clear[one]]
    by_mix = _by_mix(mine)
    in_short = f"{many}: {f'{listed(apart)}{by_mix}' if apart else 'ingen klart over eller klart under'}"
    return f"{unit.name} er i {many}: {listed(counts)}", in_short


def _said(line: RankingLine) -> str:
    if line.figure.state is not State.SHOWN:
        return lower_first(line.figure.state)
    if line.judgement.verdict is None:
        return line.figure.status if line.figure.share is None else percent(line.figure.share)
    return lower_first(judged.words(line.judgement) if line.is_ranked else Verdict.TOO_FEW)


def _by_mix(lines: Sequence[RankingLine]) -> str:
    return judged.of_counted(line.judgement for line in lines if line.is_ranked)


def _verdicts(lines: Sequence[RankingLine]) -> list[Verdict]:
    return [line.judgement.verdict for line in lines if line.is_ranked]


def _count(lines: Sequence[RankingLine]) -> str:
    """How many of them all are clearly apart; nothing where there are not two to tell apart."""
    verdicts = _verdicts(lines)
    found = [f"{verdicts.count(one)}{{}} {lower_first(one)}" for one in CLEAR if one in verdicts]
    if len(verdicts) < 2:
        return ""
    if not found:
        return f"; ingen af {len(verdicts)} skiller sig klart ud"
    first, *rest = found
    counts = [first.format(f" af {len(verdicts)}"), *(one.format("") for one in rest)]
    return f"; i alt er {' og '.join(counts)}{_by_mix(lines)}"


def _all(level: Option, lines: Sequence[RankingLine], year: int) -> str:
    verdicts, what = _verdicts(lines), lower_first(level.name)
    if not verdicts and any(
        line.figure.state is State.SHOWN and not line.judgement.verdict for line in lines
    ):
        return "Spørgsmålet er kun stillet til én uddannelse, så intet kan vurderes"
    if not verdicts:
        return f"Ingen {what} kan vurderes i {year}"
    found = [(verdict, verdicts.count(verdict)) for verdict in CLEAR if verdict in verdicts]
    if not found:
        return _nothing(level, len(verdicts), len(lines), year)
    (first, many), *more = found
    said = f"{many} af {len(verdicts)} {what} er {lower_first(first)}"
    also = "".join(f" og {count} {lower_first(verdict)}" for verdict, count in more)
    return f"{said}{also}{_by_mix(lines)}"


def _nothing(level: Option, judged: int, of: int, year: int) -> str:
    """That nobody stands out, of those that there were answers enough to say it of."""
    what = lower_first(level.name)
    if judged == 1:
        return f"Kun 1 af {of} {what} kan vurderes i {year}"
    if judged < of:
        return f"Ingen af {judged} vurderede {what} skiller sig klart ud i {year}"
    if level in PLACES:
        return f"Ingen klare forskelle mellem {UNIT_KINDS[level.key].definite_plural} i {year}"
    return f"Ingen {what} skiller sig klart ud i {year}"
