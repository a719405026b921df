"""Our own HTML, tables and rows of small pictures, read back so that files can be made of what is shown."""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement, fragment_fromstring

from views.documents.sheets import plain

SVG = "data:image/svg+xml;base64,"
OWN_LINE, WORDS = ("small", "div", "p"), ("p", "h2", "li", "div", "section")
APART, LEGEND = ("small", "span"), "svarfarver"
MARKED = {"li": "\N{BULLET} {}", "h2": "{}:"}
"""Entries of lists and headings, where there is no other look than the words."""


@dataclass(frozen=True)
class Piece:
    """Words of one look, or a small picture; `kind` are the classes of what it stands in."""

    text: str = ""
    bold: bool = False
    small: bool = False
    kind: str = ""
    picture: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class HtmlCell:
    """What stands in a cell, line by line; a heading may stand on end."""

    lines: tuple[Line, ...]
    kind: str = ""
    on_end: bool = False

    @property
    def text(self) -> str:
        """In words alone, without what is said in a picture."""
        return " ".join("".join(piece.text for piece in line).strip() for line in self.lines).strip()


@dataclass(frozen=True)
class HtmlTable:
    """Headings, and rows of as many cells; the chosen row by its class."""

    headings: tuple[HtmlCell, ...]
    rows: tuple[tuple[HtmlCell, ...], ...]


@dataclass(frozen=True)
class Captioned:
    """A small picture under its name."""

    name: str
    picture: str


@dataclass(frozen=True)
class HtmlParts:
    """What there is in a piece of HTML: tables, small pictures, and else words by the paragraph."""

    tables: Sequence[HtmlTable] = ()
    pictures: Sequence[Captioned] = ()
    words: Sequence[str] = ()


def read(html: str) -> HtmlParts:
    """The parts of it; legends and styles are none."""
    root = fragment_fromstring(plain(html), create_parent="div")
    return HtmlParts(
        tuple(_table(one) for one in root.iter("table")),
        tuple(
            Captioned(one.find("figcaption").text_content(), _picture(one.find("img")))
            for one in root.iter("figure")
        ),
        tuple(_words(root)),
    )


def _table(element: HtmlElement) -> HtmlTable:
    rows = [tuple(_cell(one, row.get("class", "")) for one in row) for row in element.iter("tr")]
    return HtmlTable(rows[0], tuple(rows[1:]))


def _cell(element: HtmlElement, around: str) -> HtmlCell:
    place = element.getparent().getparent().tag
    kinds = [*around.split(), *element.get("class", "").split(), place]
    on_end = place == "thead" and element.find("span") is not None
    bold = (place != "tbody" and not on_end) or "valgt" in kinds
    return HtmlCell(tuple(_lines(element, Piece(bold=bold))), " ".join(kinds), on_end)


def _lines(element: HtmlElement, look: Piece) -> Iterator[Line]:
    line: list[Piece] = []
    for piece in _pieces(element, look):
        if piece is not None:
            line.append(piece)
        elif line:
            yield tuple(line)
            line = []
    if line:
        yield tuple(line)


def _pieces(element: HtmlElement, look: Piece) -> Iterator[Piece | None]:
    """Its words and pictures; None where a line ends."""
    own = replace(
        look,
        bold=look.bold or element.tag == "b",
        small=look.small or element.tag == "small",
        kind=f"{look.kind} {element.get('class', '')}".strip(),
    )
    breaks = element.tag in OWN_LINE and "par" not in own.kind.split()
    if breaks:
        yield None
    if element.tag == "img":
        yield replace(own, picture=_picture(element))
    if element.text:
        yield replace(own, text=element.text)
    for child in element:
        yield from _pieces(child, own)
        if child.tail:
            yield replace(own, text=child.tail)
    if breaks:
        yield None


def _picture(element: HtmlElement) -> str:
    return b64decode(element.get("src").removeprefix(SVG)).decode()


def _words(root: HtmlElement) -> Iterator[str]:
    """Paragraphs, headings and entries of lists, in their order; what stands in a table is not among them."""
    for one in root.iter(*WORDS):
        within = any(inner.tag in (*WORDS, "table") for inner in one.iterdescendants())
        around = any(
            outer.tag in ("table", "figure") or outer.get("class") == LEGEND
            for outer in (one, *one.iterancestors())
        )
        if not within and not around and (said := " ".join(_joined(one).split()).strip(" ·")):
            yield MARKED.get(one.tag, "{}").format(said)


def _joined(element: HtmlElement) -> str:
    """Its words; what stands apart on the screen is kept apart by a sign."""
    found = element.text or ""
    for child in element:
        apart = " · " if child.tag in APART else ""
        found += f"{apart}{_joined(child)}{child.tail or ''}"
    return found
