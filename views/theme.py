"""Colours (design note 2.1) and the Altair theme: Danish numbers, dark labels, the shipped font."""

from collections.abc import Sequence
from html import escape

import altair as alt
import streamlit as st

INK, SECONDARY, OTHERS = "#1A1A1A", "#454545", "#707070"
OWN = "#08306B"
NEUTRAL, OUTLINE, GRID = "#DCDCDC", "#707070", "#E6E6E6"
GOOD = ("#08306B", "#4292C6", "#9ECAE1")
BAD = ("#7F2704", "#F16913", "#FDAE6B")
DARK = frozenset({GOOD[0], BAD[0]})
FONT = "IBM Plex Sans"

MONTHS = [
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
]
DAYS = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"]


def answer_colours(options: int) -> list[str]:
    """One colour an option, best first: blues, grey in the middle of an odd number, oranges."""
    half = options // 2
    return [*GOOD[:half], *([NEUTRAL] if options % 2 else []), *reversed(BAD[:half])]


def legend(options: Sequence[str]) -> str:
    """Colours and answers as HTML: unlike a chart's own legend it folds on a narrow screen."""
    colours = answer_colours(len(options))
    entries = [
        f'<span><i style="background:{colour}"></i>{escape(option)}</span>'
        for option, colour in zip(options, colours, strict=True)
    ]
    return f'<div class="svarfarver">{"".join(entries)}</div>'


def text_on(colour: str) -> str:
    """Ink or white, whichever has the contrast."""
    return "#FFFFFF" if colour in DARK else INK


STYLE = """<style>
  .stMainBlockContainer { padding-top: 4rem; padding-bottom: 2rem; }
  h1, h2, h3 { hyphens: auto; }
  .svarfarver { display: flex; flex-wrap: wrap; gap: 4px 16px; }
  .svarfarver i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; }
  .svarfarver i { border: 1px solid #707070; }
  .st-key-filtre > div { min-width: 150px; }
  .st-key-filtre > div:nth-child(1) { flex-grow: 1.9; }
  .st-key-filtre > div:nth-child(4) { flex-grow: 1.5; }
  [data-testid=stCaptionContainer], [data-testid=stCaptionContainer] p { color: #454545; opacity: 1; }
  .st-key-filtre > div:nth-child(2) { flex-grow: 0.3; min-width: 96px; }
</style>"""


def apply() -> None:
    """What the configuration cannot say: less air above, filters as wide as their contents."""
    st.html(STYLE)


@alt.theme.register("praktikdata", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    label = {"labelColor": INK, "titleColor": INK, "labelFontSize": 14, "titleFontSize": 14}
    number = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."]}
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
    return alt.theme.ThemeConfig(
        {
            "config": {
                "font": FONT,
                "background": "#FFFFFF",
                "locale": {"number": number, "time": time},
                "axis": {**label, "labelFont": FONT, "gridColor": GRID, "domain": False, "ticks": False},
                "legend": {**label, "labelFont": FONT, "symbolType": "square", "symbolSize": 140},
                "text": {"font": FONT, "fontSize": 14, "color": INK},
                "view": {"stroke": None},
                # Vega reads marks aloud with English field names; the chart has a Danish text and a table.
                "mark": {"aria": False},
            }
        }
    )
