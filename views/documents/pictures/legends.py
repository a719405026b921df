"""What the marks of a chart mean, for a picture that has left the page and its legend behind."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from indicators.danish import percent
from indicators.data_quality import Coverage, CoverageTable, ResponseTable
from indicators.figure import State
from indicators.overview import Overview, verdict_on
from indicators.ranking import Ranking
from indicators.report import FigureTable, Report
from indicators.response import RATE_OF, Badge
from indicators.verdicts import Verdict
from views.foundation import theme
from views.foundation.verdict_styles import VERDICTS

SQUARE = '<rect x="0" y="-10" width="12" height="12" fill="{0}" stroke="#707070"/>'
DOT = '<circle cx="6" cy="-4" r="5.5" fill="{0}" stroke="{1}" stroke-width="2"/>'
TRIANGLE = '<path transform="translate(0,-9)" d="{0}" fill="{1}"/>'
DASHES = '<path d="M6 -12V4" stroke="#454545" stroke-width="2" stroke-dasharray="4 3"/>'
RING = '<rect x="1" y="-9" width="10" height="10" fill="#FFFFFF" stroke="#4292C6" stroke-width="2"/>'
CROSSED = (
    '<rect x="0" y="-10" width="12" height="12" fill="#FFFFFF" stroke="#707070"/>'
    f'<path d="M2 0L10 -8M2 -8L10 0" stroke="{theme.INK}" stroke-width="1.5"/>'
)
HATCHED = (
    '<rect x="0" y="-10" width="12" height="12" fill="none" stroke="#8E8E8E"/>'
    '<path d="M0 2L12 -10M0 -4L6 -10M6 2L12 -4" stroke="#8E8E8E"/>'
)


@dataclass(frozen=True)
class LegendEntry:
    """A sign, drawn twelve pixels wide on a line of text, and what it means."""

    sign: str
    text: str

    def svg(self, x: float, y: float) -> str:
        """The entry with its left end there."""
        return (
            f'<g transform="translate({x:.0f},{y:.0f})">{self.sign}'
            f'<text x="18" font-size="14" fill="{theme.INK}">{escape(self.text)}</text></g>'
        )


SIGNS = {
    verdict: TRIANGLE.format(style.path, style.mark) if style.path else DOT.format(style.inside, style.mark)
    for verdict, style in VERDICTS.items()
}


def legend(report: Report | None, specs: Sequence[Mapping]) -> tuple[LegendEntry, ...]:
    """The colours that the charts give names to, and then the report's own signs; those of HTML are words."""
    signs = _signs(report) if specs else _fields(report)
    return tuple(dict.fromkeys((*_colours(specs), *signs)))


def _colours(spec: object) -> Iterator[LegendEntry]:
    """Every colour scale that is there: answers, or the states of a map."""
    if isinstance(spec, Mapping):
        scale = (spec.get("color") or {}).get("scale") if isinstance(spec.get("color"), Mapping) else None
        if scale and "domain" in scale:
            for text, colour in zip(scale["domain"], scale["range"], strict=True):
                yield LegendEntry(CROSSED if text == State.HIDDEN else SQUARE.format(colour), text)
        spec = list(spec.values())
    if isinstance(spec, Sequence) and not isinstance(spec, str):
        for part in spec:
            yield from _colours(part)


def _signs(report: Report | None) -> Iterator[LegendEntry]:
    if isinstance(report, FigureTable):
        yield from _verdicts({verdict_on(row) for row in report.rows} - {Verdict.ALIKE})
    elif isinstance(report, Overview):
        columns = (report.own, *report.groups, *report.beside)
        scores = [score for column in columns for score in column.scores.values()]
        yield from _verdicts({one.judgement and one.judgement.verdict for one in scores} - {Verdict.ALIKE})
        if any(score.state is State.HIDDEN for score in scores):
            yield LegendEntry(HATCHED, State.HIDDEN)
    elif isinstance(report, Ranking):
        yield from _verdicts({line.judgement.verdict for line in report.ranked})
    elif isinstance(report, ResponseTable):
        yield from _responses(report)


def _fields(report: Report | None) -> Iterator[LegendEntry]:
    """Of a figure without a chart: what the fields of the matrix are."""
    if isinstance(report, CoverageTable):
        least, certain = report.origin.least_persons, report.persons_for_detail
        yield LegendEntry(SQUARE.format(theme.SHOWN), f"Vist: mindst {certain} svar")
        yield LegendEntry(RING, f"Usikker (?): {least}\N{EN DASH}{certain - 1} svar")
        yield LegendEntry(HATCHED, f"{Coverage.HIDDEN} (S)")
        yield LegendEntry(SQUARE.format(theme.FAINT), f"{Coverage.NOT_INVITED} (\N{EN DASH})")


def _verdicts(found: Collection[Verdict | None]) -> Iterator[LegendEntry]:
    return (LegendEntry(sign, verdict) for verdict, sign in SIGNS.items() if verdict in found)


def _responses(report: ResponseTable) -> Iterator[LegendEntry]:
    yield LegendEntry(DOT.format(theme.OWN, theme.OWN), str(report.selection.year))
    if report.earlier_year:
        yield LegendEntry(DOT.format("#FFFFFF", theme.OTHERS), str(report.earlier_year))
    yield LegendEntry(DASHES, f"{percent(RATE_OF[Badge.GOOD])} svarede")
