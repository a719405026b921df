"""What is said beside the pictures; legend, the chosen one's line and the table as HTML, escaped here."""

from collections.abc import Iterator
from html import escape

from indicators.danish import listed, lower_first, number, percent, signed_points, upper_first, whole_percent
from indicators.figure import State
from indicators.judgement import Verdict
from indicators.ranking import FEWEST_IN_FUNNEL, PLACES, Others, Ranking, RankingLine
from indicators.selection import is_joined
from views.foundation import readings, tables
from views.foundation.theme import CLEAR_STYLES, VERDICTS
from views.subjects.comparison.table import SINGULAR, in_order

STROKE = '<i style="width:28px;height:3px;border:0;background:#8E8E8E;vertical-align:middle"></i>{}'
TICK = '<i style="width:0;height:16px;border:0;border-left:2px solid;vertical-align:-3px"></i>{}'


def legend(*more: str) -> str:
    """What triangles and circles are, and what else there is."""
    parts = list(map(readings.chip, CLEAR_STYLES))
    ring = f"border-radius:50%;border:2px solid {VERDICTS[Verdict.ALIKE].mark}"
    parts.append(f'<i style="{ring}"></i>{Verdict.ALIKE}')
    parts += more
    return f'<div class="svarfarver">{"".join(f"<span>{part}</span>" for part in parts)}</div>'


def of_dots(report: Ranking) -> str:
    """The legend of the ranking."""
    strokes = [STROKE.format("95\N{NO-BREAK SPACE}% usikkerhed")]
    return legend(*strokes, *([] if report.common else [TICK.format(upper_first(report.others))]))


def own(line: RankingLine, others: Others) -> str:
    """The chosen one in a line of its own, found without looking through the others."""
    figure = line.figure
    beside = f"{percent(figure.share)} mod {percent(line.others)} ({others})"
    apart = readings.difference(figure.share, line.others)
    parts = [beside, apart, f"{number(figure.n)} svar", readings.chip(line.judgement.verdict)]
    if line.judgement.explained_by_mix:
        parts.append(readings.BY_MIX)
    return f'<div class="vurderet"><b>{escape(line.about.name)}:</b> {" · ".join(parts)}</div>'


def table(report: Ranking) -> str:
    """One row a unit, those without a number last."""
    lines = in_order(report)
    answers = ["" if line.figure.n is None else number(line.figure.n) for line in lines]
    columns = [
        tables.Column(SINGULAR[report.level.key], [_name(line, report) for line in lines]),
        tables.Column("Andel", [_share(line) for line in lines], tables.NUMBERS),
        tables.Column("Svar", answers, tables.NUMBERS),
    ]
    if report.others is Others.NOBODY:
        return tables.table(columns)
    apart = [signed_points(line.judgement.difference) if line.is_ranked else "" for line in lines]
    columns += [
        tables.Column("Usikkerhed", [_limits(line) for line in lines], tables.NUMBERS),
        tables.Column(
            "Forskel, procentpoint",
            apart,
            tables.NUMBERS,
        ),
        tables.Column("Vurdering", [_verdict(line) for line in lines]),
    ]
    expected = [line.judgement.expected for line in lines]
    if any(one is not None for one in expected):
        cells = ["" if one is None else percent(one) for one in expected]
        columns.insert(-1, tables.Column("Forventet", cells, tables.NUMBERS))
    return tables.table(columns)


def _name(line: RankingLine, report: Ranking) -> str:
    name = escape(line.about.name)
    return f"<b>{name}</b>" if line.about in report.own else name


def _share(line: RankingLine) -> str:
    figure = line.figure
    if figure.state is not State.SHOWN:
        return ""
    return f"<b>{figure.status if figure.share is None else percent(figure.share)}</b>"


def _limits(line: RankingLine) -> str:
    low, high = line.judgement.low, line.judgement.high
    return f"{whole_percent(low)}\N{EN DASH}{percent(high)}" if line.is_ranked else ""


def _verdict(line: RankingLine) -> str:
    """What is said of it, or why there is no number."""
    if line.figure.state is not State.SHOWN:
        return f"<small>{line.figure.state}</small>"
    return readings.as_html(line.judgement)


DOTS = f"{readings.INTERVAL}\n\n" + (
    "De tre bånd er vurderingen. Rækkefølgen inde i «Ikke til at skelne» kan meget vel være tilfældig. "
    "Er der ikke en række til hver, er alle med som små prikker øverst."
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
    if report.level not in PLACES and is_joined(report.selection.unit.key):
        judged = f"{upper_first(readings.ADDED_UP)}."
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
