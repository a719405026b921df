"""Low only because of the mix of educations: said wherever the verdict is said, on pages and in every file."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from data_access.dashboard import store
from data_access.partnerships.lists import meetings
from data_access.partnerships.records import agendas
from data_access.partnerships.records.kinds import ITEM, MEETING
from data_access.partnerships.records.records import filled
from data_access.publishing import releases
from indicators.judgement import Judgement, Verdict
from indicators.ranking import PLACES
from indicators.rights import OPERATOR
from indicators.selection import ALL_UNITS, Option, Selection
from tests.conftest import MadeStores
from tests.made_up import GREVE, KOEGE, LITTLE, MUCH, NURSING, ROSKILDE, SOCIAL_WORK, add_round, add_sheets
from tests.partnerships.small_partnership import SECRETARIAT, made, small_partnership
from views.all_subjects import unit_file
from views.documents.files import slides, workbook
from views.foundation import readings
from views.meeting.items import saved_view
from views.meeting.minutes import document
from views.meeting.stage import deck
from views.subjects.comparison import chart as ranking_chart
from views.subjects.comparison import markup as ranking_markup
from views.subjects.comparison import table as ranking_table
from views.subjects.comparison.comparison import Comparison
from views.subjects.distribution import chart as answers_chart
from views.subjects.distribution import table as answers_table
from views.subjects.distribution.distribution import Distribution
from views.subjects.overview import chart as overview_chart
from views.subjects.overview import headline, tiles
from views.subjects.overview import markup as overview_markup
from views.subjects.overview import table as overview_table
from views.subjects.overview.overview import ThemeOverview
from views.subjects.profile import markup as profile_markup
from views.subjects.profile import table as profile_table
from views.subjects.profile.profile import UnitProfile

pytestmark = pytest.mark.slow

STUDENTS = Option("student", "Studerendes praktikevaluering")
ABOUT = Selection(
    STUDENTS, 2025, Option(ROSKILDE, "Roskilde Kommune"), question=Option("S01", "Vejleder havde tid")
)
OF_ALL = Selection(STUDENTS, 2025, ALL_UNITS, question=ABOUT.question)
MUNICIPALITIES = next(level for level in PLACES if level.key == "kommune")
LINK = "spoergeskema=student&aar=2025&enhed=kommune:0265&spoergsmaal=S01"
VIEWS = {
    "overblik": ("", LINK),
    "fordeling": ("resultater", f"{LINK}&fane=fordeling"),
    "sammenlign": ("resultater", f"{LINK}&fane=sammenlign&niveau=kommune"),
    "alle kommuner": (
        "resultater",
        "spoergeskema=student&aar=2025&spoergsmaal=S01&fane=sammenlign&niveau=kommune",
    ),
    "min enhed": ("min-enhed", LINK),
}
SAID = re.compile(r"klart under", re.IGNORECASE)
WHY = re.compile(r"kan forklares af uddannelserne|tages højde for, hvilke uddannelser", re.IGNORECASE)


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """Roskilde has only social workers, of whom everywhere 30 % agree; the others have satisfied nurses too."""
    with own_stores.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        for place in (ROSKILDE, KOEGE, GREVE, "kommune:0269", "kommune:0329"):
            for answer, times in ((MUCH, 12), (LITTLE, 28)):
                add_sheets(
                    *(confidential, a_round, place, {"S01": answer, "S02": answer}),
                    times,
                    education=SOCIAL_WORK,
                )
        for place in (KOEGE, GREVE, "kommune:0269", "kommune:0329"):
            add_sheets(confidential, a_round, place, {"S01": MUCH, "S02": MUCH}, 60, education=NURSING)
        releases.publish(confidential, dashboard)
        held = made(
            *(dashboard, MEETING),
            partnership_id=small_partnership(dashboard).id,
            title="Styregruppemøde",
            held_on=date(2026, 12, 7),
        )
        for title, (page, view) in VIEWS.items():
            item = {"meeting_id": held.id, "title": title.capitalize(), "page": page, "view": view}
            agendas.add_item(dashboard, SECRETARIAT, filled(ITEM, item))
    return own_stores


@pytest.fixture(autouse=True)
def environment(once_published, monkeypatch):
    """Pages and files read the store of this file."""
    monkeypatch.setenv("DATABASE_URL", once_published.dashboard_url)


def the_meeting() -> meetings.Meeting:
    with store.reading(OPERATOR) as session:
        return meetings.meetings(session)[0]


def silent(texts: Iterator[str]) -> list[str]:
    """Those that say that it is clearly under, and not why; there must be some that say both."""
    found = [text for text in texts if SAID.search(text)]
    assert any(WHY.search(text) for text in found)
    return [text for text in found if not WHY.search(text)]


def plain(html: str) -> str:
    return unescape(re.sub("<[^>]*>", " ", html))


def rows_of(frame: pd.DataFrame) -> Iterator[str]:
    for row in frame.itertuples(index=False, name=None):
        yield " | ".join(map(str, row))


def test_titles_and_counts_say_it():
    overview = ThemeOverview(ABOUT).report()
    texts = [
        overview.title,
        Distribution(ABOUT).report().title,
        UnitProfile(ABOUT).report().title,
        Comparison(ABOUT, MUNICIPALITIES).report().title,
        Comparison(OF_ALL, MUNICIPALITIES).report().title,
        headline.themes(overview.themes),
        headline.groups(overview.themes, (overview.own,)),
        *(f"{tile.label} {tile.value} {tile.more}" for tile in tiles.tiles(overview) if tile.value != "0"),
    ]

    assert [bool(SAID.search(text)) for text in texts].count(True) == len(texts) - 1, texts  # the response
    assert silent(texts) == []


def test_tables_tooltips_and_chips_say_it():
    overview, profile = ThemeOverview(ABOUT).report(), UnitProfile(ABOUT).report()
    told, ranking = Distribution(ABOUT).report(), Comparison(OF_ALL, MUNICIPALITIES).report()
    heat = overview_chart.heat_table(overview.themes, overview.columns(next(iter(overview.divisions), "")))
    texts = [
        *rows_of(answers_table.answers(told.rows, ABOUT)),
        *rows_of(overview_table.themes(overview, overview.columns(""))),
        *rows_of(profile_table.themes(profile)),
        *rows_of(ranking_table.ranking(ranking)),
        *(" ".join(ranking_chart.said(line)) for line in ranking.ranked),
        *(plain(row) for row in ranking_markup.table(ranking).split("</tr>")),
        *(plain(row) for row in profile_markup.themes(profile).split("</tr>")),
        *(plain(overview_markup.finding(one, ALL_UNITS)) for one in overview.findings),
        *(str(one) for data in heat.to_dict()["datasets"].values() for one in data),
    ]

    assert silent(texts) == []
    drawn = answers_chart.stacked_answers(told.rows).to_dict()["datasets"].values()
    assert {one["said"] for data in drawn for one in data if "said" in one} == {"Klart under*"}
    assert ranking_chart.starred(
        ranking.own_lines[0] if ranking.own else ranking.bands[Verdict.BELOW][0]
    ).endswith("*")


@pytest.mark.parametrize("view", VIEWS)
def test_the_wall_says_it(view):
    wall = saved_view(*VIEWS[view]).view.wall()
    rows = rows_of(wall.frame)

    assert silent([wall.sentence]) == []
    assert silent(rows) == []
    assert WHY.search(wall.under)


@pytest.mark.parametrize("which", ["meeting", "unit"])
def test_slides_and_their_notes_say_it(which):
    if which == "meeting":
        content = deck.meeting_slides(the_meeting())
    else:
        parts = unit_file.slides(ABOUT)
        content = slides.presentation(
            [slides.Slide(one.title, one) for one in [*unit_file.sections(ABOUT), *parts]]
        )
    pages = Presentation(BytesIO(content)).slides
    said = [
        " ".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame) for page in pages
    ]
    notes = [page.notes_slide.notes_text_frame.text for page in pages if page.has_notes_slide]

    assert silent(said) == []
    assert len([one for one in notes if WHY.search(one)]) >= 4


def test_the_workbook_says_it_in_its_tables_and_in_data():
    book = load_workbook(BytesIO(workbook.written(unit_file.sections(ABOUT))))
    tables = [sheet for sheet in book if sheet.title not in ("Forside", "Data", "Data om svar", "Kodebog")]
    cells = [str(cell.value) for sheet in tables for row in sheet for cell in row if cell.value]
    data = pd.DataFrame(book["Data"].values)
    data = data[1:].set_axis(data.iloc[0], axis=1)
    under = data[data["Vurdering mod alle andre"] == Verdict.BELOW]

    assert silent(cells) == []
    assert len(under) >= 2
    assert set(under["Vurdering mod forventet andel"]) == {Verdict.ALIKE}
    assert any(WHY.search(str(cell.value)) for cell in book["Forside"]["A"])


def test_the_minutes_say_it():
    minutes = Document(BytesIO(document.minutes_document(the_meeting())))
    texts = [paragraph.text for paragraph in minutes.paragraphs]
    texts += [cell.text for table in minutes.tables for row in table.rows for cell in row.cells]

    assert silent(texts) == []


@pytest.mark.parametrize("verdict", [Verdict.ABOVE, Verdict.BELOW])
def test_over_and_under_are_explained_alike_and_what_is_not_clear_is_not_explained(verdict):
    by_mix = Judgement(verdict=verdict, verdict_on_mix=Verdict.ALIKE)
    certain = Judgement(verdict=verdict, verdict_on_mix=verdict)
    alike = Judgement(verdict=Verdict.ALIKE, verdict_on_mix=Verdict.ALIKE)

    assert readings.in_words(by_mix) == f"{verdict} (kan forklares af uddannelserne)"
    assert [readings.in_words(one) for one in (certain, alike, None)] == [verdict, Verdict.ALIKE, ""]
    assert (
        readings.of_counted([by_mix, certain, by_mix, alike, None]) == " (2 kan forklares af uddannelserne)"
    )
    assert readings.of_counted([by_mix, alike]) == " (kan forklares af uddannelserne)"
    assert readings.of_counted([certain]) == ""
