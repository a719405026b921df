"""Datagrundlag: who answered, what there are figures for, where in the country, and whom to ask."""

import json
import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from data_access.contact import Contact, contact
from data_access.problems import ReferenceProblem
from data_access.publishing import releases
from indicators.data_quality import Coverage, CoverageTable, NationalParticipation, ResponseTable, coverage_of
from indicators.figure import Response, State
from indicators.report import Origin
from indicators.selection import ALL_UNITS, Option, Selection
from sample_data.reference import draw_map
from tests.app import HIDDEN, grounds, opened, plotted, unfold
from tests.conftest import MadeStores
from tests.made_up import (
    GREVE,
    KOEGE,
    KOEGE_HOSPITAL,
    MUCH,
    NURSING,
    ROSKILDE,
    SOCIAL_WORK,
    VERY_MUCH,
    add_round,
    add_sheets,
)
from views.documents.files import workbook
from views.foundation import controls, filter_bar, places, vega
from views.foundation.page_parts import literal
from views.subjects.data_quality import chart, country, matrix, table, words
from views.subjects.data_quality import report as reports
from views.subjects.data_quality.responses import section

PAGE, UNIT = "pages/results/data_quality.py", "pages/results/unit.py"
STUDENTS = Option("student", "Studerendes praktikevaluering")
MUNICIPALITIES, HOSPITALS = Option("kommune", "Kommuner"), Option("hospital", "Hospitaler")
EDUCATIONS = Option("uddannelse", "Uddannelser")
SOLROED = "kommune:0269"
ANSWERED = {"S01": VERY_MUCH, "S02": MUCH}
PERCENT = "\N{NO-BREAK SPACE}%"

one_store = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
on_the_sample = pytest.mark.usefixtures("sample_environment")


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """2025: Roskilde 20 of 30, Køge 10 of 40, Greve 3 of 5, Solrød 3 of 4; 2024: Roskilde 10 of 20.

    Of the 20 in Roskilde 8 are social workers, of whom 12 were invited; all others are nurses.
    """
    with own_stores.filling() as (confidential, dashboard):
        now, before = add_round(confidential), add_round(confidential, 2024)
        social = {"education": SOCIAL_WORK}
        for a_round, place, answers, silent, details in (
            (now, ROSKILDE, 12, 6, {}),
            (now, ROSKILDE, 8, 4, social),
            (now, KOEGE, 10, 30, {}),
            (now, GREVE, 3, 2, {}),
            (now, SOLROED, 3, 1, {}),
            (before, ROSKILDE, 10, 10, {}),
        ):
            add_sheets(confidential, a_round, place, ANSWERED, answers, **details)
            add_sheets(confidential, a_round, place, None, silent, **details)
        releases.publish(confidential, dashboard)
    return own_stores


def chosen(unit: str = "", name: str = "", **more) -> Selection:
    named = Option(unit, name) if unit else ALL_UNITS
    return Selection(STUDENTS, more.pop("year", 2025), named, **more)


def test_the_responses_are_ordered_by_rate_and_the_hidden_ones_by_name(published):
    found = reports.responses(published, chosen(), MUNICIPALITIES)

    assert [(line.about.key, line.response.answers, line.response.invited) for line in found.lines] == [
        (ROSKILDE, 20, 30),
        (KOEGE, 10, 40),
    ]
    assert [one.name for one in found.hidden] == ["Greve Kommune", "Solrød Kommune"]


def test_the_chart_s_text_names_the_highest_and_the_lowest_rate(published):
    lines = reports.responses(published, chosen(), MUNICIPALITIES).lines

    assert words.span(lines) == (
        f"Svarprocenten er højest 67{PERCENT} (Roskilde Kommune) og lavest 25{PERCENT} (Køge Kommune)"
    )
    assert words.span(lines[:1]) == f"Svarprocenten er 67{PERCENT} (Roskilde Kommune)"
    assert words.span([line(20, None)]) == "Antallet af inviterede er ukendt"


