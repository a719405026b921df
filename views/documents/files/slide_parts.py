"""What stands on a slide: texts, a picture with its words, a table, lines of words, notes."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from math import ceil
from textwrap import wrap

import pandas as pd
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide as Page
from pptx.util import Emu, Inches, Pt

from indicators.danish import day, decimal, number, percent
from indicators.figure import Share
from views.documents.sheets import plain
from views.foundation import frames

WIDTH = Inches(13.333)
HEIGHT = Inches(7.5)
MARGIN = Inches(0.6)
ACROSS = WIDTH - 2 * MARGIN
TOP, BOTTOM = Inches(1.85), Inches(6.85)
MOST_COLUMNS = 8
CELL_SIZE = 12
WORD_SIZE = 20
BELOW_SIZE = 14
LETTERS = {CELL_SIZE: 135, WORD_SIZE: 82, BELOW_SIZE: 116}
"""Across the slide, by the size of the letters."""
LINE = Inches(0.2)
PADDING = 0.6
BESIDE = 3
"""Of the table: the height of a line, a row's air in lines, and a cell's air in letters."""
WORD_LINE, BELOW_LINE = Inches(0.36), Inches(0.26)
INK, DARK = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x08, 0x30, 0x6B)


def place(shape, left: int, top: int, height: int) -> None:
    """As wide as the slide."""
    shape.left, shape.top, shape.width, shape.height = left, top, ACROSS, height


def write(frame, text: str, size: int, bold: bool = False) -> None:
    """The first paragraph of a frame."""
    frame.word_wrap = True
    _run(frame.paragraphs[0], text, size, bold)


def _run(paragraph, text: str, size: int, bold: bool) -> None:
    run = paragraph.add_run()
    run.text = plain(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Arial"
    run.font.color.rgb = INK
    run.font.language_id = MSO_LANGUAGE_ID.DANISH
    paragraph.alignment = PP_ALIGN.LEFT


def text(page: Page, said: str, top: int, size: int) -> None:
    """A line of its own."""
    box = page.shapes.add_textbox(MARGIN, top, ACROSS, Inches(0.4))
    write(box.text_frame, said, size)


def lines(page: Page, said: Sequence[str], top: int, size: int) -> None:
    """Paragraphs under each other in one box."""
    box = page.shapes.add_textbox(MARGIN, top, ACROSS, Inches(0.4))
    frame = box.text_frame
    write(frame, said[0], size)
    for one in said[1:]:
        _run(frame.add_paragraph(), one, size, False)
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(size / 3)


def height_below(said: Sequence[str]) -> int:
    """What lines take at the foot of a slide."""
    return sum(map(_lines_of, said)) * BELOW_LINE + (Inches(0.15) if said else 0)


def _lines_of(said: str, size: int = BELOW_SIZE) -> int:
    return sum(max(1, ceil(len(one) / LETTERS[size])) for one in said.split("\n"))


def fitting_words(said: Sequence[str], room: int) -> int:
    """How many paragraphs there is room for, at least one."""
    left = room / WORD_LINE
    for at, one in enumerate(said):
        left -= _lines_of(one, WORD_SIZE) + 0.35
        if left < 0:
            return max(1, at)
    return len(said)


def picture(page: Page, content: bytes, says: str, bottom: int) -> None:
    """As large as there is room for, with its words for those who do not see it."""
    shape = page.shapes.add_picture(BytesIO(content), MARGIN, TOP)
    scale = min(ACROSS / shape.width, (bottom - TOP) / shape.height)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape.left = Emu((WIDTH - shape.width) // 2)
    properties = shape._element._nvXxPr.cNvPr  # there is no public way to give a picture its text
    properties.set("descr", plain(says))
    properties.set("name", "Figur")


def cells(frame: pd.DataFrame) -> list[list[str]]:
    """The first columns and the last, which says why a cell is empty, below their headings; as words."""
    columns = [*frame.columns[: MOST_COLUMNS - 1], frame.columns[-1]][: len(frame.columns)]
    return [
        [str(column) for column in columns],
        *(list(map(_said, row)) for row in frames.rows(frame[columns])),
    ]


def fitting_rows(texts: Sequence[Sequence[str]], widths: Sequence[float], bottom: int) -> int:
    """How many of the rows there is room for below the first one, the heading; at least one."""
    room = (bottom - TOP) / LINE
    letters = [max(1, int(LETTERS[CELL_SIZE] * width) - BESIDE) for width in widths]
    for at, row in enumerate(texts):
        lines_of = (len(wrap(said, most)) for said, most in zip(row, letters, strict=True))
        room -= max(1, *lines_of) + PADDING
        if room < 0:
            return max(1, at - 1)
    return len(texts) - 1


def table(page: Page, texts: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """The heading and the rows; widths are parts of the whole."""
    shape = page.shapes.add_table(len(texts), len(texts[0]), MARGIN, TOP, ACROSS, Inches(0.3))
    shape.name = "Tabel"
    for at, width in enumerate(widths):
        shape.table.columns[at].width = Emu(int(ACROSS * width))
    for at, row in enumerate(texts):
        for column, said in enumerate(row):
            cell, is_heading = shape.table.cell(at, column), at == 0
            write(cell.text_frame, said, CELL_SIZE, is_heading)
            if is_heading:
                cell.fill.solid()
                cell.fill.fore_color.rgb = DARK
                cell.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def widths_of(texts: Sequence[Sequence[str]]) -> list[float]:
    """Parts of the whole width: the longest word has room, and what is left is for the longest texts."""
    columns = list(zip(*texts, strict=True))
    least = [
        BESIDE + max(len(word) for text in column for word in (text.split() or [""])) for column in columns
    ]
    longest = [BESIDE + min(40, max(map(len, column))) for column in columns]
    wanted = [max(0, most - word) for word, most in zip(least, longest, strict=True)]
    left = max(0, LETTERS[CELL_SIZE] - sum(least)) / (sum(wanted) or 1)
    shared = [word + left * more for word, more in zip(least, wanted, strict=True)]
    return [one / sum(shared) for one in shared]


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, Share):
        return percent(value)
    if isinstance(value, float):
        return decimal(value)
    return day(value) if isinstance(value, date) else number(value)
