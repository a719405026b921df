"""Charts -> pictures ready to paste: title, selection and source stand in the picture itself."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import altair as alt

from views.documents.legends import LegendEntry, of_charts
from views.documents.pictures import drawing_process, html_drawing
from views.documents.sections import Section
from views.documents.sheets import plain
from views.foundation import theme

FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
"""On the reader's machine, or as wide."""
WIDTH = 1000
MARGIN = 24
CHART_WIDTH = 952
TITLE = 24
TEXT = 15
SMALL = 13
LETTER = 0.5
"""The width of a letter, in parts of its height."""
SHARPNESS = 2
STATIC, SERVED_AS = Path(__file__).parents[3] / "static", "app/static/"
"""Where the files are that a chart has its browser fetch, and what they are called there."""
SAMPLE = "EKSEMPELDATA: svarene er opdigtede."


class PicturePart(NamedTuple):
    """A part of the picture, and what it takes."""

    svg: str
    height: float
    width: float = WIDTH


_ESCAPED = re.compile(r"\\u(?:00(?:0[0-8bcef]|1[0-9a-f])|fff[ef])")
"""The same signs in the texts that a chart's expressions hold."""
_OPENING = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


def png(section: Section) -> bytes:
    """For documents and slides."""
    return drawing_process.pictures([svg_text(section)], SHARPNESS)[0]


def svg(section: Section) -> bytes:
    """For those who want to change it, or print it large."""
    return svg_text(section).encode()


def chart_pngs(sections: Sequence[Section]) -> list[bytes]:
    """The charts with their legends alone, for slides that say the rest themselves."""
    return drawing_process.pictures(
        [_below_each_other(one, parts) for one, parts in _charts(sections)], SHARPNESS
    )


def svg_text(section: Section) -> str:
    """Title, selection, legend, charts and source."""
    ((_, parts),) = _charts([section])
    source = _words(f"Kilde: {'. '.join(filter(None, (plain(section.note), section.credit)))}", SMALL)
    return _below_each_other(section, (*_above(section), *parts, source))


def _below_each_other(section: Section, parts: Iterable[PicturePart]) -> str:
    body, height, width = [], MARGIN, WIDTH
    for part in parts:
        body.append(f'<g transform="translate(0,{height:.0f})">{part.svg}</g>')
        height, width = height + part.height, max(width, part.width)
    size = f'width="{width:.0f}" height="{height + MARGIN:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} '
        f'viewBox="0 0 {width:.0f} {height + MARGIN:.0f}" role="img" lang="da" font-family="{FONT}">'
        f"<title>{escape(plain(section.title))}</title><desc>{escape(plain(section.about))}</desc>"
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>{"".join(body)}</svg>'
    )


def _above(section: Section) -> Iterator[PicturePart]:
    yield _words(plain(section.title), TITLE, 'font-weight="700"')
    yield _words(plain(section.about), TEXT)
    if section.report and section.report.origin.is_sample:
        yield _words(SAMPLE, SMALL, f'font-weight="700" fill="{theme.WARNING}"')
    in_html = all(shown.is_html for shown in section.pictures)  # which says itself what it measures
    if section.measure and not in_html:
        yield _words(plain(section.measure), TEXT)


def _charts(sections: Sequence[Section]) -> Iterator[tuple[Section, list[PicturePart]]]:
    """Each with its legend and its drawings; those that are charts are drawn all at once."""
    charts = [shown for some in sections for shown in some.pictures if not shown.is_html]
    specs = {id(shown): _spec(shown.drawn()) for shown in charts}
    svgs = dict(zip(specs, drawing_process.charts(list(specs.values())), strict=True))
    for some in sections:
        named = of_charts([specs[id(shown)] for shown in some.pictures if not shown.is_html])
        entries = tuple(dict.fromkeys((*named, *some.legend)))
        placed = [
            _placed(html_drawing.drawn(shown.drawn(), shown.says) if shown.is_html else svgs[id(shown)])
            for shown in some.pictures
        ]
        yield some, [*([_entries(entries)] if entries else []), *placed]


def _words(text: str, size: int, more: str = "") -> PicturePart:
    lines = textwrap.wrap(text, int(CHART_WIDTH / (LETTER * size))) or [""]
    step = size * 1.35
    spans = [
        f'<text x="{MARGIN}" y="{size + at * step:.0f}" font-size="{size}" {more}>{escape(line)}</text>'
        for at, line in enumerate(lines)
    ]
    return PicturePart("".join(spans), len(lines) * step + 6)


def _entries(entries: Sequence[LegendEntry]) -> PicturePart:
    """Beside each other, as many as there is room for in a line."""
    x, y, drawn = MARGIN, 18, []
    for entry in entries:
        wide = 18 + 14 * LETTER * len(entry.text) + 22
        if x + wide > WIDTH - MARGIN and drawn:
            x, y = MARGIN, y + 22
        drawn.append(entry.svg(x, y))
        x += wide
    return PicturePart("".join(drawn), y + 16)


def _spec(chart: alt.LayerChart | dict) -> dict:
    spec = chart if isinstance(chart, dict) else chart.to_dict()
    return _at_hand({**spec, "width": CHART_WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}})


def _placed(drawn: str) -> PicturePart:
    wide, tall = map(float, _OPENING.search(drawn).groups())
    inner = drawn[drawn.index("<svg") :].replace("<svg ", f'<svg x="{MARGIN}" y="0" ', 1)
    return PicturePart(inner.replace(theme.FONT, FONT), tall + 12, wide + 2 * MARGIN)


def _at_hand(spec: object) -> object:
    """The same chart in the file's typeface, with what it would fetch in it, and no sign that svg forbids."""
    if isinstance(spec, dict):
        if (url := str(spec.get("url", ""))).startswith(SERVED_AS):
            values = json.loads((STATIC / url.removeprefix(SERVED_AS)).read_text(encoding="utf-8"))
            spec = {**{key: value for key, value in spec.items() if key != "url"}, "values": values}
        return {plain(key): _at_hand(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [_at_hand(value) for value in spec]
    if isinstance(spec, str):
        return FONT if spec == theme.FONT else _ESCAPED.sub("", plain(spec))
    return spec