def test_the_gap_is_told_of_what_is_shown(published):
    roskilde, koege = reports.responses(published, chosen(), MUNICIPALITIES).lines

    assert roskilde.gap.answers == 4, "24 of 30 is the first with a margin under 10 points"
    assert koege.gap.answers == 19, "29 of 40"
    assert (roskilde.response.badge, koege.response.badge) == ("B", "C")


def test_last_year_stands_beside_where_it_was_shown(published):
    roskilde, koege = reports.responses(published, chosen(), MUNICIPALITIES).lines

    assert (roskilde.earlier.answers, roskilde.earlier.invited) == (10, 20)
    assert koege.earlier is None


def test_the_first_year_stands_alone(published):
    found = reports.responses(published, chosen(year=2024), MUNICIPALITIES)

    assert found.earlier_year is None
    assert "Svarprocent 2023" not in table.responses(found).columns


def test_the_headline_says_how_many_answered_and_how_many_are_not_shown_but_not_why(published):
    found = reports.responses(published, chosen(), MUNICIPALITIES)

    assert found.title == f"46{PERCENT} svarede; 2 af 4 kommuner vises ikke af hensyn til anonymitet"


def test_a_headline_about_a_hidden_unit_says_only_that(published):
    found = reports.responses(published, chosen(GREVE, "Greve Kommune"), MUNICIPALITIES)

    assert found.title == "Greve Kommune: skjult af hensyn til anonymitet"


def test_a_headline_about_a_unit_where_nobody_was_invited_says_only_that(published):
    found = reports.responses(published, chosen("kommune:0101", "Københavns Kommune"), MUNICIPALITIES)

    assert found.title == "Københavns Kommune: ingen inviterede i 2025"


def test_a_level_where_nobody_was_invited_is_empty(published):
    found = reports.responses(published, chosen(KOEGE_HOSPITAL, "Køge"), HOSPITALS)

    assert found.lines == found.hidden == ()


def test_the_educations_are_those_of_the_unit(published):
    found = reports.responses(published, chosen(ROSKILDE, "Roskilde Kommune"), EDUCATIONS)

    assert {line.about.key: line.response.answers for line in found.lines} == {NURSING: 12, SOCIAL_WORK: 8}


def test_the_table_holds_the_hidden_ones_without_a_number(published):
    frame = table.responses(reports.responses(published, chosen(), MUNICIPALITIES)).set_index("Enhed")

    assert frame.loc["Roskilde Kommune", "Flere svar"].startswith("Med 4 flere svar kommer usikkerheden")
    assert frame.loc["Roskilde Kommune", "Grundlag"] == "B Læs med forbehold"
    assert frame.loc["Greve Kommune", "Status"] == HIDDEN
    assert frame.loc["Greve Kommune", ["Svarprocent", "Besvarelser", "Inviterede"]].isna().all()
    assert frame.loc["Greve Kommune", ["Grundlag", "Svarfordeling"]].tolist() == ["", ""]


def test_the_workbook_holds_the_responses_and_so_does_its_data_sheet(published):
    found = reports.responses(published, chosen(), MUNICIPALITIES)
    book = load_workbook(BytesIO(workbook.written([section(found)])))

    first = [cell.value for cell in book["Svarprocent"][5]]
    assert first[:4] == ["Roskilde Kommune", pytest.approx(2 / 3, abs=1e-6), 20, 30]
    lines = list(book["Data"].iter_rows(values_only=True))
    data = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    own = [line for line in data if line["Enhed"] == "Roskilde Kommune" and line["År"] == 2025]
    assert [(one["Besvarelser"], one["Inviterede"], one["Status"]) for one in own] == [(20, 30, "Vist")]
    assert own[0]["Nøgle"] == "student|kommune:0265|alle|alle"
    hidden = [line for line in data if line["Status"] == State.HIDDEN]
    assert hidden
    assert all(line["Besvarelser"] is line["Inviterede"] is line["Svarprocent"] is None for line in hidden)


