"""What the marks of a chart mean, for a picture that has left the page and its legend behind."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from indicators.figure import State
from indicators.judgement import Verdict
from views.foundation import theme
from views.foundation.theme import VERDICTS

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
    if verdict is not Verdict.TOO_FEW  # which no chart draws
}


def of_charts(spec: object) -> Iterator[LegendEntry]:
    """The colours that charts give names to: answers, or the states of a map."""
    if isinstance(spec, Mapping):
        scale = (spec.get("color") or {}).get("scale") if isinstance(spec.get("color"), Mapping) else None
        if scale and "domain" in scale:
            for text, colour in zip(scale["domain"], scale["range"], strict=True):
                yield LegendEntry(CROSSED if text == State.HIDDEN else SQUARE.format(colour), text)
        spec = list(spec.values())
    if isinstance(spec, Sequence) and not isinstance(spec, str):
        for part in spec:
            yield from of_charts(part)


def of_verdicts(found: Collection[Verdict | None]) -> tuple[LegendEntry, ...]:
    """The signs of those verdicts that there are."""
    return tuple(LegendEntry(sign, verdict) for verdict, sign in SIGNS.items() if verdict in found)
