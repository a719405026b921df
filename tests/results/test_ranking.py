"""Resultater · Sammenlign: who is clearly over or under everyone else, ranked, as a funnel and as a table."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from data_access.problems import SelectionProblem
from data_access.publishing import releases
from indicators.figure import HIDDEN as HIDDEN_FIGURE
from indicators.figure import Bound, Figure, State
from indicators.judgement import Judgement, Verdict
from indicators.questionnaire import Question, Scale, Theme
from indicators.ranking import EDUCATIONS, INSTITUTIONS, PLACES, Others, Ranking, RankingLine, limits, others
from indicators.report import Asked, Origin
from indicators.selection import ALL_UNITS, Option, Selection
from tests.app import HIDDEN, grounds, opened, plotted, unfold, unfolded
from tests.conftest import MadeStores
from tests.made_up import (
    GREVE,
    KOEGE,
    LITTLE,
    NURSING,
    QUESTIONNAIRE,
    ROSKILDE,
    SOCIAL_WORK,
    VERY_MUCH,
    add_round,
    add_sheets,
)
from views.foundation import readings
from views.foundation.page_parts import literal
from views.subjects.comparison import chart, funnel, markup, report, table
from views.subjects.comparison import report as reports
from views.subjects.comparison.strip import Strip

PAGE = "pages/results/results.py"
SOLROED, STEVNS, LEJRE, FAXE = (f"kommune:{code}" for code in ("0269", "0336", "0350", "0320"))
MUNICIPALITIES, HOSPITALS, CLUSTERS, COUNCILS = PLACES
STUDENTS = Option("student", "Studerendes praktikevaluering")
TIME = Option("S01", "Vejleder havde tid")
PERCENT = "\N{NO-BREAK SPACE}%"

one_store = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
on_the_sample = pytest.mark.usefixtures("sample_environment")


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """Of 40 each: Roskilde 36 content, Køge 12, Greve 24, Solrød 25; Stevns 4 of 7; three in Lejre and Faxe."""
    with own_stores.filling() as (confidential, dashboard):
        now = add_round(confidential)
        answers = (
            *((ROSKILDE, 36, 4), (KOEGE, 12, 28), (GREVE, 24, 16), (SOLROED, 25, 15)),
            *((STEVNS, 4, 3), (LEJRE, 2, 1), (FAXE, 1, 2)),
        )
        for place, good, bad in answers:
            add_sheets(confidential, now, place, {"S01": VERY_MUCH}, good)
            add_sheets(confidential, now, place, {"S01": LITTLE}, bad)
        releases.publish(confidential, dashboard)
    return own_stores


def chosen(unit: str = "", name: str = "", **more) -> Selection:
    named = Option(unit, name) if unit else ALL_UNITS
    return Selection(STUDENTS, more.pop("year", 2025), named, question=TIME, **more)


def names(lines) -> list[str]:
    return [line.about.name for line in lines]


def test_the_bands_are_the_stored_verdicts_and_the_highest_share_comes_first(published):
    found = reports.ranking(published, chosen(), MUNICIPALITIES)

    assert {band.value: names(lines) for band, lines in found.bands.items()} == {
        "Klart over": ["Roskilde Kommune"],
        "Ikke til at skelne": ["Solrød Kommune", "Greve Kommune"],
        "Klart under": ["Køge Kommune"],
    }
    assert found.title == "1 af 4 vurderede kommuner er klart under og 1 klart over på «Vejleder havde tid»"
    assert (found.common.favourable, found.common.n) == (104, 173)  # the hidden six count in the total


def test_everyone_else_is_all_but_the_unit(published):
    roskilde = reports.ranking(published, chosen(), MUNICIPALITIES).bands[Verdict.ABOVE][0]

    assert roskilde.others == pytest.approx(68 / 133, abs=1e-6)


def test_the_small_and_the_hidden_stand_apart_by_name_without_a_place(published):
    found = reports.ranking(published, chosen(), MUNICIPALITIES)

    assert names(found.small) == ["Stevns Kommune"]
    assert names(found.being(State.HIDDEN)) == ["Faxe Kommune", "Lejre Kommune"]
    assert list(markup.left_out(found)) == [
        f"For få svar til at vurdere: Stevns Kommune (57{PERCENT}, 7 svar).",
        f"{HIDDEN}: Faxe Kommune og Lejre Kommune.",
    ]


def test_the_title_says_what_the_chosen_unit_is_and_how_many_are_clearly_apart(published):
    titles = [
        reports.ranking(published, chosen(key, name), MUNICIPALITIES).title
        for key, name in (
            (KOEGE, "Køge Kommune"),
            (GREVE, "Greve Kommune"),
            (STEVNS, "Stevns Kommune"),
            (FAXE, "Faxe Kommune"),
        )
    ]

    assert titles == [
        "Køge Kommune er klart under alle andre; i alt er 1 af 4 klart under og 1 klart over",
        "Greve Kommune: ikke til at skelne; i alt er 1 af 4 klart under og 1 klart over",
        "Stevns Kommune har for få svar til at vurdere; i alt er 1 af 4 klart under og 1 klart over",
        "Faxe Kommune er skjult af hensyn til anonymitet; i alt er 1 af 4 klart under og 1 klart over",
    ]


def test_of_a_group_the_members_are_the_own_ones_in_the_title_and_first_in_the_table(published):
    found = reports.ranking(published, chosen("klynge:rs-suh", "Sundhedsklyngen SUH"), MUNICIPALITIES)

    assert found.is_of_members
    assert found.title == (
        "Sundhedsklyngen SUH: 1 af 4 vurderede kommuner er klart under alle andre, 1 er klart over"
    )
    members = ["Roskilde Kommune", "Solrød Kommune", "Greve Kommune", "Køge Kommune", "Stevns Kommune"]
    assert table.ranking(found)["Kommune"].tolist() == [*members, "Faxe Kommune", "Lejre Kommune"]


def test_a_place_and_its_groups_are_no_members(published):
    for unit, level in ((ROSKILDE, MUNICIPALITIES), (ROSKILDE, CLUSTERS), ("klynge:rs-suh", CLUSTERS)):
        assert not reports.ranking(published, chosen(unit, "Enhed"), level).is_of_members


def test_the_verdict_is_against_everyone_else_whatever_the_reader_compares_with(published):
    beside = chosen(KOEGE, "Køge Kommune", compared_with=Option(GREVE, "Greve Kommune"))

    assert reports.ranking(published, beside, MUNICIPALITIES) == reports.ranking(
        published, chosen(KOEGE, "Køge Kommune"), MUNICIPALITIES
    )


def test_only_what_something_is_published_of_can_be_compared_over(published):
    assert MUNICIPALITIES in reports.levels(published, chosen())
    assert not {HOSPITALS, EDUCATIONS, INSTITUTIONS} & set(reports.levels(published, chosen()))


@one_store
def test_a_level_is_not_offered_in_a_year_in_which_nothing_of_it_is_published(confidential, dashboard):
    before, now = add_round(confidential, 2024), add_round(confidential)
    for education in (NURSING, SOCIAL_WORK):
        add_sheets(confidential, now, ROSKILDE, {"S01": VERY_MUCH}, 20, education=education)
    add_sheets(confidential, before, ROSKILDE, {"S01": VERY_MUCH}, 20, education=NURSING)
    releases.publish(confidential, dashboard)

    assert EDUCATIONS in reports.levels(dashboard, chosen())
    assert EDUCATIONS not in reports.levels(dashboard, chosen(year=2024))


def test_the_table_has_the_ranked_first_and_the_hidden_last_without_numbers(published):
    frame = table.ranking(reports.ranking(published, chosen(), MUNICIPALITIES))

    assert frame["Kommune"].str.removesuffix(" Kommune").tolist() == [
        *("Roskilde", "Solrød", "Greve", "Køge", "Stevns", "Faxe", "Lejre")
    ]
    assert frame["Antal svar"].tolist()[:5] == [40, 40, 40, 40, 7]
    assert frame["Forskel, procentpoint"].tolist()[0] == 39  # 90 % beside 51 %
    assert frame["Nedre grænse"].notna().sum() == 4
    hidden = frame[frame["Status"] == HIDDEN]
    assert hidden.drop(columns=["Kommune", "Vurdering", "Status"]).isna().all(axis=None)
    assert hidden["Vurdering"].tolist() == ["", ""]


def test_the_data_sheet_has_a_line_for_every_one_and_for_the_total(published):
    data = list(reports.ranking(published, chosen(), MUNICIPALITIES).data())

    assert [datum.unit.name for datum in data] == [
        *("Faxe Kommune", "Greve Kommune", "Køge Kommune", "Lejre Kommune"),
        *("Roskilde Kommune", "Solrød Kommune", "Stevns Kommune", "Alle enheder"),
    ]
    assert data[-1].figure.n == 173


@pytest.fixture
def educations(confidential, dashboard):
    """Nurses 36 of 40 content and social workers 12 of 40 in Roskilde; in Køge all alike."""
    now = add_round(confidential)
    for place, education, good, bad in (
        (ROSKILDE, NURSING, 36, 4),
        (ROSKILDE, SOCIAL_WORK, 12, 28),
        (KOEGE, NURSING, 36, 4),
        (KOEGE, SOCIAL_WORK, 28, 12),
    ):
        add_sheets(confidential, now, place, {"S01": VERY_MUCH}, good, education=education)
        add_sheets(confidential, now, place, {"S01": LITTLE}, bad, education=education)
    releases.publish(confidential, dashboard)
    return dashboard


@one_store
def test_educations_of_all_are_judged_against_the_other_educations(educations):
    found = reports.ranking(educations, chosen(), EDUCATIONS)

    assert [(line.about.key, line.judgement.verdict) for line in found.lines] == [
        (SOCIAL_WORK, Verdict.BELOW),
        (NURSING, Verdict.ABOVE),
    ]
    assert found.common.n == 160
    assert markup.against(found).endswith("Vurderet mod alle andre uddannelser.")


@one_store
def test_educations_of_a_unit_are_judged_against_the_same_education_elsewhere(educations):
    found = reports.ranking(educations, chosen(ROSKILDE, "Roskilde Kommune"), EDUCATIONS)

    assert [(line.about.key, line.judgement.verdict) for line in found.lines] == [
        (SOCIAL_WORK, Verdict.BELOW),
        (NURSING, Verdict.ALIKE),
    ]
    assert found.common is None
    assert found.title == "Roskilde Kommune: 1 af 2 uddannelser er klart under på «Vejleder havde tid»"
    assert markup.against(found).endswith("Vurderet mod samme uddannelse hos alle andre.")
    assert "den samme uddannelse" in markup.why_no_funnel(found)


def test_a_question_that_was_not_asked_that_year_is_told(published):
    with pytest.raises(SelectionProblem, match="blev ikke stillet i 2025"):
        reports.ranking(published, replace(chosen(), question=Option("S99", "Nyt")), MUNICIPALITIES)


def line(name: str, n: int, favourable: int, verdict: Verdict = Verdict.ALIKE, key: str = "") -> RankingLine:
    share = favourable / n
    judged = Judgement(share - 0.1, share + 0.1, difference=share - 0.6, verdict=verdict)
    counts = (favourable, n - favourable) if n >= 10 else None
    figure = Figure(State.SHOWN, n, favourable, n, counts, judgement=judged)
    return RankingLine(Option(key or f"kommune:{name}", name), figure)


def ranking(
    lines, high_is_bad: bool = False, level: Option = MUNICIPALITIES, base: str = "", **more
) -> Ranking:
    asked = {"id": "S01", "theme": "t", "text": "Havde tid?", "short": "Tid", "scale": "grad"}
    question = Question(**asked, high_is_bad=high_is_bad, base=base)
    everyone = Figure(State.SHOWN, 1000, 600, 1000, (600, 400))
    return Ranking(
        **{"title": "T", "selection": chosen(), "response": None, "own": (), "common": everyone} | more,
        origin=Origin("Opdigtet", 1, None, "P", 5, True),
        level=level,
        asked=Asked(question, Theme(id="t", name="Tema"), QUESTIONNAIRE.scales[0]),
        lines=tuple(lines),
    )


def test_where_high_is_bad_the_lowest_share_comes_first_and_the_words_are_explained():
    found = ranking(
        [
            line("Høj", 50, 45, Verdict.BELOW),
            line("Lav", 50, 5, Verdict.ABOVE),
            line("Mere", 50, 8, Verdict.ABOVE),
        ],
        high_is_bad=True,
    )

    assert names(found.bands[Verdict.ABOVE]) == ["Lav", "Mere"]
    assert "en lav andel god" in markup.against(found)


def test_a_question_that_leaves_some_answers_out_says_what_its_n_is():
    found = ranking([line("Et", 50, 45, Verdict.BELOW)], base="besvarelser med mindst ét kryds i spørgsmålet")

    assert markup.against(found).endswith("«Tid»: n er kun besvarelser med mindst ét kryds i spørgsmålet.")


@pytest.mark.parametrize(("ranked", "worth"), [(3, False), (4, True)])
def test_four_are_needed_for_a_ranking(ranked, worth):
    assert ranking([line(f"U{at}", 20, 12) for at in range(ranked)]).is_worth_ranking is worth


def test_a_bound_is_told_in_words_and_has_no_place():
    figure = Figure(
        State.SHOWN, 8, None, 8, bound=Bound.AT_LEAST, judgement=Judgement(verdict=Verdict.TOO_FEW)
    )
    found = ranking([RankingLine(Option("kommune:x", "Få Kommune"), figure)])

    assert found.ranked == ()
    assert list(markup.left_out(found)) == [
        f"For få svar til at vurdere: Få Kommune (mindst 87{PERCENT}, 8 svar)."
    ]
    assert f"mindst 87{PERCENT}" in markup.table(found)


@pytest.mark.parametrize(
    ("level", "unit", "education", "expected"),
    [
        (HOSPITALS, "kommune:1", "", Others.UNITS),
        (EDUCATIONS, "", "", Others.EDUCATIONS),
        (EDUCATIONS, "kommune:1", "", Others.SAME_EDUCATION),
        (INSTITUTIONS, "", "", Others.INSTITUTIONS),
        (INSTITUTIONS, "", NURSING, Others.OTHERS_OF_INSTITUTION),
        (INSTITUTIONS, "kommune:1", NURSING, Others.SAME_INSTITUTION),
    ],
)
def test_whom_the_stored_verdicts_are_against(level, unit, education, expected):
    more = {"education": Option(education, "Sygeplejerske")} if education else {}

    assert others(chosen(unit, "Et Sted", **more), level) is expected


@pytest.mark.parametrize(
    ("verdicts", "title"),
    [
        ([Verdict.ALIKE] * 5, "Ingen klare forskelle mellem kommunerne i 2025"),
        (
            [*[Verdict.ALIKE] * 5, Verdict.TOO_FEW],
            "Ingen af 5 vurderede kommuner skiller sig klart ud i 2025",
        ),
        ([Verdict.ALIKE, Verdict.TOO_FEW], "Kun 1 af 2 kommuner kan vurderes i 2025"),
    ],
)
def test_nothing_is_said_of_those_that_could_not_be_judged(verdicts, title):
    lines = [line(f"{at}", 20 if one is Verdict.ALIKE else 7, 5, one) for at, one in enumerate(verdicts)]

    assert report.title(chosen(), ranking(lines).asked, MUNICIPALITIES, lines, ()) == f"{title} på «Tid»"


LONGEST = "Regionshospital Nordjylland, Frederikshavn"


@pytest.mark.parametrize("level", [*PLACES, EDUCATIONS, INSTITUTIONS])
@pytest.mark.parametrize("unit", ["", LONGEST])
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("verdicts", [[*Verdict], [Verdict.ALIKE], []])
def test_no_title_is_longer_than_a_line(level, unit, own, verdicts):
    asked = Asked(
        Question(id="S", theme="t", text="?", short="K" * 45, scale="grad"),
        Theme(id="t", name="T"),
        Scale(id="grad", good_end=1, options=({"value": 1, "text": "a"}, {"value": 2, "text": "b"}), top=1),
    )
    lines = [line(LONGEST, 50, 20, verdict, "hospital:x") for verdict in verdicts]
    mine = [Option("hospital:x", LONGEST)] if own else []

    found = report.title(chosen("hospital:x" if unit else "", unit), asked, level, lines, mine)

    assert found
    assert len(found) <= readings.LONGEST


def ninety_eight() -> Ranking:
    verdicts = [Verdict.ABOVE] * 4 + [Verdict.BELOW] * 3 + [Verdict.ALIKE] * 91
    lines = [line(f"Kommune nr. {at}", 20 + at, 10 + at // 2, verdict) for at, verdict in enumerate(verdicts)]
    hidden = RankingLine(Option("kommune:skjult", "Skjult Kommune"), HIDDEN_FIGURE)
    return ranking([*lines, line("Lille Kommune", 7, 4, Verdict.TOO_FEW), hidden], own=(lines[50].about,))


def test_ninety_eight_names_stand_below_one_another_without_touching():
    rows = chart.Places(ninety_eight(), ()).rows

    assert len(rows) == 98
    assert (rows["top"].to_numpy()[1:] >= rows["bottom"].to_numpy()[:-1]).all()
    assert (rows["bottom"] - rows["top"]).min() >= chart.ROW_PIXELS
    assert chart.Places(ninety_eight(), ()).height < 98 * 30 + 200


def test_the_ranking_shows_the_ranked_only_with_shape_by_verdict_and_the_own_row_marked():
    rows = chart.Places(ninety_eight(), ()).rows

    assert not set(rows["name"]) & {"Skjult Kommune", "Lille Kommune"}
    assert rows.groupby("said")["shape"].unique().map(list).to_dict() == {
        "Klart over": ["triangle-up"],
        "Ikke til at skelne": ["circle"],
        "Klart under": ["triangle-down"],
    }
    assert rows[rows["weight"] == 700]["name"].tolist() == ["Kommune nr. 50"]
    assert chart.Places(ninety_eight(), ()).headings["text"].tolist() == [
        *("Klart over (4)", "Ikke til at skelne (91)", "Klart under (3)")
    ]


def test_the_ranking_writes_every_number_the_danish_way_and_no_english_title():
    spec = json.dumps(chart.ranking(ninety_eight()).to_dict())

    assert "%" in spec
    assert '"axis": {"title": "' not in spec
    titles = {
        tip["title"] for tip in chart.ranking(ninety_eight()).to_dict()["layer"][0]["encoding"]["tooltip"]
    }
    assert titles == set(chart.TIPS.values())


def test_of_many_those_that_stand_out_are_drawn_under_headings_that_count_all():
    report = ninety_eight()
    also = (report.lines[60].about,)
    found = chart.Places(report, also, [line.about for line in report.standing_out(also)])

    assert len(found.rows) == 4 + 3 + 2
    assert found.headings["text"].tolist() == [
        *("Klart over (4)", "Ikke til at skelne (91, heraf 2 vist)", "Klart under (3)")
    ]
    assert found.x("share").to_dict() == chart.Places(report, ()).x("share").to_dict(), (
        "unfolding moves no dot"
    )


def test_a_mark_has_a_hand_only_where_a_click_leads_somewhere():
    for level, hand in ((MUNICIPALITIES, "pointer"), (INSTITUTIONS, "default")):
        report = ranking([line(f"U{at}", 20, 12) for at in range(10)], level=level)
        for drawn in (chart.ranking(report), funnel.ranking(report)):
            assert drawn.to_dict()["layer"][0]["mark"]["cursor"] == hand


def test_the_funnel_s_limits_are_named_on_either_side_of_the_middle():
    drawn = funnel.ranking(ninety_eight()).to_dict()
    ends = next(rows for rows in drawn["datasets"].values() if {"text", "n"} == {*rows[0]} - {"share"})
    far, everyone, near = sorted(ends, key=lambda end: -end["share"])

    assert [far["text"], everyone["text"], near["text"]] == [
        *(f"99,8{PERCENT}", f"Alle 60{PERCENT}", f"95{PERCENT}")
    ]


def test_every_group_that_the_unit_counts_in_is_marked_and_told():
    lines = [line(f"Klynge {at}", 50, 30, verdict) for at, verdict in enumerate([*Verdict][:3])]
    mine = (lines[0].about, lines[1].about)
    found = ranking(lines, level=CLUSTERS, own=mine)
    title = report.title(chosen("kommune:0101", "Københavns Kommune"), found.asked, CLUSTERS, lines, mine)

    assert chart.Places(found, ()).rows["weight"].tolist() == [700, 400, 700]
    assert names(found.own_lines) == ["Klynge 0", "Klynge 1"]
    assert title.startswith("Københavns Kommune er i 2 sundhedsklynger: 1 klart over og 1 klart under")


def test_an_empty_band_is_still_there():
    found = chart.Places(ranking([line(f"U{at}", 20, 12) for at in range(4)]), ())

    assert found.headings["text"].tolist() == ["Klart over (0)", "Ikke til at skelne (4)", "Klart under (0)"]
    assert found.headings["middle"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("name", "narrow"),
    [
        ("Sjællands Universitetshospital, Køge", ["Sjællands", "Universitets-", "hospital, Køge"]),
        ("Roskilde Kommune", ["Roskilde Kommune"]),
        ("Sundhedsadministrativ koordinator", ["Sundhedsadministrativ", "koordinator"]),
    ],
)
def test_a_name_is_never_broken_inside_a_word(name, narrow):
    assert chart.in_lines(name)[1].split("\n") == narrow


def test_the_funnel_s_limits_are_those_of_the_method_around_the_common_share():
    spec = funnel.ranking(ninety_eight()).to_dict()
    outer, inner = (
        next(rows for rows in spec["datasets"].values() if rows and rows[0].get("low") == pytest.approx(low))
        for low in (100 * limits(0.6, 10, 0.998).low, 100 * limits(0.6, 10).low)
    )

    assert outer[-1]["high"] == pytest.approx(100 * limits(0.6, outer[-1]["n"], 0.998).high)
    assert inner[-1]["high"] == pytest.approx(100 * limits(0.6, inner[-1]["n"]).high)


def test_the_funnel_names_the_own_one_and_the_clear_ones():
    found = names(funnel.named(ninety_eight(), ()))

    assert found[0] == "Kommune nr. 50"
    assert len(found) == 1 + 4 + 3


def test_names_in_the_funnel_do_not_meet():
    report = ninety_eight()
    scales = funnel.Scales.of(report)
    shares = [100 * one.figure.share for one in funnel.named(report, ())]
    pixel = (scales.highest - scales.lowest) / (funnel.HEIGHT - funnel.AXIS_PIXELS)

    for below, above in pairwise(sorted(scales.apart(shares, [1] * len(shares)))):
        assert above - below >= (funnel.LINE - 0.01) * pixel


def test_a_funnel_of_few_says_so_and_one_of_units_far_apart_too():
    few = ranking([line(f"U{at}", 200, 120) for at in range(6)])
    apart = ranking([line(f"U{at}", 200, 40 if at % 2 else 160) for at in range(20)])

    assert list(markup.about_funnel(few)) == ["En tragt siger mest, når der er mindst 10; her er 6."]
    assert list(markup.about_funnel(apart)) == ["Der er reel forskel mellem stederne; tragten er vejledende."]


def compared(**link: str):
    return opened(PAGE, **{"fane": "sammenlign", "spoergsmaal": "S05", **link})


def said(app) -> str:
    told = [element.value for element in [*app.title, *app.markdown, *app.info, *app.subheader]]
    return " ".join([*told, grounds(app)])


def alt_text(app) -> str:
    return app.get("vega_lite_chart")[0].proto.alt


def drawn_rows(app) -> list[dict]:
    """Those that have a row, without the dots of the strip."""
    return [row for row in plotted(app) if not row["is_dot"]]


@on_the_sample
def test_municipalities_are_ranked_with_the_chosen_one_found_at_once():
    app = compared(enhed="kommune:0159")

    rows, dots = drawn_rows(app), [row for row in plotted(app) if row["is_dot"]]
    own = [row for row in rows if row["weight"] == 700]
    assert len(rows) == 3, "of many, those that stand out"
    assert len(dots) == 46, "and all of them small"
    assert [row["key"] for row in own] == ["kommune:0159"]
    title = app.title[0].value.replace("\\", "")
    assert title == "Gladsaxe Kommune er klart under alle andre (kan forklares af uddannelserne)"
    assert alt_text(app).startswith(title)


@on_the_sample
def test_all_of_many_are_one_choice_away():
    app = compared(enhed="kommune:0159", raekker_vist="alle")

    assert len(plotted(app)) == 46


@on_the_sample
def test_only_the_members_of_a_cluster_are_one_choice_away():
    cluster = {"enhed": "klynge:rh-midt", "niveau": "kommune"}
    app, only = compared(**cluster), compared(**cluster, raekker_vist="medlemmer")

    marked = [row["key"] for row in drawn_rows(app) if row["weight"] == 700]
    assert "kommune:0159" in marked
    assert len(marked) > 5
    assert "Vis kun dem i klyngen" in str(app.get("button_group"))
    assert [row["key"] for row in drawn_rows(only)] == marked


@on_the_sample
def test_the_shares_are_the_figures_of_the_release_and_every_band_is_one_verdict():
    rows = plotted(compared(raekker_vist="alle"))

    order = list(dict.fromkeys(row["said"].split(" (")[0] for row in rows))
    assert order == [one.value for one in (Verdict.ALIKE, Verdict.BELOW)]
    assert all(row["low"] <= row["share"] <= row["high"] for row in rows)
    assert all(row["text"].endswith(PERCENT) for row in rows)


@on_the_sample
def test_a_hidden_hospital_is_named_below_and_never_drawn():
    app = compared(enhed="hospital:psyk-bornholm")

    assert f"Psykiatrisk Center Bornholm er {HIDDEN.lower()}" in app.title[0].value
    assert "Vises ikke i rangeringen" in said(app)
    assert "hospital:psyk-bornholm" not in {row["key"] for row in plotted(app)}


@on_the_sample
def test_a_municipality_s_own_cluster_is_the_marked_one():
    rows = plotted(compared(enhed="kommune:0265", niveau="klynge"))

    assert [row["name"] for row in rows if row["weight"] == 700] == ["Sundhedsklyngen SUH (Køge/Roskilde)"]


@on_the_sample
def test_also_marked_are_those_asked_for_and_the_one_compared_with():
    app = compared(enhed="kommune:0159", sammenlign="kommune:0101", fremhaev="Roskilde Kommune")

    marked = {row["name"] for row in plotted(app) if row["weight"] == 700}
    assert marked == {"Gladsaxe Kommune", "Københavns Kommune", "Roskilde Kommune"}


@on_the_sample
def test_the_funnel_has_the_same_dots_as_the_ranking():
    dots_of = {
        form: {
            (row["key"], row["share"], row["said"])
            for row in plotted(compared(form=form, raekker_vist="alle"))
        }
        for form in ("rangering", "tragt")
    }

    assert dots_of["rangering"] == dots_of["tragt"]


@on_the_sample
def test_a_funnel_of_six_councils_is_drawn_with_a_note():
    assert "her er 6" in said(compared(niveau="raad", form="tragt"))


@on_the_sample
def test_where_there_is_no_common_line_the_funnel_is_a_ranking_that_says_why():
    app = compared(niveau="uddannelse", form="tragt", enhed="kommune:0101")

    assert "ikke én fælles linje" in said(app)
    assert plotted(app)


@on_the_sample
def test_fewer_than_four_are_a_table():
    app = compared(niveau="uddannelse", enhed="kommune:0265")

    assert not app.get("vega_lite_chart")


@on_the_sample
def test_the_table_names_the_hidden_ones_without_numbers():
    app = compared(niveau="hospital", form="tabel")

    assert not app.get("vega_lite_chart")
    frame = unfolded(app, "Sammenlign")
    assert frame[frame["Status"] == HIDDEN]["Andel enige"].isna().all()
    assert frame["Status"].tolist()[-1] != "Vist"


@on_the_sample
def test_a_question_of_one_education_is_compared_within_it():
    app = compared(uddannelse="sygeplejerske", spoergsmaal="S13", niveau="hospital")

    assert "Øvede kliniske færdigheder" in said(app)
    rows = plotted(app)
    assert rows
    assert len(rows) < 29


@on_the_sample
def test_a_question_of_one_education_does_not_name_the_educations_that_were_not_asked():
    app = compared(uddannelse="sygeplejerske", spoergsmaal="S13", niveau="uddannelse")

    assert unfolded(app, "Sammenlign")["Uddannelse"].tolist() == ["Sygeplejerskeuddannelsen"]


@on_the_sample
@pytest.mark.parametrize("niveau", ["uddannelse", "institution"])
def test_where_nobody_else_was_asked_nobody_is_said_to_have_too_few_answers(niveau):
    app = compared(uddannelse="sygeplejerske", spoergsmaal="S13", niveau=niveau)

    assert str(Verdict.TOO_FEW).lower() not in said(app).lower()
    assert "ingen andre" in said(app)
    assert not unfolded(app, "Sammenlign")["Vurdering"].any()


@on_the_sample
def test_groups_that_are_not_in_force_are_said_to_be_so_once():
    app = compared(niveau="raad", aar="2025")

    told = [note.value for note in app.info if "findes fra" in note.value]
    assert told == [
        literal("Sundhedsråd findes fra 1. januar 2027; her er svarene lagt sammen efter den inddeling.")
    ]


@on_the_sample
def test_where_all_of_the_level_is_hidden_or_silent_the_reader_is_told_what_to_do():
    app = compared(niveau="hospital", uddannelse="administrationsoekonom")

    assert not app.get("vega_lite_chart")
    assert app.info


@on_the_sample
@pytest.mark.parametrize("niveau", ["hospital", "klynge", "uddannelse", "institution"])
def test_every_level_opens_for_an_earlier_year(niveau):
    app = compared(niveau=niveau, aar="2023", spoergeskema="supervisor" if niveau == "klynge" else "student")

    assert "2023" in said(app)
    assert len(unfolded(app, "Sammenlign"))


@on_the_sample
def test_a_unit_is_reached_from_the_keyboard_too():
    app = unfold(compared(enhed="kommune:0159"), "ind i sammenlign")
    link = next(button for button in app.button if button.label == "Roskilde Kommune")
    link.click().run()

    assert "Roskilde Kommune" in app.title[0].value


def test_of_those_with_the_same_share_no_dot_hides_another():
    report = ninety_eight()
    strip = Strip(report, [], 0)
    places = {(round(100 * line.figure.share), middle) for line, middle in strip.dots()}

    assert len(places) == len(report.ranked)
    assert all(0 < middle < strip.height for _, middle in strip.dots())


def test_the_marked_are_named_over_their_dots_unless_they_are_many():
    report = ninety_eight()
    few, many = Strip(report, report.ranked[:2], 0), Strip(report, report.ranked[:5], 0)

    assert few.names["text"].tolist() == names(report.ranked[:2])
    assert (few.names["from"] < few.names["to"]).all()
    assert few.height == many.height + 2 * 17
    assert len(many.names) == 0


def test_where_all_have_a_row_there_is_no_strip():
    report = ninety_eight()

    assert chart.Places(report, ()).strip is None
    assert chart.Places(report, (), [line.about for line in report.ranked]).strip is None
    assert chart.Places(report, (), [report.ranked[0].about]).strip is not None
