"""Colours, the look of a verdict, and the Altair theme: Danish numbers, the shipped font.

The one place that says how a verdict looks, and the badge of a response: on the screen, in pictures and in
workbooks. The words are their own and stand there too, for colour alone says nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor

import altair as alt
import streamlit as st

from indicators.judgement import Verdict
from indicators.response import Badge

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


def verdict_css() -> str:
    """The rules of the page for both."""
    return f"<style>{' '.join(_verdict_rules())}</style>"


def _verdict_rules() -> Iterator[str]:
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


INK, SECONDARY, OTHERS = "#1A1A1A", "#454545", "#707070"
OWN = "#08306B"
NEUTRAL, OUTLINE, GRID = "#DCDCDC", "#707070", "#E6E6E6"
GOOD = ("#08306B", "#4292C6", "#9ECAE1")
BAD = ("#7F2704", "#F16913", "#FDAE6B")
FONT = "IBM Plex Sans"

WARNING, CALM = "#A63603", "#08519C"  # what is late or made up, and what goes as it should
SHOWN, UNCERTAIN, FAINT = "#9ECAE1", "#4292C6", "#F5F5F5"  # fields of a matrix, and quiet surfaces
HATCH, OTHER_UNITS, HIGHLIGHT = "#8E8E8E", "#8E8E8E", "#E2F2FB"
SECOND_LINE, THIRD_LINE = "#807DBA", "#7F2704"

MONTHS = [
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
]
DAYS = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"]


def answer_colours(options: int) -> list[str]:
    """One colour an option, best first: blues, grey in the middle of an odd number, oranges."""
    half = options // 2
    return [*_ramp(GOOD, half), *([NEUTRAL] if options % 2 else []), *reversed(_ramp(BAD, half))]


def _ramp(colours: Sequence[str], count: int) -> list[str]:
    """The first of the colours, or as many shades from the first to the last as it takes."""
    if count <= len(colours):
        return list(colours[:count])
    places = [index * (len(colours) - 1) / (count - 1) for index in range(count)]
    return [_between(colours[floor(place)], colours[ceil(place)], place % 1) for place in places]


def _between(first: str, second: str, part: float) -> str:
    channels = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in channels)


def legend(options: Sequence[str]) -> str:
    """Colours and answers as HTML: unlike a chart's own legend it folds on a narrow screen."""
    colours = answer_colours(len(options))
    entries = [
        f'<span><i style="background:{colour}"></i>{escape(option)}</span>'
        for option, colour in zip(options, colours, strict=True)
    ]
    return f'<div class="svarfarver">{"".join(entries)}</div>'


