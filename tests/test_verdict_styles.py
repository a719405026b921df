"""One verdict, one look: screen, picture, chart and workbook are read back and held up against the one table."""

import ast
import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree, html
from openpyxl import load_workbook

from indicators.figure import NO_ANSWERS, Figure, QuestionRow, Response, Score, State, ThemeRow
from indicators.judgement import Judgement, Verdict
from indicators.overview import UnitColumn
from indicators.ranking import RankingLine
from indicators.report import FigureTable, Origin
from indicators.response import Badge
from indicators.selection import Option, Selection
from tests.made_up import QUESTIONNAIRE, ROSKILDE
from views.documents import legends
from views.documents.files import workbook
from views.documents.pictures import html_drawing
from views.documents.sections import of_report
from views.foundation import blocks, readings, tables, theme
from views.foundation.theme import BADGES, CLEAR_STYLES, VERDICTS, WHITE
from views.subjects.comparison import chart
from views.subjects.comparison import markup as comparison_markup
from views.subjects.distribution.chart import stacked_answers
from views.subjects.distribution.table import answers
from views.subjects.overview.chart import heat_table

ROOT = Path(__file__).parent.parent
UNIT = Option(ROSKILDE, "Roskilde Kommune")
SELECTION = Selection(Option("student", "Studerendes praktikevaluering"), 2025, UNIT)
CLEAR = (Verdict.ABOVE, Verdict.BELOW)
EVERY = pytest.mark.parametrize("verdict", list(Verdict))


def judgement(verdict: Verdict) -> Judgement:
    return Judgement(low=0.3, high=0.7, difference=0.1, verdict=verdict)


def report(*verdicts: Verdict, response: Response | None = None) -> FigureTable:
    """A question a verdict."""
    origin = Origin("Opdigtet", 1, date(2025, 12, 8), "styregruppe", 5, is_sample=True)
    rows = []
    for number, verdict in enumerate(verdicts, start=1):
        figure = Figure(State.SHOWN, 20, 10, 20, (10, 0, 10, 0, 0), 0, None, judgement(verdict))
        asked = QUESTIONNAIRE.questions[0].model_copy(update={"id": f"S{number:02}", "text": f"Nr. {number}"})
        rows.append(QuestionRow(QUESTIONNAIRE.themes[0], asked, QUESTIONNAIRE.scales[0], figure, NO_ANSWERS))
    given = response or Response(State.SHOWN, 20, 40)
    return FigureTable(title="-", selection=SELECTION, origin=origin, response=given, rows=tuple(rows))


@pytest.fixture
def css(monkeypatch) -> str:
    """All that the page is given of styles."""
    sent = []
    monkeypatch.setattr(theme.st, "html", sent.append)
    theme.apply()
    return "".join(sent)


def background(css: str, selector: str) -> str:
    """Of the last rule that gives one; white where none does."""
    colours = [WHITE]
    for selectors, body in re.findall(r"([^{}]*)\{([^{}]*)\}", css):
        if selector in re.split(r"[,\s]+", selectors):
            colours += re.findall(r"background: (#\w+)", body)
    return colours[-1]


def coloured(verdict: Verdict) -> str:
    """What is behind the verdict's words: only clear ones have a colour there."""
    return VERDICTS[verdict].cell if verdict in CLEAR else WHITE


def test_only_clear_verdicts_are_coloured_and_no_two_look_alike():
    assert tuple(CLEAR_STYLES) == CLEAR
    for of in ("css_class", "cell", "mark", "shape", "path"):
        assert len({getattr(style, of) for style in CLEAR_STYLES.values()}) == 2, of


@EVERY
def test_the_screen_paints_a_verdict_as_the_table_says(css, verdict):
    chip = html.fragment_fromstring(readings.chip(verdict))
    own = [one for one in chip.get("class").split() if one != "vurdering"]

    assert background(css, f".vurdering.{''.join(own)}") == coloured(verdict)
    triangles = [b64decode(image.get("src").partition(",")[2]).decode() for image in chip.iter("img")]
    assert [re.findall(r'(?:fill|d)="([^"]*)"', one) for one in triangles] == [
        [VERDICTS[verdict].mark, VERDICTS[verdict].path] for _ in triangles
    ]
    assert len(triangles) == (verdict in CLEAR)
    assert chip.text_content() == verdict


@EVERY
def test_the_picture_of_a_table_paints_it_as_the_screen_does(verdict):
    shown = tables.table(
        [tables.Column("Hvem", ["Roskilde"]), tables.Column("Vurdering", [readings.chip(verdict)])]
    )
    drawn = etree.fromstring(html_drawing.drawn(shown))

    fills = {one.get("fill") for one in drawn.iter("{*}rect")}
    assert fills == ({coloured(verdict)} if verdict in CLEAR else set())


