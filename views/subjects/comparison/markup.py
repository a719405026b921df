"""Legend, the chosen one's line and the table as HTML. Every text is escaped here."""

from html import escape

from indicators.danish import number, percent, signed_points, upper_first, whole_percent
from indicators.figure import State
from indicators.ranking import Others, Ranking, RankingLine
from indicators.verdicts import Verdict
from views.foundation import judged, readings, tables
from views.foundation.verdict_styles import CLEAR_STYLES, VERDICTS
from views.subjects.comparison.table import SINGULAR, in_order

STROKE = '<i style="width:28px;height:3px;border:0;background:#8E8E8E;vertical-align:middle"></i>{}'
TICK = '<i style="width:0;height:16px;border:0;border-left:2px solid;vertical-align:-3px"></i>{}'


def legend(*more: str) -> str:
    """What triangles and circles are, and what else there is."""
    parts = list(map(judged.chip, CLEAR_STYLES))
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
    parts = [beside, apart, f"{number(figure.n)} svar", judged.chip(line.judgement.verdict)]
    if line.judgement.explained_by_mix:
        parts.append(judged.BY_MIX)
    return f'<div class="vurderet"><b>{escape(line.about.name)}:</b> {" · ".join(parts)}</div>'


def table(report: Ranking) -> str:
    """One row a unit, those without a number last."""
    lines = list(in_order(report))
    columns = [
        tables.Column(SINGULAR[report.level.key], [_name(line, report) for line in lines]),
        tables.Column("Andel", [_share(line) for line in lines], tables.NUMBERS),
        tables.Column("Svar", [_answers(line) for line in lines], tables.NUMBERS),
    ]
    if report.others is Others.NOBODY:
        return tables.table(columns)
    columns += [
        tables.Column("Usikkerhed", [_limits(line) for line in lines], tables.NUMBERS),
        tables.Column("Forskel, procentpoint", [_difference(line) for line in lines], tables.NUMBERS),
        tables.Column("Vurdering", [_verdict(line) for line in lines]),
    ]
    if any(line.judgement.expected is not None for line in lines):
        columns.insert(-1, tables.Column("Forventet", [_expected(line) for line in lines], tables.NUMBERS))
    return tables.table(columns)


def _name(line: RankingLine, report: Ranking) -> str:
    name = escape(line.about.name)
    return f"<b>{name}</b>" if line.about in report.own else name


def _share(line: RankingLine) -> str:
    figure = line.figure
    if figure.state is not State.SHOWN:
        return ""
    return f"<b>{figure.status if figure.share is None else percent(figure.share)}</b>"


def _answers(line: RankingLine) -> str:
    return "" if line.figure.n is None else number(line.figure.n)


def _limits(line: RankingLine) -> str:
    low, high = line.judgement.low, line.judgement.high
    return f"{whole_percent(low)}\N{EN DASH}{percent(high)}" if line.is_ranked else ""


def _difference(line: RankingLine) -> str:
    return signed_points(line.judgement.difference) if line.is_ranked else ""


def _expected(line: RankingLine) -> str:
    expected = line.judgement.expected
    return "" if expected is None else percent(expected)


def _verdict(line: RankingLine) -> str:
    """What is said of it, or why there is no number."""
    if line.figure.state is not State.SHOWN:
        return f"<small>{line.figure.state}</small>"
    return judged.html(line.judgement)
