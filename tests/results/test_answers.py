"""Fordeling: the answers to the questions, what is said of them, and the one in focus."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pandas as pd
import pytest

from data_access.publishing import releases
from indicators.figure import HIDDEN, NO_ANSWERS, Figure, QuestionRow, Response, State, in_groups
from indicators.judgement import Judgement, Verdict
from indicators.questionnaire import AnswerOption
from indicators.report import FigureTable, Origin
from indicators.selection import ALL_UNITS, Option, Selection
from tests.app import HIDDEN as HIDDEN_IN_WORDS
from tests.app import opened, plotted, unfolded
from tests.made_up import (
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
from views.documents.files import csv_text, workbook
from views.foundation import readings, theme
from views.foundation.theme import VERDICTS
from views.subjects.distribution import chart, focus, table
from views.subjects.distribution.distribution import by_share
from views.subjects.distribution.report import distribution
from views.subjects.distribution.report import title as title_of_distribution

RESULTS = "pages/results/results.py"
STUDENTS, ROSKILDE_NAMED = (
    Option("student", "Studerendes praktikevaluering"),
    Option(ROSKILDE, "Roskilde Kommune"),
)
SELECTION = Selection(STUDENTS, 2025, ROSKILDE_NAMED, question=Option("S01", "Vejleder havde tid"))
SPACE = "\N{NO-BREAK SPACE}"
BANDS, BARS = 0, 1

pytestmark = pytest.mark.usefixtures("sample_environment")


def judged(verdict: Verdict | None, **more: object) -> Judgement:
    known = {"low": 0.3, "high": 0.7, "difference": -0.2, "invited_low": 0.4, "invited_high": 0.6}
    return Judgement(**known, verdict=verdict, **more)


def figure(favourable: int = 10, judgement: Judgement | None = None) -> Figure:
    """Of 20 answers so many in the two best ones, all of them the very best, and 3 outside."""
    return Figure(State.SHOWN, 20, favourable, 20, (favourable, 0, 20 - favourable, 0, 0), 3, None, judgement)


def row(shown: Figure, number: int = 1, benchmark: Figure = NO_ANSWERS, **question: object) -> QuestionRow:
    named = {"id": f"S{number:02}", "short": f"Spørgsmål {number}", **question}
    asked = QUESTIONNAIRE.questions[0].model_copy(update=named)
    return QuestionRow(QUESTIONNAIRE.themes[0], asked, QUESTIONNAIRE.scales[0], shown, benchmark)


def rows(*verdicts: Verdict | None) -> list[QuestionRow]:
    return [row(figure(10, judged(one)), number) for number, one in enumerate(verdicts, start=1)]


def report(of: list[QuestionRow], selection: Selection = SELECTION, invited: int | None = 40) -> FigureTable:
    origin = Origin("Opdigtet", 1, date(2025, 12, 8), "styregruppe", 5, True)
    response = Response(State.SHOWN, 20, invited)
    return FigureTable(title="-", selection=selection, origin=origin, response=response, rows=tuple(of))


def drawn(spec: dict, layer: int) -> list[dict]:
    return spec["datasets"][spec["layer"][layer]["data"]["name"]]


@pytest.mark.parametrize(
    ("verdicts", "title"),
    [
        ([Verdict.BELOW] * 4 + [Verdict.ALIKE] * 8, "4 af 12 spørgsmål er klart under alle andre"),
        (
            [Verdict.BELOW] * 2 + [Verdict.ALIKE] * 9 + [Verdict.ABOVE],
            "2 af 12 spørgsmål er klart under alle andre, 1 er klart over",
        ),
        ([Verdict.ABOVE, Verdict.ALIKE], "1 af 2 spørgsmål er klart over alle andre"),
        ([Verdict.ALIKE] * 3, "ingen af 3 spørgsmål skiller sig klart ud fra alle andre"),
        (
            [Verdict.BELOW, Verdict.ALIKE, Verdict.TOO_FEW],
            "1 af 2 vurderede spørgsmål er klart under alle andre",
        ),
        (
            [Verdict.ALIKE, Verdict.TOO_FEW],
            "det ene vurderede spørgsmål skiller sig ikke klart ud fra alle andre",
        ),
        ([Verdict.BELOW], f"«Spørgsmål 1» er klart under alle andre: 50{SPACE}% enige"),
        ([Verdict.ALIKE], f"«Spørgsmål 1» er ikke til at skelne fra alle andre: 50{SPACE}% enige"),
        ([Verdict.TOO_FEW, None], f"«Spørgsmål 1» og «Spørgsmål 2» ligger på 50{SPACE}% enige"),
    ],
)
def test_the_headline_counts_the_stored_verdicts(verdicts, title):
    assert title_of_distribution(SELECTION, rows(*verdicts)) == f"Roskilde Kommune: {title}"


def test_a_headline_leaves_the_unit_out_before_it_grows_too_long():
    cluster = Option("klynge:lang", "Sundhedsklyngen med et meget langt navn og mange kommuner i")
    title = title_of_distribution(replace(SELECTION, unit=cluster), rows(Verdict.BELOW, Verdict.ABOVE))

    assert title == "1 af 2 spørgsmål er klart under alle andre, 1 er klart over"


def test_an_education_is_judged_against_the_other_educations():
    nurses = replace(SELECTION, unit=ALL_UNITS, education=Option("sygeplejerske", "Sygeplejerske"))

    assert title_of_distribution(nurses, rows(Verdict.BELOW, Verdict.ALIKE)) == (
        "Sygeplejerske: 1 af 2 spørgsmål er klart under alle andre uddannelser"
    )


def test_few_answers_and_hidden_ones_have_no_place_in_the_order():
    few, hidden = row(Figure(State.SHOWN, 6, 4, 6), 1), row(HIDDEN, 2)
    low, high = row(figure(5), 3), row(figure(15), 4)

    assert [one.question.id for one in by_share([few, hidden, low, high])] == ["S04", "S03", "S01", "S02"]


def test_answer_groups_are_the_good_end_the_middle_and_the_bad_end():
    grouped = in_groups(row(Figure(State.SHOWN, 20, 15, 20, (10, 5, 1, 2, 2), 4)))

    assert [option.text for option in grouped.scale.best_first] == [
        "I meget høj grad / I høj grad",
        "I nogen grad",
        "I mindre grad / Slet ikke",
    ]
    assert grouped.figure.counts == (15, 1, 4)
    assert (grouped.figure.share, grouped.figure.outside_base) == (0.75, 4)
    assert in_groups(row(HIDDEN)).figure is HIDDEN


@pytest.mark.parametrize(
    ("options", "top", "sizes"),
    [(2, 1, (1, 1)), (3, 1, (1, 1, 1)), (3, 2, (2, 1)), (4, 2, (2, 2)), (7, 2, (2, 3, 2))],
)
def test_a_scale_of_any_length_can_be_grouped(options, top, sizes):
    choices = tuple(AnswerOption(value=value, text=f"svar {value}") for value in range(options, 0, -1))
    scale = QUESTIONNAIRE.scales[0].model_copy(update={"options": choices, "good_end": options, "top": top})
    one_each = Figure(State.SHOWN, 10 * options, 10 * top, 20, (10,) * options, 0)
    grouped = in_groups(replace(row(one_each), scale=scale))

    assert grouped.figure.counts == tuple(10 * size for size in sizes)
    assert len(grouped.scale.best_first) == len(sizes)


def test_only_a_clear_verdict_has_a_triangle_and_words_beside_the_share():
    spec = chart.stacked_answers(rows(Verdict.ABOVE, Verdict.ALIKE, Verdict.BELOW, Verdict.TOO_FEW)).to_dict()
    said = next(data for data in spec["datasets"].values() if data and "shape" in data[0])

    assert said == [
        {"row": "S01", "said": "Klart over", "shape": "triangle-up", "colour": VERDICTS[Verdict.ABOVE].mark},
        {
            "row": "S03",
            "said": "Klart under",
            "shape": "triangle-down",
            "colour": VERDICTS[Verdict.BELOW].mark,
        },
    ]


def test_every_share_is_written_once_whatever_is_said_of_it():
    spec = chart.stacked_answers(rows(Verdict.ABOVE, Verdict.ALIKE)).to_dict()
    shares = [one for data in spec["datasets"].values() for one in data if one.get("text") == f"50{SPACE}%"]

    assert sorted(one["row"] for one in shares) == ["S01", "S02"]


def test_the_chosen_question_is_bold_on_a_band_and_every_row_can_be_clicked():
    spec = chart.stacked_answers(rows(Verdict.ALIKE, Verdict.ALIKE), "S02").to_dict()

    assert drawn(spec, BANDS) == [
        {"row": "S01", "colour": "transparent"},
        {"row": "S02", "colour": theme.HIGHLIGHT},
    ]
    assert '"S02" ? 700' in str(spec["layer"][BARS]["encoding"]["y"]["axis"]["labelFontWeight"])


def test_the_table_has_interval_difference_verdict_and_what_the_mix_would_give():
    mixed = judged(Verdict.BELOW, expected=0.55, verdict_on_mix=Verdict.ALIKE)
    frame = table.answers([row(figure(10, mixed), 1, figure(14)), row(HIDDEN, 2)], SELECTION)

    first, second = frame.to_dict("records")
    assert first["Andel enige"] == 0.5
    assert (first["Nedre grænse"], first["Øvre grænse"]) == (0.3, 0.7)
    assert (first["Alle andre"], first["Forskel (procentpoint)"], first["Forventet"]) == (0.7, -20, 0.55)
    assert first["Vurdering"] == "Klart under (kan forklares af uddannelserne)"
    assert (first["Antal svar"], first["Ved ikke"], first["Status"]) == (20, 3, "Vist")
    assert (second["Vurdering"], second["Status"]) == ("", HIDDEN_IN_WORDS)
    numbers = frame.drop(columns=["Tema", "Spørgsmål", "Vurdering", "Status"])
    assert numbers.iloc[1].isna().all()


def test_beside_another_unit_the_table_has_everyone_else_too_for_the_verdict_is_on_them():
    beside = replace(SELECTION, compared_with=Option(KOEGE, "Køge Kommune"))
    [found] = table.answers([row(figure(10, judged(Verdict.BELOW)), 1, figure(18))], beside).to_dict(
        "records"
    )

    assert (found["Køge Kommune"], found["Alle andre"]) == (0.9, 0.7)


def test_the_question_in_focus_is_told_with_its_number_for_everyone_invited():
    told = list(focus.paragraphs(report(rows(Verdict.BELOW)), rows(Verdict.BELOW)[0]))

    assert told[0] == f"50{SPACE}% enige af 20 svar. 3 svarede «ved ikke» og er ikke regnet med."
    assert told[1].startswith(f"Alle andre: 70{SPACE}%, en forskel på \N{MINUS SIGN}20{SPACE}procentpoint.")
    assert told[1].endswith("Vurdering: klart under.")
    assert f"sandsynligvis mellem 40 og 60{SPACE}%" in told[2]
    assert told[2].endswith(f"ville tallet være mindst 25{SPACE}%."), "10 of the 40 invited"


def test_a_question_that_leaves_some_answers_out_says_what_its_n_is():
    ticks = {"base": "besvarelser med mindst ét kryds i spørgsmålet"}
    asked = [row(figure(), number, **(ticks if number < 3 else {})) for number in (1, 2, 3)]

    assert readings.bases(one.question for one in asked) == (
        "«Spørgsmål 1» og «Spørgsmål 2»: n er kun besvarelser med mindst ét kryds i spørgsmålet."
    )
    assert "«Spørgsmål 1»: n er kun besvarelser med" in next(focus.paragraphs(report(asked), asked[0]))
    assert "n er kun" not in next(focus.paragraphs(report(asked), asked[2]))


@pytest.mark.parametrize(
    ("share", "others", "said"),
    [
        (0.7664, 0.6836, f"+8{SPACE}procentpoint før afrunding"),  # seen as 77 and 68
        (0.6247, 0.6267, f"0{SPACE}procentpoint før afrunding"),  # seen as 62 and 63
        (0.77, 0.69, f"+8{SPACE}procentpoint"),
        (0.27, 0.61, f"\N{MINUS SIGN}34{SPACE}procentpoint"),
    ],
)
def test_a_difference_that_the_shares_do_not_seem_to_give_says_why(share, others, said):
    assert readings.difference(share, others) == said


def test_with_an_unknown_number_of_invited_nothing_is_said_of_the_least_share():
    assert "mindst" not in " ".join(focus.paragraphs(report(rows(None), invited=None), rows(None)[0]))


def test_where_a_high_share_is_bad_the_words_are_explained_and_nobody_is_called_dissatisfied():
    bad = row(figure(10, judged(Verdict.ABOVE)), 1, high_is_bad=True)
    told = " ".join(focus.paragraphs(report([bad]), bad))

    assert "Her er en lav andel god" in told
    assert "utilfredse" not in told


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (HIDDEN, [f"{HIDDEN_IN_WORDS}."]),
        (NO_ANSWERS, ["Ingen svar."]),
        (
            Figure(State.SHOWN, 6, 3, 6, judgement=judged(Verdict.TOO_FEW)),
            [f"50{SPACE}% enige af 6 svar. Usikkerhed og vurdering siges fra 10 svar."],
        ),
    ],
)
def test_of_few_answers_and_hidden_ones_nothing_more_is_said(shown, told):
    assert list(focus.paragraphs(report([row(shown)]), row(shown))) == told


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_verdicts_counted_are_those_of_the_release(confidential, dashboard):
    """40 of Roskilde's 40 disagree where 40 of Køge's 40 agree; on the other question both agree."""
    a_round = add_round(confidential)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": MUCH}, times=40)
    add_sheets(confidential, a_round, KOEGE, {"S01": MUCH, "S02": MUCH}, times=40)
    releases.publish(confidential, dashboard)

    found = distribution(dashboard, SELECTION)

    assert found.title == "Roskilde Kommune: 1 af 2 spørgsmål er klart under alle andre"


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_question_of_another_education_is_left_out(confidential, dashboard):
    special = QUESTIONNAIRE.questions[1].model_copy(update={"common": False})
    asked = QUESTIONNAIRE.model_copy(update={"questions": (QUESTIONNAIRE.questions[0], special)})
    a_round = add_round(confidential)
    a_round.questionnaire = asked.model_dump(mode="json")
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH, "S02": MUCH}, times=20)
    add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH}, times=20, education=SOCIAL_WORK)
    releases.publish(confidential, dashboard)

    for education, questions in ((NURSING, ["S01", "S02"]), (SOCIAL_WORK, ["S01"])):
        found = distribution(dashboard, replace(SELECTION, education=Option(education, education)))
        assert [row.question.id for row in found.rows] == questions


def page_of(app) -> str:
    """Its words as they are read."""
    return " ".join(one.value for one in [*app.title, *app.markdown, *app.info, *app.caption]).replace(
        "\\", ""
    )


def test_the_chosen_question_is_marked_in_the_chart_and_told_under_it():
    app = opened(RESULTS, enhed="kommune:0159", spoergsmaal="S05")

    marked = [band["row"] for band in plotted(app, BANDS) if band["colour"] == theme.HIGHLIGHT]
    assert marked == ["S05"]
    assert "I hvilken grad havde din vejleder tid til at vejlede dig?" in page_of(app)
    assert "for alle inviterede" in page_of(app)
    clear = sum("Klart under" in verdict for verdict in unfolded(app, "Fordeling")["Vurdering"])
    assert page_of(app).startswith(f"{clear} af 12 spørgsmål er klart under alle andre (kan forklares")


def test_the_order_and_the_answer_groups_are_the_reader_s_choice():
    link = {"enhed": "kommune:0265", "raekkefoelge": "Som i skemaet", "svargrupper": "Svargrupper"}
    bars = plotted(opened(RESULTS, **link), BARS)

    questions = list(dict.fromkeys(bar["row"] for bar in bars))
    assert questions == sorted(questions)
    assert len(bars) <= 3 * len(questions)


@pytest.mark.parametrize("order", ["Som i skemaet", "Efter andel"])
def test_the_table_under_the_bars_and_its_files_are_in_the_order_that_is_chosen(order):
    app = opened(RESULTS, enhed="kommune:0265", raekkefoelge=order)
    section = app.session_state["viste figurer"]["Fordeling"]
    short = {row.question.id: row.question.text for row in section.report.rows}
    drawn = [short[one] for one in dict.fromkeys(bar["row"] for bar in plotted(app, BARS))]
    asked = [short[one] for one in sorted(short)]

    assert (drawn == asked) is (order == "Som i skemaet"), "the two orders are to be told apart"
    assert unfolded(app, "Fordeling")["Spørgsmål"].tolist()[: len(drawn)] == drawn
    sheet = pd.read_excel(BytesIO(workbook.written([section])), sheet_name="Fordeling", skiprows=3)
    assert sheet["Spørgsmål"].tolist()[: len(drawn)] == drawn
    alone = BytesIO(csv_text.csv(replace(section, report=None)))
    assert pd.read_csv(alone, sep=";")["Spørgsmål"].tolist()[: len(drawn)] == drawn


def test_a_question_of_one_education_is_told_of_that_education():
    app = opened(RESULTS, uddannelse="sygeplejerske", spoergsmaal="S13")

    assert "alle andre uddannelser" in page_of(app)
    assert re.search(r"Ved ikke|ved ikke", page_of(app))


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (
            {"enhed": "hospital:psyk-bornholm", "uddannelse": "ergoterapeut"},
            f"({HIDDEN_IN_WORDS}|Ingen svar)",
        ),
        ({"enhed": "kommune:0155", "aar": "2022"}, "."),
        ({"enhed": "alle"}, "ligger højest"),
        ({"spoergeskema": "supervisor", "enhed": "kommune:0411"}, "."),
    ],
)
def test_the_tab_opens_for_every_kind_of_selection(link, says):
    app = opened(RESULTS, **link)

    assert len(app.title) == 1
    assert re.search(says, page_of(app))


def test_few_answers_are_shares_in_a_table_for_they_have_no_bars():
    app = opened(RESULTS, spoergeskema="supervisor", enhed="kommune:0269", spoergsmaal="V02")
    [shares] = [one.proto.body for one in app.get("html") if "Andel enige" in one.proto.body]

    assert not app.get("vega_lite_chart")
    assert "Fordeling og vurdering siges fra 10 svar" in page_of(app)
    assert re.search(r"<b>Tid nok til at vejlede</b>.*?<b>60\s%</b>.*?<div>5</div>", shares)
    assert "mindst 83" in shares
    assert HIDDEN_IN_WORDS in shares
