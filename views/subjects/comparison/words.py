"""What is said beside the pictures."""

from collections.abc import Iterator

from indicators.danish import listed, lower_first, number, percent
from indicators.figure import State
from indicators.ranking import FEWEST_IN_FUNNEL, Others, Ranking, RankingLine
from indicators.verdicts import Verdict
from views.foundation import readings

DOTS = f"{readings.INTERVAL}\n\n" + (
    "De tre bånd er vurderingen. Rækkefølgen inde i «Ikke til at skelne» kan meget vel være tilfældig."
)

FUNNEL = f"{readings.FUNNEL}\n\n" + (
    "Farve og trekant følger vurderingen, ikke tragten: vurderingen tager højde for, hvor mange der "
    "sammenlignes, og kræver 5 procentpoint. Et sted kan derfor ligge uden for en grænse uden at være klart "
    "over eller under."
)

AGAINST = {
    Others.UNITS: readings.OTHERS,
    Others.EDUCATIONS: readings.OTHER_EDUCATIONS,
    Others.INSTITUTIONS: "Hvert uddannelsessted måles mod alle svar uden dets egne.",
    Others.SAME_EDUCATION: "Hver uddannelse måles mod den samme uddannelse hos alle andre enheder.",
    Others.SAME_INSTITUTION: "Hvert uddannelsessted måles mod dets egne studerende hos alle andre enheder.",
    Others.NOBODY: "Kun den ene uddannelse har fået spørgsmålet, så der er ingen andre at vurdere mod.",
    Others.OTHERS_OF_INSTITUTION: "Hvert uddannelsessted måles mod stedets egne andre uddannelser.",
}


def against(report: Ranking) -> str:
    """The measure, whom each is judged against, and how many there are."""
    share = f"Andel {report.asked.scale.share_label}"
    turned = f" {readings.HIGH_IS_BAD}" if report.asked.question.high_is_bad else ""
    judged = AGAINST[Others.NOBODY] if report.others is Others.NOBODY else f"Vurderet mod {report.others}."
    bases = readings.bases([report.asked.question])
    return f"{report.asked.question.text} {share}. {judged}{turned} {bases}".rstrip()


def left_out(report: Ranking) -> Iterator[str]:
    """Those that have no place in the ranking, by name: no order among them but the alphabet's."""
    if report.small:
        yield f"{Verdict.TOO_FEW}: {listed([_few(line) for line in report.small])}."
    for state in (State.HIDDEN, State.NO_ANSWERS):
        if names := [line.about.name for line in report.being(state)]:
            yield f"{state}: {listed(names)}."


def _few(line: RankingLine) -> str:
    figure = line.figure
    share = figure.status if figure.share is None else percent(figure.share)
    return f"{line.about.name} ({share}, {number(figure.n)} svar)"


def why_no_funnel(report: Ranking) -> str:
    """Why there is nothing to draw a funnel around; empty where there is."""
    if report.common is None:
        return f"{AGAINST[report.others]} Der er derfor ikke én fælles linje at tegne en tragt om."
    if report.common.share is None:
        return (
            f"Alle tilsammen: {lower_first(report.common.status)}. Der er ingen linje at tegne en tragt om."
        )
    return ""


def about_funnel(report: Ranking) -> Iterator[str]:
    """What to beware of."""
    if len(report.ranked) < FEWEST_IN_FUNNEL:
        yield f"En tragt siger mest, når der er mindst {FEWEST_IN_FUNNEL}; her er {len(report.ranked)}."
    if report.is_overdispersed:
        yield readings.OVERDISPERSED


def reading(report: Ranking, first: str = "") -> str:
    """How to read it: what is `first` to be said, then the meaning of the verdicts that are in it."""
    found = dict.fromkeys(line.judgement.verdict for line in report.lines)
    parts = (
        first,
        AGAINST[report.others],
        *dict.fromkeys(readings.VERDICTS[verdict] for verdict in found if verdict),
        readings.HIDDEN if report.being(State.HIDDEN) else "",
        readings.HIGH_IS_BAD if report.asked.question.high_is_bad else "",
    )
    return "\n\n".join(part for part in parts if part)