def text_on(colour: str) -> str:
    """Ink or white, whichever has the contrast (WCAG relative luminance)."""
    linear = [(int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if luminance < 0.18 else INK


STYLE = """<style>
  .stMainBlockContainer { padding-top: 4rem; padding-bottom: 2rem; }
  h1, h2, h3 { hyphens: auto; }
  [data-testid=stBaseButton-tertiary] { color: #004D99; text-decoration: underline; text-align: left; }
  [data-testid=stButtonGroup] [role=radiogroup] { flex-wrap: wrap; }
  .svarfarver { display: flex; flex-wrap: wrap; gap: 4px 16px; }
  .svarfarver i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; }
  .svarfarver i { border: 1px solid #707070; }
  .svarfarver i.skjult { width: 28px; border-color: #8E8E8E; print-color-adjust: exact; }
  .svarfarver i.skjult { background: repeating-linear-gradient(135deg, #8E8E8E 0 1px, #FFFFFF 1px 5px); }
  .st-key-fliser button { justify-content: flex-start; text-align: left; padding: 8px 16px; }
  .st-key-fliser button strong { display: block; font-size: 1.875rem; line-height: 1.25; }
  .st-key-fliser { display: grid; grid-template-columns: repeat(auto-fit, minmax(max(150px, 20%), 1fr)); }
  .st-key-fliser > div:only-child { max-width: 24rem; }
  .st-key-fliser > div > div, .st-key-fliser button { height: 100%; align-items: flex-start; }
  .grundlag, .grundlag p { margin: 0; }
  .grundlag p + p, p.grundlag { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }
  .grundlag p + p { margin-top: 8px; }
  .grundlag small { color: #454545; font-size: 0.875rem; }
  .maerke { padding: 2px 8px; border-radius: 3px; font-size: 0.875rem; }
  .st-key-fliser button > div, .st-key-fliser button > div > span { justify-content: start; width: 100%; }
  .fund { margin: 0; }
  .fund b, .fund small { display: block; }
  .vurdering img { display: inline-block; margin-right: 6px; vertical-align: -1px; }
  /* A filter is as wide as what is chosen in it, so that no name is cut off; then it takes another line. */
  .st-key-filtre { column-gap: 10px; }
  .st-key-filtre > div { flex: 0 1 auto; width: auto; min-width: 140px; max-width: 100%; }
  .st-key-filtre > div:nth-child(2) { min-width: 96px; }
  .st-key-filtre > div:nth-child(6) { min-width: 0; }
  .st-key-filtre > div:nth-child(6) button { padding: 0 10px; }
  .st-key-filtre > div:last-child { margin-left: auto; min-width: 0; }
  .st-key-filtre input { field-sizing: content; text-overflow: ellipsis; }
  [data-testid=stSelectboxVirtualDropdown] { min-width: min(27rem, 92vw); }
  @media screen and (max-width: 640px) {
    .st-key-filtre > div { flex-grow: 1; min-width: 150px; }
    .st-key-filtre > div:last-child { margin-left: 0; }
  }
  /* The ways on from a view stand over each other, as high together as a filter with its label. */
  @media screen and (min-width: 641px) {
    .st-key-hjoerne { flex-direction: column; align-items: stretch; gap: 4px; }
    .st-key-hjoerne button { min-height: 0; width: 100%; padding: 3px 8px; justify-content: flex-start; }
    .st-key-hjoerne > div, .st-key-hjoerne [data-testid=stPopover] > div { width: 100%; }
  }
  [data-testid=stPopoverBody] [data-testid=stVerticalBlock] { gap: 0.5rem; }
  [data-testid=stPopoverBody] textarea { height: 60px !important; min-height: 60px; }
  /* What is in it comes a moment later, and it stays on the side it opened on: it takes its room at once. */
  [data-testid=stPopoverBody]:has(> [data-testid=stVerticalBlock]:empty) { min-height: min(360px, 50vh); }
  .smaa-billeder { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 16px; }
  .smaa-billeder figure { margin: 0; display: flex; flex-direction: column; justify-content: flex-end; }
  .smaa-billeder figcaption { font-weight: 600; }
  .smaa-billeder img { width: 100%; max-width: 380px; }
  .st-key-udvikling > :last-child { min-width: 260px; }
  .st-key-enhedens-liste { display: grid; grid-template-columns: repeat(auto-fill, minmax(330px, 1fr)); }
  @media screen and (min-width: 641px) { .aar .tal { table-layout: fixed; } }
  .aar .tal small { overflow-wrap: anywhere; }
  .vurderet { margin-bottom: 8px; }
  .st-key-fremhaevning > :first-child { min-width: 260px; max-width: 28rem; }
  /* Clearing a filter is choosing its first option; the cross would cost the name its room. */
  :is(.st-key-filtre, .st-key-tema, .st-key-spoergsmaal) [role=group] > button:not(:last-child) {
    display: none;
  }
  /* A chart's own table shows its drawing data; the figures are in the table under it. */
  [data-testid=stElementToolbarButton]:has([aria-label^="Vis tallene"]) { display: none; }
  [data-testid=stElementToolbarButton]:has([aria-label^="Show data"]) { display: none; }
  [data-testid=stElementToolbarButton]:has([aria-label^="Kopiér"]) { display: none; }
  [data-testid=stCaptionContainer], [data-testid=stCaptionContainer] p { color: #454545; opacity: 1; }
</style>"""

TABLES = """<style>
  .tal { width: 100%; border-collapse: collapse; }
  .tal th, .tal td { padding: 6px 12px 6px 0; border-bottom: 1px solid #DCDCDC; text-align: left; }
  .tal thead th { border-bottom: 1px solid #707070; font-weight: 600; vertical-align: bottom; }
  .tal tbody th { font-weight: 400; }
  .tal .antal { width: 1%; text-align: right; font-variant-numeric: tabular-nums; padding-right: 20px; }
  .tal td.antal { white-space: nowrap; }
  .tal small { display: block; color: #454545; font-size: 0.875em; }
  .smal { max-width: 48rem; }
  .tal .par small { display: inline; white-space: nowrap; }
  .tal img { display: inline-block; vertical-align: -2px; margin-right: 6px; max-width: none; }
  .vurdering { white-space: normal; }
  [class*=st-key-valg-] { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); }
  [class*=st-key-valg-kort-] { grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); }
  /* On a telephone a row is a card, and each number carries its heading. */
  @media screen and (max-width: 640px) {
    .tal thead { display: none; }
    .tal tr { display: block; padding: 8px 0; border-bottom: 1px solid #DCDCDC; }
    .tal tbody th { font-weight: 600; }
    .tal tbody th, .tal td { display: block; border: 0; }
    .tal td:empty { display: none; }
    .tal td, .tal td.antal { width: auto; text-align: left; padding: 2px 0; white-space: normal; }
    .tal td:not(:empty) { display: grid; grid-template-columns: 40% 60%; }
    .tal td::before { content: attr(data-titel); color: #454545; }
  }
</style>"""

PRINT = """<style>
  /* The button that prints works in the Danish shell alone. */
  html:not([lang=da]) .st-key-udskriv { display: none; }
  .st-key-enhedens-hoved > :first-child { flex: 1 1 400px; }
  .st-key-enhedens-svar > :first-child { flex: 0 1 auto; width: auto; }
  .paa-papir { display: none; margin: 0; }
  .paa-papir .status { white-space: nowrap; }
  @page { size: A4 portrait; margin: 8mm 12mm; }
  @media print {
    header, .st-key-filtre, .st-key-skriver-som, .st-key-til-temaerne,
    .st-key-enhedens-liste, .st-key-enhedens-medlemmer,
    [data-testid=stExpander], [data-testid=stPopover], [data-testid=stForm], [data-testid=stTextInput],
    [data-testid=stFileUploader],
    [data-testid=stDownloadButton], [data-testid=stButton], [data-testid=stSelectbox],
    [data-testid=stButtonGroup], [data-testid=stMultiSelect], [data-testid=stElementToolbar],
    :is([data-testid=stElementContainer], [data-testid=stLayoutWrapper]):has(> :is(
      .st-key-til-temaerne, .st-key-enhedens-liste, .st-key-enhedens-medlemmer,
      [data-testid=stExpander], [data-testid=stPopover],
      [data-testid=stForm], [data-testid=stTextInput], [data-testid=stFileUploader],
      [data-testid=stDownloadButton],
      [data-testid=stButton], [data-testid=stSelectbox]
    )) { display: none !important; }
    .paa-papir { display: block; line-height: 1.3; }
    /* A title that leads on is a button, but a title. */
    :is(.st-key-punkter, [class*=st-key-linje-])
      :is([data-testid=stElementContainer], [data-testid=stButton]) { display: block !important; }
    :is(.st-key-punkter, [class*=st-key-linje-]) button { text-decoration: none; min-height: 0; }
    :is(.st-key-punkter, [class*=st-key-linje-]) button p { font-weight: 600; }
    [class*=st-key-linje-] { break-inside: avoid; }
    body, .stApp, .stApp * { color: #000000 !important; }
    html:has(.tal) { font-size: 11px !important; }
    .stMainBlockContainer { padding: 0 !important; }
    [data-testid=stVerticalBlock] { gap: 0.25rem; }
    [data-testid=stAlertContainer] { padding: 0.25rem 0.5rem; }
    p { line-height: 1.3; }
    h1 { padding: 0.25rem 0 !important; font-size: 1.5rem !important; }
    h2 { padding: 0.25rem 0 0.5rem !important; font-size: 1.25rem !important; }
    [data-testid=stColumn] [data-testid=stHeading] [data-testid=stMarkdownContainer] { margin-bottom: -4px; }
    .tal th, .tal td { padding: 1px 8px 1px 0; line-height: 1.25; }
    .tal td { white-space: nowrap; }
    .tal .antal { padding-right: 10px; }
    .tal td:last-child small { display: inline; }
    .tal img { margin-right: 4px; vertical-align: middle; }
    .tal td:last-child img { height: 20px; }
  }
</style>"""


def apply() -> None:
    """What the configuration cannot say: less air above, filters as wide as their contents."""
    st.html(STYLE + TABLES + verdict_css() + PRINT)


def _danish_locale() -> dict:
    time = {
        "dateTime": "%d.%m.%Y %H.%M",
        "date": "%d.%m.%Y",
        "time": "%H.%M",
        "periods": ["AM", "PM"],
        "days": DAYS,
        "shortDays": [name[:3] for name in DAYS],
        "months": MONTHS,
        "shortMonths": [name[:3] for name in MONTHS],
    }
    number = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."]}
    return {"number": number, "time": time}


@alt.theme.register("praktikdata", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    label = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "labelFont": FONT,
    }
    config = {
        "font": FONT,
        "background": "#FFFFFF",
        "locale": _danish_locale(),
        "axis": {**label, "aria": False, "gridColor": GRID, "domain": False, "ticks": False},
        "text": {"font": FONT, "fontSize": 14, "color": INK},
        "view": {"stroke": None},
        # Vega reads marks aloud with English field names; the chart has a Danish text and a table.
        "mark": {"aria": False},
    }
    return alt.theme.ThemeConfig({"config": config})