def test_coverage_tells_shown_from_uncertain_hidden_and_not_invited(published):
    found = reports.coverage(published, chosen(), MUNICIPALITIES)
    states = {
        (unit.key, education.key): found.coverage(unit, education)
        for unit in found.units
        for education in found.educations
    }

    assert states[ROSKILDE, NURSING] is Coverage.SHOWN
    assert states[ROSKILDE, SOCIAL_WORK] is Coverage.UNCERTAIN
    assert states[GREVE, NURSING] is Coverage.HIDDEN
    assert states[KOEGE, SOCIAL_WORK] is Coverage.NOT_INVITED
    assert found.title == "Der er tal for 3 af 5 kombinationer af kommune og uddannelse"


def test_coverage_counts_in_words(published):
    nursing = Option(NURSING, "Sygeplejerskeuddannelsen")
    found = reports.coverage(
        published, chosen(ROSKILDE, "Roskilde Kommune", education=nursing), MUNICIPALITIES
    )

    assert words.coverage(found, nursing) == (
        "1 af dem hviler på 5–9 svar og er usikre. "
        "Sygeplejerskeuddannelsen: 2 af 4 kommuner vises, altså har mindst 5 svar. "
        "Roskilde Kommune: 2 af 2 uddannelser vises."
    )


def test_the_map_knows_every_municipality_and_no_number(published):
    found = reports.participation(published, chosen())

    assert len(found.places) == 98
    assert {one.key for one in found.being(Coverage.SHOWN)} == {ROSKILDE, KOEGE}
    assert {one.key for one in found.being(Coverage.HIDDEN)} == {GREVE, SOLROED}
    assert len(found.being(Coverage.NOT_INVITED)) == 94
    assert found.title == "2 af 4 inviterede kommuner vises"
    assert list(table.participation(found).columns) == ["Kommune", "Status"]


def test_the_map_follows_the_chosen_education(published):
    social = Option(SOCIAL_WORK, "Socialrådgiveruddannelsen")
    found = reports.participation(published, chosen(education=social))

    assert [one.key for one in found.being(Coverage.SHOWN)] == [ROSKILDE]
    assert found.being(Coverage.HIDDEN) == ()


@one_store
def test_a_break_in_the_whole_survey_leaves_last_year_out(confidential, dashboard):
    now, before = add_round(confidential), add_round(confidential, 2024)
    broken = {"year": 2025, "reason": "nyt spørgeskema"}
    now.questionnaire = now.questionnaire | {"series_breaks": [broken]}
    for a_round in (now, before):
        add_sheets(confidential, a_round, ROSKILDE, ANSWERED, 10)
    releases.publish(confidential, dashboard)

    (line,) = reports.responses(dashboard, chosen(), MUNICIPALITIES).lines

    assert line.earlier is None


@pytest.mark.parametrize(
    ("response", "state"),
    [
        (None, Coverage.NOT_INVITED),
        (Response(State.HIDDEN), Coverage.HIDDEN),
        (Response(State.SHOWN, 9, 20), Coverage.UNCERTAIN),
        (Response(State.SHOWN, 10, 20), Coverage.SHOWN),
    ],
)
def test_the_state_of_a_group_is_read_off_its_response(response, state):
    assert coverage_of(response, certain_from=10) is state


ORIGIN = Origin("Opdigtet", 1, None, "styregruppe", 5, True)
ROSKILDE_NAMED, GREVE_NAMED = Option(ROSKILDE, "Roskilde <Kommune>"), Option(GREVE, "Greve Kommune")
ABOUT = {
    "title": "t",
    "selection": Selection(STUDENTS, 2025, ROSKILDE_NAMED),
    "origin": ORIGIN,
    "response": Response(State.SHOWN, 20, 30),
}


@pytest.fixture
def covered():
    nursing, social = Option(NURSING, "Sygeplejerskeuddannelsen"), Option(SOCIAL_WORK, "Socialrådgiver")
    return CoverageTable(
        **ABOUT,
        level=MUNICIPALITIES,
        units=(GREVE_NAMED, ROSKILDE_NAMED),
        educations=(nursing, social),
        responses={
            (ROSKILDE, NURSING): Response(State.SHOWN, 12, 18),
            (ROSKILDE, SOCIAL_WORK): Response(State.SHOWN, 8, 12),
            (GREVE, NURSING): Response(State.HIDDEN),
        },
    )


