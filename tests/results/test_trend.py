"""Udvikling: one question over the years."""

import pytest

from data_access import releases
from indicators.figure import HIDDEN, Figure, State
from indicators.selection import Named, Selection
from indicators.trend import Point, Role, Series
from indicators.verdicts import Change
from tests.app import opened
from tests.made_up import GREVE, KOEGE, LITTLE, MUCH, ROSKILDE, VERY_MUCH, add_round, add_sheets
from views.trend import chart, panels, table
from views.trend.report import educations, trend

RESULTS = "pages/results/results.py"
STUDENTS = Named("student", "Studerendes praktikevaluering")
SATISFIED, SUPERVISION = Named("S02", "Samlet tilfreds"), Named("S01", "Vejleder havde tid")
GREVE_NAMED = Named(GREVE, "Greve Kommune")


def chosen(question: Named = SATISFIED, unit: Named | None = None) -> Selection:
    return Selection(STUDENTS, 2025, unit or Named(ROSKILDE, "Roskilde Kommune"), question=question)


@pytest.fixture
def three_years(confidential, dashboard):
    """Of 40 in Roskilde 20, 38 and 20 agree; Køge always 38 of 40; Greve has 8, none and 3 answers."""
    for year, agree, greve in ((2023, 20, 8), (2024, 38, 0), (2025, 20, 3)):
        a_round = add_round(confidential, year)
        for place, agrees, disagrees in ((ROSKILDE, agree, 40 - agree), (KOEGE, 38, 2), (GREVE, greve, 0)):
            add_sheets(confidential, a_round, place, {"S01": VERY_MUCH, "S02": MUCH}, times=agrees)
            add_sheets(confidential, a_round, place, {"S01": LITTLE, "S02": LITTLE}, times=disagrees)
    releases.publish(confidential, dashboard)
    return dashboard


pytestmark = pytest.mark.usefixtures("sample_environment")
on_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


@on_sqlite
def test_the_unit_stands_beside_everyone_else_of_the_same_year(three_years):
    own, others = trend(three_years, chosen()).series

    assert [(point.year, point.figure.favourable) for point in own.points] == [
        (2023, 20),
        (2024, 38),
        (2025, 20),
    ]
    assert others.at(2024).figure.favourable == 38
    assert (own.role, others.role) == (Role.OWN, Role.BENCHMARK)


@on_sqlite
def test_a_sure_fall_is_claimed_and_the_table_says_every_change(three_years):
    report = trend(three_years, chosen())

    assert (
        report.title
        == "Roskilde Kommune \N{EN DASH} Samlet tilfreds: faldet fra 95\N{NO-BREAK SPACE}% til 50\N{NO-BREAK SPACE}% siden 2024"
    )
    changes = table.years(report)["Ændring siden runden før"].tolist()
    assert changes[:3] == ["", Change.RISEN.value, Change.FALLEN.value]


@on_sqlite
def test_nothing_is_claimed_across_a_series_break(three_years):
    report = trend(
        three_years, Selection(STUDENTS, 2024, Named(ROSKILDE, "Roskilde Kommune"), question=SUPERVISION)
    )

    assert report.title.endswith("95\N{NO-BREAK SPACE}% i 2024, databrud siden 2023")
    assert table.years(report)["Ændring siden runden før"].tolist()[1] == "Databrud"
    assert report.segment(2023) != report.segment(2024)


@on_sqlite
def test_hidden_and_unanswered_years_are_gaps_and_few_answers_an_open_mark(three_years):
    own, *_ = trend(three_years, chosen(unit=GREVE_NAMED)).series

    assert [point.figure.state for point in own.points] == [State.SHOWN, State.NO_ANSWERS, State.HIDDEN]
    assert own.points[0].figure.bound is not None
    assert own.shown == ()


@on_sqlite
def test_up_to_two_more_units_have_lines_of_their_own(three_years):
    others = (Named(KOEGE, "Køge Kommune"), GREVE_NAMED)
    report = trend(three_years, chosen(), others)

    assert [one.role for one in report.series] == [Role.OWN, Role.BENCHMARK, Role.SECOND, Role.THIRD]
    assert report.series[2].at(2024).figure.favourable == 38


