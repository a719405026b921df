"""One unit on one page: the figures, the tables that are printed, and the page itself."""

import re
from io import BytesIO
from types import SimpleNamespace

import pandas as pd
import pytest

from data_access.confidential.models import Round
from data_access.publishing import releases
from indicators.figure import HIDDEN, Figure, State
from indicators.judgement import Change, Verdict
from indicators.profile import PairGap, gap, subject, theme_of_parts
from indicators.questionnaire import Pair, Theme
from indicators.selection import ALL_THEMES, ALL_UNITS, Option, Selection
from tests.app import HIDDEN as HIDDEN_WORDS
from tests.app import grounds, opened, unfold
from tests.conftest import MadeStores
from tests.made_up import (
    GREVE,
    KOEGE,
    LITTLE,
    MUCH,
    NURSING,
    QUESTIONNAIRE,
    ROSKILDE,
    SOCIAL_WORK,
    VERY_MUCH,
    add_round,
    add_sheets,
)
from views.documents.files import workbook
from views.subjects.profile import markup, table
from views.subjects.profile import profile as page
from views.subjects.profile.report import profile

PAGE = "pages/results/unit.py"
STUDENTS = Option("student", "Studerendes praktikevaluering")
SUPERVISORS = Option("supervisor", "Praktikvejlederevaluering")
SUPERVISORS_ASKED = QUESTIONNAIRE.model_copy(
    update={
        "survey": SUPERVISORS.key,
        "name": SUPERVISORS.name,
        "respondents": "praktikvejledere",
        "series_breaks": (),
        "pairs": (Pair(name="Tid", question="S01", other_survey="student", other_question="S01"),),
    }
)

sample = pytest.mark.usefixtures("sample_environment")


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """Students 2025: Roskilde 20 nurses of whom 4 agree on S01, and 12 social workers who all do.

    Køge 30 nurses and 12 social workers, Greve and Solrød 3 nurses each, who all agree on it. Students 2024: Roskilde 20 who agree on
    S02. Supervisors 2025: Roskilde 10 of whom 7 agree on S01.
    """
    with own_stores.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": VERY_MUCH, "S02": MUCH}, times=4)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": MUCH}, times=16)
        add_sheets(confidential, a_round, ROSKILDE, None, times=8)
        for place, times in ((ROSKILDE, 12), (KOEGE, 12)):
            social_work = {"times": times, "education": SOCIAL_WORK}
            add_sheets(confidential, a_round, place, {"S01": MUCH, "S02": MUCH}, **social_work)
        add_sheets(confidential, a_round, KOEGE, {"S01": MUCH, "S02": LITTLE}, times=30)
        for small in (GREVE, "kommune:0269"):
            add_sheets(confidential, a_round, small, {"S01": MUCH, "S02": LITTLE}, times=3)
        add_sheets(
            confidential, add_round(confidential, 2024), ROSKILDE, {"S01": MUCH, "S02": MUCH}, times=20
        )
        asked = {"survey_id": "supervisor", "questionnaire": SUPERVISORS_ASKED.model_dump(mode="json")}
        supervisors = Round(id="supervisor-2025", year=2025, source="Opdigtet", is_sample=True, **asked)
        confidential.add(supervisors)
        confidential.flush()
        add_sheets(confidential, supervisors, ROSKILDE, {"S01": VERY_MUCH, "S02": MUCH}, times=7)
        add_sheets(confidential, supervisors, ROSKILDE, {"S01": LITTLE, "S02": MUCH}, times=3)
        releases.publish(confidential, dashboard)
    return own_stores


def chosen(unit: str = ROSKILDE, name: str = "Roskilde Kommune", **more) -> Selection:
    return Selection(more.pop("survey", STUDENTS), more.pop("year", 2025), Option(unit, name), **more)


def rows_of(html: str) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return [[re.sub(r"<[^>]+>", " ", cell).split() for cell in row] for row in cells]


def shown(favourable: int, n: int) -> Figure:
    return Figure(State.SHOWN, n, favourable, n, (favourable, 0, 0, 0, n - favourable))


def test_the_gap_is_newcombes_example():
    assert gap(shown(56, 70), shown(48, 80)) == PairGap(
        0.2, pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4)
    )