def test_the_matrix_has_a_sign_and_a_class_for_every_state_and_names_are_text(covered):
    drawn = matrix.table(covered, covered.selection)

    assert re.findall('<td class="felt-(vist|usikker)"><a [^>]*>([^<]*)</a></td>', drawn) == [
        ("vist", "12"),
        ("usikker", "8?"),
    ]
    assert '<td class="felt-skjult">S</td><td class="felt-ingen">–</td>' in drawn
    assert "Roskilde &lt;Kommune&gt;" in drawn
    assert "<td>1 af 2</td><td>1 af 1</td>" in drawn


def test_the_reader_s_own_unit_is_the_first_row_and_the_chosen_education_is_marked(covered):
    drawn = matrix.table(covered, replace(covered.selection, education=covered.educations[0]))

    assert drawn.index("Roskilde") < drawn.index("Greve")
    assert '<th scope="col" class="valgt"><span>Sygeplejerskeuddannelsen' in drawn


def test_a_cell_with_answers_leads_to_them_with_all_that_is_chosen(covered):
    drawn = matrix.table(covered, covered.selection)

    (link, _) = (parse_qs(urlsplit(unescape(one)).query) for one in re.findall('href="([^"]*)"', drawn))
    assert link == {
        **{"spoergeskema": ["student"], "aar": ["2025"], "sammenlign": ["andre"], "fane": ["fordeling"]},
        **{"enhed": [ROSKILDE], "uddannelse": [NURSING], "uddannelsessted": ["alle"]},
    }


def test_the_table_says_the_state_in_words(covered):
    assert table.coverage(covered)["Sygeplejerskeuddannelsen"].tolist() == [HIDDEN, "Vist: 12 svar"]


def test_the_limits_of_the_open_profile_are_said(covered):
    open_profile = replace(covered, origin=replace(ORIGIN, least_persons=10))

    assert "mindst 20 svar" in matrix.legend(open_profile)
    assert "10–19 svar" in matrix.legend(open_profile)


def responses_of(*lines) -> ResponseTable:
    return ResponseTable(**ABOUT, level=MUNICIPALITIES, lines=lines, hidden=(GREVE_NAMED,), earlier_year=2024)


def line(answers: int, invited: int | None, earlier: Response | None = None):
    from indicators.data_quality import ResponseLine

    return ResponseLine(ROSKILDE_NAMED, Response(State.SHOWN, answers, invited), earlier)


def layers(drawn) -> list[list[dict]]:
    return [layer.data.to_dict("records") for layer in drawn.layer]


def test_the_dot_is_the_rate_and_the_open_one_last_year_s():
    drawn = chart.responses(responses_of(line(20, 40, Response(State.SHOWN, 10, 40))), ROSKILDE)
    goal, rule, before, now = layers(drawn)[1:5]
    assert drawn.to_dict()["layer"][0]["mark"]["cursor"] == "pointer"

    assert goal == [{"share": 50.0}]
    assert (rule[0]["share"], rule[0]["before"]) == (50.0, 25.0)
    assert before[0]["text_before"] == f"25{PERCENT}"
    assert (now[0]["share"], now[0]["text"], now[0]["answered"]) == (50.0, f"50{PERCENT}", "20 af 40")


def test_without_the_number_of_invited_there_is_no_dot_but_the_answers_are_said():
    drawn = layers(chart.responses(responses_of(line(20, None)), ""))

    assert drawn[4] == []
    assert "20 af ukendt" in [word["text"] for word in drawn[6]]


def test_more_answers_than_invited_stay_on_the_axis():
    drawn = layers(chart.responses(responses_of(line(41, 40)), ""))

    assert drawn[4][0]["share"] == 100


def test_a_hidden_unit_is_not_in_the_chart():
    drawn = chart.responses(responses_of(line(20, 40)), "")

    assert GREVE not in drawn.to_json()


