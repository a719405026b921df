"""Udvikling: one question over the years."""

import re
from base64 import b64decode
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from sqlmodel import Session

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import reference_tables
from data_access.publishing import releases
from data_access.reference import read_reference
from indicators.figure import HIDDEN, NO_ANSWERS, Figure, Response, State
from indicators.judgement import Change, YearChange
from indicators.questionnaire import SeriesBreak
from indicators.report import Asked, Origin
from indicators.selection import ALL, Option, Selection
from indicators.trend import BY_EDUCATION, LineRole, Split, Trend, TrendPoint, TrendSeries
from tests.app import HIDDEN as HIDDEN_IN_WORDS
from tests.app import opened, plotted, unfolded
from tests.conftest import MadeStores, writing
from tests.made_up import (
    GREVE,
    KOEGE,
    LITTLE,
    MUCH,
    QUESTIONNAIRE,
    ROSKILDE,
    SOCIAL_WORK,
    VERY_MUCH,
    add_round,
    add_sheets,
)
from views.subjects.trend import chart, panels, table
from views.subjects.trend import trend as page
from views.subjects.trend.report import educations, title_of_parts, trend
from views.subjects.trend.report import title as title_of_trend

RESULTS, SPACE = "pages/results/results.py", "\N{NO-BREAK SPACE}"
STUDENTS = Option("student", "Studerendes praktikevaluering")
SATISFIED, SUPERVISION = Option("S02", "Samlet tilfreds"), Option("S01", "Vejleder havde tid")
ROSKILDE_NAMED, GREVE_NAMED = Option(ROSKILDE, "Roskilde Kommune"), Option(GREVE, "Greve Kommune")
LINES, POINTS = 4, 5
"""Layers of the chart."""

pytestmark = pytest.mark.usefixtures("sample_environment")
on_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


def chosen(question: Option = SATISFIED, unit: Option = ROSKILDE_NAMED, year: int = 2025) -> Selection:
    return Selection(STUDENTS, year, unit, question=question)


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """Of 40 in Roskilde 20, 38 and 20 agree; Køge always 38 of 40; Greve has 8, none and 3 answers."""
    with own_stores.filling() as (confidential, dashboard):
        for year, agree, greve in ((2023, 20, 8), (2024, 38, 0), (2025, 20, 3)):
            a_round = add_round(confidential, year)
            for place, agrees, disagrees in (
                (ROSKILDE, agree, 40 - agree),
                (KOEGE, 38, 2),
                (GREVE, greve, 0),
            ):
                add_sheets(confidential, a_round, place, {"S01": VERY_MUCH, "S02": MUCH}, times=agrees)
                add_sheets(confidential, a_round, place, {"S01": LITTLE, "S02": LITTLE}, times=disagrees)
        releases.publish(confidential, dashboard)
    return own_stores


@pytest.fixture
def three_years(published: Session) -> Session:
    """That release."""
    return published


def share_of(favourable: int | None, n: int = 20, change: Change | None = None, difference: float = -0.2):
    """A figure of n answers; None is hidden."""
    if favourable is None:
        return HIDDEN, None
    counts = (favourable, 0, n - favourable, 0, 0) if n >= 10 else None
    found = YearChange(2024, change, difference) if change else None
    return Figure(State.SHOWN, n, favourable, n, counts), found


def a_series(
    *figures: tuple, about: Option = ROSKILDE_NAMED, role: LineRole = LineRole.OWN, since: int = 2022
) -> TrendSeries:
    points = (
        TrendPoint(since + at, figure, change, is_uncertain=bool(figure.n and figure.n < 10))
        for at, (figure, change) in enumerate(figures)
    )
    return TrendSeries(about, role, tuple(points))


def report(*series: TrendSeries, breaks: tuple[int, ...] = (), split: Split | None = None) -> Trend:
    question, theme, scale = QUESTIONNAIRE.questions[1], QUESTIONNAIRE.themes[1], QUESTIONNAIRE.scales[0]
    return Trend(
        title="-",
        selection=chosen(),
        origin=Origin("Opdigtet", 1, date(2025, 12, 8), "styregruppe", 5, True),
        response=Response(State.SHOWN, 20, 40),
        asked=Asked(question, theme, scale),
        series=series,
        breaks=tuple(SeriesBreak(year=year, reason="ny ordlyd") for year in breaks),
        split=split,
    )


