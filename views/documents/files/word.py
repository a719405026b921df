"""Word documents: headings, lists and tables that are real ones, in Danish, and that tell of nobody."""

from collections.abc import Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from views.documents.sheets import ILLEGAL, TITLE

BULLETS, NUMBERED = "List Bullet", "List Number"
FONT = "Arial"
INK = RGBColor(0x1A, 0x1A, 0x1A)
BLUE = RGBColor(0x08, 0x30, 0x6B)
LANGUAGE = "da-DK"
LEAST, MOST = 6, 36
"""How few and how many letters a column counts for when they share the page."""

WIDTH = Cm(21)
HEIGHT = Cm(29.7)
MARGIN = Cm(2)


def new(title: str) -> Word:
    """An upright A4 document under this title."""
    document = Document()
    about = document.core_properties
    about.author = about.last_modified_by = TITLE
    about.title, about.language, about.comments = _clean(title)[:255], LANGUAGE, ""
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    for section in document.sections:
        section.page_width, section.page_height = WIDTH, HEIGHT
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
    for name in ("Normal", "Title", *(f"Heading {level}" for level in (1, 2))):
        _dress(document.styles[name], is_heading=name != "Normal")
    heading(document, title, 0)
    return document


def heading(document: Word, text: str, level: int) -> None:
    """Level 0 is the title of the document."""
    document.add_heading(_clean(text), level)


def line(document: Word, text: str, style: str | None = None) -> None:
    """A paragraph, or an entry of a list, as it was written."""
    document.add_paragraph(_clean(text), style)


def labelled(document: Word, label: str, text: str) -> None:
    """A fact in one line under its label."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(_clean(text))


def table(document: Word, headings: Sequence[str], rows: Sequence[Sequence[str]], points: float = 10) -> None:
    """A table as wide as the page, whose headings are repeated on every page; of letters so large."""
    made = document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
    made.autofit = False
    texts = [_clean(text) for row in (headings, *rows) for text in row]
    widths = _widths(document, headings, rows)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    # The cells are fetched once: each fetch walks the whole table.
    for number, (cell, text) in enumerate(zip(made._cells, texts, strict=True)):
        run = cell.paragraphs[0].add_run(text)
        run.font.size, run.bold = Pt(points), number < len(headings)
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        cell.width = widths[number % len(headings)]
    # There is no call for it: the first row says of itself that it is the heading, and rows stay whole.
    for number, row in enumerate(made.rows):
        for tag in ("w:cantSplit", "w:tblHeader") if number == 0 else ("w:cantSplit",):
            row._tr.get_or_add_trPr().append(OxmlElement(tag))
    document.add_paragraph()


def _widths(document: Word, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The page shared out by what the columns hold: the longest word must fit, long texts get more room."""
    here = document.sections[-1]
    room = here.page_width - here.left_margin - here.right_margin
    columns = list(zip(headings, *rows, strict=True))
    words = [2 + max(LEAST, *(len(word) for text in one for word in text.split()[:MOST])) for one in columns]
    texts = [min(MOST, max(map(len, column))) for column in columns]
    wanted = list(map(max, words, texts))
    return [int(room * share / sum(wanted)) for share in wanted]


def lie_down(document: Word) -> None:
    """The pages from here on are turned, for wide tables."""
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = HEIGHT, WIDTH


def _dress(style: ParagraphStyle, is_heading: bool) -> None:
    """One typeface for all scripts, dark text, and Danish for the spelling check."""
    style.font.name, style.font.color.rgb = FONT, BLUE if is_heading else INK
    if not is_heading:
        style.font.size = Pt(10.5)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), LANGUAGE)


def _clean(text: str) -> str:
    """Without the characters that no XML may hold."""
    return ILLEGAL.sub("", text)