def test_the_map_fetches_its_outlines_and_holds_states_only():
    places = ((ROSKILDE_NAMED, Coverage.SHOWN), (GREVE_NAMED, Coverage.HIDDEN))
    drawn = country.participation(NationalParticipation(**ABOUT, places=places)).to_dict()

    assert drawn["projection"] == {"type": "identity"}
    assert drawn["data"]["url"] == "app/static/map/municipalities.json"
    ((rows),) = drawn["datasets"].values()
    assert rows[0].keys() == {"id", "unit", "name", "state"}
    assert [row["state"] for row in rows] == ["Vist", HIDDEN]


def test_an_area_where_nobody_was_invited_leads_nowhere():
    places = ((ROSKILDE_NAMED, Coverage.NOT_INVITED),)
    drawn = country.participation(NationalParticipation(**ABOUT, places=places)).to_dict()

    ((rows),) = drawn["datasets"].values()
    assert rows[0]["unit"] == ""


def test_a_click_on_a_mark_without_a_key_chooses_nothing(monkeypatch):
    state = {"kort": SimpleNamespace(selection={vega.CLICKED: [{"unit": ""}]})}
    monkeypatch.setattr(filter_bar.st, "session_state", state)

    filter_bar.take(vega.Clicks("kort", "unit", controls.UNIT, places.UNIT))

    assert state.keys() == {"kort"}


def test_the_outlines_are_made_from_the_reference_files():
    assert draw_map.TARGET.read_text(encoding="utf-8") == draw_map.written()


def test_the_outlines_hold_every_municipality_small_enough_to_fetch():
    drawn = json.loads(draw_map.TARGET.read_text(encoding="utf-8"))
    shapes = drawn["objects"]["municipalities"]["geometries"]

    assert len({shape["id"] for shape in shapes if shape["id"].startswith("kommune:")}) == 98
    assert all(shape["arcs"] for shape in shapes)
    assert sum("x" in shape["properties"] for shape in shapes) == 98
    assert draw_map.TARGET.stat().st_size < 70_000


@on_the_sample
def test_the_page_shows_the_response_of_every_municipality():
    app = opened(PAGE, enhed=ROSKILDE)

    assert app.title[0].value == literal(f"Roskilde Kommune: 58{PERCENT} svarede; alle 46 kommuner vises")
    assert len(plotted(app, layer=4)) == 46


@on_the_sample
def test_hidden_units_are_listed_by_name_below_and_nowhere_else():
    app = opened(PAGE, spoergeskema="supervisor")

    told = next(one.value for one in app.markdown if one.value.startswith(HIDDEN))
    assert told == literal(
        f"{HIDDEN}: Dragør Kommune, Herlev Kommune, Hørsholm Kommune og Vallensbæk Kommune."
    )
    assert not {"Dragør Kommune", "Herlev Kommune"} & {row["name"] for row in plotted(app, layer=4)}


@on_the_sample
def test_a_hidden_unit_says_so_and_the_others_are_still_there():
    app = opened(PAGE, spoergeskema="supervisor", enhed="kommune:0155")

    assert app.title[0].value == literal("Dragør Kommune: skjult af hensyn til anonymitet")
    assert "Dragør Kommune" not in {row["name"] for row in plotted(app, layer=4)}


@on_the_sample
def test_the_educations_of_a_hidden_unit_are_one_wording_and_no_chart():
    app = opened(PAGE, spoergeskema="supervisor", enhed="kommune:0155", opdelt="uddannelse")

    assert not app.get("vega_lite_chart")
    assert HIDDEN in app.info[0].value


@on_the_sample
def test_a_year_before_which_there_is_none_has_no_open_dots():
    app = opened(PAGE, aar="2022")

    assert plotted(app, layer=3) == []
    assert len(plotted(app, layer=4)) == 46


@on_the_sample
@pytest.mark.parametrize("level", ["hospital", "klynge", "raad", "uddannelse"])
def test_every_level_has_its_own_dots(level):
    app = opened(PAGE, opdelt=level, uddannelse="" if level == "uddannelse" else "sygeplejerske")

    assert plotted(app, layer=4)


