"""Several years together on the pages: chosen like a year, said in words, and told apart in every file."""

from io import BytesIO

import pandas as pd
import pytest

from data_access.dashboard import queries, store
from indicators.figure import State
from indicators.rights import OPERATOR
from indicators.selection import ALL_UNITS, Option, Selection, Years
from tests.app import grounds, opened
from views.all_subjects import all_views
from views.documents.everything import everything
from views.documents.files.workbook import written
from views.foundation import places
from views.foundation.controls import KeptChoices, selection_of_keys
from views.foundation.report_source import years_together
from views.subjects.distribution.distribution import Distribution

pytestmark = pytest.mark.usefixtures("sample_environment")

STUDENTS = Option("student", "Studerendes praktikevaluering")
TOGETHER = Years(2025, 2023)
GLADSAXE = "kommune:0159"
RESULTS, UNIT, COVERAGE = (f"pages/results/{name}.py" for name in ("results", "unit", "data_quality"))


def notes(app) -> str:
    return " ".join(info.value for info in app.info)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (None, {}),
        (UNIT, {"enhed": GLADSAXE}),
        (RESULTS, {"fane": "fordeling"}),
        (RESULTS, {"fane": "sammenlign", "niveau": "kommune"}),
        (COVERAGE, {}),
    ],
)
def test_every_page_says_which_years_are_added_up_and_how(page, link):
    app = opened(page, aar=str(TOGETHER), **link)

    assert "2023-2025 samlet" in grounds(app)
    assert "Svarene fra 2023, 2024 og 2025 er lagt sammen, og" in notes(app)
    assert "«Løbende feedback, der kunne bruges»" in notes(app)
    assert "siden 2024" not in app.title[0].value


def test_the_tab_with_the_years_shows_each_of_them_and_says_so():
    app = opened(RESULTS, aar=str(TOGETHER), fane="udvikling", enhed=GLADSAXE)

    assert any("årene hver for sig" in caption.value for caption in app.caption)
    assert "2023-2025" not in grounds(app)


def test_the_address_and_an_agenda_name_them():
    view = all_views.kept_view(places.RESULTS, KeptChoices(f"aar={TOGETHER}&fane=fordeling"))

    assert (view.selection.year, view.selection.first_year) == (2025, 2023)
    assert view.query()["aar"] == "2023-2025"


def test_years_that_are_not_added_up_are_told_of_and_the_newest_year_is_shown():
    kept = KeptChoices("aar=2019-2021")
    view = all_views.kept_view(places.OVERVIEW, kept)

    assert view.selection.years == Years(2025)
    assert kept.notes == ["«2019-2021» findes ikke her. Der vises «2025»."]


def test_the_workbook_and_the_file_with_everything_say_from_which_year(tmp_path):
    with store.reading(OPERATOR) as session:
        chosen = selection_of_keys(session, "student", str(TOGETHER), {"unit": GLADSAXE})
        release = queries.release_in_force(session)
        published = everything.Published(session, release, STUDENTS)
        everything.excel(tmp_path / "alt.xlsx", published)
    own = pd.read_excel(BytesIO(written(Distribution(chosen).sections())), sheet_name="Data")
    sheets = pd.read_excel(tmp_path / "alt.xlsx", sheet_name=["Data", "Data, flere år"])
    single_years, pooled = sheets.values()

    assert set(own["Flere år"]) == set(pooled["Flere år"]) == {"2023-2025"}
    assert own["År"].isna().all()
    assert pooled["År"].isna().all(), "so that a sum by year does not count anybody twice"
    assert set(single_years["Flere år"]) == {"nej"}
    assert set(single_years["År"]) == {2022, 2023, 2024, 2025}
    of_unit = pooled[(pooled["Enhed-id"] == GLADSAXE) & (pooled["Uddannelse-id"] == "alle")]
    expected = own[own["Enhed-id"] == GLADSAXE].set_index("Spørgsmål-id")["Antal svar"]
    assert of_unit[of_unit["Institution-id"] == "alle"].set_index("Spørgsmål-id")["Antal svar"].to_dict() == (
        expected.to_dict()
    )


def test_a_unit_with_few_answers_in_a_year_is_led_to_the_years_together():
    with store.reading(OPERATOR) as session:
        release = queries.release_in_force(session)
        units = queries.choices(session, release, "student").units
        nursing = Option("sygeplejerske", "Sygeplejerskeuddannelsen")
        chosen = [
            Selection(STUDENTS, 2025, unit, nursing) for unit in units if unit.key.startswith("kommune")
        ]
        more = {one.unit.key: found for one in chosen if (found := years_together(session, one))}
    assert len(more) > 10, "that is what they are for"
    key, (years, given) = next((key, found) for key, found in more.items() if found[1].answers < 40)

    app = opened(aar="2025", enhed=key, uddannelse="sygeplejerske")
    said = f"Vis 2023-2025 samlet: {given.answers} svar"
    [link] = [button for button in app.button if button.label.replace("\\", "") == said]
    link.click().run()
    assert f"{years.in_words}" in grounds(app)


def test_nobody_is_led_to_years_together_that_show_no_more():
    with store.reading(OPERATOR) as session:
        hidden = Selection(
            STUDENTS, 2025, Option("kommune:0185", "Tårnby"), Option("jordemoder", "Jordemoder")
        )
        found = years_together(session, hidden)
        assert found is None or found[1].state is State.SHOWN
        old = Selection(STUDENTS, 2022, Option(GLADSAXE, "Gladsaxe Kommune"))
        assert years_together(session, old) is None, "2022 is none of the years"
        assert years_together(session, Selection(STUDENTS, 2024, ALL_UNITS))[0] == TOGETHER
