"""Figures that are HTML on the screen, drawn for those who take them home: all of it, and no more."""

import re
from itertools import pairwise

import pytest
from lxml import etree, html

from data_access.dashboard import store
from indicators.data_quality import Coverage
from indicators.rights import OPERATOR
from indicators.selection import Option, Selection
from tests.exports.conftest import MUNICIPALITIES, ROSKILDE, STUDENTS
from views.documents.pictures import drawn_words, html_drawing, picture
from views.foundation.tables import NUMBERS, WORDS, Column, table
from views.subjects.comparison import markup as ranking_markup
from views.subjects.comparison.report import ranking
from views.subjects.data_quality import matrix
from views.subjects.data_quality.coverage import CoverageMatrix
from views.subjects.data_quality.report import coverage
from views.subjects.profile import markup
from views.subjects.profile.report import profile
from views.subjects.trend import panels
from views.subjects.trend.report import educations

of_the_sample = pytest.mark.usefixtures("sample_environment")
GLADSAXE = Selection(STUDENTS, 2025, Option("kommune:0159", "Gladsaxe Kommune"), question=ROSKILDE.question)


def figures() -> dict[str, str]:
    """Each kind, as it is on the screen."""
    with store.reading(OPERATOR) as session:
        about, level = profile(session, GLADSAXE), MUNICIPALITIES
        return {
            "temaer": markup.themes(about),
            "dele": markup.parts(about, about.themes[-1].row.theme.id),
            "par": markup.pairs(about),
            "tabel": ranking_markup.table(ranking(session, GLADSAXE, level)),
            "matrix": matrix.table(coverage(session, GLADSAXE, level), GLADSAXE),
            "paneler": panels.panels(educations(session, GLADSAXE)),
        }


def words(markup_or_svg: etree._Element, *tags: str) -> list[str]:
    texts = (text for one in markup_or_svg.iter(*tags) for text in one.itertext())
    return sorted(word for text in texts for word in text.split())


@of_the_sample
def test_every_word_of_the_screen_is_in_the_drawing_and_no_other():
    for name, shown in figures().items():
        drawn = etree.fromstring(html_drawing.drawn(shown))
        (screen,) = html.fragments_fromstring(shown)
        if name == "paneler":
            assert set(words(screen, "figcaption")) <= set(words(drawn, "{*}text"))
        else:
            assert words(drawn, "{*}text") == words(screen, "th", "td"), name


@of_the_sample
def test_no_text_reaches_beyond_the_picture():
    for name, shown in figures().items():
        drawn = etree.fromstring(html_drawing.drawn(shown))
        room = float(drawn.get("width")) + 12
        for one in drawn.iter("{*}text"):
            if any(outer.tag.endswith("}svg") and outer is not drawn for outer in one.iterancestors()):
                continue
            if any("rotate" in outer.get("transform", "") for outer in one.iterancestors()):
                continue
            wide = drawn_words.text_width("".join(one.itertext()), 14)
            left = float(one.get("x")) - wide * {"start": 0, "middle": 0.5, "end": 1}[one.get("text-anchor")]
            assert left > -8, (name, "".join(one.itertext()))
            assert left + wide < room, (name, "".join(one.itertext()))


@of_the_sample
def test_what_is_hidden_is_hatched_and_says_so_without_a_number():
    with store.reading(OPERATOR) as session:
        report = coverage(session, GLADSAXE, MUNICIPALITIES)
    drawn = html_drawing.drawn(matrix.table(report, GLADSAXE))
    pairs = [(unit, education) for unit in report.units for education in report.educations]
    states = [report.coverage(*pair) for pair in pairs]

    hatched = len(re.findall(r'stroke="#C6C6C6" fill="none"', drawn))
    assert hatched == states.count(Coverage.HIDDEN) > 100
    said = [word for word in words(etree.fromstring(drawn), "{*}text") if word == "S"]
    assert len(said) == hatched
    matrix_section, _ = CoverageMatrix(GLADSAXE, MUNICIPALITIES).sections()
    whole = picture.svg(matrix_section).decode()
    for said in ("Vist: mindst 10 svar", "Usikker (?): 5–9 svar", "anonymitet (S)", "Ikke inviteret (–)"):
        assert said in whole


def test_a_text_of_a_person_is_drawn_as_it_was_written():
    words_of_a_person = "<script>alert(1)</script> & ]]> \x00=1+1"
    shown = table([Column("Hvad", ["&lt;script&gt;alert(1)&lt;/script&gt; &amp; ]]&gt; \x00=1+1"])])

    drawn = etree.fromstring(html_drawing.drawn(shown, says=words_of_a_person))
    assert not list(drawn.iter("{*}script"))
    assert "".join(drawn.itertext()).count("<script>alert(1)</script> & ]]> =1+1") == 2


HELVETICA = {
    **dict.fromkeys("ijl", 0.222), **dict.fromkeys(" .,:;/!fIt\N{NO-BREAK SPACE}", 0.278), **dict.fromkeys("()-r", 0.333),
    **dict.fromkeys("ckJsvxyz", 0.5), **dict.fromkeys("FTZø", 0.611), **dict.fromkeys("ABEKPSVXYÅ", 0.667),
    **dict.fromkeys("CDHNRUw", 0.722), **dict.fromkeys("GOQØ", 0.778), "m": 0.833, "M": 0.833, "%": 0.889, "æ": 0.889,
    "W": 0.944, "Æ": 1.0,
}  # fmt: skip
"""How wide letters are in the typeface that the drawing asks for; those that are not here are as wide as an a."""


def measured(text: etree._Element) -> float:
    """Pixels, by the sizes and weights that the drawing says."""
    return sum(
        float(part.get("font-size"))
        * HELVETICA.get(sign, 0.556)
        * (1.06 if part.get("font-weight") == "700" else 1)
        for part in text
        for sign in part.text
    )


def extents(drawn: etree._Element) -> list[list[tuple[float, float]]]:
    """Of every cell from where to where its texts reach, row by row, as they are drawn."""
    (table,) = drawn
    rows = [[]]
    for cell in table:
        texts = list(cell.iter("{*}text"))
        if local(cell) == "path":
            rows.append([])
        elif texts:
            wide = [measured(one) for one in texts]
            sides = {"start": 0.0, "middle": 0.5, "end": 1.0}
            lefts = [
                float(one.get("x")) - across * sides[one.get("text-anchor")]
                for one, across in zip(texts, wide, strict=True)
            ]
            rows[-1].append(
                (min(lefts), max(left + across for left, across in zip(lefts, wide, strict=True)))
            )
    return [row for row in rows if row]


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


@pytest.mark.parametrize("many", [3, 9])
def test_the_columns_of_a_drawn_table_stand_apart_and_hold_their_texts(many):
    names = ["Sygeplejerskeuddannelsen i Roskilde", "Socialrådgiveruddannelsen", "MMMMMM WWWWWW", "Kort"]
    texts = Column("Hvem der har svaret på spørgsmålet", names)
    numbers = [
        Column(f"Forskel, procentpoint {at}", ["1.234", "<b>100 %</b>", "−7", "Skjult hensyn"], kind)
        for at, kind in zip(range(many), [NUMBERS, WORDS] * many, strict=False)
    ]
    rows = extents(etree.fromstring(html_drawing.drawn(table([texts, *numbers]))))

    assert [len(row) for row in rows] == [many + 1] * 5
    columns = [
        (min(left for left, _ in cells), max(right for _, right in cells))
        for cells in zip(*rows, strict=True)
    ]
    assert columns[0][0] > -1
    for (_, right), (left, _) in pairwise(columns):
        assert right < left, columns
