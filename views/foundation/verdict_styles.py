"""How a verdict looks, and the badge of a response: on the screen, in pictures and in workbooks.

The one place that says so. The words are the verdict's and the badge's own and stand there too, for colour
alone says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.response import Badge
from indicators.verdicts import Verdict

WHITE = "#FFFFFF"


@dataclass(frozen=True)
class VerdictStyle:
    """Of a verdict that is not clear the mark is left out where there is only room for those that are."""

    css_class: str
    """Of its words in HTML; a picture of the HTML finds the colour by it."""
    cell: str
    """Behind its words, or behind a number that it is about."""
    mark: str
    """The colour of its triangle or dot, and of its words in a chart."""
    shape: str
    """Of its mark, as Vega calls it."""
    path: str = ""
    """The same shape as svg, twelve pixels wide and ten high; a circle has none."""
    is_open: bool = False
    """Whether the mark is an outline alone."""

    @property
    def inside(self) -> str:
        """The colour within the outline of the mark."""
        return WHITE if self.is_open else self.mark


_NOT_CLEAR = {"cell": "#F5F5F5", "mark": "#707070", "shape": "circle", "is_open": True}
VERDICTS = {
    Verdict.ABOVE: VerdictStyle("over", "#9ECAE1", "#08519C", "triangle-up", "M0 10L6 0L12 10Z"),
    Verdict.BELOW: VerdictStyle("under", "#FDAE6B", "#A63603", "triangle-down", "M0 0L12 0L6 10Z"),
    Verdict.ALIKE: VerdictStyle("lige", **_NOT_CLEAR),
    Verdict.TOO_FEW: VerdictStyle("", **_NOT_CLEAR),
}

CLEAR_STYLES = {verdict: style for verdict, style in VERDICTS.items() if not style.is_open}
"""Those that are coloured and have a triangle wherever they are said."""


@dataclass(frozen=True)
class BadgeStyle:
    """The box behind the letter and words of a badge."""

    css_class: str
    background: str
    text: str


BADGES = {
    Badge.GOOD: BadgeStyle("god", "#E2F2FB", "#08306B"),
    Badge.CAUTION: BadgeStyle("forbehold", "#EFEFEF", "#1A1A1A"),
    Badge.THIN: BadgeStyle("varsel", "#FDEBD7", "#7F2704"),
}


def css() -> str:
    """The rules of the page for both."""
    return f"<style>{' '.join(_rules())}</style>"


def _rules() -> Iterator[str]:
    together = ", ".join(f".{style.css_class}" for style in VERDICTS.values() if style.css_class)
    yield f".vurdering:is({together}) {{ white-space: nowrap; }}"
    for style in CLEAR_STYLES.values():
        padded = "padding: 2px 8px; print-color-adjust: exact;"
        yield f".vurdering.{style.css_class} {{ {padded} background: {style.cell}; }}"
    alike = VERDICTS[Verdict.ALIKE]
    edge = "width: 28px; border-color: #8E8E8E;"
    yield f".svarfarver i.{alike.css_class} {{ {edge} background: {alike.cell}; }}"
    for badge in BADGES.values():
        yield f".maerke.{badge.css_class} {{ background: {badge.background}; color: {badge.text}; }}"