def rows_of(spec: dict, layer: int) -> list[dict]:
    return spec["datasets"][spec["layer"][layer]["data"]["name"]]


def test_the_unit_stands_beside_everyone_else_of_the_same_year(three_years):
    own, others = trend(three_years, chosen()).series

    assert [(point.year, point.figure.favourable) for point in own.points] == [
        (2023, 20),
        (2024, 38),
        (2025, 20),
    ]
    assert others.at(2024).figure.favourable == 38
    assert (own.role, others.role) == (LineRole.OWN, LineRole.BENCHMARK)


def test_a_sure_fall_is_claimed_and_the_table_says_every_change(three_years):
    found = trend(three_years, chosen())

    assert found.title == (
        f"Roskilde Kommune \N{EN DASH} Samlet tilfreds: faldet fra 95{SPACE}% til 50{SPACE}% siden 2024"
    )
    frame = table.years(found)
    assert frame["Ændring siden runden før"].tolist()[:3] == ["", Change.RISEN, Change.FALLEN]
    assert frame["Ændring (procentpoint)"].tolist()[1:3] == [45, -45]


def test_nothing_is_claimed_across_a_series_break(three_years):
    found = trend(three_years, chosen(SUPERVISION, year=2024))

    assert found.title.endswith(f"95{SPACE}% i 2024, kan ikke sammenlignes med 2023")
    assert table.years(found)["Ændring siden runden før"].tolist()[1] == "Databrud"
    assert [[point.year for point in run] for run in found.runs(found.series[0])] == [[2023], [2024, 2025]]


def test_hidden_and_unanswered_years_and_those_with_a_bound_have_no_share(three_years):
    own, *_ = trend(three_years, chosen(unit=GREVE_NAMED)).series

    assert [point.figure.state for point in own.points] == [State.SHOWN, State.NO_ANSWERS, State.HIDDEN]
    assert own.points[0].figure.bound is not None
    assert own.shown == ()


def test_up_to_two_more_units_have_lines_of_their_own_and_nobody_has_two(three_years):
    others = (Option(KOEGE, "Køge Kommune"), ROSKILDE_NAMED, GREVE_NAMED)
    found = trend(three_years, chosen(), others)

    assert [one.role for one in found.series] == [
        LineRole.OWN,
        LineRole.BENCHMARK,
        LineRole.SECOND,
        LineRole.THIRD,
    ]
    assert found.series[2].at(2024).figure.favourable == 38


def test_beside_another_unit_stands_that_unit_with_its_own_changes(three_years):
    koege = chosen(unit=Option(KOEGE, "Køge Kommune"))
    found = trend(three_years, replace(koege, compared_with=ROSKILDE_NAMED))

    [_, other] = found.series
    assert (other.about.name, other.role) == ("Roskilde Kommune", LineRole.BENCHMARK)
    assert found.change(other, other.at(2024)) is Change.RISEN


@on_sqlite
def test_a_place_that_few_answered_at_leaves_everyone_else_with_a_certain_line(confidential, dashboard):
    for year in (2024, 2025):
        a_round = add_round(confidential, year)
        for place, times in ((ROSKILDE, 40), (KOEGE, 40), (GREVE, 4)):
            add_sheets(confidential, a_round, place, {"S02": MUCH}, times=times)
            add_sheets(confidential, a_round, place, {"S02": LITTLE}, times=times)
    releases.publish(confidential, dashboard)

    own, others = trend(dashboard, chosen(unit=GREVE_NAMED)).series

    assert [point.limits for point in own.shown] == [None, None]
    assert all(point.limits for point in others.shown)


