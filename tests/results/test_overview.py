"""The page Overblik: what its columns hold, what it calls worth talking about, and where it leads."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from data_access.dashboard import store
from data_access.publishing import releases
from indicators.figure import HIDDEN, Figure, QuestionRow, Response, Score, State, ThemeRow
from indicators.judgement import Change, Judgement, Verdict, VisibleDifference, YearChange
from indicators.overview import Overview, UnitColumn
from indicators.questionnaire import Theme
from indicators.report import Origin
from indicators.rights import OPERATOR
from indicators.selection import ALL_UNITS, EVERYONE_ELSE, Option, Selection
from tests.app import HIDDEN as HIDDEN_WORDS
from tests.app import opened, plotted
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
    add_round,
    add_sheets,
)
from views.documents.files.workbook import written
from views.foundation import readings
from views.foundation.controls import selection_of_keys
from views.foundation.readings import explained
from views.foundation.theme import VERDICTS
from views.subjects.overview import chart, headline, markup, table
from views.subjects.overview.overview import ThemeOverview
from views.subjects.overview.report import overview
from views.subjects.overview.tiles import tiles

KOEBENHAVN, SOLROED = "kommune:0101", "kommune:0269"
CLUSTER, COUNCIL = "klynge:rs-suh", "raad:sr-oestsjaelland-oerne"
STUDENTS = Option("student", "Studerendes praktikevaluering")
SPACE = "\N{NO-BREAK SPACE}"

small_stores = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
sample = pytest.mark.usefixtures("sample_environment")


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """2025: Roskilde, Køge and København 40 nurses each, of whom 10, 30 and 30 agree on S01 and 30 on S02.

    Greve and Solrød have 3 each, who agree on both. 2024: Roskilde 40, who all agree on S02.
    """
    with own_stores.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH, "S02": MUCH}, times=10)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": MUCH}, times=20)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": LITTLE}, times=10)
        for place in (KOEGE, KOEBENHAVN):
            add_sheets(confidential, a_round, place, {"S01": MUCH, "S02": MUCH}, times=30)
            add_sheets(confidential, a_round, place, {"S01": LITTLE, "S02": LITTLE}, times=10)
        for place in (GREVE, SOLROED):
            add_sheets(confidential, a_round, place, {"S01": MUCH, "S02": MUCH}, times=3)
        add_sheets(confidential, add_round(confidential, 2024), ROSKILDE, {"S02": MUCH}, times=40)
        releases.publish(confidential, dashboard)
    return own_stores


def chosen(unit: str = ROSKILDE, name: str = "Roskilde Kommune", **more) -> Selection:
    return Selection(STUDENTS, more.pop("year", 2025), Option(unit, name), **more)


def test_the_title_counts_the_themes_that_are_clearly_under_or_over(published):
    assert overview(published, chosen()).title == "Roskilde Kommune er klart under på 1 af 2 temaer"
    assert (
        overview(published, chosen(KOEBENHAVN, "Københavns Kommune")).title
        == "Københavns Kommune er klart over på 1 af 2 temaer"
    )


def test_a_title_that_grows_too_long_drops_the_unit_and_not_the_finding(published):
    name = "Den meget lange enhed i det østligste Sjælland og på alle øerne deromkring"

    assert overview(published, chosen(name=name)).title == "Klart under på 1 af 2 temaer"


def test_everything_has_its_highest_and_its_lowest_theme_for_a_title(published):
    report = overview(published, Selection(STUDENTS, 2025, ALL_UNITS))

    assert report.title == f"Alle enheder: højest på samlet (76{SPACE}%), lavest på vejledning (60{SPACE}%)"
    assert [column.unit.name for column in report.columns()] == ["Alle enheder"]


def test_a_hidden_unit_has_that_for_a_title_and_no_number_in_its_column(published):
    report = overview(published, chosen(GREVE, "Greve Kommune"))

    assert report.title == "Greve Kommune: skjult af hensyn til anonymitet"
    assert {score.share for score in report.own.scores.values()} == {None}
    assert list(tiles(report)) == []
    assert report.findings == ()


def test_the_columns_are_the_unit_its_group_and_everyone_else(published):
    columns = overview(published, chosen()).columns("klynge")

    assert [column.unit.key for column in columns] == [ROSKILDE, CLUSTER, EVERYONE_ELSE]
    assert [column.scores["vejledning"].share for column in columns] == pytest.approx(
        [10 / 40, 46 / 86, 66 / 86]
    )
    assert [column.scores["samlet"].share for column in columns] == pytest.approx([30 / 40, 66 / 86, 66 / 86])


def test_a_group_is_judged_against_those_outside_it_and_everyone_else_against_nobody(published):
    columns = overview(published, chosen()).columns("klynge")
    theme = QUESTIONNAIRE.themes[0]

    assert [column.verdict(theme) for column in columns] == [Verdict.BELOW, Verdict.BELOW, None]
    assert columns[1].scores["vejledning"].judgement.difference == pytest.approx(46 / 86 - 30 / 40, abs=1e-6)


def test_the_group_in_force_comes_first_and_the_other_says_when_it_is_from(published):
    report = overview(published, chosen())

    assert report.divisions == ("klynge", "raad")
    council = report.columns("raad")[1]
    assert council.unit.key == COUNCIL
    assert council.note.startswith("Sundhedsråd Østsjælland og Øerne findes fra 1. januar 2027")


@small_stores
def test_from_2027_the_councils_come_first(confidential, dashboard):
    add_sheets(confidential, add_round(confidential, 2027), ROSKILDE, {"S01": MUCH}, times=10)
    releases.publish(confidential, dashboard)

    assert overview(dashboard, chosen(year=2027)).divisions == ("raad", "klynge")


def test_a_unit_to_compare_with_gets_a_column_and_changes_no_verdict(published):
    compared = Option(KOEGE, "Køge Kommune")
    report = overview(published, chosen(compared_with=compared))

    assert [column.unit.name for column in report.columns("klynge")][2:] == ["Køge Kommune", "Alle andre"]
    assert report.beside[0].scores["vejledning"].share == 30 / 40
    assert report.themes == overview(published, chosen()).themes


def test_the_cluster_is_one_column_also_when_the_reader_compares_with_it(published):
    compared = Option(CLUSTER, "Sundhedsklyngen SUH (Køge/Roskilde)")
    report = overview(published, chosen(compared_with=compared))

    for division in report.divisions:
        keys = [column.unit.key for column in report.columns(division)]
        assert keys.count(CLUSTER) == 1


@small_stores
def test_an_education_of_all_units_stands_beside_the_other_educations(confidential, dashboard):
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE}, times=40)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=40, education=SOCIAL_WORK)
    releases.publish(confidential, dashboard)
    nursing = Option(NURSING, "Sygeplejerskeuddannelsen")

    report = overview(dashboard, Selection(STUDENTS, 2025, ALL_UNITS, nursing))

    assert report.title == "Sygeplejerskeuddannelsen er klart under på det ene vurderede tema"
    assert [column.unit.name for column in report.columns()] == [
        "Sygeplejerskeuddannelsen",
        "Alle andre uddannelser",
    ]
    assert [column.scores["vejledning"].share for column in report.columns()] == [0, 1]


@small_stores
def test_a_unit_that_is_low_only_because_of_its_educations_is_told_so(confidential, dashboard):
    a_round = add_round(confidential)
    for place, social_workers in ((ROSKILDE, 4), (KOEBENHAVN, 4)):
        add_sheets(
            confidential, a_round, place, {"S01": MUCH}, times=3 * social_workers, education=SOCIAL_WORK
        )
        add_sheets(
            confidential, a_round, place, {"S01": LITTLE}, times=7 * social_workers, education=SOCIAL_WORK
        )
    add_sheets(confidential, a_round, KOEBENHAVN, {"S01": MUCH}, times=120)
    releases.publish(confidential, dashboard)

    report = overview(dashboard, chosen())

    assert report.title == (
        "Roskilde Kommune er klart under på det ene vurderede tema (kan forklares af uddannelserne)"
    )
    [sentence] = explained(report)
    assert sentence.startswith(
        "* Vejledning, 1 spørgsmål, vejledning (Sundhedsklyngen SUH (Køge/Roskilde)) og "
    )
    assert sentence.endswith("er ikke sikker, når der tages højde for, hvilke uddannelser enheden har.")
    assert "Kan forklares af uddannelserne" in markup.finding(report.findings[0], report.beside[-1].unit)
    said = table.themes(report, report.columns())["Vurdering: Roskilde Kommune"]
    assert said[0] == "Klart under (kan forklares af uddannelserne)"


def test_the_findings_are_clear_differences_and_then_sure_falls(published):
    found = overview(published, chosen()).findings

    assert [one.row.question.id for one in found] == ["S01", "S02"]
    everyone_else = Option(EVERYONE_ELSE, "Alle andre")
    first, second = (markup.finding(one, everyone_else) for one in found)
    assert f"25{SPACE}% mod 77{SPACE}% hos alle andre" in first
    assert "Klart under" in first
    assert f"75{SPACE}% · Faldet fra 100{SPACE}% i 2024 · 40{SPACE}svar" in second


def test_the_workbook_s_data_hold_every_column(published):
    report = overview(published, chosen())
    told = {(datum.unit.key, datum.question.id): datum.figure for datum in report.data()}

    assert {unit for unit, _ in told} == {ROSKILDE, CLUSTER, COUNCIL, EVERYONE_ELSE}
    assert told[EVERYONE_ELSE, "S01"].favourable == 66
    assert told[CLUSTER, "S01"].n == 86


def test_where_nobody_answered_the_latest_year_in_which_somebody_did_is_known(published):
    copenhagen = chosen(KOEBENHAVN, "Københavns Kommune", year=2024)

    assert overview(published, copenhagen).title == "Københavns Kommune: ingen svar i 2024"
    assert overview(published, copenhagen).last_answered == 2025
    assert overview(published, chosen("kommune:0336", "Stevns Kommune")).last_answered is None


def test_the_tiles_count_questions_and_lead_to_the_first_of_them(published):
    response, above, below = tiles(overview(published, chosen()))

    assert (response.value, response.more) == (f"100{SPACE}%", "uændret siden 2024")
    assert (above.value, above.more) == ("0", "af 2 spørgsmål")
    assert (below.value, below.keys["spoergsmaal"], below.keys["tema"]) == ("1", "S01", "vejledning")


def test_for_everything_the_tiles_count_what_changed(published):
    labels = {
        tile.label: tile.value for tile in tiles(overview(published, Selection(STUDENTS, 2025, ALL_UNITS)))
    }

    assert labels == {"Svarprocent": f"100{SPACE}%", "Steget siden 2024": "0", "Faldet siden 2024": "1"}


QUESTION = QUESTIONNAIRE.questions[0]
OTHERS = Option(EVERYONE_ELSE, "Alle andre")


def judged(
    question_id: str, verdict: Verdict | None, low: float = 0.0, high: float = 0.0, **more
) -> QuestionRow:
    """A row with that verdict, and the interval of its difference."""
    difference = (low + high) / 2
    judgement = Judgement(difference=difference, difference_low=low, difference_high=high, verdict=verdict)
    figure = Figure(State.SHOWN, 100, 50, 100, (25, 25, 25, 25, 0), 0, judgement=judgement)
    question = QUESTION.model_copy(update={"id": question_id, **more})
    return QuestionRow(
        QUESTIONNAIRE.themes[0], question, QUESTIONNAIRE.scales[0], figure, replace(figure, judgement=None)
    )


def report_of(rows: list[QuestionRow], changes: dict[str, YearChange] | None = None) -> Overview:
    theme = QUESTIONNAIRE.themes[0]
    score = Score(State.SHOWN, 0.5, 100, 100, True)
    return Overview(
        title="Overblik",
        selection=chosen(),
        origin=Origin("Opdigtet", 1, date(2025, 12, 8), "styregruppe", 5, True),
        response=Response(State.SHOWN, 100, 200),
        rows=tuple(rows),
        themes=(ThemeRow(theme, score, score),),
        changes=changes or {},
        own=UnitColumn(chosen().unit, {theme.id: score}, ()),
        groups=(),
        beside=(),
        earlier_year=2024,
        earlier=None,
    )


def found_in(report: Overview) -> list[str]:
    return [one.row.question.id for one in report.findings]


def test_under_comes_before_over_and_the_largest_certain_difference_first():
    rows = [
        judged("over", Verdict.ABOVE, 0.20, 0.40),
        judged("wide", Verdict.BELOW, -0.60, -0.01),
        judged("narrow", Verdict.BELOW, -0.20, -0.10),
    ]

    assert found_in(report_of(rows)) == ["narrow", "wide", "over"]


def test_there_are_at_most_three_findings_and_none_without_a_verdict():
    under = [judged(f"S{at}", Verdict.BELOW, -0.2, -0.1) for at in range(5)]
    silent = [judged("alike", Verdict.ALIKE), judged("few", Verdict.TOO_FEW), judged("none", None)]
    hidden = replace(judged("hidden", None), figure=HIDDEN)

    assert len(found_in(report_of(under))) == 3
    assert found_in(report_of([*silent, hidden])) == []


def test_a_sure_turn_for_the_worse_comes_last_and_only_once():
    rows = [
        judged("clear", Verdict.BELOW, -0.2, -0.1),
        judged("fell", Verdict.ALIKE),
        judged("rose", Verdict.ALIKE),
    ]
    fell, rose = (YearChange(2024, change, -0.1, -0.15, -0.05) for change in (Change.FALLEN, Change.RISEN))

    report = report_of(rows, {"clear": fell, "fell": fell, "rose": rose})

    assert found_in(report) == ["clear", "fell"]
    assert report.findings[0].turn == fell


def test_where_high_is_bad_a_rise_is_the_turn_for_the_worse_and_the_reader_is_warned():
    rose = YearChange(2024, Change.RISEN, 0.1, 0.05, 0.15)
    report = report_of([judged("bad", Verdict.ALIKE, high_is_bad=True)], {"bad": rose})

    assert found_in(report) == ["bad"]
    said = markup.finding(report.findings[0], OTHERS)
    assert f"Steget fra 40{SPACE}% i 2024" in said
    assert "en lav andel god" in said


def test_when_nothing_stands_out_that_is_said_to_be_the_normal_answer():
    nothing = headline.nothing_to_talk_about(report_of([judged("alike", Verdict.ALIKE)]))

    assert nothing.startswith(
        "Intet spørgsmål skiller sig klart ud, og intet er gået sikkert tilbage siden 2024."
    )
    assert "det normale svar" in nothing


def test_of_questions_that_could_not_be_judged_nothing_is_said():
    report = report_of([judged("alike", Verdict.ALIKE), judged("few", Verdict.TOO_FEW)])

    assert headline.nothing_to_talk_about(report).startswith("Intet vurderet spørgsmål skiller sig klart ud")
    assert headline.themes([theme_row(Verdict.ALIKE), theme_row(None)]).startswith("Intet vurderet tema er")
    assert [tile.more for tile in tiles(report)][1:] == ["af 1 vurderede spørgsmål"] * 2


def test_of_themes_that_show_the_same_share_neither_is_called_the_lowest():
    shares = (0.826, 0.634, 0.627)
    themes = [
        ThemeRow(Theme(id=name, name=name), score, score)
        for name, share in zip(("Modtagelse", "Forberedelse", "Vejledning"), shares, strict=True)
        for score in [Score(State.SHOWN, share, 90, 100, True)]
    ]
    of_all = Selection(STUDENTS, 2025, ALL_UNITS)

    assert headline.title(of_all, [judged("S01", None)], themes) == (
        f"Alle enheder: højest på modtagelse (83{SPACE}%), lavest på forberedelse og vejledning (63{SPACE}%)"
    )


@pytest.mark.parametrize(("n", "whose"), [(9, "for få svar"), (450, "for få andre svar")])
def test_it_is_said_whose_answers_are_too_few_for_a_verdict(n, whose):
    counts = None if n < 10 else (n, 0, 0, 0, 0)
    figure = Figure(State.SHOWN, n, 5 if counts is None else n, n, counts)

    assert readings.too_few([HIDDEN, figure]) == whose


def test_with_too_few_answers_nothing_is_said_to_be_alike():
    report = report_of([judged("few", Verdict.TOO_FEW)])

    assert (
        headline.nothing_to_talk_about(report)
        == "Der er for få andre svar til at vurdere, om noget skiller sig ud."
    )
    assert [tile.label for tile in tiles(report)] == ["Svarprocent"]


def theme_row(verdict: Verdict | None) -> ThemeRow:
    score = Score(State.SHOWN, 0.5, 90, 100, True, Judgement(verdict=verdict))
    return ThemeRow(QUESTIONNAIRE.themes[0], score, replace(score, judgement=None))


def test_the_title_of_the_page_never_says_more_than_the_verdicts():
    rows, themes = [judged("S01", Verdict.ALIKE)], [theme_row(Verdict.ALIKE)]

    def title(rows: list[QuestionRow], themes: list[ThemeRow]) -> str:
        return headline.title(chosen(), rows, themes)

    assert title(rows, themes) == "Roskilde Kommune skiller sig ikke klart ud på noget tema"
    assert (
        title([judged("S01", Verdict.ABOVE)], themes) == "Roskilde Kommune er klart over på 1 af 1 spørgsmål"
    )
    assert (
        title(rows, [theme_row(Verdict.ABOVE), theme_row(Verdict.BELOW), theme_row(Verdict.BELOW)])
        == "Roskilde Kommune er klart under på 2 og klart over på 1 af 3 temaer"
    )
    assert (
        title(rows, [theme_row(Verdict.BELOW), theme_row(Verdict.ALIKE), theme_row(None)])
        == "Roskilde Kommune er klart under på 1 af 2 vurderede temaer"
    )
    assert (
        title(rows, [theme_row(Verdict.ALIKE), theme_row(Verdict.ALIKE), theme_row(Verdict.TOO_FEW)])
        == "Roskilde Kommune skiller sig ikke klart ud på de 2 vurderede temaer"
    )
    assert (
        title([*rows, judged("S02", Verdict.TOO_FEW)], [theme_row(None)])
        == "Roskilde Kommune skiller sig ikke klart ud på det ene vurderede spørgsmål"
    )
    few = [judged("S01", Verdict.TOO_FEW)], [theme_row(Verdict.TOO_FEW)]
    assert title(*few) == "Roskilde Kommune: for få andre svar til at vurdere"


def heat(*columns: tuple[str, Score]):
    """The table of one theme."""
    theme = QUESTIONNAIRE.themes[0]
    named = [UnitColumn(Option(key, key), {theme.id: score}, ()) for key, score in columns]
    return chart.heat_table([theme_row(Verdict.ALIKE)], named)


def drawn(heat_table, mark: str) -> list[list[dict]]:
    """The rows behind the layers of that mark."""
    return [layer.data.to_dict("records") for layer in heat_table.layer if layer.mark.type == mark]


UNDER = Score(State.SHOWN, 0.25, 40, 40, True, Judgement(verdict=Verdict.BELOW))
OVER = Score(State.SHOWN, 0.75, 40, 40, True, Judgement(verdict=Verdict.ABOVE))


def test_a_cell_has_colour_and_triangle_only_where_the_verdict_is_clear():
    alike = replace(OVER, judgement=Judgement(verdict=Verdict.ALIKE))
    table_of = heat(
        ("under", UNDER), ("over", OVER), ("lige", alike), (EVERYONE_ELSE, replace(OVER, judgement=None))
    )

    (cells,) = drawn(table_of, "rect")
    said = Verdict.BELOW, Verdict.ABOVE, Verdict.ALIKE
    assert [cell["fill"] for cell in cells] == [*(VERDICTS[one].cell for one in said), "#FFFFFF"]
    (triangles,) = drawn(table_of, "point")
    assert [(one["column"], one["shape"]) for one in triangles] == [
        ("under", "triangle-down"),
        ("over", "triangle-up"),
    ]


def test_every_shown_cell_holds_its_number():
    numbers = drawn(heat(("under", UNDER), ("over", OVER)), "text")[0]

    assert [(one["text"], one["short"]) for one in numbers] == [(f"25{SPACE}%", "25"), (f"75{SPACE}%", "75")]


def test_a_hidden_cell_is_hatched_and_holds_no_number():
    table_of = heat(("skjult", Score(State.HIDDEN)), ("over", OVER))

    hatching = drawn(table_of, "rule")
    assert len(hatching) == chart.LINES
    assert {row["column"] for layer in hatching for row in layer} == {"skjult"}
    (cells,) = drawn(table_of, "rect")
    assert (cells[0]["text"], cells[0]["short"], cells[0]["answers"]) == (HIDDEN_WORDS, "", "")
    assert not any(
        row["column"] == "skjult" and row.get("short") for layer in drawn(table_of, "text") for row in layer
    )


def test_a_theme_that_nobody_answered_is_not_hatched():
    assert drawn(heat(("ingen", Score(State.NO_ANSWERS)), ("over", OVER)), "rule") == []


def test_the_cells_are_the_layer_that_takes_clicks_and_name_their_theme():
    table_of = heat(("under", UNDER))

    assert table_of.layer[0].mark.type == "rect"
    assert drawn(table_of, "rect")[0][0]["row"] == "vejledning"
    assert table_of.to_dict()["config"]["locale"]["number"]["decimal"] == ","


def test_long_names_are_split_in_lines_and_whole():
    for name in (
        "Sundhedsklyngen SUH (Køge/Roskilde)",
        "Sygeplejerskeuddannelsen",
        "Nordsjællands Hospital, Frederikssund",
    ):
        wide, _, narrow, longest = chart._lines(name)
        assert wide.replace("\n", " ") == name
        assert narrow.replace("-\n", "").replace("\n", " ") == name
        assert longest <= 15


def test_the_table_says_in_words_what_the_cells_show(published):
    report = overview(published, chosen())
    frame = table.themes(report, report.columns("klynge"))

    assert frame["Tema"].tolist() == ["Vejledning", "Samlet"]
    assert frame["Vurdering: Roskilde Kommune"].tolist() == ["Klart under", "Ikke til at skelne"]
    assert frame["Status: Alle andre"].tolist() == ["Vist", "Vist"]
    assert frame["Roskilde Kommune"].tolist() == [0.25, 0.75]


def test_the_table_says_that_a_cell_is_hidden_and_gives_no_number(published):
    report = overview(published, chosen(GREVE, "Greve Kommune"))
    frame = table.themes(report, report.columns("klynge"))

    assert set(frame["Vurdering: Greve Kommune"]) == {HIDDEN_WORDS}
    assert frame["Greve Kommune"].isna().all()
    assert frame["Færrest svar"].isna().all()


def page_of(app) -> str:
    """Everything that is said on the page."""
    html = (element.proto.body for element in app.get("html"))
    said = (
        element.value
        for kind in (app.title, app.header, app.markdown, app.info, app.caption)
        for element in kind
    )
    return " ".join([*said, *html])


@sample
def test_a_unit_that_stands_out_is_shown_with_tiles_table_and_findings():
    app = opened(enhed="kommune:0159")

    by_mix = "(kan forklares af uddannelserne)"
    assert (
        app.title[0].value.replace("\\", "") == f"Gladsaxe Kommune er klart under på 1 af 6 temaer {by_mix}"
    )
    labels = [button.label for button in app.button]
    assert f"Klart under **5** af 12 spørgsmål {by_mix}" in labels
    assert labels.count("Se spørgsmålet") == 3
    cells = plotted(app)
    assert len(cells) == 6 * 3
    assert {cell["said"] for cell in cells if cell["column"] == EVERYONE_ELSE} == {""}
    assert any("hvilke uddannelser enheden har" in caption.value for caption in app.caption)


@sample
def test_a_tile_leads_to_the_question_behind_it():
    app = opened(enhed="kommune:0159")
    app.button(key="flise Klart under").click().run()

    assert not app.exception
    assert app.session_state["spoergsmaal"].key == "S12"
    assert app.session_state["enhed"].key == "kommune:0159"


@sample
def test_the_reader_may_see_the_council_instead_of_the_cluster():
    app = opened(enhed="kommune:0159", inddeling_klynge="raad")

    assert {cell["column"] for cell in plotted(app)} == {
        "kommune:0159",
        "raad:sr-koebenhavns-omegn-nord",
        EVERYONE_ELSE,
    }
    assert "her er svarene lagt sammen efter den inddeling" in page_of(app)


@sample
def test_a_hidden_unit_says_so_once_in_each_place_and_leads_to_its_larger_groups():
    app = opened(enhed="hospital:psyk-bornholm")

    assert HIDDEN_WORDS.lower() in app.title[0].value
    assert "Tal om dette" not in page_of(app)
    cells = [cell for cell in plotted(app) if cell["column"] == "hospital:psyk-bornholm"]
    assert {(cell["text"], cell["short"]) for cell in cells} == {(HIDDEN_WORDS, "")}
    assert "Vis Sundhedsråd Hovedstaden" in [button.label for button in app.button]


@sample
def test_the_smallest_unit_is_shown_but_not_judged():
    app = opened(enhed="hospital:frederikssund")

    assert "for få svar til at vurdere" in app.title[0].value
    assert {cell["shape"] for cell in plotted(app) if cell["column"] == "hospital:frederikssund"} == {""}
    assert "Med 4 flere svar kan fordelingen og vurderingen vises" in page_of(app)


@sample
def test_an_education_s_own_questions_count_among_its_questions():
    app = opened(uddannelse="sygeplejerske")

    assert app.title[0].value == "Sygeplejerskeuddannelsen skiller sig ikke klart ud på noget tema"
    assert "Klart over **0** af 12 vurderede spørgsmål" in [button.label for button in app.button]
    in_a_region = opened(uddannelse="sygeplejerske", enhed="region:1084")
    assert "Klart over **1** af 13 spørgsmål" in [button.label for button in in_a_region.button]


@sample
def test_a_year_without_answers_leads_to_the_latest_with_some():
    app = opened(uddannelse="sundhedsadm-koordinator", aar="2022")

    assert app.info[0].value == "Der er ingen svar for 2022. Seneste år med svar er 2025."
    assert not app.get("vega_lite_chart")
    app.button(key="seneste år").click().run()
    assert "2025 · Alle enheder" in page_of(app)


@sample
def test_a_skewed_response_is_said_in_words():
    page = page_of(opened(enhed="kommune:0265", aar="2023"))

    assert "Skæv svarfordeling" in page
    assert "Læs med forbehold" in page or "Godt grundlag" in page


@sample
def test_the_first_round_has_no_year_before_to_compare_with():
    app = opened(enhed="kommune:0159", aar="2022")

    assert "tilbage siden" not in page_of(app)
    assert not any("siden 20" in button.label for button in app.button)


@sample
def test_where_nothing_is_chosen_the_regions_in_force_stand_beside_all_and_are_judged():
    app = opened()
    rows = plotted(app)

    assert list(dict.fromkeys(row["unit"] for row in rows)) == [
        *("Alle enheder", "Region Hovedstaden", "Region Sjælland")
    ]
    assert {row["said"] for row in rows if row["unit"] == "Alle enheder"} == {""}
    assert all(row["said"] for row in rows if row["unit"] != "Alle enheder")
    assert {row["goes"] for row in rows} == {"", "region:1084", "region:1085"}
    assert "Ingen af regionerne skiller sig klart ud" in page_of(app)


def test_where_nothing_stands_out_it_is_said_what_could_have_been_seen():
    few, many = VisibleDifference(14, 0.48), VisibleDifference(1210, 0.07)

    assert readings.could_be_seen([few]) == (
        "Med 14 svar ville først en forskel på omkring 48 procentpoint blive set i fire af fem målinger.",
    )
    assert readings.could_be_seen([few, many])[0].endswith(
        "i fire af fem målinger, med 1.210 svar først en på omkring 7 procentpoint."
    )
    assert readings.could_be_seen([VisibleDifference(10, None)]) == (
        "Med 10 svar ville ingen forskel kunne ses sikkert.",
    )
    assert readings.could_be_seen([]) == ()


@sample
def test_a_unit_of_which_nothing_stands_out_says_on_the_page_and_in_the_workbook_what_could_be_seen():
    app = opened(enhed="kommune:0155")  # Dragør, with few answers

    assert "skiller sig ikke klart ud" in app.title[0].value
    [said] = [caption.value for caption in app.caption if "blive set" in caption.value]
    assert re.match(
        r"Med 1\d svar ville først en forskel på omkring [45]\d procentpoint", said.replace("\\", "")
    )
    with store.reading(OPERATOR) as session:
        chosen_unit = selection_of_keys(session, "student", 2025, {"unit": "kommune:0155"})
        report = overview(session, chosen_unit)
    cover = load_workbook(BytesIO(written(ThemeOverview(chosen_unit).sections())))["Forside"]
    told = [row[0] for row in cover.iter_rows(values_only=True)]
    assert f"Bemærk: {readings.could_be_seen(report.visible)[0]}" in told


@sample
def test_a_good_badge_beside_hidden_numbers_says_what_it_is_about():
    hidden = opened(enhed="raad:sr-nordsjaelland", uddannelse="sygeplejerske", aar="2023")
    shown_too = opened(enhed="kommune:0159")

    assert "A Godt grundlag" in page_of(hidden)
    assert readings.ALL_HIDDEN in page_of(hidden)
    assert readings.ALL_HIDDEN not in page_of(shown_too)
