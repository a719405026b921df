"""Colours (design note 2.1) and the Altair theme: Danish numbers, dark labels, the shipped font."""

from collections.abc import Sequence
from html import escape
from math import ceil, floor

import altair as alt
import streamlit as st

INK, SECONDARY, OTHERS = "#1A1A1A", "#454545", "#707070"
OWN = "#08306B"
NEUTRAL, OUTLINE, GRID = "#DCDCDC", "#707070", "#E6E6E6"
GOOD = ("#08306B", "#4292C6", "#9ECAE1")
BAD = ("#7F2704", "#F16913", "#FDAE6B")
FONT = "IBM Plex Sans"

ABOVE_CELL, ABOVE_MARK = "#9ECAE1", "#08519C"
BELOW_CELL, BELOW_MARK = "#FDAE6B", "#A63603"
ALIKE_CELL, HATCH, OTHER_UNITS, HIGHLIGHT = "#F5F5F5", "#8E8E8E", "#8E8E8E", "#E2F2FB"
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


def pair_legend(own: str, other: str) -> str:
    """The marks of the themes chart and whose they are."""
    dot = f'<i style="background:{OWN};border-radius:50%;border-color:{OWN}"></i>'
    square = f'<i style="border:2.5px solid {OTHERS}"></i>'
    return (
        f'<div class="svarfarver"><span>{dot}<b>{escape(own)}</b></span>'
        f"<span>{square}{escape(other)}</span></div>"
    )


def text_on(colour: str) -> str:
    """Ink or white, whichever has the contrast (WCAG relative luminance)."""
    linear = [(int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if luminance < 0.18 else INK


STYLE = """<style>
  .stMainBlockContainer { padding-top: 4rem; padding-bottom: 2rem; }
  h1, h2, h3 { hyphens: auto; }
  .svarfarver { display: flex; flex-wrap: wrap; gap: 4px 16px; }
  .svarfarver i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; }
  .svarfarver i { border: 1px solid #707070; }
  .st-key-filtre > div { min-width: 150px; }
  .st-key-filtre > div:nth-child(1) { flex-grow: 1.9; }
  .st-key-filtre > div:nth-child(2) { flex-grow: 0.3; min-width: 96px; }
  .st-key-filtre > div:nth-child(4) { flex-grow: 1.5; }
  /* Clearing a filter is choosing its first option; the cross would cost the name its room. */
  .st-key-filtre [role=group] > button:not(:last-child) { display: none; }
  /* A chart's own table shows its drawing data; the figures are in the table under it. */
  [data-testid=stElementToolbarButton]:has([aria-label^="Vis tallene"]) { display: none; }
  [data-testid=stElementToolbarButton]:has([aria-label^="Show data"]) { display: none; }
  [data-testid=stElementToolbarButton]:has([aria-label^="Kopiér"]) { display: none; }
  [data-testid=stCaptionContainer], [data-testid=stCaptionContainer] p { color: #454545; opacity: 1; }
</style>"""


def apply() -> None:
    """What the configuration cannot say: less air above, filters as wide as their contents."""
    st.html(STYLE)


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