@on_sqlite
def test_educations_are_series_after_the_one_of_them_all_and_the_hidden_are_told(confidential, dashboard):
    for year in (2024, 2025):
        a_round = add_round(confidential, year)
        add_sheets(confidential, a_round, ROSKILDE, {"S02": MUCH}, times=40)
        for small in (SOCIAL_WORK, "radiograf"):
            add_sheets(confidential, a_round, ROSKILDE, {"S02": LITTLE}, times=4, education=small)
        add_sheets(confidential, a_round, KOEGE, {"S02": MUCH}, times=40, education=SOCIAL_WORK)
    releases.publish(confidential, dashboard)

    found = educations(dashboard, replace(chosen(), education=Option("sygeplejerske", "Sygeplejerske")))

    hidden = ["Radiografuddannelsen", "Socialrådgiveruddannelsen"]
    shown = ["Roskilde Kommune", "Sygeplejerskeuddannelsen"]
    assert [one.about.name for one in found.series] == [shown[0], *hidden, shown[1]]
    assert found.selection.education.key == ALL, "the parts of all, whichever was chosen"
    assert [one.about.name for one in panels.drawn(found)] == shown[1:]
    assert list(table.left_out(found)) == [f"{HIDDEN_IN_WORDS}: {' og '.join(hidden)}."]


@on_sqlite
def test_a_question_of_one_education_is_shown_of_that_one_alone(confidential, dashboard):
    special = QUESTIONNAIRE.questions[1].model_copy(update={"common": False})
    asked = QUESTIONNAIRE.model_copy(update={"questions": (QUESTIONNAIRE.questions[0], special)})
    for year in (2024, 2025):
        a_round = add_round(confidential, year)
        a_round.questionnaire = asked.model_dump(mode="json")
        add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH, "S02": MUCH}, times=40)
        add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=40, education=SOCIAL_WORK)
    releases.publish(confidential, dashboard)

    found = educations(dashboard, chosen())

    assert [one.about.name for one in found.series] == ["Sygeplejerskeuddannelsen"]


@on_sqlite
def test_a_question_that_was_not_asked_that_year_is_told_as_it_was_last_asked(confidential, dashboard):
    add_sheets(confidential, add_round(confidential, 2024), ROSKILDE, {"S01": MUCH, "S02": MUCH}, times=20)
    later = add_round(confidential, 2025)
    questions = QUESTIONNAIRE.model_copy(update={"questions": QUESTIONNAIRE.questions[:1]})
    later.questionnaire = questions.model_dump(mode="json")
    add_sheets(confidential, later, ROSKILDE, {"S01": MUCH}, times=20)
    releases.publish(confidential, dashboard)

    found = trend(dashboard, chosen())

    assert found.title == "Samlet tilfreds: ikke stillet i 2025"
    assert found.rounds == (2024,)


def test_every_figure_of_the_picture_is_in_the_data_under_its_own_unit_and_education(three_years):
    found = educations(three_years, chosen())

    data = [(datum.unit.name, datum.education.key, datum.years.last) for datum in found.data()]
    assert data == [
        ("Roskilde Kommune", education, year)
        for education in (ALL, "sygeplejerske")
        for year in (2023, 2024, 2025)
    ]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([share_of(15), share_of(10, change=Change.FALLEN, difference=-0.25)], f"faldet fra 75{SPACE}% til 50{SPACE}% siden 2024"),
        ([share_of(8), share_of(12, change=Change.RISEN, difference=0.2)], f"steget fra 40{SPACE}% til 60{SPACE}% siden 2024"),
        ([share_of(15), share_of(10, change=Change.NOT_CERTAIN)], f"50{SPACE}%, ingen sikker ændring siden 2024"),
        ([share_of(15), share_of(4, 8, Change.TOO_FEW)], f"50{SPACE}%, for få svar til at vurdere en ændring"),
        ([share_of(None), share_of(10)], f"50{SPACE}% i 2025"),
        ([share_of(10)], f"50{SPACE}% i 2025"),
    ],
)  # fmt: skip
def test_the_headline_says_what_the_stored_change_says(figures, said):
    own = a_series(*figures, since=2026 - len(figures))
    title = title_of_trend(chosen(), Asked(QUESTIONNAIRE.questions[1], *_theme_and_scale()), own, ())

    assert title == f"Roskilde Kommune \N{EN DASH} Samlet tilfreds: {said}"


