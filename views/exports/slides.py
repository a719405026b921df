"""Headlines with a chart or a table -> PowerPoint, for those who must bring slides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil

import pandas as pd
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.util import Emu, Inches, Pt

from indicators.danish import day, number, percent
from views.exports import pictures
from views.exports.sections import Section
from views.sheets import TITLE, plain

WIDTH, HEIGHT, MARGIN = Inches(13.333), Inches(7.5), Inches(0.6)
TOP, BOTTOM = Inches(1.75), Inches(6.85)
MOST_COLUMNS = 8
LINE, LETTERS, PADDING = Inches(0.2), 135, 0.6
"""Of the table: the height of a line, letters across the slide, and a row's air in lines."""
LONGEST_TITLE, LONG = 255, 100
TITLE_ONLY, TITLE_SLIDE = 5, 0
"""Layouts of the library's own template."""
INK, DARK = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x08, 0x30, 0x6B)


@dataclass(frozen=True)
class Slide:
    """One message: its headline over the section's charts, or over its table where there are none."""

    headline: str
    section: Section


def presentation(slides: Sequence[Slide], title: str = "", about: str = "") -> bytes:
    """The slides behind a first one that says what they are about."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _about_itself(deck, title or slides[0].headline)
    _first(deck, title or slides[0].headline, about or slides[0].section.about)
    drawn = [one for one in slides if one.section.charts]
    pictures_of = dict(zip(map(id, drawn), pictures.chart_pngs([one.section for one in drawn]), strict=True))
    for one in slides:
        _slide(deck, one, pictures_of.get(id(one)))
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
    _place(page.shapes.title, MARGIN, Inches(2.3), Inches(1.6))
    _write(page.shapes.title.text_frame, title, 36, bold=True)
    _place(page.placeholders[1], MARGIN, Inches(4.1), Inches(1.2))
    _write(page.placeholders[1].text_frame, about, 20)


def _slide(deck: Deck, one: Slide, drawn: bytes | None) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _place(page.shapes.title, MARGIN, Inches(0.35), Inches(1.0))
    _write(page.shapes.title.text_frame, one.headline, 28, bold=True)
    _text(page, one.section.about, Inches(1.3), 16 if len(one.section.about) < LONG else 13)
    if drawn:
        _picture(page, one, drawn)
    else:
        _table(page, one.section.frame)
    sample = one.section.report and one.section.report.origin.is_sample
    source = [f"Kilde: {one.section.note}"] if one.section.note else []
    _text(page, " · ".join([*source, *([pictures.SAMPLE] if sample else [])]), Inches(6.95), 12)


def _place(shape, left: int, top: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, WIDTH - 2 * MARGIN, height


def _write(frame, text: str, size: int, bold: bool = False) -> None:
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = plain(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Arial"
    run.font.color.rgb = INK
    run.font.language_id = MSO_LANGUAGE_ID.DANISH
    paragraph.alignment = PP_ALIGN.LEFT


def _text(page: Page, text: str, top: int, size: int) -> None:
    box = page.shapes.add_textbox(MARGIN, top, WIDTH - 2 * MARGIN, Inches(0.4))
    _write(box.text_frame, text, size)


def _picture(page: Page, one: Slide, content: bytes) -> None:
    """As large as there is room for, with its words for those who do not see it."""
    picture = page.shapes.add_picture(BytesIO(content), MARGIN, TOP)
    scale = min((WIDTH - 2 * MARGIN) / picture.width, (BOTTOM - TOP) / picture.height)
    picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
    picture.left = Emu((WIDTH - picture.width) // 2)
    properties = picture._element._nvXxPr.cNvPr  # there is no public way to give a picture its text
    properties.set("descr", plain(f"{one.headline}. {one.section.about}"))
    properties.set("name", "Figur")


def _table(page: Page, frame: pd.DataFrame) -> None:
    """As many rows as there is room for, and the first columns with the last, which says why one is empty."""
    columns = [*frame.columns[: MOST_COLUMNS - 1], frame.columns[-1]][: len(frame.columns)]
    texts = [[str(one) for one in columns], *(list(map(_said, row)) for row in frame[columns].to_numpy())]
    widths = _widths(texts)
    rows = texts[: _fitting(texts, widths)]
    shape = page.shapes.add_table(len(rows), len(columns), MARGIN, TOP, WIDTH - 2 * MARGIN, Inches(0.3))
    shape.name = "Tabel"
    for at, width in enumerate(widths):
        shape.table.columns[at].width = Emu(int((WIDTH - 2 * MARGIN) * width))
    for at, row in enumerate(rows):
        for column, said in enumerate(row):
            _cell(shape.table.cell(at, column), said, bold=at == 0)
    if len(rows) < len(texts):
        _text(page, _left_out(len(texts) - len(rows)), BOTTOM - Inches(0.2), 12)


def _left_out(rows: int) -> str:
    many = "1 række" if rows == 1 else f"{number(rows)} rækker"
    return f"{many} mere står i regnearket."


def _widths(texts: Sequence[Sequence[str]]) -> list[float]:
    """Parts of the whole width, by the longest texts."""
    longest = [min(40, max(11, *map(len, column))) for column in zip(*texts, strict=True)]
    return [one / sum(longest) for one in longest]


def _fitting(texts: Sequence[Sequence[str]], widths: Sequence[float]) -> int:
    """How many rows there is room for."""
    room = (BOTTOM - Inches(0.3) - TOP) / LINE
    for at, row in enumerate(texts):
        lines = (ceil(len(said) / (LETTERS * width)) for said, width in zip(row, widths, strict=True))
        room -= max(1, *lines) + PADDING
        if room < 0:
            return at
    return len(texts)


def _cell(cell, text: str, bold: bool = False) -> None:
    _write(cell.text_frame, text, 12, bold)
    if bold:
        cell.fill.solid()
        cell.fill.fore_color.rgb = DARK
        cell.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, float):
        return percent(value)
    return day(value) if isinstance(value, date) else number(value)
