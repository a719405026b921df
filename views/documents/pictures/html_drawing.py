"""Figures that are HTML on the screen as drawings, so that they can be taken home as pictures too.

They are drawn of the very HTML that is shown: what is hidden there is hidden here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from views.documents.pictures import drawn_words as words
from views.documents.pictures.html_parts import Captioned, HtmlCell, HtmlTable, Line, Piece, read
from views.documents.sheets import plain
from views.foundation import marks, theme

ROOM = 952
"""Pixels across. A picture that needs more is larger; nothing is left out."""
GAP = 18
AIR = 6
MOST_STRETCHED = 48
"""Between columns, above and below the words of a cell, and what a column gets of spare room."""
LONGEST_ON_END = 220
IN_A_ROW, PANEL_GAP = 3, 24
RECT = '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" {}/>'
GROUNDS = {
    "felt-vist": f'fill="{theme.SHOWN}"',
    "felt-usikker": f'fill="#FFFFFF" stroke="{theme.UNCERTAIN}" stroke-width="2"',
    "felt-skjult": 'fill="#FFFFFF" stroke="#C6C6C6"',
    "felt-ingen": f'fill="{theme.FAINT}"',
    "valgt": f'fill="{theme.HIGHLIGHT}"',
}
"""Behind a cell, by the class that says what it is; what it says stands in it too."""
HATCHED, BETWEEN_STROKES = "felt-skjult", 7


class DrawnPart(NamedTuple):
    """A drawing that begins in 0, 0."""

    svg: str
    width: float
    height: float


class Box(NamedTuple):
    """Where a cell stands."""

    left: float
    top: float
    width: float
    height: float


def drawn(html: str, says: str = "") -> str:
    """The tables and the small pictures of it as svg, below a line of what they say."""
    found = read(html)
    parts = [*_sentence(says), *map(_table, found.tables), *_panels(found.pictures)]
    tops = list(accumulate((part.height for part in parts), initial=0))
    shapes = [
        f'<g transform="translate(0,{top:.1f})">{part.svg}</g>'
        for top, part in zip(tops, parts, strict=False)
    ]
    wide = max(ROOM, *(part.width for part in parts))
    return marks.svg(round(wide), round(tops[-1] + 2), "".join(shapes))


def _sentence(says: str) -> Iterator[DrawnPart]:
    if says:
        lines = words.wrapped(HtmlCell(((Piece(plain(says)),),)), ROOM)
        yield DrawnPart("".join(words.drawn(lines, 0)), ROOM, words.height(lines) + 2 * AIR)


@dataclass(frozen=True)
class _Row:
    """Cells in their lines, and the height they take."""

    cells: Sequence[HtmlCell]
    lines: Sequence[Sequence[Line]]
    height: float


def _table(table: HtmlTable) -> DrawnPart:
    widths = _widths(table)
    rows = [_row(cells, widths) for cells in (table.headings, *table.rows)]
    tops = list(accumulate((row.height for row in rows), initial=0))
    lefts = list(accumulate((width + GAP for width in widths), initial=0))
    wide = lefts[-1] - GAP
    shapes: list[str] = []
    for row, top in zip(rows, tops, strict=False):
        for cell, lines, left, width in zip(row.cells, row.lines, lefts, widths, strict=False):
            shapes += _cell(cell, lines, Box(left, top, width, row.height))
        colour = theme.OUTLINE if row is rows[0] else theme.NEUTRAL
        shapes.append(f'<path d="M0 {top + row.height:.1f}H{wide:.1f}" stroke="{colour}"/>')
    return DrawnPart("".join(shapes), wide + GAP / 2, tops[-1])


def _widths(table: HtmlTable) -> list[float]:
    """As wide as what stands in them; where that is too much, texts are wrapped, but no word is broken."""
    columns = list(zip(table.headings, *table.rows, strict=True))
    least = [max(map(_least, column)) for column in columns]
    wanted = [
        max(most, *(words.widest(cell) for cell in column[1:]), 0)
        for most, column in zip(least, columns, strict=True)
    ]
    room = ROOM - GAP * (len(columns) - 1)
    spare = room - sum(wanted)
    if spare >= 0:
        return [one + min(MOST_STRETCHED, spare / len(columns)) for one in wanted]
    more = [most - one for one, most in zip(least, wanted, strict=True)]
    share = max(0, room - sum(least)) / (sum(more) or 1)
    return [one + extra * share for one, extra in zip(least, more, strict=True)]


def _least(cell: HtmlCell) -> float:
    if not cell.on_end:
        return words.least(cell)
    return words.height(words.wrapped(cell, LONGEST_ON_END))


def _row(cells: Sequence[HtmlCell], widths: Sequence[float]) -> _Row:
    lines = [
        words.wrapped(cell, LONGEST_ON_END if cell.on_end else width)
        for cell, width in zip(cells, widths, strict=True)
    ]
    tall = max(map(_height, cells, lines)) + 2 * AIR
    return _Row(cells, lines, tall)


def _height(cell: HtmlCell, lines: Sequence[Line]) -> float:
    if cell.on_end:
        return max((words.widest(HtmlCell((line,))) for line in lines), default=0)
    return words.height(lines)


def _cell(cell: HtmlCell, lines: Sequence[Line], box: Box) -> Iterator[str]:
    kinds = cell.kind.split()
    yield from _ground(kinds, box)
    if cell.on_end:
        left, bottom = box.left + (box.width - words.height(lines)) / 2, box.top + box.height - AIR
        turned = "".join(words.drawn(lines, 0))
        yield f'<g transform="translate({left:.1f},{bottom:.1f}) rotate(-90)">{turned}</g>'
        return
    x, anchor = _side(kinds, box)
    down = box.height - words.height(lines) - AIR if "thead" in kinds else AIR
    yield f'<g transform="translate(0,{box.top + down:.1f})">{"".join(words.drawn(lines, x, anchor))}</g>'


def _side(kinds: Sequence[str], box: Box) -> tuple[float, str]:
    """Numbers stand under each other, and what is in a field in its middle."""
    if any(kind.startswith("felt-") for kind in kinds) or ("tfoot" in kinds and box.left > 0):
        return box.left + box.width / 2, "middle"
    return (box.left + box.width, "end") if "antal" in kinds else (box.left, "start")


def _ground(kinds: Sequence[str], box: Box) -> Iterator[str]:
    for kind in kinds:
        if kind in GROUNDS:
            field = Box(box.left - GAP / 2 + 1.5, box.top + 1.5, box.width + GAP - 3, box.height - 3)
            yield RECT.format(*field, GROUNDS[kind])
            if kind == HATCHED:
                yield f'<path d="{_strokes(field)}" stroke="#C6C6C6" fill="none"/>'


def _strokes(field: Box) -> str:
    """Lines across it from lower left to upper right; a pattern would take seconds to draw."""
    across, down = field.width, field.height
    found = []
    for at in range(BETWEEN_STROKES, int(across + down), BETWEEN_STROKES):
        x, y = field.left + max(0, at - down), field.top + min(at, down)
        length = min(at, down) - max(0, at - across)
        found.append(f"M{x:.1f} {y:.1f}l{length:.1f} {-length:.1f}")
    return "".join(found)


def _panels(found: Sequence[Captioned]) -> Iterator[DrawnPart]:
    """Beside each other, as many as there is room for."""
    wide = (ROOM - PANEL_GAP * (IN_A_ROW - 1)) / IN_A_ROW
    for first in range(0, len(found), IN_A_ROW):
        row = [_panel(one, wide) for one in found[first : first + IN_A_ROW]]
        tall = max(part.height for part in row)
        shapes = [
            f'<g transform="translate({at * (wide + PANEL_GAP):.1f},{tall - part.height:.1f})">{part.svg}</g>'
            for at, part in enumerate(row)
        ]
        yield DrawnPart("".join(shapes), ROOM, tall + PANEL_GAP)


def _panel(captioned: Captioned, wide: float) -> DrawnPart:
    lines = words.wrapped(HtmlCell(((Piece(captioned.name, bold=True),),)), wide)
    top = words.height(lines) + 4
    shapes = [*words.drawn(lines, 0), f'<g transform="translate(0,{top:.1f})">{captioned.picture}</g>']
    return DrawnPart("".join(shapes), wide, top + words.size_of(captioned.picture)[1])
