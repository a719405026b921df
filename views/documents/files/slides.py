"""Headlines with a chart, a table or words -> PowerPoint, for those who must bring slides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from views.documents.files import slide_parts as parts
from views.documents.files.slide_parts import BELOW_SIZE, BOTTOM, HEIGHT, MARGIN, TOP, WIDTH, WORD_SIZE
from views.documents.pictures import picture
from views.documents.sections import Section
from views.documents.sheets import TITLE, plain
from views.foundation import readings

LONGEST_TITLE, LONG = 255, 100
HEADLINE_SIZES = {52: 28, 125: 24, 255: 18}
"""Points by how many letters there are at most."""
MOST_BELOW = Inches(1.2)
MORE_COLUMNS = "Tabellen har flere kolonner; de står i regnearket."
TITLE_ONLY, TITLE_SLIDE = 5, 0
"""Layouts of the library's own template."""


@dataclass(frozen=True)
class Slide:
    """One message: its headline over the section's charts, its table where there are none, else words.

    What stands below is said in the room too, the notes only to whoever presents.
    """

    headline: str
    section: Section
    words: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    notes: str = ""

    @property
    def beneath(self) -> tuple[str, ...]:
        """What stands below, and which of its verdicts the mix of educations explains."""
        return (*self.below, *readings.explained(self.section.report))

    @property
    def is_empty(self) -> bool:
        """Whether it says no more than its headline."""
        return not (self.section.pictures or self.words) and self.section.frame.empty


@dataclass(frozen=True)
class _Page:
    """A slide as it comes out: one that is too long goes on in the next."""

    headline: str
    slide: Slide
    picture: bytes = b""
    table: tuple = ()
    """Its rows, and how wide its columns are."""
    words: tuple[str, ...] = ()


def fits_below(said: Sequence[str]) -> bool:
    """Whether there is room for it below a figure."""
    return parts.height_below(said) <= MOST_BELOW


def presentation(slides: Sequence[Slide], title: str = "", about: str = "") -> bytes:
    """The slides behind a first one that says what they are about."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    title = title or slides[0].headline
    _about_itself(deck, title)
    _first(deck, title, about or (slides[0].section.about if slides else ""))
    drawn = [slide for slide in slides if slide.section.pictures]
    pictures_of = dict(zip(map(id, drawn), picture.chart_pngs([one.section for one in drawn]), strict=True))
    pages = [page for one in slides for page in _pages(one, pictures_of.get(id(one), b""))]
    for page in _numbered(pages):
        _draw(deck, page)
    target = BytesIO()
    deck.save(target)
    return target.getvalue()


def _about_itself(deck: Deck, title: str) -> None:
    """The file tells of nobody."""
    core = deck.core_properties
    core.author = core.last_modified_by = TITLE
    core.title, core.language = plain(title)[:LONGEST_TITLE], "da-DK"
    core.subject = core.keywords = core.comments = ""


def _first(deck: Deck, title: str, about: str) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
    parts.place(page.shapes.title, MARGIN, Inches(2.3), Inches(1.6))
    parts.write(page.shapes.title.text_frame, title, 36, bold=True)
    parts.place(page.placeholders[1], MARGIN, Inches(4.1), Inches(1.2))
    parts.write(page.placeholders[1].text_frame, about, 20)


def _pages(slide: Slide, picture: bytes) -> Iterator[_Page]:
    """As many as it takes to show it whole."""
    whole = _Page(slide.headline, slide, picture)
    if picture:
        yield whole
        return
    found = [*_of_words(whole), *_of_table(whole)]
    yield from found or [whole]


def _of_words(page: _Page) -> Iterator[_Page]:
    words, room = list(page.slide.words), _bottom(page.slide) - TOP
    while words:
        fits = parts.fitting_words(words, room)
        yield replace(page, words=tuple(words[:fits]))
        words = words[fits:]


def _of_table(page: _Page) -> Iterator[_Page]:
    frame = page.slide.section.frame
    if frame.empty:
        return
    if len(frame.columns) > parts.MOST_COLUMNS:
        page = replace(page, slide=replace(page.slide, below=(*page.slide.below, MORE_COLUMNS)))
    heading, *rows = parts.cells(frame)
    widths = parts.widths_of([heading, *rows])
    while rows:
        fits = parts.fitting_rows([heading, *rows], widths, _bottom(page.slide))
        yield replace(page, table=([heading, *rows[:fits]], widths))
        rows = rows[fits:]


def _bottom(slide: Slide) -> int:
    return BOTTOM - parts.height_below(slide.beneath)


def _numbered(pages: Sequence[_Page]) -> Iterator[_Page]:
    """Slides that follow each other under the same headline are told from each other."""
    for headline, some in groupby(pages, key=lambda page: page.headline):
        same = list(some)
        for number, page in enumerate(same, start=1):
            yield replace(page, headline=f"{headline} ({number} af {len(same)})") if same[1:] else page


def _draw(deck: Deck, one: _Page) -> None:
    page, slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY]), one.slide
    section = slide.section
    parts.place(page.shapes.title, MARGIN, Inches(0.3), Inches(1.05))
    size = next((size for most, size in HEADLINE_SIZES.items() if len(one.headline) <= most), 14)
    parts.write(page.shapes.title.text_frame, one.headline, size, bold=True)
    parts.text(page, section.about, Inches(1.35), 16 if len(section.about) < LONG else 13)
    if one.picture:
        parts.picture(page, one.picture, f"{one.headline}. {section.about}", _bottom(slide))
    elif one.table:
        parts.table(page, *one.table)
    elif one.words:
        parts.lines(page, one.words, TOP, WORD_SIZE)
    if slide.beneath:
        parts.lines(page, slide.beneath, _bottom(slide), BELOW_SIZE)
    if said := _source(section):
        parts.text(page, said, Inches(6.95), 12)
    if notes := "\n".join(filter(None, (slide.notes, *readings.remarks(section.report)))):
        page.notes_slide.notes_text_frame.text = plain(notes)


def _source(section: Section) -> str:
    found = [f"Kilde: {section.note}"] if section.note else []
    if section.report and section.report.origin.is_sample:
        found.append(picture.SAMPLE)
    return " · ".join(found)