def _theme_and_scale():
    return QUESTIONNAIRE.themes[1], QUESTIONNAIRE.scales[0]


@pytest.mark.parametrize(("figure", "said"), [(HIDDEN, HIDDEN_IN_WORDS.lower()), (NO_ANSWERS, "ingen svar")])
def test_a_headline_about_a_year_without_a_number_says_only_that(figure, said):
    own = a_series(share_of(15), (figure, None), since=2024)
    title = title_of_trend(chosen(), Asked(QUESTIONNAIRE.questions[1], *_theme_and_scale()), own, ())

    assert title.lower() == f"roskilde kommune: {said} i 2025"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([Change.FALLEN, Change.RISEN, Change.FALLEN, Change.TOO_FEW], "2 af 3 uddannelser er faldet, 1 er steget siden 2024"),
        ([Change.NOT_CERTAIN, Change.NOT_CERTAIN], "ingen sikker ændring på 2 uddannelser siden 2024"),
        ([Change.TOO_FEW], "for få svar til at vurdere ændringer på uddannelserne"),
        ([], "for få svar til at vurdere ændringer på uddannelserne"),
    ],
)  # fmt: skip
def test_the_headline_counts_the_educations_that_have_surely_changed(changes, said):
    series = [a_series(share_of(15), share_of(10, change=one), since=2024) for one in changes]
    title = title_of_parts(
        chosen(), Asked(QUESTIONNAIRE.questions[1], *_theme_and_scale()), series, BY_EDUCATION
    )

    assert title == f"Roskilde Kommune \N{EN DASH} Samlet tilfreds: {said}"


def test_a_headline_leaves_the_unit_out_before_it_grows_too_long():
    cluster = Option("klynge:lang", "Sundhedsklyngen med et meget langt navn og mange kommuner i")
    own = a_series(share_of(15), share_of(10, change=Change.NOT_CERTAIN), since=2024)
    asked = Asked(QUESTIONNAIRE.questions[1], *_theme_and_scale())

    title = title_of_trend(chosen(unit=cluster), asked, own, ())

    assert title == f"Samlet tilfreds: 50{SPACE}%, ingen sikker ændring siden 2024"


def test_lines_are_broken_at_hidden_years_and_at_breaks():
    own = a_series(share_of(15), share_of(14), share_of(None), share_of(12), share_of(11))

    for breaks, runs in (
        ((), [[2022, 2023], [2025, 2026]]),
        ((2023, 2026), [[2022], [2023], [2025], [2026]]),
    ):
        found = report(own, breaks=breaks)
        assert [[point.year for point in run] for run in found.runs(own)] == runs


def test_the_drawing_has_a_band_a_line_and_no_number_of_a_hidden_year():
    own = a_series(share_of(15), share_of(None), share_of(12), share_of(11))
    hidden = a_series(*[share_of(None)] * 4, about=GREVE_NAMED, role=LineRole.SECOND)
    spec = chart.lines(report(own, hidden)).to_dict()

    kinds = [layer["mark"]["type"] for layer in spec["layer"]]
    assert kinds == ["rule", "text", "area", "rule", "line", "point", "text"]
    assert [row["year"] for row in rows_of(spec, LINES)] == [2022, 2024, 2025]
    assert len({row["run"] for row in rows_of(spec, LINES)}) == 2
    assert GREVE_NAMED.name not in str(spec)


def test_few_answers_are_an_open_mark_without_a_band_and_a_year_alone_has_a_line_for_one():
    own = a_series(share_of(15), share_of(None), share_of(4, 8), share_of(None), share_of(14), share_of(12))
    spec = chart.lines(report(own)).to_dict()
    few = next(row for row in rows_of(spec, POINTS) if row["year"] == 2024)

    assert (few["low"], few["fill"]) == (None, "#FFFFFF")
    assert [row["year"] for row in rows_of(spec, 2)] == [2026, 2027], "the band"
    assert [row["year"] for row in rows_of(spec, 3)] == [2022], "the line instead of one"