@pytest.mark.parametrize("other", [HIDDEN, Figure(State.SHOWN, 6, 3, 6)])
def test_there_is_no_gap_to_a_hidden_figure_or_to_a_few_answers(other):
    assert gap(shown(5, 10), other) is None
    assert gap(other, shown(5, 10)) is None


def test_the_page_is_about_the_unit_else_the_education_else_nobody():
    nursing = Option(NURSING, "Sygeplejerske")

    assert subject(chosen(education=nursing)).key == ROSKILDE
    assert subject(Selection(STUDENTS, 2025, education=nursing)) == nursing
    assert subject(Selection(STUDENTS, 2025)) is None


def test_a_theme_stands_beside_everyone_else_with_verdict_change_and_years(published):
    supervision, overall = profile(published, chosen()).themes

    assert supervision.row.score.share == 16 / 32
    assert supervision.row.benchmark.share == 1
    assert supervision.verdict is Verdict.BELOW
    assert supervision.years == ((2024, 1.0), (2025, 0.5))
    assert overall.verdict is Verdict.ABOVE
    assert overall.change.change is Change.NOT_CERTAIN


def test_attention_and_strengths_are_the_questions_with_a_clear_verdict(published):
    report = profile(published, chosen())

    assert [row.question.id for row in report.attention] == ["S01"]
    assert [row.question.id for row in report.strengths] == ["S02"]


def test_the_parts_are_the_educations_or_of_one_education_the_institutions(published):
    report = profile(published, chosen())
    of_nursing = profile(published, chosen(education=Option(NURSING, "Sygeplejerske")))

    assert {part.about.key: part.scores["vejledning"].share for part in report.parts} == {
        NURSING: 0.2,
        SOCIAL_WORK: 1,
    }
    assert [part.about.key for part in of_nursing.parts] == ["absalon"]
    assert "Vurdering" not in table.parts(of_nursing, theme_of_parts(of_nursing, ALL_THEMES))


@pytest.mark.parametrize(("roles", "chosen", "shown"), [
    ((None, "overall", None), ALL_THEMES, 1),
    ((None, "overall", None), Option("t0", "T0"), 0),
    ((None, None, None), ALL_THEMES, 2),
])  # fmt: skip
def test_the_parts_are_shown_by_the_overall_theme_or_in_a_round_from_before_roles_the_last(
    roles, chosen, shown
):
    themes = [Theme(id=f"t{at}", name=f"T{at}", role=role) for at, role in enumerate(roles)]
    report = SimpleNamespace(themes=[SimpleNamespace(row=SimpleNamespace(theme=theme)) for theme in themes])

    assert theme_of_parts(report, chosen) == themes[shown]


@pytest.mark.parametrize("survey", [STUDENTS, SUPERVISORS])
def test_both_sides_of_a_pair_are_shown_whichever_survey_is_chosen(published, survey):
    (pair,) = profile(published, chosen(survey=survey)).pairs

    students, supervisors = pair.sides
    assert (students.figure.favourable, students.figure.n) == (16, 32)
    assert (supervisors.figure.favourable, supervisors.figure.n) == (7, 10)
    assert pair.gap.difference == -0.2


def test_a_year_in_which_only_one_side_was_asked_has_no_pairs(published):
    assert profile(published, chosen(year=2024)).pairs == ()


def test_a_group_lists_its_members_with_answers_and_themes(published):
    found = profile(published, chosen("klynge:rs-suh", "Sundhedsklyngen SUH"))
    frame = table.members(found).set_index("Medlem")

    assert {"Roskilde Kommune", "Køge Kommune", "Greve Kommune", "Solrød Kommune"} <= set(frame.index)
    assert frame.loc["Roskilde Kommune", "Antal svar"] == 32
    assert frame.loc["Greve Kommune", "Svar"] == HIDDEN_WORDS
    for theme in (line.row.theme for line in found.themes):
        alone = profile(published, chosen()).themes
        share = next(line.row.score.share for line in alone if line.row.theme == theme)
        assert frame.loc["Roskilde Kommune", theme.name] == share
    in_html = rows_of(markup.members(found))
    assert [row[0] for row in in_html[1:]] == [["Køge", "Kommune"], ["Roskilde", "Kommune"]]
    assert {"kommune:0265", "kommune:0259"} <= {datum.unit.key for datum in found.data()}


