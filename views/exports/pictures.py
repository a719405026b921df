"""Charts -> pictures ready to paste: title, selection and source stand in the picture itself."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

import altair as alt

from indicators.grounds import Participation
from views import theme
from views.exports.legends import Entry, legend
from views.exports.sections import Section
from views.grounds.country import ATTRIBUTION, OUTLINES
from views.sheets import clean

FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
"""On the reader's machine, or as wide."""
WIDTH, MARGIN, CHART_WIDTH = 1000, 24, 952
TITLE, TEXT, SMALL = 24, 15, 13
LETTER = 0.5
"""The width of a letter, in parts of its height."""
SHARPNESS = 2
MAP = Path(__file__).parents[2] / "static" / "map" / "municipalities.json"
SAMPLE = "EKSEMPELDATA: svarene er opdigtede."
Part = tuple[str, float]
"""A part of the picture with its height."""
_OPENING = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


def png(section: Section) -> bytes:
    """For documents and slides."""
    import vl_convert

    return vl_convert.svg_to_png(svg_text(section), scale=SHARPNESS)


def svg(section: Section) -> bytes:
    """For those who want to change it, or print it large."""
    return svg_text(section).encode()


def chart_png(section: Section) -> bytes:
    """The charts with their legend alone, for a slide that says the rest itself."""
    import vl_convert

    return vl_convert.svg_to_png(_below_each_other(section, _charts(section)), scale=SHARPNESS)


def svg_text(section: Section) -> str:
    """Title, selection, legend, charts and source."""
    return _below_each_other(section, _parts(section))


def _below_each_other(section: Section, parts: Iterable[Part]) -> str:
    said = clean(section.title)
    body, height = [], MARGIN
    for part, tall in parts:
        body.append(f'<g transform="translate(0,{height:.0f})">{part}</g>')
        height += tall
    size = f'width="{WIDTH}" height="{height + MARGIN:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} '
        f'viewBox="0 0 {WIDTH} {height + MARGIN:.0f}" role="img" lang="da" font-family="{FONT}">'
        f"<title>{escape(said)}</title><desc>{escape(clean(section.about))}</desc>"
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>{"".join(body)}</svg>'
    )


def _parts(section: Section) -> Iterator[Part]:
    yield _words(clean(section.title), TITLE, 'font-weight="700"')
    yield _words(clean(section.about), TEXT)
    if section.report and section.report.origin.is_sample:
        yield _words(SAMPLE, SMALL, f'font-weight="700" fill="{theme.BELOW_MARK}"')
    yield from _charts(section)
    map_of = f". {ATTRIBUTION}" if isinstance(section.report, Participation) else ""
    yield _words(f"Kilde: {clean(section.note)}{map_of}", SMALL)


def _charts(section: Section) -> Iterator[Part]:
    specs = [_spec(chart) for chart in section.drawn]
    if entries := legend(section.report, specs):
        yield _entries(entries)
    yield from map(_chart, specs)


def _words(text: str, size: int, more: str = "") -> Part:
    lines = textwrap.wrap(text, int(CHART_WIDTH / (LETTER * size))) or [""]
    step = size * 1.35
    spans = [
        f'<text x="{MARGIN}" y="{size + at * step:.0f}" font-size="{size}" {more}>{escape(line)}</text>'
        for at, line in enumerate(lines)
    ]
    return "".join(spans), len(lines) * step + 6


def _entries(entries: Sequence[Entry]) -> Part:
    """Beside each other, as many as there is room for in a line."""
    x, y, drawn = MARGIN, 18, []
    for entry in entries:
        wide = 18 + 14 * LETTER * len(entry.text) + 22
        if x + wide > WIDTH - MARGIN and drawn:
            x, y = MARGIN, y + 22
        drawn.append(entry.svg(x, y))
        x += wide
    return "".join(drawn), y + 16


def _spec(chart: alt.LayerChart | alt.Chart) -> dict:
    fitted = alt.AutoSizeParams(type="fit-x", contains="padding")
    return _at_hand(chart.properties(width=CHART_WIDTH, autosize=fitted).to_dict())


def _chart(spec: dict) -> Part:
    import vl_convert

    text = json.dumps(spec, ensure_ascii=False).replace(f'"{theme.FONT}"', json.dumps(FONT))
    drawn = vl_convert.vegalite_to_svg(text, allowed_base_urls=[])
    _, tall = map(float, _OPENING.search(drawn).groups())
    inner = drawn[drawn.index("<svg") :].replace("<svg ", f'<svg x="{MARGIN}" y="0" ', 1)
    return inner, tall + 12


def _at_hand(spec: object) -> object:
    """The same chart with the outlines of the map in it: nothing is fetched."""
    if isinstance(spec, dict):
        if spec.get("url") == OUTLINES:
            outlines = json.loads(MAP.read_text(encoding="utf-8"))
            return {**{key: value for key, value in spec.items() if key != "url"}, "values": outlines}
        return {key: _at_hand(value) for key, value in spec.items()}
    return [_at_hand(value) for value in spec] if isinstance(spec, list) else spec