def test_the_own_line_is_drawn_last_solid_and_round_and_the_others_differ_in_shape_and_dash():
    series = [a_series(share_of(15), share_of(14), about=Option(role, role), role=role) for role in LineRole]
    spec = chart.lines(report(*series)).to_dict()

    assert rows_of(spec, POINTS)[-1]["role"] == LineRole.OWN
    assert len({row["shape"] for row in rows_of(spec, POINTS)}) == 4
    dashes = spec["layer"][LINES]["encoding"]["strokeDash"]["scale"]
    assert dict(zip(dashes["domain"], dashes["range"], strict=True))[LineRole.OWN] == [1, 0]
    assert len(set(map(tuple, dashes["range"]))) == 4


def test_a_click_on_a_point_of_the_unit_chooses_its_year_and_on_others_nothing():
    others = a_series(share_of(15), about=Option("andre", "Alle andre"), role=LineRole.BENCHMARK)
    spec = chart.lines(report(a_series(share_of(15)), others)).to_dict()

    assert [(row["name"], row["chooses"]) for row in rows_of(spec, POINTS)] == [
        ("Alle andre", ""),
        ("Roskilde Kommune", "2022"),
    ]


def test_a_break_is_a_line_with_its_year_between_the_years_beside_it():
    spec = chart.lines(
        report(a_series(share_of(15), share_of(14), share_of(12)), breaks=(2021, 2024))
    ).to_dict()

    assert [(row["year"], row["text"]) for row in rows_of(spec, 0)] == [(2023.5, "Databrud 2024")]


def test_all_shares_are_on_one_scale_from_0_to_100_in_danish():
    spec = chart.lines(report(a_series(share_of(15), share_of(14)))).to_dict()

    for layer in spec["layer"][2:]:
        assert layer["encoding"]["y"]["scale"]["domain"] == [0, 100]
        assert "%" in layer["encoding"]["y"]["axis"]["labelExpr"]


def test_names_at_the_ends_of_lines_are_kept_apart_and_inside():
    heights, rooms = [61, 63, 64, 99, 2], [11, 6, 11, 16, 6]
    placed = chart.apart(heights, rooms)

    order = sorted(range(5), key=lambda at: placed[at])
    assert order == sorted(range(5), key=lambda at: heights[at])
    for below, above in pairwise(order):
        assert placed[above] - placed[below] >= (rooms[above] + rooms[below]) / 2 - 1e-9
    assert placed[order[-1]] <= 100 - 16 / 2
    assert placed[order[0]] >= 6 / 2
    assert chart.apart([20, 80], [11, 11]) == [20, 80]
    assert chart.apart([], []) == []


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


def drawings_of(html: str) -> list[str]:
    return [b64decode(one).decode() for one in re.findall(r"base64,([^\"]+)", html)]


def test_every_education_has_a_panel_with_the_others_behind_it_and_its_numbers_for_those_who_do_not_see():
    parts = [
        a_series(
            share_of(15), share_of(None), share_of(4, 8), about=Option("a", "A<b>"), role=LineRole.SECOND
        ),
        a_series(
            share_of(10), share_of(11), share_of(12), about=Option("b", "Bygning"), role=LineRole.SECOND
        ),
        a_series(*[share_of(None)] * 3, about=Option("c", "Skjult"), role=LineRole.SECOND),
    ]
    html = panels.panels(report(a_series(*[share_of(15)] * 3), *parts, breaks=(2024,), split=BY_EDUCATION))
    first, second = drawings_of(html)

    assert "A&lt;b&gt;" in html
    assert "Skjult" not in html
    assert f'alt="2022: 75{SPACE}%, 2024: 50{SPACE}%"' in html
    assert 'fill="#FFFFFF" stroke="#08306B"' in first, "few answers: an open mark"
    assert first.count('stroke="#BDBDBD"') == second.count('stroke="#BDBDBD"') == 2
    assert "stroke-dasharray" in first


def test_the_panels_taken_home_say_what_they_measure():
    said = page.in_the_picture(report(a_series(*[share_of(15)] * 3), split=BY_EDUCATION))

    assert " Andel enige. Uddannelsens egen linje er blå" in said