def test_a_place_has_no_members(published):
    assert profile(published, chosen()).members == ()


def test_a_hidden_unit_has_no_number_and_names_the_larger_groups_that_are_shown(published):
    report = profile(published, chosen(GREVE, "Greve Kommune"))

    assert set(report.states) == {State.HIDDEN}
    assert HIDDEN_WORDS.lower() in report.title
    assert {one.key for one in report.larger} >= {"region:1085"}
    assert not any(figure.n for figure in own_figures(report, GREVE))


def own_figures(report, unit: str) -> list[Figure]:
    return [datum.figure for datum in report.data() if datum.unit.key == unit]


def test_an_education_is_held_up_against_the_other_educations(published):
    report = profile(published, Selection(STUDENTS, 2025, ALL_UNITS, Option(NURSING, "Sygeplejerske")))
    row = report.themes[0].row

    assert (row.score.share, row.benchmark.share) == (40 / 56, 1)
    assert rows_of(markup.themes(report))[0][2] == ["Alle", "andre", "uddannelser"]


def test_the_printed_theme_table_says_what_the_frame_says(published):
    report = profile(published, chosen())
    heading, supervision, _ = rows_of(markup.themes(report))
    frame = table.themes(report).iloc[0]

    assert [" ".join(cell) for cell in heading][:4] == ["Tema", "Egen", "Alle andre", "Forskel, procentpoint"]
    assert [" ".join(cell) for cell in supervision][:4] == ["Vejledning", "50 %", "100 %", "\N{MINUS SIGN}50"]
    assert "Klart under" in " ".join(supervision[-2])
    assert (frame["Egen"], frame["Alle andre"], frame["Forskel, procentpoint"]) == (0.5, 1, -50)
    assert frame["Vurdering"] == Verdict.BELOW


def test_another_unit_that_the_reader_compares_with_has_a_column_of_its_own(published):
    report = profile(published, chosen(compared_with=Option(KOEGE, "Køge Kommune")))
    heading, _, overall = ([" ".join(cell) for cell in row] for row in rows_of(markup.themes(report)))

    assert heading[2:4] == ["Alle andre", "Køge Kommune"]
    assert overall[3] == "29 %"
    assert table.themes(report)["Køge Kommune"].tolist() == pytest.approx([1, 12 / 42])


def test_a_name_with_markup_in_it_is_escaped(published):
    report = profile(published, chosen(compared_with=Option(KOEGE, "<b>Køge & omegn</b>")))

    assert "&lt;b&gt;Køge &amp; omegn&lt;/b&gt;" in markup.themes(report)


def test_the_workbook_holds_every_question_of_everyone_shown(published):
    report = profile(published, chosen())
    file = BytesIO(workbook.written([next(page.sections(report))]))
    data = pd.read_excel(file, sheet_name="Data")

    assert pd.read_excel(file, sheet_name="Min enhed", skiprows=3)["Tema"].tolist() == [
        "Vejledning",
        "Samlet",
    ]
    assert data.groupby(["Spørgeskema", "Enhed", "Uddannelse"]).size().to_dict() == {
        (STUDENTS.name, "Roskilde Kommune", "Alle uddannelser"): 2,
        (STUDENTS.name, "Alle andre", "Alle uddannelser"): 2,
        (STUDENTS.name, "Roskilde Kommune", "Sygeplejerskeuddannelsen"): 2,
        (STUDENTS.name, "Roskilde Kommune", "Socialrådgiveruddannelsen"): 2,
        (SUPERVISORS.name, "Roskilde Kommune", "Alle uddannelser"): 1,
    }


def tables(app) -> list[str]:
    return [element.proto.body for element in app.get("html") if 'class="tal"' in element.proto.body]


def words(app) -> str:
    told = [element.value for element in [*app.title, *app.header, *app.markdown, *app.info, *app.caption]]
    return " ".join([*told, grounds(app)])


@sample
@pytest.mark.parametrize("survey", ["student", "supervisor"])
def test_a_unit_has_its_themes_its_educations_and_both_groups_of_respondents(survey):
    app = opened(PAGE, enhed="kommune:0265", spoergeskema=survey)

    assert [header.value for header in app.header] == [
        "Temaerne",
        "Styrker",
        "Opmærksomhedspunkter",
        "Fordelt på uddannelse",
        "Studerende og praktikvejledere om det samme",
        "Indsatser",
    ]
    assert len(tables(app)) == 3
    assert "inviterede svarede" in words(app)
    assert "I 2024" in words(app)


