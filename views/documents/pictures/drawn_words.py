"""Words and small pictures of a table's cell, measured, wrapped to a width and drawn as svg."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from views.documents.pictures.html_parts import HtmlCell, Line, Piece
from views.foundation import theme
from views.foundation.theme import CLEAR_STYLES

WIDE = {"m": 0.83, "w": 0.72, "æ": 0.89, "W": 0.94, "M": 0.83, "%": 0.89, "Æ": 1.0, "—": 1.0, "…": 1.0}
NARROW = {**dict.fromkeys("ijlI'|", 0.25), **dict.fromkeys("ftr .,:;()-!/·\N{NO-BREAK SPACE}", 0.31)}
OTHERS = 0.556
CAPITALS = 0.70
BOLD = 1.07
"""How wide letters are in Arial, in parts of their height."""
SIZE, SMALL = 14, 12
BETWEEN_LINES = 1.35
BESIDE = 6
"""Between a small picture and the words after it."""
BEHIND = {style.css_class: style.cell for style in CLEAR_STYLES.values()}
"""The colour behind a clear verdict, which stands there in words."""
ANCHORS = {"end": 1.0, "middle": 0.5, "start": 0.0}
_SIZE_OF = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_WORDS = re.compile(r"[ \n]+|[^ \n]+")


def text_width(text: str, size: float, bold: bool = False) -> float:
    """In pixels, as `size` is: near enough to lay out a drawing with nothing at hand to measure it."""
    letters = [WIDE.get(one) or NARROW.get(one) or (CAPITALS if one.isupper() else OTHERS) for one in text]
    return size * sum(letters) * (BOLD if bold else 1)


def wrapped(cell: HtmlCell, room: float) -> list[Line]:
    """Its lines, none wider than the room unless a word alone is."""
    return [line for one in cell.lines for line in _wrapped(one, room)]


def widest(cell: HtmlCell) -> float:
    """What it takes to write it without wrapping."""
    return max((_width(_parted(line)) for line in cell.lines), default=0)


def least(cell: HtmlCell) -> float:
    """What its longest word takes."""
    return max((width_of(word) for line in cell.lines for word in _parted(line)), default=0)


def height(lines: Sequence[Line]) -> float:
    """Of lines under each other."""
    return sum(map(_height, lines))


def _height(line: Line) -> float:
    pictures = [size_of(piece.picture)[1] for piece in line if piece.picture]
    return max(SIZE * BETWEEN_LINES, *pictures, 0)


def width_of(piece: Piece) -> float:
    """In pixels."""
    if piece.picture:
        return size_of(piece.picture)[0] + BESIDE
    return text_width(piece.text, SMALL if piece.small else SIZE, piece.bold)


def size_of(picture: str) -> tuple[float, float]:
    """Width and height of a drawing, which it says itself."""
    across, down = _SIZE_OF.search(picture).groups()
    return float(across), float(down)


def drawn(lines: Sequence[Line], x: float, anchor: str = "start") -> Iterator[str]:
    """From the top 0 downwards, beginning, in the middle or ending at x."""
    bottom = 0.0
    for line in lines:
        tall = _height(line)
        bottom += tall
        base = bottom - (tall - SIZE * 0.7) / 2
        left = x - ANCHORS[anchor] * _width(line)
        runs = [list(run) for _, run in groupby(line, key=lambda piece: bool(piece.picture))]
        alone = len(runs) == 1 and not runs[0][0].picture
        for run in runs:
            yield from _behind(run, left, base)
            if run[0].picture:
                yield from _pictures(run, left, base)
            else:
                yield _text(run, (x, base, anchor) if alone else (left, base, "start"))
            left += _width(run)


def _wrapped(line: Line, room: float) -> Iterator[Line]:
    found: list[Piece] = []
    for word in _parted(line):
        if found and word.text.strip() + word.picture and _width([*found, word]) > room:
            yield _without_end(found)
            found = []
        if found or word.picture or word.text.strip():
            found.append(word)
    if found:
        yield _without_end(found)


def _without_end(line: Sequence[Piece]) -> Line:
    kept = list(line)
    while kept and not (kept[-1].picture or kept[-1].text.strip()):
        kept.pop()
    return tuple(kept)


def _parted(line: Line) -> list[Piece]:
    """Word by word; a verdict stays together."""
    parts: list[Piece] = []
    for piece in line:
        if piece.picture or _colour(piece):
            parts.append(piece)
        else:
            parts += [replace(piece, text=word) for word in _WORDS.findall(piece.text)]
    return parts


def _width(line: Sequence[Piece]) -> float:
    return sum(map(width_of, line))


def _colour(piece: Piece) -> str:
    kinds = piece.kind.split()
    return next((BEHIND[kind] for kind in kinds if kind in BEHIND), "") if "vurdering" in kinds else ""


def _behind(run: Sequence[Piece], left: float, base: float) -> Iterator[str]:
    for piece in run:
        if colour := _colour(piece):
            size = f'width="{width_of(piece) + 8:.1f}" height="18"'
            yield f'<rect x="{left - 4:.1f}" y="{base - 14:.1f}" {size} fill="{colour}"/>'
        left += width_of(piece)


def _pictures(run: Sequence[Piece], left: float, base: float) -> Iterator[str]:
    """In the middle of the letters beside them."""
    for piece in run:
        top = base - SIZE * 0.35 - size_of(piece.picture)[1] / 2
        yield f'<g transform="translate({left:.1f},{top:.1f})">{piece.picture}</g>'
        left += width_of(piece)


def _text(run: Sequence[Piece], at: tuple[float, float, str]) -> str:
    x, y, anchor = at
    spans = []
    for (bold, small), same in groupby(run, key=lambda piece: (piece.bold, piece.small)):
        look = f'font-weight="{700 if bold else 400}" font-size="{SMALL if small else SIZE}"'
        colour = theme.SECONDARY if small else theme.INK
        words = escape("".join(piece.text for piece in same))
        spans.append(f'<tspan {look} fill="{colour}">{words}</tspan>')
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" xml:space="preserve"'
    return f"<text {place}>{''.join(spans)}</text>"