@on_the_sample
def test_a_link_below_the_chart_opens_the_unit_from_the_keyboard():
    app = unfold(opened(PAGE, enhed="kommune:0159"), "ind i enhed")
    next(button for button in app.button if button.label == "Roskilde Kommune").click().run()

    assert not app.exception
    assert "Roskilde Kommune" in app.title[0].value
    assert "Roskilde Kommune" in [box.value.name for box in app.selectbox if box.label == "Enhed"]


@on_the_sample
def test_coverage_shows_matrix_map_and_list():
    app = opened(PAGE, grundlag="daekning", uddannelse="sygeplejerske", spoergeskema="supervisor")
    page = " ".join(one.value for one in app.markdown)

    assert app.title[0].value == "Der er tal for 31 af 400 kombinationer af kommune og uddannelse"
    assert literal("Sygeplejerskeuddannelsen: 6 af 44 kommuner vises") in page
    assert app.header[0].value == "6 af 44 inviterede kommuner vises"
    assert f"**{HIDDEN} (38)**" in page
    assert "DAGI" in " ".join(one.value for one in app.caption)
    assert "Roskilde Kommune" in {button.label for button in app.button}


@on_the_sample
def test_the_cells_of_the_chosen_row_are_reached_from_the_keyboard():
    app = unfold(opened(PAGE, grundlag="daekning", enhed="kommune:0159"), "ind i feltet")
    label = literal("Gladsaxe Kommune: Pædagoguddannelsen")
    next(button for button in app.button if button.label == label).click().run()

    assert not app.exception
    assert "Gladsaxe Kommune · Pædagoguddannelsen" in grounds(app)


@on_the_sample
@pytest.mark.parametrize("link", [{"opdelt": "raad"}, {"grundlag": "daekning", "raekker": "raad"}])
def test_councils_before_their_time_are_said_to_be_so(link):
    assert "Sundhedsråd findes fra" in " ".join(one.value for one in opened(PAGE, **link).info)


@on_the_sample
def test_coverage_of_hospitals_has_links_of_its_own():
    app = unfold(opened(PAGE, grundlag="daekning", raekker="hospital"), "ind i enhed")

    assert {"Herlev Hospital", "Roskilde Kommune"} <= {button.label for button in app.button}


@on_the_sample
def test_the_chart_says_its_finding_to_those_who_do_not_see_it():
    app = opened(PAGE, grundlag="daekning")

    said = app.get("vega_lite_chart")[0].proto.alt
    assert said.startswith("Alle 46 inviterede kommuner vises. Studerendes praktikevaluering 2025")


def test_an_empty_contact_file_is_an_empty_contact(tmp_path):
    assert contact(tmp_path / "none.toml") == Contact()
    assert contact() == Contact(), "the file that is shipped names nobody"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('telefon = "1"', "telefon: kendes ikke"),
        ("name =", "Den kan have felterne name, email"),
        ('name = "Anna 010190-1234"', "name: må ikke rumme cpr-numre."),
        ('phone = "0101901234"', "phone: må ikke rumme cpr-numre."),
        (f'name = "{"x" * 201}"', "name: må højst have 200 tegn."),
        ('accessibility_statement = "javascript:alert(1)"', "skal begynde med https://"),
    ],
)
def test_a_contact_file_that_cannot_be_used_says_why_and_what_it_may_hold(tmp_path, text, said):
    file = tmp_path / "contact.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(
        ReferenceProblem, match=r"contact\.toml kan ikke læses.*Den kan have felterne"
    ) as problem:
        contact(file)
    assert said in str(problem.value)


def test_a_contact_is_kept_without_what_cannot_be_seen(tmp_path):
    file = tmp_path / "contact.toml"
    file.write_text('name = " Sekre\u202etariatet"\nemail = "praktik@example.dk"', encoding="utf-8")

    assert contact(file) == Contact(name="Sekretariatet", email="praktik@example.dk")