@sample
def test_a_cluster_leads_to_each_of_its_members_with_what_is_done_there():
    app = unfold(opened(PAGE, enhed="klynge:rh-nord"), "ind i medlemmer")

    links = [button.label for button in app.button if button.key and "medlem " in button.key]
    assert len(links) >= 8
    assert any(
        re.fullmatch(r"Helsingør Kommune \(\d+ åbne indsatser\)", label.replace("\\", "")) for label in links
    )


@sample
def test_a_unit_that_is_low_for_its_educations_alone_is_told_so():
    app = opened(PAGE, enhed="kommune:0159")

    assert "klart under på 1 af 6 temaer" in app.title[0].value
    assert "når der tages højde for, hvilke uddannelser enheden har" in words(app)
    assert "kan forklares af uddannelserne" in tables(app)[0]
    points = [text.value for text in app.markdown if text.value.endswith("kan forklares af uddannelserne")]
    assert len(points) == 3


@sample
def test_a_point_leads_to_its_question():
    app = opened(PAGE, enhed="kommune:0159")
    app.button(key="til S05").click().run()

    assert not app.exception
    assert "«Vejlederen havde tid»" in grounds(app)
    assert "Gladsaxe Kommune" in grounds(app)


@sample
def test_a_theme_can_be_chosen_for_the_educations():
    app = opened(PAGE, enhed="kommune:0265", tema="vejledning")

    assert "Vejledning: andel enige." in [text.value for text in app.markdown]
    assert rows_of(tables(app)[1])[0][-1] == ["Vurdering"]


@sample
def test_a_hidden_unit_shows_no_number_and_offers_a_larger_one():
    app = opened(PAGE, enhed="hospital:psyk-bornholm")

    assert HIDDEN_WORDS in words(app)
    assert not tables(app)
    app.button(key="større region:1084").click().run()
    assert "Region Hovedstaden" in app.title[0].value


@sample
def test_a_unit_that_nobody_was_invited_from_says_so_and_offers_a_larger_one():
    app = opened(PAGE, enhed="hospital:filadelfia")

    assert app.title[0].value.endswith("ingen svar i 2025")
    assert not tables(app)
    assert app.button(key="større region:1085").label == "Region Sjælland"


@sample
def test_the_first_year_has_no_development():
    app = opened(PAGE, enhed="kommune:0265", aar="2022")

    assert ["Udvikling"] not in rows_of(tables(app)[0])[0]
    assert "I 2021" not in words(app)


@sample
def test_an_education_has_a_page_of_its_own():
    app = opened(PAGE, uddannelse="sygeplejerske")

    assert app.title[0].value.startswith("Sygeplejerskeuddannelsen")
    assert "Fordelt på uddannelsessted" in [header.value for header in app.header]
    assert rows_of(tables(app)[0])[0][2] == ["Alle", "andre", "uddannelser"]


@sample
def test_the_smallest_municipality_has_a_page_without_gaps_between_a_few_answers():
    app = opened(PAGE, enhed="kommune:0269")

    assert " flere svar k" in words(app)
    assert "(få svar)" in tables(app)[-1]


@sample
def test_where_no_unit_is_chosen_the_page_asks_for_one_and_the_answer_is_in_the_address():
    app = opened(PAGE)
    assert app.title[0].value == "Vælg jeres enhed"
    assert "bogmærke" in words(app)

    app.button(key="vælg kommune:0265").click().run()
    assert "Roskilde Kommune" in app.title[0].value


@sample
@pytest.mark.parametrize(
    ("link", "there"), [({"enhed": "kommune:0155", "aar": "2022"}, False), ({"enhed": "kommune:0159"}, True)]
)
def test_the_parenthesis_of_a_gap_is_explained_where_there_is_one(link, there):
    app = opened(PAGE, **link)

    assert any(text.value.startswith("To grupper") for text in app.markdown)
    assert any("Parentesen er forskellens usikkerhed." in text.value for text in app.markdown) is there