@EVERY
def test_the_workbook_paints_it_as_the_screen_does(verdict):
    about = report(verdict)
    section = of_report(about, "Fordeling", lambda: answers(about.rows, SELECTION))
    book = load_workbook(BytesIO(workbook.written([section])))
    (cell,) = [one for row in book["Fordeling"] for one in row if one.value == verdict]

    assert cell.fill.fgColor.rgb[2:] == (coloured(verdict)[1:] if verdict in CLEAR else "000000")
    assert (cell.fill.fill_type == "solid") is (verdict in CLEAR)


def test_the_charts_draw_it_as_the_table_says():
    bars = stacked_answers(report(*Verdict).rows).to_dict()["datasets"].values()
    marks = {one["said"]: (one["shape"], one["colour"]) for some in bars for one in some if "shape" in one}
    assert marks == {verdict: (VERDICTS[verdict].shape, VERDICTS[verdict].mark) for verdict in CLEAR}

    about = QUESTIONNAIRE.themes[0]
    columns = [
        UnitColumn(Option(one.name, one), {about.id: Score(State.SHOWN, 0.5, 9, 9, True, judgement(one))}, ())
        for one in Verdict
    ]
    row = ThemeRow(about, columns[0].scores[about.id], columns[0].scores[about.id])
    heat = heat_table([row], columns).layer[0].data
    for one in heat.to_dict("records"):
        style = VERDICTS[Verdict(one["said"])]
        assert one["fill"] == style.cell
        assert (one["mark"], one["shape"]) == (
            (style.mark, style.shape) if one["said"] in CLEAR else ("", "")
        )

    for verdict in (*CLEAR, Verdict.ALIKE):
        line = RankingLine(UNIT, report(verdict).rows[0].figure)
        style = VERDICTS[verdict]
        assert chart.shape(line, own=False) == (style.shape, style.mark, style.inside)


def test_the_legends_have_the_signs_of_the_charts():
    for verdict, sign in legends.SIGNS.items():
        drawn = etree.fromstring(sign)
        style = VERDICTS[verdict]
        if verdict in CLEAR:
            assert (drawn.get("d"), drawn.get("fill")) == (style.path, style.mark)
        else:
            assert (drawn.get("stroke"), drawn.get("fill")) == (style.mark, style.inside)
    assert VERDICTS[Verdict.ALIKE].mark in comparison_markup.legend()


@pytest.mark.parametrize("badge", list(Badge))
def test_a_badge_has_its_own_letter_words_and_colours(css, badge):
    shown = blocks.response_html(report(Verdict.ALIKE, response=Response(State.SHOWN, 20, 40, badge)))
    (box,) = [
        one
        for one in html.fragment_fromstring(shown).iter("span")
        if "maerke" in one.get("class", "").split()
    ]

    assert box.text_content() == f"{badge.value} {badge.words}"
    (own,) = [one for one in box.get("class").split() if one != "maerke"]
    assert background(css, f".maerke.{own}") == BADGES[badge].background
    assert f".maerke.{own} {{ background: {BADGES[badge].background}; color: {BADGES[badge].text}; }}" in css


def test_no_two_badges_look_alike():
    for of in ("css_class", "background", "text"):
        assert len({getattr(style, of) for style in BADGES.values()}) == len(Badge), of
    assert len({badge.words for badge in Badge}) == len(Badge)


OF_VERDICTS = {style.cell for style in VERDICTS.values()} | {style.mark for style in CLEAR_STYLES.values()}
OF_BADGES = {BADGES[Badge.CAUTION].background, BADGES[Badge.THIN].background}
OTHER_MEANINGS = {"GOOD", "BAD", "WARNING", "SHOWN"}
"""In the theme: answers from best to worst, what is late and what is not, and fields of a matrix with their like."""


def test_the_colours_of_verdicts_and_badges_stand_in_one_place():
    sought = re.compile("|".join(one.lstrip("#") for one in OF_VERDICTS | OF_BADGES), re.IGNORECASE)
    holders = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "views").rglob("*")
        if path.suffix in (".py", ".js", ".css", ".html") and sought.search(path.read_text(encoding="utf-8"))
    }

    assert holders == {"views/foundation/theme.py"}
    named = set()
    homes = {"VERDICTS", "_NOT_CLEAR", "BADGES"}
    for node in ast.parse((ROOT / "views/foundation/theme.py").read_text(encoding="utf-8")).body:
        if sought.search(ast.unparse(node)):
            assert isinstance(node, ast.Assign), ast.unparse(node)[:80]
            first = node.targets[0]
            named.add((first.elts[0] if isinstance(first, ast.Tuple) else first).id)
    assert named - homes <= OTHER_MEANINGS
