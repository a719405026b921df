"""Charts by their specification and data; no pixels."""

import re
from dataclasses import replace

import pytest

from indicators.figure import HIDDEN, NO_ANSWERS, Bound, Figure, QuestionRow, State
from indicators.selection import Option, Selection
from tests.made_up import QUESTIONNAIRE
from views.documents.pictures import drawing_process
from views.foundation import readings, theme
from views.foundation.page_parts import literal
from views.subjects.distribution import chart as answers_chart
from views.subjects.distribution import table

FULL = Figure(State.SHOWN, 20, 15, 20, (10, 5, 1, 2, 2), 0)
SHARE_ONLY = Figure(State.SHOWN, 6, 3, 6)
WITHHELD = Figure(State.SHOWN, 26, 22, 26, withheld=True)
NEAR_UNANIMITY = Figure(State.SHOWN, 8, None, 8, bound=Bound.AT_LEAST)
OF_A_UNIT = Selection(Option("s", "S"), 2025, Option("kommune:0265", "Roskilde Kommune"))
BARS, NUMBERS = 1, 3
LINE_PIXELS = 16


def row(figure: Figure, short: str = "Vejleder havde tid") -> QuestionRow:
    question_id = "S01" if short == "Vejleder havde tid" else "S02"
    question = QUESTIONNAIRE.questions[0].model_copy(update={"id": question_id, "short": short})
    return QuestionRow(QUESTIONNAIRE.themes[0], question, QUESTIONNAIRE.scales[0], figure, NO_ANSWERS)


def layer_rows(chart, layer: int) -> list[dict]:
    return chart.layer[layer].data.to_dict("records")


def texts(chart) -> set[str]:
    return {
        str(value)
        for layer in chart.layer
        for record in layer.data.to_dict("records")
        for value in record.values()
    }


def test_segments_follow_each_other_from_0_to_100_best_answer_first():
    segments = layer_rows(answers_chart.stacked_answers([row(FULL)]), BARS)

    assert [segment["option"] for segment in segments][:2] == ["I meget høj grad", "I høj grad"]
    assert [segment["start"] for segment in segments] == pytest.approx([0, 50, 75, 80, 90])
    assert [segment["end"] for segment in segments] == pytest.approx([50, 75, 80, 90, 100])


def test_small_segments_carry_no_number():
    numbers = {record["number"] for record in layer_rows(answers_chart.stacked_answers([row(FULL)]), NUMBERS)}

    assert numbers == {"50", "25", "10"}


def test_the_share_in_bold_is_the_figure_s():
    assert "75\N{NO-BREAK SPACE}%" in texts(answers_chart.stacked_answers([row(FULL)]))


@pytest.mark.parametrize(
    ("figure", "note"),
    [
        (HIDDEN, State.HIDDEN.value),
        (NO_ANSWERS, State.NO_ANSWERS.value),
        (SHARE_ONLY, readings.ONLY_SHARE),
        (WITHHELD, readings.WITHHELD),
        (NEAR_UNANIMITY, NEAR_UNANIMITY.status),
    ],
)
def test_a_row_without_a_bar_says_why_and_so_does_its_line_of_the_table(figure, note):
    rows = [row(FULL), row(figure, "Et andet spørgsmål")]
    chart = answers_chart.stacked_answers(rows)

    assert note in {text.replace("\n", " ") for text in texts(chart)}
    assert {segment["row"] for segment in layer_rows(chart, BARS)} == {"S01"}
    assert table.answers(rows, OF_A_UNIT)["Status"].tolist() == ["Vist", note]


@pytest.mark.slow
def test_a_note_of_three_lines_stands_in_the_middle_of_its_row():
    rows = [row(figure) for figure in (NO_ANSWERS, WITHHELD, NO_ANSWERS)]
    numbered = [
        replace(one, question=one.question.model_copy(update={"id": f"S{at}"})) for at, one in enumerate(rows)
    ]
    [drawn] = drawing_process.charts([answers_chart.stacked_answers(numbered).to_dict()])

    note = r'translate\(4,([\d.]+)\)"[^>]*>(?:<tspan>)?(?:Fordelingen vises|Ingen svar)<'
    above, first_line, below = map(float, re.findall(note, drawn))
    assert first_line + LINE_PIXELS == pytest.approx((above + below) / 2)


def test_a_hidden_figure_leaves_no_number_in_the_specification():
    chart = answers_chart.stacked_answers([row(HIDDEN)])

    assert {text.replace("\n", " ") for text in texts(chart)} <= {
        "S01",
        "transparent",
        "",
        State.HIDDEN.value,
    }


def test_the_chart_is_a_valid_specification_in_danish():
    chart = answers_chart.stacked_answers([row(FULL), row(HIDDEN, "Skjult spørgsmål")])

    assert chart.to_dict()["config"]["locale"]["number"]["decimal"] == ","


@pytest.mark.parametrize(("options", "colours"), [(2, 2), (4, 4), (5, 5), (7, 7)])
def test_every_answer_has_a_colour_of_its_own_and_odd_scales_a_grey_middle(options, colours):
    found = theme.answer_colours(options)

    assert len(set(found)) == colours
    assert (theme.NEUTRAL in found) == bool(options % 2)


def test_text_from_a_person_is_escaped_for_markdown():
    assert literal("![x](http://y) **fed** :red[a] $1$") == (
        "\\!\\[x\\]\\(http\\:\N{WORD JOINER}//y\\) \\*\\*fed\\*\\* \\:red\\[a\\] \\$1\\$"
    )


def test_two_questions_with_the_same_short_text_have_a_row_each():
    twin = row(SHARE_ONLY, "Et andet spørgsmål")
    twin = replace(twin, question=twin.question.model_copy(update={"short": "Vejleder havde tid"}))

    assert answers_chart.stacked_answers([row(FULL), twin]).to_dict()["layer"][0]["encoding"]["y"][
        "sort"
    ] == [
        "S01",
        "S02",
    ]


def test_a_scale_of_eleven_answers_gets_eleven_colours_with_readable_numbers():
    colours = theme.answer_colours(11)

    assert len(set(colours)) == 11
    assert {theme.text_on(colour) for colour in colours} == {"#FFFFFF", theme.INK}


def test_headings_of_a_table_are_all_different_whatever_the_answers_are_called():
    scale = QUESTIONNAIRE.scales[0]
    named = tuple(
        option.model_copy(update={"text": text})
        for option, text in zip(
            scale.options, ["Status", "ved ikke", "Tema", "Antal svar", "Spørgsmål", "?"], strict=True
        )
    )
    odd = replace(row(FULL), scale=scale.model_copy(update={"options": named}))
    selection = Selection(Option("s", "S"), 2025, Option("kommune:0265", "Tema"))

    headings = table.answers([odd], selection).columns

    assert len({heading.casefold() for heading in headings}) == len(headings)
    assert table.answers([odd], selection)["Status"].tolist() == [0.5], (
        "the answer keeps its name and its share"
    )
    assert table.answers([odd], selection)["Status (2)"].tolist() == ["Vist"]