def test_of_many_educations_those_with_most_answers_are_drawn():
    series = [
        a_series(share_of(5, n), share_of(5, n), about=Option(str(n), str(n)), role=LineRole.SECOND)
        for n in range(10, 30)
    ]
    shown = panels.drawn(report(*series, split=BY_EDUCATION))

    assert [one.about.key for one in shown] == [str(n) for n in range(18, 30)]


def test_the_table_says_every_change_and_what_is_hidden():
    own = a_series(share_of(15), share_of(10, change=Change.FALLEN), share_of(None), share_of(12))
    html = table.changes(report(own, breaks=(2022,)))

    assert re.findall(r"<div>(.*?)</div>", html) == [
        f"<b>75{SPACE}%</b>",
        f"<b>50{SPACE}%</b><small>faldet</small>",
        f"<small>{HIDDEN_IN_WORDS}</small>",
        f"<b>60{SPACE}%</b>",
    ]


@pytest.mark.parametrize(
    "link",
    [
        {"enhed": "kommune:0159", "spoergsmaal": "S07", "vis_ogsaa": "kommune:0265"},
        {"enhed": "kommune:0159", "opdel": "uddannelser"},
        {"enhed": "alle", "opdel": "uddannelser", "spoergsmaal": "S05"},
        {"enhed": "alle"},
        {"enhed": "hospital:amager", "uddannelse": "sygeplejerske", "spoergsmaal": "S13"},
        {
            "enhed": "hospital:amager",
            "uddannelse": "sygeplejerske",
            "spoergsmaal": "S13",
            "opdel": "uddannelser",
        },
        {"enhed": "hospital:psyk-bornholm", "uddannelse": "ergoterapeut"},
        {"enhed": "kommune:0155"},
        {"spoergeskema": "supervisor", "enhed": "klynge:rh-nord"},
        {"enhed": "kommune:0101", "aar": "2022"},
    ],
)
def test_the_tab_opens_for_every_kind_of_selection(link):
    app = opened(RESULTS, fane="udvikling", **link)

    assert len(app.title) == 1


def test_the_break_is_told_and_the_lines_are_the_figures_of_the_release():
    app = opened(RESULTS, fane="udvikling", enhed="kommune:0159", spoergsmaal="S07")

    assert "Databrud 2024" in " ".join(one.value.replace("\\", "") for one in app.caption)
    drawn = [row for row in plotted(app, LINES) if row["role"] == LineRole.OWN]
    shares = unfolded(app, "Udvikling").query("Enhed == 'Gladsaxe Kommune'")["Andel"]
    assert [row["share"] for row in drawn] == pytest.approx([100 * share for share in shares])


def test_with_one_year_there_is_a_number_and_no_picture(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/dashboard.sqlite"
    answers = engines.writing(f"sqlite:///{tmp_path}/confidential.sqlite", CONFIDENTIAL)
    with answers as confidential, writing(url) as dashboard:
        reference_tables.load_reference(dashboard, read_reference())
        a_round = add_round(confidential)
        for agrees in (MUCH, LITTLE):
            add_sheets(confidential, a_round, ROSKILDE, {"S01": agrees, "S02": agrees}, times=10)
        releases.publish(confidential, dashboard)
    monkeypatch.setenv("DATABASE_URL", url)

    app = opened(RESULTS, fane="udvikling", enhed=ROSKILDE)

    said = " ".join(one.value.replace("\\", "") for one in app.info)
    assert f"Kun ét år er målt: 2025. Roskilde Kommune 50{SPACE}% (20 svar)." in said
    assert not app.get("vega_lite_chart")


def test_a_sparkline_fills_its_height_around_its_own_middle_and_chance_stays_small():
    def heights(svg: str) -> list[float]:
        return [float(one) for one in re.findall('cy="([^"]+)"', svg)]

    steep = [(2024, 0.40), (2025, 0.80)]
    assert heights(chart.spark(steep, widest=chart.reach(steep))) == [23.0, 3.0]
    assert heights(chart.spark([(2024, 0.60), (2025, 0.61)])) == [13.5, 12.5]
    assert heights(chart.spark([(2024, 0.60)])) == [13.0]