@on_sqlite
def test_educations_are_series_after_the_one_of_them_all(three_years):
    report = educations(three_years, chosen())

    assert [one.about.name for one in report.series] == ["Roskilde Kommune", "Sygeplejerskeuddannelsen"]
    assert "Sygeplejerskeuddannelsen" in panels.panels(report)


@on_sqlite
def test_every_figure_of_the_picture_is_in_the_data(three_years):
    report = trend(three_years, chosen())

    assert len(list(report.data())) == sum(len(one.points) for one in report.series)


def rows_of(spec: dict) -> list[dict]:
    return [row for rows in spec["datasets"].values() for row in rows]


@on_sqlite
def test_the_drawing_has_a_band_a_line_and_no_number_of_a_hidden_year(three_years):
    spec = chart.lines(trend(three_years, chosen(), (GREVE_NAMED,))).to_dict()

    assert [layer["mark"]["type"] for layer in spec["layer"]] == [
        "rule",
        "text",
        "area",
        "line",
        "point",
        "text",
    ]
    drawn = [row for row in rows_of(spec) if row.get("name") == "Greve Kommune"]
    assert drawn == []
    assert any(row.get("low") is not None for row in rows_of(spec) if row.get("name") == "Roskilde Kommune")


def a_series(*shares: float | None) -> Series:
    figures = [
        HIDDEN
        if share is None
        else Figure(State.SHOWN, 20, int(20 * share), 20, (int(20 * share), 20 - int(20 * share)), 0)
        for share in shares
    ]
    return Series(
        Named(ROSKILDE, "Roskilde"),
        Role.OWN,
        tuple(Point(2022 + at, figure) for at, figure in enumerate(figures)),
    )


def test_names_at_the_ends_of_lines_are_kept_apart_and_inside():
    placed = chart.apart([61, 63, 64, 99], 11)

    assert all(
        above - below >= 11 - 1e-9 for below, above in zip(sorted(placed), sorted(placed)[1:], strict=False)
    )
    assert max(placed) <= 100 - 11 / 2
    assert chart.apart([20, 80], 11) == [20, 80]
    assert chart.apart([], 11) == []


@pytest.mark.parametrize(
    ("points", "breaks", "runs"),
    [
        ([(2022, 0.5), (2023, 0.6), (2024, 0.7)], (), 1),
        ([(2022, 0.5), (2023, None), (2024, 0.7)], (), 2),
        ([(2022, 0.5), (2023, 0.6), (2024, 0.7)], (2024,), 2),
        ([(2022, 0.5)], (), 1),
    ],
)
def test_a_sparkline_breaks_where_years_cannot_be_joined(points, breaks, runs):
    assert chart.spark(points, breaks).count("M") == runs


def test_a_sparkline_of_nothing_is_nothing():
    assert chart.spark([]) == ""


def test_a_series_knows_its_years_and_a_few_answers_have_no_band():
    series = a_series(0.5, None)

    assert [point.year for point in series.shown] == [2022]
    assert series.at(2022).limits is not None
    assert Point(2022, Figure(State.SHOWN, 8, 5, 8)).limits is None
    assert series.at(2030) is None


@pytest.mark.parametrize(
    "link",
    [
        {"enhed": "kommune:0159", "spoergsmaal": "S07", "vis_ogsaa": "kommune:0265"},
        {"enhed": "kommune:0159", "opdel": "uddannelser"},
        {"enhed": "alle"},
        {"enhed": "hospital:amager", "uddannelse": "sygeplejerske", "spoergsmaal": "S13"},
        {"enhed": "kommune:0155"},
        {"spoergeskema": "supervisor", "enhed": "klynge:rh-nord"},
        {"enhed": "kommune:0101", "aar": "2022"},
    ],
)
def test_the_tab_opens_for_every_kind_of_selection(link):
    app = opened(RESULTS, fane="udvikling", **link)

    assert len(app.title) == 1
